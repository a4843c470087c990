"""report.csv, unread.csv and report.xlsx: as spreadsheets open them, and safe to open."""

from __future__ import annotations

import csv
import io
import zipfile
from dataclasses import replace

import pytest
from hostile_values import HOSTILE, hostile_report
from openpyxl import load_workbook
from report_values import finding, full_report, no_pages, report_of, result

from detector.errors import UsageError
from detector.model import Problem
from detector.report import write_report, xlsx_report
from detector.report.visible import visible


def write(report, folder, name):
    return write_report(report, folder, [name], no_pages)


def rows_of(path):
    text = path.read_bytes().decode("utf-8-sig")
    return list(csv.reader(io.StringIO(text, newline="")))


def findings_of(report, folder):
    """Return the findings of report.csv as dicts under their headings."""
    path, _ = write(report, folder, "csv")
    head, *rows = rows_of(path)
    return [dict(zip(head, row, strict=True)) for row in rows]


def sheet_of(report, folder, name):
    (path,) = write(report, folder, "xlsx")
    return load_workbook(path)[name]


def test_excel_knows_the_encoding_and_the_ends_of_lines(tmp_path):
    for path in write(full_report(), tmp_path, "csv"):
        data = path.read_bytes()
        assert data.startswith(b"\xef\xbb\xbf")
        assert data.endswith(b"\r\n")
        assert data.decode("utf-8-sig").splitlines()[0].startswith(("编号,结论", "材料编号,材料"))


def test_programs_get_the_same_without_the_mark(tmp_path):
    with_mark = [path.read_bytes() for path in write(full_report(), tmp_path, "csv")]
    without = [path.read_bytes() for path in write(full_report(), tmp_path, "csv-no-bom")]
    assert with_mark == [b"\xef\xbb\xbf" + data for data in without]


def test_a_row_says_of_a_finding_what_the_report_does(tmp_path):
    row = findings_of(full_report(), tmp_path)[4]
    assert (row["编号"], row["结论"], row["程度"], row["变形"]) == (
        "5",
        "疑似违规",
        "高",
        "夹有零宽字符",
    )
    assert (row["用语"], row["原文"]) == ("包过", "包[U+200B]过")
    assert (row["材料编号"], row["材料"], row["页"]) == ("2", "扫描/证书.png", "2")
    assert (row["段"], row["行"], row["列"]) == ("1", "2", "8")
    assert row["依据"] == "人社部函〔2022〕25号 一（二） 虚假或夸大宣传"
    assert row["条款代号"] == "CN-2022-25#一（二）"
    assert row["理由"] == "加重：句子以机构自己的口气承诺"


@pytest.mark.parametrize("sign", ["=", "+", "-", "@", "\t", "＝", "＋", "－", "＠"])
def test_no_cell_of_a_csv_is_a_formula(sign, tmp_path):
    said = f"{sign}SUM(A1)"
    report = report_of(result(said, finding(said, said), problems=(Problem("truncated", said),)))
    (row,) = findings_of(report, tmp_path)
    assert row["材料"] == row["用语"] == row["原文"] == f"'{said}"
    (unread,) = rows_of(tmp_path / "unread.csv")[1:]
    assert unread[1] == unread[4] == f"'{said}"


def test_hostile_words_stay_in_their_cells(tmp_path):
    rows = findings_of(hostile_report(), tmp_path)
    terms = [row["用语"].removeprefix("'") for row in rows]
    assert terms == [visible(text) for text in HOSTILE]


def test_a_workbook_holds_the_same_cells_as_text(tmp_path):
    report = hostile_report()
    sheet = sheet_of(report, tmp_path, "线索")
    head, *rows = sheet.values
    for row, expected in zip(rows, findings_of(report, tmp_path), strict=True):
        for heading, cell in zip(head, row, strict=True):
            text = "" if cell is None else str(cell).replace("_x005F_", "_")
            whole = expected[heading].removeprefix("'")
            assert text == whole or (len(whole) > len(text) and text.endswith("…"))


def test_nothing_in_a_workbook_is_a_formula_an_error_or_a_link(tmp_path):
    (path,) = write(hostile_report(), tmp_path, "xlsx")
    kinds = {cell.data_type for sheet in load_workbook(path) for row in sheet.rows for cell in row}
    assert kinds <= {"s", "inlineStr", "n"}
    with zipfile.ZipFile(path) as archive:
        inside = b"".join(archive.read(name) for name in archive.namelist())
    assert not any(word in inside for word in (b"<f>", b"<hyperlink", b"externalLink"))


def test_words_that_excel_would_read_as_a_character_are_escaped(tmp_path):
    sheet = sheet_of(report_of(result("a.txt", finding("_x003D_1", "_x003D_1"))), tmp_path, "线索")
    assert sheet["G2"].value == "_x005F_x003D_1"


def test_the_list_of_findings_filters_and_keeps_its_heading_in_sight(tmp_path):
    sheet = sheet_of(full_report(), tmp_path, "线索")
    assert sheet.freeze_panes == "A2"
    assert sheet.auto_filter.ref == sheet.dimensions
    assert sheet.row_dimensions[2].height is None  # grows with what is wrapped in it
    assert all(cell.alignment.wrap_text for cell in sheet[2])
    assert {sheet[f"C{row}"].fill.start_color.rgb[2:] for row in (2, 3, 5)} == {
        "F9DEDC",
        "FCE8CF",
        "DCEAF7",
    }


def test_the_overview_counts_and_says_what_was_made_with(tmp_path):
    cells = [row[:2] for row in sheet_of(full_report(), tmp_path, "概要").values]
    totals = full_report().totals
    assert ("疑似违规（处）", totals.report) in cells
    assert ("未能读取（份）", totals.unread) in cells
    assert ("规则集", "sha256:0123456789abcdef") in cells
    assert ("as_of", "2026-11-24") in cells
    assert any(name == "引用的文件" and "25号" in what for name, what in cells)


def test_cited_clauses_stand_with_their_words(tmp_path):
    rows = list(sheet_of(full_report(), tmp_path, "条款").values)
    assert ("GD-2022#二（二）", "广东四部门2022年通知 二（二） 虚假宣传") in [r[:2] for r in rows]
    assert "虚假宣传的概要" in rows[3][2]


def test_more_findings_than_a_sheet_holds_are_refused_with_a_way_out(tmp_path, monkeypatch):
    monkeypatch.setattr(xlsx_report, "MOST_ROWS", 5)
    with pytest.raises(UsageError, match="csv 或 jsonl"):
        write(full_report(), tmp_path, "xlsx")


def test_a_list_cut_short_says_so_beside_what_was_not_read(tmp_path):
    whole = full_report()
    part = replace(whole, results=whole.results[:1])
    _, unread = write(part, tmp_path, "csv")
    assert rows_of(unread)[1][3:5] == [
        "未列出",
        "本报告只列出 1 份材料；总计是全部 4 份的。",
    ]
