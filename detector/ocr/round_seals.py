"""Find round seals among the red of a page, well enough to take their ink off.

Only their rims are looked for; to read a seal, or to prove that it is one, is another task.
Limits: on 30 drawn pages every round seal had a roundness of 1.01 to 1.02, a rim of 1.0 and a
fill of 0.22 to 0.40; red characters that were as round had rims of 0.26 to 0.76.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TypeAlias

import cv2
import numpy as np
from numpy.typing import NDArray

from detector.ocr.engine import Pixels

Outline: TypeAlias = NDArray[np.int32]  # shape (points, 2), x and y

LOOK_SIDE = 560  # pixels of the shorter side of the copy that is looked at
HALF = 100  # of 255: a pixel of the copy is red where about half of what it shows is
# Shares of that side: what is smaller is a word or a dot, what is larger a frame.
MIN_SIZE, MAX_SIZE = 0.08, 0.6
JOIN = 0.016  # parts of a seal stand closer than this share: text may cut its rim
MIN_ASPECT = 0.6  # of an oval seal, or of a round one seen from the side
# Area of the outline over that of the ellipse in its box: 1 for a seal, 1.27 for a box.
MIN_ROUND, MAX_ROUND = 0.93, 1.08
MAX_FILL = 0.5  # share of red within; a badge with white words on it has more (scans.md: 0.42)
# Of the directions seen from the middle, the share in which the outline is red.
MIN_RIM = 0.85
DIRECTIONS = 72
RIM_DEPTH = 0.04  # how deep from the outline its red is looked for, as a share of the size


def round_seals(red: Pixels) -> list[Outline]:
    """Return the outlines of round seals on a page; `red` is 1 where the page is red, else 0."""
    scale = min(1.0, LOOK_SIDE / min(red.shape))
    size = [max(1, round(side * scale)) for side in reversed(red.shape)]
    small = np.asarray(cv2.resize(red * 255, size, interpolation=cv2.INTER_AREA) > HALF)
    outlines = [np.asarray(cv2.convexHull(group)[:, 0], np.int32) for group in _groups(small)]
    return [_enlarged(outline, scale) for outline in outlines if _is_seal(outline, small)]


def _enlarged(seal: Outline, scale: float) -> Outline:
    """Return an outline in pixels of the page, far enough out to take in the soft edge."""
    middle = seal.mean(axis=0)
    larger = middle + (seal - middle) * (1 + RIM_DEPTH)
    return np.asarray(np.round(larger / scale), np.int32)


def _groups(red: NDArray[np.bool_]) -> Iterator[Outline]:
    """Yield the red pixels, as x and y, of each group that has the size of a seal."""
    side = min(red.shape)
    reach = max(3, round(side * JOIN))
    joined = cv2.dilate(red.astype(np.uint8), np.ones((reach, reach), np.uint8))
    _, labels, statistics, _ = cv2.connectedComponentsWithStats(joined)
    for label, (x, y, width, height, _) in enumerate(statistics[1:], 1):
        if MIN_SIZE * side <= max(width, height) <= MAX_SIZE * side:
            window = slice(y, y + height), slice(x, x + width)
            rows, columns = np.nonzero(red[window] & (labels[window] == label))
            yield np.stack([columns + x, rows + y], axis=1).astype(np.int32)


def _is_seal(outline: Outline, red: NDArray[np.bool_]) -> bool:
    return _is_round(outline) and _has_rim(outline, red) and not _is_filled(outline, red)


def _is_round(outline: Outline) -> bool:
    _, (width, height), _ = cv2.minAreaRect(outline)
    if min(width, height) < MIN_ASPECT * max(width, height, 1.0):
        return False
    ellipse = np.pi / 4 * width * height
    return bool(MIN_ROUND <= cv2.contourArea(outline) / ellipse <= MAX_ROUND)


def _has_rim(outline: Outline, red: NDArray[np.bool_]) -> bool:
    x, y, width, height = cv2.boundingRect(outline)
    band = np.zeros((height, width), np.uint8)
    depth = max(3, round(2 * RIM_DEPTH * max(width, height)))
    cv2.polylines(band, [outline - (x, y)], isClosed=True, color=1, thickness=depth)
    rows, columns = np.nonzero(band & red[y : y + height, x : x + width])
    angles = np.arctan2(rows - height / 2, columns - width / 2) / (2 * np.pi)
    return len(np.unique(np.floor(angles * DIRECTIONS))) >= MIN_RIM * DIRECTIONS


def _is_filled(outline: Outline, red: NDArray[np.bool_]) -> bool:
    x, y, width, height = cv2.boundingRect(outline)
    filled = np.zeros((height, width), np.uint8)
    cv2.fillConvexPoly(filled, outline - (x, y), 1)
    return bool(red[y : y + height, x : x + width][filled == 1].mean() > MAX_FILL)
