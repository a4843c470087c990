"""How a term was disguised, and whether Latin letters round it make it part of another word."""

from __future__ import annotations

import re

import numpy as np

from detector.model import Evasion, Hit, Span, View
from detector.text.characters import Characters, Flag

_LETTER = re.compile(r"[a-z]")
_BREAK = re.compile(r"\s*\n\s*")
_HAN = re.compile(r"[\u3400-\u9fff]")
_ONE_A_LINE = re.compile(r"\S\s*(?:\n\s*\S\s*)+")
_SOUND_IN_BRACKETS = re.compile(r"[(（\[【〔]\s*[^\W\d_\u3400-\u9fff]+\d?\s*[)）\]】〕]")
# The first that applies is reported: deliberate gaps before foldings that may be a mere habit.
_GAPS: tuple[tuple[Flag, Evasion], ...] = (
    (Flag.MARKUP, Evasion.MARKUP),
    (Flag.UNSEEN, Evasion.ZERO_WIDTH),
    (Flag.EMOJI, Evasion.EMOJI),
    (Flag.ENCLOSED, Evasion.EMOJI),
    (Flag.SEPARATOR, Evasion.SEPARATOR),
    (Flag.OPENING, Evasion.SEPARATOR),
)


def disguise_of(surface: str, view: View, at: Span, characters: Characters) -> Evasion | None:
    """Return how the surface departs from the term it was read as, None where it does not.

    Gaps that are only white space are layout, not a disguise, unless every character has a
    line of its own.
    """
    if surface == view.text[at.start : at.end]:
        return None
    if len(surface) > at.end - at.start and (gap := _gap_of(surface, view, at, characters)):
        return gap
    kinds = {characters.kinds.get(character) for character in surface}
    for kind in (Evasion.VARIANT, Evasion.TRADITIONAL):
        if kind in kinds:
            return kind
    solid = "".join(surface.split()).lower()
    return None if solid == view.text[at.start : at.end] else Evasion.WIDTH


def _gap_of(surface: str, view: View, at: Span, characters: Characters) -> Evasion | None:
    if _SOUND_IN_BRACKETS.search(surface):
        return Evasion.PINYIN_BRACKET
    values = characters.values[_left_out(surface, view, at)]
    for flag, evasion in _GAPS:
        if (values & np.uint32(flag)).any():
            return evasion
    return Evasion.LINE_SPLIT if _ONE_A_LINE.fullmatch(surface) else None


def _left_out(surface: str, view: View, at: Span) -> list[int]:
    """Return the code points of the surface that the view has nothing for."""
    start = int(view.starts[at.start])
    kept = {
        place
        for i in range(at.start, at.end)
        for place in range(int(view.starts[i]) - start, int(view.ends[i]) - start)
    }
    return [ord(c) for place, c in enumerate(surface) if place not in kept]


def is_one_line(surface: str) -> bool:
    """Tell whether a surface stands on one line, or on lines that were broken between two Han."""
    return "\n" not in surface or all(
        _HAN.fullmatch(surface[gap.start() - 1]) and _HAN.fullmatch(surface[gap.end()])
        for gap in _BREAK.finditer(surface)
    )


def stands_free(view: View, text: str, hit: Hit) -> bool:
    """Tell whether no Latin letter touches a hit that begins or ends with one (rs部, china).

    Letters alone stand for a word only in capitals, as no word of theirs does (GJ认可).
    """
    if hit.evasion is Evasion.LETTERS and hit.surface.isascii() and not hit.surface.isupper():
        return False
    first, last = view.text[hit.at.start], view.text[hit.at.end - 1]
    if "a" <= first <= "z" and _LETTER.match(text[hit.span.start - 1 : hit.span.start].lower()):
        return False
    return not ("a" <= last <= "z" and _LETTER.match(text[hit.span.end : hit.span.end + 1].lower()))
