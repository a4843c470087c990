"""One picture a finding: the place on the original that it speaks of, with its box."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from detector.errors import ReadError
from detector.model import Report, SourceResult
from detector.report.annotate import as_jpeg, covered_pages, number_from, on_page, shown
from detector.report.build import number_findings
from detector.report.evidence import crop_finding
from detector.report.files import empty_folder, write_bytes
from detector.report.formats import PageImages
from detector.report.upright import Numbered, turn_upright

if TYPE_CHECKING:
    from PIL.Image import Image

FOLDER = "crops"
JPEG_QUALITY = 88


def write(report: Report, folder: Path, pages: PageImages) -> list[Path]:
    """Write the crops into `crops/` as NUMBER-FINGERPRINT.jpg; returns the files.

    Dismissed findings have none. A page that cannot be drawn any more is left out.
    """
    target = folder / FOLDER
    empty_folder(target, r"\d+-[0-9a-f]+\.jpg")
    paths: list[Path] = []
    for _, first, result in number_findings(report):
        findings = shown(number_from(result.findings, first))
        try:
            for one, crop in draw_crops(result, findings, pages):
                path = target / f"{one.number}-{one.finding.fingerprint}.jpg"
                paths.append(write_bytes(path, as_jpeg(crop, JPEG_QUALITY)))
        except (ReadError, OSError):
            continue
    return paths


def draw_crops(
    result: SourceResult, findings: Sequence[Numbered], pages: PageImages
) -> Iterator[tuple[Numbered, Image]]:
    """Yield findings with their places cut out, one for each page that a finding stands on.

    Raises ReadError or OSError where a page cannot be had.
    """
    for index, page in covered_pages(result, pages):
        upright, here = turn_upright(page, on_page(findings, index), index)
        for one in here:
            yield one, crop_finding(upright, one.finding, index)
