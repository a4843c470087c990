"""Every word that the automaton looks for, and what it stands for."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import NamedTuple

from detector.match.disguises import Disguises
from detector.match.patterns import Claim, Expression
from detector.model import DocumentKind, Rule, Term, ViewName


class Spoken(NamedTuple):
    """What is said by the rules that speak in a case: by word, and of any text."""

    claims: list[tuple[Claim, ...]]
    expressions: list[tuple[Expression, ...]]
    unanchored: tuple[Expression, ...]


class Vocabulary:
    """Words by number: the claims of rules on them, and the expressions that they anchor.

    Those that are only `watched`, for the judgement, have neither.
    `telling` are the words for which a text is looked at closely: those of scope, and those of
    rules that are not gated. Words of one character are too common to be looked for.
    """

    def __init__(
        self,
        rules: Iterable[Rule],
        expressions: Sequence[Expression],
        scope: Iterable[str],
        watched: Iterable[str],
        disguises: Disguises,
        compact: Callable[[str], str],
    ) -> None:
        """Gather the words of all sorts under one numbering."""
        claims: dict[str, list[Claim]] = defaultdict(list)
        for rule in rules:
            for word, claim in _claims(rule, disguises, compact):
                claims[word].append(claim)
        anchored: dict[str, list[Expression]] = defaultdict(list)
        for expression in expressions:
            for word in expression.anchors:
                anchored[compact(word)].append(expression)
        self.scope = frozenset(map(compact, scope))
        every = {**claims, **anchored, **dict.fromkeys(watched)}
        self.words = [word for word in every if len(word) > 1]
        self._claims = [tuple(claims.get(word, ())) for word in self.words]
        self._expressions = [tuple(anchored.get(word, ())) for word in self.words]
        self._unanchored = [expression for expression in expressions if not expression.anchors]
        # Texts without any of the telling words are not looked at closely, unless this is so.
        self.always_open = any(not expression.claim.gated for expression in self._unanchored)
        self._spoken: dict[tuple[DocumentKind | None, bool], Spoken] = {}
        opening = {word for number, word in enumerate(self.words) if self._is_open(number)}
        self.telling = sorted(word for word in self.scope | opening if len(word) > 1)

    def _is_open(self, number: int) -> bool:
        claims = (*self._claims[number], *(e.claim for e in self._expressions[number]))
        return any(not claim.gated for claim in claims)

    def spoken(self, kind: DocumentKind | None, in_scope: bool) -> Spoken:
        """Return what the rules say on a kind of document (None: on any), in scope or beyond."""
        asked = kind, in_scope
        if asked not in self._spoken:
            self._spoken[asked] = Spoken(
                [tuple(c for c in own if _speaks(c, *asked)) for own in self._claims],
                [tuple(e for e in own if _speaks(e.claim, *asked)) for own in self._expressions],
                tuple(e for e in self._unanchored if _speaks(e.claim, *asked)),
            )
        return self._spoken[asked]


def _speaks(claim: Claim, kind: DocumentKind | None, in_scope: bool) -> bool:
    return (in_scope or not claim.gated) and (kind is None or kind in claim.kinds)


def _claims(
    rule: Rule, disguises: Disguises, compact: Callable[[str], str]
) -> Iterator[tuple[str, Claim]]:
    """Yield the words of a rule; what is disguised counts only where the text is in scope."""
    plain_first = sorted(rule.terms, key=lambda term: term.evasion is not None)
    own: dict[str, Term] = {}
    for term in plain_first:
        own.setdefault(compact(term.text), term)
    for word, term in own.items():
        yield word, Claim(rule.id, term.listed, term.evasion, rule.gated, rule.kinds)
    if ViewName.LOOSE not in rule.views:
        return
    seen = set(own)
    for term in rule.terms:
        for form in disguises.of(term):
            if form.text not in seen:
                seen.add(form.text)
                yield form.text, Claim(rule.id, form.listed, form.evasion, True, rule.kinds)
