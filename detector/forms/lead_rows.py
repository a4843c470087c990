"""What lists show of a finding."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from detector.casebook.findings import Held
from detector.casebook.labels import VERDICTS
from detector.forms.filled import Counted, Value
from detector.forms.holdings import Holdings
from detector.forms.lists import unique
from detector.report.labels import KINDS, PASSAGES
from detector.rulebook import RuleBook

UNDECIDED = "未审核"
GONE = "最近一次检查未再见到"


@dataclass(frozen=True, slots=True)
class LeadRow:
    """A finding as lists show it: who gets it and why, and which institutions its page names."""

    held: Held
    names: tuple[str, ...]
    clauses: tuple[str, ...]
    reasons: tuple[str, ...] = ()


def lead_row(
    held: Held, holdings: Holdings, book: RuleBook, reasons: tuple[str, ...] = ()
) -> LeadRow:
    """Return a finding as lists show it."""
    return LeadRow(held, holdings.named_in(held), cite(held.finding.clauses, book), reasons)


def cite(clauses: Iterable[str], book: RuleBook) -> tuple[str, ...]:
    """Return clauses as officials cite them: the notice's short name and the place in it.

    One that the rules no longer have keeps its id.
    """
    places = {
        clause.id: f"{notice.short or notice.title} {clause.path}"
        for notice in book.notices
        for clause in notice.clauses
    }
    return tuple(dict.fromkeys(places.get(clause, clause) for clause in clauses))


def source_text(held: Held) -> str:
    """Return the address of a finding's source, with the member of an archive."""
    source = held.source
    return f"{source.uri} 内 {source.member}" if source.member else source.uri


def verdict_text(held: Held) -> str:
    """Return what a person said of a finding, who and when."""
    decision = held.decision
    said = UNDECIDED
    if decision:
        said = f"{VERDICTS[decision.verdict]}（{decision.reviewer}，{decision.at[:10]}）"
    return said if held.seen else f"{said}；{GONE}"


def _term(held: Held) -> str:
    finding = held.finding
    if not finding.surface or finding.surface == finding.term:
        return finding.term
    return f"{finding.term}（写作“{' '.join(finding.surface.split())}”）"


def _where(held: Held) -> str:
    anchor = held.finding.anchor
    page = f"第 {anchor.page + 1} 页 " if anchor.page is not None else ""
    field = PASSAGES.get(anchor.field, "") if anchor.field else ""
    return f"{page}{field}" + (f"第 {anchor.line} 行" if anchor.line else "图样")


def counted_of_lead(row: LeadRow) -> tuple[Counted, ...]:
    """Return the finding that a row shows."""
    held = row.held
    day = date.fromisoformat((held.decision.at if held.decision else held.since)[:10])
    name = unique(row.names)
    return (Counted(held.finding.fingerprint, name, held.finding.term, day, verdict_text(held)),)


LEAD_VALUES: Mapping[str, Callable[[LeadRow], Value]] = {
    "names": lambda row: unique(row.names, "\n"),
    "source": lambda row: source_text(row.held),
    "material": lambda row: KINDS[row.held.kind],
    "term": lambda row: _term(row.held),
    "where": lambda row: _where(row.held),
    "clauses": lambda row: unique(row.clauses, "\n"),
    "rule": lambda row: row.held.finding.rule,
    "verdict": lambda row: verdict_text(row.held),
    "reasons": lambda row: unique(row.reasons, "；"),
    "fingerprint": lambda row: row.held.finding.fingerprint,
}
