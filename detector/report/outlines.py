"""Boxes of findings as SVG, laid over a page picture: polygons, and where the numbers stand."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from detector.model import Finding, Outcome
from detector.report.annotate import Frame, frame, free_place, grow, shown
from detector.report.upright import Numbered

# Height of a number's tag, in widths of the page: legible in a column of 300 pixels.
TAG_HEIGHT = 0.052


@dataclass(frozen=True, slots=True)
class Outline:
    """A finding's boxes on a page picture, in its pixels, as SVG takes them.

    `tag` is where the finding's number stands: left, top, right, bottom; `side` on which side of
    the first box that is.
    """

    number: int
    finding: Finding
    polygons: tuple[str, ...]
    tag: Frame
    side: str


def outline_findings(
    findings: Sequence[Numbered], index: int, size: tuple[int, int]
) -> tuple[Outline, ...]:
    """Return the outlines of findings on a page of that size, the dismissed below the others."""
    boxes = (box for numbered in shown(findings) for box in numbered.finding.anchor.boxes)
    # Numbers avoid each other and all boxes.
    taken = [frame([box.polygon]) for box in boxes if box.page == index]
    outlines = [_outline(numbered, index, size, taken) for numbered in findings]
    return tuple(sorted(outlines, key=lambda o: o.finding.outcome is not Outcome.DISMISSED))


def _outline(numbered: Numbered, index: int, size: tuple[int, int], taken: list[Frame]) -> Outline:
    boxes = [box for box in numbered.finding.anchor.boxes if box.page == index]
    unit = max(1, round(min(size) / 400))
    height = size[0] * TAG_HEIGHT
    width = height * (0.5 + 0.58 * len(str(numbered.number)))
    tag = free_place(boxes[0].polygon, (width, height), size, unit, taken)
    if numbered.finding.outcome is not Outcome.DISMISSED:
        taken.append(tag)
    polygons = tuple(
        " ".join(f"{p.x:.0f},{p.y:.0f}" for p in grow(box.polygon, unit * 1.5)) for box in boxes
    )
    side = _side(tag, frame([boxes[0].polygon]))
    return Outline(numbered.number, numbered.finding, polygons, tag, side)


def _side(tag: Frame, box: Frame) -> str:
    if tag[2] <= box[0]:
        return "left"
    if tag[0] >= box[2]:
        return "right"
    return "below" if tag[1] >= box[3] else "above"
