"""The columns' headings, one above the other → cells that span."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby

from detector.forms.filled import Head


def lay_out_heads(headings: Sequence[tuple[str, ...]]) -> tuple[Head, ...]:
    """Return the cells of the headings, row by row.

    Neighbours with the same headings from the top down share a cell; the last heading of a column
    goes down to the lowest row.
    """
    depth = max(map(len, headings))
    return tuple(head for level in range(depth) for head in _level(headings, level, depth))


def _level(headings: Sequence[tuple[str, ...]], level: int, depth: int) -> Iterator[Head]:
    places = range(len(headings))
    for (path, last), group in groupby(places, lambda at: _cell(headings[at], level)):
        columns = list(group)
        if len(path) > level:
            rows = depth - level if last else 1
            yield Head(path[level], level, columns[0], rows, len(columns))


def _cell(heading: tuple[str, ...], level: int) -> tuple[tuple[str, ...], bool]:
    """Return what neighbours must have in common to share a cell of a level."""
    return heading[: level + 1], level >= len(heading) - 1
