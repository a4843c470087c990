"""Report → report.csv, one row a finding, and unread.csv, what was not read; as Excel opens them.

Excel takes UTF-8 for the system's encoding unless a byte order mark says otherwise; programs that
stumble over it want the format without.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from detector.model import Report
from detector.report.files import write_bytes
from detector.report.formats import PageImages
from detector.report.table import Cell, Table, tabulate_findings, tabulate_problems
from detector.report.visible import visible
from detector.report.wording import describe_choice, describe_known

FINDINGS_NAME, UNREAD_NAME = "report.csv", "unread.csv"
WHOLE = "（整份报告）"
# What makes a spreadsheet take a cell for a formula (OWASP, "CSV Injection"), full-width forms
# too, which East Asian versions of Excel take for the same.
_FORMULA = tuple("=+-@\t\r\n＝＋－＠")


def write(report: Report, folder: Path, pages: PageImages) -> list[Path]:
    """Write both files with a byte order mark."""
    return _write(report, folder, "utf-8-sig")


def write_without_bom(report: Report, folder: Path, pages: PageImages) -> list[Path]:
    """Write both files as plain UTF-8."""
    return _write(report, folder, "utf-8")


def guard(cell: Cell) -> Cell:
    """Return a cell that no spreadsheet takes for a formula: an apostrophe makes it text."""
    return f"'{cell}" if isinstance(cell, str) and cell.startswith(_FORMULA) else cell


def _write(report: Report, folder: Path, encoding: str) -> list[Path]:
    texts = {
        FINDINGS_NAME: _as_csv(tabulate_findings(report)),
        UNREAD_NAME: _as_csv(tabulate_problems(report), _left_out(report)),
    }
    return [write_bytes(folder / name, text.encode(encoding)) for name, text in texts.items()]


def _left_out(report: Report) -> Iterable[list[Cell]]:
    """Yield a row for each thing that the report as a whole does not list."""
    for what in (*describe_choice(report), *describe_known(report)):
        yield ["", WHOLE, "", "未列出", visible(what), "", ""]


def _as_csv(table: Table[Any], first: Iterable[list[Cell]] = ()) -> str:
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(table.headings())
    for row in (*first, *table.cells()):
        writer.writerow(map(guard, row))
    return out.getvalue()
