"""Cells of tables as offices fill them in: days, headings, and where the header stands."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date, timedelta
from typing import NamedTuple

from detector.registry.rows import Row

HEADER_ROWS = 20  # titles and notes stand above the header, never whole lists
OPEN_END = frozenset({"长期", "长期有效", "永久", "无固定期限", "无", "-", "--", "/", "—"})
_DAY = re.compile(r"(\d{4})\s*[-年./]\s*(\d{1,2})\s*[-月./]\s*(\d{1,2})\s*日?(?:[ T]+[\d:.]+)?")
_MONTH = re.compile(r"(\d{4})\s*[-年./]\s*(\d{1,2})\s*月?")
_DIGITS = re.compile(r"(\d{4})(\d{2})(\d{2})")
# Days since this one are what a table program shows where a date lost its format.
_SERIAL_START, _SERIALS = date(1899, 12, 30), range(30_000, 80_000)


class Fault(NamedTuple):
    """Why a row was kept out: its number, the column as it is headed, what and what to do."""

    row: int
    column: str
    what: str
    sheet: str = ""


class UnreadableError(ValueError):
    """A cell that cannot be read; the message says what to write instead."""


class Header(NamedTuple):
    """The row of headings, and the place of the column of each field."""

    row: Row
    columns: Mapping[str, int]

    def cell(self, row: Row, field: str) -> str:
        """Return what a row holds of a field; empty where it has no such column."""
        at = self.columns.get(field, -1)
        return row.cells[at] if 0 <= at < len(row.cells) else ""

    def heading(self, field: str, otherwise: str) -> str:
        """Return what the column of a field is headed with."""
        return self.row.cells[self.columns[field]] if field in self.columns else otherwise


def find_header(rows: Iterator[Row], names: Mapping[str, Sequence[str]], key: str) -> Header | None:
    """Return the first row that names the column `key`; the rows below it are left in `rows`.

    `names` is, by field, what its column may be called.
    """
    for _, row in zip(range(HEADER_ROWS), rows, strict=False):
        columns = _columns(row, names)
        if key in columns and (len(columns) > 1 or sum(map(bool, row.cells)) == 1):
            return Header(row, columns)
    return None


def as_heading(text: str) -> str:
    """Return a heading so that it compares: no blanks, no marks of what must be filled in."""
    return re.sub(r"[\s*:]", "", unicodedata.normalize("NFKC", text)).lower()


def read_day(text: str, of_month: Callable[[int, int], date] | None = None) -> date | None:
    """Read a day in one of the shapes that lists use; None for none, or for no end.

    `of_month` makes a day of a year and a month. Raises UnreadableError.
    """
    text = unicodedata.normalize("NFKC", text).strip()
    if not text or text in OPEN_END:
        return None
    try:
        if match := _DAY.fullmatch(text) or _DIGITS.fullmatch(text):
            return date(*(int(part) for part in match.groups()))
        if of_month and (match := _MONTH.fullmatch(text)):
            return of_month(int(match[1]), int(match[2]))
        if text.isdecimal() and int(text) in _SERIALS:
            return _SERIAL_START + timedelta(int(text))
    except ValueError:
        pass  # no such day
    raise UnreadableError(f"“{text[:20]}”不是日期，请写成 2024-01-31")


def first_day(year: int, month: int) -> date:
    """Return the first day of a month."""
    return date(year, month, 1)


def last_day(year: int, month: int) -> date:
    """Return the last day of a month."""
    return date(year + month // 12, month % 12 + 1, 1) - timedelta(1)


def _columns(row: Row, names: Mapping[str, Sequence[str]]) -> dict[str, int]:
    """Return the column of each field; of several that fit, the one that it is rather called."""
    headings = [as_heading(cell) for cell in row.cells]
    columns = {}
    for field, called in names.items():
        places = [headings.index(key) for name in called if (key := as_heading(name)) in headings]
        if places:
            columns[field] = places[0]
    return columns
