"""Pages as certificates: which form a page claims to be, and its fields."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise

import regex

from detector.judge.form.fields import read_fields
from detector.judge.form.labels import Labels
from detector.judge.form.layout import Piece, pieces_of
from detector.judge.form.words import with_role
from detector.model import (
    Certificate,
    CertificateForm,
    Document,
    Lexicon,
    Passage,
    PassageKind,
)

# Text that a reader of the page sees; what seals and codes say is no filled-in field.
_PRINTED = frozenset({PassageKind.BODY, PassageKind.TITLE, PassageKind.OCR})
_BLANKS = regex.compile(r"\s+")
_LEAST = 2  # fields without which a page that bears no title of a certificate is none


@dataclass(frozen=True, slots=True)
class Titles:
    """What titles look like, and which forms their words claim, first to last."""

    shapes: Sequence[regex.Pattern[str]]
    forms: Sequence[tuple[regex.Pattern[str], CertificateForm]]

    @classmethod
    def of(cls, lexicon: Lexicon) -> Titles:
        """Compile the lexicon `certificate-forms`."""
        return cls(
            [regex.compile(entry.text) for entry in with_role(lexicon, "title")],
            [
                (regex.compile(entry.text), CertificateForm(entry.fields["form"]))
                for entry in with_role(lexicon, "form")
            ],
        )

    def form_in(self, text: str) -> CertificateForm | None:
        """Return the form that a line's words claim, if any."""
        return next((form for words, form in self.forms if words.search(text)), None)

    def is_title(self, text: str) -> bool:
        """Tell whether a line without blanks reads like a title."""
        return any(shape.fullmatch(text) for shape in self.shapes)

    def find(self, pieces: Sequence[Piece]) -> tuple[str, CertificateForm | None]:
        """Return the title of a page and the form it claims; a title in its parts counts too."""
        lines = [(piece.text.strip(), _BLANKS.sub("", piece.text)) for piece in pieces]
        lines += [
            (f"{first[0]}{second[0]}", first[1] + second[1]) for first, second in pairwise(lines)
        ]
        titles = [(printed, self.form_in(text)) for printed, text in lines if self.is_title(text)]
        claiming = [title for title in titles if title[1] is not None]
        return next(iter([*claiming, *titles]), ("", None))


def read_certificates(
    document: Document, labels: Labels, titles: Titles
) -> tuple[Certificate, ...]:
    """Return the pages of a document that claim to be certificates, in order.

    Text without pages counts as one page. A page claims to be one by its title, or by two
    fields at least.
    """
    return tuple(_certificates(document, labels, titles))


def _certificates(document: Document, labels: Labels, titles: Titles) -> Iterator[Certificate]:
    printed = [passage for passage in document.passages if passage.kind in _PRINTED]
    printed.sort(key=lambda passage: -1 if passage.page is None else passage.page)
    for page, group in groupby(printed, key=lambda passage: passage.page):
        passages = list(group)
        fields = tuple(one for passage in passages for one in read_fields(passage, labels))
        title, form = titles.find(_pieces(passages))
        if title or len({one.name for one in fields}) >= _LEAST:
            yield Certificate(form, title, page, fields)


def _pieces(passages: Sequence[Passage]) -> list[Piece]:
    return [piece for passage in passages for piece in pieces_of(passage)]
