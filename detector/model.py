"""The values that cross rooms.

Everything here is frozen, picklable and free of behaviour beyond what its own fields say.
Offsets are half-open and count code points of the original text of one passage; pixel
coordinates are those of the original picture, origin at the top left.
This module imports nothing of the package.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import NamedTuple, Protocol, SupportsInt


class DocumentKind(StrEnum):
    """What the material is; decides which clauses can list a term (the notices' "material")."""

    AD = "ad"
    CERTIFICATE = "certificate"
    WEB = "web"
    REGISTRATION = "registration"


class PassageKind(StrEnum):
    """Where in a document a piece of text stands."""

    BODY = "body"
    TITLE = "title"
    ALT = "alt"
    META = "meta"
    HIDDEN = "hidden"
    JSON_LD = "json-ld"
    OCR = "ocr"
    SEAL = "seal"
    CODE = "code"


# The `engine` of a passage that comes from the text layer of a PDF.
TEXT_LAYER = "text-layer"
# The score of a mark by which its finder says how sure it is, 0 to 1.
CONFIDENCE = "confidence"


class MarkKind(StrEnum):
    """What stands on a page beside its lines of text.

    `PERSONAL` is no mark of the page: it says where personal data is to be covered.
    """

    SEAL = "seal"
    EMBLEM = "emblem"
    BADGE = "badge"
    CODE = "code"
    PORTRAIT = "portrait"
    PERSONAL = "personal-data"


class CertificateForm(StrEnum):
    """The four kinds of certificate that the notices on forms know."""

    QUALIFICATION = "qualification"
    SKILL_LEVEL = "skill-level"
    SPECIAL_SKILL = "special-skill"
    TRAINING = "training"


class Standing(StrEnum):
    """What the registry says of an institution that a document names."""

    LISTED = "listed"
    OUT_OF_SCOPE = "out-of-scope"
    EXPIRED = "expired"
    BLACK_LISTED = "black-listed"
    LOOK_ALIKE = "look-alike"
    UNLISTED = "unlisted"
    NOT_CHECKED = "not-checked"


class Roll(StrEnum):
    """Which list of the registry an institution stands on."""

    WHITE = "white"
    BLACK = "black"


class Severity(StrEnum):
    """How grave the listed wording is, before any circumstance is weighed."""

    HIGH = "high"
    MEDIUM = "medium"
    LOW = "low"


class Outcome(StrEnum):
    """What the tool says of a candidate; it never says "proven" nor "compliant"."""

    REPORT = "report"
    REVIEW = "review"
    DISMISSED = "dismissed"


class Effect(StrEnum):
    """What a reason does to a candidate."""

    RAISE = "raise"
    LOWER = "lower"
    DISMISS = "dismiss"


class Evasion(StrEnum):
    """How the surface of a term was disguised."""

    WIDTH = "width"
    TRADITIONAL = "traditional"
    VARIANT = "variant"
    ZERO_WIDTH = "zero-width"
    SEPARATOR = "separator"
    EMOJI = "emoji"
    PINYIN_BRACKET = "pinyin-bracket"
    MARKUP = "markup"
    LINE_SPLIT = "line-split"
    PINYIN = "pinyin"
    LETTERS = "letters"
    HOMOPHONE = "homophone"
    FOREIGN = "foreign"
    REVERSED = "reversed"


class ViewName(StrEnum):
    """The three readings of one text, from the most to the least literal."""

    PLAIN = "plain"
    COMPACT = "compact"
    LOOSE = "loose"


class Span(NamedTuple):
    """Half-open range of code points."""

    start: int
    end: int


class Point(NamedTuple):
    """A pixel position in the original picture."""

    x: float
    y: float


@dataclass(frozen=True, slots=True)
class Box:
    """A quadrilateral on a page: four points, clockwise from the text's own top left."""

    page: int
    polygon: tuple[Point, Point, Point, Point]


@dataclass(frozen=True, slots=True)
class Source:
    """One input as it was found.

    `member` names a file inside an archive. `sha256` is the digest of the original bytes,
    empty when they could not be read.
    """

    uri: str
    media_type: str = ""
    size: int = 0
    sha256: str = ""
    member: str | None = None


@dataclass(frozen=True, slots=True)
class Cell:
    """The smallest part of a line that has a box of its own: usually one character."""

    span: Span
    box: Box


@dataclass(frozen=True, slots=True)
class Rereading:
    """What a second look at a line gave, where it differs; `how` names the look in Chinese."""

    text: str
    confidence: float
    how: str


@dataclass(frozen=True, slots=True)
class Line:
    """A line as an OCR engine or a page layout gave it; `span` is in the passage's text."""

    span: Span
    box: Box | None = None
    confidence: float | None = None
    cells: tuple[Cell, ...] = ()
    second: Rereading | None = None


@dataclass(frozen=True, slots=True)
class Passage:
    """A piece of text read from a document.

    `page` counts from 0 in paged material, else None. `lines` is empty for text that has no
    geometry; its lines are then those of the text itself. `engine` names the OCR engine or
    the text layer that the words came from.
    """

    index: int
    kind: PassageKind
    text: str
    page: int | None = None
    lines: tuple[Line, ...] = ()
    engine: str = ""


@dataclass(frozen=True, slots=True)
class Mark:
    """Something on a page that is no line of text; `text` is what a seal or a code says."""

    kind: MarkKind
    box: Box
    scores: tuple[tuple[str, float], ...] = ()
    text: str = ""


@dataclass(frozen=True, slots=True)
class Problem:
    """Something that could not be read, or not fully. `code` is one of errors.ProblemCode."""

    code: str
    message: str
    page: int | None = None


@dataclass(frozen=True, slots=True)
class Document:
    """What was read from one source, before any judgement.

    `kind` is None until it was given or inferred; `kind_reason` says which, in Chinese.
    `pages` is the number of pages in paged material, 1 otherwise.
    """

    source: Source
    passages: tuple[Passage, ...] = ()
    kind: DocumentKind | None = None
    kind_reason: str = ""
    pages: int = 1
    marks: tuple[Mark, ...] = ()
    problems: tuple[Problem, ...] = ()


@dataclass(frozen=True, slots=True)
class Field:
    """A filled-in field of a certificate; `span` is that of the value in its passage's text."""

    name: str
    value: str
    passage: int
    span: Span
    boxes: tuple[Box, ...] = ()
    confidence: float | None = None


@dataclass(frozen=True, slots=True)
class Certificate:
    """A page as a certificate: which form it claims to be, None where it is none of the four.

    `title` is the printed one, `page` None for text without pages.
    """

    form: CertificateForm | None
    title: str
    page: int | None
    fields: tuple[Field, ...] = ()

    def field(self, name: str) -> Field | None:
        """Return the first field of that name, if there is one."""
        return next((field for field in self.fields if field.name == name), None)


@dataclass(frozen=True, slots=True)
class Institution:
    """A line of the registry: a filed evaluation body or school, or one that was black-listed.

    `body` is the kind of institution, as the list calls it.
    `occupations` is what it may evaluate, empty where the list does not say; `document` is the
    paper that the line rests on, `reason` why a body was black-listed. Both ends of the time
    in which it is valid count.
    """

    name: str
    roll: Roll
    code: str = ""
    occupations: tuple[str, ...] = ()
    province: str = ""
    valid_from: date | None = None
    valid_to: date | None = None
    reason: str = ""
    document: str = ""
    body: str = ""


@dataclass(frozen=True, slots=True)
class RegistryCheck:
    """An institution that a document names, and what the registry says of it.

    `role` says in Chinese where it is named (发证机构, 印章, 广告主), `entry` is the listed
    name that it was matched with, `similarity` 0 to 1.
    """

    name: str
    role: str
    standing: Standing
    detail: str
    entry: str = ""
    similarity: float = 0.0


class Offsets(Protocol):
    """Whole numbers by place: a tuple, or an array of numpy, which this module does not import."""

    def __len__(self) -> int:
        """Return how many there are."""

    def __getitem__(self, place: int, /) -> SupportsInt:
        """Return the one at a place."""


@dataclass(frozen=True, slots=True)
class View:
    """One reading of a text and the way back to it.

    `starts[i]` and `ends[i]` bound the original code points that became character i, so the
    original span of text[a:b] is (starts[a], ends[b - 1]). Both never decrease.
    """

    name: ViewName
    text: str
    starts: Offsets
    ends: Offsets

    def original(self, span: Span) -> Span:
        """Return the original span behind a non-empty `span` of this view."""
        return Span(int(self.starts[span.start]), int(self.ends[span.end - 1]))


@dataclass(frozen=True, slots=True)
class Clause:
    """A clause of a notice that a finding can be keyed to.

    `id` is "NOTICE#path". `materials` are the document kinds it speaks of; `lists` are the
    terms it quotes, exact; `local_repeat` marks a forwarding notice's clause that repeats
    others without listing terms of its own.
    """

    id: str
    notice: str
    path: str
    heading: str
    summary: str
    materials: frozenset[DocumentKind]
    lists: tuple[str, ...] = ()
    in_force_from: date | None = None
    in_force_to: date | None = None
    local_repeat: bool = False

    def in_force(self, on: date) -> bool:
        """Tell whether the clause was in force on that day; both ends count."""
        return (self.in_force_from is None or self.in_force_from <= on) and (
            self.in_force_to is None or on <= self.in_force_to
        )


@dataclass(frozen=True, slots=True)
class Notice:
    """A government notice: who issued it, when, and where it applies.

    `short` is how it is cited where its title would be too long.
    """

    id: str
    title: str
    number: str
    issuers: tuple[str, ...]
    issued: date
    jurisdiction: str
    clauses: tuple[Clause, ...] = ()
    forwards: str | None = None
    note: str = ""
    short: str = ""


class ClauseRef(NamedTuple):
    """A rule's claim that a clause lists its terms, for some materials (empty: all)."""

    clause: str
    kinds: frozenset[DocumentKind] = frozenset()


@dataclass(frozen=True, slots=True)
class Term:
    """A surface to look for and the listed term it stands for.

    `evasion` is set where the surface is itself a disguise (宝过 for 包过).
    """

    text: str
    listed: str
    evasion: Evasion | None = None


@dataclass(frozen=True, slots=True)
class Pattern:
    """A regular expression over the compact view; a group named `hit` narrows the span."""

    expression: str
    listed: str
    evasion: Evasion | None = None


@dataclass(frozen=True, slots=True)
class Cue:
    """A context rule: what stands before or after a hit, and what that does to it.

    `before` must match up to the hit's start and `after` from its end on, in the compact view.
    `within` is searched anywhere in the hit's sentence. All that are given must match.
    """

    id: str
    effect: Effect
    detail: str
    before: str = ""
    after: str = ""
    within: str = ""
    terms: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Example:
    """A text that a rule must hit, or miss, under these settings.

    `marks` are what stands on the page beside it: kind and text, empty where a mark has none.
    `registry` is the list that it is read with; empty: none.
    `layer` is what a PDF says in its text layer and does not show.
    """

    text: str
    kind: DocumentKind | None = None
    jurisdiction: str = "CN"
    as_of: date | None = None
    marks: tuple[tuple[MarkKind, str], ...] = ()
    registry: tuple[Institution, ...] = ()
    layer: str = ""


@dataclass(frozen=True, slots=True)
class Rule:
    """One prohibited practice: what to look for, in which context, how to speak of it.

    `default` is the outcome where no cue speaks. `skip` names the steps of the judgement that
    are left out for this rule. `check` names a look at the whole document, beside words and
    patterns (detector/judge/checks.py). `optional` rules speak only where their pack is asked for.
    `gated` rules are looked at only in passages that are about training, evaluation or
    certificates.
    """

    id: str
    title: str
    clauses: tuple[ClauseRef, ...]
    severity: Severity
    message: str
    suggestion: str
    default: Outcome = Outcome.REPORT
    kinds: frozenset[DocumentKind] = frozenset(DocumentKind)
    gated: bool = True
    border: bool = True
    terms: tuple[Term, ...] = ()
    patterns: tuple[Pattern, ...] = ()
    check: str = ""
    views: frozenset[ViewName] = frozenset(ViewName)
    cues: tuple[Cue, ...] = ()
    skip: frozenset[str] = frozenset()
    optional: bool = False
    see_also: tuple[str, ...] = ()
    hits: tuple[Example, ...] = ()
    misses: tuple[Example, ...] = ()
    evasions: tuple[Example, ...] = ()
    status: str = "verified"

    @property
    def pack(self) -> str:
        """Return the name of the pack that the rule stands in."""
        return self.id.partition(".")[0]

    @property
    def listed(self) -> tuple[str, ...]:
        """Return the listed terms that its words and patterns stand for, each once."""
        terms = [term.listed for term in self.terms]
        return tuple(dict.fromkeys([*terms, *(pattern.listed for pattern in self.patterns)]))


@dataclass(frozen=True, slots=True)
class Hit:
    """A place where a rule's term or pattern stands, not yet judged.

    `span` counts in the original text, `at` in the view that showed it.
    """

    rule: str
    listed: str
    span: Span
    surface: str
    view: ViewName
    at: Span
    evasion: Evasion | None = None


@dataclass(frozen=True, slots=True)
class Reason:
    """One step of the judgement. `kind` names the step, `detail` says it in Chinese."""

    kind: str
    effect: Effect
    detail: str


@dataclass(frozen=True, slots=True)
class Anchor:
    """Where a finding stands: passage, line and column from 1, and boxes on the picture.

    One box for each line that the surface touches; none for text without geometry. A finding
    about a mark without text stands in no passage: None, line 0. `engine` read the words;
    `second` are other readings of the touched lines. `field` is the kind of the passage.
    """

    passage: int | None
    line: int
    column: int
    page: int | None = None
    boxes: tuple[Box, ...] = ()
    confidence: float | None = None
    engine: str = ""
    second: tuple[Rereading, ...] = ()
    field: PassageKind | None = None


@dataclass(frozen=True, slots=True)
class Finding:
    """A judged hit. `clauses` are ids, the primary one first; `span` is in the passage's text.

    `highlight` is the surface's place within `excerpt`.
    """

    fingerprint: str
    rule: str
    clauses: tuple[str, ...]
    term: str
    severity: Severity
    outcome: Outcome
    span: Span
    surface: str
    excerpt: str
    highlight: Span
    anchor: Anchor
    message: str
    suggestion: str
    evasion: Evasion | None = None
    reasons: tuple[Reason, ...] = ()
    see_also: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class SourceResult:
    """What the rules say of one source. No finding means "not found by these rules".

    `left_out` findings, suspected or to be reviewed, a report does not list: a baseline knew
    them, or the reader chose others.
    """

    source: Source
    kind: DocumentKind
    kind_reason: str = ""
    findings: tuple[Finding, ...] = ()
    marks: tuple[Mark, ...] = ()
    certificates: tuple[Certificate, ...] = ()
    registry: tuple[RegistryCheck, ...] = ()
    problems: tuple[Problem, ...] = ()
    pages: int = 1
    seconds: float = 0.0
    left_out: int = 0


@dataclass(frozen=True, slots=True)
class Totals:
    """Counts over a report; `pages` were read, of the `unread` sources nothing could be read.

    `known` findings are those of a baseline: they are not listed and in none of the other counts.
    """

    sources: int
    pages: int
    unread: int
    problems: int
    report: int
    review: int
    dismissed: int
    known: int = 0


@dataclass(frozen=True, slots=True)
class Report:
    """The results of one run and what they were made with.

    `settings` are the ones that bear on the results, as text; `clauses` and `notices` are
    those that the findings cite, so that a report can be read without the rule set. `known` are
    the fingerprints of the baseline, so that the report can be a baseline in its turn.
    """

    schema: str
    tool: str
    rules: str
    created: str
    settings: tuple[tuple[str, str], ...]
    results: tuple[SourceResult, ...]
    totals: Totals
    clauses: tuple[Clause, ...] = field(default=())
    notices: tuple[Notice, ...] = field(default=())
    known: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Entry:
    """A word of a lexicon; `fields` holds what its lexicon says of it beyond the note."""

    text: str
    note: str = ""
    fields: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Lexicon:
    """A list of words that play one role in the judgement, in the order of its file."""

    name: str
    title: str
    entries: tuple[Entry, ...] = ()
