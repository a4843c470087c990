"""Find square red seals: frames or filled squares that hold rows and columns of characters."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

import cv2
import numpy as np
from numpy.typing import NDArray

from detector.ocr.engine import Pixels
from detector.ocr.ink import redness
from detector.ocr.quads import Quad, cut

# Shares of the shorter side of the map: smaller is a character, larger a poster's box.
SMALLEST, LARGEST = 0.035, 0.22
MIN_ASPECT = 0.45
MIN_SQUARE = 0.9  # area of the outline over that of the box around it
MIN_SIDE = 0.72  # share of every side that must be red
MIN_RED, FILLED, MAX_RED = 0.2, 0.56, 0.88  # share of red within: a frame's, a filled square's
FRAME = 0.12  # share of the side that the frame and the room within it take
VALLEY = 0.55  # between two rows there is less than this share of the strokes of a row
SIDE = 96


@dataclass(frozen=True, slots=True)
class SquareSeal:
    """A square seal on the page, clockwise from its upper left; `solid` if it prints white."""

    quad: Quad
    red: float
    sides: float
    solid: bool


def square_seals(page: Pixels, mask: Pixels, scale: float) -> list[SquareSeal]:
    """Return the square seals of an RGB page; `mask` is 1 where its copy, at `scale`, is red."""
    found = (_measured(page, quad / scale) for quad in _boxes(mask))
    return [seal for seal in found if seal]


def _boxes(mask: Pixels) -> Iterator[Quad]:
    side = min(mask.shape)
    joined = cv2.morphologyEx(mask, cv2.MORPH_CLOSE, np.ones((3, 3), np.uint8))
    outlines, _ = cv2.findContours(joined, cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_SIMPLE)
    boxes = np.array([cv2.boundingRect(outline) for outline in outlines]).reshape(-1, 4)
    for outline, (_, _, wide, high) in zip(outlines, boxes, strict=True):
        if not SMALLEST * side <= max(wide, high) <= LARGEST * side * 1.4:
            continue
        hull = cv2.convexHull(outline)
        box = cv2.minAreaRect(hull)
        width, height = box[1]
        if min(width, height) < max(MIN_ASPECT * max(width, height), SMALLEST * side):
            continue
        square = cv2.contourArea(hull) >= MIN_SQUARE * width * height
        if square and not _in_line(cv2.boundingRect(outline), boxes):
            yield upright_quad(np.asarray(cv2.boxPoints(box), np.float32))


def _in_line(box: Sequence[int], boxes: NDArray[np.int_]) -> bool:
    """Tell whether characters of the same height stand beside a box: it is one of a headline."""
    x, y, width, height = box
    others = boxes[(boxes[:, 3] > 0.6 * height) & (boxes[:, 3] < 1.5 * height)]
    level = np.abs(others[:, 1] + others[:, 3] / 2 - y - height / 2) < 0.25 * height
    right, left = others[:, 0] - x - width, x - others[:, 0] - others[:, 2]
    near = np.maximum(right, left)
    return bool((level & (near > -0.2 * width) & (near < 0.8 * height)).any())


def upright_quad(corners: Quad) -> Quad:
    """Return corners clockwise, from the one whose side lies most level and on top."""
    around = corners[np.argsort(np.arctan2(*(corners - corners.mean(axis=0)).T[::-1]))]
    tops = [around[i] + around[(i + 1) % 4] for i in range(4)]
    return np.asarray(np.roll(around, -int(np.argmin([top[1] for top in tops])), axis=0))


def _measured(page: Pixels, quad: Quad) -> SquareSeal | None:
    picture = cv2.resize(cut(page, quad), (SIDE, SIDE), interpolation=cv2.INTER_AREA)
    ink = redness(np.asarray(picture, np.uint8))
    low, high = np.percentile(ink, [5, 92])
    if high - low < 25:
        return None
    red = ink > (low + high) / 2
    edge = round(FRAME / 2 * SIDE)
    lines = (red[:edge].any(0), red[-edge:].any(0), red[:, :edge].any(1), red[:, -edge:].any(1))
    sides = min(float(line.mean()) for line in lines)
    share = float(red.mean())
    solid = share > FILLED
    room = round(FRAME * SIDE)
    inner = red[room:-room, room:-room]
    strokes = ~inner if solid else inner
    if sides < MIN_SIDE or not MIN_RED <= share <= MAX_RED:
        return None
    if len(rows_of(strokes)) < 2 or len(rows_of(strokes.T)) < 2:
        return None
    return SquareSeal(quad, share, sides, solid)


def rows_of(strokes: NDArray[np.bool_]) -> list[slice]:
    """Return the two or three rows of characters in the inside of a square, else none."""
    count = strokes.sum(axis=1).astype(np.float32)
    profile = cv2.blur(count[:, None], (1, 3))[:, 0]
    size = len(profile)
    for parts in (2, 3):
        cuts = []
        for i in range(1, parts):
            window = slice(round(size * (i / parts - 0.09)), round(size * (i / parts + 0.09)) + 1)
            cuts.append(window.start + int(profile[window].argmin()))
        edges = [0, *cuts, size]
        rows = [slice(a, b) for a, b in pairwise(edges)]
        fullest = min(float(np.percentile(profile[row], 80)) for row in rows)
        if all(profile[at] < VALLEY * fullest for at in cuts):
            return rows
    return []
