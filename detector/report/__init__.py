"""One file per report format, all from the same Report."""

from __future__ import annotations

from detector.report.build import build_report
from detector.report.formats import FORMATS, USUAL, WITHOUT_BOM, PageImages, write_report

__all__ = ["FORMATS", "USUAL", "WITHOUT_BOM", "PageImages", "build_report", "write_report"]
