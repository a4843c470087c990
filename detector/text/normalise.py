"""Texts in batches → compact texts, with an exact way back to every original character.

All texts of a batch lie in one array behind barriers; one gather folds and classifies them.
Maps back are made only for the texts that are asked for: most pages have no hit.
"""

from __future__ import annotations

import html
import re
from collections.abc import Sequence
from functools import cached_property
from itertools import accumulate, chain
from pathlib import Path

import numpy as np

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
from detector.text.origins import Origins
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
        return self._texts[index]

    @cached_property
    def _texts(self) -> list[str]:
        """Write all texts out at once; line ends are layout, so that none holds one."""
        return text_of(np.where(self.codes == BARRIER, ord("\n"), self.codes)).split("\n")

    def choose(self, indices: Positions) -> Joined:
        """Return some of the texts, renumbered in that order."""
        parts: list[Codes] = []
        for index in indices.tolist():
            parts.append(self.codes[self.bounds[index] : self.bounds[index + 1] - 1])
            parts.append(np.array([BARRIER], np.uint32))
        return Joined(np.concatenate(parts[:-1]) if parts else np.zeros(0, np.uint32))


class Normalised(Joined):
    """A batch of texts in compact form, with the way back to the originals."""

    def __init__(self, codes: Codes, origins: Origins, offsets: list[int]) -> None:
        """Keep the way back and where each text begins in the joined originals."""
        super().__init__(codes)
        self._origins = origins
        self._offsets = offsets
        self._views: dict[int, View] = {}

    def view(self, index: int) -> View:
        """Return one text's compact view, made when first asked for."""
        if index not in self._views:
            self._views[index] = self._make_view(index)
        return self._views[index]

    def _make_view(self, index: int) -> View:
        here = np.arange(self.bounds[index], self.bounds[index + 1] - 1)
        starts = self._origins.starts(here)
        ends = self._origins.ends(starts)
        offset = self._offsets[index]
        return View(ViewName.COMPACT, self.text(index), starts - offset, ends - offset)


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
        values = self.characters.values.take(raw)
        values[np.array(offsets[1:-1], dtype=np.intp) - 1] = BARRIER
        _enclose_keycaps(raw, values)
        origins = Origins()
        return Normalised(self._settle(values, origins), origins, offsets)

    def _settle(self, values: Codes, origins: Origins) -> Codes:
        """Leave out layout, then what the characters round about tell to, until nothing changes.

        Only the flagged places are looked at after one pass over all values.
        """
        special = np.flatnonzero(values >= FLAGGED)
        while (gone := self._next_gone(values, special, origins)).size:
            origins.leave_out(gone)
            values = np.delete(values, gone)
            special = _without(special, gone)
        longer = having(values, special, Flag.LONGER)
        forms = [self.characters.longer[code] for code in code_of(values[longer]).tolist()]
        values[special] = code_of(values[special])
        return _expand(values, longer, forms, origins) if forms else values

    def _next_gone(self, values: Codes, special: Positions, origins: Origins) -> Positions:
        """Return what goes next: layout, rests of entities, then what the first step finds."""
        gone = having(values, special, ALWAYS_LEFT_OUT)
        if not gone.size:
            gone = self._decode(values, special, origins)
        for step in STEPS:
            if gone.size:
                break
            gone = step(values, special, self.characters)
        return gone

    def _decode(self, values: Codes, special: Positions, origins: Origins) -> Positions:
        """Put characters in the places of entities and escapes; return the places of the rest."""
        meant: dict[int, str] = {}
        lasts: list[int] = []
        for at in having(values, special, Flag.MARKUP).tolist():
            found = _ENTITY.match(window(values, at, _LONGEST_ENTITY))
            if found and len(character := _meant(found)) == 1:
                meant[at] = character
                lasts.append(at + found.end() - 1)
        if meant:
            places = np.array(list(meant), dtype=np.intp)
            origins.shorten(places, np.array(lasts, dtype=np.intp))
            values[places] = self.characters.values[list(map(ord, meant.values()))]
        rests = (range(at + 1, last + 1) for at, last in zip(meant, lasts, strict=True))
        return np.array(list(chain.from_iterable(rests)), dtype=np.intp)


def _without(special: Positions, gone: Positions) -> Positions:
    """Return where the special places lie once those of `gone` are taken out; both are sorted."""
    before = np.searchsorted(gone, special)
    kept = np.flatnonzero(np.append(gone, -1)[before] != special)
    return special.take(kept) - before.take(kept)


def _expand(values: Codes, longer: Positions, forms: list[str], origins: Origins) -> Codes:
    """Write out the normal forms that have several characters; all share one origin."""
    counts = np.ones(len(values), dtype=np.intp)
    counts[longer] = [len(form) for form in forms]
    written = np.repeat(values, counts)
    last = np.cumsum(counts)[longer]
    places = [range(end - len(form), end) for end, form in zip(last.tolist(), forms, strict=True)]
    written[list(chain.from_iterable(places))] = list(map(ord, "".join(forms)))
    origins.add(np.array([at for form in places for at in form[1:]], dtype=np.intp))
    return written


def _enclose_keycaps(raw: Codes, values: Codes) -> None:
    """Flag what a combining keycap encloses, which is lost when unseen characters go: 1️⃣."""
    for at in np.flatnonzero(raw == KEYCAP).tolist():
        inside = at - 2 if at > 1 and raw[at - 1] == VARIATION_SELECTOR else at - 1
        if inside >= 0:
            values[inside] |= np.uint32(Flag.ENCLOSED)


def _meant(entity: re.Match[str]) -> str:
    return html.unescape(f"&{entity[1]};") if entity[1] else chr(int(entity[2], 16))
