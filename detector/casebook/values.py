"""What the casebook holds: decisions on findings, and cases with their dated steps.

Sums are whole fen (分), days are dates, moments text in ISO 8601.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class Verdict(StrEnum):
    """What a person says of a finding; `WITHDRAWN` takes the last decision back."""

    CONFIRMED = "confirmed"
    DISMISSED = "dismissed"
    NEEDS_PAPERS = "needs-papers"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True, slots=True)
class Decision:
    """A person's verdict on the finding of a fingerprint; `id` is the same where it is sent twice.

    `number` is its place in the chain, 0 before it has one.
    """

    id: str
    fingerprint: str
    verdict: Verdict
    reviewer: str
    at: str
    reason: str = ""
    number: int = 0


class Body(StrEnum):
    """What a case is about: the rows of the notices' tables.

    The first three are those of CN-2023-86 附件2 and YQ-2023-196 附件2 (evaluation), the others
    those of YQ-2023-196 附件1 (training).
    """

    QUALIFICATION = "qualification-body"
    SKILL_LEVEL = "skill-level-body"
    SELF_RUN = "self-run-body"
    TRAINING_PROJECT = "training-project"
    TRAINING_BODY = "training-body"
    SUBORDINATE_UNIT = "subordinate-unit"


class Practice(StrEnum):
    """What was done, as the tables count it.

    CN-2023-86 附件1 has the first three as rows; YQ-2023-196 附件1 the next three and 附件2 the
    last four as columns.
    """

    SHAM_TRAINING = "sham-training"
    FORGED_DATA = "forged-data"
    SUBSIDY_COLLUSION = "subsidy-collusion"
    INEFFECTIVE = "ineffective"
    FALSE_CLAIMS = "false-claims"
    SUBCONTRACTED = "subcontracted"
    FORGED_PAPERS = "forged-papers"
    NO_EXAM = "no-exam"
    COPYCAT = "copycat-certificates"
    CERTIFICATE_TRADE = "certificate-trade"


class StepKind(StrEnum):
    """A dated step of a case: what was done about it, and what came of it."""

    TALK = "talk"
    RECTIFICATION = "rectification"
    PENALTY = "penalty"
    RESULTS_VOID = "results-void"
    FILING_CANCELLED = "filing-cancelled"
    OFF_CATALOGUE = "off-catalogue"
    BLACK_LISTED = "black-listed"
    SITE_CLOSED = "site-closed"
    REFERRED = "referred"
    TRANSFERRED = "transferred"
    CASE_FILED = "case-filed"
    CASE_SOLVED = "case-solved"
    NOT_FILED = "not-filed"
    CASE_WITHDRAWN = "case-withdrawn"
    SUBSIDY_RECOVERED = "subsidy-recovered"
    GAINS_CONFISCATED = "gains-confiscated"
    HELD_LIABLE = "held-liable"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Step:
    """One step: when, by whom, with what sum (fen) or for how many persons."""

    kind: StepKind
    day: date
    by: str = ""
    amount: int = 0
    persons: int = 0
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Evidence:
    """A file that belongs to a case, by its digest; the file itself stays where it is."""

    name: str
    sha256: str
    size: int
    added: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class Case:
    """An institution or project that was looked into.

    `opened` is the day of the lead, `checked` that of the inspection, `verified` what it came to
    (None: not yet). Of `practices` a table counts the first that it has a place for. `lead` says
    where it came from, `region` which place it belongs to. `steps` are in the order of their days.
    """

    number: str
    institution: str
    body: Body
    opened: date
    code: str = ""
    practices: tuple[Practice, ...] = ()
    region: str = ""
    lead: str = ""
    checked: date | None = None
    verified: bool | None = None
    closed: date | None = None
    certificates: int = 0
    summary: str = ""
    handling: str = ""
    note: str = ""
    steps: tuple[Step, ...] = ()
    fingerprints: tuple[str, ...] = ()
    evidence: tuple[Evidence, ...] = ()
