"""The registry: institutions looked up by name, exactly and by likeness."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from enum import StrEnum
from functools import cached_property, lru_cache
from typing import NamedTuple

from rapidfuzz import process
from rapidfuzz.distance import Levenshtein

from detector.model import Institution, Lexicon, Roll
from detector.registry.compare import MOST_EDITS, Likeness, compare
from detector.registry.index import PairIndex
from detector.registry.words import Words

SHORTEST = 5  # characters of a name that is compared by likeness
CHARACTERS_AN_EDIT = 3  # of a name, for each edit between it and its copy
CACHED = 4096


class How(StrEnum):
    """How a name was found."""

    EXACT = "exact"
    SHORTENED = "shortened"  # 深圳鹏程 for 深圳市鹏程
    BRANCH = "branch"
    SLIP = "slip"
    COPY = "copy"
    NEAR = "near"
    NONE = "none"


_BY_LIKENESS = {
    Likeness.SAME: How.SHORTENED,
    Likeness.SLIP: How.SLIP,
    Likeness.COPY: How.COPY,
    Likeness.NEAR: How.NEAR,
}


class Match(NamedTuple):
    """The institutions of a name, and how they were found; `similarity` is 0 to 1."""

    institutions: tuple[Institution, ...]
    how: How
    similarity: float


NO_MATCH = Match((), How.NONE, 0.0)


class Registry:
    """Institutions by name; built once, asked any number of times."""

    def __init__(self, institutions: Iterable[Institution], lexicon: Lexicon) -> None:
        """Sort the institutions by their names; `lexicon` says what names are made of."""
        self.words = Words(lexicon)
        by_key: dict[str, list[Institution]] = defaultdict(list)
        for one in institutions:
            by_key[self.words.key(one.name)].append(one)
        self._by_key = {key: tuple(ones) for key, ones in by_key.items()}
        self._keys = list(self._by_key)
        self._search = lru_cache(CACHED)(self._find)

    def __len__(self) -> int:
        """Return the number of names."""
        return len(self._keys)

    def find(self, name: str) -> Match:
        """Look a name up; black-listed institutions stand before the others of the same name."""
        return self._search(self.words.key(name))

    def exact(self, name: str) -> bool:
        """Tell whether a name is listed as it stands."""
        return self.words.key(name) in self._by_key

    def _find(self, key: str) -> Match:
        if key in self._by_key:
            return self._match(key, How.EXACT, 1.0)
        head = self._head(key)
        if head:
            return self._match(head, How.BRANCH, 1.0)
        return self._near(key) if len(key) >= SHORTEST else NO_MATCH

    def _head(self, key: str) -> str:
        """Return the listed name that a branch's name begins with, the longest there is."""
        if not key.endswith(self.words.branches):
            return ""
        lengths = range(len(key) - 1, SHORTEST - 1, -1)
        return next((key[:end] for end in lengths if key[:end] in self._by_key), "")

    def _near(self, key: str) -> Match:
        edits = min(MOST_EDITS, len(key) // CHARACTERS_AN_EDIT)
        candidates = [self._keys[at] for at in self._index.nearest(key, edits)]
        near = process.extract(
            key, candidates, scorer=Levenshtein.distance, score_cutoff=edits, limit=None
        )
        judged = [
            (compare(key, listed, self.words), distance, listed) for listed, distance, _ in near
        ]
        found = [each for each in judged if each[0] is not Likeness.OTHER]
        if not found:
            return NO_MATCH
        likeness, _, listed = min(found, key=lambda each: (*each[:2], self._is_white(each[2])))
        similarity = Levenshtein.normalized_similarity(key, listed)
        return self._match(listed, _BY_LIKENESS[likeness], similarity)

    def _is_white(self, key: str) -> bool:
        return all(one.roll is Roll.WHITE for one in self._by_key[key])

    def _match(self, key: str, how: How, similarity: float) -> Match:
        ones = sorted(self._by_key[key], key=lambda one: one.roll is Roll.WHITE)
        return Match(tuple(ones), how, round(similarity, 3))

    @cached_property
    def _index(self) -> PairIndex:
        return PairIndex(self._keys)
