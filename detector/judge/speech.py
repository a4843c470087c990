"""Who speaks in an item, and whether a hit is denied or only quoted there.

The patterns and their weights are data: rules/lexicon/speech.yaml.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum

import regex

from detector.judge.reading import Reading
from detector.match import Possible, Timed
from detector.model import Effect, Entry, Lexicon, Reason, Span

# A denial reaches as far as a clause; measured on the labelled cases.
REACH = 40
MOST_CUES = 3  # of one pattern that count: a page that repeats itself says no more

Pattern = tuple[Timed, Entry]


class Step(StrEnum):
    """The steps of the judgement that a speech pattern can belong to."""

    OBSERVER = "observer"
    PROMOTER = "promoter"
    ITEM = "item"
    DENIAL_BEFORE = "denial-before"
    DENIAL_AFTER = "denial-after"
    MENTION_BEFORE = "mention-before"
    MENTION_AFTER = "mention-after"


# Those that look at what stands right before and after a hit.
ROUND_A_HIT = (Step.DENIAL_BEFORE, Step.DENIAL_AFTER, Step.MENTION_BEFORE, Step.MENTION_AFTER)


@dataclass(frozen=True, slots=True)
class Speaker:
    """The weights for an observing and for a promoting author, with the words that gave them."""

    observer: int
    promoter: int
    cues: tuple[str, ...]

    @property
    def speaks(self) -> bool:
        """Tell whether anything shows who the author is."""
        return bool(self.observer or self.promoter)

    def promoting(self, weight: int) -> Speaker:
        """Return the same with more weight for a promoting author."""
        return replace(self, promoter=self.promoter + weight)

    @property
    def promotes(self) -> bool:
        """Tell whether anything is offered there."""
        return self.promoter > 0

    @property
    def observes(self) -> bool:
        """Tell whether the author rather reports, warns, rules, asks or teaches."""
        return self.observer >= 2 and self.observer >= self.promoter


class Speech:
    """The compiled speech patterns."""

    def __init__(self, lexicon: Lexicon) -> None:
        """Compile the lexicon's entries, grouped by step."""
        entries: dict[Step, list[Entry]] = {step: [] for step in Step}
        for entry in lexicon.entries:
            entries[Step(entry.fields["step"])].append(entry)
        self._by_step: dict[Step, list[Pattern]] = {
            step: [(Timed(entry.text), entry) for entry in entries[step]] for step in ROUND_A_HIT
        }
        self._after = {
            entry.text: Timed(entry.fields["after"])
            for entry in lexicon.entries
            if "after" in entry.fields
        }
        self._voices = [*entries[Step.OBSERVER], *entries[Step.PROMOTER]]
        self.possible = Possible([entry.text for entry in self._voices])
        # What opens an item, over original text; one expression, as it runs on all of a passage.
        items = "|".join(f"(?:{entry.text})" for entry in entries[Step.ITEM])
        self.item_mark = Timed(items or "(?!)", regex.MULTILINE)

    def speaker(self, reading: Reading, part: Span) -> Speaker:
        """Weigh who speaks in a part of a compact text; each distinct cue counts once."""
        totals = {Step.OBSERVER: 0, Step.PROMOTER: 0}
        cues: list[str] = []
        for number, matches in self.possible.find(reading.view.text, part, reading.found):
            entry = self._voices[number]
            step = Step(entry.fields["step"])
            found = sorted({match.group() for match in matches})
            totals[step] += int(entry.fields.get("weight", "1")) * min(len(found), MOST_CUES)
            if step is Step.OBSERVER:
                cues.extend(found[:2])
        return Speaker(totals[Step.OBSERVER], totals[Step.PROMOTER], tuple(cues[:4]))

    def denial(self, text: str, sentence: Span, at: Span) -> Reason | None:
        """Return why a hit is denied, forbidden or disowned in its sentence, if it is."""
        before = text[max(sentence.start, at.start - REACH) : at.start]
        after = text[at.end : min(sentence.end, at.end + REACH)]
        follows = self._first(Step.DENIAL_AFTER, after)
        if follows is not None:
            return Reason("denial", Effect.DISMISS, f"{follows.note}：“{after[:14]}”")
        for pattern, entry in self._by_step[Step.DENIAL_BEFORE]:
            match = pattern.search(before)
            if match is not None and self._goes_on(entry, after):
                return Reason("denial", Effect.DISMISS, f"{entry.note}：“{match.group()}”")
        return None

    def _goes_on(self, entry: Entry, after: str) -> bool:
        """Tell whether what follows the hit is what the entry asks for, if it asks for anything."""
        wanted = self._after.get(entry.text)
        return wanted is None or wanted.search(after) is not None

    def mention(self, text: str, sentence: Span, at: Span) -> Reason | None:
        """Return why a hit in quotation marks is mentioned rather than used, if it is."""
        before = text[max(sentence.start, at.start - REACH) : at.start]
        after = text[at.end : min(sentence.end, at.end + REACH)]
        opening = max(before.rfind(q) for q in '“「『‘"')
        if opening < 0 or not any(q in after for q in '”」』’"'):
            return None
        if any(q in before[opening:] for q in "”」』’"):
            return None
        for step, where in (
            (Step.MENTION_BEFORE, before[: opening + 1]),
            (Step.MENTION_AFTER, after),
        ):
            entry = self._first(step, where)
            if entry is not None:
                return Reason("mention", Effect.DISMISS, entry.note)
        return None

    def _first(self, step: Step, text: str) -> Entry | None:
        for pattern, entry in self._by_step[step]:
            if pattern.search(text):
                return entry
        return None
