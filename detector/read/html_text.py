"""Text laid out the way a browser would: white space folded, blocks on lines of their own.

Marks stand in the text for what tags do to lines; they and white space are resolved together,
a run of them at a time. No decoder yields the lone surrogates that the marks are.
"""

from __future__ import annotations

import re

BLOCK, BREAK, CELL = "\udc00", "\udc01", "\udc02"
_KEPT_LINE = "\udc03"  # a line feed that is kept as it is written
_KEPT_TAB = "\udc08"  # a text that is a tab and nothing else
_KEPT = str.maketrans("\n \t\r\f", "\udc03\udc04\udc05\udc06\udc07")
_KEPT_BACK = str.maketrans("\udc04\udc05\udc06\udc07", " \t\r\f")
_HAS_KEPT = re.compile("[\udc04-\udc07]")
# White space of HTML only: the ideographic and the no-break space are text.
_SPACE = re.compile(r"[ \t\n\r\f]+")
_GAP = re.compile("([ \t\n\r\f\udc00-\udc03\udc08]+)")


def keep_space(text: str) -> str:
    """Return text whose white space `lay_out` will leave as it is."""
    return _KEPT_TAB if text == "\t" else text.replace("\r\n", "\n").translate(_KEPT)


def lay_out(text: str) -> str:
    """Return the lines of a text with marks, without empty ones at either end."""
    parts = _GAP.split(text)
    gaps = parts[1::2]
    filled = {gap: _fill(gap) for gap in set(gaps)}
    parts[1::2] = map(filled.__getitem__, gaps)
    laid = "".join(parts)
    if _HAS_KEPT.search(laid):
        laid = laid.translate(_KEPT_BACK)
    return laid.strip(" \t\n")


def _fill(gap: str) -> str:
    """Return what a run of white space and marks after a word comes to."""
    filled: list[str] = []
    at_start = space = False
    for mark in _SPACE.sub(" ", gap):
        if mark == " ":
            space = True
        elif mark in (_KEPT_LINE, _KEPT_TAB):
            filled += [" "] * (space and not at_start)
            filled.append("\n" if mark == _KEPT_LINE else "\t")
            at_start, space = mark == _KEPT_LINE, False
        elif mark == CELL:
            if not at_start:
                filled.append("\t")
            space = False
        elif mark == BREAK or not at_start:
            if filled and filled[-1] == "\t":  # the last cell of a row
                filled.pop()
            filled.append("\n")
            at_start, space = True, False
    return "".join(filled) + (" " if space and not at_start else "")
