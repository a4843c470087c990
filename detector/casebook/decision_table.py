"""Decisions as a table that people keep: written for offices, read from elsewhere.

A decision that was exported has its id beside it; one that was made elsewhere gets an id of what
it says. Either way importing a table again changes nothing.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import NamedTuple

from sqlalchemy import Connection, select

from detector.casebook.decisions import decide, find, history
from detector.casebook.labels import VERDICTS
from detector.casebook.values import Decision, Verdict
from detector.database.tables import decisions, findings, sources
from detector.errors import UsageError
from detector.registry.cells import Header, UnreadableError, find_header
from detector.registry.rows import Row, read_rows
from detector.registry.write import as_csv
from detector.report.mask import mask_text

# By field, what its column may be called; the first is the one that is written.
COLUMNS: Mapping[str, tuple[str, ...]] = {
    "fingerprint": ("线索指纹", "指纹", "fingerprint"),
    "verdict": ("审核决定", "审核结论", "决定", "结论", "verdict"),
    "reviewer": ("审核人", "经办人", "reviewer"),
    "at": ("审核时间", "时间", "日期", "time"),
    "reason": ("理由", "原因", "reason"),
    "id": ("决定编号", "id"),
}
NEEDED = ("fingerprint", "verdict", "reviewer", "at")
HEADINGS = ("序号", *(names[0] for names in COLUMNS.values()), "规则", "用语", "来源")
ID_DIGITS = 32
_VERDICTS = {name: Verdict(verdict) for verdict, name in VERDICTS.items()}
_VERDICTS |= {verdict.value: verdict for verdict in Verdict}
# As table programs write a moment: without leading zeros, with or without the time of day.
_MOMENT = re.compile(
    r"(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?(?:[ T]+(\d{1,2}):(\d{2})(?::(\d{2}))?)?"
)


class Fault(NamedTuple):
    """Why a row was kept out: its number, what is wrong and what to do."""

    row: int
    what: str


@dataclass(slots=True)
class BroughtIn:
    """What came of a table."""

    added: int = 0
    known: int = 0
    faults: tuple[Fault, ...] = ()


def bring_in_table(connection: Connection, file: Path) -> BroughtIn:
    """Append the decisions of a CSV that are not there, in the order of their moments.

    Kept out is what cannot be read, is not signed, speaks of a finding that the book does not
    hold, or is older than what stands on it. Raises UsageError where the file is no such table.
    """
    done, faults, read = BroughtIn(), [], []
    for header, row in _rows(file):
        try:
            read.append((row.number, _decision(header, row)))
        except UnreadableError as bad:
            faults.append(Fault(row.number, str(bad)))
    for number, decision in sorted(read, key=lambda pair: datetime.fromisoformat(pair[1].at)):
        try:
            if _put(connection, decision):
                done.added += 1
            else:
                done.known += 1
        except (UsageError, UnreadableError) as bad:
            faults.append(Fault(number, str(bad).rstrip("。")))
    done.faults = tuple(sorted(faults))
    return done


def export_table(connection: Connection) -> tuple[bytes, int]:
    """Return all decisions as CSV, in the order of the chain, and how many there are."""
    query = (
        select(decisions, findings.c.rule, findings.c.term, sources.c.uri)
        .join(findings, findings.c.fingerprint == decisions.c.fingerprint)
        .join(sources, sources.c.id == findings.c.source_id)
        .order_by(decisions.c.number)
    )
    rows = [
        (
            row["number"],
            row["fingerprint"],
            VERDICTS[row["verdict"]],
            *(row[name] for name in ("reviewer", "at", "reason", "id", "rule", "term", "uri")),
        )
        for row in connection.execute(query).mappings()
    ]
    return as_csv(HEADINGS, rows), len(rows)


def _put(connection: Connection, decision: Decision) -> bool:
    """Append a decision; tell whether it is new."""
    if earlier := find(connection, decision.id):
        if replace(earlier, number=0) != decision:
            raise UnreadableError("与案卷库中同一编号的决定内容不同，请核对，或删去编号")
        return False
    for said in history(connection, decision.fingerprint)[-1:]:
        if datetime.fromisoformat(said.at) > datetime.fromisoformat(decision.at):
            raise UnreadableError(
                f"案卷库中已有更晚的决定（{said.reviewer} {said.at[:16]}），以更晚的为准"
            )
    decide(connection, decision)
    return True


def _rows(file: Path) -> Iterator[tuple[Header, Row]]:
    """Yield the rows below the one that says what the columns are."""
    rows = read_rows(file)
    header = find_header(rows, COLUMNS, "fingerprint")
    columns = header.columns if header else {}
    if missing := [COLUMNS[field][0] for field in NEEDED if field not in columns]:
        raise UsageError(
            f"表格 {file} 缺少栏目{'、'.join(f'“{name}”' for name in missing)}。"
            "可先用 shanzhai case decisions --out 导出一份作样子。"
        )
    if header:
        yield from ((header, row) for row in rows)


def _decision(header: Header, row: Row) -> Decision:
    def cell(field: str) -> str:
        return header.cell(row, field).strip()

    if not cell("reviewer"):
        raise UnreadableError("没有写审核人，请补上")
    decision = Decision(
        id=cell("id"),
        fingerprint=cell("fingerprint"),
        verdict=_verdict(cell("verdict")),
        reviewer=cell("reviewer"),
        at=_moment(cell("at")),
        reason=mask_text(cell("reason")),
    )
    return decision if decision.id else replace(decision, id=_id(decision))


def _verdict(text: str) -> Verdict:
    if text not in _VERDICTS:
        raise UnreadableError(f"“{text[:20]}”不是审核决定，请写{'、'.join(VERDICTS.values())}之一")
    return _VERDICTS[text]


def _moment(text: str) -> str:
    """Return a moment with its offset; one that names none is of this place."""
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        moment = _written_moment(text)
    moment = moment if moment.tzinfo else moment.astimezone()
    if moment > datetime.now().astimezone():
        raise UnreadableError(f"审核时间 {text[:25]} 晚于现在，请核对")
    return moment.isoformat(timespec="seconds")


def _written_moment(text: str) -> datetime:
    if found := _MOMENT.fullmatch(text):
        year, month, day, hour, minute, second = (int(part or 0) for part in found.groups())
        with suppress(ValueError):  # a day that never was
            return datetime(year, month, day, hour, minute, second)
    raise UnreadableError(f"“{text[:25]}”不是时间，请写成 2026-01-31 09:30 或 2026-01-31")


def _id(decision: Decision) -> str:
    """Return what a decision says as an id, so that it is the same whenever it is read."""
    said = (decision.fingerprint, decision.verdict, decision.reviewer, decision.at, decision.reason)
    return hashlib.sha256("\x1f".join(said).encode()).hexdigest()[:ID_DIGITS]
