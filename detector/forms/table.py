"""The notices' tables: rows of bodies or practices, columns that count cases."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from detector.casebook.labels import STEPS
from detector.casebook.values import Case, Practice
from detector.forms.counting import count, first_place, is_meant, join, occurrences
from detector.forms.filled import Cell, Period, Section
from detector.forms.grid import lay_out_heads
from detector.forms.values import Column, Form, Row

ITEM = "项目"
_NUMBER_WIDTH, _LABEL_WIDTH = 3, 18


def fill_table(form: Form, cases: Sequence[Case], period: Period) -> tuple[Section, list[str]]:
    """Return the table of a form with its cells, and the remarks on them."""
    headings = [(ITEM,), (ITEM,), *(column.heading for column in form.columns)]
    rows, remarks = [], []
    for number, row in enumerate(form.rows, 1):
        here = [case for case in cases if _row_of(form, case) is row]
        cells = [Cell(number), Cell(row.label)]
        for column in form.columns:
            cell, said = count(column, _of_column(form, column, here), period)
            cells.append(cell)
            remarks += [_remark(row, column, cell, what) for what in said]
        rows.append(tuple(cells))
    section = Section(
        heads=lay_out_heads(headings),
        names=(ITEM, ITEM, *(_full_name(column) for column in form.columns)),
        widths=(_NUMBER_WIDTH, _LABEL_WIDTH, *(column.width for column in form.columns)),
        rows=tuple(rows),
        roomy=True,
    )
    return section, [*remarks, *_left_out(form, cases, period)]


def _row_of(form: Form, case: Case) -> Row | None:
    places = frozenset(p for row in form.rows for p in row.practices)
    practice = first_place(case, places)
    return next((row for row in form.rows if _takes(row, case, practice)), None)


def _takes(row: Row, case: Case, practice: Practice | None) -> bool:
    by_practice = not row.practices or practice in row.practices
    return by_practice and (not row.bodies or case.body in row.bodies)


def _of_column(form: Form, column: Column, cases: Sequence[Case]) -> Sequence[Case]:
    if not column.practices:
        return cases
    places = _column_places(form)
    return [case for case in cases if first_place(case, places) in column.practices]


def _column_places(form: Form) -> frozenset[Practice]:
    return frozenset(practice for column in form.columns for practice in column.practices)


def _full_name(column: Column) -> str:
    return "·".join(text for text in column.heading if text)


def _remark(row: Row, column: Column, cell: Cell, what: str) -> str:
    blank = "留空：" if cell.value is None else "："
    return f"“{_full_name(column)}”（{row.label}）{blank}{what}。"


def _left_out(form: Form, cases: Sequence[Case], period: Period) -> Iterator[str]:
    """Yield which cases would have been counted, had they what the table asks for."""
    here = [case for case in cases if _row_of(form, case) is not None]
    homeless = [
        case.number
        for case in cases
        if case not in here and case.body in form.about and _is_countable(form, case, period)
    ]
    if homeless:
        yield f"案件 {join(homeless)} 有本表所计的情况，但违规情形不属本表任何一行，未计入。"
    yield from _without_place(form, here, period)
    for column in form.columns:
        if column.has and (left := _without_steps(column, here, period)):
            steps = "、".join(f"“{STEPS[kind]}”" for kind in sorted(column.has))
            yield f"“{_full_name(column)}”：案件 {join(left)} 期末前没有{steps}措施，未计入。"


def _is_countable(form: Form, case: Case, period: Period) -> bool:
    return any(
        column.count != "text" and list(occurrences(column, case, period))
        for column in form.columns
    )


def _without_place(form: Form, cases: Sequence[Case], period: Period) -> Iterator[str]:
    places = _column_places(form)
    by_practice = [column for column in form.columns if column.practices]
    left = [
        case.number
        for case in cases
        if first_place(case, places) is None
        and any(list(occurrences(column, case, period)) for column in by_practice)
    ]
    if left:
        yield f"案件 {join(left)} 已核实，但违规情形不属本表任何一列，只计入总量。"


def _without_steps(column: Column, cases: Sequence[Case], period: Period) -> list[str]:
    open_to_all = replace(column, has=frozenset())
    return [
        case.number
        for case in cases
        if not is_meant(column, case, period) and list(occurrences(open_to_all, case, period))
    ]
