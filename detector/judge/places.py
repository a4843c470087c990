"""Where words of a passage stand on a page: lines and boxes."""

from __future__ import annotations

from detector.model import Box, Line, Passage, Point, Span


def lines_at(passage: Passage, span: Span) -> list[Line]:
    """Return the lines that a non-empty span touches."""
    return [
        line for line in passage.lines if line.span.start < span.end and span.start < line.span.end
    ]


def box_at(line: Line, span: Span) -> Box | None:
    """Return the box round the part of a line that the span covers; the line's own at worst."""
    cells = [c for c in line.cells if c.span.start < span.end and span.start < c.span.end]
    if not cells:
        return line.box
    first, last = cells[0].box.polygon, cells[-1].box.polygon
    polygon: tuple[Point, Point, Point, Point] = (first[0], last[1], last[2], first[3])
    return Box(cells[0].box.page, polygon)
