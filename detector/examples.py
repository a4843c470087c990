"""Runs the examples that every rule carries."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from functools import cache

from detector.model import (
    CONFIDENCE,
    TEXT_LAYER,
    Box,
    Document,
    DocumentKind,
    Example,
    Finding,
    Institution,
    Mark,
    Outcome,
    Passage,
    PassageKind,
    Point,
    Rule,
)
from detector.read import mark_passage, read_text
from detector.rulebook import RuleBook
from detector.scanner import Scanner
from detector.settings import Settings

# The order in which an example without a kind takes its rule's.
KINDS = (
    DocumentKind.AD,
    DocumentKind.WEB,
    DocumentKind.CERTIFICATE,
    DocumentKind.REGISTRATION,
)
_CORNER = Point(0, 0)
NOWHERE = Box(0, (_CORNER, _CORNER, _CORNER, _CORNER))  # an example's marks stand on no picture
Scanners = Callable[[str, date | None, tuple[str, ...], tuple[Institution, ...]], Scanner]


@dataclass(frozen=True, slots=True)
class ExampleFailure:
    """An example that did not do what it stands for; `what` says so in Chinese."""

    rule: str
    group: str
    text: str
    what: str


def run_examples(book: RuleBook, settings: Settings | None = None) -> list[ExampleFailure]:
    """Run all examples of all rules; an empty list means that each did what it should."""
    base = settings or Settings()

    @cache
    def scanner(
        jurisdiction: str,
        as_of: date | None,
        packs: tuple[str, ...],
        institutions: tuple[Institution, ...],
    ) -> Scanner:
        settings = replace(base, jurisdiction=(jurisdiction,), as_of=as_of, packs=packs)
        return Scanner(settings, institutions=institutions)

    return [failure for rule in book.rules for failure in _run(rule, scanner)]


def _run(rule: Rule, scanner: Scanners) -> Iterator[ExampleFailure]:
    packs = (rule.pack,) if rule.optional else ()
    groups = {"hits": rule.hits, "misses": rule.misses, "evasions": rule.evasions}
    for group, examples in groups.items():
        for example in examples:
            kind = example.kind or next(k for k in KINDS if k in rule.kinds)
            chosen = scanner(example.jurisdiction, example.as_of, packs, example.registry)
            result = chosen.scan_document(_document(example), kind)
            what = _complaint(group, [f for f in result.findings if f.rule == rule.id])
            if what:
                yield ExampleFailure(rule.id, group, example.text, what)


def _document(example: Example) -> Document:
    """Return the example as it would have been read: text, what marks say, what is hidden."""
    document = read_text(example.text)
    marks = [Mark(kind, NOWHERE, ((CONFIDENCE, 1.0),), text) for kind, text in example.marks]
    said = [passage for mark in marks if (passage := mark_passage(mark)) is not None]
    if example.layer:
        said.append(Passage(0, PassageKind.HIDDEN, example.layer, 0, engine=TEXT_LAYER))
    numbered = [replace(passage, index=at) for at, passage in enumerate(said, 1)]
    return replace(document, passages=(*document.passages, *numbered), marks=tuple(marks))


def _complaint(group: str, findings: list[Finding]) -> str:
    standing = [f for f in findings if f.outcome is not Outcome.DISMISSED]
    if group == "misses":
        return f"不应命中，却命中“{standing[0].surface}”" if standing else ""
    if not standing:
        return f"应当命中，却没有（{_why(findings)}）"
    if group == "evasions" and not any(f.evasion for f in standing):
        return f"命中“{standing[0].surface}”，但未认出规避手法"
    return ""


def _why(findings: list[Finding]) -> str:
    if not findings:
        return "没有候选"
    return "；".join(reason.detail for reason in findings[0].reasons) or "未见支持的上下文"


def example_settings(example: Example) -> str:
    """Say under which settings an example runs, for display."""
    parts = [example.jurisdiction, example.kind or "", str(example.as_of or "")]
    return " ".join(part for part in parts if part)
