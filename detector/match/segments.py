"""A compact text cut into the stretches that an expression may match in.

An expression speaks within one sentence and one line. A line counts as going on where it was
broken between two Han characters and is long enough to have been wrapped.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator

import numpy as np

from detector.model import Span, View

WRAPPED = 10  # characters from which a line may have been broken for its length alone
_STOP = re.compile(r"[。！？]+")
_BREAK = re.compile(r"\n\s*")
_HAN = re.compile(r"[\u3400-\u9fff]")


class Segments:
    """The stretches of one compact text, in order and without gaps."""

    def __init__(self, view: View, text: str) -> None:
        """Cut at stops and at line ends; `text` is the original behind the view."""
        stops = [match.end() for match in _STOP.finditer(view.text)]
        breaks = np.searchsorted(np.asarray(view.starts), list(_line_ends(text))).tolist()
        self._text = view.text
        self._starts = sorted({0, *stops, *breaks})

    def at(self, place: int) -> Span:
        """Return the stretch that a place of the compact text lies in."""
        number = bisect_right(self._starts, place)
        end = self._starts[number] if number < len(self._starts) else len(self._text)
        return Span(self._starts[number - 1], end)

    def __iter__(self) -> Iterator[Span]:
        """Yield every stretch."""
        ends = [*self._starts[1:], len(self._text)]
        return (Span(start, end) for start, end in zip(self._starts, ends, strict=True))


def _line_ends(text: str) -> Iterator[int]:
    """Yield where new lines begin that do not go on the one before."""
    line = 0
    for gap in _BREAK.finditer(text):
        before = text[line : gap.start()].rstrip()
        around = before[-1:], text[gap.end() : gap.end() + 1]
        goes_on = len(before) >= WRAPPED and all(map(_HAN.fullmatch, around))
        line = gap.end()
        if not goes_on:
            yield line
