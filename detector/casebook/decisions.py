"""What people say of findings: appended, never changed, and taken over by later scans."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import fields, replace
from typing import Any

from sqlalchemy import Connection, func, select

from detector.casebook.labels import VERDICTS
from detector.casebook.values import Decision, Verdict
from detector.database import append, wait_for_turn
from detector.database.tables import decisions, findings
from detector.errors import UsageError
from detector.model import Effect, Finding, Outcome, Reason, SourceResult
from detector.report.mask import mask_text

REASON = "decision"  # the kind of the reason that a decision gives a finding
_NAMES = tuple(one.name for one in fields(Decision))
_TAKEN_OVER: Mapping[Verdict, tuple[Outcome, Effect]] = {
    Verdict.CONFIRMED: (Outcome.REPORT, Effect.RAISE),
    Verdict.DISMISSED: (Outcome.DISMISSED, Effect.DISMISS),
    Verdict.NEEDS_PAPERS: (Outcome.REVIEW, Effect.LOWER),
}


def decide(connection: Connection, decision: Decision) -> Decision:
    """Append a decision and return it with its number; one that is there already is returned.

    Numbers of persons in its reason are masked: what is appended can never be taken out again.
    Raises UsageError where nobody signs it, or where the book holds no such finding.
    """
    check_signed(decision.reviewer)
    wait_for_turn(connection, decisions)  # the same one may be on its way twice
    if earlier := find(connection, decision.id):
        return earlier
    held = select(findings.c.fingerprint).where(findings.c.fingerprint == decision.fingerprint)
    if connection.execute(held).first() is None:
        raise UsageError(
            f"案卷库中没有线索 {decision.fingerprint}。请先用 shanzhai case import 导入报告。"
        )
    decision = replace(decision, reason=mask_text(decision.reason.strip()))
    values = {name: getattr(decision, name) for name in _NAMES if name != "number"}
    number = append(connection, decisions, {**values, "verdict": decision.verdict.value})
    return replace(decision, number=number)


def check_signed(name: str) -> None:
    """Raise UsageError where nobody signs what is decided or changed."""
    if not name.strip():
        raise UsageError(
            '没有写明经办人。请加上 --reviewer 姓名，或在设置文件中写 reviewer = "姓名"。'
        )


def find(connection: Connection, id: str) -> Decision | None:
    """Return the decision of an id, None where there is none."""
    row = connection.execute(select(decisions).where(decisions.c.id == id)).mappings().first()
    return _as_decision(row) if row else None


def standing_decisions(
    connection: Connection, fingerprints: Collection[str] | None = None
) -> dict[str, Decision]:
    """Return the last decision on each finding, of some or of all; none where it was withdrawn."""
    last = select(func.max(decisions.c.number)).group_by(decisions.c.fingerprint)
    if fingerprints is not None:
        last = last.where(decisions.c.fingerprint.in_(fingerprints))
    query = select(decisions).where(
        decisions.c.number.in_(last), decisions.c.verdict != Verdict.WITHDRAWN.value
    )
    rows = connection.execute(query).mappings()
    return {row["fingerprint"]: _as_decision(row) for row in rows}


def history(connection: Connection, fingerprint: str) -> tuple[Decision, ...]:
    """Return all decisions on a finding, the first one first."""
    query = (
        select(decisions).where(decisions.c.fingerprint == fingerprint).order_by(decisions.c.number)
    )
    return tuple(map(_as_decision, connection.execute(query).mappings()))


def last_reasons(connection: Connection, verdict: Verdict, most: int) -> tuple[str, ...]:
    """Return the reasons that were last given for a verdict, the newest one first, each once."""
    newest = func.max(decisions.c.number)
    query = (
        select(decisions.c.reason)
        .where(decisions.c.verdict == verdict.value, decisions.c.reason != "")
        .group_by(decisions.c.reason)
        .order_by(newest.desc())
        .limit(most)
    )
    return tuple(connection.execute(query).scalars())


def take_over(
    results: Iterable[SourceResult], standing: Mapping[str, Decision]
) -> tuple[SourceResult, ...]:
    """Let decisions speak in the results of a later scan, as the last of the reasons."""
    return tuple(
        replace(result, findings=tuple(_taken_over(one, standing) for one in result.findings))
        for result in results
    )


def _taken_over(finding: Finding, standing: Mapping[str, Decision]) -> Finding:
    decision = standing.get(finding.fingerprint)
    if decision is None:
        return finding
    outcome, effect = _TAKEN_OVER[decision.verdict]
    why = f"：{decision.reason}" if decision.reason else ""
    said = f"{decision.reviewer} {decision.at[:10]} 审核：{VERDICTS[decision.verdict]}{why}"
    # A report that was written with decisions may be gone over again.
    own = (reason for reason in finding.reasons if reason.kind != REASON)
    return replace(finding, outcome=outcome, reasons=(*own, Reason(REASON, effect, said)))


def _as_decision(row: Mapping[Any, Any]) -> Decision:
    return Decision(**{**{name: row[name] for name in _NAMES}, "verdict": Verdict(row["verdict"])})
