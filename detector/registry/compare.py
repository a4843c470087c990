"""Two names, one of them listed: the same, a copy of it, or those of two institutions.

Each place where they differ is looked at with the word that it lies in. Another town or another
trade makes another institution; a word of the same meaning, a word put in, characters swapped
or a character that looks or sounds alike make a copy. Measured: docs/decisions/registry.md.
"""

from __future__ import annotations

from enum import IntEnum
from typing import NamedTuple

from rapidfuzz.distance import OSA, Levenshtein

from detector.registry.words import Words, look_or_sound_alike

REACH = 4  # characters either side of a difference that its word may take in
MOST_EDITS = 4  # characters between a name and its copy …
MOST_PLACES = 2  # … and the places that they lie in
LONGEST_BRAND = 4
LONGEST_PLACE = 6


class Likeness(IntEnum):
    """How two names are alike; of several differences the highest speaks."""

    SAME = 0  # but for the word behind a place's name
    SLIP = 1  # one character, as an OCR engine misreads it, or a copy's author swaps it
    COPY = 2
    NEAR = 3  # one character of a brand: as likely another institution's
    OTHER = 4


_TWICE = {Likeness.SLIP: Likeness.COPY, Likeness.NEAR: Likeness.OTHER}


class _Edit(NamedTuple):
    """A place where two names differ: name[start:end] stands for listed[at:to]."""

    name: str
    listed: str
    start: int
    end: int
    at: int
    to: int

    @property
    def texts(self) -> tuple[str, str]:
        return self.name[self.start : self.end], self.listed[self.at : self.to]

    def widened(self) -> list[tuple[str, str]]:
        """Return the words that the difference may lie in: as much round it on both sides."""
        return [
            (
                self.name[self.start - left : self.end + right],
                self.listed[self.at - left : self.to + right],
            )
            for left in range(REACH)
            for right in range(REACH - left)
            if left <= min(self.start, self.at)
            and self.end + right <= len(self.name)
            and self.to + right <= len(self.listed)
            and self.name[self.end : self.end + right] == self.listed[self.to : self.to + right]
            and self.name[self.start - left : self.start] == self.listed[self.at - left : self.at]
        ]


def compare(name: str, listed: str, words: Words) -> Likeness:
    """Tell how alike two names are; both are keys (`Words.key`)."""
    distance = Levenshtein.distance(name, listed)
    if not 0 < distance <= MOST_EDITS:
        return Likeness.OTHER if distance else Likeness.SAME
    if distance == 2 and OSA.distance(name, listed) == 1:
        return _swapped(name, listed, words)
    edits = _edits(name, listed)
    if len(edits) > MOST_PLACES:
        return Likeness.OTHER
    found = [_likeness(edit, words) for edit in edits]
    worst = max(found)
    # Two wrong characters are no misreading, and two in a brand are another brand.
    if len(found) > 1 and min(found) is not Likeness.SAME:
        return _TWICE.get(worst, worst)
    return worst


def _edits(name: str, listed: str) -> list[_Edit]:
    """Return where the names differ; neighbouring edits are one, and so are those of a shift."""
    edits: list[_Edit] = []
    for step in Levenshtein.opcodes(listed, name):
        if step.tag == "equal":
            continue
        start, at = step.dest_start, step.src_start
        edit = _Edit(name, listed, start, step.dest_end, at, step.src_end)
        if edits and _belong_together(edits[-1], edit):
            last = edits.pop()
            edit = edit._replace(start=last.start, at=last.at)
        edits.append(edit)
    return edits


def _belong_together(last: _Edit, edit: _Edit) -> bool:
    """Tell whether edits touch, or are one word shifted into another (宠物 and 物流)."""
    gap = edit.start - last.end
    one_sided = not all(last.texts) and not all(edit.texts)
    shifted = one_sided and bool(last.texts[0]) != bool(edit.texts[0])
    return gap == 0 or (gap == 1 and shifted)


def _swapped(name: str, listed: str, words: Words) -> Likeness:
    at = next(i for i, (a, b) in enumerate(zip(name, listed, strict=True)) if a != b)
    edit = _Edit(name, listed, at, at + 2, at, at + 2)
    both_places = any(words.is_place(a) and words.is_place(b) for a, b in edit.widened())
    return Likeness.OTHER if both_places else Likeness.COPY


def _likeness(edit: _Edit, words: Words) -> Likeness:
    mine, theirs = edit.texts
    if (not mine and theirs in words.divisions) or (not theirs and mine in words.divisions):
        return Likeness.SAME
    wide = edit.widened()
    if _is_other_place(edit, wide, words):
        return Likeness.OTHER
    if any(_alike(a, b, words) for a, b in wide):
        return Likeness.COPY
    if not (mine and theirs):
        return _put_in(edit, words)
    if len(mine) == len(theirs) == 1:
        return _replaced(edit, wide, words)
    return Likeness.OTHER


def _is_other_place(edit: _Edit, wide: list[tuple[str, str]], words: Words) -> bool:
    mine, theirs = edit.texts
    if not mine or not theirs:
        return words.is_place(mine or theirs)
    if any(words.is_place(a) and words.is_place(b) for a, b in wide):  # 宝安区, 龙岗区
        return True
    # Counties that no dictionary holds: what stands before the word behind a place's name.
    behind = edit.name[edit.end : edit.end + 1]
    if behind not in words.divisions or behind != edit.listed[edit.to : edit.to + 1]:
        return False
    known = any(words.is_place(theirs) for _, theirs in wide)
    return not (known and len(mine) == len(theirs) == 1 and look_or_sound_alike(mine, theirs))


def _alike(one: str, other: str, words: Words) -> bool:
    group = words.group(one)
    return bool(group) and one != other and group == words.group(other)


def _put_in(edit: _Edit, words: Words) -> Likeness:
    """Judge text that stands in one of the two names only."""
    text = "".join(edit.texts)
    if text in words.fillers or text in words.divisions:
        return Likeness.COPY
    if len(text) > 1:
        return Likeness.OTHER
    return Likeness.NEAR if _in_brand(edit, words) else Likeness.COPY


def _replaced(edit: _Edit, wide: list[tuple[str, str]], words: Words) -> Likeness:
    """Judge one character that stands for another."""
    if look_or_sound_alike(*edit.texts):
        return Likeness.SLIP
    if any(words.is_word(a) and words.is_word(b) for a, b in wide):
        return Likeness.OTHER
    return Likeness.NEAR if _in_brand(edit, words) else Likeness.SLIP


def _in_brand(edit: _Edit, words: Words) -> bool:
    """Tell whether a difference lies in what a name begins with behind its places."""
    if words.is_society(edit.listed):
        return False
    start = 0
    while end := _place_end(edit.listed, start, words):
        start = end
    return edit.at < start + LONGEST_BRAND


def _place_end(name: str, start: int, words: Words) -> int:
    """Return where the place's name that stands at `start` ends, 0 where there is none."""
    for end in range(min(start + LONGEST_PLACE, len(name)), start + 1, -1):
        text = name[start:end]
        if words.is_place(text) or (len(text) > 2 and text[-1] in words.divisions):
            return end
    return 0
