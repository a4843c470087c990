"""Names in a passage: what a hit may be only part of, what the passage is about."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator

import regex

from detector.match import Phrases, Place
from detector.model import Effect, Entry, Reason, Span
from detector.rulebook import RuleBook

# Lexicons whose entries cover a hit, and what a reader is told.
COVERS = {
    "official-titles": "法律、标准、目录或考试名称",
    "lawful-bodies": "依法设立的机构或企业名称",
    "cancelling": "固定词语的一部分",
}
SCOPE = ("scope", "occupations")
CATALOGUE = "catalogue"
# A title in book marks is a name, unless it names a paper that is on offer.
_TITLE = regex.compile(r"《[^《》]{1,60}(?<!\L<papers>)》", papers=["证", "证书", "凭证", "资格"])


class Names:
    """All names that the steps ask for."""

    def __init__(self, book: RuleBook) -> None:
        """Gather the lexicons."""
        self.phrases = Phrases(
            (entry.text, label)
            for name in (*COVERS, *SCOPE)
            for entry in book.lexicons[name].entries
            for label in _labels(name, entry)
        )

    def find(self, text: str, found: Iterable[Place]) -> NamesFound:
        """Return the names of a compact text among the words that were found in it."""
        return NamesFound(text, self.phrases.among(found))


class NamesFound:
    """The names of one compact text, by label, in order of their ends."""

    def __init__(self, text: str, found: Iterable[tuple[int, int, str]]) -> None:
        """Sort what was found by label."""
        self._text = text
        self._by_label: dict[str, list[Span]] = defaultdict(list)
        for start, end, label in found:
            self._by_label[label].append(Span(start, end))
        self._titles = [Span(*match.span()) for match in _TITLE.finditer(text)]

    def cover(self, at: Span) -> Reason | None:
        """Return the reason of the longest name or phrase that holds more than the hit itself."""
        covers = [(span, f"书名号内的名称{self._of(span)}") for span in _holding(self._titles, at)]
        for label, what in COVERS.items():
            spans = _holding(self._by_label[label], at)
            covers += [(span, f"{what}“{self._of(span)}”") for span in spans]
        if not covers:
            return None
        _, what = max(covers, key=lambda cover: cover[0].end - cover[0].start)
        return Reason("cover", Effect.DISMISS, f"是{what}")

    def catalogue(self, within: Span) -> str | None:
        """Return a qualification of the state's catalogue that is named in a stretch, if any."""
        spans = _inside(self._by_label[CATALOGUE], within)
        return self._of(spans[0]) if spans else None

    def in_scope(self, around: Span) -> bool:
        """Tell whether a stretch is about training, evaluation or certificates."""
        return any(_inside(self._by_label[label], around) for label in SCOPE)

    def _of(self, span: Span) -> str:
        return self._text[span.start : span.end]


def _labels(name: str, entry: Entry) -> Iterator[str]:
    yield name
    if entry.fields.get("catalogue") == "true":
        yield CATALOGUE


def _holding(spans: list[Span], at: Span) -> list[Span]:
    """Return the spans that hold more than the hit itself; `spans` are in order of ends."""
    first = bisect_left(spans, at.end, key=lambda span: span.end)
    return [s for s in spans[first:] if s.start <= at.start and s != at] if spans else []


def _inside(spans: list[Span], within: Span) -> list[Span]:
    """Return the spans that lie in a stretch; `spans` are in order of ends."""
    first = bisect_right(spans, within.start, key=lambda span: span.end)
    last = bisect_right(spans, within.end, key=lambda span: span.end)
    return [span for span in spans[first:last] if span.start >= within.start]
