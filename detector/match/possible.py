"""Which of many expressions can match a text at all: those of whose anchors one stands in it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

import ahocorasick

from detector.match.anchors import anchors_of


class Possible:
    """An automaton over the anchors of a list of expressions, known by their places in it."""

    def __init__(self, expressions: Sequence[str]) -> None:
        """Find the anchors; an expression without any is possible everywhere."""
        owners: dict[str, set[int]] = defaultdict(set)
        self._always = set()
        for number, expression in enumerate(expressions):
            anchors = anchors_of(expression)
            if not anchors:
                self._always.add(number)
            for anchor in anchors:
                owners[anchor].add(number)
        self._automaton = ahocorasick.Automaton()
        for anchor, numbers in owners.items():
            self._automaton.add_word(anchor, frozenset(numbers))
        self._automaton.make_automaton()

    def within(self, text: str) -> list[int]:
        """Return the expressions that can match somewhere in a compact text, in their order."""
        found = set(self._always)
        if len(self._automaton):
            found.update(*{numbers for _, numbers in self._automaton.iter(text)})
        return sorted(found)
