"""Which of many expressions can match a text at all: those of whose anchors one stands in it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from detector.match.anchors import anchors_of
from detector.match.phrases import Phrases
from detector.match.words import Place
from detector.model import Span


class Possible:
    """The anchors of a list of expressions, which are known by their places in it."""

    def __init__(self, expressions: Sequence[str]) -> None:
        """Find the anchors; an expression without any is possible everywhere."""
        anchors = [anchors_of(expression) for expression in expressions]
        self._always = {number for number, own in enumerate(anchors) if not own}
        self._anchors = Phrases(
            (word, number) for number, own in enumerate(anchors) for word in own
        )

    def __iter__(self) -> Iterator[str]:
        """Yield the anchors."""
        return iter(self._anchors)

    def within(self, found: Iterable[Place], part: Span) -> list[int]:
        """Return the expressions that can match in a part of a compact text, in their order.

        `found` are the words of the whole text, the anchors among them.
        """
        able = {
            number
            for start, end, number in self._anchors.among(found)
            if part.start <= start and end <= part.end
        }
        return sorted(able | self._always)
