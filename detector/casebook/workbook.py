"""Cases → an XLSX workbook that offices edit, and that `sheets` reads back."""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from detector.casebook.cases import state_of
from detector.casebook.cells import LONGEST_TEXT, tidy
from detector.casebook.columns import (
    CASES,
    CONTEXT,
    EVIDENCE,
    FINDINGS,
    NUMBER,
    PARTS,
    STATES,
    STEPS_SHEET,
    TEXT,
    Column,
    Sheet,
)
from detector.casebook.values import Case, Evidence, Step
from detector.errors import UsageError

if TYPE_CHECKING:
    from openpyxl import Workbook
    from openpyxl.cell import Cell
    from openpyxl.worksheet.worksheet import Worksheet

GUIDE = "填写说明"
LAST_LISTED_ROW = 5_000  # so far down cells offer their lists
CONTEXT_WIDTH = 24
_HEAD_COLOUR = "FFDDE7F3"
_GUIDE_HEAD = ("工作表", "栏目", "也可写作", "填写说明")
_NOTES = (
    "各栏可以调换次序，也可以另加栏目；另加的栏目不会读入。标题可以写在表头之上。",
    "新增案件：在“案件”中另起一行。案件编号可以空着，由程序编号；要写措施或证据的，请自己编号。",
    "“措施”“线索”“证据”各行用案件编号与案件对应；删去一行，就是从案件中去掉这一项。",
    "从“案件”中删去一行，不会删除案卷库中的案件。",
    "导入：shanzhai case edit 文件名.xlsx。有问题的案件不导入，逐行列出原因。",
    "导出之后案件若被别人改动，再导入时不予覆盖，请重新导出后修改。",
)


def write_workbook(cases: Iterable[Case], context: Mapping[str, Sequence[str]]) -> bytes:
    """Return the workbook of some cases; `context` says by fingerprint what findings are.

    Raises UsageError where a text is longer than a cell holds.
    """
    import openpyxl

    cases = tuple(cases)
    book = openpyxl.Workbook()
    book.remove(book.active)
    _fill(book, CASES, (_line(CASES, case.number, case) for case in cases))
    _fill(book, STEPS_SHEET, _parts(STEPS_SHEET, cases, "steps"))
    _fill(book, FINDINGS, _findings(cases, context), CONTEXT)
    _fill(book, EVIDENCE, _parts(EVIDENCE, cases, "evidence"))
    _explain(book.create_sheet(GUIDE))
    states = [_Line({NUMBER: case.number, "state": state_of(case)}) for case in cases]
    _fill(book, STATES, states).sheet_state = "hidden"
    written = io.BytesIO()
    book.save(written)
    return written.getvalue()


class _Line(NamedTuple):
    """A row: what it holds by field, and what stands behind it to be read only."""

    values: Mapping[str, Any]
    context: Sequence[str] = ()


def _line(sheet: Sheet, number: str, one: Case | Step | Evidence) -> _Line:
    fields = [column.field for column in sheet.columns if column.field != NUMBER]
    return _Line({NUMBER: number, **{field: getattr(one, field) for field in fields}})


def _parts(sheet: Sheet, cases: Iterable[Case], field: str) -> Iterator[_Line]:
    for case in cases:
        yield from (_line(sheet, case.number, part) for part in getattr(case, field))


def _findings(cases: Iterable[Case], context: Mapping[str, Sequence[str]]) -> Iterator[_Line]:
    for case in cases:
        for one in case.fingerprints:
            yield _Line({NUMBER: case.number, "fingerprint": one}, context.get(one, ()))


def _fill(
    book: Workbook, sheet: Sheet, lines: Iterable[_Line], more: Sequence[str] = ()
) -> Worksheet:
    page = book.create_sheet(sheet.title)
    _set_up(page, sheet.columns, more)
    for at, line in enumerate(lines, 2):
        for place, column in enumerate(sheet.columns, 1):
            value = column.show(line.values[column.field])
            _put(page.cell(at, place), value, column.format, line.values[NUMBER])
        for place, text in enumerate(line.context, len(sheet.columns) + 1):
            _put(page.cell(at, place), text[:LONGEST_TEXT], TEXT, line.values[NUMBER])
    return page


def _put(cell: Cell, value: Any, format: str, number: str) -> None:
    from openpyxl.styles import Alignment

    if isinstance(value, str):
        value = tidy(value)
        if len(value) > LONGEST_TEXT:
            raise UsageError(f"案件 {number} 有一栏超过 {LONGEST_TEXT} 字，表格放不下。请先缩短。")
    if value in (None, ""):
        return
    cell.value = value
    if isinstance(value, str):
        cell.data_type = "s"  # a text that begins as a formula does is none
    cell.number_format = format
    cell.alignment = Alignment(wrap_text=True, vertical="top")


def _set_up(page: Worksheet, columns: Sequence[Column], more: Sequence[str]) -> None:
    """Write the header, and set widths, formats and lists for the rows below it."""
    from openpyxl.styles import Alignment, Font, PatternFill
    from openpyxl.utils import get_column_letter

    widths = [column.width for column in columns] + [CONTEXT_WIDTH] * len(more)
    formats = [column.format for column in columns] + [TEXT] * len(more)
    headings = [column.heading for column in columns] + list(more)
    for at, (heading, width, format) in enumerate(zip(headings, widths, formats, strict=True), 1):
        cell = page.cell(1, at, heading)
        cell.font = Font(bold=True)
        cell.fill = PatternFill("solid", fgColor=_HEAD_COLOUR)
        cell.alignment = Alignment(wrap_text=True, vertical="center")
        page.column_dimensions[get_column_letter(at)].width = width
        page.column_dimensions[get_column_letter(at)].number_format = format
    page.freeze_panes = "B2"
    page.print_title_rows = "1:1"
    _set_up_print(page)
    for at, column in enumerate(columns, 1):
        if column.choices:
            _offer(page, column, get_column_letter(at))


def _set_up_print(page: Worksheet) -> None:
    """Let all columns fit the width of a sheet of paper."""
    page.page_setup.orientation = "landscape"
    page.page_setup.fitToHeight = 0
    page.sheet_properties.pageSetUpPr.fitToPage = True


def _offer(page: Worksheet, column: Column, letter: str) -> None:
    """Let the cells of a column offer their choices as a list."""
    from openpyxl.worksheet.datavalidation import DataValidation

    listed = DataValidation(
        type="list",
        formula1=f'"{",".join(column.choices)}"',
        allow_blank=True,
        showErrorMessage=not column.several,
        errorTitle=column.heading,
        error="请从列表中选择。",
    )
    listed.add(f"{letter}2:{letter}{LAST_LISTED_ROW}")
    page.add_data_validation(listed)


def _explain(page: Worksheet) -> None:
    """Say what each column holds, from the same table that the reader uses."""
    from openpyxl.styles import Alignment, Font

    _set_up_print(page)
    for note in _NOTES:
        page.append([note])
    page.append([])
    page.append(list(_GUIDE_HEAD))
    head = page.max_row
    for sheet in (CASES, *PARTS):
        for column in sheet.columns:
            others = "、".join(column.names[1:])
            hint = f"必填。{column.hint}" if column.needed else column.hint
            page.append([sheet.title, column.heading, others, hint])
    for cell in page[head]:
        cell.font = Font(bold=True)
    for letter, width in zip("ABCD", (10, 16, 40, 80), strict=True):
        page.column_dimensions[letter].width = width
    for row in page.iter_rows(min_row=head + 1):
        for cell in row:
            cell.alignment = Alignment(wrap_text=True, vertical="top")
