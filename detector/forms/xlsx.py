"""A filled form as a workbook: the form as the notice lays it out, what was counted, and how."""

from __future__ import annotations

import io
from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import Any

from openpyxl import Workbook
from openpyxl.cell import Cell as SheetCell
from openpyxl.styles import Alignment, Border, Font, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from detector.forms.drilldown import HEADINGS, WIDTHS, list_counted, list_facts
from detector.forms.filled import FilledForm, Section, Value, at_left, is_whole, shown

FORM, COUNTED, NOTES = "表", "明细", "说明"
A4 = 9
PAGE_CHARACTERS = 126  # of 11 points that a landscape A4 page holds between its margins
LINE_HEIGHT = 17  # points
# Points of a row: a table leaves room for the hand, a list does not.
TABLE_HEIGHT, LIST_HEIGHT, HEAD_HEIGHT = 60, 24, 28
TALLEST = 400  # points; the format allows 409
LONGEST = 32_767  # characters of a cell
TITLE = Font(name="方正小标宋简体", size=20, bold=True)
SUBTITLE = Font(name="宋体", size=14)
ANNEX = Font(name="黑体", size=14)
FILLER = Font(name="仿宋", size=12)
HEAD = Font(name="宋体", size=11, bold=True)
TEXT = Font(name="仿宋", size=11)
_SIDE = Side(style="thin")
GRID = Border(left=_SIDE, right=_SIDE, top=_SIDE, bottom=_SIDE)
MIDDLE = Alignment(horizontal="center", vertical="center", wrap_text=True)
LEFT = Alignment(horizontal="left", vertical="center", wrap_text=True)
INDENTED = Alignment(horizontal="left", vertical="center", wrap_text=True, indent=1)
TOP = Alignment(horizontal="left", vertical="top", wrap_text=True)


def render(form: FilledForm) -> bytes:
    """Return the workbook: a sheet for each section, 明细 and 说明."""
    book = Workbook()
    book.remove(book.active)
    for section in form.sections:
        _write_form(book.create_sheet(section.title or FORM), form, section)
    _write_list(book.create_sheet(COUNTED), HEADINGS, WIDTHS, list_counted(form))
    _write_list(book.create_sheet(NOTES), ("项目", "内容"), (40, 100), list_facts(form))
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _write_form(sheet: Worksheet, form: FilledForm, section: Section) -> None:
    widths = [width * PAGE_CHARACTERS / sum(section.widths) for width in section.widths]
    for at, width in enumerate(widths, 1):
        sheet.column_dimensions[get_column_letter(at)].width = width
    row = _write_top(sheet, form, section)
    first = row
    row = _write_heads(sheet, section, row, widths)
    wordy = section.wordy
    for cells in section.rows:
        least = TABLE_HEIGHT if section.roomy else LIST_HEIGHT
        alignments = [
            INDENTED if at_left(one, wordy=long) else MIDDLE
            for one, long in zip(cells, wordy, strict=True)
        ]
        _write_row(sheet, row, [cell.value for cell in cells], widths, alignments, least)
        row += 1
    for note in form.footnotes:
        _write_line(sheet, row, note, section, TEXT, LEFT, sum(widths))
        row += 1
    _set_page(sheet, row - 1, len(widths))
    sheet.print_title_rows = f"{first}:{first + section.head_rows - 1}"


def _write_top(sheet: Worksheet, form: FilledForm, section: Section) -> int:
    """Write what stands above the table; return the row below it."""
    lines = (
        (form.annex, ANNEX, LEFT),
        (form.banner, ANNEX, LEFT),
        (form.title, TITLE, MIDDLE),
        (form.subtitle, SUBTITLE, MIDDLE),
        (form.filler, FILLER, LEFT),
        (section.title and f"{section.title}：{section.note}", FILLER, LEFT),
    )
    row = 1
    for text, font, alignment in lines:
        if text:
            _write_line(sheet, row, text, section, font, alignment, PAGE_CHARACTERS)
            row += 1
    return row


def _write_line(
    sheet: Worksheet,
    row: int,
    text: str,
    section: Section,
    font: Font,
    alignment: Alignment,
    width: float,
) -> None:
    """Write a text over the whole width of the table."""
    sheet.merge_cells(start_row=row, end_row=row, start_column=1, end_column=len(section.widths))
    _put(sheet.cell(row, 1), text, font, alignment)
    size = font.size or LINE_HEIGHT
    lines = _lines(text, width * TEXT.size / size)
    sheet.row_dimensions[row].height = lines * size * 1.5 + 4


def _write_heads(sheet: Worksheet, section: Section, top: int, widths: Sequence[float]) -> int:
    for row in range(section.head_rows):
        for column in range(len(widths)):
            sheet.cell(top + row, column + 1).border = GRID
    for head in section.heads:
        row, column = top + head.row, head.column + 1
        width = sum(widths[head.column : head.column + head.columns])
        text = _broken(head.text, width)
        _put(sheet.cell(row, column), text, HEAD, MIDDLE)
        _heighten(sheet, row, _lines(text, width) / head.rows, HEAD_HEIGHT)
        if head.rows > 1 or head.columns > 1:
            sheet.merge_cells(
                start_row=row,
                end_row=row + head.rows - 1,
                start_column=column,
                end_column=column + head.columns - 1,
            )
    return top + section.head_rows


def _broken(text: str, width: float) -> str:
    """Break a heading before its unit where it is wider than its column but for that."""
    words, bracket, unit = text.partition("（")
    fits = _lines(words, width) == 1 < _lines(text, width)
    return f"{words}\n{bracket}{unit}" if bracket and fits else text


def _write_row(
    sheet: Worksheet,
    row: int,
    values: Sequence[Value],
    widths: Sequence[float],
    alignments: Sequence[Alignment],
    least: int,
) -> None:
    for at, value in enumerate(values):
        cell = sheet.cell(row, at + 1)
        _put(cell, value, TEXT, alignments[at])
        cell.border = GRID
        _heighten(sheet, row, _lines(shown(value), widths[at] - 1), least)


def _heighten(sheet: Worksheet, row: int, lines: float, least: int) -> None:
    """Make a row as high as so many lines of text need, and no lower than it is."""
    dimension = sheet.row_dimensions[row]
    height = max(least, dimension.height or 0, lines * LINE_HEIGHT + 6)
    dimension.height = min(TALLEST, height)


def _write_list(
    sheet: Worksheet,
    headings: Sequence[str],
    widths: Sequence[int],
    rows: Iterable[Sequence[Value]],
) -> None:
    for at, (heading, width) in enumerate(zip(headings, widths, strict=True), 1):
        sheet.column_dimensions[get_column_letter(at)].width = width
        _put(sheet.cell(1, at), heading, HEAD, MIDDLE)
        sheet.cell(1, at).border = GRID
    last = 1
    for last, row in enumerate(rows, 2):
        _write_row(sheet, last, row, widths, [TOP] * len(row), LINE_HEIGHT)
    sheet.freeze_panes = "A2"
    _set_page(sheet, last, len(headings))
    sheet.print_title_rows = "1:1"


def _put(cell: SheetCell, value: Value, font: Font, alignment: Alignment) -> None:
    """Put a value in a cell: a number as a number, a text as a text, whatever it begins with."""
    cell.font, cell.alignment = font, alignment
    if isinstance(value, int | Decimal):
        cell.value = value
        cell.number_format = "0" if isinstance(value, int) or is_whole(value) else "0.00"
    elif value:
        cell.value = shown(value)[:LONGEST]
        cell.data_type = "s"
        cell.quotePrefix = True


def _lines(text: str, width: float) -> int:
    """Return how many lines a text takes in a column of a width in characters."""
    columns = [sum(1 if ord(c) < 0x2E80 else 2 for c in line) for line in text.split("\n")]
    return sum(max(1, -(-int(count * 1.1) // max(1, int(width)))) for count in columns)


def _set_page(sheet: Any, rows: int, columns: int) -> None:
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.paperSize = A4
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    sheet.print_options.horizontalCentered = True
    sheet.print_area = f"A1:{get_column_letter(columns)}{rows}"
