"""A filled form as a Word document: the form as the notice lays it out, then what it rests on.

What is for the one who checks it begins on a page of its own, so that it can be left out of what
is sent.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from docx.enum.text import WD_BREAK
from docx.shared import Length, Mm

from detector.forms.drilldown import HEADINGS, WIDTHS, list_counted, list_facts
from detector.forms.filled import FilledForm, Paragraph, Section, Value, at_left
from detector.forms.paper import Face, Look, Paper, mark, new_paper

APPENDIX = "填表说明和明细（供核对，不随表报送）"
HEAD_HEIGHT = Mm(9)
# Rows of a table leave room for the hand; those of a list are as high as their text.
ROW_HEIGHT, LIST_ROW_HEIGHT = Mm(20), Mm(8)
# Points of a table's texts, by the millimetres that its columns have on the average at least.
SIZES = ((36, 12), (25, 10.5), (22, 9), (0, 8))
SMALL = 9  # points, of what is for checking
MOST_COUNTED = 500  # lines of what was counted; a workbook has all of them

ANNEX = SECTION = Look(Face.BLACK, 14)
BANNER = Look(Face.BLACK, 12, centred=True)
TITLE = Look(Face.TITLE, 20, centred=True, bold=True)
SUBTITLE = Look(Face.HEADING, 14, centred=True)
FILLER = Look(Face.TEXT, 12)
NOTE = Look(Face.TEXT, 11)
PART = Look(Face.BLACK, 14)
LINE = Look(Face.TEXT, 14, below=0, indent=28, line=26)
CELL = Look(Face.TEXT, 11, above=2, below=2)
HEAD = Look(Face.HEADING, 11, centred=True, bold=True, above=2, below=2)


def render(form: FilledForm) -> bytes:
    """Return the document: landscape for tables, portrait for letters."""
    paper = new_paper(portrait=bool(form.paragraphs))
    _write_top(paper, form)
    for paragraph in form.paragraphs:
        _write_paragraph(paper, paragraph)
    for at, section in enumerate(form.sections):
        # Each department's leads are sent by themselves, attachments follow their letter.
        _write_section(paper, section, new_page=bool(at) != bool(form.paragraphs))
    for note in form.footnotes:
        paper.write(note, NOTE)
    _write_appendix(paper, form)
    return paper.save()


def _write_top(paper: Paper, form: FilledForm) -> None:
    if form.banner:
        paper.set(paper.document.sections[0].header.paragraphs[0], form.banner, BANNER)
    for text, look in (
        (form.annex, ANNEX),
        (form.title, TITLE),
        (form.subtitle, SUBTITLE),
        (form.filler, FILLER),
    ):
        if text:
            paper.write(text, look)


def _write_paragraph(paper: Paper, paragraph: Paragraph) -> None:
    if paragraph.heading:
        paper.write(paragraph.heading, PART)
    for line in paragraph.lines:
        paper.write(line, LINE)


def _write_section(paper: Paper, section: Section, *, new_page: bool) -> None:
    if section.title:
        title = paper.write(section.title, SECTION)
        title.paragraph_format.page_break_before = new_page
        title.paragraph_format.keep_with_next = True
    if section.note:
        paper.write(section.note, NOTE).paragraph_format.keep_with_next = True
    if section.heads:
        _write_table(paper, section)


def _write_table(paper: Paper, section: Section) -> None:
    room = Length(paper.width // len(section.widths)).mm
    size = next(points for least, points in SIZES if room >= least)
    table = paper.add_table(section.head_rows + len(section.rows), section.widths)
    rows = list(table.rows)
    sides = {left: replace(CELL, size=size, centred=not left) for left in (True, False)}
    wordy = section.wordy
    for row, cells in zip(rows[section.head_rows :], section.rows, strict=True):
        row.height = ROW_HEIGHT if section.roomy else LIST_ROW_HEIGHT
        looks = [sides[at_left(one, wordy=long)] for one, long in zip(cells, wordy, strict=True)]
        paper.fill_row(row, [cell.value for cell in cells], looks)
    for row in rows[: section.head_rows]:
        row.height = HEAD_HEIGHT
        mark(row, "w:tblHeader")
    for head in section.heads:
        first = table.cell(head.row, head.column)
        last = table.cell(head.row + head.rows - 1, head.column + head.columns - 1)
        paper.fill(first.merge(last), head.text, replace(HEAD, size=size))


def _write_appendix(paper: Paper, form: FilledForm) -> None:
    heading = paper.write("", SECTION)
    heading.add_run().add_break(WD_BREAK.PAGE)
    heading.add_run(APPENDIX)
    _write_rows(paper, ("项目", "内容"), (3, 8), list(list_facts(form)))
    counted = list(list_counted(form))
    if counted:
        paper.write("明细", SECTION)
        _write_rows(paper, HEADINGS, WIDTHS, counted[:MOST_COUNTED])
    if len(counted) > MOST_COUNTED:
        rest = len(counted) - MOST_COUNTED
        paper.write(f"其余 {rest} 行见同一张表的 XLSX，工作表“明细”。", NOTE)


def _write_rows(
    paper: Paper,
    headings: Sequence[str],
    widths: Sequence[int],
    rows: Sequence[Sequence[Value]],
) -> None:
    table = paper.add_table(1 + len(rows), widths)
    first, *others = table.rows
    paper.fill_row(first, headings, [replace(HEAD, size=SMALL)] * len(headings))
    mark(first, "w:tblHeader")
    for row, values in zip(others, rows, strict=True):
        paper.fill_row(row, values, [replace(CELL, size=SMALL)] * len(headings))
