"""Checks: looks at a document as a whole, where words and patterns do not reach.

A rule names one of them (`check:` in its pack); what it finds becomes a finding of that rule.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from detector.judge.form.checks import FORM_CHECKS
from detector.judge.hosts import imitated_sites, private_lookups
from detector.judge.material import Check, Material, Spotted
from detector.model import (
    CONFIDENCE,
    Effect,
    MarkKind,
    Outcome,
    Reason,
)

# An emblem that its finder is less sure of than this is a person's to decide.
SURE = 0.9


def _emblems(material: Material) -> Iterator[Spotted]:
    yield from _marks(material, MarkKind.EMBLEM, "国徽图案")


def _badges(material: Material) -> Iterator[Spotted]:
    yield from _marks(material, MarkKind.BADGE, "部门徽标图案")


def _marks(material: Material, kind: MarkKind, name: str) -> Iterator[Spotted]:
    for mark in material.document.marks:
        if mark.kind is kind:
            sure = dict(mark.scores).get(CONFIDENCE, 0.0)
            reason = Reason("mark", Effect.RAISE, f"页面上有疑似{name}，图形相似度 {sure:.0%}")
            outcome = None if sure >= SURE else Outcome.REVIEW
            yield Spotted(name, (reason,), mark=mark, outcome=outcome)


CHECKS: Mapping[str, Check] = {
    "emblem": _emblems,
    "badge": _badges,
    "imitated-site": imitated_sites,
    "private-lookup": private_lookups,
    **FORM_CHECKS,
}
