"""The rules' regular expressions over compact texts."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

import regex

from detector.match.anchors import anchors_of
from detector.model import Evasion, Rule, Span

# A text on which an expression runs longer than this is hostile; it counts as not found there.
SECONDS = 1.0


class Claim(NamedTuple):
    """What a rule says of a word or a pattern: the listed term that it stands for."""

    rule: str
    listed: str
    evasion: Evasion | None
    gated: bool


@dataclass(frozen=True, slots=True, eq=False)
class Expression:
    """A compiled pattern, what it claims, and the words one of which every match holds."""

    claim: Claim
    compiled: regex.Pattern[str]
    anchors: frozenset[str]

    def find(self, text: str, within: Span) -> Iterator[Span]:
        """Yield what the pattern finds in a stretch of a compact text.

        It sees nothing beyond the stretch; a group named `hit` narrows what it found.
        """
        group = "hit" if "hit" in self.compiled.groupindex else 0
        try:
            for match in self.compiled.finditer(text[within.start : within.end], timeout=SECONDS):
                start, end = match.span(group)
                if 0 <= start < end:
                    yield Span(within.start + start, within.start + end)
        except TimeoutError:
            return


def expressions(rule: Rule) -> Iterator[Expression]:
    """Compile the patterns of a rule; compact texts are lower case, so case plays no part."""
    for pattern in rule.patterns:
        yield Expression(
            Claim(rule.id, pattern.listed, pattern.evasion, rule.gated),
            regex.compile(pattern.expression, regex.IGNORECASE),
            anchors_of(pattern.expression),
        )
