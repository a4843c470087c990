"""The rules' regular expressions over compact texts."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

from detector.match.anchors import anchors_of
from detector.match.timed import Timed
from detector.model import DocumentKind, Evasion, Rule, Span


class Claim(NamedTuple):
    """What a rule says of a word or a pattern: the listed term that it stands for.

    `gated` and `kinds` tell where the rule speaks at all.
    """

    rule: str
    listed: str
    evasion: Evasion | None
    gated: bool
    kinds: frozenset[DocumentKind]


@dataclass(frozen=True, slots=True, eq=False)
class Expression:
    """A compiled pattern, what it claims, and the words one of which every match holds."""

    claim: Claim
    compiled: Timed
    anchors: frozenset[str]

    def find(self, text: str, within: Span) -> Iterator[Span]:
        """Yield what the pattern finds in a stretch of a compact text.

        It sees nothing beyond the stretch; a group named `hit` narrows what it found. A text on
        which it runs too long is hostile, and it counts as not found there.
        """
        group = "hit" if "hit" in self.compiled.groups else 0
        try:
            for match in self.compiled.finditer(text[within.start : within.end]):
                start, end = match.span(group)
                if 0 <= start < end:
                    yield Span(within.start + start, within.start + end)
        except TimeoutError:
            return


def expressions(rule: Rule) -> Iterator[Expression]:
    """Compile the patterns of a rule."""
    for pattern in rule.patterns:
        yield Expression(
            Claim(rule.id, pattern.listed, pattern.evasion, rule.gated, rule.kinds),
            Timed(pattern.expression),
            anchors_of(pattern.expression),
        )
