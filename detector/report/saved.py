"""A report that was written before, in whichever form: read back, and its originals found."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from detector.model import Report, Source
from detector.report import json_report, jsonl_report
from detector.report.formats import PageImages
from detector.report.jsonl_report import load_lines
from detector.report.load import load_report
from detector.settings import Settings

if TYPE_CHECKING:
    from PIL.Image import Image

LINES_SUFFIX = Path(jsonl_report.FILE_NAME).suffix
# Settings that a page was drawn with; other values give other pixels than the boxes count in.
DRAWING = ("max_file_bytes", "max_pages", "max_page_pixels", "render_dpi")


def find_saved(path: Path) -> Path:
    """Return the file that holds a report: `path` itself, or the one in that folder."""
    if not path.is_dir():
        return path
    lines = path / jsonl_report.FILE_NAME
    whole = path / json_report.FILE_NAME
    return lines if lines.is_file() and not whole.exists() else whole


def load_saved(path: Path) -> Report:
    """Read a report.json or report.jsonl, or the one in a folder. Raises UsageError."""
    file = find_saved(path)
    return load_lines(file) if file.suffix == LINES_SUFFIX else load_report(file)


def drawing_settings(report: Report) -> dict[str, str]:
    """Return the settings that pages must be drawn with to fit the report's boxes."""
    return {name: text for name, text in report.settings if name in DRAWING}


def pages_of(file: Path, settings: Settings) -> PageImages:
    """Return what draws the originals of a report that lies in `file`.

    A relative address counted from where the scan was started: the working directory is tried,
    then the folder of the report and the ones that hold it.
    """
    from detector.read import page_images

    folders = (Path(), *file.absolute().parents)

    def pages(source: Source) -> Iterator[Image]:
        yield from page_images(locate(source, folders), settings)

    return pages


def locate(source: Source, folders: Sequence[Path]) -> Source:
    """Return a source as it is found from the first folder with a file of its size.

    Where there is none it stays as it is; reading it says why it cannot be read.
    """
    for folder in folders:
        path = folder / source.uri
        if path.is_file() and path.stat().st_size == source.size:
            return replace(source, uri=str(path))
    return source
