"""Tables as people keep them (CSV, XLSX) → numbered rows of text."""

from __future__ import annotations

import csv
import io
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime
from pathlib import Path
from typing import Any, NamedTuple
from zipfile import BadZipFile, ZipFile

from detector.errors import UsageError

ZIP = b"PK\x03\x04"
OLD_EXCEL = b"\xd0\xcf\x11\xe0"
ENCODINGS = ("utf-8-sig", "gb18030")  # UTF-8 first: text in GB is hardly ever valid UTF-8
BYTE_ORDER_MARKS = (b"\xff\xfe", b"\xfe\xff")
DELIMITERS = ",\t;|，"
# What a table program would take for a formula (OWASP, CSV injection).
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")
SAMPLE_LINES = 50  # that the delimiter is told from
LARGEST = 500_000_000  # bytes of a workbook's parts, unpacked
NOT_COMPUTED = "#N/A"  # as table programs write it where a formula has no value


class Row(NamedTuple):
    """A row of a table: its number as a table program shows it, and its cells as text."""

    number: int
    cells: tuple[str, ...]


def read_rows(path: Path, sheet: str | None = None) -> Iterator[Row]:
    """Yield the rows of a table that are not empty; raises UsageError where it is none."""
    data = _read(path)
    if data.startswith(ZIP):
        return _sheet_rows(path, data, sheet)
    if sheet is not None:
        raise UsageError(f"表格 {path} 是 CSV，没有工作表。请去掉 --sheet。")
    return _csv_rows(path, data)


def read_sheets(path: Path) -> dict[str, list[Row]]:
    """Return the rows of each sheet by its name; a CSV is one sheet, without a name.

    A formula that no table program has computed is NOT_COMPUTED. Raises UsageError.
    """
    data = _read(path)
    if not data.startswith(ZIP):
        return {"": list(_csv_rows(path, data))}
    with _opened(path, data) as values, _opened(path, data, formulas=True) as raw:
        return {page.title: list(_computed(page, raw[page.title])) for page in values.worksheets}


def _read(path: Path) -> bytes:
    try:
        data = path.read_bytes()
    except OSError as error:
        raise UsageError(f"表格 {path} 无法打开（{error.strerror}）。请检查路径和权限。") from error
    if not data.strip():
        raise UsageError(f"表格 {path} 没有内容。请检查是否选错了文件。")
    if data.startswith(OLD_EXCEL):
        raise UsageError(f"表格 {path} 是旧式 .xls 文件。请另存为 .xlsx 或 CSV 后重试。")
    return data


def _csv_rows(path: Path, data: bytes) -> Iterator[Row]:
    text = _decode(path, data)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter(text))
    start = 1
    try:
        for cells in reader:
            if row := _row(start, map(_unguarded, cells)):
                yield row
            start = reader.line_num + 1
    except csv.Error as error:
        raise UsageError(
            f"表格 {path} 第 {start} 行起不是有效的 CSV（{error}）。请检查引号，或另存为 .xlsx。"
        ) from error


def needs_guard(text: str) -> bool:
    """Tell whether a text is a formula to table programs, or would be without its guards."""
    return text.lstrip("'").startswith(FORMULA_STARTS)


def _unguarded(cell: str) -> str:
    """Take off the sign that keeps a table program from reading a cell as a formula."""
    return cell[1:] if cell.startswith("'") and needs_guard(cell) else cell


def _decode(path: Path, data: bytes) -> str:
    encodings = ("utf-16",) if data.startswith(BYTE_ORDER_MARKS) else ENCODINGS
    for encoding in encodings:
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\0" not in text:
            return text
    raise UsageError(
        f"表格 {path} 不是可读的 CSV 或 XLSX。请另存为 .xlsx，或以 UTF-8 编码另存为 CSV。"
    )


def _delimiter(text: str) -> str:
    """Return the sign that parts the most lines into equally many cells."""
    lines = [line for line in text.splitlines()[:SAMPLE_LINES] if line.strip()]

    def agreement(sign: str) -> tuple[int, int]:
        counts = [line.count(sign) for line in lines if sign in line]
        usual = max(set(counts), key=counts.count, default=0)
        return counts.count(usual), usual

    return max(DELIMITERS, key=agreement)  # the first of equals: a comma


def _sheet_rows(path: Path, data: bytes, sheet: str | None) -> Iterator[Row]:
    with _opened(path, data) as book:
        if sheet is not None and sheet not in book.sheetnames:
            known = "、".join(book.sheetnames)
            raise UsageError(f"表格 {path} 没有名为 {sheet} 的工作表。可用：{known}。")
        page = book[_shown(book)[0] if sheet is None else sheet]
        rows = [row for number, cells in _cells(page) if (row := _row(number, cells))]
    yield from rows


@contextmanager
def _opened(path: Path, data: bytes, *, formulas: bool = False) -> Iterator[Any]:
    """Open a workbook; what its parts turn out to be while they are read is explained too."""
    import openpyxl

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of styles and extensions, which nobody needs here
            _check_size(path, data)
            yield openpyxl.load_workbook(io.BytesIO(data), read_only=True, data_only=not formulas)
    except (BadZipFile, KeyError, ValueError, OSError, SyntaxError, AttributeError) as error:
        raise UsageError(
            f"表格 {path} 不是完好的 XLSX 文件。请用表格软件打开并另存为 .xlsx 后重试。"
        ) from error


def _check_size(path: Path, data: bytes) -> None:
    """Refuse what would unpack without end."""
    with ZipFile(io.BytesIO(data)) as parts:
        if sum(part.file_size for part in parts.infolist()) > LARGEST:
            raise UsageError(f"表格 {path} 解开后过大。请只留下有内容的工作表，另存后重试。")


def _cells(page: Any) -> Iterator[tuple[int, tuple[Any, ...]]]:
    page.reset_dimensions()  # what other programs write there may be wrong
    return enumerate(page.iter_rows(values_only=True), 1)


def _computed(page: Any, raw: Any) -> Iterator[Row]:
    for (number, cells), (_, formulas) in zip(_cells(page), _cells(raw), strict=True):
        shown = [
            NOT_COMPUTED if cell is None and formula is not None else cell
            for cell, formula in zip(cells, formulas, strict=True)
        ]
        if row := _row(number, shown):
            yield row


def _shown(book: Any) -> list[str]:
    """Return the sheets that are not hidden and hold cells; the first one of all at worst."""
    shown = [page.title for page in book.worksheets if page.sheet_state == "visible"]
    return shown or list(book.sheetnames)


def _row(number: int, cells: Any) -> Row | None:
    texts = tuple(_text(cell) for cell in cells)
    return Row(number, texts) if any(texts) else None


def _text(cell: object) -> str:
    """Return a cell as text: days as year-month-day, whole numbers without a point."""
    if cell is None:
        return ""
    if isinstance(cell, datetime):
        return cell.date().isoformat()
    if isinstance(cell, date):
        return cell.isoformat()
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return str(cell).strip()
