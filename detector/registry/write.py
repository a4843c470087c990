"""Institutions → a table that offices open and that can be imported again: CSV or XLSX."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterable, Mapping
from functools import partial
from pathlib import Path
from typing import Any

from detector.errors import UsageError
from detector.model import Institution
from detector.registry.columns import COLUMNS, ROLLS
from detector.registry.rows import needs_guard

BYTE_ORDER_MARK = "\ufeff"  # without it Excel takes a CSV for GBK
_ROLL_NAMES = {roll: name for name, roll in reversed(ROLLS.items())}
_CELLS: Mapping[str, Callable[[Institution], Any]] = {
    "name": lambda one: one.name,
    "roll": lambda one: _ROLL_NAMES[one.roll],
    "body": lambda one: one.body,
    "code": lambda one: one.code,
    "occupations": lambda one: "、".join(one.occupations),
    "province": lambda one: one.province,
    "valid_from": lambda one: one.valid_from,
    "valid_to": lambda one: one.valid_to,
    "reason": lambda one: one.reason,
    "document": lambda one: one.document,
}
HEADINGS = tuple(COLUMNS[field][0] for field in _CELLS)


def write_listing(file: Path, listed: Iterable[Institution]) -> None:
    """Write a list; the file's extension says which kind of table.

    Raises UsageError for another extension, and where the file cannot be written.
    """
    rows = [[make(one) for make in _CELLS.values()] for one in listed]
    writers: dict[str, Callable[[list[list[Any]]], bytes]]
    writers = {".csv": partial(as_csv, HEADINGS), ".xlsx": _as_xlsx}
    if file.suffix.lower() not in writers:
        raise UsageError(f"不能写出 {file.suffix or file.name}。请用 .csv 或 .xlsx 作扩展名。")
    unfinished = file.with_name(file.name + ".tmp")
    try:
        unfinished.write_bytes(writers[file.suffix.lower()](rows))
        unfinished.replace(file)
    except OSError as error:
        raise UsageError(f"{file} 无法写入（{error.strerror}）。请检查目录和权限。") from error


def as_csv(headings: Iterable[str], rows: Iterable[Iterable[Any]]) -> bytes:
    """Return a table as CSV: as Excel takes it for text, and `read_rows` reads it back."""
    text = io.StringIO(newline="")
    writer = csv.writer(text)
    writer.writerow(headings)
    writer.writerows([_guarded(cell) for cell in row] for row in rows)
    return (BYTE_ORDER_MARK + text.getvalue()).encode()


def _guarded(cell: Any) -> str:
    text = "" if cell is None else str(cell)
    return f"'{text}" if needs_guard(text) else text


def _as_xlsx(rows: Iterable[Iterable[Any]]) -> bytes:
    import openpyxl
    from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
    from openpyxl.styles import Font

    book = openpyxl.Workbook()
    sheet = book.active
    sheet.append(HEADINGS)
    for number, row in enumerate(rows, start=2):
        for column, value in enumerate(row, start=1):
            cell = sheet.cell(number, column)
            if isinstance(value, str):
                cell.value = ILLEGAL_CHARACTERS_RE.sub("", value)
                cell.data_type = "s"  # never a formula
            else:
                cell.value = value
    for cell in sheet[1]:
        cell.font = Font(bold=True)
    sheet.freeze_panes = "B2"
    data = io.BytesIO()
    book.save(data)
    return data.getvalue()
