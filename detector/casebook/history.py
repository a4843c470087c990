"""What became of a case: who changed what, and when, from the audit log."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, select

from detector.casebook.cells import show_sum
from detector.casebook.columns import CASES, EVIDENCE, FINDINGS, STEPS_SHEET, Sheet
from detector.casebook.labels import STEPS
from detector.casebook.values import Case, Step
from detector.database.tables import audit
from detector.report.decode import decode

ACTIONS = ("case-opened", "case-changed")


@dataclass(frozen=True, slots=True)
class Change:
    """One saving of a case: what it did, in Chinese; nothing more is said of the first."""

    at: str
    actor: str
    what: tuple[str, ...]


def history_of(
    connection: Connection, number: str, mask: Callable[[str], str] = str
) -> tuple[Change, ...]:
    """Return the changes of a case, the first one first; free texts go through `mask`."""
    query = (
        select(audit)
        .where(audit.c.subject == number, audit.c.action.in_(ACTIONS))
        .order_by(audit.c.number)
    )
    rows = connection.execute(query).mappings()
    return tuple(Change(row["at"], row["actor"], _what(row["detail"], mask)) for row in rows)


def describe_step(step: Step) -> str:
    """Return a step in one line."""
    amount = f"{show_sum(step.amount):,.2f} 元" if step.amount else ""
    persons = f"{step.persons} 人" if step.persons else ""
    parts = (step.day.isoformat(), STEPS[step.kind], step.by, amount, persons, step.detail)
    return " ".join(part for part in parts if part)


def _what(detail: Mapping[str, Any], mask: Callable[[str], str]) -> tuple[str, ...]:
    if detail["before"] is None:
        return ("立卷",)
    before, after = decode(Case, detail["before"]), decode(Case, detail["after"])
    fields = _fields(before, after, mask)
    steps = _moved(
        STEPS_SHEET, *([mask(describe_step(s)) for s in c.steps] for c in (before, after))
    )
    found = _moved(FINDINGS, before.fingerprints, after.fingerprints)
    files = _moved(EVIDENCE, *([mask(e.name) for e in c.evidence] for c in (before, after)))
    return (*fields, *steps, *found, *files)


def _fields(before: Case, after: Case, mask: Callable[[str], str]) -> Iterator[str]:
    for column in CASES.columns:
        old, new = (_said(column.show(getattr(case, column.field))) for case in (before, after))
        if old != new:
            said = f"{old} → {new}"
            yield f"{column.heading}：{mask(said) if column.is_free else said}"


def _moved(sheet: Sheet, before: Sequence[str], after: Sequence[str]) -> Iterator[str]:
    """Yield what was taken away, then what was added, of the parts of a case."""
    yield from (f"{sheet.title}：删去 {one}" for one in before if one not in after)
    yield from (f"{sheet.title}：增加 {one}" for one in after if one not in before)


def _said(value: Any) -> str:
    return "空" if value in (None, "") else str(value)
