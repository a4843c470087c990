"""Is a small upright picture the head and shoulders of somebody before an even ground."""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

from detector.ocr.engine import Pixels

WIDTH, HEIGHT = 60, 84
# Limits measured on drawn pages: docs/decisions/portraits.md.
EVEN = 40.0  # range of most of an upper corner: a ground may shade, it has no print
ALIKE = 60.0  # difference between the upper corners
STANDS_OUT = 14.0  # difference of head and chest from the ground
FIGURE = (0.22, 0.93)  # share of the picture that is not ground
LEVELS = 6  # sixteenths of the grey scale that are filled: print and signs have two or three
FILLED = 0.015
LOW = 0.33  # share of the lowest rows that the figure fills at least
TOP = 0.75  # share of the highest rows that the figure fills at most
SMOOTH = 0.45  # share of pixels without a step to their neighbours
STEP = 14


def is_bust(picture: Pixels) -> bool:
    """Tell whether an RGB picture of HEIGHT by WIDTH shows a bust as identity photographs do."""
    shades = picture.astype(np.float32)
    inner = shades[4:-4, 3:-3]
    left, right = inner[:14, :9], inner[:14, -9:]
    if max(_spread(left), _spread(right)) > EVEN:
        return False
    ground = np.median(np.concatenate([left, right]).reshape(-1, 3), axis=0)
    if _apart(_middle(left), _middle(right)) > ALIKE:
        return False
    away = np.abs(inner - ground).max(axis=2) > STANDS_OUT
    head, chest = away[20:44, 18:36], away[-14:, 14:40]
    if head.mean() < 0.6 or chest.mean() < 0.4:
        return False
    return bool(FIGURE[0] <= away.mean() <= FIGURE[1]) and _is_toned(inner) and _stands_below(away)


def _stands_below(away: NDArray[np.bool_]) -> bool:
    """Tell whether the figure fills the foot of the picture and leaves ground above the head."""
    rows = away.mean(axis=1)
    return bool(rows[-10:].mean() > LOW and rows[:4].mean() < min(TOP, rows[14:34].mean()))


def _is_toned(inner: NDArray[np.float32]) -> bool:
    """Tell whether a picture has many greys and large smooth parts, which print has not."""
    grey = np.asarray(cv2.cvtColor(inner.astype(np.uint8), cv2.COLOR_RGB2GRAY), np.float32)
    shares = np.histogram(grey, bins=16, range=(0, 256))[0] / grey.size
    steps = np.maximum(np.abs(np.diff(grey, axis=0))[:, :-1], np.abs(np.diff(grey, axis=1))[:-1])
    return bool((shares > FILLED).sum() >= LEVELS and (steps < STEP).mean() >= SMOOTH)


def _spread(part: NDArray[np.float32]) -> float:
    """Return the range of most of a part; a stroke across it does not count."""
    low, high = np.percentile(part.reshape(-1, 3), (20, 80), axis=0)
    return float((high - low).max())


def _middle(part: NDArray[np.float32]) -> NDArray[np.float32]:
    return np.asarray(np.median(part.reshape(-1, 3), axis=0), np.float32)


def _apart(one: NDArray[np.float32], other: NDArray[np.float32]) -> float:
    return float(np.abs(one - other).max())
