"""A rule's own context cues: what stands before, after and around a hit."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from detector.judge.reading import Reading
from detector.match import Timed
from detector.model import Cue, Effect, Hit, Reason, Rule, Span

# How far cues look, in characters of the compact view.
AROUND = 60
WITHIN = 120


@dataclass(frozen=True, slots=True)
class CompiledCue:
    """A cue with its expressions compiled; None where it has none."""

    cue: Cue
    before: Timed | None
    after: Timed | None
    within: Timed | None

    def holds(self, before: str, after: str, around: str) -> bool:
        """Tell whether every expression of the cue matches."""
        return (
            (self.before is None or self.before.search(before) is not None)
            and (self.after is None or self.after.match(after) is not None)
            and (self.within is None or self.within.search(around) is not None)
        )


CuesByTerm = Mapping[str, list[CompiledCue]]


def compile_cues(rule: Rule) -> CuesByTerm:
    """Compile a rule's cues, for each of its listed terms those that speak of it, in their order.

    `before` is anchored at its end, `after` at its start. What a check finds stands for the
    rule's title where it stands for no listed term.
    """
    every = [
        CompiledCue(
            cue,
            Timed(f"(?:{cue.before})$") if cue.before else None,
            Timed(cue.after) if cue.after else None,
            Timed(cue.within) if cue.within else None,
        )
        for cue in rule.cues
    ]
    return {
        term: [one for one in every if not one.cue.terms or term in one.cue.terms]
        for term in (*rule.listed, *([rule.title] if rule.check else ()))
    }


def weigh_cues(cues: CuesByTerm, reading: Reading, hit: Hit) -> Reason | None:
    """Return the reason given by the first cue that holds, in the rule's own order."""
    able = cues[hit.listed]
    if not able:
        return None
    text, at = reading.view.text, hit.at
    sentence, item = reading.sentence(at), reading.item(at)
    before = text[max(sentence.start, at.start - AROUND) : at.start]
    after = text[at.end : min(sentence.end, at.end + AROUND)]
    around = text[_window(item, at)]
    for compiled in able:
        if compiled.holds(before, after, around):
            cue = compiled.cue
            return Reason(f"cue:{cue.id}", Effect(cue.effect), cue.detail)
    return None


def _window(item: Span, at: Span) -> slice:
    return slice(max(item.start, at.start - WITHIN), min(item.end, at.end + WITHIN))
