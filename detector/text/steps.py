"""Steps that leave out characters by what stands round them, in the order of STEPS.

Each takes the values of a text from which layout and unseen characters are gone already, and
the positions of its flagged characters; it returns the positions that go, or changes nothing.
They run again until none finds anything, so that normalising twice is normalising once.
"""

from __future__ import annotations

import re
from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from detector.text.characters import BARRIER, BRACKETS, CODE, Characters, Codes, Flag

Positions = NDArray[np.intp]
Step = Callable[[Codes, Positions, Characters], Positions]

LONGEST_GAP = 8  # separators in a row; a longer run is a ruled line, not a gap in a word
_LONGEST_TAG = 120
# White space is gone by now, so that names and attributes touch: <spanclass="x">.
_TAG = re.compile(
    r"<！--.*?-->|</?(?:a|b|big|br|del|div|em|font|i|img|ins|mark|o：p|p|s|small|span|strong|sub|sup|u|wbr)"
    r"(?:[a-z-]+=[^<>]*)?/?>"
)
_ANNOTATION = re.compile(r"[（\[【〔<]([a-zü]{1,6})[1-5]?[）\]】〕>]")
_LONGEST_ANNOTATION = 9
_CLOSING = {ord(a): ord(b) for a, b in BRACKETS.items() if a not in "（<"}


def drop_tags(values: Codes, special: Positions, characters: Characters) -> Positions:
    """Leave out tags that stand inside a line: 包<b>过</b>."""
    gone: list[int] = []
    for at in having(values, special, Flag.MARKUP).tolist():
        if found := _TAG.match(window(values, at, _LONGEST_TAG)):
            gone.extend(range(at, at + found.end()))
    return _sorted(gone)


def drop_annotations(values: Codes, special: Positions, characters: Characters) -> Positions:
    """Leave out brackets that hold the sound of the Han character before them: 國(guo)."""
    at = _inner(values, having(values, special, Flag.OPENING))
    at = at[is_han(values[at - 1]) & ~is_han(values[at + 1])]
    gone: list[int] = []
    for start in at.tolist():
        while found := _ANNOTATION.match(window(values, start, _LONGEST_ANNOTATION)):
            if found[1] not in characters.syllables:
                break
            gone.extend(range(start, start + found.end()))
            start += found.end()  # doubled ones follow each other: 培(pei)(pei)
    return _sorted(gone)


def drop_brackets(values: Codes, special: Positions, characters: Characters) -> Positions:
    """Leave out square brackets round a single Han character: 【包】【过】."""
    at = having(values, special, Flag.OPENING)
    at = at[at < len(values) - 2]
    closing = np.array([_CLOSING.get(code, 0) for code in code_of(values[at]).tolist()], np.uint32)
    at = at[is_han(values[at + 1]) & (code_of(values[at + 2]) == closing)]
    return np.union1d(at, at + 2)


def drop_enclosed(values: Codes, special: Positions, characters: Characters) -> Positions:
    """Leave out circled digits between two Han characters."""
    at = _inner(values, having(values, special, Flag.ENCLOSED))
    return at[is_han(values[at - 1]) & is_han(values[at + 1])]


def drop_listing(values: Codes, special: Positions, characters: Characters) -> Positions:
    """Leave out the commas of a list whose members are single Han characters: 一、次、过."""
    at = having(values, special, Flag.LISTING)
    at = at[(at > 0) & (at < len(values) - 1)]
    at = at[is_han(values[at - 1]) & is_han(values[at + 1])]
    alone = np.diff(at) != 2
    return at[~(np.append(True, alone) & np.append(alone, True))] if at.size else at


def drop_separators(values: Codes, special: Positions, characters: Characters) -> Positions:
    """Leave out runs of separators in a word: Han on one side, Han or a letter on the other."""
    at = having(values, special, Flag.SEPARATOR)
    if not at.size:
        return at
    before, after = _beyond(values, at, -1), _beyond(values, at, +1)
    within = (before >= 0) & (after < len(values)) & (after - before <= LONGEST_GAP + 1)
    at, left, right = at[within], values[before[within]], values[after[within]]
    return at[(is_han(left) | is_han(right)) & _is_word(left) & _is_word(right)]


STEPS: tuple[Step, ...] = (
    drop_tags,
    drop_annotations,
    drop_brackets,
    drop_enclosed,
    drop_listing,
    drop_separators,
)


def is_han(values: Codes) -> NDArray[np.bool_]:
    """Tell which values are Han characters."""
    codes = code_of(values)
    return ((codes >= 0x3400) & (codes < 0xA000)) | ((codes >= 0x20000) & (codes < 0x40000))


def _is_word(values: Codes) -> NDArray[np.bool_]:
    codes = code_of(values)
    return is_han(values) | ((codes >= ord("a")) & (codes <= ord("z")))


def _beyond(values: Codes, at: Positions, step: int) -> Positions:
    """Return, for each separator, the first place in that direction that is none."""
    place = at + step
    for _ in range(LONGEST_GAP):
        inside = (place >= 0) & (place < len(values))
        moving = inside & (values[place.clip(0, len(values) - 1)] & np.uint32(Flag.SEPARATOR) > 0)
        if not moving.any():
            break
        place = place + step * moving
    return place


def code_of(values: Codes) -> Codes:
    """Return the normal forms without their flags."""
    return values & np.uint32(CODE)


def having(values: Codes, special: Positions, flag: Flag) -> Positions:
    """Return those of the special positions that carry a flag."""
    return special[values[special] & np.uint32(flag) > 0]


def window(values: Codes, at: int, size: int) -> str:
    """Return the text from a place on, at most to the end of its own text of the batch."""
    codes = code_of(values[at : at + size])
    ends = np.flatnonzero(codes == BARRIER)
    return text_of(codes[: ends[0]] if ends.size else codes)


def text_of(codes: Codes) -> str:
    """Return code points as text."""
    return codes.astype("<u4").tobytes().decode("utf-32-le", "surrogatepass")


def _inner(values: Codes, at: Positions) -> Positions:
    return at[(at > 0) & (at < len(values) - 1)]


def _sorted(positions: list[int]) -> Positions:
    return np.unique(np.array(positions, dtype=np.intp))
