"""What the lexicons say of certificates as forms, compiled once for any number of documents."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import regex

from detector.judge.form.certificates import Titles, read_certificates
from detector.judge.form.dates import Dates
from detector.judge.form.labels import Labels
from detector.judge.form.numbering import Numbering
from detector.judge.form.words import with_role
from detector.model import Certificate, Document, Lexicon

_BLANKS = regex.compile(r"\s+")


@dataclass(frozen=True, slots=True)
class Levels:
    """Levels as printed, longest first, with their digits; `full` is the standard form's way."""

    digits: Sequence[tuple[str, str]]
    full: regex.Pattern[str]

    @classmethod
    def of(cls, lexicon: Lexicon) -> Levels:
        """Compile the lexicon's levels."""
        words = [(entry.text, entry.fields["digit"]) for entry in with_role(lexicon, "level")]
        full = "|".join(entry.text for entry in with_role(lexicon, "full"))
        return cls(sorted(words, key=lambda word: -len(word[0])), regex.compile(full))

    def digits_in(self, text: str) -> frozenset[str]:
        """Return the digits of all levels that a text names; more than one do not agree."""
        rest, found = compact(text), set()
        for word, digit in self.digits:
            if word in rest:
                found.add(digit)
                rest = rest.replace(word, " ")
        return frozenset(found)

    def is_full(self, text: str) -> bool:
        """Tell whether a level is written as the standard form asks (三级/高级工)."""
        return self.full.fullmatch(compact(text)) is not None


@dataclass(frozen=True, slots=True)
class Forms:
    """Reads certificates and knows what their forms ask for."""

    labels: Labels
    titles: Titles
    numbering: Numbering
    dates: Dates
    levels: Levels
    blanks: frozenset[str]
    males: frozenset[str]
    females: frozenset[str]
    organs: Sequence[regex.Pattern[str]]
    sites: Sequence[str]

    @classmethod
    def of(cls, lexicons: Mapping[str, Lexicon]) -> Forms:
        """Compile the lexicons of certificates."""
        forms = lexicons["certificate-forms"]
        return cls(
            Labels.of(lexicons["certificate-fields"]),
            Titles.of(forms),
            Numbering.of(lexicons["certificate-numbers"]),
            Dates.of(forms),
            Levels.of(forms),
            frozenset(entry.text for entry in with_role(forms, "blank")),
            frozenset(entry.text for entry in with_role(forms, "male")),
            frozenset(entry.text for entry in with_role(forms, "female")),
            [regex.compile(entry.text) for entry in with_role(forms, "organ")],
            [entry.text for entry in with_role(forms, "site")],
        )

    def read(self, document: Document) -> tuple[Certificate, ...]:
        """Return the pages of a document that claim to be certificates."""
        return read_certificates(document, self.labels, self.titles)

    def is_blank(self, value: str) -> bool:
        """Tell whether a value says or shows that nothing was filled in."""
        inner = compact(value).strip("()[]_")
        return not inner or inner in self.blanks


def compact(text: str) -> str:
    """Return a text with characters of one width and without blanks."""
    return _BLANKS.sub("", unicodedata.normalize("NFKC", text))
