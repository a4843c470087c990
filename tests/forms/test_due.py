"""When forms are due: by a table of days, and by what must hold on every day."""

from __future__ import annotations

from calendar import monthrange
from datetime import date, timedelta

import pytest
from form_values import FORMS
from hypothesis import given
from hypothesis import strategies as st

from detector.forms.due import day_before, list_due, next_day, usual_period
from detector.forms.values import Term

DAYS = st.dates(date(2000, 1, 1), date(2099, 12, 31))
CN, YQ = (15, 30), (13, 28)


def term(days: tuple[int, ...], month: int | None = None) -> Term:
    return Term("表", "三", "", days=days, month=month)


@pytest.mark.parametrize(
    ("days", "month", "today", "due"),
    [
        (CN, None, date(2023, 7, 1), date(2023, 7, 15)),
        (CN, None, date(2023, 7, 15), date(2023, 7, 15)),
        (CN, None, date(2023, 7, 16), date(2023, 7, 30)),
        (CN, None, date(2023, 7, 31), date(2023, 8, 15)),
        (CN, None, date(2023, 2, 16), date(2023, 2, 28)),
        (CN, None, date(2024, 2, 16), date(2024, 2, 29)),
        (CN, None, date(2023, 12, 31), date(2024, 1, 15)),
        (YQ, None, date(2023, 7, 14), date(2023, 7, 28)),
        (YQ, None, date(2023, 2, 28), date(2023, 2, 28)),
        (YQ, None, date(2023, 2, 27), date(2023, 2, 28)),
        ((30,), 11, date(2023, 7, 1), date(2023, 11, 30)),
        ((30,), 11, date(2023, 11, 30), date(2023, 11, 30)),
        ((30,), 11, date(2023, 12, 1), date(2024, 11, 30)),
    ],
)
def test_the_next_day(days, month, today, due):
    assert next_day(term(days, month), today) == due


@given(DAYS, st.sets(st.integers(1, 31), min_size=1, max_size=3))
def test_the_next_day_is_today_or_later_and_none_lies_between(today, days):
    one = term(tuple(sorted(days)))
    due = next_day(one, today)
    assert due is not None and today <= due <= today + timedelta(days=31)
    last = monthrange(due.year, due.month)[1]
    assert due.day in days or (due.day == last and max(days) > last)
    before = day_before(one, due)
    assert before is not None and before < today <= due
    assert next_day(one, before + timedelta(days=1)) == due


@given(DAYS)
def test_every_form_has_a_period_up_to_what_is_due(today):
    for form in FORMS.values():
        period = usual_period(form, today)
        assert period.start <= period.end
        if form.name.startswith(("cn-", "yq-")):
            assert period.start <= today <= period.end
        else:
            assert period.end == today


def test_a_fortnightly_form_takes_fourteen_days():
    period = usual_period(FORMS["js-2023-64-2"], date(2023, 7, 31))
    assert (period.start, period.end) == (date(2023, 7, 18), date(2023, 7, 31))


def test_the_terms_are_those_of_the_notices():
    due = list_due(FORMS, date(2023, 7, 14))
    told = [(one.notice, one.term.days, one.term.month, one.day) for one in due]
    assert told == [
        ("CN-2023-86", CN, None, date(2023, 7, 15)),
        ("YQ-2023-196", YQ, None, date(2023, 7, 28)),
        ("CN-2023-86", (30,), 11, date(2023, 11, 30)),
        ("JS-2023-64", (30,), 11, date(2023, 11, 30)),
        ("YQ-2023-196", (30,), 11, date(2023, 11, 30)),
        ("GD-2022", (), None, None),
        ("JS-2023-64", (), None, None),
    ]
    assert due[0].forms == ("cn-2023-86-1", "cn-2023-86-2")
