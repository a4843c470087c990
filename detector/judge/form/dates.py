"""Dates as certificates print them, in Arabic or Han numerals, with or without a day."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import regex

from detector.judge.form.words import with_role
from detector.model import Lexicon

_BLANKS = regex.compile(r"\s+")
_NOUGHTS = frozenset("〇○零")
_TEN = 10


@dataclass(frozen=True, slots=True)
class Printed:
    """A printed date as the days that it may mean: a month without a day means any of its days."""

    first: date
    last: date

    @property
    def year(self) -> int:
        """Return the year."""
        return self.first.year


@dataclass(frozen=True, slots=True)
class Dates:
    """Reads dates after the lexicon `certificate-forms`."""

    shapes: Sequence[regex.Pattern[str]]
    between: Sequence[regex.Pattern[str]]

    @classmethod
    def of(cls, lexicon: Lexicon) -> Dates:
        """Compile the shapes of dates and what stands between the ends of a validity."""
        return cls(
            [regex.compile(entry.text) for entry in with_role(lexicon, "date")],
            [regex.compile(entry.text) for entry in with_role(lexicon, "span")],
        )

    def read(self, text: str) -> Printed | None:
        """Return the first date in a text; None where there is none, or no such day."""
        compact = _BLANKS.sub("", unicodedata.normalize("NFKC", text))
        for shape in self.shapes:
            match = shape.search(compact)
            if match:
                parts = match.groupdict()
                return _printed(parts["year"], parts["month"], parts.get("day"))
        return None

    def is_no_day(self, text: str) -> bool:
        """Tell whether a text has the shape of a date, but no calendar has that day."""
        compact = _BLANKS.sub("", unicodedata.normalize("NFKC", text))
        return any(shape.fullmatch(compact) for shape in self.shapes) and self.read(text) is None

    def ends(self, text: str) -> tuple[Printed, Printed] | None:
        """Return the two ends of a validity, where both stand there."""
        for shape in self.between:
            for match in shape.finditer(text):
                first, last = self.read(text[: match.start()]), self.read(text[match.end() :])
                if first and last:
                    return first, last
        return None


def _printed(year: str, month: str, day: str | None) -> Printed | None:
    try:
        first = date(_in_places(year), _count(month), _count(day) if day else 1)
    except ValueError:
        return None
    return Printed(first, first if day else _month_end(first))


def _month_end(first: date) -> date:
    december = first.month == 12
    following = date(first.year + december, first.month % 12 + 1, 1)
    return date.fromordinal(following.toordinal() - 1)


def _in_places(text: str) -> int:
    """Return numerals that stand place by place (二〇二三)."""
    return int("".join(str(_digit(character)) for character in text))


def _count(text: str) -> int:
    """Return numerals up to 39, place by place or with a ten in them (二十八, 十)."""
    values = [_digit(character) for character in text]
    if _TEN not in values:
        return _in_places(text)
    at = values.index(_TEN)
    tens = values[0] if at else 1
    return _TEN * tens + sum(values[at + 1 :])


def _digit(character: str) -> int:
    if character in _NOUGHTS:
        return 0
    return int(unicodedata.numeric(character))
