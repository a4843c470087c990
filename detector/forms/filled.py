"""A form filled in: what its writers lay out, and for every cell what was counted in it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

Value = int | Decimal | str | None
# Characters of texts that stand in the middle: of all in a column, and of one among longer ones.
SHORT_TEXT, SHORTEST = 12, 2
CENT = Decimal("0.01")
_UNPRINTABLE = re.compile(
    r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff"
    r"\ufffe\uffff]"
)


@dataclass(frozen=True, slots=True)
class Period:
    """The days that a form speaks of; both ends count."""

    start: date
    end: date

    def holds(self, day: date | None) -> bool:
        """Tell whether a day lies in it."""
        return day is not None and self.start <= day <= self.end


@dataclass(frozen=True, slots=True)
class Counted:
    """One thing that went into a cell: the number of a case, or the fingerprint of a finding.

    `share` is what it adds; `why` says by which step or field.
    """

    number: str
    institution: str
    share: Value = None
    day: date | None = None
    why: str = ""


@dataclass(frozen=True, slots=True)
class Cell:
    """What stands in a cell, sums in yuan; None is left blank."""

    value: Value = None
    counted: tuple[Counted, ...] = ()


@dataclass(frozen=True, slots=True)
class Head:
    """A cell of the headings: its text, the place of its top left, how far it goes."""

    text: str
    row: int
    column: int
    rows: int = 1
    columns: int = 1


@dataclass(frozen=True, slots=True)
class Section:
    """One table: headings, and rows of as many cells as there are `widths`.

    `names` are the columns' names in the list of what was counted; `label` is the place of the
    cell that names a row there. The rows of a `roomy` table leave room for the hand.
    """

    heads: tuple[Head, ...]
    names: tuple[str, ...]
    widths: tuple[int, ...]
    rows: tuple[tuple[Cell, ...], ...]
    label: int = 1
    title: str = ""
    note: str = ""
    roomy: bool = False

    @property
    def wordy(self) -> tuple[bool, ...]:
        """Tell of each column whether it holds longer texts, which begin at the left."""
        longest = [0] * len(self.widths)
        for row in self.rows:
            texts = (cell.value if isinstance(cell.value, str) else "" for cell in row)
            longest = [max(before, len(text)) for before, text in zip(longest, texts, strict=True)]
        return tuple(length > SHORT_TEXT for length in longest)

    @property
    def head_rows(self) -> int:
        """Return how many rows the headings take."""
        return max((head.row + head.rows for head in self.heads), default=0)


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A part of a letter."""

    heading: str
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Meaning:
    """How a column was counted."""

    column: str
    text: str


@dataclass(frozen=True, slots=True)
class FilledForm:
    """A form with its cells; `remarks` name the blanks and what did not fit, in Chinese.

    `subject` is the number of the case that a letter is about; any other form is about a period.
    """

    name: str
    title: str
    basis: str
    period: Period
    sections: tuple[Section, ...]
    subject: str = ""
    subtitle: str = ""
    annex: str = ""
    banner: str = ""
    filler: str = ""
    paragraphs: tuple[Paragraph, ...] = ()
    footnotes: tuple[str, ...] = ()
    meanings: tuple[Meaning, ...] = ()
    remarks: tuple[str, ...] = ()


def at_left(cell: Cell, *, wordy: bool) -> bool:
    """Tell whether a cell of a column begins at the left: a longer text among longer texts."""
    return wordy and len(shown(cell.value)) > SHORTEST


def yuan(fen: int) -> Decimal:
    """Return a sum of fen in yuan, to two places."""
    return Decimal(fen) / 100


def shown(value: Value) -> str:
    """Return a value as it is printed: a sum with two places, unless it is whole.

    What no document can hold, and what turns the direction of writing, becomes a visible sign.
    """
    if isinstance(value, Decimal):
        return f"{value:.0f}" if is_whole(value) else f"{value.quantize(CENT)}"
    return "" if value is None else _UNPRINTABLE.sub("\N{REPLACEMENT CHARACTER}", str(value))


def is_whole(value: Decimal) -> bool:
    """Tell whether a sum has no fen."""
    return value == value.to_integral_value()
