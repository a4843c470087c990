"""A line of text as a terminal shows it: what each character becomes and how wide that is.

Terminals disagree about joined emoji and about characters without a width; those are left out,
so that columns can be counted. Controls, which could move the cursor, become visible signs.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from wcwidth import wcswidth, wcwidth

from detector.model import Span

TAB_STOP = 4
ELLIPSIS = "…"
_NEVER_FIRST = frozenset("，。、；：！？）】》」”’")
# Emoji presentation and skin tones: drawn into the sign before them, or not, by terminal.
_MODIFIERS = frozenset(map(chr, (*range(0xFE00, 0xFE10), *range(0x1F3FB, 0x1F400))))


@dataclass(frozen=True, slots=True)
class Shown:
    """What one character becomes, and the columns that it takes."""

    text: str
    width: int


@dataclass(frozen=True, slots=True)
class Strip:
    """A line cut to a width, and the columns (half-open) that a span takes in it."""

    text: str
    columns: Span


def lay_out(line: str) -> list[Shown]:
    """Return what each character of a line becomes, one entry for each."""
    shown, column = [], 0
    for character in line:
        width = TAB_STOP - column % TAB_STOP if character == "\t" else None
        one = Shown(" " * width, width) if width else _show(character)
        shown.append(one)
        column += one.width
    return shown


def clean(text: str) -> str:
    """Return text that is safe to print: one line, nothing that steers the terminal."""
    return _join(lay_out(text))


def cut_round(line: str, span: Span, width: int) -> Strip:
    """Cut a line to `width` columns round a span, with … where something was left out.

    The span stays whole where it fits; a longer one loses its end.
    """
    shown = lay_out(line)
    window = _window(shown, span, width)
    before = ELLIPSIS if window.start else ""
    after = ELLIPSIS if window.end < len(shown) else ""
    left = len(before) + _width(shown[window.start : span.start])
    right = left + _width(shown[span.start : min(span.end, window.end)])
    text = _join(shown[window.start : window.end])
    return Strip(before + text + after, Span(left, right))


def wrap(text: str, width: int) -> Iterator[str]:
    """Yield a text in rows of at most `width` columns.

    Chinese breaks anywhere, but a mark that closes stays behind the character it follows.
    """
    row: list[Shown] = []
    for one in lay_out(text.replace("\n", " ")):
        if row and _width(row) + one.width > width:
            kept = [row.pop()] if one.text in _NEVER_FIRST and len(row) > 1 else []
            yield _join(row)
            row = kept
        row.append(one)
    if row:
        yield _join(row)


def pad(text: str, width: int, fill: str = " ") -> str:
    """Fill a text up to `width` columns; a longer one stays as it is."""
    return text + fill * (width - wcswidth(text))


def _show(character: str) -> Shown:
    code = ord(character)
    if code < 0x20 or code == 0x7F:
        return Shown(chr(0x2421 if code == 0x7F else 0x2400 + code), 1)
    if character in _MODIFIERS or unicodedata.category(character) == "Cf":
        return Shown("", 0)
    width = wcwidth(character)
    if width < 0:
        return Shown("\N{REPLACEMENT CHARACTER}", 1)
    return Shown(character if width else "", width)


def _window(shown: Sequence[Shown], span: Span, width: int) -> Span:
    """Return the range of characters to show: the span, then what fits on either side in turn."""
    if _width(shown) <= width:
        return Span(0, len(shown))
    room = width - 2 * len(ELLIPSIS)
    start, end, used = span.start, span.start, 0
    while end < span.end and used + shown[end].width <= room:
        used += shown[end].width
        end += 1
    while True:
        left = start > 0 and used + shown[start - 1].width <= room
        if left:
            start -= 1
            used += shown[start].width
        right = end < len(shown) and end >= span.end and used + shown[end].width <= room
        if right:
            used += shown[end].width
            end += 1
        if not left and not right:
            return Span(start, end)


def _width(shown: Sequence[Shown]) -> int:
    return sum(one.width for one in shown)


def _join(shown: Iterable[Shown]) -> str:
    return "".join(one.text for one in shown)
