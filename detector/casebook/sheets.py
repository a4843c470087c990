"""A workbook of cases, or a CSV of them, as offices edit it → drafts of cases.

A case whose row cannot be read is kept out, and so is one of whose steps, findings or evidence a
row cannot be read: no half case comes in.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple

from detector.casebook.columns import (
    CASES,
    EVIDENCE,
    FINDINGS,
    NUMBER,
    STATES,
    STEPS_SHEET,
    Column,
    Sheet,
)
from detector.casebook.values import Evidence, Step
from detector.errors import UsageError
from detector.registry.cells import (
    HEADER_ROWS,
    Fault,
    Header,
    UnreadableError,
    as_heading,
    find_header,
)
from detector.registry.rows import Row, read_sheets

_MISSING = "没有填写，请补上（合并的单元格须拆开填满），或删去此行"


@dataclass(frozen=True, slots=True)
class Draft:
    """A case as a table has it: by field, what its columns hold.

    `number` is empty where the office leaves it to the book. `state` is that of the case which
    was exported, empty where no export made the table. Steps, findings and evidence are there
    where the table has a sheet of them.
    """

    number: str
    row: int
    values: Mapping[str, Any]
    state: str = ""


@dataclass(frozen=True, slots=True)
class Sheets:
    """The drafts of a table, all numbers that it names, and the rows that were kept out."""

    drafts: tuple[Draft, ...]
    numbers: frozenset[str]
    faults: tuple[Fault, ...]


class _Record(NamedTuple):
    """A row that was read, and the number of its case."""

    number: str
    row: int
    values: Mapping[str, Any]


class _Page(NamedTuple):
    """A sheet that was read: its rows, the faults of others, and the cases that these spoil."""

    sheet: Sheet
    records: list[_Record]
    faults: list[Fault]
    spoiled: set[str]


class _Part(NamedTuple):
    """A sheet with parts of cases: which field of a case they are, and what makes one."""

    sheet: Sheet
    field: str
    make: Callable[..., Any]


_PARTS = (
    _Part(STEPS_SHEET, "steps", Step),
    _Part(FINDINGS, "fingerprints", lambda fingerprint: fingerprint),
    _Part(EVIDENCE, "evidence", Evidence),
)


def read_cases(path: Path) -> Sheets:
    """Read a workbook, or a CSV with cases alone; raises UsageError where it is neither."""
    found = read_sheets(path)
    main = _read(CASES, _rows_of_cases(found, path))
    numbers = {record.number for record in main.records} | main.spoiled
    _refuse_repeated(main, lambda record: record.number or record.row)
    pages = {}
    for part in _PARTS:
        if rows := _rows_named(found, part.sheet.title):
            pages[part.field] = page = _read(part.sheet, rows)
            _refuse_strangers(page, numbers)
    if "evidence" in pages:
        _refuse_repeated(pages["evidence"], lambda one: (one.number, one.values["sha256"]))
    everything = [main, *pages.values()]
    spoiled = {number for page in everything for number in page.spoiled} - {""}
    return Sheets(
        tuple(_drafts(main, pages, _states(found), spoiled)),
        frozenset(numbers - {""}),
        tuple(fault for page in everything for fault in page.faults),
    )


def _rows_of_cases(found: Mapping[str, list[Row]], path: Path) -> list[Row]:
    """Return the sheet that is called as ours is, else the first one that looks like it."""
    if rows := _rows_named(found, CASES.title):
        return rows
    for rows in found.values():
        if find_header(iter(rows), CASES.names, CASES.key):
            return rows
    needed = "、".join(column.heading for column in CASES.columns if column.needed)
    raise UsageError(
        f"表格 {path} 里没有案件：没有名为“{CASES.title}”的工作表，"
        f"也没有哪张表的前 {HEADER_ROWS} 行里有“{needed}”等栏。"
        "可用 shanzhai case export 导出一份作样式。"
    )


def _rows_named(found: Mapping[str, list[Row]], title: str) -> list[Row]:
    called = {as_heading(name): rows for name, rows in found.items()}
    return called.get(as_heading(title), [])


def _read(sheet: Sheet, rows: Iterable[Row]) -> _Page:
    rest = iter(rows)
    header = find_header(rest, sheet.names, sheet.key)
    columns = header.columns if header else {}
    lacking = [c.heading for c in sheet.columns if c.needed and c.field not in columns]
    # Cases that the book holds need but the columns that are edited.
    if header is None or (lacking and sheet is not CASES):
        raise UsageError(
            f"工作表“{sheet.title}”没有“{'、'.join(lacking)}”一栏（看了前 {HEADER_ROWS} 行）。"
            "请补上，或用 shanzhai case export 导出一份作样式。"
        )
    page = _Page(sheet, [], [], set())
    above = ""
    for row in rest:
        above = _read_row(page, header, row, above)
    return page


def _read_row(page: _Page, header: Header, row: Row, above: str) -> str:
    """Read a row into its page and return the number of its case.

    A row without a number most likely belongs to the case `above`: offices write it once for
    several rows.
    """
    values: dict[str, Any] = {}
    faults = []
    for column in page.sheet.columns:
        if column.field in header.columns:
            try:
                values[column.field] = _read_cell(column, header.cell(row, column.field))
            except UnreadableError as error:
                heading = header.heading(column.field, column.heading)
                faults.append(Fault(row.number, heading, str(error), page.sheet.title))
    number = values.pop(NUMBER, "") or (above if page.sheet is not CASES else "")
    if faults:
        _refuse(page, number, faults)
    else:
        page.records.append(_Record(number, row.number, values))
    return number


def _read_cell(column: Column, text: str) -> Any:
    value = column.read(text) if text or not column.needed else None
    if column.needed and value in (None, ""):
        raise UnreadableError(_MISSING)
    return value


def _refuse(page: _Page, number: str, faults: Iterable[Fault]) -> None:
    """Keep a case out for faults of its row, or of one of its parts."""
    page.spoiled.add(number)
    whole = f"；案件 {number} 整案没有导入" if number and page.sheet is not CASES else ""
    page.faults.extend(fault._replace(what=fault.what + whole) for fault in faults)


def _refuse_repeated(page: _Page, key: Callable[[_Record], Hashable]) -> None:
    """Keep cases out where two rows say what only one may."""
    first: dict[Hashable, int] = {}
    for record in page.records:
        row = first.setdefault(key(record), record.row)
        if row != record.row:
            _refuse(page, record.number, [_fault(page, record, f"与第 {row} 行重复，请只留一行")])


def _refuse_strangers(page: _Page, numbers: set[str]) -> None:
    for record in page.records:
        if record.number not in numbers:
            what = f"“{CASES.title}”工作表中没有编号 {record.number}，请核对"
            page.faults.append(_fault(page, record, what))


def _fault(page: _Page, record: _Record, what: str) -> Fault:
    return Fault(record.row, page.sheet.columns[0].heading, what, page.sheet.title)


def _states(found: Mapping[str, list[Row]]) -> dict[str, str]:
    rows = _rows_named(found, STATES.title)
    records = _read(STATES, rows).records if rows else []
    return {record.number: record.values["state"] for record in records}


def _drafts(
    main: _Page, pages: Mapping[str, _Page], states: Mapping[str, str], spoiled: set[str]
) -> Iterator[Draft]:
    parts = {
        part.field: _by_case(part, pages[part.field]) for part in _PARTS if part.field in pages
    }
    for record in main.records:
        number = record.number
        if number not in spoiled:
            # What has no number yet has no parts that could name it.
            own = {field: tuple(found.get(number, ())) for field, found in parts.items() if number}
            values = {**record.values, **own}
            yield Draft(number, record.row, values, states.get(number, ""))


def _by_case(part: _Part, page: _Page) -> dict[str, list[Any]]:
    found: dict[str, list[Any]] = {}
    for record in page.records:
        found.setdefault(record.number, []).append(part.make(**record.values))
    return found
