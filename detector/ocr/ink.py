"""How much red, or how much darkness, each pixel of a page has."""

from __future__ import annotations

import cv2
import numpy as np

from detector.ocr.engine import Pixels

STEP = 8  # every so many pixels are looked at for the colour of the paper
PAPER = 100  # its darkest channel has this much at least
EVEN, MOST_GAIN = 1.015, 1.25  # channels nearer than this are even; further apart is no paper
DARKEST = 64  # the red of darker pixels is noise of the camera or of the JPEG


def balanced(page: Pixels) -> Pixels:
    """Return an RGB page with its paper made grey; the same page where no paper shows.

    On bluish or lavender paper a faint red seal is hardly redder than blue.
    """
    paper = np.median(page[::STEP, ::STEP].reshape(-1, 3), axis=0)
    gains = paper.max() / np.maximum(paper, 1)
    if paper.min() < PAPER or not EVEN < gains.max() <= MOST_GAIN:
        return page
    table = np.outer(np.arange(256), gains).round().clip(0, 255).astype(np.uint8)
    return np.asarray(cv2.LUT(page, table[None]), np.uint8)


def redness(page: Pixels) -> Pixels:
    """Return 0 to 255 for each pixel of an RGB page: how far red exceeds green and blue.

    It is taken as a share of the red itself, so that shade and faded ink change it little.
    """
    red, green, blue = cv2.split(page)
    excess = cv2.subtract(red, cv2.max(green, blue))
    # Gold and wood are as far from green as some red inks, but further still from blue.
    yellow = cv2.subtract(cv2.subtract(green, blue), excess)
    excess = cv2.subtract(excess, yellow)
    return np.asarray(cv2.divide(excess, np.maximum(red, DARKEST), scale=255), np.uint8)


def darkness(page: Pixels) -> Pixels:
    """Return 0 to 255 for each pixel of an RGB page: how far it is from white without colour."""
    red, green, blue = cv2.split(page)
    most = cv2.max(red, cv2.max(green, blue))
    colour = cv2.subtract(most, cv2.min(red, cv2.min(green, blue)))
    return np.asarray(cv2.subtract(cv2.bitwise_not(most), cv2.add(colour, colour)), np.uint8)
