"""Labelled phrases in one text, by an automaton."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator

import ahocorasick


class Phrases:
    """A fixed set of phrases, each with one label or several."""

    def __init__(self, phrases: Iterable[tuple[str, str]]) -> None:
        """Build the automaton."""
        labels: dict[str, list[str]] = defaultdict(list)
        for phrase, label in phrases:
            labels[phrase].append(label)
        self._automaton = ahocorasick.Automaton()
        for phrase, own in labels.items():
            self._automaton.add_word(phrase, (len(phrase), tuple(own)))
        self._automaton.make_automaton()

    def find(self, text: str) -> Iterator[tuple[int, int, str]]:
        """Yield every occurrence as start, end and label, in order of ends."""
        if not len(self._automaton):  # an automaton without words cannot be asked
            return
        for last, (size, labels) in self._automaton.iter(text):
            for label in labels:
                yield last + 1 - size, last + 1, label
