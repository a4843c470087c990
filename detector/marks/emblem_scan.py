"""Look over a whole page, at every size, for places that an emblem or badge could be at.

A linear filter over edge directions, in each of the four turns of the page, names many places; a
small perceptron over the same cells sorts them. Both are meant to miss nothing: most of what they
name is nothing, and a network looks at that next.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from detector.marks.emblem_features import BINS, Floats, describe
from detector.marks.emblem_network import softmax
from detector.ocr.engine import Pixels

CELL = 4  # pixels
SPAN = 10  # cells of a window on each side
FILL = 0.8  # share of a window's side that an emblem in it takes up
TURNS = 4
_EMBLEM = CELL * SPAN * FILL  # pixels of an emblem at the size that a window fits
_STEP = 2**0.25  # from one size to the next
# Longer sides of emblems as shares of the page's shorter side: 13 mm on A4, half of a cover.
_SMALLEST, _LARGEST = 0.05, 0.48
_PIXELS = 1_200_000  # of the largest copy: a long web page is looked at more coarsely
_SORTED = 1000  # places that the perceptron sorts
_APART = 0.3  # of the smaller size: places nearer than that, of about one size, are one
_ALIKE = 1.5

Places = NDArray[np.float32]  # shape (n, 4): middle x, middle y, window's side, quarter turns


@dataclass(frozen=True, slots=True, eq=False)
class Scan:
    """Filters (kinds, SPAN, SPAN, BINS) for upright figures, and the perceptron's weights.

    The perceptron goes from a window's cells by `inner` values to other, emblem, badge.
    """

    filters: Floats
    inner: Floats
    inner_bias: Floats
    outer: Floats
    outer_bias: Floats

    def shares(self, windows: Floats) -> Floats:
        """Return how likely upright windows (n, SPAN, SPAN, BINS) hold each kind: (n, 3)."""
        flat = windows.reshape(len(windows), SPAN * SPAN * BINS)
        inner = np.maximum(flat @ self.inner + self.inner_bias, 0)
        return softmax(inner @ self.outer + self.outer_bias)


def find_places(plane: Pixels, scan: Scan, count: int) -> Places:
    """Return the likeliest places on a grey page, best first, at most `count`.

    A place's quarter turns are those that its figure was turned to the right by.
    """
    rows = _by_row(scan.filters)
    maps = [(describe(copy, CELL), scale) for copy, scale in _copies(plane)]
    peaks = [_peaks(cells, rows) for cells, _ in maps]
    if not peaks:
        return np.empty((0, 4), np.float32)
    least = _least(np.concatenate([scores for _, scores in peaks]))
    found = [
        _sorted(cells, corners[scores >= least], CELL / scale, scan)
        for (cells, scale), (corners, scores) in zip(maps, peaks, strict=True)
    ]
    places = np.concatenate(found)
    order = np.argsort(-places[:, 4], kind="stable")
    return _spread(places[order], count)[:, :4]


def _least(scores: Floats) -> float:
    """Return the score that the best `_SORTED` places have."""
    if len(scores) <= _SORTED:
        return -np.inf
    return float(np.partition(scores, -_SORTED)[-_SORTED])


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


def upright(windows: Floats, turn: int) -> Floats:
    """Return windows (n, SPAN, SPAN, BINS) whose figures were turned to the right, turned back."""
    # Directions turn with the figure: by 90 degrees, which is half of the bins.
    return np.roll(np.rot90(windows, turn, (1, 2)), turn * BINS // 2, axis=-1)


def _by_row(filters: Floats) -> Floats:
    """Return what a row of cells adds, by row of the filter: (SPAN · BINS, SPAN · filters)."""
    turned = np.concatenate([upright(filters, -turn) for turn in range(TURNS)])
    by_row = turned.reshape(-1, SPAN, SPAN * BINS).transpose(2, 1, 0)
    return np.ascontiguousarray(by_row.reshape(SPAN * BINS, -1))


def _peaks(cells: Floats, rows: Floats) -> tuple[NDArray[np.intp], Floats]:
    """Return the first cells of windows that are best around (n, 2: row, column), and scores."""
    best = np.ascontiguousarray(_filtered(cells, rows).max(axis=-1))
    corners = np.argwhere(best >= cv2.dilate(best, np.ones((3, 3), np.uint8)))
    return corners, best[corners[:, 0], corners[:, 1]]


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


def _sorted(cells: Floats, corners: NDArray[np.intp], pixels: float, scan: Scan) -> Floats:
    """Return places and how likely they are: (n, 5); a cell is so many pixels of the page."""
    within = np.arange(SPAN)
    rows, columns = corners[:, 0, None, None], corners[:, 1, None, None]
    windows = cells[rows + within[:, None], columns + within]
    by_turn = [1 - scan.shares(upright(windows, turn))[:, 0] for turn in range(TURNS)]
    likely = np.stack(by_turn, axis=1)
    middles = (corners[:, ::-1] + SPAN / 2) * pixels
    sides = np.full(len(corners), SPAN * pixels)
    turns = likely.argmax(axis=1)
    return np.column_stack([middles, sides, turns, likely.max(axis=1)]).astype(np.float32)


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
