"""One look-up table from code points to their normal form and what they are in a text.

A value holds the normal form in its low 21 bits and flags above them, so that one gather over
a page tells both. Values without a flag are ordinary characters.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import IntFlag
from pathlib import Path
from types import MappingProxyType

import numpy as np
from numpy.typing import NDArray

from detector.model import Evasion

Codes = NDArray[np.uint32]

CODE = (1 << 21) - 1  # mask of the normal form
BARRIER = CODE  # stands between the texts of a batch; beyond Unicode, so no text holds it
FLAGGED = 1 << 21  # values from here on carry a flag
_SIZE = 0x110000


class Flag(IntFlag):
    """What a character is where it is more than itself."""

    SPACE = 1 << 21  # layout: left out
    UNSEEN = 1 << 22  # zero width, controls, combining marks: left out
    EMOJI = 1 << 23  # left out
    SEPARATOR = 1 << 24  # left out between Han characters
    ENCLOSED = 1 << 25  # a circled or keycap digit: left out between Han characters
    OPENING = 1 << 26  # may open a bracket with pinyin or round a single character
    MARKUP = 1 << 27  # may begin a tag, an entity or an escape
    LONGER = 1 << 28  # the normal form has several characters
    LISTING = 1 << 29  # left out where it parts single Han characters (一、次、过)


ALWAYS_LEFT_OUT = Flag.SPACE | Flag.UNSEEN | Flag.EMOJI

# Marks, then two strokes that look like marks, a Japanese particle, and what stands for a byte that
# could not be read.
SEPARATORS = (
    "·•‧・･*_-–—―~^|/\\+=#@$.…′'`´¨°○●◎★☆■□▲△▼▽◆◇※→←↑↓♥♡♦♣♠✓✔✕✖⁎∙⋅─━│┃═║▪▫◦¤§¦¬%丶丨の\ufffd"
)
MARKUP_STARTS = "<&\\"
# Punctuation of both widths becomes the full-width form, which rules are written in.
PUNCTUATION = {",": "，", ";": "；", ":": "：", "!": "！", "?": "？", "(": "（", ")": "）"}
# Characters whose compatibility form is not wanted: it would be a run of full stops.
KEPT = frozenset({"…", "‥", *PUNCTUATION.values()})
BRACKETS = {
    "（": "）",
    "[": "]",
    "【": "】",
    "「": "」",
    "『": "』",
    "〖": "〗",
    "〔": "〕",
    "<": ">",
}

# Blocks whose characters have compatibility forms (NFKC), letters and digits for the most part.
_COMPATIBILITY = (
    (0x00A0, 0x0100),
    (0x2070, 0x2190),
    (0x2460, 0x2500),
    (0x2E80, 0x2FE0),
    (0x3200, 0x3400),
    (0xF900, 0xFB00),
    (0xFE10, 0xFE70),
    (0xFF00, 0xFFF0),
    (0x1D400, 0x1D800),
    (0x1F100, 0x1F200),
    (0x2F800, 0x2FA20),
)
_ACCENTED = ((0x00C0, 0x0250), (0x1E00, 0x1F00))
_ENCLOSED = ((0x2460, 0x2500), (0x2776, 0x2794), (0x3251, 0x3260), (0x32B1, 0x32C0))
_EMOJI = (
    (0x2600, 0x2776),
    (0x2794, 0x27C0),
    (0x2B00, 0x2BFF),
    (0x1F000, 0x1F100),
    (0x1F1E6, 0x1FB00),
)
_UNSEEN = (
    (0x0000, 0x0009),
    (0x000E, 0x001C),
    (0x007F, 0x0085),
    (0x0086, 0x00A0),
    (0x00AD, 0x00AE),
    (0x0300, 0x0370),
    (0x061C, 0x061D),
    (0x115F, 0x1161),
    (0x17B4, 0x17B6),
    (0x180B, 0x1810),
    (0x200B, 0x2010),
    (0x202A, 0x202F),
    (0x2060, 0x2070),
    (0x20D0, 0x2100),
    (0x3164, 0x3165),
    (0xFE00, 0xFE10),
    (0xFE20, 0xFE30),
    (0xFEFF, 0xFF00),
    (0xFFA0, 0xFFA1),
    (0xFFF0, 0xFFFD),
    (0x1F3FB, 0x1F400),
    (0xE0000, 0xE0200),
)


@dataclass(frozen=True, slots=True)
class Characters:
    """The table and what is needed beside it.

    `values[c]` is the value of code point c; `longer` holds the normal forms of several
    characters, by the number that stands in the low bits of a LONGER value; `kinds` says how
    a folded Han character disguises its normal form; `syllables` are those of pinyin.
    """

    values: Codes
    longer: tuple[str, ...]
    kinds: Mapping[str, Evasion]
    syllables: frozenset[str]


def load_characters(folder: Path) -> Characters:
    """Build the table from the files in `rules/lexicon/characters`."""
    traditional = dict(_pairs(folder / "traditional.tsv"))
    variants = dict(_pairs(folder / "variants.tsv"))
    kinds = dict.fromkeys(traditional, Evasion.TRADITIONAL)
    kinds.update(dict.fromkeys(variants, Evasion.VARIANT))
    values, longer = _table({**traditional, **variants})
    syllables = frozenset(_lines(folder / "syllables.txt"))
    return Characters(values, longer, MappingProxyType(kinds), syllables)


def _table(han: Mapping[str, str]) -> tuple[Codes, tuple[str, ...]]:
    values = np.arange(_SIZE, dtype=np.uint32)
    longer: list[str] = []
    for character, form in _forms(han).items():
        if len(form) == 1:
            values[ord(character)] = ord(form)
        else:
            values[ord(character)] = Flag.LONGER | len(longer)
            longer.append(form)
    _set_flags(values)
    return values, tuple(longer)


def _forms(han: Mapping[str, str]) -> dict[str, str]:
    """Return every character whose normal form is not itself."""
    forms = {chr(c): chr(c).lower() for c in range(0x41, 0x5B)}
    forms.update(_without_accents())
    for character in _characters(_COMPATIBILITY):
        form = unicodedata.normalize("NFKC", character).lower()
        if character not in KEPT and " " not in form and form != character:
            forms[character] = form
    forms.update({**PUNCTUATION, **han})
    # Forms are followed to their end (囯 → 國 → 国), so that folding twice is folding once.
    return {c: "".join(_settled(part, forms) for part in form) for c, form in forms.items()}


def _without_accents() -> Iterator[tuple[str, str]]:
    """Yield Latin letters with accents or tone marks and their bare forms: ǎ → a."""
    for character in _characters(_ACCENTED):
        bare = unicodedata.normalize("NFD", character)[0].lower()
        if character.isalpha() and "a" <= bare <= "z":
            yield character, bare


def _settled(character: str, forms: Mapping[str, str]) -> str:
    seen = {character}
    while len(form := forms.get(character, character)) == 1 and form not in seen:
        seen.add(form)
        character = form
    return character


def _set_flags(values: Codes) -> None:
    """Flag characters by the blocks they stand in, then by what their normal form is."""
    for block, flag in ((_EMOJI, Flag.EMOJI), (_UNSEEN, Flag.UNSEEN)):
        for start, end in block:
            values[start:end] |= np.uint32(flag)
    for code in range(_SIZE >> 3):  # white space stands in the first planes only
        if chr(code).isspace():
            values[code] |= np.uint32(Flag.SPACE)
    signs = {
        Flag.SEPARATOR: SEPARATORS,
        Flag.MARKUP: MARKUP_STARTS,
        Flag.OPENING: "".join(BRACKETS),
        Flag.LISTING: "、",
    }
    for flag, characters in signs.items():
        for character in characters:
            unflagged = values[ord(character)] & ~np.uint32(Flag.EMOJI)
            values[ord(character)] = unflagged | np.uint32(flag)
    low = values & np.uint32(CODE)
    single = values & np.uint32(Flag.LONGER) == 0
    folded = (low != np.arange(_SIZE, dtype=np.uint32)) & single
    values[folded] |= values[low[folded]] & ~np.uint32(CODE)
    for start, end in _ENCLOSED:
        values[start:end] |= np.uint32(Flag.ENCLOSED)


def _characters(blocks: Iterable[tuple[int, int]]) -> Iterator[str]:
    for start, end in blocks:
        yield from map(chr, range(start, end))


def _pairs(path: Path) -> Iterator[tuple[str, str]]:
    for line in _lines(path):
        left, _, right = line.partition("\t")
        yield left, right


def _lines(path: Path) -> Iterator[str]:
    for line in path.read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            yield line
