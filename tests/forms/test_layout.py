"""The forms look as the notices have them: their words, their headings' spans, one A4 page."""

from __future__ import annotations

import re
import unicodedata

import pytest
from docx.enum.section import WD_ORIENT
from form_values import FORMS, ROOT, TABLES, fill_form
from reopened import open_book, open_word

from detector.forms.grid import lay_out_heads
from detector.forms.holdings import Holdings

EMPTY = Holdings(())
TEXTS = {
    "CN-2023-86": "000_*.txt",
    "JS-2023-64": "000_*.txt",
    "YQ-2023-196": "001_*.txt",
    "GD-2022": "003_*.txt",
}
# The cells of the headings as the notices have them: text, rows, columns. 项目 goes over the number
# and the name of each row.
HEADS = {
    "cn-2023-86-1": [
        ("项目", 2, 2), ("移送涉嫌犯罪案件（件）", 1, 4), ("未予立案或立案后撤销的案件", 1, 2),
        ("其他需要说明的情况", 2, 1), ("立案（件）", 1, 1), ("破案（件）", 1, 1),
        ("追回补贴资金（元）", 1, 1), ("追究法律责任（人）", 1, 1), ("处理情况", 1, 1),
        ("追回补贴资金（元）", 1, 1),
    ],
    "cn-2023-86-2": [
        ("项目", 2, 2), ("移送涉嫌犯罪案件（件）", 1, 5), ("未予立案或立案后撤销的案件", 1, 2),
        ("其他需要说明的情况", 2, 1), ("立案（件）", 1, 1), ("破案（件）", 1, 1),
        ("涉及证书（本）", 1, 1), ("没收违法所得（元）", 1, 1), ("追究法律责任（人）", 1, 1),
        ("处理情况", 1, 1), ("追回补贴资金（元）", 1, 1),
    ],
    "yq-2023-196-1": [
        ("项目", 3, 2), ("排查总量（个）", 1, 4), ("处理情况", 1, 2), ("其他需要说明情况", 3, 1),
        ("", 2, 1), ("已核实（个）", 1, 3), ("移出目录（个）", 2, 1), ("追回补贴资金（元）", 2, 1),
        ("低效无效（个）", 1, 1), ("造假骗补冒领（个）", 1, 1), ("违规转包（个）", 1, 1),
    ],
    "yq-2023-196-2": [
        ("项目", 3, 2), ("排查总量（个）", 1, 5), ("处理情况", 1, 2), ("其他需要说明情况", 3, 1),
        ("", 2, 1), ("已核实（个）", 1, 4), ("涉及证书（本）", 2, 1), ("追回补贴资金（元）", 2, 1),
        ("编造材料虚假发证（个）", 1, 1), ("不考试发证（个）", 1, 1), ("制售山寨证书（个）", 1, 1),
        ("内外勾结倒卖证书（个）", 1, 1),
    ],
}  # fmt: skip
HEADS["js-2023-64-2"], HEADS["js-2023-64-3"] = HEADS["cn-2023-86-1"], HEADS["cn-2023-86-2"]


def plain(text: str) -> str:
    """Leave out what OCR and typing do differently: blanks, width, quotes of marks."""
    return re.sub(r"[\s\\_*#—－]+", "", unicodedata.normalize("NFKC", text))


def notice_text(name: str) -> str:
    (path,) = (ROOT / "tests" / "notices_text").glob(TEXTS[FORMS[name].notice])
    return plain(path.read_text(encoding="utf-8"))


@pytest.mark.parametrize("name", TABLES)
def test_title_rows_headings_and_note_are_in_the_words_of_the_notice(name):
    form, text = FORMS[name], notice_text(name)
    # The contact of 2023 is left to be filled in.
    notes = [part for note in form.footnotes for part in re.split("＿+", note)]
    words = [form.title, form.subtitle, form.annex, *notes, form.filler.before]
    words += [row.label for row in form.rows]
    words += [part for column in form.columns for part in column.heading]
    words.append(form.filler.after)
    assert [word for word in words if plain(word) not in text] == []


@pytest.mark.parametrize("name", TABLES)
def test_the_headings_span_what_they_span_in_the_notice(name):
    heads = fill_form(name, EMPTY).sections[0].heads
    assert [(head.text, head.rows, head.columns) for head in heads] == HEADS[name]


@pytest.mark.parametrize("name", TABLES)
def test_word_and_workbook_merge_what_the_headings_span(name):
    filled = fill_form(name, EMPTY)
    wanted = sorted(
        (head.rows, head.columns)
        for head in filled.sections[0].heads
        if head.rows + head.columns > 2
    )
    sheet = open_book(filled).worksheets[0]
    first = int(sheet.print_title_rows.replace("$", "").split(":")[0])
    last = first + filled.sections[0].head_rows - 1
    merged = sorted(
        (one.max_row - one.min_row + 1, one.max_col - one.min_col + 1)
        for one in sheet.merged_cells.ranges
        if first <= one.min_row <= last
    )
    assert merged == wanted
    table = open_word(filled).tables[0]
    for head in filled.sections[0].heads:
        corner = table.cell(head.row, head.column)._tc
        far = table.cell(head.row + head.rows - 1, head.column + head.columns - 1)._tc
        assert corner is far and corner.grid_span == head.columns


def test_the_headings_of_a_long_list_are_on_every_page():
    filled = fill_form("gd-2022-list", EMPTY)
    heads = [row._tr.xpath("./w:trPr/w:tblHeader") for row in open_word(filled).tables[0].rows]
    assert all(heads)
    assert open_book(filled).worksheets[0].print_title_rows


@pytest.mark.parametrize("name", [n for n, form in FORMS.items() if form.kind != "letter"])
def test_a_form_is_set_on_a4_across(name):
    filled = fill_form(name, EMPTY)
    for sheet in open_book(filled).worksheets:
        setup = sheet.page_setup
        assert (setup.orientation, int(setup.paperSize)) == ("landscape", 9)
        assert sheet.print_area and setup.fitToWidth == 1
    page = open_word(filled).sections[0]
    assert page.orientation == WD_ORIENT.LANDSCAPE
    assert (round(page.page_width.mm), round(page.page_height.mm)) == (297, 210)


def test_the_unit_is_completed_and_left_blank_where_nobody_says_it():
    def filler(name: str, unit: str) -> str:
        return fill_form(name, EMPTY, unit=unit).filler

    assert filler("yq-2023-196-1", "某某区") == "填报单位（盖章）：某某区人力资源和社会保障局"
    whole = "某某市人力资源和社会保障局"
    assert filler("cn-2023-86-1", whole) == f"填报单位（盖章）：{whole}"
    assert filler("js-2023-64-2", "").endswith("＿人力资源和社会保障局")


def test_headings_of_unlike_depth_fill_their_columns():
    heads = lay_out_heads([("A",), ("B", "C"), ("B", "D", "E"), ("B", "D", "F"), ("G",), ("G",)])
    area = sum(head.rows * head.columns for head in heads)
    assert area == 3 * 6
    assert {head.text for head in heads} == set("ABCDEFG")


@pytest.mark.parametrize("name", ["gd-2022-list", "gd-2022-leads", "black-list", "white-list"])
def test_a_form_whose_columns_are_ours_says_so(name):
    notes = "".join(FORMS[name].footnotes)
    assert "系自拟" in notes or "系依通知" in notes


def test_what_the_departments_do_is_quoted_from_the_notice():
    text = notice_text("gd-2022-leads")
    for department in FORMS["gd-2022-leads"].departments:
        assert plain(department.wording).rstrip("。") in text
