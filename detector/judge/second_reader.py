"""The tagger beside the steps: where it is sure it moves what they said, or finds what none lists.

How sure it must be was set by authors that it was not trained on (docs/decisions/tagger.md).
"""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from functools import cached_property, partial
from typing import NamedTuple

import regex

from detector.model import DocumentKind, Effect, Outcome, Reason, Span
from detector.tagger import Reading as Tagging
from detector.tagger import Tagged, Tagger

STEP = "tagger"  # its name among the steps that a rule can skip
DOUBT = "doubt"  # the name of its doubts alone: a rule that describes a whole act needs none
# On certificates and in registers the rules alone were right more often.
READ_KINDS = frozenset({DocumentKind.AD, DocumentKind.WEB})
SURE = 0.98  # reports what the steps have dismissed, or what no rule lists
LIKELY = 0.90  # asks a person about it
# Texts read together get what each gets alone but for the last digits.
NEARLY = LIKELY - 0.02
REMEMBERED = 20_000  # silent texts of a kind that need not be read again
DOUBTFUL = 0.02  # asks a person about what the steps report
# Steps that go by signs round a hit, which may deceive; the others go by what is so.
GOING_BY_SIGNS = frozenset({"border", "catalogue", "speaker", "voice"})
PART = 160  # characters that are read at once; longer ones gave the same figures
HIDING = "\u25a1"  # stands where words are hidden to see what they did
CUE_REACH = 20  # characters to either side in which words that moved the tagger are looked for
CUE_CONTEXT = 40  # characters to either side that are read again for it
MOST_CUES = 2
# What decides beside a text what the tagger says: its kind, the rules here and elsewhere.
Case = tuple[DocumentKind, frozenset[str], frozenset[str]]
_PIECE = regex.compile(r"[\w%]{1,8}")


class Opinion(NamedTuple):
    """The outcome that the tagger holds for right, and why."""

    outcome: Outcome
    reason: Reason


class SecondReader:
    """Reads passages with the tagger; without one it says nothing."""

    def __init__(self, tagger: Tagger | None) -> None:
        """Keep the tagger, whose weights are loaded on first use."""
        self._tagger = tagger
        self._silent: dict[Case, set[str]] = defaultdict(set)

    @property
    def rules(self) -> Collection[str]:
        """Return the rules that the tagger has learned."""
        return self._tagger.rules if self._tagger else ()

    def is_told(self, text: str) -> bool:
        """Tell whether a compact text holds a word that makes it worth reading."""
        return self._tagger is not None and self._tagger.is_told(text)

    def open(
        self,
        text: str,
        sentences: Sequence[int],
        kind: DocumentKind,
        allowed: Collection[str],
        elsewhere: Collection[str],
    ) -> SecondReading:
        """Begin to read a compact text whose sentences begin where `sentences` says."""
        if self._tagger is None:
            return SecondReading("", (0,), _read_nothing)
        read = partial(self._tagger.read, kind=kind, allowed=allowed, elsewhere=elsewhere)
        return SecondReading(text, sentences, read)

    def choose(
        self,
        texts: Mapping[int, str],
        kind: DocumentKind,
        allowed: Collection[str],
        elsewhere: Collection[str],
    ) -> Collection[int]:
        """Return which of some compact texts may hold mentions: all but those known to be silent.

        Texts of one part are read together here: most are a few words, and pages of a site share
        them. What is nearly a mention is read again alone, so that no text changes another's
        result.
        """
        if self._tagger is None or not texts:
            return ()
        silent = self._silent[kind, frozenset(allowed), frozenset(elsewhere)]
        short = dict.fromkeys(text for text in texts.values() if 0 < len(text) <= PART)
        fresh = [text for text in short if text not in silent]
        if len(fresh) > 1:
            read = self._tagger.read(fresh, kind, allowed, elsewhere)
            silent.update(t for t, tags in zip(fresh, read, strict=True) if tags.most < NEARLY)
        chosen = [number for number, text in texts.items() if text not in silent]
        if len(silent) > REMEMBERED:
            silent.clear()
        return chosen


class SecondReading:
    """One passage as the tagger sees it, read part by part where it is asked for."""

    def __init__(
        self,
        text: str,
        sentences: Sequence[int],
        tag: Callable[[Sequence[str]], list[Tagging]],
    ) -> None:
        """Cut the text into parts."""
        self._text, self._tag = text, tag
        self._starts = _parts(sentences, len(text))
        self._tagged: dict[Span, Tagging] = {}

    def weigh(self, outcome: Outcome, at: Span) -> Opinion | None:
        """Return what an outcome of the steps should rather be, if anything."""
        if outcome is Outcome.REPORT:
            probability = self._probability(at)
            if probability < DOUBTFUL:
                detail = f"通读模型不认为违规（可能性{_percent(probability)}）"
                return Opinion(Outcome.REVIEW, Reason(STEP, Effect.LOWER, detail))
        elif outcome is Outcome.DISMISSED:
            probability = self._probability(at)
            if probability >= LIKELY:
                return self.opinion(at, probability)
        return None

    def opinion(self, at: Span, probability: float) -> Opinion:
        """Return what to make of a likely mention, with the words that moved the tagger."""
        words = "、".join(f"“{cue}”" for cue in self._cues(at))
        moved = f"，主要依据{words}" if words else ""
        detail = f"通读模型认为违规（可能性{_percent(probability)}{moved}）"
        outcome = Outcome.REPORT if probability >= SURE else Outcome.REVIEW
        return Opinion(outcome, Reason(STEP, Effect.RAISE, detail))

    def mentions(self, worth_reading: Callable[[Span], bool]) -> Iterator[Tagged]:
        """Yield what is likely a violation in the parts that are worth reading."""
        for part in self._parts:
            if worth_reading(part):
                for tagged in self._tagging(part).mentions(LIKELY):
                    at = _trimmed(self._text, tagged.at, part.start)
                    if at.start < at.end:
                        yield tagged._replace(at=at)

    @cached_property
    def _parts(self) -> list[Span]:
        return [self._part(start) for start in self._starts if start < len(self._text)]

    def _part(self, place: int) -> Span:
        number = bisect_right(self._starts, place)
        end = self._starts[number] if number < len(self._starts) else len(self._text)
        return Span(self._starts[number - 1], end)

    def _tagging(self, part: Span) -> Tagging:
        if part not in self._tagged:
            (self._tagged[part],) = self._tag([self._text[part.start : part.end]])
        return self._tagged[part]

    def _probability(self, at: Span) -> float:
        part = self._part(at.start)
        return self._tagging(part).probability(Span(at.start - part.start, at.end - part.start))

    def _cues(self, at: Span) -> list[str]:
        """Return the words whose hiding makes the mention least likely, the strongest first."""
        first = max(0, at.start - CUE_CONTEXT)
        text = self._text[first : at.end + CUE_CONTEXT]
        place = Span(at.start - first, at.end - first)
        pieces = [
            Span(*match.span())
            for match in _PIECE.finditer(
                text, max(0, place.start - CUE_REACH), place.end + CUE_REACH
            )
            if match.end() <= place.start or match.start() >= place.end
        ]
        hidden = [text[: p.start] + HIDING * (p.end - p.start) + text[p.end :] for p in pieces]
        whole, *others = (read.probability(place) for read in self._tag([text, *hidden]))
        losing = sorted((left, piece) for left, piece in zip(others, pieces, strict=True))
        return [text[p.start : p.end] for left, p in losing[:MOST_CUES] if left < whole]


def _read_nothing(texts: Sequence[str]) -> list[Tagging]:
    return []


def _parts(sentences: Sequence[int], size: int) -> list[int]:
    """Return where parts begin: whole sentences, and cut ones where they are too long."""
    starts = [0]
    for start, end in zip(sentences, [*sentences[1:], size], strict=True):
        if end - starts[-1] > PART and start > starts[-1]:
            starts.append(start)
        while end - starts[-1] > PART:
            starts.append(starts[-1] + PART)
    return starts


def _trimmed(text: str, at: Span, shift: int) -> Span:
    """Return a stretch without the marks at its edges, counted in the whole text."""
    start, end = at.start + shift, at.end + shift
    while start < end and not text[start].isalnum():
        start += 1
    while start < end and not text[end - 1].isalnum():
        end -= 1
    return Span(start, end)


def _percent(probability: float) -> str:
    return f"{min(max(probability, 0.01), 0.99):.0%}"
