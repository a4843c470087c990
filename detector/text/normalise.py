"""Texts in batches → compact texts, with an exact way back to every original character.

All texts of a batch lie in one array behind barriers; one gather folds and classifies them.
Maps back are made only for the texts that are asked for: most pages have no hit.
"""

from __future__ import annotations

import html
import re
from collections.abc import Sequence
from functools import cached_property
from itertools import accumulate
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from detector.model import View, ViewName
from detector.text.characters import (
    ALWAYS_LEFT_OUT,
    BARRIER,
    FLAGGED,
    Characters,
    Codes,
    Flag,
    load_characters,
)
from detector.text.steps import STEPS, Positions, code_of, having, text_of, window

# Punctuation is folded by the time that entities are looked at: "&nbsp;" reads "&nbsp；".
_ENTITY = re.compile(r"&(#[0-9]{1,7}|#x[0-9a-f]{1,6}|[a-z]{2,8})；|\\u([0-9a-f]{4})")
_LONGEST_ENTITY = 11
KEYCAP, VARIATION_SELECTOR = 0x20E3, 0xFE0F


class Joined:
    """Compact texts in one array of code points, parted by BARRIER."""

    def __init__(self, codes: Codes) -> None:
        """Keep the array."""
        self.codes = codes

    @cached_property
    def bounds(self) -> Positions:
        """Return where each text begins; one entry more than there are texts."""
        barriers = np.flatnonzero(self.codes == BARRIER)
        return np.concatenate(([0], barriers + 1, [len(self.codes) + 1]))

    def __len__(self) -> int:
        """Return the number of texts."""
        return len(self.bounds) - 1

    def index_of(self, places: Positions) -> Positions:
        """Return the number of the text that each place of the array lies in."""
        return np.searchsorted(self.bounds, places, side="right") - 1

    def text(self, index: int) -> str:
        """Return one text."""
        return text_of(self.codes[self.bounds[index] : self.bounds[index + 1] - 1])

    def choose(self, indices: Positions) -> Joined:
        """Return some of the texts, renumbered in that order."""
        parts: list[Codes] = []
        for index in indices.tolist():
            parts.append(self.codes[self.bounds[index] : self.bounds[index + 1] - 1])
            parts.append(np.array([BARRIER], np.uint32))
        return Joined(np.concatenate(parts[:-1]) if parts else np.zeros(0, np.uint32))


class Normalised(Joined):
    """A batch of texts in compact form, with the way back to the originals."""

    def __init__(
        self, codes: Codes, origins: Positions, ends: Positions, offsets: list[int]
    ) -> None:
        """Keep the arrays; `origins` and `ends` bound, in the joined originals, each code."""
        super().__init__(codes)
        self._origins = origins
        self._ends = ends
        self._offsets = offsets

    def view(self, index: int) -> View:
        """Return one text's compact view."""
        here = slice(self.bounds[index], self.bounds[index + 1] - 1)
        offset = self._offsets[index]
        starts, ends = self._origins[here] - offset, self._ends[here] - offset
        return View(ViewName.COMPACT, self.text(index), starts, ends)


class Normaliser:
    """Folds and compacts texts; holds the character table."""

    def __init__(self, characters: Characters) -> None:
        """Keep the table."""
        self.characters = characters

    @classmethod
    def load(cls, folder: Path) -> Normaliser:
        """Load the tables below a lexicon folder."""
        return cls(load_characters(folder / "characters"))

    def compact(self, text: str) -> str:
        """Return the compact form of one text."""
        return self.normalise([text]).view(0).text

    def normalise(self, texts: Sequence[str]) -> Normalised:
        """Bring texts into compact form."""
        joined = "\n".join(texts)
        raw = np.frombuffer(joined.encode("utf-32-le", "surrogatepass"), dtype="<u4")
        offsets = [0, *accumulate(len(text) + 1 for text in texts)]
        values = self.characters.values[raw]
        values[np.array(offsets[1:-1], dtype=np.intp) - 1] = BARRIER
        _enclose_keycaps(raw, values)
        origins = np.flatnonzero(values & np.uint32(ALWAYS_LEFT_OUT) == 0)
        values, ends = values[origins], origins + 1
        values, origins, ends = self._settle(values, origins, ends)
        return Normalised(code_of(values), origins, ends, offsets)

    def _settle(
        self, values: Codes, origins: Positions, ends: Positions
    ) -> tuple[Codes, Positions, Positions]:
        """Apply what depends on the characters round about, until nothing changes."""
        special = np.flatnonzero(values >= FLAGGED)
        while special.size:
            keep = np.ones(len(values), dtype=bool)
            self._decode(values, special, ends, keep)
            for step in STEPS:
                if keep.all():
                    keep[step(values, special, self.characters)] = False
            if keep.all():
                break
            values, origins, ends = values[keep], origins[keep], ends[keep]
            special = np.flatnonzero(values >= FLAGGED)
        longer = having(values, special, Flag.LONGER)
        return (
            self._expand(values, origins, ends, longer) if longer.size else (values, origins, ends)
        )

    def _decode(
        self, values: Codes, special: Positions, ends: Positions, keep: NDArray[np.bool_]
    ) -> None:
        """Put the character that an entity or an escape stands for in its place."""
        for at in having(values, special, Flag.MARKUP).tolist():
            found = _ENTITY.match(window(values, at, _LONGEST_ENTITY))
            meant = _meant(found) if found else ""
            if found and len(meant) == 1:
                last = at + found.end() - 1
                values[at], ends[at] = self.characters.values[ord(meant)], ends[last]
                keep[at + 1 : last + 1] = False
                keep[at] = not values[at] & np.uint32(ALWAYS_LEFT_OUT)

    def _expand(
        self, values: Codes, origins: Positions, ends: Positions, longer: Positions
    ) -> tuple[Codes, Positions, Positions]:
        """Write out the normal forms that have several characters; all share one origin."""
        forms = [self.characters.longer[code] for code in code_of(values[longer]).tolist()]
        counts = np.ones(len(values), dtype=np.intp)
        counts[longer] = [len(form) for form in forms]
        written = np.repeat(values, counts)
        starts = np.cumsum(counts) - counts
        for start, form in zip(starts[longer].tolist(), forms, strict=True):
            written[start : start + len(form)] = [ord(character) for character in form]
        return written, np.repeat(origins, counts), np.repeat(ends, counts)


def _enclose_keycaps(raw: Codes, values: Codes) -> None:
    """Flag what a combining keycap encloses, which is lost when unseen characters go: 1️⃣."""
    for at in np.flatnonzero(raw == KEYCAP).tolist():
        inside = at - 2 if at > 1 and raw[at - 1] == VARIATION_SELECTOR else at - 1
        if inside >= 0:
            values[inside] |= np.uint32(Flag.ENCLOSED)


def _meant(entity: re.Match[str]) -> str:
    return html.unescape(f"&{entity[1]};") if entity[1] else chr(int(entity[2], 16))
