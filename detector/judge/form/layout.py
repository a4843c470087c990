"""The pieces of text on a page and how they lie to each other.

With geometry a piece is a line of the OCR engine or the text layer, in a frame that is turned
with the page's text; without it a line of the text, whose order is all that is known.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from detector.model import Box, Passage, Span

SAME_ROW = 0.5  # share of the lower piece's height that two pieces of one row have in common
BELOW = 2.6  # a value stands under its label within so many heights of it
INDENT = 2.0  # heights by which the line that goes on may begin beside the one above


class Rect(NamedTuple):
    """An upright rectangle in the page's own frame, in pixels."""

    left: float
    top: float
    right: float
    bottom: float

    @property
    def height(self) -> float:
        """Return the height in pixels."""
        return self.bottom - self.top


@dataclass(frozen=True, slots=True)
class Piece:
    """A piece of text; `start` is its place in the passage's text."""

    index: int
    text: str
    start: int
    rect: Rect | None = None

    def span(self, start: int, end: int) -> Span:
        """Return a part of the piece as a span of the passage's text."""
        return Span(self.start + start, self.start + end)


def pieces_of(passage: Passage) -> list[Piece]:
    """Return the pieces of a passage in its own order, blank ones left out."""
    spans = [line.span for line in passage.lines] or _text_lines(passage.text)
    rects = _rects([line.box for line in passage.lines]) or [None] * len(spans)
    kept = [
        (span, rect)
        for span, rect in zip(spans, rects, strict=True)
        if passage.text[span.start : span.end].strip()
    ]
    return [
        Piece(at, passage.text[span.start : span.end], span.start, rect)
        for at, (span, rect) in enumerate(kept)
    ]


def right_of(piece: Piece, pieces: Sequence[Piece]) -> Piece | None:
    """Return the nearest piece on the same row to the right; without geometry there is none."""
    here = piece.rect
    if here is None:
        return None
    beside = [
        (other.rect.left, other.index, other)
        for other in pieces
        if other.rect is not None and other.rect.left > here.left and _on_row(here, other.rect)
    ]
    return min(beside)[2] if beside else None


def below(piece: Piece, pieces: Sequence[Piece]) -> Piece | None:
    """Return the nearest piece under a piece; without geometry the next one of the text."""
    here = piece.rect
    if here is None:
        return next((other for other in pieces if other.index == piece.index + 1), None)
    under = [
        (other.rect.top, other.index, other)
        for other in pieces
        if other.rect is not None and _is_under(here, other.rect)
    ]
    return min(under)[2] if under else None


def goes_on(left: float, piece: Piece, other: Piece) -> bool:
    """Tell whether a line under a piece begins where the value does, at `left`."""
    if piece.rect is None or other.rect is None:
        return True
    return abs(other.rect.left - left) < INDENT * piece.rect.height


def left_of_part(piece: Piece, start: int) -> float:
    """Return where a part of a piece begins, by share of its length."""
    if piece.rect is None:
        return 0.0
    share = start / max(1, len(piece.text))
    return piece.rect.left + share * (piece.rect.right - piece.rect.left)


def _on_row(here: Rect, other: Rect) -> bool:
    common = min(here.bottom, other.bottom) - max(here.top, other.top)
    return common > SAME_ROW * min(here.height, other.height)


def _is_under(here: Rect, other: Rect) -> bool:
    middle = (other.top + other.bottom) / 2
    across = min(here.right, other.right) - max(here.left, other.left)
    return across > 0 and here.bottom < middle < here.bottom + BELOW * here.height


def _text_lines(text: str) -> list[Span]:
    spans, start = [], 0
    for line in text.split("\n"):
        spans.append(Span(start, start + len(line)))
        start += len(line) + 1
    return spans


def _rects(boxes: Sequence[Box | None]) -> list[Rect | None]:
    """Return the boxes as rectangles in the frame in which their texts run level."""
    known = [box for box in boxes if box is not None]
    across = sum(box.polygon[1].x - box.polygon[0].x for box in known)
    down = sum(box.polygon[1].y - box.polygon[0].y for box in known)
    angle = math.atan2(down, across)
    return [None if box is None else _rect(box, angle) for box in boxes]


def _rect(box: Box, angle: float) -> Rect:
    cos, sin = math.cos(angle), math.sin(angle)
    xs = [point.x * cos + point.y * sin for point in box.polygon]
    ys = [point.y * cos - point.x * sin for point in box.polygon]
    # Means of the ends, not extremes: a line that leans a little would grow into its neighbours.
    return Rect((xs[0] + xs[3]) / 2, (ys[0] + ys[1]) / 2, (xs[1] + xs[2]) / 2, (ys[2] + ys[3]) / 2)
