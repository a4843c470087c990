"""Take the ink of red seals off a page, so that the text below stands alone.

Colour limits: shared/design/scans.md, step 2. Other red stays: headlines printed in it are read
best as they are (turned grey, twice as many characters of the drawn samples were wrong).
"""

from __future__ import annotations

from typing import TypeAlias

import cv2
import numpy as np
from numpy.typing import NDArray

from detector.ocr.engine import Pixels
from detector.ocr.rings import Ring
from detector.ocr.round_seals import red_seals

Outline: TypeAlias = NDArray[np.int32]  # shape (points, 2), x and y

# OpenCV counts hues from 0 to 179; red lies around 0.
LOWEST_HUE = 165
HIGHEST_HUE = 12
MIN_SATURATION = 50
MIN_VALUE = 70
SPREAD = np.ones((3, 3), np.uint8)  # takes in the soft edge of a stroke
EDGE = 0.04  # how far the soft edge of a rim reaches out, in radii
FAINT = 25  # the percentile of a seal's red channel that is taken for ink without text below


def without_seal_ink(page: Pixels) -> Pixels:
    """Return an RGB page with its red seals replaced by paper; the same page without any.

    In the red channel red ink is nearly as light as paper, and text below it stays dark.
    """
    seals = red_seals(page)
    outlines = [_outline(seal.ring) for seal in seals.round]
    outlines += [np.asarray(np.round(seal.quad), np.int32) for seal in seals.square]
    if not outlines:
        return page
    red = _red(page)
    ink = cv2.dilate(red, SPREAD).astype(bool)
    cleaned = page.copy()
    for outline in outlines:
        _fade(cleaned, red, ink, outline)
    return cleaned


def _outline(ring: Ring) -> Outline:
    return np.asarray(np.round(ring.points(1 + EDGE)), np.int32)


def _red(page: Pixels) -> Pixels:
    hue, saturation, value = cv2.split(cv2.cvtColor(page, cv2.COLOR_RGB2HSV))
    red = (hue < HIGHEST_HUE) | (hue > LOWEST_HUE)
    return (red & (saturation > MIN_SATURATION) & (value > MIN_VALUE)).astype(np.uint8)


def _fade(page: Pixels, red: Pixels, ink: NDArray[np.bool_], seal: Outline) -> None:
    """Replace a seal's ink by paper, darkened where the red channel shows text below it."""
    x, y, width, height = cv2.boundingRect(seal)
    left, top = max(0, x), max(0, y)
    window = slice(top, y + height), slice(left, x + width)
    part = page[window]
    filled = np.zeros(part.shape[:2], np.uint8)
    cv2.fillConvexPoly(filled, seal - (left, top), 1)
    paper = np.median(part[~ink[window]], axis=0)
    faint = np.percentile(part[red[window] == 1, 0], FAINT)
    inside = ink[window] & (filled == 1)
    part[inside] = np.minimum(part[inside, 0] / faint, 1)[:, None] * paper
