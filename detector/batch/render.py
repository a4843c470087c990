"""The parts of a screening → a Report of the pages that the user chooses.

The parts are gone over once to count and to choose, memory bounded by the number of chosen
pages; only these are then read in full.
"""

from __future__ import annotations

import heapq
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from detector.batch.chunks import MADE_WITH
from detector.batch.inputs import read_pages
from detector.batch.inputs.formats import format_of
from detector.batch.manifest import Manifest
from detector.batch.parts import FINDINGS, PAGES, part
from detector.batch.results import Where, read_results
from detector.batch.values import Container
from detector.errors import ProblemCode, ReadError
from detector.model import Notice, Outcome, Report, Source, SourceResult, Totals
from detector.read import draw_pages, page_images
from detector.report import PageImages, build_report
from detector.report.baseline import NOTHING_KNOWN, Baseline, hide_in, remember
from detector.report.build import UNREAD
from detector.report.choice import LIMIT, STANDING, Choice, as_settings, keep
from detector.settings import Settings

if TYPE_CHECKING:
    from PIL.Image import Image

_COUNTED = ("position", "pages", "unread", "report", "review", "dismissed", "problems")


@dataclass(frozen=True, slots=True)
class Selection:
    """A report of the chosen pages; `left_out` more would fit but are beyond the limit.

    Its totals are those of all pages that were screened (of the chosen site), not of the listed
    ones alone. `pages` draws the pages of its results.
    """

    report: Report
    left_out: int
    pages: PageImages


class _Found(NamedTuple):
    """Findings of a part by position and outcome: those to be listed, and those known before."""

    new: dict[int, Counter[str]]
    known: dict[int, Counter[str]]


class _Candidate(NamedTuple):
    """A page that could be listed, with how many of its findings fit, gravest outcome first."""

    counts: tuple[int, ...]
    key: str
    position: int


def select(
    out: Path,
    manifest: Manifest,
    choice: Choice,
    notices: Sequence[Notice],
    settings: Settings,
    created: datetime,
    baseline: Baseline = NOTHING_KNOWN,
) -> Selection:
    """Report the pages with most findings; pages with problems alone come last.

    With a clause, pages with problems alone are left out: they have nothing to do with it.
    Without a limit or outcomes these are `LIMIT` and `STANDING`. `settings` are those of the
    screening; what the baseline knows is not listed.
    """
    choice = replace(choice, limit=choice.limit or LIMIT, outcomes=choice.outcomes or STANDING)
    totals, candidates, fitting = _go_over(out, manifest, choice, baseline)
    places = dict(_read(out, candidates, choice, baseline))
    report = build_report(tuple(places), notices, manifest.rules, settings, created)
    settings_shown = (*report.settings, *as_settings(choice))
    report = remember(replace(report, totals=totals, settings=settings_shown), baseline)
    wheres = {result.source: where for result, where in places.items()}

    def pages(source: Source) -> Iterator[Image]:
        return _draw(source, wheres[source], settings)

    return Selection(report, fitting - len(candidates), pages)


def recorded_settings(manifest: Manifest) -> dict[str, str]:
    """Return the settings that a screening was made with, to be read again."""
    return {name: text for name, text in manifest.settings.items() if name not in MADE_WITH}


def _go_over(
    out: Path, manifest: Manifest, choice: Choice, baseline: Baseline
) -> tuple[Totals, list[_Candidate], int]:
    """Return the totals, the gravest pages up to the limit, and how many pages fit."""
    sums: Counter[str] = Counter()
    kept: list[_Candidate] = []
    fitting = 0
    for one in manifest.parts:
        rows = _page_rows(out, one.key, choice)
        found = _count_findings(out, one.key, choice, baseline)
        sums.update(_sums(rows, found, choice))
        fits = list(_candidates(one.key, rows, found.new, choice))
        fitting += len(fits)
        kept = heapq.nlargest(
            choice.limit or LIMIT, chain(kept, fits), key=lambda page: page.counts
        )
    names = ("sources", "pages", "unread", "problems", *Outcome, "known")
    return Totals(*(sums[name] for name in names)), kept, fitting


def _page_rows(out: Path, key: str, choice: Choice) -> list[dict[str, Any]]:
    table = pq.read_table(part(out, PAGES, key), columns=["host", *_COUNTED])
    if choice.site:
        # Hosts are in lower case; a container that stands for one is as it was written.
        names = pa.array([choice.site, choice.site.lower()])
        table = table.filter(pc.is_in(table["host"], value_set=names))
    rows: list[dict[str, Any]] = table.select(_COUNTED).to_pylist()
    return rows


def _count_findings(out: Path, key: str, choice: Choice, baseline: Baseline) -> _Found:
    """Count by position and outcome the findings that cite the chosen clause."""
    columns = ["position", "outcome", "clauses", "fingerprint"]
    found = _Found({}, {})
    for row in pq.read_table(part(out, FINDINGS, key), columns=columns).to_pylist():
        if not choice.clause or choice.clause in row["clauses"]:
            standing = row["outcome"] in STANDING
            known = standing and row["fingerprint"] in baseline.known
            counts = found.known if known else found.new
            counts.setdefault(row["position"], Counter())[row["outcome"]] += 1
    return found


def _sums(rows: Iterable[dict[str, Any]], found: _Found, choice: Choice) -> Counter[str]:
    sums: Counter[str] = Counter()
    for row in rows:
        sums["sources"] += 1
        sums["pages"] += _count_read(row)
        sums["unread"] += row["unread"]
        sums["problems"] += len(row["problems"])
        new, known = (counts.get(row["position"], Counter()) for counts in found)
        sums["known"] += known.total()
        # Dismissed findings may have been dropped; the page's own counts know of them.
        for outcome in Outcome:
            sums[outcome] += new[outcome] if choice.clause else row[outcome] - known[outcome]
    return sums


def _count_read(row: dict[str, Any]) -> int:
    """Count as `report.build.count_pages_read` does."""
    if row["unread"]:
        return 0
    lost = {one["page"] for one in row["problems"] if one["code"] in UNREAD} - {None}
    pages: int = row["pages"]
    return max(1, pages - len(lost))


def _candidates(
    key: str, rows: Iterable[dict[str, Any]], found: dict[int, Counter[str]], choice: Choice
) -> Iterator[_Candidate]:
    for row in rows:
        counts = found.get(row["position"], Counter())
        chosen = tuple(counts[one] if one in choice.outcomes else 0 for one in Outcome)
        if any(chosen) or (row["problems"] and not choice.clause):
            yield _Candidate(chosen, key, row["position"])


def _read(
    out: Path, candidates: Sequence[_Candidate], choice: Choice, baseline: Baseline
) -> Iterator[tuple[SourceResult, Where]]:
    """Yield the chosen pages in the order in which they were chosen; each part is read once."""
    by_key: dict[str, list[int]] = {}
    for page in candidates:
        by_key.setdefault(page.key, []).append(page.position)
    read = {
        (key, where.position): (hide_in(keep(result, choice), baseline), where)
        for key, positions in by_key.items()
        for where, result in read_results(out, key, positions)
    }
    for page in candidates:
        yield read[page.key, page.position]


def _draw(source: Source, where: Where, settings: Settings) -> Iterator[Image]:
    """Draw the pages of a file, or of a member of a container that can be gone to again.

    Raises ReadError where that cannot be done; the digest keeps other pages from being shown.
    """
    if Path(source.uri).is_file():
        yield from page_images(source, settings)
        return
    format = format_of(where.container)
    if format is None:
        what = "原件在嵌套的压缩包中或已不在原处，不能再取页面图片。"
        raise ReadError(ProblemCode.UNREADABLE, what)
    container = Container(where.container, format, "", 0, where.container)
    (page,) = read_pages(container, [where.position], settings)
    if page.problem is not None:
        raise ReadError(ProblemCode(page.problem.code), page.problem.message)
    yield from draw_pages(page.data, source, settings)
