"""Compact text → numbers for the tagger: a number for each character, flags for known words.

What is known is frozen with the weights, so that a change of rules changes no weight's meaning.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import ahocorasick
import numpy as np
from numpy.typing import NDArray

BUCKETS = 32  # places for characters that training did not show, by their code
FIRST, LAST = 0, 1  # flags of a known word's first and last character; others name its family
BREAK = 2  # flag of a character that begins a line of the original text
_DIGITS = {ord(str(digit)): ord("0") for digit in range(1, 10)}

Ids = NDArray[np.int32]
Flags = NDArray[np.uint8]


@dataclass(frozen=True)
class Alphabet:
    """The characters with a number of their own, sorted; all digits are one character."""

    characters: str
    _codes: NDArray[np.uint32] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        """Keep the code points for look-ups."""
        object.__setattr__(self, "_codes", _codes_of(self.characters))

    def __len__(self) -> int:
        """Return how many numbers there are, buckets included."""
        return len(self.characters) + BUCKETS

    def ids(self, text: str) -> Ids:
        """Return the number of each character: (n,)."""
        codes = _codes_of(text.translate(_DIGITS))
        places = np.searchsorted(self._codes, codes).clip(0, len(self._codes) - 1)
        unseen = len(self._codes) + codes % BUCKETS
        return np.where(self._codes[places] == codes, places, unseen).astype(np.int32)


class Words:
    """Known words and the family of each; a word may belong to several."""

    def __init__(self, families: Mapping[str, Sequence[str]]) -> None:
        """Build the automaton; the families' flags follow FIRST, LAST and BREAK in their order."""
        self.families = {name: tuple(words) for name, words in families.items()}
        self.width = BREAK + 1 + len(self.families)
        flags: dict[str, list[int]] = {}
        for flag, words in enumerate(self.families.values(), start=BREAK + 1):
            for word in words:
                flags.setdefault(word, []).append(flag)
        self._automaton = ahocorasick.Automaton()
        for word, mine in flags.items():
            self._automaton.add_word(word, (len(word) - 1, tuple(mine)))
        self._automaton.make_automaton()

    def hits(self, text: str) -> list[tuple[int, int, tuple[int, ...]]]:
        """Return first place, last place and flags of every known word."""
        if not len(self._automaton):  # an automaton without words cannot be asked
            return []
        return [(last - reach, last, mine) for last, (reach, mine) in self._automaton.iter(text)]

    def flags(self, text: str, breaks: Sequence[int] = ()) -> Flags:
        """Return the flags of each character: (n, width)."""
        flags = np.zeros((len(text), self.width), np.uint8)
        for first, last, mine in self.hits(text):
            flags[first, FIRST] = flags[last, LAST] = 1
            for flag in mine:
                flags[first : last + 1, flag] = 1
        flags[list(breaks), BREAK] = 1
        return flags


def _codes_of(text: str) -> NDArray[np.uint32]:
    return np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype="<u4")
