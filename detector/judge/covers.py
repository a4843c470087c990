"""Longer things that a hit is only part of: titles, lawful names, cancelling phrases."""

from __future__ import annotations

import regex

from detector.match import Phrases
from detector.model import Effect, Reason, Span
from detector.rulebook import RuleBook

# Lexicons whose entries cover a hit, and what a reader is told. First named, first shown.
COVERS = {
    "official-titles": "法律、标准、目录或考试名称",
    "lawful-bodies": "依法设立的机构或企业名称",
    "cancelling": "固定词语的一部分",
}
_TITLE = regex.compile(r"《[^《》]{1,60}》")


class Covers:
    """Finds, in one compact text, the spans that cover hits."""

    def __init__(self, book: RuleBook) -> None:
        """Build one automaton over all covering lexicons."""
        self._phrases = Phrases(
            (entry.text, name)
            for name in COVERS
            if name in book.lexicons
            for entry in book.lexicons[name].entries
        )

    def find(self, text: str) -> list[tuple[Span, str]]:
        """Return covering spans with what they are, titles in book marks included."""
        titles = [(Span(*m.span()), f"书名号内的名称{m.group()}") for m in _TITLE.finditer(text)]
        return titles + [
            (Span(start, end), f"{COVERS[label]}“{text[start:end]}”")
            for start, end, label in self._phrases.find(text)
        ]


def covered(covers: list[tuple[Span, str]], at: Span) -> Reason | None:
    """Return the reason of the longest span that covers more than the hit itself."""
    best: tuple[Span, str] | None = None
    for span, what in covers:
        holds = span.start <= at.start and at.end <= span.end and span != at
        if holds and (best is None or _length(span) > _length(best[0])):
            best = span, what
    return None if best is None else Reason("cover", Effect.DISMISS, f"是{best[1]}")


def _length(span: Span) -> int:
    return span.end - span.start
