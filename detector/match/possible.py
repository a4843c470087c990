"""Which of many expressions can match a text at all, and where: told by words that stand in it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence

from detector.match.anchors import anchors_of, beginnings_of
from detector.match.phrases import Phrases
from detector.match.timed import Match, Timed
from detector.match.words import Place
from detector.model import Span


class Possible:
    """A list of expressions that run only where the words stand that they begin with.

    Where these are not known they run on all of a text that holds one of their anchors; without
    anchors, on every text.
    """

    def __init__(self, expressions: Sequence[str]) -> None:
        """Compile the expressions and find their words."""
        self._compiled = [Timed(expression) for expression in expressions]
        beginnings = [beginnings_of(expression) for expression in expressions]
        words = [own or anchors_of(one) for own, one in zip(beginnings, expressions, strict=True)]
        self._words = Phrases((word, number) for number, own in enumerate(words) for word in own)
        self._always = [number for number, own in enumerate(words) if not own]
        self._anywhere = [not own for own in beginnings]

    def __iter__(self) -> Iterator[str]:
        """Yield the words that must be looked for."""
        return iter(self._words)

    def find(
        self, text: str, part: Span, found: Iterable[Place]
    ) -> Iterator[tuple[int, Iterator[Match]]]:
        """Yield the expressions that can match in a part of a compact text, each with its matches.

        Expressions are known by their numbers, and come in their order; `found` are the words
        of the whole text.
        """
        places: dict[int, list[int]] = defaultdict(list)
        for start, end, number in self._words.among(found):
            if part.start <= start and end <= part.end:
                places[number].append(start - part.start)
        inside = text[part.start : part.end]
        for number in sorted({*places, *self._always}):
            compiled = self._compiled[number]
            if self._anywhere[number]:
                yield number, compiled.finditer(inside)
            else:
                yield number, compiled.at(inside, sorted(places[number]))
