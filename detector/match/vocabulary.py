"""Every word that the automaton looks for, and what it stands for."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence

from detector.match.disguises import Disguises
from detector.match.patterns import Claim, Expression
from detector.model import Rule, Term, ViewName


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
        self.claims = [tuple(claims.get(word, ())) for word in self.words]
        self.expressions = [tuple(anchored.get(word, ())) for word in self.words]
        opening = {word for number, word in enumerate(self.words) if self._is_open(number)}
        self.telling = sorted(word for word in self.scope | opening if len(word) > 1)

    def _is_open(self, number: int) -> bool:
        claims = (*self.claims[number], *(e.claim for e in self.expressions[number]))
        return any(not claim.gated for claim in claims)


def _claims(
    rule: Rule, disguises: Disguises, compact: Callable[[str], str]
) -> Iterator[tuple[str, Claim]]:
    """Yield the words of a rule; what is disguised counts only where the text is in scope."""
    plain_first = sorted(rule.terms, key=lambda term: term.evasion is not None)
    own: dict[str, Term] = {}
    for term in plain_first:
        own.setdefault(compact(term.text), term)
    for word, term in own.items():
        yield word, Claim(rule.id, term.listed, term.evasion, rule.gated)
    if ViewName.LOOSE not in rule.views:
        return
    seen = set(own)
    for term in rule.terms:
        for form in disguises.of(term):
            if form.text not in seen:
                seen.add(form.text)
                yield form.text, Claim(rule.id, form.listed, form.evasion, True)
