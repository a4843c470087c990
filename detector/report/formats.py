"""The table of report formats, and writing a report in some of them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

from detector.errors import UsageError
from detector.model import Report, Source

if TYPE_CHECKING:
    from PIL.Image import Image

# The pages of a source as pictures, first to last; pixels are those of the boxes.
PageImages = Callable[[Source], "Iterator[Image]"]
# Each writes one format into a folder that exists and returns the files it wrote.
Writer = Callable[[Report, Path, PageImages], list[Path]]

# Members are named, and loaded on use: an imaging library is not needed for JSON.
FORMATS: dict[str, str] = {
    "json": "detector.report.json_report:write",
    "jsonl": "detector.report.jsonl_report:write",
    "csv": "detector.report.csv_report:write",
    "csv-no-bom": "detector.report.csv_report:write_without_bom",
    "xlsx": "detector.report.xlsx_report:write",
    "html": "detector.report.html_report:write",
    "md": "detector.report.markdown_report:write",
    "docx": "detector.report.docx_report:write",
    "sarif": "detector.report.sarif_report:write",
    "pages": "detector.report.annotate:write",
    "crops": "detector.report.crops:write",
}
# A format's form without a byte order mark.
WITHOUT_BOM = {"csv": "csv-no-bom"}
# What is written where nobody asks for a format: for people, for programs, and the evidence.
USUAL = ("json", "html", "pages", "crops")


def write_report(
    report: Report, folder: Path, formats: Sequence[str], pages: PageImages
) -> list[Path]:
    """Write a report in each of the formats and return the files written.

    Raises UsageError for an unknown format and for a folder that cannot be written.
    """
    writers = [_writer(name) for name in formats]
    try:
        folder.mkdir(parents=True, exist_ok=True)
        return [path for writer in writers for path in writer(report, folder, pages)]
    except OSError as error:
        raise UsageError(
            f"报告无法写入 {error.filename or folder}（{error.strerror}）。"
            "请检查磁盘空间和目录权限，或用 --out 换一个目录。"
        ) from error


def _writer(name: str) -> Writer:
    if name not in FORMATS:
        raise UsageError(f"没有名为 {name} 的报告格式。可用：{'、'.join(FORMATS)}。")
    module, function = FORMATS[name].split(":")
    writer: Writer = getattr(import_module(module), function)
    return writer
