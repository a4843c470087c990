"""What a check of a whole document is given, and what it gives back."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from detector.judge.form.forms import Forms
from detector.model import (
    Certificate,
    Document,
    DocumentKind,
    Lexicon,
    Mark,
    Outcome,
    Passage,
    Reason,
    RegistryCheck,
    Span,
)

NO_WORDS = Span(0, 0)


@dataclass(frozen=True, slots=True)
class Material:
    """What a check sees: the document, its pages as certificates, its institutions looked up.

    `forms` knows what certificates look like, `on` is the day judged.
    """

    document: Document
    kind: DocumentKind
    certificates: tuple[Certificate, ...]
    registry: tuple[RegistryCheck, ...]
    lexicons: Mapping[str, Lexicon]
    forms: Forms
    on: date


@dataclass(frozen=True, slots=True)
class Spotted:
    """What a check found: words of a passage, or a mark on a page.

    `surface` is what stands there, or what the mark is called. `outcome` None leaves it to the
    rule, and so does `listed` empty for the listed term.
    """

    surface: str
    reasons: tuple[Reason, ...]
    passage: Passage | None = None
    span: Span = NO_WORDS
    mark: Mark | None = None
    outcome: Outcome | None = None
    listed: str = ""


Check = Callable[[Material], Iterator[Spotted]]
