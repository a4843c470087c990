"""Report → report.html: one self-contained file, opened from disk, with no outside request."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from jinja2 import Environment
from markupsafe import Markup

from detector.model import (
    Clause,
    Finding,
    Notice,
    Outcome,
    Problem,
    Report,
    Severity,
    Source,
    SourceResult,
)
from detector.report import labels
from detector.report.annotate import number_from
from detector.report.build import is_unread, number_findings
from detector.report.columns import clean
from detector.report.evidence import Budget, Evidence, Picture, collect_evidence
from detector.report.files import write_text
from detector.report.formats import PageImages
from detector.report.pages import open_templates, show_text
from detector.report.upright import Numbered

FILE_NAME = "report.html"
TEMPLATES = Path(__file__).parent / "templates"


@dataclass(frozen=True, slots=True)
class Basis:
    """A clause with its notice; `key` is its short name in the page's filter."""

    key: int
    clause: Clause
    notice: Notice


@dataclass(frozen=True, slots=True)
class FindingView:
    """A finding as the page shows it. `basis` has the primary clause first."""

    number: int
    finding: Finding
    basis: tuple[Basis, ...]
    crop: Picture | None


@dataclass(frozen=True, slots=True)
class FileView:
    """One source as the page shows it."""

    number: int
    result: SourceResult
    findings: tuple[FindingView, ...]
    evidence: Evidence
    unread: bool


@dataclass(frozen=True, slots=True)
class NotRead:
    """A problem with the source that it belongs to."""

    file: int
    source: Source
    problem: Problem
    whole: bool


def write(report: Report, folder: Path, pages: PageImages) -> list[Path]:
    """Write report.html with its pictures inside."""
    return [write_text(folder / FILE_NAME, render(report, pages))]


def render(report: Report, pages: PageImages) -> str:
    """Return the page's HTML."""
    bases = _bases(report)
    files = _files(report, bases, pages)
    return (
        _environment()
        .get_template("report.html")
        .render(
            report=report,
            settings=dict(report.settings),
            bases=tuple(bases.values()),
            files=files,
            not_read=_not_read(files),
            by_clause=_count_clauses(files),
            by_severity=_count_severities(files),
            created=report.created.replace("T", " "),
        )
    )


def show_excerpt(finding: Finding) -> Markup:
    """Return the excerpt with the surface marked in the colour of the severity."""
    start, end = finding.highlight
    return Markup('{}<mark class="{}">{}</mark>{}').format(
        show_text(finding.excerpt[:start]),
        finding.severity.value,
        show_text(finding.excerpt[start:end]),
        show_text(finding.excerpt[end:]),
    )


def name_source(source: Source) -> str:
    """Return how a source is called on the page: its address, and its name in an archive."""
    return f"{source.uri} › {source.member}" if source.member else source.uri


def _bases(report: Report) -> dict[str, Basis]:
    notices = {notice.id: notice for notice in report.notices}
    return {
        clause.id: Basis(key, clause, notices[clause.notice])
        for key, clause in enumerate(report.clauses)
        if clause.notice in notices
    }


def _files(report: Report, bases: Mapping[str, Basis], pages: PageImages) -> tuple[FileView, ...]:
    budget = Budget()
    views = []
    for number, first, result in number_findings(report):
        findings = number_from(result.findings, first)
        evidence = collect_evidence(result, findings, pages, budget)
        shown = tuple(_finding(numbered, bases, evidence) for numbered in findings)
        views.append(FileView(number, result, shown, evidence, is_unread(result)))
    return tuple(views)


def _finding(numbered: Numbered, bases: Mapping[str, Basis], evidence: Evidence) -> FindingView:
    basis = tuple(bases[id] for id in numbered.finding.clauses if id in bases)
    crop = evidence.crops.get(numbered.number)
    return FindingView(numbered.number, numbered.finding, basis, crop)


def _not_read(files: Iterable[FileView]) -> list[NotRead]:
    """Return every problem, sources of which nothing was read first."""
    problems = [
        NotRead(view.number, view.result.source, problem, view.unread)
        for view in files
        for problem in view.result.problems
    ]
    return sorted(problems, key=lambda entry: not entry.whole)


def _count_clauses(files: Iterable[FileView]) -> list[tuple[Basis, Counter[str]]]:
    """Count findings by clause and outcome, in the order of the clauses."""
    counts: dict[Basis, Counter[str]] = {}
    for view in files:
        for shown in view.findings:
            for basis in shown.basis:
                counts.setdefault(basis, Counter())[shown.finding.outcome] += 1
    return sorted(counts.items(), key=lambda item: item[0].key)


def _count_severities(files: Iterable[FileView]) -> Counter[tuple[Severity, Outcome]]:
    return Counter((v.finding.severity, v.finding.outcome) for file in files for v in file.findings)


@cache
def _environment() -> Environment:
    environment = open_templates(TEMPLATES)
    environment.globals.update(
        style=Markup((TEMPLATES / "report.css").read_text(encoding="utf-8")),
        script=Markup((TEMPLATES / "report.js").read_text(encoding="utf-8")),
        labels=labels,
        Outcome=Outcome,
        Severity=Severity,
    )
    environment.filters.update(
        excerpt=show_excerpt,
        clean=clean,
        source_name=name_source,
    )
    return environment
