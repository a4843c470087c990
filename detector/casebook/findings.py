"""Findings as the book holds them: with their source, and with what people said of them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, and_, case, func, select

from detector.casebook.decisions import standing_decisions
from detector.casebook.values import Decision, Verdict
from detector.database.tables import decisions, findings, imports, namings, sources
from detector.model import (
    DocumentKind,
    Finding,
    Outcome,
    RegistryCheck,
    Severity,
    Source,
    Standing,
)
from detector.report.decode import decode

STANDING = (Outcome.REPORT, Outcome.REVIEW)
AT_A_TIME = 500


@dataclass(frozen=True, slots=True)
class Held:
    """A finding of the book. `since` is when it first came in.

    `seen` tells whether the newest report that read its source still has it.
    """

    finding: Finding
    source: Source
    kind: DocumentKind
    since: str
    seen: bool
    decision: Decision | None = None


@dataclass(frozen=True, slots=True)
class Choice:
    """Which findings are asked for; an empty field leaves nothing out.

    `decided` None takes both, `verdicts` those whose standing decision is one of them.
    `clause` and `rule` are whole ids, or a beginning of one.
    """

    outcomes: tuple[Outcome, ...] = STANDING
    decided: bool | None = None
    verdicts: tuple[Verdict, ...] = ()
    rule: str = ""
    clause: str = ""
    kind: DocumentKind | None = None


def choose(connection: Connection, choice: Choice) -> tuple[str, ...]:
    """Return the fingerprints that fit: gravest first, then source by source."""
    rank = case({one.value: at for at, one in enumerate(Severity)}, value=findings.c.severity)
    query = (
        select(findings.c.fingerprint)
        .join(sources, sources.c.id == findings.c.source_id)
        .where(*_conditions(choice))
        .order_by(rank, sources.c.uri, sources.c.member, findings.c.fingerprint)
    )
    if choice.decided is not None or choice.verdicts:
        query = _with_decision(query, choice)
    return tuple(connection.execute(query).scalars())


def load_findings(connection: Connection, fingerprints: tuple[str, ...]) -> Iterator[Held]:
    """Yield findings in the order of their fingerprints; those that are not held are left out."""
    for start in range(0, len(fingerprints), AT_A_TIME):
        wanted = fingerprints[start : start + AT_A_TIME]
        rows = {row["fingerprint"]: row for row in connection.execute(_rows(wanted)).mappings()}
        standing = standing_decisions(connection, wanted)
        for fingerprint in wanted:
            if fingerprint in rows:
                yield _held(rows[fingerprint], standing.get(fingerprint))


def load_alike(connection: Connection, held: Held) -> tuple[Held, ...]:
    """Return decided findings that are most likely the same words, read or written otherwise.

    They are of the same source, rule and term, and its newest report no longer has them.
    """
    query = (
        select(findings.c.fingerprint)
        .join(sources, sources.c.id == findings.c.source_id)
        .where(
            *_of(held.source),
            findings.c.rule == held.finding.rule,
            findings.c.term == held.finding.term,
            findings.c.import_id != sources.c.import_id,
            findings.c.fingerprint != held.finding.fingerprint,
        )
        .order_by(findings.c.fingerprint)
    )
    gone = tuple(connection.execute(query).scalars())
    return tuple(one for one in load_findings(connection, gone) if one.decision)


def load_namings(connection: Connection, source: Source) -> tuple[RegistryCheck, ...]:
    """Return the institutions that a source names, and what the lists said of them then."""
    query = (
        select(namings)
        .join(sources, sources.c.id == namings.c.source_id)
        .where(*_of(source))
        .order_by(namings.c.role, namings.c.name)
    )
    return tuple(
        RegistryCheck(row["name"], row["role"], Standing(row["standing"]), "", row["entry"])
        for row in connection.execute(query).mappings()
    )


def _of(source: Source) -> tuple[ColumnElement[bool], ...]:
    return sources.c.uri == source.uri, sources.c.member == (source.member or "")


def join_standing(query: Select[Any]) -> Select[Any]:
    """Join the decision that stands; a finding without one, or with a withdrawn one, has nulls."""
    number = func.max(decisions.c.number).label("number")
    last = select(decisions.c.fingerprint, number).group_by(decisions.c.fingerprint).subquery()
    stands = and_(
        decisions.c.number == last.c.number, decisions.c.verdict != Verdict.WITHDRAWN.value
    )
    # By way of a table of its own, which both databases look up; asked for inside the condition
    # it would be gone over once for each finding.
    return query.join(last, last.c.fingerprint == findings.c.fingerprint, isouter=True).join(
        decisions, stands, isouter=True
    )


def _conditions(choice: Choice) -> Iterator[ColumnElement[bool]]:
    if choice.outcomes:
        yield findings.c.outcome.in_([one.value for one in choice.outcomes])
    if choice.rule:
        yield findings.c.rule.startswith(choice.rule, autoescape=True)
    if choice.clause:
        yield findings.c.clause.startswith(choice.clause, autoescape=True)
    if choice.kind:
        yield findings.c.kind == choice.kind.value


def _with_decision(query: Select[Any], choice: Choice) -> Select[Any]:
    query = join_standing(query)
    if choice.verdicts:
        return query.where(decisions.c.verdict.in_([one.value for one in choice.verdicts]))
    return query.where(decisions.c.id.is_not(None) if choice.decided else decisions.c.id.is_(None))


def _rows(fingerprints: tuple[str, ...]) -> Select[Any]:
    return (
        select(
            findings.c.fingerprint,
            findings.c.detail,
            findings.c.kind,
            (findings.c.import_id == sources.c.import_id).label("seen"),
            sources.c.uri,
            sources.c.member,
            sources.c.media_type,
            sources.c.size,
            sources.c.sha256,
            imports.c.at,
        )
        .join(sources, sources.c.id == findings.c.source_id)
        .join(imports, imports.c.id == findings.c.first_import)
        .where(findings.c.fingerprint.in_(fingerprints))
    )


def _held(row: Mapping[Any, Any], decision: Decision | None) -> Held:
    source = Source(
        row["uri"], row["media_type"], row["size"], row["sha256"], row["member"] or None
    )
    return Held(
        finding=decode(Finding, row["detail"]),
        source=source,
        kind=DocumentKind(row["kind"]),
        since=row["at"],
        seen=bool(row["seen"]),
        decision=decision,
    )
