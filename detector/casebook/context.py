"""What findings are, in a few words each, for those who see their fingerprints only."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import Connection

from detector.casebook.findings import Held, load_findings
from detector.casebook.labels import VERDICTS
from detector.model import Source
from detector.report.labels import OUTCOMES
from detector.report.mask import mask_text


def describe_findings(
    connection: Connection, fingerprints: Iterable[str]
) -> dict[str, tuple[str, ...]]:
    """Return by fingerprint: words, material, clause, outcome, decision; numbers are masked."""
    held = load_findings(connection, tuple(dict.fromkeys(fingerprints)))
    return {one.finding.fingerprint: tuple(map(mask_text, _describe(one))) for one in held}


def _describe(held: Held) -> tuple[str, ...]:
    finding = held.finding
    return (
        finding.surface,
        _name(held.source),
        finding.clauses[0] if finding.clauses else "",
        OUTCOMES[finding.outcome],
        VERDICTS[held.decision.verdict] if held.decision else "未审核",
    )


def _name(source: Source) -> str:
    return f"{source.uri} 内 {source.member}" if source.member else source.uri
