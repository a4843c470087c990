"""Phrases that the judgement asks for, among the words that were found in a text."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import Generic, TypeVar

from detector.match.words import Place

Label = TypeVar("Label")


class Phrases(Generic[Label]):
    """A fixed set of phrases, each with one label or several.

    The matcher looks for them with all its other words, so that no text is read again for them.
    """

    def __init__(self, phrases: Iterable[tuple[str, Label]]) -> None:
        """Gather the labels of each phrase."""
        self._labels: dict[str, list[Label]] = defaultdict(list)
        for phrase, label in phrases:
            self._labels[phrase].append(label)

    def __iter__(self) -> Iterator[str]:
        """Yield the phrases."""
        return iter(self._labels)

    def among(self, found: Iterable[Place]) -> Iterator[tuple[int, int, Label]]:
        """Yield every occurrence as start, end and label, in the order of what was found."""
        for start, end, word in found:
            for label in self._labels.get(word, ()):
                yield start, end, label
