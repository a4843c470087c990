"""`shanzhai forms`: what a user sees of the list, the due days and a form that is filled in."""

from __future__ import annotations

import io
import shutil
from dataclasses import replace
from datetime import date

import docx
import openpyxl
import pypdfium2
import pytest

from detector.casebook.cases import save_case
from detector.casebook.values import Body, Case, Step, StepKind
from detector.database import open_database, writing
from detector.errors import ExitCode

JULY = ("--from", "2023-07-01", "--to", "2023-07-31", "--unit", "某某市")
NAMES = (
    "cn-2023-86-1",
    "cn-2023-86-2",
    "js-2023-64-2",
    "js-2023-64-3",
    "yq-2023-196-1",
    "yq-2023-196-2",
    "gd-2022-list",
    "gd-2022-leads",
    "transfer",
    "black-list",
    "white-list",
)
CASE = Case(
    "2023-001", "某某市甲中心", Body.SELF_RUN, date(2023, 7, 3), checked=date(2023, 7, 5),
    verified=True, summary="负责人：李小明，电话 13812345678。",
    steps=(Step(StepKind.SUBSIDY_RECOVERED, date(2023, 7, 9), amount=120_050),),
)  # fmt: skip


@pytest.fixture
def casebook(workplace):
    """Keep one case in the usual casebook."""
    engine = open_database("shanzhai-casebook.db", create=True)
    with writing(engine) as connection:
        save_case(connection, CASE, "测试", "2023-07-10T09:00:00+08:00")
    engine.dispose()
    return workplace


def test_every_form_is_listed(shanzhai):
    done = shanzhai("forms", "list")
    assert done.code == ExitCode.CLEAN
    assert {line.split()[0] for line in done.out.splitlines()} == set(NAMES)
    assert (
        "打击培训骗补买卖证书专项行动进展情况表（职业技能评价）（人社厅函〔2023〕86号 附件2）"
        in done.out
    )


def test_a_form_is_written_as_word_and_workbook_with_its_figures(shanzhai, casebook):
    done = shanzhai("forms", "yq-2023-196-2", *JULY)
    assert (done.code, done.err) == (ExitCode.CLEAN, "")
    stem = casebook / "shanzhai-forms" / "yq-2023-196-2_2023-07-01_2023-07-31"
    table = docx.Document(f"{stem}.docx").tables[0]
    assert [cell.text for cell in table.rows[-1].cells][2:9] == [
        "1",
        "0",
        "0",
        "0",
        "0",
        "",
        "1200.50",
    ]
    book = openpyxl.load_workbook(f"{stem}.xlsx")
    assert book.sheetnames == ["表", "明细", "说明"]
    assert "期间：2023-07-01 至 2023-07-31" in done.out
    assert "案件 2023-001 没有登记涉及证书数" in done.out
    assert "请核对明细后再签字、盖章" in done.out


def test_what_a_person_may_have_completed_is_not_written_over(shanzhai, casebook):
    assert shanzhai("forms", "black-list", *JULY).code == ExitCode.CLEAN
    again = shanzhai("forms", "black-list", *JULY)
    assert again.code == ExitCode.USAGE and "已存在" in again.err
    other = shanzhai("forms", "black-list", *JULY, "--out", "另存", "--format", "xlsx")
    assert other.code == ExitCode.CLEAN
    assert [path.suffix for path in (casebook / "另存").iterdir()] == [".xlsx"]


@pytest.mark.slow
@pytest.mark.skipif(not shutil.which("soffice"), reason="系统里没有 LibreOffice")
def test_a_form_is_written_as_pdf(shanzhai, casebook):
    done = shanzhai("forms", "cn-2023-86-2", *JULY, "--format", "pdf")
    assert done.code == ExitCode.CLEAN
    (path,) = (casebook / "shanzhai-forms").iterdir()
    with pypdfium2.PdfDocument(io.BytesIO(path.read_bytes())) as document:
        assert "打击培训骗补" in document[0].get_textpage().get_text_bounded()


def test_the_letter_masks_personal_data_and_wants_a_case(shanzhai, casebook):
    assert "--case" in shanzhai("forms", "transfer", *JULY).err
    assert "xlsx" in shanzhai("forms", "transfer", *JULY, "--format", "xlsx").err
    letter = ("forms", "transfer", *JULY, "--case", "2023-001")
    for options, shown in (((), False), (("--show-personal-data",), True)):
        folder = f"out{shown}"
        assert shanzhai(*letter, *options, "--out", folder).code == ExitCode.CLEAN
        (path,) = (casebook / folder).iterdir()
        text = "\n".join(paragraph.text for paragraph in docx.Document(path).paragraphs)
        assert ("李小明" in text and "13812345678" in text) is shown


def test_letters_about_two_cases_have_files_of_their_own(shanzhai, casebook):
    engine = open_database("shanzhai-casebook.db")
    with writing(engine) as connection:
        save_case(connection, replace(CASE, number="../../2023/号 2"), "测试", "2023-07-10")
    engine.dispose()
    for number in ("2023-001", "../../2023/号 2"):
        done = shanzhai("forms", "transfer", "--case", number, "--out", "letters")
        assert done.code == ExitCode.CLEAN and f"案件：{number}" in done.out
    names = {path.name for path in (casebook / "letters").iterdir()}
    assert names == {"transfer_2023-001.docx", "transfer__2023_号_2.docx"}


def test_due_days_say_where_the_notice_s_own_time_is_over(shanzhai):
    within = shanzhai("forms", "due", "--as-of", "2023-07-14")
    assert within.code == ExitCode.CLEAN
    first, second, *_ = within.out.splitlines()
    assert first.startswith("2023-07-15（还有 1 天）") and "cn-2023-86-1、cn-2023-86-2" in first
    assert second.startswith("2023-07-28（还有 14 天）") and "已结束" not in second
    later = shanzhai("forms", "due", "--as-of", "2026-02-20").out
    assert "2026-02-28（还有 8 天）" in later
    assert "2026-11-30" in later
    assert "行动期间 2023-07-01 至 2023-12-31，已结束" in later
    before = shanzhai("forms", "due", "--as-of", "2023-06-01").out
    assert "尚未开始" in before


def test_the_period_goes_up_to_the_coming_due_day_where_nobody_says(shanzhai, casebook):
    done = shanzhai("forms", "yq-2023-196-1", "--as-of", "2023-07-20", "--format", "xlsx")
    assert "期间：2023-07-14 至 2023-07-28" in done.out


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["cn-2023"], "没有名为 cn-2023 的表。可用：list、due、black-list"),
        (["cn-2023-86-1", "--from", "7月1日"], "--from 的日期 7月1日 不对"),
        (["cn-2023-86-1", "--from", "2023-08-01", "--to", "2023-07-01"], "晚于最后一天"),
        (["cn-2023-86-1", "--format", "odt"], "可用：docx、xlsx、pdf"),
        (["cn-2023-86-1", "多余"], "多出的参数"),
        (["cn-2023-86-1"], "没有案卷库"),
    ],
)
def test_wrong_usage_says_what_to_do(shanzhai, arguments, said):
    done = shanzhai("forms", *arguments)
    assert done.code == ExitCode.USAGE and said in done.err


def test_help_names_the_ways_in(shanzhai):
    assert "shanzhai forms list" in shanzhai("forms", "--help").out
    assert "--unit" in shanzhai("forms", "gd-2022-list", "--help").out
