"""Compact text → numbers for the tagger: a number for each character, flags for known words.

Characters and words are frozen with the weights, so that a change of rules changes no weight's
meaning.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import ahocorasick
import numpy as np
from numpy.typing import NDArray

UNSEEN = 32  # numbers shared by the characters that training did not show, by their code
FIRST, LAST = 0, 1  # flags of a known word's first and last character; others name its family
_DIGITS = {ord(digit): "0" for digit in "123456789"}

Ids = NDArray[np.intp]
Flags = NDArray[np.float32]


@dataclass(frozen=True)
class Alphabet:
    """The characters with a number of their own, sorted; all digits are one character."""

    characters: str
    _codes: NDArray[np.uint32] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        """Keep the code points for look-ups."""
        object.__setattr__(self, "_codes", _codes_of(self.characters))

    def __len__(self) -> int:
        """Return how many numbers there are, the shared ones included."""
        return len(self.characters) + UNSEEN

    def ids(self, text: str) -> Ids:
        """Return the number of each character: (n,)."""
        codes = _codes_of(text.translate(_DIGITS))
        places = np.searchsorted(self._codes, codes).clip(0, len(self._codes) - 1)
        shared = len(self._codes) + codes % UNSEEN
        return np.where(self._codes[places] == codes, places, shared).astype(np.intp)


class Words:
    """Known words and the families of each."""

    def __init__(self, families: Mapping[str, Sequence[str]]) -> None:
        """Build the automaton; the families' flags follow FIRST and LAST in their order."""
        self.families = {name: tuple(words) for name, words in families.items()}
        self.width = LAST + 1 + len(self.families)
        flags: dict[str, list[int]] = {}
        for flag, words in enumerate(self.families.values(), start=LAST + 1):
            for word in words:
                flags.setdefault(word, []).append(flag)
        self._automaton = ahocorasick.Automaton()
        for word, mine in flags.items():
            self._automaton.add_word(word, (len(word) - 1, tuple(mine)))
        self._automaton.make_automaton()
        self._chosen: dict[frozenset[str], Any] = {}

    def holds(self, text: str, families: Collection[str]) -> bool:
        """Tell whether a word of some families stands in a text."""
        return next(self._some(frozenset(families)).iter(text), None) is not None

    def _some(self, families: frozenset[str]) -> Any:
        """Return the automaton of some families, built when they are first asked for."""
        if families not in self._chosen:
            automaton = ahocorasick.Automaton()
            for name in families:
                for word in self.families[name]:
                    automaton.add_word(word, True)
            automaton.make_automaton()
            self._chosen[families] = automaton
        return self._chosen[families]

    def hits(self, text: str) -> Iterator[tuple[int, int, tuple[int, ...]]]:
        """Yield first place, last place and flags of every known word."""
        for last, (reach, mine) in self._automaton.iter(text):
            yield last - reach, last, mine

    def flags(self, text: str) -> Flags:
        """Return the flags of each character: (n, width)."""
        flags = np.zeros((len(text), self.width), np.float32)
        for first, last, mine in self.hits(text):
            flags[first, FIRST] = flags[last, LAST] = 1
            for flag in mine:
                flags[first : last + 1, flag] = 1
        return flags


def _codes_of(text: str) -> NDArray[np.uint32]:
    return np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype="<u4")
