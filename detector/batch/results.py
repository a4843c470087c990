"""Rows of the parts → results, for reports (the way back from rows.py)."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any, NamedTuple, TypeVar

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from detector.batch.parts import FINDINGS, PAGES, part
from detector.model import (
    Anchor,
    Box,
    Certificate,
    DocumentKind,
    Evasion,
    Finding,
    Mark,
    Outcome,
    PassageKind,
    Point,
    Problem,
    Reason,
    RegistryCheck,
    Rereading,
    Severity,
    Source,
    SourceResult,
    Span,
)
from detector.report.decode import decode

_Value = TypeVar("_Value")
Row = Mapping[str, Any]


class Where(NamedTuple):
    """Where a result's page lies: its container as the user knows it, and its place there."""

    container: str
    position: int


def read_results(
    out: Path, key: str, positions: Iterable[int]
) -> Iterator[tuple[Where, SourceResult]]:
    """Yield the pages of a part that stand at some positions, with what was found on them."""
    wanted = pa.array(positions, pa.int64())
    findings = _by_position(_at(pq.read_table(part(out, FINDINGS, key)), wanted))
    for row in _at(pq.read_table(part(out, PAGES, key)), wanted).to_pylist():
        where = Where(row["container"], row["position"])
        yield where, _result(row, findings.get(row["position"], []))


def read_telling(out: Path, key: str) -> Iterator[SourceResult]:
    """Yield the pages of a part on which something was found or could not be read."""
    columns = ["position", "problems", *Outcome]
    rows = pq.read_table(part(out, PAGES, key), columns=columns).to_pylist()
    telling = [
        row["position"] for row in rows if row["problems"] or any(row[one] for one in Outcome)
    ]
    for _, result in read_results(out, key, telling):
        yield result


def _at(table: pa.Table, positions: pa.Array) -> pa.Table:
    return table.filter(pc.is_in(table["position"], value_set=positions))


def _by_position(findings: pa.Table) -> dict[int, list[Row]]:
    rows: dict[int, list[Row]] = {}
    for row in findings.to_pylist():
        rows.setdefault(row["position"], []).append(row)
    return rows


def _result(page: Row, findings: Iterable[Row]) -> SourceResult:
    details = json.loads(page["details"]) if page["details"] else {}
    return SourceResult(
        source=Source(page["address"], page["media_type"], page["size"], page["sha256"]),
        kind=DocumentKind(page["kind"]),
        kind_reason=page["kind_reason"],
        findings=tuple(map(_finding, findings)),
        marks=_all(Mark, details.get("marks", ())),
        certificates=_all(Certificate, details.get("certificates", ())),
        registry=_all(RegistryCheck, details.get("registry", ())),
        problems=_all(Problem, page["problems"]),
        pages=page["pages"],
    )


def _finding(row: Row) -> Finding:
    return Finding(
        fingerprint=row["fingerprint"],
        rule=row["rule"],
        clauses=tuple(row["clauses"]),
        term=row["term"],
        severity=Severity(row["severity"]),
        outcome=Outcome(row["outcome"]),
        span=Span(row["start"], row["end"]),
        surface=row["surface"],
        excerpt=row["excerpt"],
        highlight=Span(row["highlight_start"], row["highlight_end"]),
        anchor=Anchor(
            passage=row["passage"],
            line=row["line"],
            column=row["column"],
            page=row["page"],
            boxes=tuple(_flat_box(box) for box in row["boxes"]),
            confidence=row["confidence"],
            engine=row["engine"],
            second=_all(Rereading, row["second"]),
            field=_optional(PassageKind, row["field"]),
        ),
        message=row["message"],
        suggestion=row["suggestion"],
        evasion=_optional(Evasion, row["evasion"]),
        reasons=_all(Reason, row["reasons"]),
        see_also=tuple(row["see_also"]),
    )


def _all(kind: type[_Value], values: Iterable[Row]) -> tuple[_Value, ...]:
    """Return values that were encoded as reports encode them."""
    return tuple(decode(kind, value) for value in values)


def _optional(kind: Callable[[str], Any], value: str | None) -> Any:
    return None if value is None else kind(value)


def _flat_box(box: Row) -> Box:
    a, b, c, d, e, f, g, h = box["polygon"]
    return Box(box["page"], (Point(a, b), Point(c, d), Point(e, f), Point(g, h)))
