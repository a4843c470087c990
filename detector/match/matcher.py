"""Texts → hits: one automaton over all words, expressions only where an anchor stands."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from operator import attrgetter

import numpy as np
from numpy.typing import NDArray

from detector.match.disguises import Disguises
from detector.match.patterns import Claim, Expression, expressions
from detector.match.segments import Segments
from detector.match.surface import disguise_of, is_one_line, stands_free
from detector.match.vocabulary import Spoken, Vocabulary
from detector.match.words import Place, Words
from detector.model import DocumentKind, Evasion, Hit, Lexicon, Rule, Span, View, ViewName
from detector.text import Normalised, Normaliser


class Matched:
    """The hits of one text, in text order, and its compact view, made when first asked for.

    `in_scope` tells whether the text, or one of its group, is about training or certificates;
    `found` are all words that stand in a text worth a closer look, in order of their ends.
    """

    __slots__ = ("_batch", "_index", "found", "hits", "in_scope")

    def __init__(
        self,
        hits: Sequence[Hit],
        found: Sequence[Place],
        in_scope: bool,
        batch: Normalised,
        index: int,
    ) -> None:
        """Keep the batch that the view is cut from."""
        self.hits = tuple(hits)
        self.found = found
        self.in_scope = in_scope
        self._batch = batch
        self._index = index

    @property
    def text(self) -> str:
        """Return the compact text, without the cost of its way back."""
        return self._batch.text(self._index)

    @property
    def view(self) -> View:
        """Return the compact view, which the batch makes but once."""
        return self._batch.view(self._index)


class Matcher:
    """Finds the terms and patterns of a set of rules; built once, used for any number of texts.

    `scope` holds the words that show a text to be about training or certificates; rules that
    are gated speak only where a text of the same group holds one of them. So most texts are
    done with after one look for those few words, and the many others are looked for in the rest,
    `watched` ones among them, which the judgement asks for.
    """

    def __init__(
        self,
        rules: Sequence[Rule],
        scope: Iterable[str],
        watched: Iterable[str],
        disguises: Lexicon,
        normaliser: Normaliser,
    ) -> None:
        """Build one automaton over the telling words, one over all others."""
        self._normaliser = normaliser
        self._views = {rule.id: rule.views for rule in rules}
        compiled = [expression for rule in rules for expression in expressions(rule)]
        self._disguises = Disguises(disguises)
        self._vocabulary = Vocabulary(
            rules, compiled, scope, watched, self._disguises, normaliser.compact
        )
        self._telling = Words(self._vocabulary.telling)
        self._shows_scope = np.array(
            [w in self._vocabulary.scope for w in self._vocabulary.telling]
        )
        self._words = Words(self._vocabulary.words)

    def find(
        self,
        texts: Sequence[str],
        groups: Sequence[int] | None = None,
        kind: DocumentKind | None = None,
    ) -> list[Matched]:
        """Return the hits of each text; texts of one group share their scope.

        Where the `kind` of all is known, rules that are silent on it are left out.
        """
        if not texts:
            return []
        batch = self._normaliser.normalise(texts)
        in_scope, telling = self._look(batch, groups)
        matched = [Matched((), (), False, batch, at) for at in range(len(texts))]
        found = self._find_words(batch, telling)
        for at, places in zip(telling.tolist(), found, strict=True):
            matched[at] = self._match(texts[at], batch, at, places, bool(in_scope[at]), kind)
        return matched

    def _look(
        self, batch: Normalised, groups: Sequence[int] | None
    ) -> tuple[NDArray[np.bool_], NDArray[np.intp]]:
        """Tell which texts are in scope, and return the numbers of those worth a closer look."""
        starts, words = self._telling.find(batch.codes)
        index = batch.index_of(starts)
        in_scope = np.zeros(len(batch), bool)
        in_scope[index[self._shows_scope[words]]] = True
        if groups is not None:
            in_scope = np.isin(groups, np.asarray(groups)[in_scope])
        if self._vocabulary.always_open:
            return in_scope, np.arange(len(batch))
        return in_scope, np.union1d(index, np.flatnonzero(in_scope))

    def _find_words(
        self, batch: Normalised, telling: NDArray[np.intp]
    ) -> list[list[tuple[int, int]]]:
        """Return, for each of these texts, where words begin in it and which they are."""
        chosen = batch.choose(telling)
        starts, words = self._words.find(chosen.codes)
        index = chosen.index_of(starts)
        rows = list(zip((starts - chosen.bounds[index]).tolist(), words.tolist(), strict=True))
        edges = np.searchsorted(index, np.arange(len(telling) + 1)).tolist()
        return [rows[start:end] for start, end in pairwise(edges)]

    def _match(
        self,
        text: str,
        batch: Normalised,
        index: int,
        found: Sequence[tuple[int, int]],
        in_scope: bool,
        kind: DocumentKind | None,
    ) -> Matched:
        words = self._vocabulary.words
        places = [(start, start + len(words[word]), words[word]) for start, word in found]
        hits = self._hits(text, batch, index, found, self._vocabulary.spoken(kind, in_scope))
        return Matched(hits, places, in_scope, batch, index)

    def _hits(
        self,
        text: str,
        batch: Normalised,
        index: int,
        found: Sequence[tuple[int, int]],
        spoken: Spoken,
    ) -> list[Hit]:
        claims = list(self._claims(found, spoken))
        searched = spoken.unanchored or any(spoken.expressions[word] for _, word in found)
        if not claims and not searched:
            return []
        view = batch.view(index)
        claims = self._readable(claims, view)
        segments = Segments(view, text)
        for expression, segment in _possible(found, segments, spoken):
            claims += [(at, expression.claim) for at in expression.find(view.text, segment)]
        by_place: dict[Span, list[Claim]] = defaultdict(list)
        for at, claim in claims:
            by_place[at].append(claim)
        hits = (hit for at, own in by_place.items() for hit in self._hits_at(at, own, view, text))
        return sorted(hits, key=attrgetter("span", "rule", "listed"))

    def _claims(
        self, found: Iterable[tuple[int, int]], spoken: Spoken
    ) -> Iterator[tuple[Span, Claim]]:
        for start, word in found:
            for claim in spoken.claims[word]:
                yield Span(start, start + len(self._vocabulary.words[word])), claim

    def _readable(
        self, claims: Sequence[tuple[Span, Claim]], view: View
    ) -> list[tuple[Span, Claim]]:
        """Leave out words read backwards unless the text says to read it so."""
        turned = any(claim.evasion is Evasion.REVERSED for _, claim in claims)
        if not turned or self._disguises.is_turned(view.text):
            return list(claims)
        return [(at, claim) for at, claim in claims if claim.evasion is not Evasion.REVERSED]

    def _hits_at(self, at: Span, claims: Sequence[Claim], view: View, text: str) -> Iterator[Hit]:
        """Yield the sound hits among the claims on one place; everyday words have several."""
        span = view.original(at)
        surface = text[span.start : span.end]
        if not is_one_line(surface):
            return
        gaps = span.end - span.start > at.end - at.start
        disguise = disguise_of(surface, view, at, self._normaliser.characters)
        for claim in claims:
            name = ViewName.LOOSE if claim.evasion else ViewName.COMPACT if gaps else ViewName.PLAIN
            evasion = claim.evasion or disguise
            hit = Hit(claim.rule, claim.listed, span, surface, name, at, evasion)
            if name in self._views[claim.rule] and stands_free(view, text, hit):
                yield hit


def _possible(
    found: Iterable[tuple[int, int]], segments: Segments, spoken: Spoken
) -> Iterable[tuple[Expression, Span]]:
    """Return the expressions that can match, each with a stretch that it can match in."""
    pairs = {(e, segment): None for e in spoken.unanchored for segment in segments}
    for start, word in found:
        for expression in spoken.expressions[word]:
            pairs[expression, segments.at(start)] = None
    return pairs
