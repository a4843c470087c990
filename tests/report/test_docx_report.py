"""report.docx: a paper on A4 that tells first what was not read, with pictures of the places."""

from __future__ import annotations

import pytest
from docx import Document
from docx.oxml.ns import qn
from docx.shared import Mm
from report_values import full_report, lost_pages, pages, report_of, result

from detector.report import docx_report, write_report


@pytest.fixture
def paper(tmp_path):
    return write(full_report(), tmp_path)


def write(report, folder, images=pages):
    (path,) = write_report(report, folder, ["docx"], images)
    return Document(str(path))


def headings(paper):
    return [p.text for p in paper.paragraphs if p.style.name.startswith("Heading")]


def finding_table(paper, number):
    heads = [(table.rows[0].cells[0].text, table) for table in paper.tables]
    return next(table for head, table in heads if head == f"线索 {number}")


def fields(table):
    return {row.cells[0].text: row.cells[1].text for row in table.rows}


def test_the_page_is_a4_with_numbers_at_its_foot(paper):
    section = paper.sections[0]
    assert (round(section.page_width.mm), round(section.page_height.mm)) == (210, 297)
    fields = [f.get(qn("w:instr")) for f in section.footer._element.iter(qn("w:fldSimple"))]
    assert fields == ["PAGE", "NUMPAGES"]
    assert "规则集 sha256:0123456789abcdef" in section.header.paragraphs[0].text


def test_chinese_has_a_type_of_its_own(paper):
    faces = {}
    for name in ("Normal", "Title", "Heading 1"):
        fonts = paper.styles[name].element.rPr.rFonts
        faces[name] = fonts.get(qn("w:eastAsia"))
        assert not [key for key in fonts.attrib if key.endswith("eastAsiaTheme")]
    assert faces == {"Normal": "仿宋", "Title": "宋体", "Heading 1": "黑体"}


def test_what_was_not_read_stands_before_the_findings(paper):
    assert [text[:2] for text in headings(paper)] == [
        "一、",
        "二、",
        "三、",
        "材料",
        "材料",
        "四、",
        "附　",
    ]
    table = next(t for t in paper.tables if t.rows[0].cells[0].text == "材料")
    assert [cell.text for cell in table.rows[1].cells][:3] == ["坏/截断.jpg", "整份", "文件损坏"]


def test_a_finding_has_its_place_basis_reasons_and_what_to_check(paper):
    table = finding_table(paper, 1)
    assert table.rows[0].cells[1].text == "“包过”　疑似违规（程度高）"
    said = fields(table)
    assert said["位置"] == "第 1 段 · 1 行 4 列"
    assert said["依据"].splitlines() == [
        "广东四部门2022年通知 二（二） 虚假宣传",
        "人社部函〔2022〕25号 一（二） 虚假或夸大宣传",
    ]
    assert said["理由"] == "加重：句子以机构自己的口气承诺"
    assert said["须核实"].startswith("疑似承诺通过考试")


def test_the_surface_is_bold_and_in_the_colour_of_its_severity(paper):
    runs = finding_table(paper, 1).rows[1].cells[1].paragraphs[0].runs
    assert [(run.text, str(run.font.color.rgb)) for run in runs if run.bold] == [("包过", "B3261E")]


def test_findings_with_boxes_have_a_picture_that_fits_the_page(paper):
    assert [shape.width <= Mm(129) for shape in paper.inline_shapes] == [True, True]
    assert "原件" in fields(finding_table(paper, 4))
    assert "原件" not in fields(finding_table(paper, 1))


def test_pictures_that_cannot_be_drawn_are_told(tmp_path):
    paper = write(full_report(), tmp_path, lost_pages)
    assert len(paper.inline_shapes) == 0
    assert any("证据图片无法生成（文件已不在原处）" in p.text for p in paper.paragraphs)


def test_pictures_beyond_the_budget_are_told(tmp_path, monkeypatch):
    monkeypatch.setattr(docx_report, "PICTURE_BUDGET", 1)
    paper = write(full_report(), tmp_path)
    assert len(paper.inline_shapes) == 1
    assert any("其余未放入本文件" in p.text for p in paper.paragraphs)


def test_a_report_without_findings_does_not_speak_of_compliance(tmp_path):
    paper = write(report_of(result("a.txt")), tmp_path)
    text = "\n".join(p.text for p in paper.paragraphs)
    assert "按现有规则未发现疑似违规表述（不等于合规）。" in text
    assert "没有线索，因而没有引用条款。" in text
