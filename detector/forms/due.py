"""When forms are due, by the days that the notices name, and the period that one speaks of."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from detector.forms.filled import Period
from detector.forms.values import Action, Form, Forms, Term

FORTNIGHT = timedelta(days=14)
MONTHS = 12


@dataclass(frozen=True, slots=True)
class Due:
    """A term of a notice, the forms that it is about, its next day, the notice's own time.

    `day` None: no fixed day, or none to come.
    """

    notice: str
    term: Term
    forms: tuple[str, ...]
    day: date | None
    action: Action | None


def list_due(forms: Forms, today: date) -> tuple[Due, ...]:
    """Return every term of the forms, the next day first, those without a day last."""
    terms: dict[tuple[str, Term], list[Form]] = {}
    for form in forms.values():
        for term in form.terms:
            terms.setdefault((form.notice, term), []).append(form)
    due = [
        Due(notice, term, tuple(f.name for f in of), next_day(term, today), of[0].action)
        for (notice, term), of in terms.items()
    ]
    return tuple(sorted(due, key=lambda one: (one.day is None, one.day or today, one.notice)))


def next_day(term: Term, today: date) -> date | None:
    """Return the first day of a term that is today or later; None where there is none."""
    if term.once:
        return term.once if term.once >= today else None
    return next((day for day in _days(term, today, 1) if day >= today), None)


def day_before(term: Term, day: date) -> date | None:
    """Return the last day of a term before a day; None where there is none."""
    return next((one for one in _days(term, day, -1) if one < day), None)


def usual_period(form: Form, today: date) -> Period:
    """Return the period that a form speaks of where nobody says: up to the coming due day.

    It begins the day after the one before. A form that is due each fortnight takes the fortnight
    up to today, one that is due once or never all since its notice's time began, or the year.
    """
    monthly = next((term for term in form.terms if term.days and term.month is None), None)
    if monthly and (end := next_day(monthly, today)) and (last := day_before(monthly, end)):
        return Period(last + timedelta(days=1), end)
    if any(not term.days and not term.once for term in form.terms):
        return Period(today - FORTNIGHT + timedelta(days=1), today)
    start = form.action.start if form.action else date(today.year, 1, 1)
    return Period(min(start, today), today)


def _days(term: Term, start: date, way: int) -> Iterator[date]:
    """Yield the days of a term month by month, over a year, forwards (1) or backwards (-1)."""
    for ahead in range(MONTHS + 1):
        index = start.year * MONTHS + start.month - 1 + way * ahead
        year, month = divmod(index, MONTHS)
        if term.month in (None, month + 1):
            last = monthrange(year, month + 1)[1]
            days = {date(year, month + 1, min(day, last)) for day in term.days}
            yield from sorted(days, reverse=way < 0)
