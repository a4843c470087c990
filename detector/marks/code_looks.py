"""Ways to look at a place where a code may stand, and the way back to the page's pixels."""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

from detector.ocr.engine import Pixels

Matrix = NDArray[np.float64]  # shape (3, 3): from points of a crop to points of the page

SOFTNESS = 1.5  # pixels that edges are taken to be soft by
SHARPNESS = 1.5
THRESHOLD_SHARE = 8  # the window of the local threshold, as a part of the crop's shorter side


def levelled(crop: Pixels, turn: float) -> tuple[Pixels, Matrix]:
    """Turn a crop so that its bars stand upright; returns the way back as well."""
    height, width = crop.shape[:2]
    ahead = np.vstack([cv2.getRotationMatrix2D((width / 2, height / 2), turn, 1.0), (0, 0, 1)])
    corners = ahead @ np.array([[0, width, width, 0], [0, 0, height, height], [1, 1, 1, 1]])
    low, high = corners[:2].min(axis=1), corners[:2].max(axis=1)
    ahead = moved(*-low) @ ahead
    size = [int(side) for side in np.ceil(high - low)]
    turned = cv2.warpAffine(
        crop, ahead[:2], size, flags=cv2.INTER_CUBIC, borderMode=cv2.BORDER_REPLICATE
    )
    return np.asarray(turned, np.uint8), np.linalg.inv(ahead)


def red_channel(picture: Pixels) -> Pixels:
    """Show red ink (a seal across the code) as light as paper."""
    return np.ascontiguousarray(picture[:, :, 0])


def plain(crop: Pixels, scale: float) -> Pixels:
    """Show a crop as it is."""
    return crop


def sharpened(crop: Pixels, scale: float) -> Pixels:
    """Show small and soft codes larger, with sharpened edges."""
    large = _enlarged(crop, scale)
    soft = cv2.GaussianBlur(large, (0, 0), SOFTNESS * scale)
    return np.asarray(cv2.addWeighted(large, 1 + SHARPNESS, soft, -SHARPNESS, 0), np.uint8)


def thresholded(crop: Pixels, scale: float) -> Pixels:
    """Show a code in black and white, each place judged by its surroundings (uneven light)."""
    large = cv2.GaussianBlur(_enlarged(crop, scale), (3, 3), 0)
    window = max(11, min(large.shape) // THRESHOLD_SHARE) | 1
    how, kind = cv2.ADAPTIVE_THRESH_MEAN_C, cv2.THRESH_BINARY
    return np.asarray(cv2.adaptiveThreshold(large, 255, how, kind, window, 2), np.uint8)


def _enlarged(crop: Pixels, scale: float) -> Pixels:
    how = cv2.INTER_CUBIC
    return np.asarray(cv2.resize(crop, None, fx=scale, fy=scale, interpolation=how), np.uint8)


def moved(right: float, down: float) -> Matrix:
    """Return the matrix that moves points."""
    return np.array([[1, 0, right], [0, 1, down], [0, 0, 1]], float)


def scaled(factor: float) -> Matrix:
    """Return the matrix that multiplies points."""
    return np.diag([factor, factor, 1.0])
