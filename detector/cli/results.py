"""What a scan or a screening left behind, as results that can be worked on again."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from hashlib import file_digest
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from detector.casebook.bring_in import Origin
from detector.model import SourceResult
from detector.report.json_report import FILE_NAME
from detector.report.load import load_report

if TYPE_CHECKING:
    from detector.batch.manifest import Manifest


class Opened(NamedTuple):
    """Results, and the report or screening that they come from."""

    results: Iterable[SourceResult]
    origin: Origin


def open_results(path: Path) -> Opened:
    """Open a report.json, the folder of a scan, or that of a screening.

    Of a screening the pages are given on which something was found or could not be read.
    Raises UsageError where there is none of these.
    """
    # Named here: the screening's libraries are large, and most results are reports.
    from detector.batch.manifest import MANIFEST, read_manifest

    if (path / MANIFEST).is_file():
        manifest = read_manifest(path)
        origin = _origin(path / MANIFEST, manifest.created, manifest.tool, manifest.rules)
        return Opened(_screened(path, manifest), origin)
    file = path / FILE_NAME if path.is_dir() else path
    report = load_report(file)
    return Opened(report.results, _origin(file, report.created, report.tool, report.rules))


def _origin(file: Path, created: str, tool: str, rules: str) -> Origin:
    with file.open("rb") as data:
        return Origin(str(file), file_digest(data, "sha256").hexdigest(), created, tool, rules)


def _screened(folder: Path, manifest: Manifest) -> Iterator[SourceResult]:
    from detector.batch.results import read_telling

    for part in manifest.parts:
        yield from read_telling(folder, part.key)
