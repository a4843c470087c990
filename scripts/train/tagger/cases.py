"""Labelled cases → examples in the compact view, with a rule for each mention."""

from __future__ import annotations

import json
import random
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

import numpy as np

from detector.model import DocumentKind, Span
from detector.rulebook import RuleBook
from detector.text import Normaliser

CASES = Path(__file__).parents[3] / "benchmarks" / "cases"
_STOP = re.compile("[。！？；]")


@dataclass(frozen=True)
class Example:
    """A compact text: mentions with the number of their rule, and stretches that do not count."""

    author: str
    kind: DocumentKind
    text: str
    allowed: frozenset[int]  # numbers of the rules that apply there; 0 is "outside"
    mentions: tuple[tuple[Span, int], ...] = ()
    masked: tuple[Span, ...] = ()

    def crop(self, within: Span) -> Example:
        """Return a part; a mention cut by its edges does not count."""
        mentions, masked = [], []
        for at, rule in self.mentions:
            if within.start <= at.start and at.end <= within.end:
                mentions.append((_moved(at, -within.start), rule))
            else:
                masked.append(at)
        masked += self.masked
        cut = (Span(max(a, within.start), min(b, within.end)) for a, b in masked)
        return replace(
            self,
            text=self.text[within.start : within.end],
            mentions=tuple(mentions),
            masked=tuple(_moved(at, -within.start) for at in cut if at.start < at.end),
        )

    def beside(self, other: Example) -> Example:
        """Return another example after this one, as one text."""
        size = len(self.text)
        return replace(
            self,
            text=self.text + other.text,
            allowed=self.allowed & other.allowed,
            mentions=self.mentions + tuple((_moved(a, size), r) for a, r in other.mentions),
            masked=self.masked + tuple(_moved(at, size) for at in other.masked),
        )


class Labels:
    """Which rule a labelled term belongs to, for each kind and place."""

    def __init__(self, book: RuleBook, on: date) -> None:
        """Gather the terms that rules list."""
        self._book, self._on = book, on
        self.rules = [rule.id for rule in book.rules if not rule.optional]
        self._listing: dict[str, list[str]] = defaultdict(list)
        for rule in book.rules:
            for listed in rule.listed:
                self._listing[listed].append(rule.id)
        self._by_id = {rule.id: rule for rule in book.rules}

    def allowed(self, kind: DocumentKind, jurisdiction: str) -> frozenset[str]:
        """Return the rules that apply to a kind of document in a place."""
        places = () if jurisdiction == "CN" else (jurisdiction,)
        applicable = self._book.applicable
        rules = (self._by_id[rule] for rule in self.rules)
        return frozenset(r.id for r in rules if applicable(r, kind, places, self._on))

    def rule(self, label: Mapping, allowed: frozenset[str]) -> str | None:
        """Return the rule that lists a label's term there, else one with the label's clause."""
        for rule in self._listing[label["term"]]:
            if rule in allowed:
                return rule
        for rule in self.rules:
            clauses = {ref.clause for ref in self._by_id[rule].clauses}
            if rule in allowed and label["clause"] in clauses:
                return rule
        return None


def read_examples(path: Path, labels: Labels, normaliser: Normaliser) -> list[Example]:
    """Read a file of cases."""
    lines = path.read_text(encoding="utf-8").splitlines()
    return [_example(json.loads(line), labels, normaliser) for line in lines]


def _example(case: Mapping, labels: Labels, normaliser: Normaliser) -> Example:
    view = normaliser.normalise([case["text"]]).view(0)
    starts, ends = np.asarray(view.starts), np.asarray(view.ends)

    def compact(label: Mapping) -> Span:
        first, last = label["start"], label["start"] + len(label["span_text"])
        return Span(
            int(np.searchsorted(ends, first, side="right")),
            int(np.searchsorted(starts, last, side="left")),
        )

    allowed = labels.allowed(DocumentKind(case["kind"]), case["jurisdiction"])
    numbered = {rule: 1 + at for at, rule in enumerate(labels.rules)}
    mentions, masked = [], [compact(neutral) for neutral in case.get("neutral", ())]
    for violation in case["violations"]:
        rule = labels.rule(violation, allowed)
        if rule is None:
            masked.append(compact(violation))
        else:
            mentions.append((compact(violation), numbered[rule]))
    return Example(
        case["id"].rsplit("-", 1)[0],
        DocumentKind(case["kind"]),
        view.text,
        frozenset({0} | {numbered[rule] for rule in allowed}),
        tuple(sorted((at, rule) for at, rule in mentions if at.start < at.end)),
        tuple(masked),
    )


def alphabet(examples: Iterable[Example], least: int = 2) -> str:
    """Return the characters that stand in at least so many examples, sorted."""
    counts = Counter(c for example in examples for c in set(example.text) if not c.isdigit())
    return "".join(sorted({"0"} | {c for c, number in counts.items() if number >= least}))


class Variety:
    """Varies examples: parts of long ones, two short ones as one text."""

    CROPPED, SHORTEST, LONGEST = 160, 80, 512  # characters
    CROP, JOIN = 0.5, 0.35  # shares of the texts

    def __init__(self, examples: Sequence[Example]) -> None:
        """Group what may stand beside each other: the same kind, under the same rules."""
        self._alike: dict[tuple, list[Example]] = defaultdict(list)
        for example in examples:
            self._alike[example.kind, example.allowed].append(example)

    def vary(self, example: Example, dice: random.Random) -> Example:
        """Return the example or a variation of it."""
        if len(example.text) > self.CROPPED and dice.random() < self.CROP:
            example = self._cropped(example, dice)
        if len(example.text) < self.LONGEST and dice.random() < self.JOIN:
            other = dice.choice(self._alike[example.kind, example.allowed])
            first, second = dice.sample([example, other], 2)
            return first.beside(second)
        return example

    def _cropped(self, example: Example, dice: random.Random) -> Example:
        starts = [0, *(m.end() for m in _STOP.finditer(example.text))]
        start = dice.choice([s for s in starts if s < len(example.text) - 40] or [0])
        end = min(len(example.text), start + dice.randint(self.SHORTEST, self.LONGEST))
        return example.crop(Span(start, end))


def _moved(at: Span, by: int) -> Span:
    return Span(at.start + by, at.end + by)
