"""Photographs of the holder on certificates, to be covered before a page is shown to others.

A photograph stands out from the paper as a block, or has a frame; a bust before an even ground is
known by its upper corners, which are alike and even, and by what stands between and below them.
Skin is not looked for: grey copies count too. Figures: docs/decisions/portraits.md.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TypeAlias

import cv2
import numpy as np
from numpy.typing import NDArray

from detector.marks.busts import HEIGHT, WIDTH, is_bust
from detector.model import Point
from detector.ocr.engine import Pixels, Polygon

Matrix: TypeAlias = NDArray[np.float64]  # shape (2, 3)
Quad: TypeAlias = NDArray[np.float32]  # shape (4, 2), clockwise from the text's own top left

LOOK_SIDE = 900  # pixels of the longer side of the page that is looked at
# Width by height of photographs of one and two inches (25 x 35, 35 x 49, 35 x 53 mm), with what
# scans, frames and a bust without visible ground make of them.
NARROWEST, WIDEST = 0.56, 0.98
USUAL = 1.4  # height by width
LEAST, MOST = 0.05, 0.45  # height of a photograph, in longer sides of the page
OFF_PAPER = 16  # steps in any channel that a photograph differs from paper by
# Strokes of print are thinner than the first, what seals join to a photograph than the second, in
# longer sides of the page.
STROKES = (0.009, 0.03)
FILLED = 0.45  # share of its frame that a block fills
FRAMED = 0.85  # share of its smallest frame that a drawn rectangle fills
SAME = 0.5  # shared part from which two places are one
# Share of a line of text that a photograph may not cover, and of itself that may not lie on one.
COVERED = 0.2
MOST_TRIED = 40  # places of a page


def find_portraits(page: Pixels, lines: Sequence[Polygon] = ()) -> list[Polygon]:
    """Return the photographs on an RGB page, in its pixels.

    `lines` are the lines of text that were read: no place that holds one is returned, and their
    direction tells how the page is turned.
    """
    ahead = _levelling(page.shape[1], page.shape[0], lines)
    back = np.asarray(cv2.invertAffineTransform(ahead), np.float64)
    side = [int(np.ceil(edge)) for edge in _reach(page.shape[1], page.shape[0], ahead)]
    level = _levelled(page, ahead, side)
    text = [_mapped(np.array(line, np.float32), ahead) for line in lines]
    found: list[Quad] = []
    for quad in _places(level):
        if any(_shared(quad, other) > SAME for other in found):
            continue
        if not _covers_text(quad, text) and is_bust(_upright(level, quad)):
            found.append(quad)
    return [_polygon(_mapped(quad, back)) for quad in found]


def _levelled(page: Pixels, ahead: Matrix, side: list[int]) -> Pixels:
    """Return the page that is looked at; it is made small first, so that grain averages out."""
    scale = float(np.hypot(*ahead[0, :2]))
    small = cv2.resize(page, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
    turn = np.hstack([ahead[:, :2] / scale, ahead[:, 2:]])
    ground = np.median(small[::4, ::4].reshape(-1, 3), axis=0).tolist()
    how, border = cv2.INTER_LINEAR, cv2.BORDER_CONSTANT
    level = cv2.warpAffine(small, turn, side, flags=how, borderMode=border, borderValue=ground)
    return np.asarray(level, np.uint8)


def _levelling(width: int, height: int, lines: Sequence[Polygon]) -> Matrix:
    """Return the map of a page to one that is looked at: small, its text running to the right."""
    scale = min(1.0, LOOK_SIDE / max(width, height))
    angles = [np.degrees(np.arctan2(b[1] - a[1], b[0] - a[0])) for a, b, *_ in lines]
    votes = [round(angle / 90) % 4 for angle in angles]
    quarter = max(range(4), key=votes.count)
    tilts = [(angle - 90 * quarter + 180) % 360 - 180 for angle in angles]
    tilt = float(np.median([t for t in tilts if abs(t) < 45] or [0.0]))
    ahead = np.asarray(cv2.getRotationMatrix2D((0, 0), 90 * quarter + tilt, scale), np.float64)
    corners = _corners(width, height) @ ahead[:, :2].T
    ahead[:, 2] = -corners.min(axis=0)
    return ahead


def _reach(width: int, height: int, ahead: Matrix) -> NDArray[np.float64]:
    return np.asarray((_corners(width, height) @ ahead[:, :2].T + ahead[:, 2]).max(axis=0))


def _corners(width: int, height: int) -> NDArray[np.float64]:
    return np.array([(0, 0), (width, 0), (width, height), (0, height)], float)


def _mapped(points: NDArray[np.float32], how: Matrix) -> Quad:
    return np.asarray(points @ how[:, :2].T + how[:, 2], np.float32)


def _places(page: Pixels) -> Iterator[Quad]:
    """Yield places that have a photograph's size and shape, framed ones first."""
    side = max(page.shape[:2])
    tried = 0
    for quad in (*_frames(page), *_blocks(page)):
        width = float(np.linalg.norm(quad[1] - quad[0]))
        height = float(np.linalg.norm(quad[3] - quad[0]))
        fits = LEAST * side <= height <= MOST * side
        if fits and NARROWEST * height <= width <= WIDEST * height and tried < MOST_TRIED:
            tried += 1
            yield quad


def _frames(page: Pixels) -> Iterator[Quad]:
    """Yield the rectangles that edges enclose, the largest first."""
    grey = cv2.cvtColor(page, cv2.COLOR_RGB2GRAY)
    edges = cv2.Canny(cv2.GaussianBlur(grey, (3, 3), 0), 25, 70)
    closed = cv2.morphologyEx(edges, cv2.MORPH_CLOSE, np.ones((3, 3), np.uint8))
    contours, _ = cv2.findContours(closed, cv2.RETR_LIST, cv2.CHAIN_APPROX_SIMPLE)
    least = (LEAST * max(page.shape[:2])) ** 2 * NARROWEST
    sized = [(cv2.contourArea(contour), contour) for contour in contours]
    for area, contour in sorted((s for s in sized if s[0] >= least), key=lambda s: -s[0]):
        rectangle = cv2.minAreaRect(contour)
        if area >= FRAMED * rectangle[1][0] * rectangle[1][1]:
            yield _quad(rectangle)


def _blocks(page: Pixels) -> Iterator[Quad]:
    """Yield the blocks that differ from paper and are no print, the largest first."""
    side = max(page.shape[:2])
    paper = np.median(page.reshape(-1, 3), axis=0)
    off = (np.abs(page.astype(np.int16) - paper).max(axis=2) > OFF_PAPER).astype(np.uint8)
    least = (LEAST * side) ** 2 * NARROWEST * FILLED
    for share in STROKES:
        stroke = max(3, round(share * side))
        brush = cv2.getStructuringElement(cv2.MORPH_RECT, (stroke, stroke))
        joined = cv2.morphologyEx(off, cv2.MORPH_CLOSE, np.ones((5, 5), np.uint8))
        solid = cv2.morphologyEx(joined, cv2.MORPH_OPEN, brush)
        contours, _ = cv2.findContours(solid, cv2.RETR_LIST, cv2.CHAIN_APPROX_SIMPLE)
        for contour in sorted(contours, key=cv2.contourArea, reverse=True):
            if cv2.contourArea(contour) >= least:
                yield from _block(contour)


def _block(contour: cv2.typing.MatLike) -> Iterator[Quad]:
    """Yield the frames of one block: turned where it is a rectangle, else as the page stands.

    A bust without visible ground is no rectangle; a seal pressed beside a photograph sticks out
    below, so that its upper part tells how wide it is, and its width how high.
    """
    rectangle = cv2.minAreaRect(contour)
    filled = cv2.contourArea(contour) / max(1.0, rectangle[1][0] * rectangle[1][1])
    if filled >= FRAMED:
        yield _quad(rectangle)
        return
    left, top, width, height = cv2.boundingRect(contour)
    if filled >= FILLED:
        yield _frame(left, top, left + width, top + height)
    mask = np.zeros((height, width), np.uint8)
    cv2.drawContours(mask, [np.asarray(contour) - (left, top)], -1, 1, cv2.FILLED)
    across = np.flatnonzero(mask[height // 8 : max(height // 3, 1)].mean(axis=0) > 0.5)
    if len(across) and len(across) < width:
        first, last = left + int(across[0]), left + int(across[-1]) + 1
        yield _frame(first, top, last, min(top + height, top + round((last - first) * USUAL)))


def _frame(left: float, top: float, right: float, bottom: float) -> Quad:
    return np.array([(left, top), (right, top), (right, bottom), (left, bottom)], np.float32)


def _quad(rectangle: cv2.typing.RotatedRect) -> Quad:
    """Return a rectangle's corners, clockwise from the one nearest to the top left."""
    corners = np.asarray(cv2.boxPoints(rectangle), np.float32)
    return np.roll(corners, -int(corners.sum(axis=1).argmin()), axis=0)


def _upright(page: Pixels, quad: Quad) -> Pixels:
    """Return a place as a small upright picture of HEIGHT by WIDTH."""
    target = np.array([[0, 0], [WIDTH, 0], [WIDTH, HEIGHT], [0, HEIGHT]], np.float32)
    transform = cv2.getPerspectiveTransform(quad, target)
    return np.asarray(cv2.warpPerspective(page, transform, (WIDTH, HEIGHT)), np.uint8)


def _covers_text(quad: Quad, lines: Sequence[Quad]) -> bool:
    """Tell whether a place holds much of a line, or is itself a character of a large one."""
    for line in lines:
        smaller = min(cv2.contourArea(line), cv2.contourArea(quad))
        if smaller > 0 and cv2.intersectConvexConvex(quad, line)[0] > COVERED * smaller:
            return True
    return False


def _shared(one: Quad, other: Quad) -> float:
    common = cv2.intersectConvexConvex(one, other)[0]
    return common / max(1.0, min(cv2.contourArea(one), cv2.contourArea(other)))


def _polygon(quad: Quad) -> Polygon:
    a, b, c, d = (Point(float(x), float(y)) for x, y in quad)
    return a, b, c, d
