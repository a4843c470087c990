"""Photographs on certificates are found, and nothing that holds words is taken for one."""

from __future__ import annotations

import cv2
import numpy as np
import pytest

from detector.marks.portraits import find_portraits
from detector.model import Point
from detector.ocr.engine import Pixels, Polygon

BLUE, RED, WHITE, GREY = (67, 142, 219), (198, 32, 40), (250, 250, 250), (200, 206, 212)
PHOTO = (120, 220, 320, 500)  # left, top, right, bottom on the page
SIZE = (1754, 1240)


def draw_photo(ground: tuple[int, int, int], width: int, height: int) -> Pixels:
    """Return a bust of nobody, shaded from one side, with the grain of a print."""
    photo = np.full((height, width, 3), ground, np.float32)
    middle = width // 2
    shoulders = (middle, round(height * 1.02)), (round(width * 0.44), round(height * 0.3))
    cv2.ellipse(photo, *shoulders, 0, 0, 360, (48, 54, 72), -1)
    neck = (round(width * 0.41), round(height * 0.5)), (round(width * 0.59), round(height * 0.78))
    cv2.rectangle(photo, *neck, (200, 168, 146), -1)
    hair = (middle, round(height * 0.38)), (round(width * 0.24), round(height * 0.24))
    cv2.ellipse(photo, *hair, 0, 0, 360, (36, 30, 28), -1)
    face = (middle, round(height * 0.45)), (round(width * 0.2), round(height * 0.2))
    cv2.ellipse(photo, *face, 0, 0, 360, (228, 194, 168), -1)
    for side in (-1, 1):
        eye = (middle + side * round(width * 0.08), round(height * 0.44))
        cv2.circle(photo, eye, max(2, width // 40), (50, 40, 40), -1)
    photo = cv2.GaussianBlur(photo, (0, 0), 1.2)
    photo *= np.linspace(1.06, 0.92, width)[None, :, None]
    grain = np.random.default_rng(9).normal(0, 4, photo.shape)
    return (photo + grain).clip(0, 255).astype(np.uint8)


def draw_page(ground: tuple[int, int, int] | None = None) -> Pixels:
    page = np.full((SIZE[1], SIZE[0], 3), (252, 249, 240), np.uint8)
    cv2.rectangle(page, (40, 40), (SIZE[0] - 40, SIZE[1] - 40), (150, 60, 60), 8)
    for line in range(580, 1120, 60):
        put(page, "This is to certify that the holder has completed it", 120, line, 1.4)
    put(page, "CERTIFICATE OF TRAINING", 460, 160, 2.4)
    if ground:
        left, top, right, bottom = PHOTO
        page[top:bottom, left:right] = draw_photo(ground, right - left, bottom - top)
        cv2.rectangle(page, (left, top), (right, bottom), (130, 130, 130), 1)
    return page


def put(page: Pixels, text: str, x: int, y: int, size: float) -> None:
    cv2.putText(page, text, (x, y), cv2.FONT_HERSHEY_DUPLEX, size, (40, 40, 40), 2)


def as_it_is(page: Pixels) -> Pixels:
    return page


def copied_grey(page: Pixels) -> Pixels:
    grey = cv2.cvtColor(page, cv2.COLOR_RGB2GRAY)
    noisy = grey + np.random.default_rng(4).normal(0, 6, grey.shape)
    return np.repeat(noisy.clip(0, 255).astype(np.uint8)[:, :, None], 3, axis=2)


def packed_hard(page: Pixels) -> Pixels:
    return cv2.imdecode(cv2.imencode(".jpg", page, [cv2.IMWRITE_JPEG_QUALITY, 30])[1], 1)


def stamped(page: Pixels) -> Pixels:
    ink = np.zeros(page.shape[:2], np.uint8)
    cv2.circle(ink, (330, 500), 100, 255, 8)
    cv2.circle(ink, (330, 500), 26, 255, -1)
    pressed = (page.astype(np.uint16) * np.array((205, 25, 35)) // 255).astype(np.uint8)
    return np.where(ink[:, :, None] > 0, pressed, page)


def quad(left: float, top: float, right: float, bottom: float) -> Polygon:
    return Point(left, top), Point(right, top), Point(right, bottom), Point(left, bottom)


def covered(found: list[Polygon], photo: Polygon) -> float:
    """Return the share of the photograph that the found places cover."""
    wanted = np.array(photo, np.float32)
    shared = [cv2.intersectConvexConvex(np.array(p, np.float32), wanted)[0] for p in found]
    return sum(shared) / cv2.contourArea(wanted)


@pytest.mark.parametrize("happened", [as_it_is, packed_hard, stamped])
@pytest.mark.parametrize("ground", [BLUE, RED, WHITE, GREY])
def test_a_photograph_is_found_whatever_its_ground(ground, happened):
    found = find_portraits(happened(draw_page(ground)))
    assert len(found) == 1
    assert covered(found, quad(*PHOTO)) > 0.85


def test_a_photograph_is_found_in_a_grey_copy():
    assert covered(find_portraits(copied_grey(draw_page(BLUE))), quad(*PHOTO)) > 0.85


@pytest.mark.parametrize("angle", [-5, 4])
def test_a_photograph_on_a_page_askew_is_found(angle):
    page = draw_page(BLUE)
    turn = cv2.getRotationMatrix2D((SIZE[0] / 2, SIZE[1] / 2), angle, 1)
    askew = cv2.warpAffine(page, turn, SIZE, borderValue=(236, 236, 238))
    moved = [Point(*(turn @ (*corner, 1))) for corner in quad(*PHOTO)]
    line = tuple(Point(*(turn @ (*corner, 1))) for corner in quad(120, 540, 1400, 590))
    assert covered(find_portraits(askew, [line]), tuple(moved)) > 0.85


def test_a_photograph_on_a_page_turned_on_its_side_is_found_by_the_lines():
    page = np.ascontiguousarray(np.rot90(draw_page(BLUE)))  # against the clock
    line = (Point(560, 1600), Point(560, 500), Point(600, 500), Point(600, 1600))
    left, top, right, bottom = PHOTO
    photo = quad(top, SIZE[0] - right, bottom, SIZE[0] - left)
    assert covered(find_portraits(page, [line]), photo) > 0.85


def test_a_place_that_holds_a_line_of_text_is_left_readable():
    left, top, right, _ = PHOTO
    line = quad(left + 20, top + 60, right - 20, top + 110)
    assert find_portraits(draw_page(BLUE), [line]) == []


def test_pages_without_a_photograph_have_none():
    page = draw_page()
    cv2.rectangle(page, (1300, 220), (1500, 500), (30, 60, 140), -1)  # a coloured field …
    put(page, "GOOD", 1320, 380, 2.2)
    cv2.rectangle(page, (120, 220), (320, 500), (90, 90, 90), 2)  # … an empty frame …
    cv2.circle(page, (720, 360), 110, (200, 30, 40), 10)  # … a seal …
    rng = np.random.default_rng(2)
    code = rng.integers(0, 2, (25, 25), dtype=np.uint8) * 255
    page[230:430, 980:1180] = np.kron(code, np.ones((8, 8), np.uint8))[:, :, None]  # … a code
    assert find_portraits(page) == []


@pytest.mark.parametrize("size", [(1, 1), (5, 900), (64, 64)])
def test_pages_of_any_size_are_taken(size):
    assert find_portraits(np.full((*size, 3), 255, np.uint8)) == []
