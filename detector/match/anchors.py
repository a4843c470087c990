"""Words one of which stands in everything that a regular expression can match.

They let the automaton tell which patterns are worth running on a text. The expression is read
with the standard library's parser; what that does not know gets no anchors and always runs.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from itertools import product
from re import _parser as parser  # type: ignore[attr-defined]
from typing import Any

MOST = 200  # words that one expression may be expanded to
REPEATS = frozenset({"MAX_REPEAT", "MIN_REPEAT", "POSSESSIVE_REPEAT"})
LONG_ENOUGH = 3  # characters from which a longer word would be hardly rarer

Words = frozenset[str]


def anchors_of(expression: str) -> Words:
    """Return words of two characters or more, one of which is in every match; none if unknown."""
    try:
        words = _required(parser.parse(expression, re.IGNORECASE))
    except (re.error, RecursionError):
        return frozenset()
    return frozenset(word.lower() for word in words)


def beginnings_of(expression: str) -> Words:
    """Return words of two characters or more, with one of which every match begins."""
    try:
        words = _begun(parser.parse(expression, re.IGNORECASE))
    except (re.error, RecursionError):
        return frozenset()
    return frozenset(map(str.lower, words)) if min(map(len, words)) > 1 else frozenset()


def _begun(items: Iterable[Any]) -> Words:
    """Return everything that a sequence can begin with; the empty word where that is unknown."""
    run: Words = frozenset({""})
    for item in items:
        exact = _exact([item])
        longer = _joined(run, _begun_one(item) if exact is None else exact)
        if longer is None or exact is None:
            return longer or run
        run = longer
    return run


def _begun_one(item: Any) -> Words:
    name, value = str(item[0]), item[1]
    if name == "SUBPATTERN":
        return _begun(value[-1])
    if name in REPEATS and value[0] > 0:
        return _begun(value[2])
    if name == "BRANCH":
        return frozenset().union(*map(_begun, value[1]))
    return frozenset({""})


def _required(items: Iterable[Any]) -> Words:
    """Return the best set of required words among the parts of a sequence."""
    best: Words = frozenset()
    run: Words = frozenset({""})
    for item in items:
        exact = _exact([item])
        longer = _joined(run, exact) if exact is not None else None
        if longer is not None:
            run = longer
            continue
        best = _better(best, run)
        run = exact if exact is not None else frozenset({""})
        if exact is None:
            best = _better(best, _inside(item))
    return _better(best, run)


def _inside(item: Any) -> Words:
    """Return the words required within one part that cannot be written out."""
    name, value = str(item[0]), item[1]
    if name == "SUBPATTERN":
        return _required(value[-1])
    if name in REPEATS and value[0] > 0:
        return _required(value[2])
    if name == "BRANCH":
        branches = [_required(branch) for branch in value[1]]
        return frozenset().union(*branches) if all(branches) else frozenset()
    return frozenset()


def _exact(items: Sequence[Any]) -> Words | None:
    """Return everything that a sequence can match, None where that is too much to write out."""
    words: Words = frozenset({""})
    for item in items:
        one = _exact_one(str(item[0]), item[1])
        joined = None if one is None else _joined(words, one)
        if joined is None:
            return None
        words = joined
    return words


def _exact_one(name: str, value: Any) -> Words | None:
    if name == "LITERAL":
        return frozenset({chr(value)})
    if name in ("ASSERT", "ASSERT_NOT", "AT"):
        return frozenset({""})  # takes no room
    if name == "SUBPATTERN":
        return _exact(value[-1])
    if name == "BRANCH":
        return _union([_exact(branch) for branch in value[1]])
    if name == "IN":
        return _characters(value)
    if name in ("MAX_REPEAT", "MIN_REPEAT") and value[1] == 1:
        return _union([_exact(value[2]), frozenset({""}) if value[0] == 0 else frozenset()])
    return None


def _characters(members: Iterable[Any]) -> Words | None:
    """Return the members of a character class, None where it has ranges or is negated."""
    found = [chr(value) if str(name) == "LITERAL" else None for name, value in members]
    return None if None in found else frozenset(filter(None, found))


def _union(sets: Sequence[Words | None]) -> Words | None:
    if any(one is None for one in sets):
        return None
    words = frozenset().union(*filter(None, sets))
    return words if len(words) <= MOST else None


def _joined(left: Words, right: Words) -> Words | None:
    """Write one after the other; what is long enough grows no more, so that many can be joined."""
    words = frozenset((a + b)[:LONG_ENOUGH] for a, b in product(left, right))
    return words if len(words) <= MOST else None


def _better(one: Words, other: Words) -> Words:
    return max(one, other, key=_worth)


def _worth(words: Words) -> tuple[int, int]:
    shortest = min(map(len, words), default=0)
    return (0, 0) if shortest < 2 else (min(shortest, LONG_ENOUGH), -len(words))
