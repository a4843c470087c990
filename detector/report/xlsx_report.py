"""Report → report.xlsx: an overview, the findings, what was not read, the cited clauses."""

from __future__ import annotations

import io
import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from detector.errors import UsageError
from detector.model import Report
from detector.report.files import write_bytes
from detector.report.formats import PageImages
from detector.report.labels import SEVERITIES
from detector.report.overview import list_clauses, list_notices, list_origins, list_totals
from detector.report.table import Cell, Table, tabulate_findings, tabulate_problems
from detector.report.visible import visible
from detector.report.wording import ANNEX_LEAD, LEAD, TITLE, UNREAD_LEAD, remark, sum_up

if TYPE_CHECKING:
    from openpyxl import Workbook
    from openpyxl.styles import Alignment, PatternFill
    from openpyxl.worksheet._write_only import WriteOnlyWorksheet

FILE_NAME = "report.xlsx"
# What a sheet and a cell hold at most (ECMA-376 gives no limit; these are Excel's own).
MOST_ROWS, LONGEST_CELL = 1_048_576, 32_767
SEVERITY_COLUMN = "程度"
# Pale forms of the colours that the HTML report has for the same severities.
FILLS = {"high": "F9DEDC", "medium": "FCE8CF", "low": "DCEAF7"}
HEADING_FILL = "E7EAEE"
# ECMA-376 part 1, 22.9.2.19: _xHHHH_ in a cell stands for a character; a text that looks like it
# is escaped, or Excel would show other words than were read.
_ESCAPE = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")


def write(report: Report, folder: Path, pages: PageImages) -> list[Path]:
    """Write report.xlsx. Raises UsageError for more findings than a sheet has rows."""
    from openpyxl import Workbook

    tables: dict[str, Table[Any]] = {
        "线索": tabulate_findings(report),
        "未读": tabulate_problems(report),
    }
    _check_lengths(tables)
    book = Workbook(write_only=True)
    book.properties.creator, book.properties.title = report.tool, TITLE
    book.properties.created = datetime.fromisoformat(report.created).replace(tzinfo=None)
    _add_overview(book, report)
    for title, table in tables.items():
        _add_table(book, title, table)
    _add_sheet(book, "条款", (20, 40, 80), _clauses(report))
    data = io.BytesIO()
    book.save(data)
    return [write_bytes(folder / FILE_NAME, data.getvalue())]


def _check_lengths(tables: Mapping[str, Table[Any]]) -> None:
    for title, table in tables.items():
        if len(table.rows) >= MOST_ROWS:
            raise UsageError(
                f"“{title}”有 {len(table.rows)} 行，一张 Excel 表最多容纳 {MOST_ROWS - 1} 行。"
                "请改用 csv 或 jsonl 格式，或用 --clause、--outcome 缩小范围。"
            )


def _add_overview(book: Workbook, report: Report) -> None:
    rows: list[Sequence[Cell]] = [(TITLE,), (LEAD,), (), ("结果", sum_up(report))]
    rows += [("说明", what) for what in remark(report)]
    if report.totals.problems:
        rows.append(("未读", f"{UNREAD_LEAD}（见“未读”表）"))
    rows += [(), *list_totals(report), (), *list_origins(report)]
    rows += [("引用的文件", what) for what in list_notices(report)]
    rows += [(), ("运行设置",), *report.settings]
    _add_sheet(book, "概要", (20, 100), rows)


def _clauses(report: Report) -> Iterable[Sequence[Cell]]:
    yield "条款代号", "条款", "概要"
    yield from list_clauses(report)
    yield "", "", ANNEX_LEAD


def _add_sheet(
    book: Workbook, title: str, widths: Iterable[int], rows: Iterable[Sequence[Cell]]
) -> None:
    sheet = book.create_sheet(title)
    _set_widths(sheet, widths)
    for row in rows:
        sheet.append([_cell(sheet, value, "") for value in row])


def _add_table(book: Workbook, title: str, table: Table[Any]) -> None:
    """Add a sheet with a heading that stays in sight and filters."""
    from openpyxl.utils import get_column_letter

    sheet = book.create_sheet(title)
    # Excel counts widths in Latin letters, of which a Chinese character takes two.
    _set_widths(sheet, (column.width * 2 for column in table.columns))
    sheet.freeze_panes = "A2"
    last = get_column_letter(len(table.columns))
    sheet.auto_filter.ref = f"A1:{last}{len(table.rows) + 1}"
    sheet.append([_cell(sheet, heading, HEADING_FILL) for heading in table.headings()])
    by_severity = {SEVERITIES[severity]: fill for severity, fill in FILLS.items()}
    for row in table.cells():
        pairs = zip(table.columns, row, strict=True)
        fills = [by_severity[str(v)] if c.heading == SEVERITY_COLUMN else "" for c, v in pairs]
        cells = zip(row, fills, strict=True)
        sheet.append([_cell(sheet, value, fill) for value, fill in cells])


def _set_widths(sheet: WriteOnlyWorksheet, widths: Iterable[int]) -> None:
    from openpyxl.utils import get_column_letter

    for number, width in enumerate(widths, start=1):
        sheet.column_dimensions[get_column_letter(number)].width = width


def _cell(sheet: WriteOnlyWorksheet, value: Cell, fill: str) -> object:
    """Return a cell that holds text as text: never a formula, an error or a link."""
    from openpyxl.cell import WriteOnlyCell

    shown = value if isinstance(value, int) else _text(value)
    cell = WriteOnlyCell(sheet, value=shown)
    if isinstance(shown, str):
        cell.data_type = "s"
    cell.alignment = _wrapped()
    if fill:
        cell.fill = _ground(fill)
    return cell


@cache
def _wrapped() -> Alignment:
    from openpyxl.styles import Alignment

    return Alignment(wrap_text=True, vertical="top")


@cache
def _ground(colour: str) -> PatternFill:
    from openpyxl.styles import PatternFill

    return PatternFill("solid", start_color=colour)


def _text(value: str) -> str:
    shown = _ESCAPE.sub("_x005F_", visible(value))
    return shown if len(shown) <= LONGEST_CELL else f"{shown[: LONGEST_CELL - 1]}…"
