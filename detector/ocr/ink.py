"""How much red, or how much darkness, each pixel of a page has."""

from __future__ import annotations

import cv2
import numpy as np

from detector.ocr.engine import Pixels

DARKEST = 64  # the red of darker pixels is noise of the camera or of the JPEG


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
