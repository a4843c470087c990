"""Checks: looks at a document as a whole, where words and patterns do not reach.

A rule names one of them (`check:` in its pack); what it finds becomes a finding of that rule.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from detector.judge.form.forms import Forms
from detector.model import (
    CONFIDENCE,
    Effect,
    MarkKind,
    Outcome,
    Reason,
)

# An emblem that its finder is less sure of than this is a person's to decide.
SURE = 0.9


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


def _emblems(material: Material) -> Iterator[Spotted]:
    yield from _marks(material, MarkKind.EMBLEM, "国徽图案")


def _badges(material: Material) -> Iterator[Spotted]:
    yield from _marks(material, MarkKind.BADGE, "部门徽标图案")


def _marks(material: Material, kind: MarkKind, name: str) -> Iterator[Spotted]:
    for mark in material.document.marks:
        if mark.kind is kind:
            sure = dict(mark.scores).get(CONFIDENCE, 0.0)
            reason = Reason("mark", Effect.RAISE, f"页面上有疑似{name}，图形相似度 {sure:.0%}")
            outcome = None if sure >= SURE else Outcome.REVIEW
            yield Spotted(name, (reason,), mark=mark, outcome=outcome)


CHECKS: Mapping[str, Check] = {
    "emblem": _emblems,
    "badge": _badges,
    "imitated-site": imitated_sites,
    "private-lookup": private_lookups,
    "number": form.number,
    "number-year": form.number_year,
    "number-level": form.number_level,
    "identity": form.identity,
    "dates": form.dates,
    "level-wording": form.level_wording,
    "form-site": form.site,
}
