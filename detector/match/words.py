"""Many words in an array of code points: prefilter, then one automaton over what is left."""

from __future__ import annotations

from collections.abc import Sequence

import ahocorasick
import numpy as np

from detector.match.prefilter import Codes, Positions, Prefilter
from detector.text.characters import BARRIER
from detector.text.steps import text_of

Place = tuple[int, int, str]  # start and end of a word in a compact text, and the word


class Words:
    """A fixed list of words of two characters or more; a word is known by its place in it."""

    def __init__(self, words: Sequence[str]) -> None:
        """Build prefilter and automaton."""
        self._prefilter = Prefilter(words)
        self._sizes = np.array([len(word) for word in words], dtype=np.intp)
        self._automaton = ahocorasick.Automaton()
        for number, word in enumerate(words):
            self._automaton.add_word(word, number)
        self._automaton.make_automaton()

    def find(self, codes: Codes) -> tuple[Positions, Positions]:
        """Return where words begin and which they are, overlapping ones too."""
        starts, ends = self._prefilter.windows(codes)
        if not starts.size:
            return starts, starts
        places, text = _gather(codes, starts, ends)
        matches = np.array(list(self._automaton.iter(text)), dtype=np.intp).reshape(-1, 2)
        last, words = places[matches[:, 0]], matches[:, 1]
        return last + 1 - self._sizes[words], words


def _gather(codes: Codes, starts: Positions, ends: Positions) -> tuple[Positions, str]:
    """Return the windows as one text, each closed by a character of no word, and their places."""
    sizes = ends - starts + 1
    closing = np.cumsum(sizes) - 1
    places = np.arange(closing[-1] + 1) + np.repeat(starts - (closing + 1 - sizes), sizes)
    gathered = codes[np.minimum(places, len(codes) - 1)]
    gathered[closing] = 0
    gathered[gathered == BARRIER] = 0
    return places, text_of(gathered)
