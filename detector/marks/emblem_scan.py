"""Look over a whole page, at every size, for places that an emblem or badge could be at.

A linear filter over edge directions in each of the four turns of the page. It is meant to miss
nothing; most of what it names is nothing, and a network looks at that next.
"""

from __future__ import annotations

from collections.abc import Iterator

import cv2
import numpy as np
from numpy.typing import NDArray

from detector.marks.emblem_features import BINS, Floats, describe
from detector.ocr.engine import Pixels

CELL = 4  # pixels
SPAN = 10  # cells of the filter on each side
FILL = 0.8  # share of a window's side that an emblem in it takes up
TURNS = 4
_EMBLEM = CELL * SPAN * FILL  # pixels of an emblem at the size that the filter fits
_STEP = 2**0.25  # from one size to the next
# Longer sides of emblems as shares of the page's shorter side: 13 mm on A4, half of a cover.
_SMALLEST, _LARGEST = 0.05, 0.48
_PIXELS = 1_200_000  # of the largest copy: a long web page is looked at more coarsely
_APART = 0.3  # of the smaller size: places nearer than that, of about one size, are one
_ALIKE = 1.5

Places = NDArray[np.float32]  # shape (n, 4): middle x, middle y, window's side, quarter turns


def find_places(plane: Pixels, filters: Floats, count: int) -> Places:
    """Return the likeliest places on a grey page, best first, at most `count`.

    `filters` (kinds, SPAN, SPAN, BINS) fit upright figures. A quarter turn goes to the right.
    """
    rows = _by_row(filters)
    found = [_peaks(copy, scale, rows) for copy, scale in _copies(plane)]
    scored = np.concatenate([np.empty((0, 5), np.float32), *found])
    order = np.argsort(-scored[:, 4], kind="stable")[: 12 * count]
    return _spread(scored[order], count)[:, :4]


def _copies(plane: Pixels) -> Iterator[tuple[Pixels, float]]:
    """Yield copies of the page, smaller and smaller, and their scales."""
    shorter = min(plane.shape)
    scale = min(1.0, _EMBLEM / (_SMALLEST * shorter), (_PIXELS / plane.size) ** 0.5)
    copy = plane
    while _EMBLEM / scale <= _LARGEST * shorter * _STEP:
        size = [int(side * scale) // CELL * CELL for side in reversed(plane.shape)]
        if min(size) < CELL * SPAN:
            return
        copy = np.asarray(cv2.resize(copy, size, interpolation=cv2.INTER_AREA), np.uint8)
        yield copy, scale
        scale /= _STEP


def turned_filters(filters: Floats) -> Floats:
    """Return filters for each quarter turn to the right: (kinds, …) → (TURNS, kinds, …)."""
    turns = [filters]
    for _ in range(TURNS - 1):
        # Directions turn with the figure: by 90 degrees, which is half of the bins.
        turns.append(np.roll(np.rot90(turns[-1], -1, (1, 2)), BINS // 2, axis=-1))
    return np.stack(turns)


def _by_row(filters: Floats) -> Floats:
    """Return what a row of cells adds, by row of the filter: (SPAN · BINS, SPAN · filters)."""
    turned = turned_filters(filters).reshape(-1, SPAN, SPAN * BINS)
    return np.ascontiguousarray(turned.transpose(2, 1, 0).reshape(SPAN * BINS, -1))


def _peaks(copy: Pixels, scale: float, rows: Floats) -> Floats:
    """Return local best places: (n, 5), a Place and its score."""
    answers = _filtered(describe(copy, CELL), rows)
    kinds = answers.shape[-1] // TURNS
    by_turn = answers.reshape(*answers.shape[:2], TURNS, kinds).max(axis=-1)
    best = np.ascontiguousarray(by_turn.max(axis=-1))
    peak = best >= cv2.dilate(best, np.ones((3, 3), np.uint8))
    y, x = np.nonzero(peak)
    side = CELL * SPAN / scale
    columns = (
        (x * CELL / scale) + side / 2,
        (y * CELL / scale) + side / 2,
        np.full(len(x), side),
        by_turn[y, x].argmax(axis=-1),
        best[y, x],
    )
    return np.stack(columns, axis=1).astype(np.float32)


def _filtered(cells: Floats, rows: Floats) -> Floats:
    """Return each filter's answer at each place: (h, w, BINS) → (h - 9, w - 9, filters)."""
    height, width = cells.shape[0], cells.shape[1] - SPAN + 1
    steps = (cells.strides[0], cells.strides[1], cells.strides[2])
    runs = np.lib.stride_tricks.as_strided(cells, (height, width, SPAN * BINS), steps)
    answers = (runs.reshape(-1, SPAN * BINS) @ rows).reshape(height, width, SPAN, -1)
    total = np.zeros((height - SPAN + 1, width, answers.shape[-1]), np.float32)
    for row in range(SPAN):
        total += answers[row : row + len(total), :, row]
    return total


def _spread(scored: Floats, count: int) -> Floats:
    """Keep the best of places that lie on one another."""
    kept: list[int] = []
    for number, place in enumerate(scored):
        others = scored[kept]
        smaller = np.minimum(others[:, 2], place[2])
        near = np.hypot(*(others[:, :2] - place[:2]).T) < _APART * FILL * smaller
        alike = np.maximum(others[:, 2], place[2]) < _ALIKE * smaller
        if not (near & alike).any():
            kept.append(number)
        if len(kept) == count:
            break
    return scored[kept]
