"""A filled form as a Word document: the form as the notice lays it out, then what it rests on.

What is for the one who checks it begins on a page of its own, so that it can be left out of what
is sent.
"""

from __future__ import annotations

import io
from collections.abc import Iterable, Sequence
from typing import Any

from docx import Document
from docx.enum.section import WD_ORIENT
from docx.enum.table import WD_CELL_VERTICAL_ALIGNMENT, WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_BREAK
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt

from detector.forms.drilldown import HEADINGS, WIDTHS, list_counted, list_facts
from detector.forms.filled import FilledForm, Section, Value, shown

APPENDIX = "填表说明和明细（供核对，不随表报送）"
SHORT, LONG = Mm(210), Mm(297)  # A4
MARGIN = Mm(18)
HEAD_HEIGHT = Mm(9)
# Rows of a table leave room for the hand; those of a list are as high as their text.
ROW_HEIGHT, LIST_ROW_HEIGHT = Mm(20), Mm(8)
PADDING = Pt(2)  # above and below the text of a cell
TITLE, HEADING, TEXT, BLACK = "方正小标宋简体", "宋体", "仿宋", "黑体"
CENTRE, LEFT = WD_ALIGN_PARAGRAPH.CENTER, WD_ALIGN_PARAGRAPH.LEFT
SMALL = 9  # points, of what is for checking
LETTER_SIZE, TABLE_SIZE = 14, 11
SIZES = ((12, 8), (9, 9), (0, TABLE_SIZE))  # points of a table, by its columns at least


def render(form: FilledForm) -> bytes:
    """Return the document: landscape for tables, portrait for letters."""
    document = Document()
    width = _set_page(document, portrait=bool(form.paragraphs))
    _write_top(document, form)
    for paragraph in form.paragraphs:
        _write_paragraph(document, paragraph.heading, paragraph.lines)
    for at, section in enumerate(form.sections):
        if section.title:
            _write_section_title(document, section, new_page=bool(at) != bool(form.paragraphs))
        if section.heads:
            _write_section(document, section, width)
    for note in form.footnotes:
        _write(document, note, TEXT, TABLE_SIZE)
    _write_appendix(document, form, width)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def _set_page(document: Any, *, portrait: bool) -> int:
    """Set the page up; return the width between the margins."""
    page = document.sections[0]
    page.orientation = WD_ORIENT.PORTRAIT if portrait else WD_ORIENT.LANDSCAPE
    page.page_width, page.page_height = (SHORT, LONG) if portrait else (LONG, SHORT)
    page.left_margin = page.right_margin = page.top_margin = page.bottom_margin = MARGIN
    return int(page.page_width - 2 * MARGIN)


def _write_top(document: Any, form: FilledForm) -> None:
    if form.banner:
        document.sections[0].header.paragraphs[0].alignment = CENTRE
        _add_run(document.sections[0].header.paragraphs[0], form.banner, BLACK, TABLE_SIZE)
    if form.annex:
        _write(document, form.annex, BLACK, 14)
    _write(document, form.title, TITLE, 20, CENTRE, bold=True)
    if form.subtitle:
        _write(document, form.subtitle, HEADING, 14, CENTRE)
    if form.filler:
        _write(document, form.filler, TEXT, 12)


def _write_paragraph(document: Any, heading: str, lines: Iterable[str]) -> None:
    if heading:
        _write(document, heading, BLACK, LETTER_SIZE)
    for line in lines:
        written = _write(document, line, TEXT, LETTER_SIZE)
        written.paragraph_format.first_line_indent = Pt(2 * LETTER_SIZE)
        written.paragraph_format.line_spacing = Pt(26)
        written.paragraph_format.space_after = Pt(0)


def _write_section_title(document: Any, section: Section, *, new_page: bool) -> None:
    written = _write(document, section.title, BLACK, 14)
    written.paragraph_format.page_break_before = new_page
    written.paragraph_format.keep_with_next = True
    if section.note:
        noted = _write(document, section.note, TEXT, TABLE_SIZE)
        noted.paragraph_format.keep_with_next = True


def _write_section(document: Any, section: Section, width: int) -> None:
    table = _add_table(document, section.head_rows + len(section.rows), section.widths, width)
    size = next(points for columns, points in SIZES if len(section.widths) >= columns)
    for head in section.heads:
        cell = table.cell(head.row, head.column)
        if head.rows > 1 or head.columns > 1:
            last = table.cell(head.row + head.rows - 1, head.column + head.columns - 1)
            cell = cell.merge(last)
        _fill(cell, head.text, HEADING, size, CENTRE, bold=True)
    for row in table.rows[: section.head_rows]:
        row.height = HEAD_HEIGHT
        row._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))
    alignments = [LEFT if wordy else CENTRE for wordy in section.wordy]
    height = ROW_HEIGHT if section.roomy else LIST_ROW_HEIGHT
    for row, cells in zip(table.rows[section.head_rows :], section.rows, strict=True):
        row.height = height
        for place, one, alignment in zip(row.cells, cells, alignments, strict=True):
            _fill(place, shown(one.value), TEXT, size, alignment)


def _write_appendix(document: Any, form: FilledForm, width: int) -> None:
    heading = _write(document, "", BLACK, 14)
    heading.add_run().add_break(WD_BREAK.PAGE)
    _add_run(heading, APPENDIX, BLACK, 14)
    _write_rows(document, ("项目", "内容"), (3, 8), list(list_facts(form)), width)
    if counted := list(list_counted(form)):
        _write(document, "明细", BLACK, 12)
        _write_rows(document, HEADINGS, WIDTHS, counted, width)


def _write_rows(
    document: Any,
    headings: Sequence[str],
    widths: Sequence[int],
    rows: Sequence[Sequence[Value]],
    width: int,
) -> None:
    table = _add_table(document, 1 + len(rows), widths, width)
    for cell, heading in zip(table.rows[0].cells, headings, strict=True):
        _fill(cell, heading, HEADING, SMALL, CENTRE, bold=True)
    table.rows[0]._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))
    for row, texts in zip(table.rows[1:], rows, strict=True):
        for cell, value in zip(row.cells, texts, strict=True):
            _fill(cell, shown(value), TEXT, SMALL, LEFT)


def _add_table(document: Any, rows: int, widths: Sequence[int], width: int) -> Any:
    table = document.add_table(rows, len(widths), style="Table Grid")
    table.alignment, table.autofit = WD_TABLE_ALIGNMENT.CENTER, False
    for column, part in zip(table.columns, widths, strict=True):
        column.width = width * part // sum(widths)
    for row in table.rows:
        row._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))
        for cell, part in zip(row.cells, widths, strict=True):
            cell.width = width * part // sum(widths)
    return table


def _fill(
    cell: Any, text: str, font: str, size: float, alignment: Any, *, bold: bool = False
) -> None:
    cell.vertical_alignment = WD_CELL_VERTICAL_ALIGNMENT.CENTER
    paragraph = cell.paragraphs[0]
    _set(paragraph, alignment)
    paragraph.paragraph_format.space_before = paragraph.paragraph_format.space_after = PADDING
    _add_run(paragraph, text, font, size, bold=bold)


def _write(
    document: Any, text: str, font: str, size: float, alignment: Any = LEFT, *, bold: bool = False
) -> Any:
    paragraph = document.add_paragraph()
    _set(paragraph, alignment)
    paragraph.paragraph_format.space_after = Pt(4)
    _add_run(paragraph, text, font, size, bold=bold)
    return paragraph


def _set(paragraph: Any, alignment: Any) -> None:
    paragraph.alignment = alignment
    paragraph.paragraph_format.space_after = Pt(0)
    paragraph.paragraph_format.line_spacing = 1.0


def _add_run(paragraph: Any, text: str, font: str, size: float, *, bold: bool = False) -> None:
    run = paragraph.add_run(shown(text))
    run.font.size, run.font.name, run.bold = Pt(size), font, bold
    run._element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), font)
