"""One file per report format, all from the same Report."""

from __future__ import annotations

from detector.report.build import build_report
from detector.report.formats import FORMATS, PageImages, write_report

__all__ = ["FORMATS", "PageImages", "build_report", "write_report"]
