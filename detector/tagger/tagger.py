"""A small learned reader: how likely each character lies in a mention that breaks a rule.

A network of our own, trained by scripts/train/tagger on the labelled cases; only numpy is needed
to read with it. What it says of a span is one reason among others. How it was made, what it is
worth and what was tried before: docs/decisions/tagger.md.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import accumulate, pairwise
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray
from threadpoolctl import ThreadpoolController

from detector.model import DocumentKind, Span
from detector.tagger.features import Alphabet, Words
from detector.tagger.network import Floats, Network

KINDS = tuple(DocumentKind)
EXTENT = 0.5  # a mention reaches as far as its characters are half as likely as is asked for
_CLOSED = np.float32(-1e4)  # a logit that no other loses to


class Tagged(NamedTuple):
    """A mention that the tagger sees: where, how likely, and the rule it likeliest breaks."""

    at: Span
    probability: float
    rule: str


@dataclass(frozen=True, slots=True, eq=False)
class Reading:
    """What the tagger says of a text of n characters: probabilities of k rules, (n, k).

    `foreign` (n,) tells which characters rather look like a rule that does not apply here.
    """

    rules: tuple[str, ...]
    shares: Floats
    foreign: NDArray[np.bool_]

    @property
    def inside(self) -> Floats:
        """Return how likely each character lies in a mention at all: (n,)."""
        total: Floats = self.shares.sum(axis=1)
        return total

    @property
    def most(self) -> float:
        """Return how likely the likeliest character lies in a mention."""
        return float(self.inside.max(initial=0.0))

    def probability(self, at: Span) -> float:
        """Return how likely a mention lies in a span: the likeliest of its characters."""
        return float(self.shares[at.start : at.end].sum(axis=1).max(initial=0.0))

    def mentions(self, least: float) -> Iterator[Tagged]:
        """Yield the mentions that are at least so likely, in text order."""
        inside = self.inside
        edges = np.diff(inside >= least * EXTENT, prepend=False, append=False)
        for start, end in np.flatnonzero(edges).reshape(-1, 2).tolist():
            probability = float(inside[start:end].max())
            if probability >= least and not self.foreign[start:end].mean() > 0.5:
                rule = self.rules[int(self.shares[start:end].sum(axis=0).argmax())]
                yield Tagged(Span(start, end), probability, rule)


class Tagger:
    """Reads texts; the weights are loaded when they are first needed."""

    def __init__(self, path: Path) -> None:
        """Remember where the weights lie."""
        self._path = path

    @cached_property
    def rules(self) -> tuple[str, ...]:
        """Return the rules that mentions are told apart by, in the order of `Reading.shares`."""
        return tuple(self._facts["rules"])

    def is_told(self, text: str) -> bool:
        """Tell whether a compact text holds a known word that is rarely written without a cause."""
        return self._words.holds(text, self._facts["telling"])

    def read(
        self,
        texts: Sequence[str],
        kind: DocumentKind,
        allowed: Collection[str],
        elsewhere: Collection[str] = (),
    ) -> list[Reading]:
        """Read compact texts, none empty; only `allowed` rules can be broken.

        What rather looks like a rule that applies `elsewhere` only is no mention here.
        """
        silent = [1 + at for at, rule in enumerate(self.rules) if rule not in allowed]
        others = [1 + at for at, rule in enumerate(self.rules) if rule in elsewhere]
        bounds = list(accumulate(map(len, texts), initial=0))
        whole = "".join(texts)
        with self._threads.limit(limits=1, user_api="blas"):
            logits = self._network.logits(
                self._alphabet.ids(whole),
                np.concatenate([self._words.flags(text) for text in texts]),
                np.full(len(texts), KINDS.index(kind)),
                bounds,
            )
        strangers = logits[:, others].max(axis=1, initial=_CLOSED)
        logits[:, silent] = _CLOSED
        foreign = strangers > logits[:, 1:].max(axis=1)
        odds = np.exp(logits - logits.max(axis=1, keepdims=True))
        shares = odds[:, 1:] / odds.sum(axis=1, keepdims=True)
        return [
            Reading(self.rules, shares[start:end], foreign[start:end])
            for start, end in pairwise(bounds)
        ]

    @cached_property
    def _threads(self) -> ThreadpoolController:
        """Return what keeps BLAS on one thread: on such small arrays more only wait."""
        return ThreadpoolController()

    @cached_property
    def _arrays(self) -> Mapping[str, NDArray[np.generic]]:
        with np.load(self._path) as stored:
            return dict(stored)

    @cached_property
    def _facts(self) -> dict[str, Any]:
        facts: dict[str, Any] = json.loads(self._arrays["facts"].tobytes())
        return facts

    @cached_property
    def _network(self) -> Network:
        weights = {k: v.astype(np.float32) for k, v in self._arrays.items() if k != "facts"}
        return Network(weights, tuple(self._facts["dilations"]), self._facts["page_after"])

    @cached_property
    def _alphabet(self) -> Alphabet:
        return Alphabet(self._facts["characters"])

    @cached_property
    def _words(self) -> Words:
        return Words(self._facts["words"])
