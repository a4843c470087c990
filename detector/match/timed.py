"""Regular expressions with a limit on their time where they could need one.

Asking the clock costs several times what a search in some dozen characters does. On a short text
it is left out, unless repeats stand within repeats: only their steps grow beyond all bounds.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from re import _parser as parser  # type: ignore[attr-defined]
from typing import Any

import regex

from detector.match.anchors import REPEATS

SECONDS = 1.0
SHORT = 150  # characters

Match = regex.Match[str]


class Timed:
    """A compiled expression; all that it does raises TimeoutError after SECONDS."""

    def __init__(self, expression: str, flags: int = regex.IGNORECASE) -> None:
        """Compile; compact texts are lower case, so case plays no part unless `flags` say so."""
        self._compiled = regex.compile(expression, flags)
        self.groups = frozenset(self._compiled.groupindex)
        self._untimed = 0 if _can_run_away(expression) else SHORT

    def search(self, text: str) -> Match | None:
        """Return the first match anywhere in a text."""
        return self._compiled.search(text, timeout=self._limit(text))

    def match(self, text: str) -> Match | None:
        """Return the match at the start of a text."""
        return self._compiled.match(text, timeout=self._limit(text))

    def finditer(self, text: str) -> Iterator[Match]:
        """Yield every match, none overlapping."""
        return self._compiled.finditer(text, timeout=self._limit(text))

    def at(self, text: str, places: Iterable[int]) -> Iterator[Match]:
        """Yield the matches that begin at some places, in order, none overlapping.

        They are those of `finditer` where a match can begin nowhere else.
        """
        limit, end = self._limit(text), 0
        for place in places:
            if place >= end and (match := self._compiled.match(text, place, timeout=limit)):
                end = match.end()
                yield match

    def _limit(self, text: str) -> float | None:
        return None if len(text) <= self._untimed else SECONDS


def _can_run_away(expression: str) -> bool:
    """Tell whether a repeat holds a repeat; what the standard parser does not know may do so."""
    try:
        return _nests(parser.parse(expression), within=False)
    except (re.error, RecursionError):
        return True


def _nests(items: Iterable[Any], within: bool) -> bool:
    for name, value in items:
        repeats = str(name) in REPEATS and value[1] > 1
        if repeats and within:
            return True
        if any(_nests(part, within or repeats) for part in _parts(value)):
            return True
    return False


def _parts(value: Any) -> Iterator[Any]:
    """Yield the sequences that a part of an expression is made of."""
    if isinstance(value, parser.SubPattern):
        yield value
    elif isinstance(value, tuple | list):
        for part in value:
            yield from _parts(part)
