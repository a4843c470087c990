"""Pictures for the HTML report: crops round the findings, and pages with boxes laid over them."""

from __future__ import annotations

import base64
from collections.abc import Sequence
from dataclasses import dataclass, field

from PIL import Image, ImageDraw

from detector.errors import ReadError
from detector.model import Finding, Point, SourceResult
from detector.report.annotate import (
    Frame,
    as_jpeg,
    colour_of,
    covered_pages,
    frame,
    on_page,
    outline,
    shown,
)
from detector.report.formats import PageImages
from detector.report.outlines import Outline, outline_findings
from detector.report.upright import Numbered, move, turn_upright

# Pixels of a page's longer side: characters of a full page stay legible when enlarged; the
# smaller size serves once half of the budget is spent.
PAGE_SIDE, MODEST_SIDE, THUMBNAIL_SIDE = 1_600, 1_000, 320
CROP_WIDTH, CROP_HEIGHT = 720, 240
QUALITY, THUMBNAIL_QUALITY = 72, 60
# Bytes of pictures in one HTML file: what a browser opens from disk without complaint.
PICTURE_BUDGET = 48_000_000


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture inside the HTML file: its address, its size and the page it shows."""

    address: str
    width: int
    height: int
    page: int


@dataclass(frozen=True, slots=True)
class PageView:
    """A page without boxes, its thumbnail, and the boxes to lay over both.

    `count` says how many findings are shown on it: all but the dismissed.
    """

    picture: Picture
    thumbnail: Picture
    outlines: tuple[Outline, ...]
    count: int


@dataclass(slots=True)
class Budget:
    """How many bytes of pictures may still be taken in."""

    left: int = PICTURE_BUDGET

    @property
    def side(self) -> int:
        """Return how large the next page may be."""
        return PAGE_SIDE if self.left > PICTURE_BUDGET / 2 else MODEST_SIDE


@dataclass(slots=True)
class Evidence:
    """The pictures of one source; `note` says in Chinese why some are missing."""

    pages: list[PageView] = field(default_factory=list)
    crops: dict[int, Picture] = field(default_factory=dict)
    note: str = ""

    @property
    def outlined(self) -> frozenset[int]:
        """Return the numbers of the findings that have a box on one of the pages."""
        return frozenset(outline.number for page in self.pages for outline in page.outlines)


def collect_evidence(
    result: SourceResult, findings: Sequence[Numbered], pages: PageImages, budget: Budget
) -> Evidence:
    """Draw the pictures of one source, as far as its pages can be had and the budget goes."""
    evidence = Evidence()
    try:
        for index, page in covered_pages(result, pages):
            if budget.left <= 0:
                evidence.note = "图片较多，其余未放入本文件；请查看报告目录中的 pages 文件夹。"
                break
            upright, here = turn_upright(page, on_page(findings, index), index)
            _take_page(evidence, upright, index, here, budget)
    except (ReadError, OSError) as error:
        evidence.note = f"证据图片无法生成（{error}）。请核对原件是否仍在原处。"
    return evidence


def _take_page(
    evidence: Evidence, page: Image.Image, index: int, here: Sequence[Numbered], budget: Budget
) -> None:
    for numbered in here:
        if numbered.number not in evidence.crops:
            crop = crop_finding(page, numbered.finding, index)
            evidence.crops[numbered.number] = _embed(crop, index, budget)
    if shown(here):
        evidence.pages.append(_view_page(page, index, here, budget))


def _view_page(page: Image.Image, index: int, here: Sequence[Numbered], budget: Budget) -> PageView:
    """Return the page with outlines for all its findings, those that no filter shows yet too."""
    large = _shrink(page, budget.side)
    scale = large.width / page.width
    scaled = move(here, lambda p: Point(p.x * scale, p.y * scale), index)
    return PageView(
        _embed(large, index, budget),
        _embed(_shrink(page, THUMBNAIL_SIDE), index, budget, THUMBNAIL_QUALITY),
        outline_findings(scaled, index, large.size),
        len(shown(here)),
    )


def crop_finding(page: Image.Image, finding: Finding, index: int) -> Image.Image:
    """Cut out what surrounds a finding's boxes on the page, and draw the boxes."""
    polygons = [box.polygon for box in finding.anchor.boxes if box.page == index]
    window = _window(frame(polygons), page.size)
    crop = page.crop(window)
    scale = min(CROP_WIDTH / crop.width, CROP_HEIGHT / crop.height, 2.0)
    crop = crop.resize((max(1, round(crop.width * scale)), max(1, round(crop.height * scale))))
    draw = ImageDraw.Draw(crop)
    for polygon in polygons:
        outline(draw, _moved(polygon, window, scale), colour_of(finding), 2)
    return crop


def _shrink(page: Image.Image, side: int) -> Image.Image:
    scale = min(1.0, side / max(page.size))
    return page.resize((max(1, round(page.width * scale)), max(1, round(page.height * scale))))


def _window(box: Frame, size: tuple[int, int]) -> tuple[int, int, int, int]:
    """Return the cut round a box: some lines above and below, more of the line itself."""
    left, top, right, bottom = box
    height = max(8.0, min(bottom - top, right - left))
    beside, above = height * 7, height * 0.8
    from_x = min(max(0, int(left - beside)), size[0] - 1)
    from_y = min(max(0, int(top - above)), size[1] - 1)
    to_x = max(from_x + 1, min(size[0], int(right + beside)))
    to_y = max(from_y + 1, min(size[1], int(bottom + above)))
    return from_x, from_y, to_x, to_y


def _moved(
    polygon: Sequence[Point], window: tuple[int, int, int, int], scale: float
) -> list[Point]:
    return [Point((p.x - window[0]) * scale, (p.y - window[1]) * scale) for p in polygon]


def _embed(image: Image.Image, page: int, budget: Budget, quality: int = QUALITY) -> Picture:
    data = as_jpeg(image, quality)
    address = "data:image/jpeg;base64," + base64.b64encode(data).decode("ascii")
    budget.left -= len(address)
    return Picture(address, image.width, image.height, page)
