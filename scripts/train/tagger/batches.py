"""Examples → arrays: batches of texts behind each other, parts of which may be hidden."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from detector.tagger.features import UNSEEN, Alphabet, Words
from detector.tagger.tagger import KINDS
from scripts.train.tagger.cases import Example


@dataclass(frozen=True)
class Batch:
    """Texts of n characters: (n,) but for flags (n, f), closed (n, c), kinds and bounds."""

    ids: np.ndarray
    flags: np.ndarray
    kinds: np.ndarray  # (texts,)
    bounds: np.ndarray  # (texts + 1,)
    target: np.ndarray
    weight: np.ndarray
    closed: np.ndarray  # classes that do not apply


@dataclass(frozen=True)
class Hiding:
    """What training hides, so that no single sign is relied on: shares."""

    characters: float = 0.1  # become some unseen character
    flags: float = 0.15  # of texts that lose a third of their flags


@dataclass(frozen=True)
class Weighing:
    """How much a character counts; chosen on authors left out.

    A mention's characters share its weight by the root of their number, so that clauses do not
    outweigh words; clean characters count more where a known word stands.
    """

    mention: float = 1.5
    known: float = 1.0
    plain: float = 0.3


class Maker:
    """Makes batches."""

    def __init__(
        self, alphabet: Alphabet, words: Words, classes: int, hiding: Hiding, weighing: Weighing
    ) -> None:
        """Keep what turns text into numbers."""
        self.alphabet, self.words, self._classes = alphabet, words, classes
        self._hiding, self._weighing = hiding, weighing

    def batches(self, examples: Sequence[Example], characters: int, seed: int) -> Iterator[Batch]:
        """Yield batches of about so many characters, in random order."""
        dice = np.random.default_rng(seed)
        shuffled = list(examples)
        random.Random(seed).shuffle(shuffled)
        chosen: list[Example] = []
        for example in shuffled:
            chosen.append(example)
            if sum(len(e.text) for e in chosen) >= characters:
                yield self.batch(chosen, dice)
                chosen = []
        if chosen:
            yield self.batch(chosen, dice)

    def batch(self, examples: Sequence[Example], dice: np.random.Generator) -> Batch:
        """Return the batch of some examples."""
        sizes = [len(e.text) for e in examples]
        closed = np.array([[c not in e.allowed for c in range(self._classes)] for e in examples])
        return Batch(
            ids=np.concatenate([self._ids(e, dice) for e in examples]),
            flags=np.concatenate([self._flags(e, dice) for e in examples]),
            kinds=np.array([KINDS.index(e.kind) for e in examples]),
            bounds=np.cumsum([0, *sizes]),
            target=np.concatenate([_target(e) for e in examples]),
            weight=np.concatenate([self._weight(e) for e in examples]),
            closed=np.repeat(closed, sizes, axis=0),
        )

    def _ids(self, e: Example, dice: np.random.Generator) -> np.ndarray:
        n, own = len(e.text), len(self.alphabet) - UNSEEN
        hidden = dice.random(n) < self._hiding.characters
        return np.where(hidden, dice.integers(own, own + UNSEEN, n), self.alphabet.ids(e.text))

    def _flags(self, e: Example, dice: np.random.Generator) -> np.ndarray:
        flags = self.words.flags(e.text)
        if dice.random() < self._hiding.flags:
            flags[:, dice.random(self.words.width) < 1 / 3] = 0
        return flags

    def _weight(self, e: Example) -> np.ndarray:
        weight = np.full(len(e.text), self._weighing.plain, np.float32)
        for first, last, _ in self.words.hits(e.text):
            weight[first : last + 1] = self._weighing.known
        for start, end in e.masked:
            weight[start:end] = 0
        for (start, end), _ in e.mentions:
            weight[start:end] = self._weighing.mention / (end - start) ** 0.5
        return weight


def _target(e: Example) -> np.ndarray:
    target = np.zeros(len(e.text), np.intp)
    for (start, end), rule in e.mentions:
        target[start:end] = rule
    return target
