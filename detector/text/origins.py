"""Where the characters of a compact text come from, kept as the few places that depart.

Nearly every character stands for one character of the original, so the way back is a count of
what was left out before it. Nothing as long as the text is written until a text is asked for.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Positions = NDArray[np.intp]
_NONE: Positions = np.zeros(0, np.intp)


class Origins:
    """The places left out of an original, those added to it, and what became shorter."""

    def __init__(self) -> None:
        """Begin with a text that is its own original."""
        self._shifts = _NONE  # sorted: from these places on, one more original one was left out
        self._added = _NONE  # sorted: places written after all else, for the character before them
        self._long = _NONE  # sorted: starts of originals of several characters
        self._long_ends = _NONE

    def leave_out(self, gone: Positions) -> None:
        """Note places, sorted and distinct, that are taken out of the compact text as it is."""
        left_out = self._shifts + np.arange(self._shifts.size)
        every = np.sort(np.concatenate([left_out, self.starts(gone)]))
        self._shifts = every - np.arange(every.size)

    def shorten(self, places: Positions, lasts: Positions) -> None:
        """Note that characters stand for all from their own place up to the one in `lasts`."""
        starts = np.concatenate([self.starts(places), self._long])
        ends = np.concatenate([self.ends(self.starts(lasts)), self._long_ends])
        self._long, newest = np.unique(starts, return_index=True)
        self._long_ends = ends[newest]

    def add(self, places: Positions) -> None:
        """Note places, sorted, that go on the character before them; the last thing noted."""
        self._added = places

    def starts(self, places: Positions) -> Positions:
        """Return where in the original the characters at these places begin."""
        settled = places - np.searchsorted(self._added, places, side="right")
        return settled + np.searchsorted(self._shifts, settled, side="right")

    def ends(self, starts: Positions) -> Positions:
        """Return where in the original the characters end that begin at `starts`."""
        ends = starts + 1
        if self._long.size:
            long = np.isin(starts, self._long)
            ends[long] = self._long_ends[np.searchsorted(self._long, starts[long])]
        return ends
