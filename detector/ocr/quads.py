"""The geometry of lines on a page: which way they run, and the pixels and characters in them.

A line is a quadrilateral whose corners go clockwise, in pixels of the page; its first edge is
the one that text runs along.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import TypeAlias

import cv2
import numpy as np
from numpy.typing import NDArray

from detector.model import Point
from detector.ocr.engine import Pixels, Polygon, ReadCell

Quad: TypeAlias = NDArray[np.float32]  # shape (4, 2)
Quads: TypeAlias = NDArray[np.float32]  # shape (lines, 4, 2)
Numbers: TypeAlias = NDArray[np.float32]  # shape (lines,)


def sizes(quads: Quads) -> tuple[Numbers, Numbers]:
    """Return the length of each line along its text, and its height across."""
    along = np.linalg.norm(quads[:, 1] - quads[:, 0], axis=1)
    across = np.linalg.norm(quads[:, 3] - quads[:, 0], axis=1)
    return along, across


def part(quad: Quad, start: float, end: float) -> Quad:
    """Return the piece of a line between two shares (0 to 1) of its length."""
    a, b, c, d = quad
    top, bottom = b - a, c - d
    corners = [a + start * top, a + end * top, d + end * bottom, d + start * bottom]
    return np.array(corners, np.float32)


def cut(page: Pixels, quad: Quad) -> Pixels:
    """Return the pixels of a line, its text running to the right."""
    width, height = (max(1, round(float(side[0]))) for side in sizes(quad[None]))
    target = np.array([[0, 0], [width, 0], [width, height], [0, height]], np.float32)
    transform = cv2.getPerspectiveTransform(quad, target)
    how, border = cv2.INTER_CUBIC, cv2.BORDER_REPLICATE
    line = cv2.warpPerspective(page, transform, (width, height), flags=how, borderMode=border)
    return np.asarray(line, np.uint8)


def cells(quad: Quad, text: str, centres: Sequence[float]) -> tuple[ReadCell, ...]:
    """Return a cell for each character but spaces.

    `centres` are their middles as shares of the line's length. A cell reaches halfway to its
    neighbours, but no further than half the line's height, which is a wide character's width.
    """
    along, across = sizes(quad[None])
    reach = float(across[0] / max(along[0], 1)) / 2
    borders = [0.0, *((a + b) / 2 for a, b in pairwise(centres)), 1.0]
    limits = [
        (max(left, middle - reach), min(right, middle + reach))
        for middle, (left, right) in zip(centres, pairwise(borders), strict=True)
    ]
    places = [place for place, character in enumerate(text) if not character.isspace()]
    return tuple(
        ReadCell(place, place + 1, polygon(part(quad, start, end)))
        for place, (start, end) in zip(places, limits, strict=True)
    )


def polygon(quad: Quad) -> Polygon:
    """Return the corners of a line as points of plain numbers."""
    a, b, c, d = (Point(float(x), float(y)) for x, y in quad)
    return a, b, c, d
