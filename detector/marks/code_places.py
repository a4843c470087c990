"""Places of a page that look like a code: half dark, half light and full of edges all over.

Text is mostly paper; rows of bars have all their edges in one direction.
"""

from __future__ import annotations

from typing import NamedTuple

import cv2
import numpy as np
from numpy.typing import NDArray

from detector.ocr.engine import Pixels

Numbers = NDArray[np.float32]

LOOK_PIXELS = 1_250_000  # a page is looked at in at most so many pixels: 110 dpi of A4
CELL = 6  # pixels of the side of a cell
AROUND = 5  # cells of the side of the surroundings that a cell is judged with
CONTRAST = 28.0  # least difference between dark and light, of 255
# Mean squared steps as a share of the contrast's square; and how far from half the dark share may
# be; and how far edges keep one direction (0 to 1). Measured: see docs/decisions/codes.md.
EDGES = 0.04
HALF = 0.19
BAR_EDGES = 0.05
ONE_WAY = 0.75
SMALLEST = 3  # cells of the shorter side of a place
FILLED = 0.45  # share of the smallest turned frame of a place that its cells fill
LONGEST = 9.0  # longer side of a place, in shorter sides
MOST = 5  # places of a page
ENOUGH = 100  # cells from which on a larger place is no likelier
MARGIN = 3  # cells around a place: the quiet zone, and what blur took off its edges


class CodePlace(NamedTuple):
    """A frame on the page that may hold a code, and how it is turned, in degrees.

    `turn` is None unless the edges run in one direction.
    """

    left: int
    top: int
    right: int
    bottom: int
    turn: float | None = None


class _Look(NamedTuple):
    """What each cell of a page shows."""

    edges: Numbers  # mean squared step, as a share of the squared contrast
    one_way: Numbers  # 0 where edges run in all directions, 1 where in one
    angle: Numbers  # the direction that steps go in, in degrees
    dark: Numbers  # share of dark


def code_places(grey: Pixels) -> list[CodePlace]:
    """Return the frames of a grey page that may hold a code, the likeliest first."""
    if min(grey.shape) < SMALLEST * CELL:
        return []
    shrink = min(1.0, (LOOK_PIXELS / grey.size) ** 0.5)
    small = cv2.resize(grey, None, fx=shrink, fy=shrink, interpolation=cv2.INTER_AREA)
    look = _look(np.asarray(small, np.uint8))
    bars = (look.edges > BAR_EDGES) & (look.one_way > ONE_WAY)
    blocks = (look.edges > EDGES) & (np.abs(look.dark - 0.5) < HALF)
    found = [*_places(bars, look, turned=True), *_places(blocks, look, turned=False)]
    found.sort(key=lambda scored: -scored[0])
    scale, (height, width) = CELL / shrink, grey.shape
    places = []
    for _, (left, top, right, bottom, turn) in found[:MOST]:
        frame = (round(edge * scale) for edge in (left, top, right, bottom))
        left, top, right, bottom = frame
        places.append(
            CodePlace(max(0, left), max(0, top), min(width, right), min(height, bottom), turn)
        )
    return places


def _look(page: Pixels) -> _Look:
    height, width = (side // CELL for side in page.shape)
    page = page[: height * CELL, : width * CELL]

    def by_cell(values: cv2.typing.MatLike) -> Numbers:
        means = cv2.resize(values, (width, height), interpolation=cv2.INTER_AREA)
        return np.asarray(cv2.blur(means, (3, 3)), np.float32)

    across = cv2.Sobel(page, cv2.CV_32F, 1, 0, ksize=3) / 4
    down = cv2.Sobel(page, cv2.CV_32F, 0, 1, ksize=3) / 4
    xx, yy, xy = by_cell(across * across), by_cell(down * down), by_cell(across * down)
    energy = xx + yy + 1e-3
    one_way = np.hypot(xx - yy, 2 * xy) / energy
    angle = np.degrees(np.arctan2(2 * xy, xx - yy) / 2)
    around = np.ones((CELL * AROUND, CELL * AROUND), np.uint8)
    middles = np.s_[CELL // 2 :: CELL, CELL // 2 :: CELL]
    light = cv2.dilate(page, around)[middles].astype(np.float32)
    ink = cv2.erode(page, around)[middles].astype(np.float32)
    contrast = light - ink
    mean = by_cell(page.astype(np.float32))
    dark = (light - mean) / np.maximum(contrast, 1)
    edges = np.where(contrast < CONTRAST, 0, energy / np.maximum(contrast, 1) ** 2)
    return _Look(edges, one_way, angle, dark)


def _places(
    mask: NDArray[np.bool_], look: _Look, turned: bool
) -> list[tuple[float, tuple[int, int, int, int, float | None]]]:
    closed = cv2.morphologyEx(mask.astype(np.uint8), cv2.MORPH_CLOSE, np.ones((3, 3), np.uint8))
    opened = cv2.morphologyEx(closed, cv2.MORPH_OPEN, np.ones((3, 3), np.uint8))
    _, labels, stats, _ = cv2.connectedComponentsWithStats(opened, connectivity=4)
    places = []
    for label, (x, y, width, height, area) in enumerate(stats[1:].tolist(), 1):
        here = labels == label
        _, sides, _ = cv2.minAreaRect(np.argwhere(here).astype(np.float32))
        small, large = min(sides) + 1, max(sides) + 1
        if small < SMALLEST or large > LONGEST * small or area < FILLED * small * large:
            continue
        turn = float(np.median(look.angle[here])) if turned else None
        # Bold text is up to 35 % dark, codes are half and half.
        even = 1.0 if turned else max(0.1, 1 - abs(float(look.dark[here].mean()) - 0.5) / HALF)
        score = even * min(area, ENOUGH) ** 0.5
        frame = (x - MARGIN, y - MARGIN, x + width + MARGIN, y + height + MARGIN, turn)
        places.append((score, frame))
    return places
