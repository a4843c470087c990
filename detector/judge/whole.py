"""The judgement of a document as a whole: what no single passage of words shows."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import replace

import numpy as np

from detector.errors import UsageError
from detector.judge.checks import HOST_CHECKS, is_hidden_layer
from detector.judge.context import Case, Context, Tools
from detector.judge.findings import build_spotted
from detector.judge.hosts import GAP, may_hold_hosts
from detector.judge.material import Check, Material, Spotted
from detector.judge.reading import read_passage
from detector.judge.second_reader import READ_KINDS
from detector.match import Matched
from detector.model import (
    Document,
    DocumentKind,
    Finding,
    Hit,
    Outcome,
    PassageKind,
    Reason,
    Rule,
    Span,
    View,
)

# What marks say is nobody's speech on the page.
SAID_BY_MARKS = frozenset({PassageKind.CODE, PassageKind.SEAL})

Weigh = Callable[[Rule, Hit, Context], tuple[Outcome, list[Reason]]]


class WholeDocuments:
    """Runs the checks that rules name, on documents that may hold what they look for."""

    def __init__(
        self,
        rules: Sequence[Rule],
        checks: Mapping[str, Check],
        tools: Tools,
        weigh: Weigh,
        excerpt_context: int,
    ) -> None:
        """Keep the rules that name a check; raises UsageError for one that does not exist.

        `weigh` takes words through the steps that those of passages go through.
        """
        self._rules = [rule for rule in rules if rule.check]
        self._checks = checks
        self._tools = tools
        self._weigh = weigh
        self._excerpt_context = excerpt_context
        self._looks_at_hosts = any(rule.check in HOST_CHECKS for rule in self._rules)
        _require_checks(self._rules, checks)

    def may_show(self, document: Document, kind: DocumentKind) -> bool:
        """Tell whether a document may hold what the checks look for."""
        if document.marks or kind is DocumentKind.CERTIFICATE:
            return True
        if any(map(is_hidden_layer, document.passages)):
            return True
        return self._looks_at_hosts and may_hold_hosts(GAP.join(p.text for p in document.passages))

    def judge(
        self, material: Material, case: Case, matched: Sequence[Matched]
    ) -> Iterator[Finding]:
        """Yield what the checks find."""
        for rule in self._rules:
            clauses = case.clauses.get(rule.id, ())
            for spotted in self._checks[rule.check](material) if clauses else ():
                spotted = self._in_context(rule, spotted, material, case, matched)
                yield build_spotted(
                    rule, clauses, spotted, material.document.source, self._excerpt_context
                )

    def _in_context(
        self,
        rule: Rule,
        spotted: Spotted,
        material: Material,
        case: Case,
        matched: Sequence[Matched],
    ) -> Spotted:
        """Dismiss words on pages and in ads that are reported, denied or warned of."""
        passage = spotted.passage
        if passage is None or material.kind not in READ_KINDS or passage.kind in SAID_BY_MARKS:
            return spotted
        match = matched[passage.index]
        at = _in_view(spotted.span, match.view)
        if at.start >= at.end:
            return spotted
        reading = read_passage(passage, match, self._tools.speech.item_mark)
        context = Context(reading, material.kind, (), case, self._tools)
        listed = spotted.listed or rule.title
        hit = Hit(rule.id, listed, spotted.span, spotted.surface, match.view.name, at)
        outcome, reasons = self._weigh(rule, hit, context)
        if outcome is not Outcome.DISMISSED:
            return spotted
        return replace(spotted, outcome=outcome, reasons=(*spotted.reasons, *reasons))


def _in_view(span: Span, view: View) -> Span:
    """Return the part of a view that stands for a span of the original text."""
    starts = np.asarray(view.starts)
    return Span(*(int(place) for place in np.searchsorted(starts, [span.start, span.end])))


def _require_checks(rules: Sequence[Rule], known: Collection[str]) -> None:
    for rule in rules:
        if rule.check not in known:
            raise UsageError(
                f"规则 {rule.id} 的 check 写作 {rule.check}，没有这项检查。"
                f"可用：{'、'.join(known)}。"
            )
