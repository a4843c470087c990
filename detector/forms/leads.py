"""Leads divided among departments, as a form says who acts on what; one may go to several."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

from detector.casebook.findings import STANDING, Held
from detector.casebook.values import Verdict
from detector.forms.filled import Period
from detector.forms.holdings import Holdings, verdict_of
from detector.forms.values import Department, Form, Taking


class Lead(NamedTuple):
    """A finding, and why a department gets it."""

    held: Held
    reasons: tuple[str, ...]


def divide(
    form: Form, holdings: Holdings, period: Period, *, undecided: bool
) -> Iterator[tuple[Department, list[Lead]]]:
    """Yield each department of a form with the leads that it takes."""
    leads = [held for held in holdings.findings.values() if _is_lead(held, period, undecided)]
    for department in form.departments:
        rows = [
            Lead(held, reasons) for held in leads if (reasons := _reasons(form, department, held))
        ]
        yield department, rows


def _is_lead(held: Held, period: Period, undecided: bool) -> bool:
    """Tell whether a finding is confirmed, or asked for undecided, on a day of the period."""
    if held.decision is None:
        asked = undecided and held.finding.outcome in STANDING
        return asked and period.holds(date.fromisoformat(held.since[:10]))
    day = date.fromisoformat(held.decision.at[:10])
    return verdict_of(held) is Verdict.CONFIRMED and period.holds(day)


def _reasons(form: Form, department: Department, held: Held) -> tuple[str, ...]:
    reasons = _own_reasons(department, held)
    if reasons or not department.otherwise:
        return reasons
    taken = any(_own_reasons(other, held) for other in form.departments)
    return () if taken else (department.otherwise,)


def _own_reasons(department: Department, held: Held) -> tuple[str, ...]:
    return tuple(one.because for one in department.takes if _takes(one, held))


def _takes(taking: Taking, held: Held) -> bool:
    finding = held.finding
    return (
        (not taking.rules or finding.rule.startswith(taking.rules))
        and (not taking.clauses or bool(taking.clauses & set(finding.clauses)))
        and (not taking.kinds or held.kind in taking.kinds)
    )
