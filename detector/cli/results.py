"""What a scan or a screening left behind, as results that can be worked on again."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from hashlib import file_digest
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from detector.casebook.bring_in import Origin
from detector.model import SourceResult
from detector.report.jsonl_report import read_head, read_results
from detector.report.load import load_report
from detector.report.saved import LINES_SUFFIX, find_saved

if TYPE_CHECKING:
    from detector.batch.manifest import Manifest


class Opened(NamedTuple):
    """Results, and the report or screening that they come from."""

    results: Iterable[SourceResult]
    origin: Origin


def open_results(path: Path) -> Opened:
    """Open a report.json or report.jsonl, the folder of a scan, or that of a screening.

    A report.jsonl is read as it is imported, a result at a time. Of a screening the pages are
    given on which something was found or could not be read.
    Raises UsageError where there is none of these.
    """
    # Named here: the screening's libraries are large, and most results are reports.
    from detector.batch.manifest import MANIFEST, read_manifest

    if (path / MANIFEST).is_file():
        manifest = read_manifest(path)
        origin = _origin(path / MANIFEST, manifest.created, manifest.tool, manifest.rules)
        return Opened(_screened(path, manifest), origin)
    file = find_saved(path)
    if file.suffix == LINES_SUFFIX:
        head = read_head(file)
        return Opened(read_results(file), _origin(file, head.created, head.tool, head.rules))
    report = load_report(file)
    return Opened(report.results, _origin(file, report.created, report.tool, report.rules))


def _origin(file: Path, created: str, tool: str, rules: str) -> Origin:
    with file.open("rb") as data:
        return Origin(str(file), file_digest(data, "sha256").hexdigest(), created, tool, rules)


def _screened(folder: Path, manifest: Manifest) -> Iterator[SourceResult]:
    from detector.batch.results import read_telling

    for part in manifest.parts:
        yield from read_telling(folder, part.key)
