"""The order of lines, from where they stand."""

from __future__ import annotations

import numpy as np
import pytest

from detector.ocr.order import reading_order


def box(x: float, y: float, width: float, height: float = 30):
    return [(x, y), (x + width, y), (x + width, y + height), (x, y + height)]


def turned(quads: np.ndarray, degrees: float) -> np.ndarray:
    angle = np.radians(degrees)
    turn = np.array([[np.cos(angle), -np.sin(angle)], [np.sin(angle), np.cos(angle)]])
    return (quads @ turn).astype(np.float32)


ROWS = np.array(
    [box(60, 104, 90), box(300, 100, 200), box(60, 164, 90), box(300, 160, 200), box(60, 220, 440)],
    np.float32,
)
BOOKLET = np.array(
    [box(40 + 500 * page, 100 + 60 * row, 380) for page in (0, 1) for row in range(4)], np.float32
)


@pytest.mark.parametrize("degrees", [0, 4, -4, 90, 180, 270])
@pytest.mark.parametrize("quads", [ROWS, BOOKLET])
def test_order_does_not_depend_on_the_turn(quads: np.ndarray, degrees: float) -> None:
    shuffled = np.random.default_rng(7).permutation(len(quads))
    order = reading_order(turned(quads[shuffled], degrees))
    assert shuffled[order].tolist() == list(range(len(quads)))


def test_a_title_over_both_columns_makes_one_page() -> None:
    quads = np.concatenate([BOOKLET, np.array([box(300, 40, 360)], np.float32)])
    assert reading_order(quads) == [8, 0, 4, 1, 5, 2, 6, 3, 7]


def test_standing_lines_do_not_turn_the_page() -> None:
    standing = [[(740, 100), (740, 400), (700, 400), (700, 100)]] * 2
    quads = np.concatenate([ROWS, np.array(standing, np.float32)])
    order = reading_order(quads)
    assert [place for place in order if place < 5] == [0, 1, 2, 3, 4]


def test_no_lines_have_no_order() -> None:
    assert reading_order(np.empty((0, 4, 2), np.float32)) == []


def test_standing_lines_are_read_from_the_right_and_before_what_lies_below() -> None:
    def standing(x: float, top: float = 90) -> list[tuple[float, float]]:
        return [(x + 40, top), (x + 40, top + 300), (x, top + 300), (x, top)]

    quads = np.array([*ROWS, standing(700), standing(760), standing(820)], np.float32)
    assert reading_order(quads) == [7, 6, 5, 0, 1, 2, 3, 4]
