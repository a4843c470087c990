"""Where in an array of code points a term can begin: by its first two, then three characters.

A small table of hashed pairs is asked about every place, exact tables about the few that pass it.
Exact in one direction: every term begins at a place that passes. Few other places do, so that
the automaton sees only short windows (docs/decisions/matching.md).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import numpy as np
from numpy.typing import NDArray

Codes = NDArray[np.uint32]
Positions = NDArray[np.intp]
_CODES = 1 << 21  # code points and the barrier
_HASHES = 1 << 16  # as many bytes of table as stay in a core's nearest caches
_FACTOR = np.uint16(40503)  # odd, near 2**16 / golden ratio: parts characters that stand together


class Prefilter:
    """Tables over the beginnings of terms of two characters or more."""

    def __init__(self, terms: Iterable[str]) -> None:
        """Give numbers to first, second and third characters, and mark what may follow what."""
        terms = list(terms)
        first, self._first = _number(term[0] for term in terms)
        second, self._second = _number(term[1] for term in terms)
        third, self._third = _number(term[2] for term in terms if len(term) > 2)
        self._pairs = np.zeros((len(first) + 1, len(second) + 1), np.uint16)
        pairs = {pair: at for at, pair in enumerate({term[:2] for term in terms}, start=1)}
        for pair, number in pairs.items():
            self._pairs[first[pair[0]], second[pair[1]]] = number
        self._opens = np.zeros(_HASHES, bool)
        for pair in pairs:
            self._opens[_hashes(np.array([ord(character) for character in pair], np.uint32))] = True
        # The longest term with such a beginning, 0 where there is none.
        self._sizes = np.zeros((len(pairs) + 1, len(third) + 1), np.uint16)
        for term in terms:
            following = third[term[2]] if len(term) > 2 else slice(None)
            sizes = self._sizes[pairs[term[:2]]]
            sizes[following] = np.maximum(sizes[following], len(term))

    def windows(self, codes: Codes) -> tuple[Positions, Positions]:
        """Return starts and ends of stretches that hold every term, in order, none overlapping."""
        at = np.flatnonzero(self._opens.take(_hashes(codes)))
        pair = self._pairs[self._first[codes[at]], self._second[codes[at + 1]]]
        at, pair = at[pair > 0], pair[pair > 0]
        third = self._third[codes[np.minimum(at + 2, len(codes) - 1)]]
        sizes = self._sizes[pair, third]
        at, sizes = at[sizes > 0], sizes[sizes > 0]
        return _joined(at, np.minimum(at + sizes, len(codes)))


def _hashes(codes: Codes) -> NDArray[np.uint16]:
    """Return a number for each pair of neighbours, one fewer than there are codes."""
    short = codes.astype(np.uint16)
    hashes: NDArray[np.uint16] = short[:-1] * _FACTOR + short[1:]
    return hashes


def _joined(starts: Positions, ends: Positions) -> tuple[Positions, Positions]:
    if not starts.size:
        return starts, ends
    reach = np.maximum.accumulate(ends)
    apart = np.flatnonzero(starts[1:] >= reach[:-1])
    return starts[np.append(0, apart + 1)], reach[np.append(apart, len(starts) - 1)]


def _number(characters: Iterable[str]) -> tuple[Mapping[str, int], NDArray[np.uint16]]:
    """Count distinct characters from 1; return the numbers and the table over all code points."""
    numbers = {character: at for at, character in enumerate(sorted(set(characters)), start=1)}
    table = np.zeros(_CODES, np.uint16)
    for character, number in numbers.items():
        table[ord(character)] = number
    return numbers, table
