"""Cases go into a workbook and come back; what offices write is read, or named with a remedy."""

from __future__ import annotations

import io
from datetime import date, datetime

import openpyxl
import pytest
from case_values import (
    BODY,
    HEAD,
    ROW,
    SCHOOL,
    STEP_HEAD,
    case,
    draw_cases,
    faults,
    fill_in,
    made,
    read,
    step,
)
from hypothesis import HealthCheck, given, settings

from detector.casebook.cases import state_of
from detector.casebook.sheets import read_cases
from detector.casebook.values import Body, Evidence, Practice, Step, StepKind
from detector.casebook.workbook import write_workbook
from detector.errors import UsageError
from detector.registry import rows as tables


@settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(cases=draw_cases())
def test_cases_come_back_from_their_workbook_as_they_went_in(tmp_path, cases):
    path = tmp_path / "cases.xlsx"
    path.write_bytes(write_workbook(cases, {}))
    sheets = read_cases(path)
    assert sheets.faults == ()
    assert [made(draft) for draft in sheets.drafts] == cases
    assert [draft.state for draft in sheets.drafts] == [state_of(one) for one in cases]


@pytest.fixture
def exported():
    """Return the workbook of a case that has everything."""
    whole = case(
        practices=(Practice.COPYCAT, Practice.NO_EXAM),
        verified=True,
        certificates=120,
        note="=1+1",
        steps=(step(StepKind.PENALTY, amount=1_200_050, by="市人社局"),),
        fingerprints=("f1",),
        evidence=(Evidence("照片.jpg", "ab" * 32, 12, "2025-04-01T10:00:00+08:00"),),
    )
    data = write_workbook([whole], {"f1": ("包过", "a.txt", "条款", "疑似违规", "确认")})
    return openpyxl.load_workbook(io.BytesIO(data))


def test_the_workbook_is_what_an_office_works_with(exported):
    shown = [page.title for page in exported if page.sheet_state == "visible"]
    assert shown == ["案件", "措施", "线索", "证据", "填写说明"]
    cases, steps, found = exported["案件"], exported["措施"], exported["线索"]
    by_heading = {head.value: cell for head, cell in zip(*cases.iter_rows(), strict=True)}
    assert by_heading["线索日期"].value == datetime(2025, 3, 1)
    assert by_heading["违规情形"].value == "制售山寨证书、不考试发证"
    assert by_heading["是否查实"].value == "是"
    assert (by_heading["备注"].value, by_heading["备注"].data_type) == ("=1+1", "s")
    assert (steps["E2"].value, steps["E2"].number_format) == (12000.5, "#,##0.00")
    assert [cell.value for cell in found[2]] == [
        "2025-0001", "f1", "包过", "a.txt", "条款", "疑似违规", "确认",
    ]  # fmt: skip
    assert cases.freeze_panes == steps.freeze_panes == "B2"


def test_cells_offer_what_may_stand_in_them(exported):
    offered = {
        str(one.sqref).partition(":")[0]: one
        for page in (exported["案件"], exported["措施"])
        for one in page.data_validations.dataValidation
    }
    assert {one.formula1.strip('"').split(",")[0] for one in offered.values()} == {
        "经人社部门备案的职业资格鉴定机构", "虚假培训骗取补贴", "是", "约谈",
    }  # fmt: skip
    # Table programs take no longer list; of practices a cell may hold several.
    assert all(len(one.formula1) <= 255 for one in offered.values())
    assert [place for place, one in offered.items() if not one.showErrorMessage] == ["E2"]


def test_every_column_is_explained_in_the_guide(exported):
    explained = {(row[0], row[1]) for row in exported["填写说明"].iter_rows(values_only=True)}
    for title, width in (("案件", 15), ("措施", 7), ("线索", 2), ("证据", 6)):
        headings = [cell.value for cell in exported[title][1]][:width]
        assert {(title, heading) for heading in headings} <= explained


def test_a_table_is_read_as_offices_keep_it(tmp_path):
    sheets = read(
        tmp_path,
        {
            "说明": [["2025年案件情况"]],
            "台账": [
                ["某某市人社局案件台账"],
                [],
                ["序号", "*发现日期", "单位名称", "案 号", "类型", "经办人", "查实", "证书数",
                 "问题类型"],
                [1, datetime(2025, 3, 1), SCHOOL, "２０２５－０００７", "技能等级认定机构", "某",
                 "属实", "1,200本", "制售山寨证书，不考试发证"],
                [None, "", None, ""],
                [2, "2025年3月2日", "乙", 20250008, "自行开展", "某", "", 3.0, None],
            ],
        },
    )  # fmt: skip
    assert sheets.faults == ()
    one, other = map(made, sheets.drafts)
    assert (one.number, one.institution, one.body) == ("2025-0007", SCHOOL, Body.SKILL_LEVEL)
    assert (one.opened, one.verified, one.certificates) == (date(2025, 3, 1), True, 1200)
    assert one.practices == (Practice.COPYCAT, Practice.NO_EXAM)
    assert (other.number, other.opened, other.body) == ("20250008", date(2025, 3, 2), Body.SELF_RUN)
    assert (other.verified, other.certificates) == (None, 3)


@pytest.mark.parametrize(
    ("written", "fen"),
    [
        (12000, 1_200_000),
        (0.1 + 0.2, 30),
        ("12,000.00", 1_200_000),
        ("1.2万", 1_200_000),
        ("3000元", 300_000),
        ("￥３，０００．５０元整", 300_050),
        ("人民币 2 亿元", 20_000_000_000),
        ("", 0),
        ("无", 0),
    ],
)
def test_a_sum_is_read_in_the_usual_ways(tmp_path, written, fen):
    sheets = read(
        tmp_path,
        {
            "案件": [HEAD, ROW],
            "措施": [STEP_HEAD, ["甲-1", "追回补贴", "20250401", written, "3人"]],
        },
    )
    (draft,) = sheets.drafts
    assert draft.values["steps"] == (
        Step(StepKind.SUBSIDY_RECOVERED, date(2025, 4, 1), amount=fen, persons=3),
    )


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("约三千", "不是金额"),
        ("1,2000", "不是金额"),
        (-5, "不是金额"),
        ("3000-5000元", "不是金额"),
        (0.005, "不到一分"),
        ("9" * 5000, "过大"),
        (1e300, "过大"),
        ("=A1", "公式没有结果"),
        ("#REF!", "公式没有结果"),
    ],
)
def test_a_sum_that_cannot_be_read_keeps_the_whole_case_out(tmp_path, written, said):
    sheets = read(
        tmp_path,
        {
            "案件": [HEAD, ROW, ["甲-2", *ROW[1:]]],
            "措施": [
                STEP_HEAD,
                ["甲-2", "约谈", "2025-04-01"],
                ["甲-1", "约谈", "2025-04-01", written],
            ],
        },
    )
    assert [draft.number for draft in sheets.drafts] == ["甲-2"]
    assert faults(sheets) == [("措施", 3, "金额（元）")]
    assert said in sheets.faults[0].what and "案件 甲-1 整案没有导入" in sheets.faults[0].what


@pytest.mark.parametrize(
    ("place", "written", "column", "said"),
    [
        (1, "", "机构名称", "没有填写"),
        (2, "", "机构类型", "没有填写"),
        (2, "培训", "机构类型", "可写：“补贴性培训项目”“承担补贴性培训任务的机构”"),
        (3, "", "线索日期", "没有填写"),
        (3, "2025-02-30", "线索日期", "不是日期"),
        (3, "2025年3月", "线索日期", "不是日期"),
        (3, "1025-03-01", "线索日期", "年份"),
        (4, "大概", "是否查实", "“是”“否”"),
        (5, "9" * 12, "证书数", "过大"),
        (5, "1.5", "证书数", "不是整数"),
        (6, "x" * 40_000, "备注", "请缩短"),
        (0, "案" * 61, "案件编号", "编号超过"),
    ],
)
def test_a_row_that_cannot_be_read_is_named_and_the_others_come_in(
    tmp_path, place, written, column, said
):
    bad = [*ROW, "", "", ""]
    bad[place] = written
    head = [*HEAD, "是否查实", "证书数", "备注"]
    # Openpyxl itself cuts long cells; a CSV does not.
    path = tmp_path / "cases.csv"
    rows = [head, bad, ["甲-9", *ROW[1:], "", "", ""]]
    path.write_text("\n".join(",".join(row) for row in rows), encoding="utf-8")
    sheets = read_cases(path)
    assert [draft.number for draft in sheets.drafts] == ["甲-9"]
    assert faults(sheets) == [("案件", 2, column)]
    assert said in sheets.faults[0].what


def test_a_step_whose_number_was_merged_away_keeps_the_case_above_out(tmp_path):
    path = fill_in(
        tmp_path / "cases.xlsx",
        {
            "案件": [HEAD, ROW, ["甲-2", *ROW[1:]]],
            "措施": [
                STEP_HEAD,
                ["甲-1", "约谈", "2025-04-01"],
                [None, "限期整改", "2025-05-01"],
                ["甲-2", "约谈", "2025-04-01"],
            ],
        },
    )
    book = openpyxl.load_workbook(path)
    book["措施"].merge_cells("A2:A3")
    book.save(path)
    sheets = read_cases(path)
    assert [draft.number for draft in sheets.drafts] == ["甲-2"]
    assert faults(sheets) == [("措施", 3, "案件编号")]
    assert "合并的单元格" in sheets.faults[0].what


def test_rows_that_contradict_each_other_are_kept_out(tmp_path):
    digest = "ab" * 32
    evidence = ["案件编号", "文件名", "SHA-256", "大小", "加入时间"]
    sheets = read(
        tmp_path,
        {
            "案件": [HEAD, ROW, ROW, ["甲-2", *ROW[1:]], ["甲-3", *ROW[1:]]],
            "措施": [STEP_HEAD, ["甲-7", "约谈", "2025-04-01"]],
            "证据": [
                evidence,
                ["甲-2", "a.jpg", digest, 1, "2025-04-01"],
                ["甲-2", "b.jpg", digest.upper(), 1, "2025-04-01"],
            ],
        },
    )
    assert [draft.number for draft in sheets.drafts] == ["甲-3"]
    assert faults(sheets) == [
        ("案件", 3, "案件编号"),
        ("措施", 2, "案件编号"),
        ("证据", 3, "案件编号"),
    ]


def test_a_formula_counts_by_its_value_and_one_without_a_value_is_named(tmp_path):
    path = fill_in(tmp_path / "cases.xlsx", {"案件": [[*HEAD, "备注"], [*ROW, '="甲"&"乙"']]})
    sheets = read_cases(path)
    assert faults(sheets) == [("案件", 2, "备注")]
    assert "打开并保存" in sheets.faults[0].what


def test_a_csv_of_cases_alone_is_read_in_the_usual_encodings(tmp_path):
    path = tmp_path / "cases.csv"
    for encoding in ("utf-8-sig", "gb18030"):
        path.write_bytes(f"{','.join(HEAD)}\n{','.join(ROW)}\n".encode(encoding))
        (draft,) = read_cases(path).drafts
        assert (draft.number, draft.values["body"]) == ("甲-1", Body.SELF_RUN)
        assert "steps" not in draft.values  # nothing is said of them: they stay


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "没有内容"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "另存为 .xlsx"),
        (b"PK\x03\x04broken", "不是完好的 XLSX"),
        ("甲,乙\n1,2\n".encode(), "没有名为“案件”的工作表"),
    ],
)
def test_what_holds_no_cases_is_refused_with_a_remedy(tmp_path, data, said):
    path = tmp_path / "cases.xlsx"
    path.write_bytes(data)
    with pytest.raises(UsageError, match=said):
        read_cases(path)


@pytest.mark.parametrize(
    ("sheets", "said"),
    [
        ({"名单": [["机构", "电话"], ["甲", "1"]], "空": []}, "机构类型、线索日期"),
        ({"案件": [HEAD, ROW], "措施": [["案件编号", "措施"], ["甲-1", "约谈"]]}, "“日期”"),
        ({"案件": [["没有表头"]]}, "“案件”"),
    ],
)
def test_wrong_sheets_are_refused_with_what_they_lack(tmp_path, sheets, said):
    with pytest.raises(UsageError, match=said):
        read(tmp_path, sheets)


def test_a_workbook_that_unpacks_without_end_is_refused(tmp_path, monkeypatch):
    path = fill_in(tmp_path / "cases.xlsx", {"案件": [HEAD, [*ROW[:1], "长" * 30_000, *ROW[2:]]]})
    monkeypatch.setattr(tables, "LARGEST", 30_000)
    with pytest.raises(UsageError, match="过大"):
        read_cases(path)


def test_a_text_that_no_cell_holds_stops_the_export():
    with pytest.raises(UsageError, match="2025-0001"):
        write_workbook([case(summary="长" * 40_000)], {})


def test_the_body_is_one_of_the_rows_of_the_tables(tmp_path):
    (draft,) = read(tmp_path, {"案件": [HEAD, [*ROW[:2], BODY, ROW[3]]]}).drafts
    assert draft.values["body"] is Body.SELF_RUN
