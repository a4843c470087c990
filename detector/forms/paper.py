"""A Word document under way: paragraphs and tables in few named styles."""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from docx import Document
from docx.enum.section import WD_ORIENT
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.table import WD_CELL_VERTICAL_ALIGNMENT, WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Emu, Mm, Pt
from docx.table import _Cell

from detector.forms.filled import Value, shown

SHORT, LONG = Mm(210), Mm(297)  # A4
MARGIN = Mm(18)


class Face(StrEnum):
    """The typefaces of official papers."""

    TITLE = "方正小标宋简体"
    HEADING = "宋体"
    TEXT = "仿宋"
    BLACK = "黑体"


@dataclass(frozen=True, slots=True)
class Look:
    """How a paragraph looks; sizes and distances are points. One look is one style."""

    face: Face
    size: float
    centred: bool = False
    bold: bool = False
    above: float = 0
    below: float = 4
    indent: float = 0
    line: float = 0

    @property
    def name(self) -> str:
        """Return what the style is called in the document."""
        place, weight = "中" if self.centred else "左", "粗" if self.bold else "细"
        distances = (self.above, self.below, self.indent, self.line)
        return f"{self.face} {self.size:g} {place}{weight} {'-'.join(f'{d:g}' for d in distances)}"


@dataclass(slots=True)
class Paper:
    """A document, the width between its margins, and the styles that it has so far."""

    document: Any
    width: int
    styles: dict[Look, str] = field(default_factory=dict)

    def write(self, text: str, look: Look) -> Any:
        """Add a paragraph."""
        return self.set(self.document.add_paragraph(), text, look)

    def set(self, paragraph: Any, text: str, look: Look) -> Any:
        """Put a text into an empty paragraph."""
        paragraph._p.style = self._style(look)
        if text:
            paragraph.add_run(shown(text))
        return paragraph

    def fill(self, cell: Any, value: Value, look: Look) -> None:
        """Put a value into an empty cell."""
        cell.vertical_alignment = WD_CELL_VERTICAL_ALIGNMENT.CENTER
        self.set(cell.paragraphs[0], shown(value), look)

    def fill_row(self, row: Any, values: Sequence[Value], looks: Sequence[Look]) -> None:
        """Fill a row of which no cell is merged."""
        for cell, value, look in zip(_cells(row), values, looks, strict=True):
            self.fill(cell, value, look)

    def add_table(self, rows: int, parts: Sequence[int]) -> Any:
        """Add a table over the whole width, its columns by their parts of it."""
        table = self.document.add_table(rows, len(parts), style="Table Grid")
        table.alignment, table.autofit = WD_TABLE_ALIGNMENT.CENTER, False
        widths = [Emu(self.width * part // sum(parts)) for part in parts]
        for column, width in zip(table.columns, widths, strict=True):
            column.width = width
        for row in table.rows:
            mark(row, "w:cantSplit")
            for cell, width in zip(_cells(row), widths, strict=True):
                cell.width = width
        return table

    def save(self) -> bytes:
        """Return the document as a file."""
        out = io.BytesIO()
        self.document.save(out)
        return out.getvalue()

    def _style(self, look: Look) -> str:
        if look not in self.styles:
            self.styles[look] = _add_style(self.document, look)
        return self.styles[look]


def new_paper(*, portrait: bool) -> Paper:
    """Return an empty A4 document."""
    document = Document()
    page = document.sections[0]
    page.orientation = WD_ORIENT.PORTRAIT if portrait else WD_ORIENT.LANDSCAPE
    page.page_width, page.page_height = (SHORT, LONG) if portrait else (LONG, SHORT)
    page.left_margin = page.right_margin = page.top_margin = page.bottom_margin = MARGIN
    return Paper(document, int(page.page_width - 2 * MARGIN))


def mark(row: Any, name: str) -> None:
    """Set a property of a row: `w:cantSplit` keeps it on a page, `w:tblHeader` repeats it."""
    row._tr.get_or_add_trPr().append(OxmlElement(name))


def _cells(row: Any) -> list[_Cell]:
    """Return the cells of a row in which none is merged; `row.cells` looks for merged ones."""
    return [_Cell(tc, row.table) for tc in row._tr.tc_lst]


def _add_style(document: Any, look: Look) -> str:
    style = document.styles.add_style(look.name, WD_STYLE_TYPE.PARAGRAPH)
    style.font.name, style.font.size, style.font.bold = look.face.value, Pt(look.size), look.bold
    # Word takes the font of Chinese from an attribute of its own.
    style.element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), look.face.value)
    shape = style.paragraph_format
    shape.alignment = WD_ALIGN_PARAGRAPH.CENTER if look.centred else WD_ALIGN_PARAGRAPH.LEFT
    shape.space_before, shape.space_after = Pt(look.above), Pt(look.below)
    shape.line_spacing = Pt(look.line) if look.line else 1.0
    shape.first_line_indent = Pt(look.indent)
    return str(style.style_id)
