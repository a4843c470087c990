"""The lines of a page as they stand beside and below each other, whichever way it lies."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from detector.model import Passage, Point, Span

# Lines stand on one row where they share this part of the lower one's height.
SAME_ROW = 0.5
# How far to the right a value may stand from its label, and below it, in heights of the label.
REACH_RIGHT, REACH_BELOW = 14.0, 2.2


@dataclass(frozen=True, slots=True)
class Row:
    """A line of a passage: its text, its place there and, where it has one, on the upright page."""

    text: str
    span: Span
    left: float = 0.0
    right: float = 0.0
    top: float = 0.0
    bottom: float = 0.0
    placed: bool = False

    @property
    def height(self) -> float:
        """Return the height of its characters."""
        return self.bottom - self.top


def rows_of(passage: Passage) -> list[Row]:
    """Return the lines of a passage in reading order."""
    if passage.lines and all(line.box for line in passage.lines):
        return list(_placed_rows(passage))
    rows, start = [], 0
    for text in passage.text.split("\n"):
        rows.append(Row(text, Span(start, start + len(text))))
        start += len(text) + 1
    return rows


def _placed_rows(passage: Passage) -> Iterator[Row]:
    turn = _turn(passage)
    for line in passage.lines:
        assert line.box is not None
        corners = [_turned(corner, turn) for corner in line.box.polygon]
        xs, ys = [x for x, _ in corners], [y for _, y in corners]
        # The slant of a leaning page is taken off, so the box is as high as its characters.
        text = passage.text[line.span.start : line.span.end]
        yield Row(text, line.span, min(xs), max(xs), min(ys), max(ys), placed=True)


def _turn(passage: Passage) -> tuple[float, float]:
    """Return the direction that most of the text runs in, of length one."""
    edges = [_edge(line.box.polygon) for line in passage.lines if line.box]
    quarters = [0.0] * 4
    for x, y in edges:
        quarters[round(math.atan2(y, x) / (math.pi / 2)) % 4] += math.hypot(x, y)
    main = quarters.index(max(quarters))
    kept = [(x, y) for x, y in edges if round(math.atan2(y, x) / (math.pi / 2)) % 4 == main]
    across, down = sum(x for x, _ in kept), sum(y for _, y in kept)
    length = math.hypot(across, down) or 1.0
    return across / length, down / length


def _edge(polygon: Sequence[Point]) -> tuple[float, float]:
    return polygon[1].x - polygon[0].x, polygon[1].y - polygon[0].y


def _turned(point: Point, turn: tuple[float, float]) -> tuple[float, float]:
    cos, sin = turn
    return point.x * cos + point.y * sin, point.y * cos - point.x * sin


def right_of(row: Row, rows: Sequence[Row]) -> Row | None:
    """Return the next line on the same row to the right."""
    beside = [
        other
        for other in rows
        if other.left > row.right - row.height
        and other is not row
        and other.left - row.right < REACH_RIGHT * row.height
        and _share_row(row, other)
    ]
    return min(beside, key=lambda other: other.left, default=None)


def below(row: Row, rows: Sequence[Row], left: float | None = None) -> Row | None:
    """Return the next line below that starts where this one does, or at `left`."""
    start = row.left if left is None else left
    under = [
        other
        for other in rows
        if 0 < other.top - row.top - row.height / 2 < REACH_BELOW * row.height
        and abs(other.left - start) < 1.5 * row.height
    ]
    return min(under, key=lambda other: other.top, default=None)


def stands_left(row: Row, other: Row) -> bool:
    """Tell whether a line stands on another's row, to its left."""
    return row.left < other.left and _share_row(row, other)


def _share_row(one: Row, other: Row) -> bool:
    shared = min(one.bottom, other.bottom) - max(one.top, other.top)
    return shared > SAME_ROW * min(one.height, other.height)
