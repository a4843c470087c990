"""Labels of fields as data, and where they stand in a piece of text."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import zip_longest

import regex

from detector.model import Entry, Lexicon

_GAP = r"[ \t\u3000]{0,4}"
_BLANKS = regex.compile(r"\s+")
_COLON = regex.compile(r"[\s)）]*[:：∶﹕︰;；]\s*")
_SPACE = regex.compile(r"\s+")
# What may stand before a label at the head of a line: bullets, brackets, numbering.
_HEAD = regex.compile(r"[\s\W\d_]*")
_FOLDED = str.maketrans("（）／", "()/")
_TRIMMED = " \t\u3000\r\n。；;，,、·•"
_BRACKETS = " \t\u3000/／()（）.．"
_CUTS = (regex.compile(r"\s{2,}|[\u3000\t]"), regex.compile(r"\s"))


@dataclass(frozen=True, slots=True, eq=False)
class FieldKind:
    """A field by its canonical name, and what the lexicon says of its values."""

    name: str
    shape: regex.Pattern[str]
    complete: regex.Pattern[str] | None = None
    bare: regex.Pattern[str] | None = None
    weak: bool = False
    foot: bool = False
    empty: bool = False
    splits: str = ""

    def fits(self, value: str) -> bool:
        """Tell whether a whole value looks like one of this field."""
        return self.shape.fullmatch(value.strip(_TRIMMED)) is not None

    def is_whole(self, value: str) -> bool:
        """Tell whether a value needs no line below it."""
        return self.complete is None or self.complete.fullmatch(value) is not None


@dataclass(frozen=True, slots=True)
class Labelled:
    """A label in a piece: its range and that of its value, which may be empty."""

    kind: FieldKind
    start: int
    end: int
    value: tuple[int, int]


@dataclass(frozen=True, slots=True)
class Labels:
    """All labels in one expression; `kinds` by the folded label."""

    expression: regex.Pattern[str]
    kinds: Mapping[str, FieldKind]

    @classmethod
    def of(cls, lexicon: Lexicon) -> Labels:
        """Compile the lexicon `certificate-fields`."""
        made: dict[tuple[tuple[str, str], ...], FieldKind] = {}
        kinds: dict[str, FieldKind] = {}
        for entry in lexicon.entries:
            key = tuple(sorted(entry.fields.items()))
            kinds[_fold(entry.text)] = made.setdefault(key, _kind(entry))
        words = sorted((entry.text for entry in lexicon.entries), key=len, reverse=True)
        return cls(regex.compile("|".join(map(_spelt, words)), regex.IGNORECASE), kinds)

    def kind_of(self, label: str) -> FieldKind:
        """Return what a label stands for."""
        return self.kinds[_fold(label)]

    def named(self, name: str) -> Sequence[FieldKind]:
        """Return the kinds of that canonical name."""
        return [kind for kind in dict.fromkeys(self.kinds.values()) if kind.name == name]

    def find(self, text: str) -> list[Labelled]:
        """Return the labels of a piece from left to right, each with the value behind it.

        A label counts by what stands on either side: a colon always tells; without one it must
        begin the line or follow a gap or another label, and what follows must look like a value.
        """
        matches = list(self.expression.finditer(text))
        if not matches:
            return []
        leads = _HEAD.fullmatch(text, 0, matches[0].start()) is not None
        found: list[Labelled] = []
        end = len(text)
        for match in reversed(matches):
            labelled = self._accept(text, match.start(), match.end(), end, leads)
            if labelled is not None:
                found.append(labelled)
                end = match.start()
        return _without_doubles(text, found[::-1])

    def _accept(self, text: str, start: int, end: int, limit: int, leads: bool) -> Labelled | None:
        kind = self.kind_of(text[start:end])
        first = _HEAD.fullmatch(text, 0, start) is not None
        colon = _COLON.match(text, end, limit)
        after = colon.end() if colon else end
        value = _fitted(kind, text, after, limit)
        if colon:
            return Labelled(kind, start, after, value or _trim(text, after, limit))
        apart = first or (not _is_word(text, start - 1))
        gap = _SPACE.match(text, end, limit) is not None or end == limit
        if kind.weak and not (gap and (first or (leads and apart))):
            return None
        if not (apart or leads) or value is None:
            return None
        if value[0] == value[1]:
            stands = first if kind.weak else apart
            return Labelled(kind, start, end, value) if stands else None
        whole = gap or kind.is_whole(text[value[0] : value[1]])
        return Labelled(kind, start, end, value) if whole else None


def _kind(entry: Entry) -> FieldKind:
    fields = entry.fields
    return FieldKind(
        fields["field"],
        regex.compile(fields["shape"]),
        regex.compile(fields["complete"], regex.DOTALL) if "complete" in fields else None,
        regex.compile(fields["bare"]) if "bare" in fields else None,
        "weak" in fields,
        "foot" in fields,
        "empty" in fields,
        fields.get("splits", ""),
    )


def _spelt(word: str) -> str:
    """Return an expression for a label: set wide, brackets of either width."""
    if word.isascii() and word[0].isalpha():
        parts = r"\s*".join(map(regex.escape, word.split()))
        return rf"(?<![A-Za-z]\s?){parts}(?![A-Za-z])\.?"
    return _GAP.join(_character(character) for character in word)


def _character(character: str) -> str:
    wide = {"(": "[(（]", ")": "[)）]", "/": "[/／|｜]"}
    return wide.get(character, regex.escape(character))


def _fold(label: str) -> str:
    return (
        _BLANKS.sub("", label)
        .translate(_FOLDED)
        .replace("｜", "/")
        .replace("|", "/")
        .rstrip(".")
        .casefold()
    )


def _trim(text: str, start: int, end: int) -> tuple[int, int]:
    value = text[start:end]
    kept = value.strip(_TRIMMED)
    if kept.endswith((")", "）")) and not ("(" in kept or "（" in kept):
        kept = kept[:-1]  # the label stands in the same brackets
    begin = start + len(value) - len(value.lstrip(_TRIMMED)) if kept else start
    return begin, begin + len(kept)


def _fitted(kind: FieldKind, text: str, start: int, end: int) -> tuple[int, int] | None:
    """Return the value in a range, cut at a gap where only the part before it fits."""
    begin, stop = _trim(text, start, end)
    if begin == stop or kind.fits(text[begin:stop]):
        return begin, stop
    for cut in _CUTS:
        gap = cut.search(text, begin, stop)
        if gap and kind.fits(text[begin : gap.start()]):
            return _trim(text, begin, gap.start())
    return None


def _is_word(text: str, at: int) -> bool:
    return at >= 0 and text[at].isalnum()


def _without_doubles(text: str, found: Sequence[Labelled]) -> list[Labelled]:
    """Leave out a label that only says the next one in another language."""
    return [
        one
        for one, after in zip_longest(found, found[1:])
        if after is None
        or after.kind.name != one.kind.name
        or text[one.value[0] : one.value[1]].strip(_BRACKETS)
    ]
