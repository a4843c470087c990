"""What became of a case: who changed what, and when, from the audit log."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, select

from detector.casebook.cells import show_sum
from detector.casebook.columns import CASES, EVIDENCE, FINDINGS, STEPS_SHEET
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


def history_of(connection: Connection, number: str) -> tuple[Change, ...]:
    """Return the changes of a case, the first one first."""
    query = (
        select(audit)
        .where(audit.c.subject == number, audit.c.action.in_(ACTIONS))
        .order_by(audit.c.number)
    )
    return tuple(_change(row) for row in connection.execute(query).mappings())


def describe_step(step: Step) -> str:
    """Return a step in one line."""
    amount = f"{show_sum(step.amount):,.2f} 元" if step.amount else ""
    persons = f"{step.persons} 人" if step.persons else ""
    parts = (step.day.isoformat(), STEPS[step.kind], step.by, amount, persons, step.detail)
    return " ".join(part for part in parts if part)


def _change(row: Mapping[Any, Any]) -> Change:
    before, after = row["detail"]["before"], decode(Case, row["detail"]["after"])
    what = tuple(_differences(decode(Case, before), after)) if before else ("立卷",)
    return Change(row["at"], row["actor"], what)


def _differences(before: Case, after: Case) -> Iterator[str]:
    for column in CASES.columns:
        old, new = (column.show(getattr(case, column.field)) for case in (before, after))
        if old != new:
            yield f"{column.heading}：{_said(old)} → {_said(new)}"
    yield from _moved(STEPS_SHEET.title, *(map(describe_step, c.steps) for c in (before, after)))
    yield from _moved(FINDINGS.title, before.fingerprints, after.fingerprints)
    yield from _moved(EVIDENCE.title, *((e.name for e in c.evidence) for c in (before, after)))


def _moved(title: str, before: Any, after: Any) -> Iterator[str]:
    """Yield what was taken away, then what was added, of the parts of a case."""
    old, new = list(before), list(after)
    yield from (f"{title}：删去 {one}" for one in old if one not in new)
    yield from (f"{title}：增加 {one}" for one in new if one not in old)


def _said(value: Any) -> str:
    return "空" if value in (None, "") else str(value)
