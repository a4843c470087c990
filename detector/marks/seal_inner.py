"""Cut the level lines out of the middle of a seal, and weigh whether a star stands there."""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

from detector.marks.seal_unwrap import Inked, red_words, without_text
from detector.ocr.engine import Pixels
from detector.ocr.rings import Floats, Ring

HALF = 150  # half the side of the upright picture of a seal
STAR = round(0.34 * HALF)  # the star stands within this distance of the middle
RIM_ROOM = 0.03  # radii left between the words of the rim and the level lines
LINE = 48
MIN_HEIGHT = 0.08  # of the radius: rows of ink lower than this are no words
MARGIN = 0.25


def star(page: Pixels, inked: Inked, ring: Ring) -> tuple[float, float]:
    """Return how far the middle looks like a star (0 to 1), and one tip's direction in radians.

    The share of the fifth harmonic in the outline of the middle; directions run clockwise.
    """
    picture = upright(inked(page), ring, -np.pi / 2, even=False)
    polar = cv2.warpPolar(
        picture, (40, 360), (HALF, HALF), HALF * 0.42, cv2.WARP_POLAR_LINEAR
    ).astype(np.float32)
    full = float(np.percentile(polar[:, :12], 60))
    if full < 10:
        return 0.0, 0.0
    solid = (polar > 0.5 * full).astype(np.float32)
    reach = np.cumprod(solid[:, 3:], axis=1).sum(axis=1)
    waves = np.fft.rfft(reach - reach.mean())
    power = np.abs(waves) ** 2
    share = float(power[5] / max(float(power[1:].sum()), 1e-6))
    deep = min(1.0, float(reach.std()) / 2.5)
    return share * deep, float(-np.angle(waves[5]) / 5)


def upright(picture: Pixels, ring: Ring, top: float, even: bool) -> Pixels:
    """Return a square picture of a seal turned so that direction `top` is up.

    `even` keeps the shapes of the page, else the ellipse becomes a circle.
    """
    shape = np.eye(2) * np.linalg.eigvalsh(ring.axes)[1] if even else ring.axes
    up = np.array([np.cos(top), np.sin(top)])
    right = np.array([-up[1], up[0]])
    frame = shape @ np.stack([right, -up], 1) / HALF
    matrix = np.column_stack([frame, ring.centre - frame @ [HALF, HALF]]).astype(np.float32)
    how = cv2.INTER_LINEAR | cv2.WARP_INVERSE_MAP
    size = (2 * HALF, 2 * HALF)
    border = cv2.BORDER_REPLICATE
    return np.asarray(cv2.warpAffine(picture, matrix, size, flags=how, borderMode=border), np.uint8)


def inner_strips(
    page: Pixels, inked: Inked, ring: Ring, top: float, even: bool, reach: float, starred: bool
) -> list[list[Pixels]]:
    """Return the level lines within `reach` radii, from the top, each as RGB strips to choose from.

    They are the ink alone, and the page as it is but for black text.
    """
    ink = upright(inked(page), ring, top, even)
    clean = upright(without_text(page) if inked is red_words else page, ring, top, even)
    inside = upright(_disc(page.shape, ring, reach - RIM_ROOM), ring, top, even) > 127
    if starred:
        inside[:, :] &= ~(cv2.circle(np.zeros_like(ink), (HALF, HALF), STAR, 1, -1) > 0)
    ground, full = np.percentile(ink[inside], [50, 98])
    if full - ground < 12:
        return []
    spread = ((ink.astype(np.float32) - ground) * (255 / (full - ground))).clip(0, 255)
    words = np.asarray(spread * inside, np.uint8)
    clean[~inside] = np.median(clean[inside], axis=0)
    alone = np.asarray(cv2.cvtColor(255 - words, cv2.COLOR_GRAY2RGB), np.uint8)
    boxes = [_box(words, rows) for rows in _rows(words > 90, starred)]
    return [[_strip(picture, box) for picture in (alone, clean)] for box in boxes]


def _disc(shape: tuple[int, ...], ring: Ring, reach: float) -> Pixels:
    disc = np.zeros(shape[:2], np.uint8)
    cv2.fillConvexPoly(disc, np.round(ring.points(reach)).astype(np.int32), 255)
    return disc


def _rows(strokes: NDArray[np.bool_], starred: bool) -> list[slice]:
    """Return the runs of rows that hold words: below the star, or anywhere without one."""
    counts = strokes.sum(axis=1).astype(np.float32)
    if starred:
        counts[: round(HALF * (1 + 0.2))] = 0
    counts = cv2.blur(counts[:, None], (1, 3))[:, 0]
    inked = np.concatenate([[False], counts > max(2.0, 0.12 * float(counts.max())), [False]])
    edges = np.flatnonzero(np.diff(inked.astype(np.int8)))
    runs = [slice(int(a), int(b)) for a, b in edges.reshape(-1, 2)]
    return [run for run in runs if run.stop - run.start >= MIN_HEIGHT * HALF]


def _box(words: Pixels, rows: slice) -> tuple[slice, slice]:
    """Return the rows and columns around a line, with some room."""
    height = rows.stop - rows.start
    columns = np.flatnonzero((words[rows] > 90).sum(axis=0) > 1)
    margin = max(2, round(MARGIN * height))
    if not len(columns):
        return rows, slice(0, 2 * HALF)
    left, right = max(0, int(columns[0]) - margin), int(columns[-1]) + margin
    return slice(max(0, rows.start - margin), rows.stop + margin), slice(left, right)


def _strip(picture: Pixels, box: tuple[slice, slice]) -> Pixels:
    part = picture[box]
    size = (max(LINE, round(part.shape[1] * LINE / part.shape[0])), LINE)
    return np.asarray(cv2.resize(part, size, interpolation=cv2.INTER_CUBIC), np.uint8)


def corners(ring: Ring, top: float) -> Floats:
    """Return the corners of a box around a seal, clockwise from its own top left."""
    up = np.array([np.cos(top), np.sin(top)])
    right = np.array([-up[1], up[0]])
    flat = np.stack([up - right, up + right, right - up, -up - right])
    return np.asarray(ring.centre + flat @ ring.axes.T, np.float32)
