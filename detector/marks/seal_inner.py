"""Cut the level lines out of the middle of a seal, and weigh whether a star stands there."""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

from detector.marks.seal_unwrap import Inked
from detector.ocr.engine import Pixels
from detector.ocr.rings import Floats, Ring

HALF = 128  # half the side of the upright picture of a seal
STAR_REACH = 0.34  # the star stands within this share of the radius
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
) -> list[Pixels]:
    """Return the level lines within `reach` radii as strips of ink alone, from the top."""
    ink = upright(inked(page), ring, top, even)
    inside = upright(_disc(page.shape, ring, reach), ring, top, even) > 127
    if starred:
        cv2.circle(ink, (HALF, HALF), round(STAR_REACH * HALF), 0, -1)
    ink[~inside] = 0
    ground, full = np.percentile(ink[inside], [50, 98])
    if full - ground < 12:
        return []
    spread = ((ink.astype(np.float32) - ground) * (255 / (full - ground))).clip(0, 255)
    spread[~inside] = 0
    words = np.asarray(spread, np.uint8)
    return [_strip(words, rows) for rows in _rows(words > 90, starred)]


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


def _strip(words: Pixels, rows: slice) -> Pixels:
    height = rows.stop - rows.start
    columns = np.flatnonzero((words[rows] > 90).any(axis=0))
    margin = max(2, round(MARGIN * height))
    left, right = max(0, int(columns[0]) - 2 * margin), int(columns[-1]) + 2 * margin
    part = words[rows, left:right]
    part = np.pad(part, ((margin, margin), (0, 0)))
    scale = LINE / part.shape[0]
    size = (max(LINE, round(part.shape[1] * scale)), LINE)
    strip = cv2.resize(255 - part, size, interpolation=cv2.INTER_CUBIC)
    return np.asarray(cv2.cvtColor(strip, cv2.COLOR_GRAY2RGB), np.uint8)


def corners(ring: Ring, top: float) -> Floats:
    """Return the corners of a box around a seal, clockwise from its own top left."""
    up = np.array([np.cos(top), np.sin(top)])
    right = np.array([-up[1], up[0]])
    flat = np.stack([up - right, up + right, right - up, -up - right])
    return np.asarray(ring.centre + flat @ ring.axes.T, np.float32)
