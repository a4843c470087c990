"""Judged hits as findings: fingerprint, excerpt and anchor."""

from __future__ import annotations

import hashlib
import posixpath
from collections.abc import Sequence

from detector.judge.material import Spotted
from detector.judge.places import box_at, lines_at
from detector.judge.reading import SENTENCE_END, Reading
from detector.model import (
    CONFIDENCE,
    Anchor,
    Evasion,
    Finding,
    Hit,
    Mark,
    Outcome,
    Passage,
    PassageKind,
    Reason,
    Rule,
    Source,
    Span,
)

# Normalised characters either side that go into the fingerprint.
CONTEXT = 12
ELLIPSIS = "…"
# Foldings that OCR makes by itself: it reads 國 where a simplified 国 is printed in kai type.
MISREADINGS = frozenset({Evasion.TRADITIONAL, Evasion.VARIANT, Evasion.WIDTH})


def build_finding(
    rule: Rule,
    clauses: tuple[str, ...],
    hit: Hit,
    reading: Reading,
    source: Source,
    outcome: Outcome,
    reasons: Sequence[Reason],
    context: int,
) -> Finding:
    """Put together everything that a reader of the finding needs; `context` is in characters."""
    passage = reading.passage
    excerpt, highlight = quote(passage.text, hit.span, context)
    return Finding(
        fingerprint=in_source(fingerprint(rule.id, hit, reading.view.text), source),
        rule=rule.id,
        clauses=clauses,
        term=hit.listed,
        severity=rule.severity,
        outcome=outcome,
        span=hit.span,
        surface=hit.surface,
        excerpt=excerpt,
        highlight=highlight,
        anchor=anchor(passage, hit.span),
        message=rule.message,
        suggestion=rule.suggestion,
        evasion=_disguise(hit, passage),
        reasons=tuple(reasons),
        see_also=rule.see_also,
    )


def build_spotted(
    rule: Rule, clauses: tuple[str, ...], spotted: Spotted, source: Source, context: int
) -> Finding:
    """Put together a finding of a check: about words of a passage, or about a mark on a page."""
    passage, span = spotted.passage, spotted.span
    excerpt, highlight = spotted.surface, Span(0, len(spotted.surface))
    if passage is not None:
        excerpt, highlight = quote(passage.text, span, context)
    return Finding(
        fingerprint=in_source(_digest((rule.id, spotted.surface)), source),
        rule=rule.id,
        clauses=clauses,
        term=spotted.listed or rule.title,
        severity=rule.severity,
        outcome=spotted.outcome or rule.default,
        span=span,
        surface=spotted.surface,
        excerpt=excerpt,
        highlight=highlight,
        anchor=anchor(passage, span) if passage is not None else _mark_anchor(spotted.mark),
        message=rule.message,
        suggestion=rule.suggestion,
        reasons=spotted.reasons,
        see_also=rule.see_also,
    )


def quote(text: str, span: Span, context: int) -> tuple[str, Span]:
    """Return a span with what stands round it, and its place there; … marks where it was cut."""
    start, end = max(0, span.start - context), span.end + context
    before = (ELLIPSIS if text[:start].strip() else "") + text[start : span.start].lstrip()
    after = text[span.end : end].rstrip() + (ELLIPSIS if text[end:].strip() else "")
    surface = text[span.start : span.end]
    return before + surface + after, Span(len(before), len(before) + len(surface))


def _disguise(hit: Hit, passage: Passage) -> Evasion | None:
    """Return how the words were disguised; what an OCR engine writes for a character is no sign."""
    misread = passage.kind is PassageKind.OCR and hit.evasion in MISREADINGS
    return None if misread else hit.evasion


def fingerprint(rule: str, hit: Hit, compact: str) -> str:
    """Hash rule, term and normalised context; no position, so that it survives edits.

    The context ends with the sentence: what is written before or behind it does not matter.
    """
    before = compact[max(0, hit.at.start - CONTEXT) : hit.at.start]
    after = compact[hit.at.end : hit.at.end + CONTEXT]
    context = SENTENCE_END.split(before)[-1], SENTENCE_END.split(after)[0]
    return _digest((rule, hit.listed, *context))


def in_source(fingerprint: str, source: Source) -> str:
    """Return the fingerprint of the same words in a source; without an address it is unchanged.

    The source is identified by its address and member, not by its bytes, which change when a
    page is edited or scanned anew. A text that stands at many addresses is judged once, without
    a source, and its fingerprints are made for each address.
    """
    if not source.uri:
        return fingerprint
    return _digest((fingerprint, _address(source.uri), source.member or ""))


def _address(uri: str) -> str:
    """Return a path as one writes it shortest: `./ads/a.txt` is `ads/a.txt`; a URL as it is."""
    return uri if "://" in uri else posixpath.normpath(uri.replace("\\", "/"))


def _digest(parts: Sequence[str]) -> str:
    return hashlib.sha256("\x1f".join(parts).encode("utf-8", "surrogatepass")).hexdigest()[:24]


def anchor(passage: Passage, span: Span) -> Anchor:
    """Return where a span stands: line and column from 1, and boxes where there are any."""
    line_start = passage.text.rfind("\n", 0, span.start) + 1
    touched = lines_at(passage, span)
    boxes = tuple(box for line in touched if (box := box_at(line, span)) is not None)
    confidences = [line.confidence for line in touched if line.confidence is not None]
    return Anchor(
        passage=passage.index,
        line=passage.text.count("\n", 0, span.start) + 1,
        column=span.start - line_start + 1,
        page=passage.page,
        boxes=boxes,
        confidence=min(confidences) if confidences else None,
        engine=passage.engine,
        second=tuple(line.second for line in touched if line.second is not None),
        field=passage.kind,
    )


def _mark_anchor(mark: Mark | None) -> Anchor:
    """Return where a mark stands; of a document as a whole nothing is shown."""
    if mark is None:
        return Anchor(None, 0, 0)
    confidence = dict(mark.scores).get(CONFIDENCE)
    return Anchor(None, 0, 0, mark.box.page, (mark.box,), confidence)
