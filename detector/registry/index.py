"""Which of many names share the most pairs of characters with one: candidates for a comparison."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

MOST = 300  # candidates; of 100,000 composed names at most some dozens are that near
_SHIFT = 21  # bits of a code point


class PairIndex:
    """Names by the pairs of neighbouring characters in them."""

    def __init__(self, names: Sequence[str]) -> None:
        """Sort the pairs of all names; 100,000 names take half a second and 20 MB."""
        lengths = np.fromiter(map(len, names), dtype=np.int64, count=len(names))
        pairs, inside = _pairs("\n".join(names))
        owners = np.repeat(np.arange(len(names), dtype=np.int32), lengths + 1)[: len(pairs)]
        pairs, owners = pairs[inside], owners[inside]
        order = np.argsort(pairs, kind="stable")
        self._pairs, self._owners = pairs[order], owners[order]
        self._size = len(names)

    def nearest(self, name: str, most_edits: int) -> NDArray[np.intp]:
        """Return the numbers of the names that may lie within so many edits, nearest first."""
        wanted = np.unique(_pairs(name)[0])
        starts = np.searchsorted(self._pairs, wanted, side="left")
        ends = np.searchsorted(self._pairs, wanted, side="right")
        found = [self._owners[a:b] for a, b in zip(starts, ends, strict=True) if a < b]
        if not found:
            return np.empty(0, dtype=np.intp)
        shared = np.bincount(np.concatenate(found), minlength=self._size)
        # An edit breaks two pairs at most.
        near = np.flatnonzero(shared >= max(1, len(wanted) - 2 * most_edits))
        return near[np.argsort(-shared[near], kind="stable")][:MOST]


def _pairs(text: str) -> tuple[NDArray[np.int64], NDArray[np.bool_]]:
    """Return the pairs of a text as numbers, and which of them hold no line break."""
    codes = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype=np.uint32)
    codes = codes.astype(np.int64)
    inside = (codes[:-1] != ord("\n")) & (codes[1:] != ord("\n"))
    return (codes[:-1] << _SHIFT) | codes[1:], inside
