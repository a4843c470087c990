"""What forms are filled from: cases, findings with their decisions, lists of institutions."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace

from sqlalchemy import Connection

from detector.casebook.cases import load_cases
from detector.casebook.findings import Choice, Held, choose, load_findings
from detector.casebook.namings import load_names
from detector.casebook.values import Case, Verdict
from detector.model import Institution, Source
from detector.report.mask import Labels, mask_text


@dataclass(frozen=True, slots=True)
class Holdings:
    """All that a form can be filled from.

    `findings` are by fingerprint, gravest first; `names` are the institutions that their sources
    name.
    """

    cases: tuple[Case, ...] = ()
    findings: Mapping[str, Held] = field(default_factory=dict)
    names: Mapping[Source, tuple[str, ...]] = field(default_factory=dict)
    institutions: tuple[Institution, ...] = ()

    def named_in(self, held: Held) -> tuple[str, ...]:
        """Return the institutions that the source of a finding names."""
        return self.names.get(held.source, ())

    def of_case(self, case: Case) -> tuple[Held, ...]:
        """Return the findings that a case was made of, without those that a person dismissed."""
        held = (self.findings[one] for one in case.fingerprints if one in self.findings)
        return tuple(one for one in held if verdict_of(one) is not Verdict.DISMISSED)


def verdict_of(held: Held) -> Verdict | None:
    """Return what a person said of a finding; None: nobody did yet."""
    return held.decision.verdict if held.decision else None


def read_holdings(
    connection: Connection, institutions: Iterable[Institution], *, undecided: bool = False
) -> Holdings:
    """Read cases, confirmed findings and those of cases, and, where asked, undecided ones."""
    cases = load_cases(connection)
    wanted = list(choose(connection, Choice(outcomes=(), verdicts=(Verdict.CONFIRMED,))))
    if undecided:
        wanted += choose(connection, Choice(decided=False))
    wanted += [one for case in cases for one in case.fingerprints]
    found = load_findings(connection, tuple(dict.fromkeys(wanted)))
    findings = {one.finding.fingerprint: one for one in found}
    names = load_names(connection, (held.source for held in findings.values()))
    return Holdings(cases, findings, names, tuple(institutions))


def mask_holdings(holdings: Holdings, labels: Labels) -> Holdings:
    """Return holdings with the personal data in their free texts masked."""
    return replace(
        holdings,
        cases=tuple(_mask_case(case, labels) for case in holdings.cases),
        findings={key: _mask_finding(one, labels) for key, one in holdings.findings.items()},
        institutions=tuple(
            replace(one, reason=mask_text(one.reason, labels)) for one in holdings.institutions
        ),
    )


def _mask_case(case: Case, labels: Labels) -> Case:
    return replace(
        case,
        lead=mask_text(case.lead, labels),
        summary=mask_text(case.summary, labels),
        handling=mask_text(case.handling, labels),
        note=mask_text(case.note, labels),
        steps=tuple(replace(s, detail=mask_text(s.detail, labels)) for s in case.steps),
        evidence=tuple(
            replace(e, name=mask_text(e.name, labels), note=mask_text(e.note, labels))
            for e in case.evidence
        ),
    )


def _mask_finding(held: Held, labels: Labels) -> Held:
    finding = held.finding
    return replace(
        held, finding=replace(finding, surface=mask_text(finding.surface, labels), excerpt="")
    )
