"""Longer things that a hit is only part of: titles, lawful names, cancelling phrases."""

from __future__ import annotations

from collections.abc import Iterator

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
LONGEST_TITLE = 60
_TITLE = regex.compile(rf"《[^《》]{{1,{LONGEST_TITLE}}}》")


class Covers:
    """Finds what covers a hit in a compact text."""

    def __init__(self, book: RuleBook) -> None:
        """Build one automaton over all covering lexicons."""
        phrases = [
            (entry.text, name)
            for name in COVERS
            if name in book.lexicons
            for entry in book.lexicons[name].entries
        ]
        self._phrases = Phrases(phrases)
        self._reach = max((len(text) for text, _ in phrases), default=0)

    def reason(self, text: str, at: Span) -> Reason | None:
        """Return the reason of the longest name or phrase that holds more than the hit itself."""
        longer = [
            (span, what)
            for span, what in (*self._titles(text, at), *self._listed(text, at))
            if span.start <= at.start and at.end <= span.end and span != at
        ]
        if not longer:
            return None
        _, what = max(longer, key=lambda cover: cover[0].end - cover[0].start)
        return Reason("cover", Effect.DISMISS, f"是{what}")

    def _titles(self, text: str, at: Span) -> Iterator[tuple[Span, str]]:
        start = max(0, at.start - LONGEST_TITLE)
        for match in _TITLE.finditer(text, start, at.end + LONGEST_TITLE):
            yield Span(*match.span()), f"书名号内的名称{match.group()}"

    def _listed(self, text: str, at: Span) -> Iterator[tuple[Span, str]]:
        left = max(0, at.end - self._reach)
        for start, end, label in self._phrases.find(text[left : at.start + self._reach]):
            phrase = text[left + start : left + end]
            yield Span(left + start, left + end), f"{COVERS[label]}“{phrase}”"
