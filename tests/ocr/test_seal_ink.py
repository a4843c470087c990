"""Red ink on a page: seals vanish, all else stays."""

from __future__ import annotations

import numpy as np
import pytest
from drawn_pages import Text, draw, pixels, stamp

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
