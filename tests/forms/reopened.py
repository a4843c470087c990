"""Forms opened again as a reader of the files sees them."""

from __future__ import annotations

import io

import docx as python_docx
import openpyxl
from openpyxl.worksheet.worksheet import Worksheet

from detector.forms import docx, xlsx
from detector.forms.filled import FilledForm


def open_word(form: FilledForm):
    return python_docx.Document(io.BytesIO(docx.render(form)))


def open_book(form: FilledForm) -> openpyxl.Workbook:
    return openpyxl.load_workbook(io.BytesIO(xlsx.render(form)))


def word_rows(form: FilledForm, at: int = 0) -> list[list[str]]:
    """Return the texts of a section's rows below its headings, from the Word document."""
    table = open_word(form).tables[at]
    heads = form.sections[at].head_rows
    return [[cell.text for cell in row.cells] for row in table.rows[heads:]]


def sheet_rows(form: FilledForm, at: int = 0) -> list[list[str]]:
    """Return the same from the workbook, as a spreadsheet shows them."""
    sheet = open_book(form).worksheets[at]
    first = _first_row(sheet, form)
    count = len(form.sections[at].rows)
    columns = len(form.sections[at].widths)
    return [
        [_shown(sheet.cell(row, column)) for column in range(1, columns + 1)]
        for row in range(first, first + count)
    ]


def headings_of(sheet: Worksheet) -> list[str]:
    return [
        str(cell.value).replace("\n", "")
        for row in sheet.iter_rows()
        for cell in row
        if cell.font.b and cell.value and cell.font.sz == 11
    ]


def _first_row(sheet: Worksheet, form: FilledForm) -> int:
    title_rows = sheet.print_title_rows.replace("$", "")
    return int(title_rows.split(":")[1]) + 1


def _shown(cell) -> str:
    if cell.value is None:
        return ""
    if cell.number_format == "0.00":
        return f"{cell.value:.2f}"
    if isinstance(cell.value, int | float):
        assert cell.value == int(cell.value)
        return str(int(cell.value))
    return cell.value
