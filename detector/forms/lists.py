"""Lists: a row for each case, lead, institution or piece of evidence.

What a column can ask for stands in one table for each sort of row; `place` is the row's number.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Generic, TypeVar

from detector.casebook.findings import Held
from detector.casebook.labels import BODIES, STEPS, VERDICTS
from detector.casebook.values import Case, Evidence, Step, StepKind
from detector.forms.filled import Cell, Counted, Period, Section, Value, shown, yuan
from detector.forms.grid import lay_out_heads
from detector.forms.holdings import Holdings
from detector.forms.values import Category, Column, Kind
from detector.model import Institution
from detector.report.labels import KINDS, PASSAGES
from detector.rulebook import RuleBook

PLACE = "place"
UNDECIDED = "未审核"
GONE = "最近一次检查未再见到"
_Item = TypeVar("_Item")


@dataclass(frozen=True, slots=True)
class CaseRow:
    """A case as the list shows it, with what bears on it from elsewhere."""

    case: Case
    period: Period
    findings: tuple[Held, ...]
    clauses: tuple[str, ...]
    categories: tuple[Category, ...]
    black: frozenset[str]

    @property
    def steps(self) -> tuple[Step, ...]:
        """Return the steps up to the end of the period."""
        return tuple(step for step in self.case.steps if step.day <= self.period.end)


@dataclass(frozen=True, slots=True)
class LeadRow:
    """A finding as lists show it: who gets it and why, and which institutions its page names."""

    held: Held
    names: tuple[str, ...]
    clauses: tuple[str, ...]
    reasons: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Rows(Generic[_Item]):
    """The rows of a list: the items, what columns show of them, and what each was made from."""

    items: Sequence[_Item]
    values: Mapping[str, Callable[[_Item], Value]]
    counted: Callable[[_Item], tuple[Counted, ...]]


def lead_row(
    held: Held, holdings: Holdings, book: RuleBook, reasons: tuple[str, ...] = ()
) -> LeadRow:
    """Return a finding as lists show it."""
    return LeadRow(held, holdings.named_in(held), cite(held.finding.clauses, book), reasons)


def cite(clauses: Iterable[str], book: RuleBook) -> tuple[str, ...]:
    """Return clauses as officials cite them: the notice's short name and the place in it.

    One that the rules no longer have keeps its id.
    """
    places = {
        clause.id: f"{notice.short or notice.title} {clause.path}"
        for notice in book.notices
        for clause in notice.clauses
    }
    return tuple(dict.fromkeys(places.get(clause, clause) for clause in clauses))


def fill_list(
    columns: Sequence[Column], rows: Rows[_Item], label: int = 1, title: str = "", note: str = ""
) -> Section:
    """Return the table of a list; `label` is the place of the column that names a row."""
    return Section(
        heads=lay_out_heads([column.heading for column in columns]),
        names=tuple(column.name for column in columns),
        widths=tuple(column.width for column in columns),
        rows=tuple(_row(columns, rows, item, at) for at, item in enumerate(rows.items, 1)),
        label=label,
        title=title,
        note=note,
    )


def _row(columns: Sequence[Column], rows: Rows[_Item], item: _Item, at: int) -> tuple[Cell, ...]:
    values = [
        at if column.value == PLACE else rows.values[column.value](item) for column in columns
    ]
    cells = [Cell(value if value != "" else None) for value in values]
    # What a row was made from is listed once, with the cell that names it.
    cells[1] = Cell(cells[1].value, rows.counted(item))
    return tuple(cells)


def _unique(texts: Iterable[str], between: str = "、") -> str:
    return between.join(dict.fromkeys(text for text in texts if text))


# Cases


def step_text(step: Step) -> str:
    """Return a step with its day, and its sum or persons."""
    parts = [f"{step.day.isoformat()} {STEPS[step.kind]}"]
    if step.amount:
        parts.append(f"{shown(yuan(step.amount))}元")
    if step.persons:
        parts.append(f"{step.persons}人")
    return " ".join(parts)


def _categories(row: CaseRow) -> str:
    clauses = {clause for held in row.findings for clause in held.finding.clauses}
    practices = set(row.case.practices)
    return _unique(
        (c.label for c in row.categories if c.clauses & clauses or c.practices & practices), "\n"
    )


def _result(row: CaseRow) -> str:
    closed = row.case.closed
    ended = f"{closed.isoformat()} 办结" if closed and closed <= row.period.end else ""
    return _unique((row.case.handling, ended), "\n")


def _is_black(row: CaseRow) -> str:
    listed = any(step.kind is StepKind.BLACK_LISTED for step in row.steps)
    return "是" if listed or row.case.institution in row.black else "否"


def counted_of_case(row: CaseRow) -> tuple[Counted, ...]:
    """Return the steps and findings that a row was made from."""
    case = row.case
    steps = (
        Counted(case.number, case.institution, step_text(step), step.day, STEPS[step.kind])
        for step in row.steps
    )
    findings = (
        Counted(held.finding.fingerprint, case.institution, held.finding.term, None, "案件所列线索")
        for held in row.findings
    )
    opened = Counted(case.number, case.institution, None, case.opened, "立案建档")
    return (opened, *steps, *findings)


CASE_VALUES: Mapping[str, Callable[[CaseRow], Value]] = {
    "number": lambda row: row.case.number,
    "region": lambda row: row.case.region,
    "institution": lambda row: row.case.institution,
    "code": lambda row: row.case.code,
    "body": lambda row: BODIES[row.case.body],
    "lead": lambda row: row.case.lead,
    "categories": _categories,
    "terms": lambda row: _unique(held.finding.term for held in row.findings),
    "clauses": lambda row: _unique(row.clauses, "\n"),
    "certificates": lambda row: row.case.certificates or None,
    "agencies": lambda row: _unique(step.by for step in row.steps),
    "steps": lambda row: "\n".join(map(step_text, row.steps)),
    "result": _result,
    "black-listed": _is_black,
    "summary": lambda row: row.case.summary,
    "note": lambda row: row.case.note,
}


# Leads


def source_text(held: Held) -> str:
    """Return the address of a finding's source, with the member of an archive."""
    source = held.source
    return f"{source.uri} 内 {source.member}" if source.member else source.uri


def verdict_text(held: Held) -> str:
    """Return what a person said of a finding, who and when."""
    decision = held.decision
    said = UNDECIDED
    if decision:
        said = f"{VERDICTS[decision.verdict]}（{decision.reviewer}，{decision.at[:10]}）"
    return said if held.seen else f"{said}；{GONE}"


def _term(held: Held) -> str:
    finding = held.finding
    if not finding.surface or finding.surface == finding.term:
        return finding.term
    return f"{finding.term}（写作“{' '.join(finding.surface.split())}”）"


def _where(held: Held) -> str:
    anchor = held.finding.anchor
    page = f"第 {anchor.page + 1} 页 " if anchor.page is not None else ""
    field = PASSAGES.get(anchor.field, "") if anchor.field else ""
    return f"{page}{field}" + (f"第 {anchor.line} 行" if anchor.line else "图样")


def counted_of_lead(row: LeadRow) -> tuple[Counted, ...]:
    """Return the finding that a row shows."""
    held = row.held
    day = date.fromisoformat((held.decision.at if held.decision else held.since)[:10])
    name = _unique(row.names)
    return (Counted(held.finding.fingerprint, name, held.finding.term, day, verdict_text(held)),)


LEAD_VALUES: Mapping[str, Callable[[LeadRow], Value]] = {
    "names": lambda row: _unique(row.names, "\n"),
    "source": lambda row: source_text(row.held),
    "material": lambda row: KINDS[row.held.kind],
    "term": lambda row: _term(row.held),
    "where": lambda row: _where(row.held),
    "clauses": lambda row: _unique(row.clauses, "\n"),
    "rule": lambda row: row.held.finding.rule,
    "verdict": lambda row: verdict_text(row.held),
    "reasons": lambda row: _unique(row.reasons, "；"),
    "fingerprint": lambda row: row.held.finding.fingerprint,
}


# Institutions and evidence


def _validity(one: Institution) -> str:
    start = f"{one.valid_from} 起" if one.valid_from else ""
    return f"{start} 至 {one.valid_to}".strip() if one.valid_to else start


INSTITUTION_VALUES: Mapping[str, Callable[[Institution], Value]] = {
    "name": lambda one: one.name,
    "code": lambda one: one.code,
    "province": lambda one: one.province,
    "occupations": lambda one: "、".join(one.occupations),
    "validity": _validity,
    "reason": lambda one: one.reason,
    "document": lambda one: one.document,
}

EVIDENCE_VALUES: Mapping[str, Callable[[Evidence], Value]] = {
    "file": lambda one: one.name,
    "size": lambda one: one.size,
    "digest": lambda one: one.sha256,
    "note": lambda one: one.note,
    "added": lambda one: one.added[:10],
}

# What columns of each kind of form can ask for.
VALUES: Mapping[Kind, frozenset[str]] = {
    Kind.TABLE: frozenset(),
    Kind.CASES: frozenset({PLACE, *CASE_VALUES}),
    Kind.LEADS: frozenset({PLACE, *LEAD_VALUES}),
    Kind.INSTITUTIONS: frozenset({PLACE, *INSTITUTION_VALUES}),
    Kind.LETTER: frozenset({PLACE, *EVIDENCE_VALUES, *LEAD_VALUES}),
}
