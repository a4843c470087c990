"""A passage as the judgement sees it: compact text cut into authors' items and sentences."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np

from detector.match import Matched, Place, Timed
from detector.model import Passage, Span, View

SENTENCE_END = re.compile(r"[。！？!?；;]+")
_LINE_END = re.compile(r"\n")


@dataclass(frozen=True, slots=True)
class Reading:
    """A passage, its compact view, the words found and where sentences and items begin in it.

    An item is what one author wrote: the whole passage, or one entry of a board, a thread or a
    listing. Both lists start with 0 and are sorted; ends are the next start or the text's end.
    """

    passage: Passage
    view: View
    found: Sequence[Place]
    sentences: tuple[int, ...]
    items: tuple[int, ...]

    def sentence(self, at: Span) -> Span:
        """Return the sentence that holds the hit's start, stretched to hold its end."""
        start = self.sentences[bisect_right(self.sentences, at.start) - 1]
        following = bisect_left(self.sentences, at.end)
        end = self.sentences[following] if following < len(self.sentences) else len(self.view.text)
        return Span(start, end)

    def item(self, at: Span) -> Span:
        """Return the item that holds the hit's start."""
        index = bisect_right(self.items, at.start) - 1
        end = self.items[index + 1] if index + 1 < len(self.items) else len(self.view.text)
        return Span(self.items[index], max(end, at.end))

    def around(self, at: Span, reach: int, within: Span | None = None) -> Span:
        """Return the part of the text, or of a stretch of it, that lies about a hit.

        It goes between one and two reaches to either side; hits near each other get the same
        part, so that what is worked out for it serves all.
        """
        whole = within or Span(0, len(self.view.text))
        first = (at.start - whole.start) // reach * reach + whole.start
        return Span(max(whole.start, first - reach), min(whole.end, max(first + 2 * reach, at.end)))


def read_passage(passage: Passage, match: Matched, item_mark: Timed) -> Reading:
    """Cut a passage into sentences (line ends and stops) and items (marks at line starts)."""
    text, view = passage.text, match.view
    lines = [match.end() for match in _LINE_END.finditer(text)]
    items = [match.start() for match in item_mark.finditer(text)]
    stops = {match.end() for match in SENTENCE_END.finditer(view.text)}
    starts, size = np.asarray(view.starts), len(view.text)
    sentences = stops.union(np.searchsorted(starts, lines).tolist())
    return Reading(
        passage,
        view,
        match.found,
        _cut(sentences, size),
        _cut(np.searchsorted(starts, items).tolist(), size),
    )


def _cut(starts: Iterable[int], size: int) -> tuple[int, ...]:
    return tuple(sorted({0} | {s for s in starts if s < size}))
