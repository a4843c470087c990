"""Certificate numbers: how they are made up, and what in one does not agree with the page.

The skill-level certificate bears a letter and 21 digits (人社鉴发〔2019〕2号), the old
qualification certificate 16 digits; older provincial schemes exist, so that an odd number is
something to look up and proves nothing.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass

import regex

from detector.judge.form.words import with_role
from detector.model import Lexicon

# What hides a part of a number: no digit of it can be checked.
_MASKS = frozenset("*＊×✱•·○…#")
_CROSSES = regex.compile(r"[xXＸ]{2,}")
_BLANKS = regex.compile(r"[\s\-－—]+")
_COVERED = regex.compile(r"^0{6}|0{10}")


@dataclass(frozen=True, slots=True)
class Number:
    """A number without blanks; `slips` tells that letters were taken for misread digits."""

    text: str
    slips: bool = False


def is_masked(value: str) -> bool:
    """Tell whether a part of a number is covered: by stars, crosses, or noughts for a region."""
    compact = _BLANKS.sub("", unicodedata.normalize("NFKC", value))
    return (
        any(character in _MASKS for character in value)
        or _CROSSES.search(compact) is not None
        or _COVERED.search(compact) is not None
    )


@dataclass(frozen=True, slots=True)
class Numbering:
    """The tables of the lexicon `certificate-numbers`."""

    layouts: Mapping[str, regex.Pattern[str]]
    classes: Mapping[str, str]
    provinces: Mapping[str, str]
    slips: Mapping[int, str]
    letters: Mapping[str, str]

    @classmethod
    def of(cls, lexicon: Lexicon) -> Numbering:
        """Compile the tables."""
        return cls(
            {e.fields["name"]: regex.compile(e.text) for e in with_role(lexicon, "layout")},
            {e.text: e.fields["name"] for e in with_role(lexicon, "class")},
            {e.text: e.fields["name"] for e in with_role(lexicon, "province")},
            {ord(e.text): e.fields["digit"] for e in with_role(lexicon, "slip")},
            {e.text: e.fields["name"] for e in with_role(lexicon, "letter")},
        )

    def parts(self, layout: str, number: str) -> Mapping[str, str] | None:
        """Return the named parts of a number that has a layout, else None."""
        match = self.layouts[layout].fullmatch(number)
        return match.groupdict() if match else None

    def clear(self, value: str, letters: int, *, read: bool = False) -> Number:
        """Return a number that begins with so many letters, without blanks.

        In one `read` from a picture what engines confuse is put right where that makes a
        number of some layout.
        """
        plain = _BLANKS.sub("", unicodedata.normalize("NFKC", value))
        if not read:
            return Number(plain)
        head, tail = plain[:letters], plain[letters:].translate(self.slips)
        cleared = (self.letters.get(head, head) if letters else head) + tail
        # Letters that make no number of any layout even so were printed as letters.
        if cleared != plain and any(shape.fullmatch(cleared) for shape in self.layouts.values()):
            return Number(cleared, slips=True)
        return Number(plain)
