"""What the HTML report shows, made ready for its templates: sources, findings, problems."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from detector.model import Clause, Finding, Notice, Problem, Report, Source, SourceResult
from detector.report.annotate import number_from
from detector.report.build import is_silent, is_unread, number_findings
from detector.report.evidence import Budget, Evidence, Picture, collect_evidence
from detector.report.formats import PageImages
from detector.report.institutions import NamedInstitution, name_institutions
from detector.report.upright import Numbered


@dataclass(frozen=True, slots=True)
class Basis:
    """A clause with its notice; `key` is its short name in the page's filter."""

    key: int
    clause: Clause
    notice: Notice


@dataclass(frozen=True, slots=True)
class FindingView:
    """A finding as the page shows it. `basis` has the primary clause first.

    `outlined` tells whether it has a box on one of the page pictures.
    """

    number: int
    finding: Finding
    basis: tuple[Basis, ...]
    crop: Picture | None
    outlined: bool


@dataclass(frozen=True, slots=True)
class FileView:
    """One source as the page shows it; `silent` where it was read and no finding stands."""

    number: int
    result: SourceResult
    findings: tuple[FindingView, ...]
    evidence: Evidence
    institutions: tuple[NamedInstitution, ...]
    unread: bool
    silent: bool


@dataclass(frozen=True, slots=True)
class NotRead:
    """A problem with the source that it belongs to."""

    file: int
    source: Source
    problem: Problem
    whole: bool


def list_bases(report: Report) -> dict[str, Basis]:
    """Return the clauses that a report cites, by id."""
    notices = {notice.id: notice for notice in report.notices}
    return {
        clause.id: Basis(key, clause, notices[clause.notice])
        for key, clause in enumerate(report.clauses)
        if clause.notice in notices
    }


def view_files(
    report: Report,
    bases: Mapping[str, Basis],
    institutions: Mapping[str, NamedInstitution],
    pages: PageImages,
) -> tuple[FileView, ...]:
    """Return the sources of a report with their findings and pictures."""
    budget = Budget()
    views = []
    for number, first, result in number_findings(report):
        findings = number_from(result.findings, first)
        evidence = collect_evidence(result, findings, pages, budget)
        outlined = evidence.outlined
        shown = tuple(
            _view_finding(one, bases, evidence, one.number in outlined) for one in findings
        )
        named = tuple(institutions[name] for name in name_institutions(result))
        silent, unread = is_silent(result), is_unread(result)
        views.append(FileView(number, result, shown, evidence, named, unread, silent))
    return tuple(views)


def list_problems(files: Iterable[FileView]) -> list[NotRead]:
    """Return every problem, sources of which nothing was read first."""
    problems = [
        NotRead(view.number, view.result.source, problem, view.unread)
        for view in files
        for problem in view.result.problems
    ]
    return sorted(problems, key=lambda entry: not entry.whole)


def _view_finding(
    numbered: Numbered, bases: Mapping[str, Basis], evidence: Evidence, outlined: bool
) -> FindingView:
    basis = tuple(bases[id] for id in numbered.finding.clauses if id in bases)
    crop = evidence.crops.get(numbered.number)
    return FindingView(numbered.number, numbered.finding, basis, crop, outlined)
