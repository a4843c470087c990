"""Checks: looks at a document as a whole, where words and patterns do not reach.

A rule names one of them (`check:` in its pack); what it finds becomes a finding of that rule.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from detector.judge.form.checks import FORM_CHECKS
from detector.judge.material import Check, Material, Spotted
from detector.judge.site_checks import imitated_sites, lookup_sites
from detector.model import (
    CONFIDENCE,
    TEXT_LAYER,
    Effect,
    MarkKind,
    Outcome,
    Passage,
    PassageKind,
    Reason,
    Span,
)

# An emblem that its finder is less sure of than this is a person's to decide: look-alikes on drawn
# pages came to .52 (docs/decisions/emblem.md). Badges are many and known by few drawings: always.
SURE = 0.8
SHOWN = 24  # characters of a hidden text that a finding shows


def _emblems(material: Material) -> Iterator[Spotted]:
    yield from _marks(material, MarkKind.EMBLEM, "国徽图案")


def _badges(material: Material) -> Iterator[Spotted]:
    yield from _marks(material, MarkKind.BADGE, "部门徽标图案")


def _marks(material: Material, kind: MarkKind, name: str) -> Iterator[Spotted]:
    for mark in material.document.marks:
        if mark.kind is kind:
            sure = dict(mark.scores).get(CONFIDENCE, 0.0)
            reason = Reason("mark", Effect.RAISE, f"页面上有疑似{name}，图形相似度 {sure:.0%}")
            certain = kind is MarkKind.EMBLEM and sure >= SURE
            outcome = None if certain else Outcome.REVIEW
            yield Spotted(name, (reason,), mark=mark, outcome=outcome)


def _hidden_layers(material: Material) -> Iterator[Spotted]:
    for passage in material.document.passages:
        if is_hidden_layer(passage):
            line = passage.text.lstrip().partition("\n")[0][:SHOWN]
            start = passage.text.index(line)
            reason = Reason("layer", Effect.LOWER, "PDF 文字层写有这些文字，页面上显示的不是它们")
            yield Spotted(line, (reason,), passage, Span(start, start + len(line)))


def is_hidden_layer(passage: Passage) -> bool:
    """Tell whether a passage is what a PDF says in its text layer and does not show."""
    return passage.kind is PassageKind.HIDDEN and passage.engine == TEXT_LAYER


CHECKS: Mapping[str, Check] = {
    "emblem": _emblems,
    "badge": _badges,
    "imitated-site": imitated_sites,
    "lookup-site": lookup_sites,
    "hidden-layer": _hidden_layers,
    **FORM_CHECKS,
}
# The checks that look at hosts: only what may hold some is worth it.
HOST_CHECKS = frozenset({"imitated-site", "lookup-site"})
