"""Pages turned so that their text runs to the right, with their findings' boxes.

Boxes are in pixels of the picture as it was read; a page scanned on its side stays on its side
there. People want to read it, so what they are shown is turned in steps of 90 degrees.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from PIL import Image

from detector.model import Box, Finding, Point

Move = Callable[[Point], Point]
# Turns that bring text running down, to the left or up back to running to the right.
TURNS = {
    1: Image.Transpose.ROTATE_90,
    2: Image.Transpose.ROTATE_180,
    3: Image.Transpose.ROTATE_270,
}


@dataclass(frozen=True, slots=True)
class Numbered:
    """A finding and its number in the report."""

    number: int
    finding: Finding


def turn_upright(
    page: Image.Image, findings: Sequence[Numbered], index: int
) -> tuple[Image.Image, list[Numbered]]:
    """Return the page and its findings turned as most of their text asks."""
    quarters = _quarters([n.finding for n in findings], index)
    if not quarters:
        return page, list(findings)
    back = _turned_back(quarters, page.width, page.height)
    return page.transpose(TURNS[quarters]), move(findings, back, index)


def move(findings: Sequence[Numbered], place: Move, index: int) -> list[Numbered]:
    """Return the findings with the corners of their boxes on a page moved."""
    return [replace(n, finding=_moved(n.finding, place, index)) for n in findings]


def _quarters(findings: Sequence[Finding], index: int) -> int:
    """Return in how many quarters of a turn, clockwise, text runs; 0 is to the right."""
    lengths = [0.0] * 4
    for finding in findings:
        for box in finding.anchor.boxes:
            if box.page == index and finding.anchor.passage is not None:
                start, end = box.polygon[:2]
                angle = math.atan2(end.y - start.y, end.x - start.x)
                lengths[round(angle / (math.pi / 2)) % 4] += math.dist(start, end)
    return lengths.index(max(lengths))


def _turned_back(quarters: int, width: int, height: int) -> Move:
    places: dict[int, Move] = {
        1: lambda p: Point(p.y, width - p.x),
        2: lambda p: Point(width - p.x, height - p.y),
        3: lambda p: Point(height - p.y, p.x),
    }
    return places[quarters]


def _moved(finding: Finding, place: Move, index: int) -> Finding:
    boxes = tuple(
        _moved_box(box, place) if box.page == index else box for box in finding.anchor.boxes
    )
    return replace(finding, anchor=replace(finding.anchor, boxes=boxes))


def _moved_box(box: Box, place: Move) -> Box:
    a, b, c, d = map(place, box.polygon)
    return Box(box.page, (a, b, c, d))
