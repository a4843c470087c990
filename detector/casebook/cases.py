"""Cases kept: each change goes into the audit log, with what it was before."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, fields, replace
from typing import Any

from sqlalchemy import Connection, Table, delete, insert, select, update

from detector.casebook.decisions import check_signed
from detector.casebook.values import Body, Case, Evidence, Practice, Step, StepKind
from detector.database import append
from detector.database.tables import audit, case_evidence, case_findings, case_steps, cases
from detector.errors import UsageError
from detector.report.encode import encode

_OWN = tuple(one.name for one in fields(Case) if one.name in cases.c)
_PARTS = (case_steps, case_findings, case_evidence)


def save_case(connection: Connection, case: Case, actor: str, at: str) -> bool:
    """Put a case into the book, in place of the one of its number; tell whether that changed it.

    Raises UsageError where nobody signs it, or it names a finding that the book does not hold.
    """
    check_signed(actor)
    case = in_order(case)
    before = find_case(connection, case.number)
    if before == case:
        return False
    _check_findings(connection, case)
    _write(connection, case, new=before is None)
    detail = {"before": encode(before) if before else None, "after": encode(case)}
    action = "case-changed" if before else "case-opened"
    append(
        connection,
        audit,
        {"at": at, "actor": actor, "action": action, "subject": case.number, "detail": detail},
    )
    return True


def in_order(case: Case) -> Case:
    """Return a case as the book gives it back: steps by their days, the others by their keys."""
    return replace(
        case,
        steps=tuple(sorted(case.steps, key=lambda step: step.day)),
        fingerprints=tuple(sorted(set(case.fingerprints))),
        evidence=tuple(sorted(case.evidence, key=lambda one: one.sha256)),
    )


def state_of(case: Case) -> str:
    """Return a digest of all that a case holds: another one where anything was changed."""
    said = json.dumps(encode(in_order(case)), ensure_ascii=False, sort_keys=True)
    return hashlib.sha256(said.encode()).hexdigest()


def find_case(connection: Connection, number: str) -> Case | None:
    """Return the case of a number, None where there is none."""
    return next(iter(load_cases(connection, [number])), None)


def load_cases(connection: Connection, numbers: Iterable[str] | None = None) -> tuple[Case, ...]:
    """Return cases in the order of their numbers: some, or all."""
    wanted = None if numbers is None else list(numbers)
    parts = [_by_case(connection, table, wanted) for table in _PARTS]
    query = select(cases).order_by(cases.c.number)
    if wanted is not None:
        query = query.where(cases.c.number.in_(wanted))
    return tuple(
        _as_case(dict(row), *(part.get(row["number"], []) for part in parts))
        for row in connection.execute(query).mappings()
    )


def _check_findings(connection: Connection, case: Case) -> None:
    from detector.database.tables import findings

    asked = select(findings.c.fingerprint).where(findings.c.fingerprint.in_(case.fingerprints))
    unknown = set(case.fingerprints) - set(connection.execute(asked).scalars())
    if unknown:
        raise UsageError(
            f"案件 {case.number} 所列线索 {'、'.join(sorted(unknown))} 不在案卷库中。"
            "请先用 shanzhai case import 导入含有它的报告。"
        )


def _write(connection: Connection, case: Case, *, new: bool) -> None:
    row = {name: encode(getattr(case, name)) for name in _OWN}
    row |= {name: getattr(case, name) for name in ("opened", "checked", "closed")}
    if new:
        connection.execute(insert(cases).values(row))
    else:
        connection.execute(update(cases).where(cases.c.number == case.number).values(row))
    for table in _PARTS:
        connection.execute(delete(table).where(table.c.case_number == case.number))
    for table, rows in _part_rows(case):
        if rows:
            named = [{**row, "case_number": case.number} for row in rows]
            connection.execute(insert(table), named)


def _part_rows(case: Case) -> Iterator[tuple[Table, list[dict[str, Any]]]]:
    yield case_steps, [{**asdict(s), "place": at} for at, s in enumerate(case.steps)]
    yield case_findings, [{"fingerprint": one} for one in case.fingerprints]
    yield case_evidence, [asdict(one) for one in case.evidence]


def _by_case(
    connection: Connection, table: Table, wanted: list[str] | None
) -> dict[str, list[dict[str, Any]]]:
    query = select(table).order_by(*table.primary_key.columns)
    if wanted is not None:
        query = query.where(table.c.case_number.in_(wanted))
    rows: dict[str, list[dict[str, Any]]] = {}
    for row in connection.execute(query).mappings():
        rows.setdefault(row["case_number"], []).append(dict(row))
    return rows


def _as_case(
    row: Mapping[str, Any],
    steps: Iterable[Mapping[str, Any]],
    found: Iterable[Mapping[str, Any]],
    evidence: Iterable[Mapping[str, Any]],
) -> Case:
    held = {
        **row,
        "body": Body(row["body"]),
        "practices": tuple(map(Practice, row["practices"])),
        "steps": tuple(map(_as_step, steps)),
        "fingerprints": tuple(one["fingerprint"] for one in found),
        "evidence": tuple(_as_evidence(one) for one in evidence),
    }
    return in_order(Case(**held))


def _as_step(row: Mapping[str, Any]) -> Step:
    names = [one.name for one in fields(Step)]
    return Step(**{**{name: row[name] for name in names}, "kind": StepKind(row["kind"])})


def _as_evidence(row: Mapping[str, Any]) -> Evidence:
    return Evidence(**{one.name: row[one.name] for one in fields(Evidence)})
