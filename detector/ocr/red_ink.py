"""Take the ink of seals off a page, so that the text below stands alone.

Method and colour limits: shared/design/scans.md, step 2. Red text must stay: what is in a round
seal fades into the paper, other red becomes grey.
"""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

from detector.ocr.engine import Pixels
from detector.ocr.round_seals import Outline, round_seals

# OpenCV counts hues from 0 to 179; red lies around 0.
LOWEST_HUE = 165
HIGHEST_HUE = 12
MIN_SATURATION = 50
MIN_VALUE = 70
# On covers and red posters red is the ground that text stands on; seals take less of a page.
MAX_SHARE = 0.15
SPREAD = np.ones((3, 3), np.uint8)  # takes in the soft edge of a stroke
PAPER = 90  # the percentile of a page's red channel that is its paper
# Red stays this much darker than the paper: as bright as it, red text is lost (14 of 37 lines on
# dim pictures, 4 of 12 on white paper).
CONTRAST = 25
# ... but no darker than this on a dark page, where it must stay lighter than the ground.
DARKEST = 150
FAINT = 25  # the percentile of a seal's red channel that fades into the paper


def without_red_ink(page: Pixels) -> Pixels:
    """Return an RGB page with its red replaced by the red channel, where text stays dark.

    The same page comes back where nothing, or too much of it, is red.
    """
    red = _red(page)
    if not 0 < np.count_nonzero(red) <= MAX_SHARE * red.size:
        return page
    ink = cv2.dilate(red, SPREAD).astype(bool)
    grey = _grey(page[:, :, 0])
    for seal in round_seals(red):
        _fade(grey, page[:, :, 0], ink, seal)
    cleaned = page.copy()
    cleaned[ink] = grey[ink][:, None]
    return cleaned


def _grey(channel: Pixels) -> Pixels:
    lightest = max(np.percentile(channel, PAPER) - CONTRAST, DARKEST)
    return np.minimum(channel, np.uint8(lightest))


def _fade(grey: Pixels, channel: Pixels, ink: NDArray[np.bool_], seal: Outline) -> None:
    """Put into `grey` the red channel within a seal, brightened until its ink is like paper."""
    x, y, width, height = cv2.boundingRect(seal)
    window = slice(max(0, y), y + height), slice(max(0, x), x + width)
    part = channel[window].astype(np.float32)
    inside = np.zeros(part.shape, np.uint8)
    cv2.fillConvexPoly(inside, seal - (max(0, x), max(0, y)), 1)
    inked = inside.astype(bool) & ink[window]
    paper, faint = np.percentile(part, PAPER), np.percentile(part[inked], FAINT)
    grey[window][inked] = np.minimum(part[inked] * (paper / max(faint, 1)), paper)


def _red(page: Pixels) -> Pixels:
    hue, saturation, value = cv2.split(cv2.cvtColor(page, cv2.COLOR_RGB2HSV))
    red = (hue < HIGHEST_HUE) | (hue > LOWEST_HUE)
    return (red & (saturation > MIN_SATURATION) & (value > MIN_VALUE)).astype(np.uint8)
