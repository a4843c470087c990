"""Does a hit cut through a word? The best path through jieba's dictionary decides.

Method and figures: docs/decisions/word-borders.md. Words that strictly hold the hit are left
out, so that 国家职业资格 may be cut; the hit itself counts as a word of some frequency at least.
"""

from __future__ import annotations

from functools import cached_property, lru_cache
from importlib.util import find_spec
from math import log
from pathlib import Path

REACH = 6  # characters either side of the hit that can bear on its borders
HIT_FREQUENCY = 30
LONGEST_WORD = 8


class Borders:
    """Judges hits by the frequencies of jieba's dictionary, read when first needed."""

    def __init__(self) -> None:
        """Prepare a cache: the same words stand round the same terms again and again."""
        self._crossing = lru_cache(maxsize=65536)(self._find_crossing)

    def crosses(self, text: str, start: int, end: int) -> str | None:
        """Return the word that a hit at text[start:end] cuts through, or None."""
        left = max(0, start - REACH)
        return self._crossing(text[left : end + REACH], start - left, end - left)

    def _find_crossing(self, window: str, start: int, end: int) -> str | None:
        for word_start, word_end in self._best_path(window, start, end):
            inside = window[max(word_start, start) : min(word_end, end)]
            crosses = word_start < start < word_end or word_start < end < word_end
            if crosses and not self._is_compound(inside):
                return window[word_start:word_end]
        return None

    def _is_compound(self, part: str) -> bool:
        """Tell whether a crossing word only lengthens a word of the hit (资格 to 资格证书)."""
        return len(part) > 1 and part.encode() in self._frequencies

    def _best_path(self, window: str, start: int, end: int) -> list[tuple[int, int]]:
        """Return the likeliest cut of a window into words, the hit being one of them."""
        size = len(window)
        best = [(0.0, size)] * (size + 1)
        for at in range(size - 1, -1, -1):
            best[at] = max(
                (self._weight(window, at, to, start, end) + best[to][0], to)
                for to in range(at + 1, min(size, at + LONGEST_WORD) + 1)
                if to == at + 1 or self._may_stand(window, at, to, start, end)
            )
        path, at = [], 0
        while at < size:
            path.append((at, best[at][1]))
            at = best[at][1]
        return path

    def _may_stand(self, window: str, at: int, to: int, start: int, end: int) -> bool:
        if at <= start and end <= to:
            return (at, to) == (start, end)
        return window[at:to].encode() in self._frequencies

    def _weight(self, window: str, at: int, to: int, start: int, end: int) -> float:
        frequency = self._frequencies.get(window[at:to].encode(), 1) or 1
        if (at, to) == (start, end):
            frequency = max(frequency, HIT_FREQUENCY)
        return log(frequency) - self._log_total

    @cached_property
    def _frequencies(self) -> dict[bytes, int]:
        """Read words and frequencies; keys stay bytes, which halves time and memory."""
        spec = find_spec("jieba")
        assert spec is not None and spec.origin is not None
        parts = (Path(spec.origin).parent / "dict.txt").read_bytes().split()
        return dict(zip(parts[::3], map(int, parts[1::3]), strict=True))

    @cached_property
    def _log_total(self) -> float:
        return log(sum(self._frequencies.values()))
