"""Guangdong's list, the leads by department, the lists of institutions, the letter."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from form_values import (
    BOOK,
    END,
    FORMS,
    JULY,
    START,
    as_case,
    casebook,
    evidence,
    fill_form,
    finding,
    make_facts,
    result,
)
from independent import moved
from reopened import open_book, open_word, sheet_rows, word_rows

from detector.casebook.values import Body, Case, Practice, Step, StepKind, Verdict
from detector.errors import UsageError
from detector.forms.holdings import Holdings, mask_holdings
from detector.forms.leads import divide
from detector.model import DocumentKind, Institution, Outcome, Roll
from detector.report.mask import read_labels

PAGE = "https://cert.example.cn/x.html"
LABELS = read_labels(BOOK.lexicons["personal-data"])
DEPARTMENTS = ["人社部门", "网信部门", "公安部门", "市场监管部门"]


@pytest.fixture
def book(tmp_path):
    with casebook(tmp_path) as opened:
        yield opened


def column(form: str, name: str) -> int:
    return [one.name for one in FORMS[form].columns].index(name)


# Guangdong's list


def test_the_list_has_a_row_for_each_case_that_moved_in_the_period():
    facts = make_facts(7)
    filled = fill_form("gd-2022-list", Holdings(tuple(map(as_case, facts))))
    wanted = [fact["institution"] for fact in facts if moved(fact, START, END)]
    assert 0 < len(wanted) < len(facts)
    for rows in (word_rows(filled), sheet_rows(filled)):
        assert [row[2] for row in rows] == wanted
        assert [row[0] for row in rows] == [str(at + 1) for at in range(len(wanted))]


def test_a_row_tells_problem_basis_steps_and_list(book):
    book.add(
        result(PAGE, finding("f1", "mark.emblem", "GD-2022#二（一）", term="国徽")),
        result("b.txt", finding("f2", "guarantee.pass", "CN-2022-25#一（二）")),
        result("c.txt", finding("f3", "gimmick.money", "GD-2022#二（二）", term="高补贴")),
    )
    book.decide("f3", Verdict.DISMISSED)
    steps = (
        Step(StepKind.TRANSFERRED, date(2023, 7, 9), "人社部门"),
        Step(StepKind.GAINS_CONFISCATED, date(2023, 7, 20), "公安部门", 150),
        Step(StepKind.OTHER, date(2023, 8, 20), "期末之后"),
    )
    book.save(
        Case(
            "2023-001", "甲中心", Body.SELF_RUN, START, practices=(Practice.NO_EXAM,),
            region="某市", certificates=3, handling="已移送", steps=steps,
            fingerprints=("f1", "f2", "f3"),
        )
    )  # fmt: skip
    black = Institution("甲中心", Roll.BLACK, valid_to=END)
    filled = fill_form("gd-2022-list", book.read(black))
    (row,) = word_rows(filled)
    cells = dict(zip(filled.sections[0].names, row, strict=True))
    assert cells["问题类别"].split("\n") == [
        "二（一）违规使用有关字样和标识",
        "二（二）虚假或夸大宣传",
        "二（三）违规培训、违规收费",
    ]
    assert cells["主要问题（用语、标识）"] == "国徽、包过"
    assert cells["依据条款"] == "广东四部门2022年通知 二（一）\n人社部函〔2022〕25号 一（二）"
    assert cells["处理措施及日期"] == "2023-07-09 移送公安机关\n2023-07-20 没收违法所得 1.50元"
    assert cells["处理部门"] == "人社部门、公安部门"
    assert cells["列入黑名单"] == "是"
    assert (cells["线索来源"], cells["备注"]) == ("", "")
    assert any(remark.startswith("“备注”留空：甲中心") for remark in filled.remarks)
    listed = list(open_book(filled)["明细"].iter_rows(min_row=2, values_only=True))
    assert [row[4] for row in listed] == ["2023-001", "2023-001", "2023-001", "f1", "f2"]
    assert {row[1] for row in listed} == {"甲中心"}


# Leads


@pytest.mark.parametrize(
    ("rule", "clause", "kind", "departments"),
    [
        ("guarantee.pass", "GD-2022#二（二）", DocumentKind.AD, "市场监管部门"),
        ("guarantee.pass", "GD-2022#二（二）", DocumentKind.WEB, "网信部门 市场监管部门"),
        ("practice.trade", "GD-2022#二（三）", DocumentKind.WEB, "人社部门 网信部门 公安部门"),
        ("practice.subsidy", "GD-2022#二（三）", DocumentKind.AD,
         "人社部门 公安部门 市场监管部门"),
        ("site.imitation", "CN-2022-25#一（四）", DocumentKind.CERTIFICATE,
         "人社部门 网信部门 公安部门"),
        ("registration.centre", "GD-2022#二（五）", DocumentKind.REGISTRATION, "市场监管部门"),
        ("form.number-coding", "GD-2022#二（四）", DocumentKind.CERTIFICATE, "人社部门"),
    ],
)  # fmt: skip
def test_a_lead_goes_to_those_who_answer_for_it(book, rule, clause, kind, departments):
    book.add(result(PAGE, finding("f1", rule, clause), kind=kind, named="乙中心"))
    book.decide("f1", Verdict.CONFIRMED)
    filled = fill_form("gd-2022-leads", book.read())
    assert [section.title for section in filled.sections] == DEPARTMENTS
    takers = [s.title for at, s in enumerate(filled.sections) if word_rows(filled, at)]
    assert takers == departments.split()
    sheets = open_book(filled)
    for at, section in enumerate(filled.sections):
        assert sheets.sheetnames[at] == section.title
        for row in sheet_rows(filled, at):
            assert row[column("gd-2022-leads", "页面所示机构")] == "乙中心"
            assert row[column("gd-2022-leads", "线索编号")] == "f1"
            assert row[column("gd-2022-leads", "分送理由")]


def test_a_lead_that_nobody_takes_goes_to_the_one_that_leads(book):
    form = FORMS["gd-2022-leads"]
    kept = (form.departments[0], *(replace(one, takes=()) for one in form.departments[1:]))
    book.add(result(PAGE, finding("f1", "guarantee.pass"), kind=DocumentKind.WEB))
    book.decide("f1", Verdict.CONFIRMED)
    ours = replace(form, departments=kept)
    given = {d.name: leads for d, leads in divide(ours, book.read(), JULY, undecided=False)}
    assert [lead.reasons for lead in given["人社部门"]] == [(form.departments[0].otherwise,)]


def test_only_confirmed_leads_of_the_period_are_listed_unless_others_are_asked_for(book):
    names = ["sure", "late", "dismissed", "papers", "withdrawn", "open"]
    book.add(result(PAGE, *(finding(name, "guarantee.pass") for name in names)))
    book.decide("sure", Verdict.CONFIRMED)
    book.decide("late", Verdict.CONFIRMED, at="2023-08-01T09:00:00+08:00")
    book.decide("dismissed", Verdict.DISMISSED)
    book.decide("papers", Verdict.NEEDS_PAPERS)
    book.decide("withdrawn", Verdict.CONFIRMED)
    book.decide("withdrawn", Verdict.WITHDRAWN)
    at = column("gd-2022-leads", "线索编号")
    sure = fill_form("gd-2022-leads", book.read())
    assert [row[at] for row in word_rows(sure, 3)] == ["sure"]
    assert not sure.banner
    every = fill_form("gd-2022-leads", book.read(undecided=True), undecided=True)
    assert sorted(row[at] for row in word_rows(every, 3)) == ["open", "sure", "withdrawn"]
    assert "尚未审核" in every.banner
    assert any("2 条线索尚未审核" in remark for remark in every.remarks)
    header = open_word(every).sections[0].header.paragraphs[0].text
    assert "尚未审核" in header
    verdicts = {row[at]: row[column("gd-2022-leads", "审核结论")] for row in word_rows(every, 3)}
    assert verdicts["open"] == verdicts["withdrawn"] == "未审核"
    assert verdicts["sure"] == "确认（审核员甲，2023-07-20）"


def test_what_the_rules_dismissed_is_no_lead_and_what_is_gone_says_so(book):
    weak = replace(finding("weak", "guarantee.pass"), outcome=Outcome.DISMISSED)
    book.add(result(PAGE, weak, finding("gone", "guarantee.keep")))
    book.decide("gone", Verdict.CONFIRMED)
    book.save(replace(letter_case(), fingerprints=("weak",), evidence=()))
    book.add(result(PAGE, finding("new", "guarantee.pass"), kind=DocumentKind.AD))
    filled = fill_form("gd-2022-leads", book.read(undecided=True), undecided=True)
    at, said = column("gd-2022-leads", "线索编号"), column("gd-2022-leads", "审核结论")
    verdicts = {row[at]: row[said] for row in word_rows(filled, 3)}
    assert verdicts == {
        "gone": "确认（审核员甲，2023-07-20）；最近一次检查未再见到",
        "new": "未审核",
    }


# Lists of institutions


def test_lists_have_the_lines_in_force_on_the_last_day():
    listed = [
        Institution("甲", Roll.WHITE, "S1", ("电工", "焊工"), "某省", START, END, "", "某号"),
        Institution("乙", Roll.WHITE, valid_to=date(2023, 7, 30)),
        Institution("丙", Roll.WHITE, valid_from=date(2023, 8, 1)),
        Institution("丁", Roll.BLACK, reason="联系人：张三丰，制售证书"),
    ]
    holdings = mask_holdings(Holdings(institutions=tuple(listed)), LABELS)
    white = fill_form("white-list", holdings)
    for rows in (word_rows(white), sheet_rows(white)):
        assert rows == [
            ["1", "甲", "S1", "某省", "电工、焊工", "2023-07-01 起 至 2023-07-31", "某号"]
        ]
    assert any("未列：乙、丙" in remark for remark in white.remarks)
    black = fill_form("black-list", holdings)
    assert [row[1] for row in sheet_rows(black)] == ["丁"]
    assert word_rows(black)[0][4] == "联系人：张＊＊，制售证书"


# The letter


def letter_case() -> Case:
    return Case(
        "2023-007", "庚中心", Body.SELF_RUN, START, practices=(Practice.COPYCAT,),
        summary="负责人：李小明，电话 13812345678，寄发证书。",
        fingerprints=("f1", "f2"), evidence=(evidence("网页存证.zip", 18_902_117),),
    )  # fmt: skip


@pytest.fixture
def letter(book):
    book.add(result(PAGE, finding("f1", "guarantee.pass"), finding("f2", "guarantee.keep")))
    book.decide("f2", Verdict.DISMISSED)
    book.save(letter_case())
    return book.read()


def text_of(document) -> str:
    return "\n".join(paragraph.text for paragraph in document.paragraphs)


def test_the_letter_is_a_draft_that_proves_nothing_and_lists_what_goes_with_it(letter):
    document = open_word(fill_form("transfer", letter, case="2023-007"))
    text = text_of(document)
    assert "草稿" in document.sections[0].header.paragraphs[0].text
    assert "庚中心涉嫌制售山寨证书" in text
    assert "抄送：＿" in text and "受移送的公安机关：＿" in text
    assert "人社厅函〔2023〕86号）二（一）" in text
    assert "构成犯罪，由司法机关依法认定" in text
    assert "移送机关：某某市人力资源和社会保障局" in text
    files, leads = document.tables[:2]
    assert [cell.text for cell in files.rows[1].cells][1:4] == [
        "网页存证.zip",
        "18902117",
        "ab" * 32,
    ]
    assert len(leads.rows) == 2  # one that a person dismissed is no ground
    row = [cell.text for cell in leads.rows[1].cells]
    assert row[1:5] == ["包过", PAGE, "第 3 行", "广东四部门2022年通知 二（二）"]


def test_what_the_case_lacks_is_a_line_to_fill_in_and_is_named(letter):
    filled = fill_form("transfer", letter, case="2023-007", unit="")
    assert any("所在地区：＿" in line for part in filled.paragraphs for line in part.lines)
    named = {remark.split("”")[0].strip("“") for remark in filled.remarks}
    assert {"所属地区", "机构代码", "线索来源", "检查日期", "移送机关（--unit）"} <= named


def test_personal_data_are_masked_unless_the_user_wants_them(letter):
    shown = text_of(open_word(fill_form("transfer", letter, case="2023-007")))
    assert "李小明" in shown and "13812345678" in shown
    masked = fill_form("transfer", mask_holdings(letter, LABELS), case="2023-007")
    text = text_of(open_word(masked))
    assert "李小明" not in text and "13812345678" not in text
    assert "138****5678" in text


@pytest.mark.parametrize(("number", "said"), [("", "--case"), ("2023-999", "没有案件 2023-999")])
def test_a_letter_wants_a_case(letter, number, said):
    with pytest.raises(UsageError, match=said):
        fill_form("transfer", letter, case=number)


# Hostile texts


HOSTILE = (
    '=HYPERLINK("http://x","点我")',
    "+1+1",
    "@SUM(1)",
    "-2+3",
    "\x00\x1b[31m红",
    "a\u202eb",
    "<b>&",
)


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_texts_stay_texts(text):
    case = Case("=1+1", text, Body.SELF_RUN, START, note=text, handling=text, checked=START)
    holdings = Holdings((case,))
    wanted = "".join("\ufffd" if c in "\x00\x1b\u202e" else c for c in text)
    filled = fill_form("gd-2022-list", holdings)
    assert word_rows(filled)[0][2] == wanted
    for sheet in open_book(filled).worksheets:
        for row in sheet.iter_rows():
            assert all(cell.data_type != "f" for cell in row)
    assert sheet_rows(filled)[0][2] == wanted
    table = fill_form("yq-2023-196-2", holdings)
    assert sheet_rows(table)[2][-1] == f"=1+1：{wanted}"
