"""Each figure of the notices' tables, read back from both papers, equals an independent count."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from form_values import END, FORMS, JULY, START, TABLES, as_case, casebook, fill_form, make_facts
from independent import COUNTS
from reopened import open_book, sheet_rows, word_rows

from detector.casebook.values import Body, Case, Practice, Step, StepKind
from detector.forms.holdings import Holdings

SEEDS = range(5)


@pytest.fixture(scope="module", params=SEEDS)
def kept(request, tmp_path_factory):
    """Give plain facts, and what a casebook holds that they were put into."""
    facts = make_facts(request.param)
    with casebook(tmp_path_factory.mktemp("book")) as book:
        book.save(*map(as_case, facts))
        return facts, book.read()


@pytest.mark.parametrize("name", TABLES)
@pytest.mark.parametrize("reopen", [word_rows, sheet_rows])
def test_every_figure_equals_an_independent_count(name, reopen, kept):
    facts, holdings = kept
    rows = reopen(fill_form(name, holdings))
    assert [row[2:] for row in rows] == COUNTS[name](facts, START, END)


def test_every_table_has_its_count():
    assert set(TABLES) == set(COUNTS)


@pytest.mark.parametrize("name", TABLES)
def test_what_was_counted_adds_up_to_the_cell(name):
    holdings = Holdings(tuple(map(as_case, make_facts(3))))
    sheet = open_book(fill_form(name, holdings))["明细"]
    sums: dict[tuple, Decimal] = {}
    cells = {}
    for _, row, column, cell, *_, share, _ in sheet.iter_rows(min_row=2, values_only=True):
        if isinstance(cell, int | float):
            sums[row, column] = sums.get((row, column), Decimal(0)) + Decimal(str(share))
            cells[row, column] = Decimal(str(cell))
    assert len(sums) > 3
    assert sums == cells


@pytest.mark.parametrize("name", TABLES)
def test_a_figure_that_is_not_zero_has_its_cases_in_the_list(name):
    filled = fill_form(name, Holdings(tuple(map(as_case, make_facts(4)))))
    for row in filled.sections[0].rows:
        for cell in row[2:]:
            assert bool(cell.counted) == (cell.value not in (0, "无", None)) or cell.value is None


def sham(*steps: Step, number: str = "2023-001", **more: object) -> Case:
    about = {"practices": (Practice.SHAM_TRAINING,), **more}
    return Case(number, "某校", Body.TRAINING_BODY, date(2023, 7, 1), steps=steps, **about)


def step(kind: StepKind, day: date = date(2023, 7, 10), **more: int) -> Step:
    return Step(kind, day, **more)


def cells(name: str, *cases: Case, row: int = 0) -> list:
    return [cell.value for cell in fill_form(name, Holdings(cases)).sections[0].rows[row][2:]]


def test_zero_is_printed_and_what_cannot_be_known_is_blank_and_named():
    none = fill_form("cn-2023-86-1", Holdings(()))
    assert word_rows(none)[0][2:] == ["0", "0", "0", "0", "无", "0", ""]
    assert none.remarks[0] == "案卷库中没有案件。"
    sent, back = step(StepKind.TRANSFERRED), step(StepKind.SUBSIDY_RECOVERED)
    unknown = fill_form("cn-2023-86-1", Holdings((sham(sent, back),)))
    assert word_rows(unknown)[0][4] == ""
    assert any(
        "追回补贴资金（元）”（虚假培训骗取补贴）留空：案件 2023-001 没有登记金额" in remark
        for remark in unknown.remarks
    )


def test_a_sum_of_which_a_part_is_known_says_what_is_missing():
    known = step(StepKind.SUBSIDY_RECOVERED, amount=150)
    sent, back = step(StepKind.TRANSFERRED), step(StepKind.SUBSIDY_RECOVERED)
    filled = fill_form(
        "cn-2023-86-1", Holdings((sham(sent, known), sham(sent, back, number="2023-002")))
    )
    assert word_rows(filled)[0][4] == "1.50"
    assert any("案件 2023-002 没有登记金额，未计入" in remark for remark in filled.remarks)


def test_both_ends_of_the_period_count_and_no_day_beyond():
    for day, counted in ((START, 1), (END, 1), (date(2023, 6, 30), 0), (date(2023, 8, 1), 0)):
        case = sham(step(StepKind.TRANSFERRED, date(2023, 6, 1)), step(StepKind.CASE_FILED, day))
        assert cells("cn-2023-86-1", case)[0] == counted, day


def test_money_of_a_case_stands_on_one_side_only():
    steps = (step(StepKind.TRANSFERRED), step(StepKind.SUBSIDY_RECOVERED, amount=500))
    assert cells("cn-2023-86-1", sham(*steps))[2:6:3] == [5, 0]
    declined = sham(*steps, step(StepKind.NOT_FILED))
    assert cells("cn-2023-86-1", declined)[2:6:3] == [0, 5]
    taken_up_after_all = sham(*steps, step(StepKind.NOT_FILED), step(StepKind.CASE_FILED, END))
    assert cells("cn-2023-86-1", taken_up_after_all)[2:6:3] == [5, 0]


def test_a_step_without_the_transfer_that_it_needs_is_named():
    filled = fill_form("cn-2023-86-1", Holdings((sham(step(StepKind.CASE_FILED)),)))
    assert filled.sections[0].rows[0][2].value == 0
    assert any("2023-001 期末前没有“移送公安机关”措施，未计入" in one for one in filled.remarks)


def test_a_case_counts_in_the_first_column_that_has_a_place_for_it():
    case = Case(
        "2023-001", "某校", Body.TRAINING_BODY, START, checked=START, verified=True,
        practices=(Practice.SHAM_TRAINING, Practice.SUBCONTRACTED, Practice.INEFFECTIVE),
    )  # fmt: skip
    assert cells("yq-2023-196-1", case, row=1)[:4] == [1, 0, 0, 1]


def test_cases_that_a_table_has_no_place_for_are_named():
    stray = sham(step(StepKind.TRANSFERRED), step(StepKind.CASE_FILED), practices=())
    filled = fill_form("cn-2023-86-1", Holdings((stray,)))
    assert any("2023-001" in one and "不属本表任何一行" in one for one in filled.remarks)
    checked = sham(checked=START, verified=True)
    filled = fill_form("yq-2023-196-1", Holdings((checked,)))
    assert any("2023-001" in one and "不属本表任何一列" in one for one in filled.remarks)


def test_how_every_column_was_counted_is_told():
    for name in TABLES:
        sheet = open_book(fill_form(name, Holdings(())))["说明"]
        told = [text for _, text in sheet.iter_rows(values_only=True)]
        assert {column.meaning for column in FORMS[name].columns} <= set(told)
        assert f"{JULY.start} 至 {JULY.end}（含首尾两日）" in told
