"""The plots of the HTML report's overview: findings counted by outcome, as bars side by side."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import NamedTuple

from detector.model import Outcome, Severity
from detector.report import labels
from detector.report.institutions import NamedInstitution
from detector.report.views import FileView, FindingView

MOST_INSTITUTIONS = 10  # bars of one plot that the eye still compares

Counts = Counter[Outcome]


class Segment(NamedTuple):
    """A bar's part for one outcome; `start` and `width` are per cent of the plot's width."""

    outcome: Outcome
    start: float
    width: float


@dataclass(frozen=True, slots=True)
class Bar:
    """A row of a plot. `value` is what the page's filter is set to when the bar is chosen."""

    value: str
    name: str
    detail: str
    counts: Counts
    segments: tuple[Segment, ...]


@dataclass(frozen=True, slots=True)
class Plot:
    """Bars that choose a value of the filter's `group`; `more` were left out."""

    group: str
    title: str
    bars: tuple[Bar, ...]
    note: str = ""
    more: int = 0


class Row(NamedTuple):
    """What becomes a bar once the longest row is known."""

    value: str
    name: str
    detail: str
    counts: Counts


def draw_plots(files: Iterable[FileView]) -> tuple[Plot, ...]:
    """Return the plots by clause, severity, kind of material and institution."""
    files = tuple(view for view in files if view.findings)
    return (
        Plot(
            "clause",
            "按条款",
            _bars(_by_clause(files)),
            "一处线索可能涉及几个条款，各条款分别计数。",
        ),
        Plot("severity", "按严重程度", _bars(_by_severity(files))),
        Plot("kind", "按材料类型", _bars(_by_kind(files))),
        _plot_institutions(files),
    )


def _by_clause(files: Iterable[FileView]) -> Iterator[Row]:
    """Yield the clauses in the order of the report."""
    counts: dict[int, Counts] = {}
    bases = {}
    for shown in _findings(files):
        for basis in shown.basis:
            bases[basis.key] = basis
            counts.setdefault(basis.key, Counter())[shown.finding.outcome] += 1
    for key in sorted(counts):
        name = f"{bases[key].notice.short} {bases[key].clause.path}"
        yield Row(str(key), name, bases[key].clause.heading, counts[key])


def _by_severity(files: Iterable[FileView]) -> Iterator[Row]:
    counts = {severity: Counts() for severity in Severity}
    for shown in _findings(files):
        counts[shown.finding.severity][shown.finding.outcome] += 1
    for severity in Severity:
        yield Row(severity.value, f"程度{labels.SEVERITIES[severity]}", "", counts[severity])


def _by_kind(files: Iterable[FileView]) -> Iterator[Row]:
    counts: dict[str, Counts] = {}
    sources = Counter(view.result.kind for view in files)
    for view in files:
        counts.setdefault(view.result.kind, Counter()).update(_outcomes(view))
    for kind in sources:
        yield Row(kind.value, labels.KINDS[kind], f"{sources[kind]} 份", counts[kind])


def _plot_institutions(files: tuple[FileView, ...]) -> Plot:
    """Return the institutions whose material has most findings."""
    counts: dict[NamedInstitution, Counts] = {}
    for view in files:
        for institution in view.institutions:
            counts.setdefault(institution, Counter()).update(_outcomes(view))
    ranked = sorted(counts, key=lambda one: _weight(counts[one]), reverse=True)
    rows = [
        Row(str(one.key), one.name, f"{one.standing} · {one.sources} 份", counts[one])
        for one in ranked[:MOST_INSTITUTIONS]
    ]
    unnamed = sum(not view.institutions for view in files)
    note = f"另有 {unnamed} 份有线索的材料没有读到机构名称。" if unnamed else ""
    return Plot("institution", "按机构", _bars(rows), note, max(0, len(ranked) - MOST_INSTITUTIONS))


def _weight(counts: Counts) -> tuple[int, ...]:
    return tuple(counts[outcome] for outcome in Outcome)


def _findings(files: Iterable[FileView]) -> Iterator[FindingView]:
    return (shown for view in files for shown in view.findings)


def _outcomes(view: FileView) -> Iterator[Outcome]:
    return (shown.finding.outcome for shown in view.findings)


def _bars(rows: Iterable[Row]) -> tuple[Bar, ...]:
    rows = tuple(rows)
    longest = max((row.counts.total() for row in rows), default=1) or 1
    return tuple(Bar(*row, segments=tuple(_segments(row.counts, longest))) for row in rows)


def _segments(counts: Counts, longest: int) -> Iterator[Segment]:
    start = 0.0
    for outcome in Outcome:
        width = 100 * counts[outcome] / longest
        if width:
            yield Segment(outcome, start, width)
        start += width
