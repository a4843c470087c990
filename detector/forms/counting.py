"""Which cases a column of a table counts, and what they come to.

A column is made of occurrences: a step of a case on a day in the period, or the case itself on
the day that it was checked, or last moved. What is not recorded for anything counted is not
taken for zero: the cell stays blank and is named; where only some is recorded, a remark says so.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from detector.casebook.labels import STEPS
from detector.casebook.values import Case, Practice, StepKind
from detector.forms.filled import Cell, Counted, Period, Value, yuan
from detector.forms.values import Column, Dated, Measure

# What the police say of a case that was transferred to them; the last word stands.
_POLICE = (
    StepKind.TRANSFERRED,
    StepKind.CASE_FILED,
    StepKind.CASE_SOLVED,
    StepKind.NOT_FILED,
    StepKind.CASE_WITHDRAWN,
)
_DECLINED = (StepKind.NOT_FILED, StepKind.CASE_WITHDRAWN)
_UNITS: Mapping[Measure, str] = {
    Measure.AMOUNT: "金额",
    Measure.PERSONS: "人数",
    Measure.CERTIFICATES: "涉及证书数",
}
_TEXTS = {"handling": "处理情况", "note": "备注"}
CHECKED = "检查日期"


@dataclass(frozen=True, slots=True)
class Occurrence:
    """A case on a day, and the sum (fen) and persons of the step that fell on it."""

    case: Case
    day: date
    why: str
    amount: int = 0
    persons: int = 0


def count(column: Column, cases: Sequence[Case], period: Period) -> tuple[Cell, list[str]]:
    """Return the cell of a column for the cases of a row, and what a person must know of it."""
    if column.count is None or column.count is Measure.BLANK:
        return Cell(), ["案卷中没有可供填写的内容"]
    found = [one for case in cases for one in occurrences(column, case, period)]
    return _FOLD[column.count](column, found)


def occurrences(column: Column, case: Case, period: Period) -> Iterator[Occurrence]:
    """Yield what a column counts of a case."""
    if not is_meant(column, case, period):
        return
    if column.steps:
        yield from _steps(column, case, period)
    elif column.dated is Dated.CHECKED:
        if case.checked and period.holds(case.checked):
            yield Occurrence(case, case.checked, CHECKED)
    elif day := last_day(case, period):
        yield Occurrence(case, day, "期内有进展")


def is_meant(column: Column, case: Case, period: Period) -> bool:
    """Tell whether a case has what a column asks for, by the end of the period."""
    kinds = [step.kind for step in case.steps if step.day <= period.end]
    return (
        column.has <= set(kinds)
        and column.declined in (None, is_declined(kinds))
        and column.verified in (None, case.verified)
    )


def is_declined(kinds: Sequence[StepKind]) -> bool:
    """Tell whether the last word of the police, by kinds of steps, was that there is no case."""
    words = [kind for kind in kinds if kind in _POLICE]
    return bool(words) and words[-1] in _DECLINED


def last_day(case: Case, period: Period) -> date | None:
    """Return the last day in the period on which something happened in a case."""
    days = (case.opened, case.checked, case.closed, *(step.day for step in case.steps))
    return max((day for day in days if day and period.holds(day)), default=None)


def first_place(case: Case, places: frozenset[Practice]) -> Practice | None:
    """Return the first practice of a case that a table has a place for."""
    return next((one for one in case.practices if one in places), None)


def _steps(column: Column, case: Case, period: Period) -> Iterator[Occurrence]:
    for step in case.steps:
        if step.kind in column.steps and period.holds(step.day):
            why = f"{STEPS[step.kind]}：{step.detail}" if step.detail else STEPS[step.kind]
            yield Occurrence(case, step.day, why, step.amount, step.persons)


def _first_of_each(found: Iterable[Occurrence]) -> list[Occurrence]:
    firsts: dict[str, Occurrence] = {}
    for one in found:
        firsts.setdefault(one.case.number, one)
    return list(firsts.values())


def _count_cases(column: Column, found: Sequence[Occurrence]) -> tuple[Cell, list[str]]:
    firsts = _first_of_each(found)
    return Cell(len(firsts), tuple(_counted(one, 1) for one in firsts)), []


def _add_amounts(column: Column, found: Sequence[Occurrence]) -> tuple[Cell, list[str]]:
    return _add(found, [one.amount for one in found], Measure.AMOUNT)


def _add_persons(column: Column, found: Sequence[Occurrence]) -> tuple[Cell, list[str]]:
    return _add(found, [one.persons for one in found], Measure.PERSONS)


def _add_certificates(column: Column, found: Sequence[Occurrence]) -> tuple[Cell, list[str]]:
    firsts = _first_of_each(found)
    return _add(firsts, [one.case.certificates for one in firsts], Measure.CERTIFICATES)


def _add(
    found: Sequence[Occurrence], numbers: Sequence[int], measure: Measure
) -> tuple[Cell, list[str]]:
    shares: list[Value] = [yuan(n) if measure is Measure.AMOUNT else n for n in numbers]
    counted = tuple(_counted(one, share) for one, share in zip(found, shares, strict=True))
    total = sum(numbers)
    missing = [one.case.number for one, n in zip(found, numbers, strict=True) if not n]
    if not missing:
        return Cell(yuan(total) if measure is Measure.AMOUNT else total, counted), []
    said = f"案件 {join(missing)} 没有登记{_UNITS[measure]}"
    if not total:
        return Cell(None, counted), [said]
    return Cell(yuan(total) if measure is Measure.AMOUNT else total, counted), [f"{said}，未计入"]


def _join_texts(column: Column, found: Sequence[Occurrence]) -> tuple[Cell, list[str]]:
    texts = [(one, getattr(one.case, column.text).strip()) for one in _first_of_each(found)]
    if not texts:
        remarks = [] if column.none else ["期内没有有进展的案件"]
        return Cell(column.none or None), remarks
    counted = tuple(_counted(one, text) for one, text in texts if text)
    whole = "\n".join(f"{one.case.number}：{text}" for one, text in texts if text)
    missing = [one.case.number for one, text in texts if not text]
    # A column that has a word for "none" wants a text of each case.
    if not missing or (whole and not column.none):
        return Cell(whole, counted), []
    said = f"案件 {join(missing)} 的“{_TEXTS[column.text]}”没有填写"
    return Cell(whole or None, counted), [said]


def _counted(one: Occurrence, share: Value) -> Counted:
    return Counted(one.case.number, one.case.institution, share, one.day, one.why)


def join(numbers: Sequence[str], most: int = 10) -> str:
    """Return numbers of cases as a remark names them: the first ones, and how many there are."""
    unique = list(dict.fromkeys(numbers))
    rest = f" 等 {len(unique)} 件" if len(unique) > most else ""
    return "、".join(unique[:most]) + rest


_Fold = Callable[[Column, Sequence[Occurrence]], tuple[Cell, list[str]]]
_FOLD: Mapping[Measure, _Fold] = {
    Measure.CASES: _count_cases,
    Measure.AMOUNT: _add_amounts,
    Measure.PERSONS: _add_persons,
    Measure.CERTIFICATES: _add_certificates,
    Measure.TEXT: _join_texts,
}
