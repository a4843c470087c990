"""The looks of papers in Word: A4, Chinese type, page numbers, tables that do not break apart."""

from __future__ import annotations

from typing import Any

from docx import Document
from docx.document import Document as Paper
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor
from docx.table import Table
from docx.text.paragraph import Paragraph

# Page and type of official papers (GB/T 9704—2012, 5.1, 5.2), with smaller body text: tables.
PAGE = (Mm(210), Mm(297))
MARGINS = {"top": Mm(37), "bottom": Mm(35), "left": Mm(28), "right": Mm(26)}
BODY, HEADING, TITLE_TYPE, LATIN = "仿宋", "黑体", "宋体", "Times New Roman"
# Styles of the library's own template, with type and size in points.
STYLES = {
    "Normal": (BODY, 12),
    "Title": (TITLE_TYPE, 22),
    "Heading 1": (HEADING, 16),
    "Heading 2": (HEADING, 14),
    "Heading 3": (HEADING, 12),
    "Header": (BODY, 9),
    "Footer": (BODY, 9),
    "List Bullet": (BODY, 12),
}
TABLE_SIZE = Pt(10.5)
SHADE = "E7EAEE"


def open_paper(header: str) -> Paper:
    """Return an empty paper on A4 with a header, and page numbers at its foot."""
    paper = Document()
    for name, (face, size) in STYLES.items():
        _set_type(paper.styles[name], face, size)
    _speak_chinese(paper)
    section = paper.sections[0]
    section.page_width, section.page_height = PAGE
    for side, width in MARGINS.items():
        setattr(section, f"{side}_margin", width)
    section.header.paragraphs[0].text = header
    _number_pages(section.footer.paragraphs[0])
    return paper


def add_table(paper: Paper, widths: tuple[int, ...]) -> Table:
    """Add a table with a grid and columns of fixed widths in millimetres."""
    table: Table = paper.add_table(rows=0, cols=len(widths), style="Table Grid")
    table.autofit = False
    for column, width in zip(table.columns, widths, strict=True):
        column.width = Mm(width)
    return table


def add_row(table: Table, *texts: str, heading: bool = False) -> list[Paragraph]:
    """Add a row that stays on one page; returns its cells' paragraphs. A heading is repeated."""
    row = table.add_row()  # type: ignore[no-untyped-call]
    _mark_row(row, "w:cantSplit")
    if heading:
        _mark_row(row, "w:tblHeader")
    paragraphs = []
    for cell, text in zip(row.cells, texts, strict=True):
        paragraphs.append(cell.paragraphs[0])
        add_text(cell.paragraphs[0], text, bold=heading)
        if heading:
            _shade(cell)
    return paragraphs


def add_text(paragraph: Paragraph, text: str, *, bold: bool = False, colour: str = "") -> None:
    """Add words in a table's size; `colour` is six hexadecimal digits."""
    paragraph.paragraph_format.space_after = Pt(0)
    run = paragraph.add_run(text)
    run.font.size, run.bold = TABLE_SIZE, bold
    if colour:
        run.font.color.rgb = RGBColor.from_string(colour)


def _shade(cell: Any) -> None:
    """Give a cell the grey ground of headings."""
    ground = OxmlElement("w:shd")
    ground.set(qn("w:val"), "clear")
    ground.set(qn("w:fill"), SHADE)
    cell._tc.get_or_add_tcPr().append(ground)


def _set_type(style: Any, face: str, size: float) -> None:
    style.font.name, style.font.size = LATIN, Pt(size)
    style.font.color.rgb = RGBColor(0, 0, 0)
    fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
    for name in list(fonts.attrib):
        if name.endswith("Theme"):  # the theme's type would win over the one that is named
            del fonts.attrib[name]
    fonts.set(qn("w:eastAsia"), face)


def _speak_chinese(paper: Paper) -> None:
    for language in paper.styles.element.iter(qn("w:lang")):
        language.set(qn("w:eastAsia"), "zh-CN")


def _number_pages(paragraph: Paragraph) -> None:
    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    for words, field in (("第 ", "PAGE"), (" 页 共 ", "NUMPAGES")):
        paragraph.add_run(words)
        element = OxmlElement("w:fldSimple")
        element.set(qn("w:instr"), field)
        paragraph._p.append(element)
    paragraph.add_run(" 页")


def _mark_row(row: Any, name: str) -> None:
    row._tr.get_or_add_trPr().append(OxmlElement(name))
