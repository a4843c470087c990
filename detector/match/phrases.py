"""Labelled phrases in one text, by an automaton."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import ahocorasick


class Phrases:
    """A fixed set of phrases, each with a label; the last label given to a phrase counts."""

    def __init__(self, phrases: Iterable[tuple[str, str]]) -> None:
        """Build the automaton."""
        self._automaton = ahocorasick.Automaton()
        for phrase, label in phrases:
            self._automaton.add_word(phrase, (len(phrase), label))
        self._automaton.make_automaton()

    def find(self, text: str) -> list[tuple[int, int, str]]:
        """Return every occurrence as start, end and label, in order of ends."""
        return list(self._find(text))

    def stands_in(self, text: str) -> bool:
        """Tell whether any of the phrases stands in the text."""
        return self.first(text) is not None

    def first(self, text: str) -> str | None:
        """Return the phrase that ends first in the text, None where there is none."""
        found = next(self._find(text), None)
        return None if found is None else text[found[0] : found[1]]

    def _find(self, text: str) -> Iterator[tuple[int, int, str]]:
        if len(self._automaton):  # an automaton without words cannot be asked
            for last, (size, label) in self._automaton.iter(text):
                yield last + 1 - size, last + 1, label
