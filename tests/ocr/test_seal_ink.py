"""Red ink on a page: seals vanish, all else stays."""

from __future__ import annotations

import numpy as np
import pytest
from drawn_pages import SEAL, Text, draw, pixels, stamp
from PIL import Image, ImageChops, ImageDraw

from detector.ocr.seal_ink import without_seal_ink

PAPER = (252, 251, 248)
RED = (230, 20, 20)
SIZE = (800, 600)


def test_a_seal_vanishes_and_text_below_it_stays() -> None:
    stamped = stamp(draw([Text(150, 200, "证书", 60)], SIZE, PAPER), 300, 300)
    cleaned = without_seal_ink(pixels(stamped))
    assert cleaned[260:420, 190:410].min() > 235  # the seal alone
    assert cleaned[170:230, 220:270].min() < 70  # the second character, which lies below it


def test_a_seal_on_a_dim_picture_vanishes_as_well() -> None:
    stamped = pixels(stamp(draw([], SIZE, PAPER), 300, 300)) * 0.6
    assert without_seal_ink(stamped.astype(np.uint8)).min() > 135


@pytest.mark.parametrize("text", ["会令岁全金", "国家承认", "心☆日口国"])
@pytest.mark.parametrize("size", [40, 130])
def test_red_characters_are_not_taken_for_seals(text: str, size: int) -> None:
    page = pixels(draw([Text(60, 300, text, size, colour=RED)], SIZE, PAPER))
    assert np.array_equal(without_seal_ink(page), page)


def test_a_page_of_red_ground_stays_as_it_is() -> None:
    page = pixels(draw([Text(60, 300, "职业资格证书", 100, colour=(226, 190, 110))], SIZE, RED))
    assert np.array_equal(without_seal_ink(page), page)


def covered(cleaned: np.ndarray) -> np.ndarray:
    """Return where red ink is left."""
    red, green, blue = (cleaned[:, :, channel].astype(int) for channel in range(3))
    return red - np.maximum(green, blue) > 40


@pytest.mark.parametrize("turn", [0, 30])
def test_an_oval_seal_vanishes(turn: int) -> None:
    ink = Image.new("RGB", SIZE, "white")
    pen = ImageDraw.Draw(ink)
    pen.ellipse((180, 220, 420, 380), outline=SEAL, width=7)
    font = Text(0, 0, "", 26).font
    for k, sign in enumerate("云川市职业培训中心"):
        angle = np.radians(-100 + 25 * k)
        at = (300 + 92 * np.sin(angle), 300 - 58 * np.cos(angle))
        pen.text(at, sign, SEAL, font, anchor="mm")
    ink = ink.rotate(turn, fillcolor="white")
    stamped = ImageChops.multiply(draw([Text(150, 300, "证书编号", 40)], SIZE, PAPER), ink)
    cleaned = without_seal_ink(pixels(stamped))
    assert covered(cleaned).sum() < 20
    assert cleaned[280:320, 150:310].min() < 70


def test_a_square_seal_vanishes_and_text_below_it_stays() -> None:
    ink = Image.new("RGB", SIZE, "white")
    pen = ImageDraw.Draw(ink)
    pen.rectangle((240, 240, 360, 360), outline=SEAL, width=6)
    for k, sign in enumerate("张样本印"):
        at = (272 + 56 * (k % 2), 272 + 56 * (k // 2))
        pen.text(at, sign, SEAL, Text(0, 0, "", 50).font, anchor="mm")
    stamped = ImageChops.multiply(draw([Text(200, 300, "主任签字", 40)], SIZE, PAPER), ink)
    cleaned = without_seal_ink(pixels(stamped))
    assert covered(cleaned).sum() < 20
    assert cleaned[280:320, 240:360].min() < 70


@pytest.mark.parametrize("shape", ["tick", "number", "frame"])
def test_red_signs_stay(shape: str) -> None:
    page = draw([], SIZE, PAPER)
    pen = ImageDraw.Draw(page)
    if shape == "frame":
        pen.rectangle((240, 240, 340, 340), outline=RED, width=5)
    else:
        pen.ellipse((240, 240, 360, 360), outline=RED, width=8)
    if shape == "tick":
        pen.line([(270, 300), (295, 325), (335, 270)], RED, 9)
    if shape == "number":
        pen.text((300, 300), "5", RED, Text(0, 0, "", 70).font, anchor="mm")
    assert np.array_equal(without_seal_ink(pixels(page)), pixels(page))
