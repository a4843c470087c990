"""Pages as evidence: personal data covered, numbered boxes round the matched terms."""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from PIL import Image, ImageDraw, ImageFont

from detector.errors import ReadError
from detector.model import (
    Box,
    Finding,
    Mark,
    MarkKind,
    Outcome,
    Point,
    Report,
    Severity,
    SourceResult,
)
from detector.report.build import number_findings
from detector.report.files import empty_folder, short_name, write_bytes
from detector.report.formats import PageImages
from detector.report.upright import Numbered, turn_upright

FOLDER = "pages"
PAGE_NAME = r"\d+-.+-p\d+\.jpg"  # as `page_name` makes it
JPEG_QUALITY = 88
TAG_SIZE = 9  # height of a number, in widths of a box's line
SMALLEST_TAG = 12  # in pixels: legible on a thumbnail
# The hues that the HTML report uses for the same severities.
COLOURS = {
    Severity.HIGH: (179, 38, 30),
    Severity.MEDIUM: (183, 97, 0),
    Severity.LOW: (29, 95, 145),
}
DISMISSED_COLOUR = (110, 118, 128)
MOST_GROWN = 0.008  # of the page: what a cover reaches beyond its place at most
COVER_COLOUR = (38, 42, 48)
WHITE = (255, 255, 255)

Colour = tuple[int, int, int]
Polygon = Sequence[Point]
Frame = tuple[float, float, float, float]  # left, top, right, bottom in pixels


def write(report: Report, folder: Path, pages: PageImages) -> list[Path]:
    """Write a picture of every page with findings into `pages/`; returns the files.

    A page that cannot be drawn any more (the source is gone) is left out; the HTML report,
    which draws the same pages, says so.
    """
    target = folder / FOLDER
    empty_folder(target, PAGE_NAME)
    paths = []
    for number, first, result in number_findings(report):
        findings = number_from(result.findings, first)
        try:
            for index, page in covered_pages(result, pages):
                path = target / page_name(number, result, index)
                upright, here = turn_upright(page, on_page(findings, index), index)
                draw_boxes(upright, shown(here), index)
                paths.append(write_bytes(path, as_jpeg(upright, JPEG_QUALITY)))
        except (ReadError, OSError):
            continue
    return paths


def number_from(findings: Iterable[Finding], first: int) -> list[Numbered]:
    """Give findings the numbers from `first` on."""
    return [Numbered(number, finding) for number, finding in enumerate(findings, start=first)]


def shown(findings: Iterable[Numbered]) -> list[Numbered]:
    """Return the findings that pages show: all but the dismissed."""
    return [n for n in findings if n.finding.outcome is not Outcome.DISMISSED]


def on_page(findings: Iterable[Numbered], page: int) -> list[Numbered]:
    """Return the findings that have a box on the page."""
    return [n for n in findings if any(box.page == page for box in n.finding.anchor.boxes)]


def page_name(number: int, result: SourceResult, page: int) -> str:
    """Return the file name of a page; pages count from 1 there."""
    return f"{number}-{short_name(result.source)}-p{page + 1}.jpg"


def covered_pages(result: SourceResult, pages: PageImages) -> Iterator[tuple[int, Image.Image]]:
    """Yield the pages that findings stand on, in RGB and with personal data covered.

    Raises ReadError or OSError where a page cannot be had.
    """
    wanted = {box.page for finding in result.findings for box in finding.anchor.boxes}
    if not wanted:
        return
    for index, image in enumerate(pages(result.source)):
        if index in wanted:
            page = image.convert("RGB")
            cover(page, result.marks, index)
            yield index, page
        if index >= max(wanted):
            return


def cover(page: Image.Image, marks: Iterable[Mark], index: int) -> None:
    """Paint solid blocks over the places that hold personal data."""
    draw = ImageDraw.Draw(page)
    for mark in marks:
        if mark.kind == MarkKind.PERSONAL and mark.box.page == index:
            height = _text_height(mark.box.polygon)
            widest = MOST_GROWN * min(page.size)  # a photograph is taller than any line
            polygon = grow(mark.box.polygon, max(1.0, min(height * 0.12, widest)))
            draw.polygon([(p.x, p.y) for p in polygon], fill=COVER_COLOUR)


def draw_boxes(
    page: Image.Image, findings: Sequence[Numbered], index: int, tag: int = TAG_SIZE
) -> None:
    """Draw a box and a number for each finding; numbers avoid each other and the page's edge."""
    draw = ImageDraw.Draw(page)
    unit = max(1, round(min(page.size) / 400))
    font = ImageFont.load_default(size=max(SMALLEST_TAG, unit * tag))
    taken: list[Frame] = []
    for numbered in findings:
        colour = colour_of(numbered.finding)
        boxes = [box for box in numbered.finding.anchor.boxes if box.page == index]
        for box in boxes:
            outline(draw, box.polygon, colour, unit)
        _draw_number(draw, numbered.number, boxes[0], colour, unit, font, taken)


def outline(draw: ImageDraw.ImageDraw, polygon: Polygon, colour: Colour, width: int) -> None:
    """Draw a polygon a little outside of its own lines, so that the word stays legible."""
    points = [(p.x, p.y) for p in grow(polygon, width * 1.5)]
    around = [*points, points[0], points[1]]
    draw.line(around, fill=WHITE, width=width * 2, joint="curve")  # seen on a page of any colour
    draw.line(around, fill=colour, width=width, joint="curve")


def colour_of(finding: Finding) -> Colour:
    """Return the colour of a finding's severity; grey where it was dismissed."""
    if finding.outcome is Outcome.DISMISSED:
        return DISMISSED_COLOUR
    return COLOURS[finding.severity]


def grow(polygon: Polygon, by: float) -> list[Point]:
    """Move each corner `by` pixels outwards along both of the polygon's directions."""
    a, b, c, d = polygon
    across, down = _unit(a, b, Point(1, 0)), _unit(a, d, Point(0, 1))
    signs = ((-1, -1), (1, -1), (1, 1), (-1, 1))
    return [
        Point(p.x + by * (i * across.x + j * down.x), p.y + by * (i * across.y + j * down.y))
        for p, (i, j) in zip((a, b, c, d), signs, strict=True)
    ]


def frame(polygons: Iterable[Polygon]) -> Frame:
    """Return the upright rectangle round some polygons."""
    points = [point for polygon in polygons for point in polygon]
    xs, ys = [p.x for p in points], [p.y for p in points]
    return min(xs), min(ys), max(xs), max(ys)


def free_place(
    polygon: Polygon,
    size: tuple[float, float],
    page: tuple[int, int],
    gap: int,
    taken: Sequence[Frame],
) -> Frame:
    """Return where a number's tag fits: above, left, right or below the box, else above."""
    left, top, right, bottom = frame([polygon])
    width, height = size
    corners = (
        (left - gap * 2, top - height - gap * 2),
        (left - width - gap * 3, top),
        (right + gap * 3, top),
        (left, bottom + gap * 3),
        (right - width, top - height - gap * 2),
    )
    places = [_inside((x, y, x + width, y + height), page) for x, y in corners]
    return next((p for p in places if not any(_overlap(p, other) for other in taken)), places[0])


def as_jpeg(image: Image.Image, quality: int) -> bytes:
    """Return the bytes of a JPEG file without any metadata."""
    data = io.BytesIO()
    image.save(data, "JPEG", quality=quality, optimize=True)
    return data.getvalue()


def _draw_number(
    draw: ImageDraw.ImageDraw,
    number: int,
    box: Box,
    colour: Colour,
    unit: int,
    font: ImageFont.FreeTypeFont | ImageFont.ImageFont,
    taken: list[Frame],
) -> None:
    left, top, right, bottom = draw.textbbox((0, 0), str(number), font=font)
    width, height = right - left + unit * 4, bottom - top + unit * 4
    place = free_place(box.polygon, (width, height), draw.im.size, unit, taken)
    taken.append(place)
    draw.rounded_rectangle(
        place, radius=unit * 2, fill=colour, outline=WHITE, width=max(1, unit // 2)
    )
    middle = ((place[0] + place[2]) / 2, (place[1] + place[3]) / 2)
    draw.text(middle, str(number), font=font, fill=WHITE, anchor="mm")


def _inside(place: Frame, page: tuple[int, int]) -> Frame:
    left, top, right, bottom = place
    across = max(0 - left, 0) + min(page[0] - right, 0)
    down = max(0 - top, 0) + min(page[1] - bottom, 0)
    return left + across, top + down, right + across, bottom + down


def _overlap(one: Frame, other: Frame) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]


def _unit(start: Point, end: Point, fallback: Point) -> Point:
    """Return the direction from one point to another, of length one."""
    length = _distance(start, end)
    if not length:
        return fallback
    return Point((end.x - start.x) / length, (end.y - start.y) / length)


def _text_height(polygon: Polygon) -> float:
    return _distance(polygon[0], polygon[3])


def _distance(a: Point, b: Point) -> float:
    return float(((a.x - b.x) ** 2 + (a.y - b.y) ** 2) ** 0.5)
