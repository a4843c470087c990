"""Signs that nobody sees, or that steer what is seen, written out."""

from __future__ import annotations

import unicodedata

# Controls, marks of direction and joining, lone surrogates, private and unassigned code points,
# and the two separators that some programs break lines at.
_UNSEEN = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"})


def is_unseen(character: str) -> bool:
    """Tell whether a character has to be written out; line feeds and tabs are shown as such."""
    return unicodedata.category(character) in _UNSEEN and character not in "\n\t"


def write_out(character: str) -> str:
    """Return the code point in words, as U+200B."""
    return f"U+{ord(character):04X}"


def visible(text: str) -> str:
    """Return text with each unseen sign as [U+200B]; XML and UTF-8 can hold what is left."""
    if text.isprintable():
        return text
    return "".join(f"[{write_out(one)}]" if is_unseen(one) else one for one in text)
