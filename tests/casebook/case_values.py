"""Cases, and tables as offices fill them in, that the tests of cases are made of."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
from hypothesis import strategies as st

from detector.casebook.cases import in_order
from detector.casebook.cells import MOST, MOST_FEN, read_number, tidy
from detector.casebook.sheets import Draft, Sheets, read_cases
from detector.casebook.values import Body, Case, Evidence, Practice, Step, StepKind

SCHOOL = "广州市越某职业培训学校"
BODY = "自行开展能力水平评价活动的机构"
HEAD = ["案件编号", "机构名称", "机构类型", "线索日期"]
ROW = ["甲-1", SCHOOL, BODY, "2025-03-01"]
STEP_HEAD = ["案件编号", "措施", "日期", "金额（元）", "人数"]


def case(number: str = "2025-0001", **values: Any) -> Case:
    made = Case(number, SCHOOL, Body.SELF_RUN, date(2025, 3, 1))
    return replace(made, **values)


def step(kind: StepKind = StepKind.TALK, day: date = date(2025, 4, 1), **values: Any) -> Step:
    return Step(kind, day, **values)


def draw_cases() -> st.SearchStrategy[list[Case]]:
    """Draw what a book may hold: texts as `tidy` leaves them, dates that tables know."""
    texts = st.text(max_size=30).map(tidy).filter(lambda text: not text.startswith("#"))
    names = texts.filter(bool)
    days = st.dates(date(1949, 10, 1), date(2199, 12, 31))
    counts = st.integers(0, MOST)
    steps = st.builds(
        Step,
        kind=st.sampled_from(StepKind),
        day=days,
        by=texts,
        amount=st.integers(0, MOST_FEN),
        persons=counts,
        detail=texts,
    )
    evidence = st.builds(
        Evidence,
        name=names,
        sha256=st.text("0123456789abcdef", min_size=64, max_size=64),
        size=st.integers(0, 10**15),
        added=st.datetimes().map(lambda moment: moment.isoformat(timespec="seconds") + "+08:00"),
        note=texts,
    )
    cases = st.builds(
        Case,
        number=names.map(lambda text: read_number(text)[:20]).filter(bool),
        institution=names,
        body=st.sampled_from(Body),
        opened=days,
        code=texts,
        practices=st.lists(st.sampled_from(Practice), unique=True).map(tuple),
        region=texts,
        lead=texts,
        checked=st.none() | days,
        verified=st.none() | st.booleans(),
        closed=st.none() | days,
        certificates=counts,
        summary=texts,
        handling=texts,
        note=texts,
        steps=st.lists(steps, max_size=3).map(tuple),
        fingerprints=st.lists(names, max_size=3).map(tuple),
        evidence=st.lists(evidence, max_size=2, unique_by=lambda one: one.sha256).map(tuple),
    )
    return st.lists(cases.map(in_order), max_size=3, unique_by=lambda one: one.number)


def made(draft: Draft) -> Case:
    """Make a new case of a draft."""
    return in_order(Case(number=draft.number, **draft.values))


def fill_in(path: Path, sheets: Mapping[str, Iterable[Sequence[Any]]]) -> Path:
    """Write a workbook with these rows, as an office makes its own."""
    book = openpyxl.Workbook()
    book.remove(book.active)
    for title, rows in sheets.items():
        page = book.create_sheet(title)
        for row in rows:
            page.append(list(row))
    book.save(path)
    return path


def read(path: Path, sheets: Mapping[str, Iterable[Sequence[Any]]]) -> Sheets:
    return read_cases(fill_in(path / "cases.xlsx", sheets))


def faults(sheets: Sheets) -> list[tuple[str, int, str]]:
    """Return where the rows stand that were kept out."""
    return [(one.sheet, one.row, one.column) for one in sheets.faults]
