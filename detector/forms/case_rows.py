"""What lists show of a case."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from detector.casebook.findings import Held
from detector.casebook.labels import BODIES, STEPS
from detector.casebook.values import Case, Step, StepKind
from detector.forms.filled import Counted, Period, Value, shown, yuan
from detector.forms.lists import unique
from detector.forms.values import Category


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
    return unique(
        (c.label for c in row.categories if c.clauses & clauses or c.practices & practices), "\n"
    )


def _result(row: CaseRow) -> str:
    closed = row.case.closed
    ended = f"{closed.isoformat()} 办结" if closed and closed <= row.period.end else ""
    return unique((row.case.handling, ended), "\n")


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
    "terms": lambda row: unique(held.finding.term for held in row.findings),
    "clauses": lambda row: unique(row.clauses, "\n"),
    "certificates": lambda row: row.case.certificates or None,
    "agencies": lambda row: unique(step.by for step in row.steps),
    "steps": lambda row: "\n".join(map(step_text, row.steps)),
    "result": _result,
    "black-listed": _is_black,
    "summary": lambda row: row.case.summary,
    "note": lambda row: row.case.note,
}
