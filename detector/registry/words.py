"""What names of institutions are made of: a lexicon, and jieba's dictionary for all other words."""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from functools import cached_property
from importlib.util import find_spec
from pathlib import Path

from detector.model import Lexicon

# Spaces, brackets and the signs that are set between the parts of a name.
_SIGNS = re.compile(r"[\s()\[\]{}<>《》〈〉【】〔〕「」“”\"'·•・.,，。、:：;；*＊_\-—–~/\\|]+")
PLACE = b"ns"  # jieba's tag of a place name
PERSONS = frozenset({b"nr", b"nrt"})  # names of persons: nearly any two characters are one
# How near characters stand in GB 2312, whose first level goes by sound (a sound has nine on
# average), and in Unicode, which goes by radical: of random pairs 1 in 100 is that near.
SOUND_REACH, SHAPE_REACH = 6, 20
_FIRST_LEVEL = range(0xB0, 0xD8)


class Words:
    """Answers what a word is in a name; jieba's dictionary is read when first asked for."""

    def __init__(self, lexicon: Lexicon) -> None:
        """Sort the lexicon's entries by their roles."""
        roles: dict[str, list[str]] = defaultdict(list)
        self._groups: dict[str, str] = {}
        self._forms: list[tuple[str, str]] = []
        for entry in lexicon.entries:
            role = entry.fields.get("role", "")
            roles[role].append(entry.text)
            if role == "alike":
                self._groups[entry.text] = entry.fields["group"]
            elif role == "form":
                self._forms.append((entry.text, entry.fields["as"]))
        self._roles = {role: tuple(texts) for role, texts in roles.items()}
        self.fillers = frozenset(self.of("filler"))
        self.divisions = frozenset(self.of("division"))
        self.branches = self.of("branch")

    def of(self, role: str) -> tuple[str, ...]:
        """Return the lexicon's words of one role, longest first."""
        return tuple(sorted(self._roles.get(role, ()), key=len, reverse=True))

    def key(self, name: str) -> str:
        """Return a name as it is compared: one width, no signs, one word for a legal form."""
        key = _SIGNS.sub("", unicodedata.normalize("NFKC", name)).upper()
        for text, form in self._forms:
            key = key.replace(text, form)
        return key

    def group(self, word: str) -> str:
        """Return the group of words that a word is alike to, "" for none."""
        return self._groups.get(word, "")

    def is_society(self, key: str) -> bool:
        """Tell whether a name is that of a society, which has no brand in front of its trade."""
        return key.endswith(self.of("society"))

    def is_word(self, text: str) -> bool:
        """Tell whether a text is a word of two characters or more."""
        if len(text) < 2 or text in self._groups:
            return len(text) > 1
        tag = self._dictionary.get(text.encode())
        return tag is not None and tag not in PERSONS

    def is_place(self, text: str) -> bool:
        """Tell whether a text is the name of a place."""
        return len(text) > 1 and self._dictionary.get(text.encode(), b"") == PLACE

    @cached_property
    def _dictionary(self) -> dict[bytes, bytes]:
        """Read words and their tags; keys stay bytes, which halves time and memory."""
        spec = find_spec("jieba")
        assert spec is not None and spec.origin is not None
        parts = (Path(spec.origin).parent / "dict.txt").read_bytes().split()
        return dict(zip(parts[::3], parts[2::3], strict=True))


def look_or_sound_alike(one: str, other: str) -> bool:
    """Tell whether two characters are near in the orders that go by sound and by radical."""
    first, second = _sound(one), _sound(other)
    if first is not None and second is not None and abs(first - second) <= SOUND_REACH:
        return True
    return abs(ord(one) - ord(other)) <= SHAPE_REACH


def _sound(character: str) -> int | None:
    """Return a character's place in the first level of GB 2312, None for any other."""
    try:
        row, cell = character.encode("gb2312")
    except ValueError:  # not in it, or a single byte
        return None
    return (row - 0xB0) * 94 + cell - 0xA1 if row in _FIRST_LEVEL else None
