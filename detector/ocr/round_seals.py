"""Find round seals among the red of a page, well enough to take their ink off.

Only their rims are looked for; to read a seal, or to prove that it is one, is another task.
Limits: on 30 drawn pages every round seal had a roundness of 1.01 to 1.02 and a rim of 1.0;
red characters of its size that were as round had rims of 0.26 to 0.76.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TypeAlias

import cv2
import numpy as np
from numpy.typing import NDArray

from detector.ocr.engine import Pixels

Outline: TypeAlias = NDArray[np.int32]  # shape (points, 2), x and y

LOOK_SIDE = 800  # pixels of the longer side of the copy that is looked at
# Shares of that side: what is smaller is a word or a dot, what is larger a frame.
MIN_SIZE, MAX_SIZE = 0.06, 0.4
JOIN = 0.012  # parts of a seal stand closer than this share: text may cut its rim
MIN_ASPECT = 0.6  # of an oval seal, or of a round one seen from the side
# Area of the outline over that of the ellipse in its box: 1 for a seal, 1.27 for a box.
MIN_ROUND, MAX_ROUND = 0.93, 1.08
# Of the directions seen from the middle, the share in which the outline is red.
MIN_RIM = 0.85
DIRECTIONS = 72
RIM_DEPTH = 0.04  # how deep from the outline its red is looked for, as a share of the size


def round_seals(red: Pixels) -> list[Outline]:
    """Return the outlines of round seals on a page; `red` is 1 where the page is red, else 0."""
    scale = min(1.0, LOOK_SIDE / max(red.shape))
    size = [max(1, round(side * scale)) for side in reversed(red.shape)]
    small = np.asarray(cv2.resize(red * 255, size, interpolation=cv2.INTER_AREA) > 100)
    outlines = (cv2.convexHull(points)[:, 0] for points in _groups(small))
    seals = [outline for outline in outlines if _is_round(outline) and _has_rim(outline, small)]
    return [_enlarged(seal, scale) for seal in seals]


def _enlarged(seal: Outline, scale: float) -> Outline:
    """Return an outline in pixels of the page, far enough out to take in the soft edge."""
    middle = seal.mean(axis=0)
    return np.round((middle + (seal - middle) * (1 + RIM_DEPTH)) / scale).astype(np.int32)


def _groups(red: NDArray[np.bool_]) -> Iterator[Outline]:
    """Yield the red pixels, as x and y, of each group that has the size of a seal."""
    side = max(red.shape)
    reach = max(3, round(side * JOIN))
    joined = cv2.dilate(red.astype(np.uint8), np.ones((reach, reach), np.uint8))
    _, labels, statistics, _ = cv2.connectedComponentsWithStats(joined)
    for label, (x, y, width, height, _) in enumerate(statistics[1:], 1):
        if MIN_SIZE * side <= max(width, height) <= MAX_SIZE * side:
            window = slice(y, y + height), slice(x, x + width)
            rows, columns = np.nonzero(red[window] & (labels[window] == label))
            yield np.stack([columns + x, rows + y], axis=1).astype(np.int32)


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
    return len(np.unique((angles * DIRECTIONS).astype(int))) >= MIN_RIM * DIRECTIONS
