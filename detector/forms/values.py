"""What a form of `rules/forms/` says: its headings and rows, and what each column counts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from detector.casebook.values import Body, Practice, StepKind
from detector.model import DocumentKind, Roll


class Kind(StrEnum):
    """What one row of a form is: a heading of the notice's, a case, a lead, an institution.

    A letter is about one case and has its tables as attachments.
    """

    TABLE = "table"
    CASES = "cases"
    LEADS = "leads"
    INSTITUTIONS = "institutions"
    LETTER = "letter"


class Measure(StrEnum):
    """What a column of a table adds up."""

    CASES = "cases"
    AMOUNT = "amount"
    PERSONS = "persons"
    CERTIFICATES = "certificates"
    TEXT = "text"
    BLANK = "blank"


class Dated(StrEnum):
    """Which day of a case must lie in the period where no step is asked for."""

    CHECKED = "checked"
    ACTIVE = "active"  # any day of it: opened, checked, closed, or that of a step


@dataclass(frozen=True, slots=True)
class Column:
    """A column: `heading` from the top down, `width` in parts of the page's width.

    Columns of tables have a `count`, those of lists the name of a `value`. `steps` are counted by
    their own days; `has` are steps that the case must have by the end of the period; `declined`
    asks whether the last word of the police was that there is no case.
    """

    heading: tuple[str, ...]
    width: int
    meaning: str = ""
    value: str = ""
    count: Measure | None = None
    dated: Dated = Dated.ACTIVE
    steps: frozenset[StepKind] = frozenset()
    has: frozenset[StepKind] = frozenset()
    declined: bool | None = None
    verified: bool | None = None
    practices: frozenset[Practice] = frozenset()
    text: str = ""
    none: str = ""

    @property
    def name(self) -> str:
        """Return the lowest heading that is not empty, as notes call the column."""
        return next(text for text in reversed(self.heading) if text)


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a table: cases about some bodies, or of some practices."""

    label: str
    bodies: frozenset[Body] = frozenset()
    practices: frozenset[Practice] = frozenset()


@dataclass(frozen=True, slots=True)
class Filler:
    """The line of who fills a form in; a unit's name that has `whole` in it is not completed."""

    before: str
    after: str = ""
    whole: str = ""


@dataclass(frozen=True, slots=True)
class Term:
    """When something is due: on days of each month, of a month, once, or without fixed days.

    A day that a month lacks is its last one. `text` is how the notice words it.
    """

    what: str
    clause: str
    text: str
    days: tuple[int, ...] = ()
    month: int | None = None
    once: date | None = None


@dataclass(frozen=True, slots=True)
class Action:
    """The time that a notice gives itself; None: no end is named."""

    start: date
    end: date | None = None


@dataclass(frozen=True, slots=True)
class Taking:
    """Which findings a department takes, and why; an empty field leaves nothing out.

    `rules` are beginnings of ids.
    """

    because: str
    rules: tuple[str, ...] = ()
    clauses: frozenset[str] = frozenset()
    kinds: frozenset[DocumentKind] = frozenset()


@dataclass(frozen=True, slots=True)
class Department:
    """A department and what it answers for; `otherwise` is why it takes what nobody else does."""

    name: str
    wording: str
    takes: tuple[Taking, ...]
    otherwise: str = ""


@dataclass(frozen=True, slots=True)
class Category:
    """A kind of problem that cases are sorted by: from clauses of findings, and practices."""

    label: str
    clauses: frozenset[str] = frozenset()
    practices: frozenset[Practice] = frozenset()


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a letter; the lines have the names of values of the case in braces."""

    heading: str
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Attachment:
    """An attachment of a letter: a table `of` something, or only a title and a note."""

    title: str
    note: str = ""
    of: str = ""
    columns: tuple[Column, ...] = ()


@dataclass(frozen=True, slots=True)
class Form:
    """A form as its file says it. `about` are the bodies whose cases it wants to miss none of."""

    name: str
    kind: Kind
    title: str
    notice: str
    clause: str
    subtitle: str = ""
    annex: str = ""
    banner: str = ""
    filler: Filler | None = None
    footnotes: tuple[str, ...] = ()
    action: Action | None = None
    terms: tuple[Term, ...] = ()
    formats: tuple[str, ...] = ()
    columns: tuple[Column, ...] = ()
    rows: tuple[Row, ...] = ()
    about: frozenset[Body] = frozenset()
    categories: tuple[Category, ...] = ()
    departments: tuple[Department, ...] = ()
    roll: Roll | None = None
    parts: tuple[Part, ...] = ()
    attachments: tuple[Attachment, ...] = ()


Forms = Mapping[str, Form]
