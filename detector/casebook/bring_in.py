"""Reports into the book: each source and each finding once, whatever is imported again.

An import is one transaction: a kill leaves all of it or nothing. A report that is older than the
one that a source was last read by adds what is not there and changes nothing.
"""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Connection, Table, insert, select
from sqlalchemy.dialects import postgresql, sqlite

from detector.casebook.decisions import REASON
from detector.database.tables import findings, imports, namings, sources
from detector.model import Finding, Outcome, Source, SourceResult
from detector.report.build import is_unread
from detector.report.encode import encode

REPORT = "report"
ID_DIGITS = 32
BATCH = 1_000  # findings that are compared with the book at a time
_INSERT: Mapping[str, Any] = {"sqlite": sqlite.insert, "postgresql": postgresql.insert}
# What stays as the first import wrote it.
_KEPT = frozenset({"id", "fingerprint", "first_import"})


@dataclass(frozen=True, slots=True)
class Origin:
    """Where results come from: a report's name, digest and the moment it was made (ISO 8601)."""

    name: str
    sha256: str
    created: str
    tool: str
    rules: str


@dataclass(slots=True)
class Imported:
    """What an import did; `repeated` findings stand several times in the report."""

    sources: int = 0
    added: int = 0
    known: int = 0
    repeated: int = 0
    before: str = ""  # when the same report was imported before


def bring_in(
    connection: Connection, results: Iterable[SourceResult], origin: Origin, actor: str, at: str
) -> Imported:
    """Import the results of a report; one that was imported before changes nothing."""
    earlier = select(imports.c.at).where(
        imports.c.what == REPORT, imports.c.sha256 == origin.sha256
    )
    if before := connection.execute(earlier).scalar():
        return Imported(before=before)
    detail = {"created": origin.created, "tool": origin.tool, "rules": origin.rules}
    row = {"what": REPORT, "name": clean(origin.name), "sha256": origin.sha256, "at": at}
    added = insert(imports).values({**row, "actor": actor, "detail": detail})
    (number,) = connection.execute(added).inserted_primary_key or (0,)
    done = Imported()
    book = _Book(connection, number, _as_utc(origin.created), set(), done)
    for batch in _batches(results):
        book.take(batch)
    return done


def source_id(source: Source) -> str:
    """Return what a source is known by in the book: a digest of its address and member."""
    name = f"{clean(source.uri)}\0{clean(source.member or '')}"
    return hashlib.sha256(name.encode()).hexdigest()[:ID_DIGITS]


def clean(text: str) -> str:
    """Return text that every database takes: no NUL, what is no character written out."""
    return text.replace("\0", "\N{SYMBOL FOR NULL}").encode(errors="backslashreplace").decode()


@dataclass(slots=True)
class _Book:
    """One import under way: `seen` are the fingerprints that it has met."""

    connection: Connection
    number: int
    reported: str
    seen: set[str]
    done: Imported

    def take(self, batch: Sequence[SourceResult]) -> None:
        """Take in some results: their sources, the institutions they name, their findings."""
        by_id = {source_id(result.source): result for result in batch}
        current = self._current(by_id)
        rows = [self._source(id, result) for id, result in by_id.items()]
        self._put(sources, [row for row in rows if row["id"] in current])
        self._put(namings, [row for id in current for row in _namings(id, by_id[id])])
        self._take_findings(batch, current)
        self.done.sources += len(by_id)

    def _current(self, ids: Collection[str]) -> set[str]:
        """Return the sources that no newer report has read."""
        newer = select(sources.c.id).where(
            sources.c.id.in_(ids), sources.c.reported > self.reported
        )
        return set(ids) - set(self.connection.execute(newer).scalars())

    def _take_findings(self, batch: Iterable[SourceResult], current: Collection[str]) -> None:
        met: dict[str, tuple[str, SourceResult, Finding]] = {}
        for result in batch:
            id = source_id(result.source)
            for finding in result.findings:
                if finding.fingerprint in self.seen:
                    self.done.repeated += 1
                    continue
                self.seen.add(finding.fingerprint)
                met[finding.fingerprint] = id, result, finding
        outcomes = self._known_outcomes(met)
        self.done.known += len(outcomes)
        self.done.added += len(met) - len(outcomes)
        self._put(
            findings,
            [
                self._finding(id, result, finding, outcomes)
                for fingerprint, (id, result, finding) in met.items()
                if id in current or fingerprint not in outcomes
            ],
        )

    def _known_outcomes(self, fingerprints: Collection[str]) -> dict[str, str]:
        held = select(findings.c.fingerprint, findings.c.outcome).where(
            findings.c.fingerprint.in_(fingerprints)
        )
        return {row.fingerprint: row.outcome for row in self.connection.execute(held)}

    def _source(self, id: str, result: SourceResult) -> dict[str, Any]:
        source = result.source
        return {
            "id": id,
            "uri": clean(source.uri),
            "member": clean(source.member or ""),
            "media_type": clean(source.media_type),
            "size": source.size,
            "sha256": source.sha256,
            "kind": result.kind.value,
            "kind_reason": clean(result.kind_reason),
            "pages": result.pages,
            "unread": is_unread(result),
            "problems": encode(result.problems),
            "reported": self.reported,
            "import_id": self.number,
        }

    def _finding(
        self, id: str, result: SourceResult, finding: Finding, outcomes: Mapping[str, str]
    ) -> dict[str, Any]:
        finding = _undecided(finding, outcomes)
        return {
            "fingerprint": finding.fingerprint,
            "source_id": id,
            "rule": finding.rule,
            "clause": finding.clauses[0] if finding.clauses else "",
            "term": clean(finding.term),
            "severity": finding.severity.value,
            "outcome": finding.outcome.value,
            "evasion": finding.evasion.value if finding.evasion else "",
            "kind": result.kind.value,
            "detail": encode(finding),
            "first_import": self.number,
            "import_id": self.number,
        }

    def _put(self, table: Table, rows: list[dict[str, Any]]) -> None:
        """Insert rows, in place of those of the same key."""
        if not rows:
            return
        statement = _INSERT[self.connection.dialect.name](table)
        keys = [column.name for column in table.primary_key]
        changing = {
            column.name: statement.excluded[column.name]
            for column in table.columns
            if column.name not in _KEPT and column.name not in keys
        }
        self.connection.execute(
            statement.on_conflict_do_update(index_elements=keys, set_=changing), rows
        )


def _undecided(finding: Finding, outcomes: Mapping[str, str]) -> Finding:
    """Return what the rules said, as far as is known: what people decided is kept beside it."""
    reasons = tuple(reason for reason in finding.reasons if reason.kind != REASON)
    if reasons == finding.reasons:
        return finding
    known = outcomes.get(finding.fingerprint, finding.outcome)
    return replace(finding, outcome=Outcome(known), reasons=reasons)


def _namings(id: str, result: SourceResult) -> Iterator[dict[str, str]]:
    named = {(check.name, check.role): check for check in result.registry}
    for check in named.values():
        yield {
            "source_id": id,
            "name": clean(check.name),
            "role": check.role,
            "standing": check.standing.value,
            "entry": clean(check.entry),
        }


def _batches(results: Iterable[SourceResult]) -> Iterator[list[SourceResult]]:
    """Yield results together until they hold enough findings, or are many themselves."""
    batch: list[SourceResult] = []
    held = 0
    for result in results:
        batch.append(result)
        held += len(result.findings)
        if held >= BATCH or len(batch) >= BATCH:
            yield batch
            batch, held = [], 0
    if batch:
        yield batch


def _as_utc(moment: str) -> str:
    """Return a moment so that texts compare as moments do."""
    return datetime.fromisoformat(moment).astimezone(UTC).isoformat(timespec="seconds")
