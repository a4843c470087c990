"""What the steps of the judgement know of one passage, and what they look things up in."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from detector.judge.certificates import LawfulCertificates
from detector.judge.names import Names, NamesFound
from detector.judge.reading import Reading
from detector.judge.second_reader import SecondReader, SecondReading
from detector.judge.speech import Speaker, Speech
from detector.model import DocumentKind, Evasion, Hit, Reason, Span
from detector.rulebook import RuleBook
from detector.text import Borders

# Disguises that nobody writes by habit; whoever writes them has something to offer and to hide.
DELIBERATE = frozenset(Evasion) - {Evasion.TRADITIONAL, Evasion.WIDTH, Evasion.FOREIGN}
# What spinners and scans leave behind in anybody's text is none of its author's doing.
OWN_DOING = DELIBERATE - {Evasion.PINYIN_BRACKET, Evasion.MARKUP, Evasion.LINE_SPLIT}
OPENING_QUOTES = frozenset('“「『‘"')
DISGUISE_WEIGHT = 2  # of each disguised word for a promoting author
MOST_DISGUISES = 3
# How far from a hit its author shows himself, in characters; measured on the labelled cases
# (docs/decisions/judging.md).
SPEAKER_REACH = 400


@dataclass(frozen=True, slots=True)
class Case:
    """The rules that apply to a kind of document in some places on a day, with their clauses.

    `elsewhere` are the rules that would apply to it in other places.
    """

    clauses: Mapping[str, tuple[str, ...]]
    elsewhere: frozenset[str]

    @classmethod
    def of(cls, book: RuleBook, kind: DocumentKind, places: tuple[str, ...], on: date) -> Case:
        """Look up which rules of a book apply."""
        every = {rule.id: book.applicable(rule, kind, places, on) for rule in book.rules}
        clauses = {rule: cited for rule, cited in every.items() if cited}
        all_places = tuple(book.jurisdictions)
        anywhere = {r.id for r in book.rules if book.applicable(r, kind, all_places, on)}
        return cls(clauses, frozenset(anywhere - clauses.keys()))


@dataclass(frozen=True, slots=True)
class Tools:
    """What the steps look things up in, compiled from the rule book."""

    borders: Borders
    speech: Speech
    lawful: LawfulCertificates
    names: Names
    second_reader: SecondReader


class Context:
    """What the steps know of one passage; each thing is worked out when it is first asked for."""

    def __init__(
        self,
        reading: Reading,
        kind: DocumentKind,
        hits: Sequence[Hit],
        case: Case,
        tools: Tools,
    ) -> None:
        """Keep what is judged, the rules that apply, and what reads."""
        self.reading = reading
        self.kind = kind
        self.case = case
        self._tools = tools
        self._disguised = {h.at for h in hits if h.evasion in OWN_DOING and not self._quotes(h)}
        self._speakers: dict[Span, Speaker] = {}

    def _quotes(self, hit: Hit) -> bool:
        return self.reading.view.text[hit.at.start - 1 : hit.at.start] in OPENING_QUOTES

    @cached_property
    def names(self) -> NamesFound:
        """Return the names that stand in the passage."""
        return self._tools.names.find(self.reading.view.text, self.reading.found)

    @cached_property
    def lawful(self) -> Reason | None:
        """Return why words on this certificate are lawful, if they are."""
        if self.kind is not DocumentKind.CERTIFICATE:
            return None
        return self._tools.lawful.reason(self.reading.view.text)

    @cached_property
    def second(self) -> SecondReading:
        """Return the passage as the tagger sees it."""
        reading = self.reading
        return self._tools.second_reader.open(
            reading.view.text,
            reading.sentences,
            self.kind,
            self.case.clauses.keys(),
            self.case.elsewhere,
        )

    def may_offer(self, at: Span) -> bool:
        """Tell whether something may be offered there: nobody only reports, and pages show it."""
        speaker = self.speaker(at)
        return speaker.promotes or not (speaker.observes or self.kind is DocumentKind.WEB)

    def is_worth_reading(self, part: Span) -> bool:
        """Tell whether a part is about training or certificates, or all that there is."""
        return part.end - part.start == len(self.reading.view.text) or self.names.in_scope(part)

    def speaker(self, at: Span) -> Speaker:
        """Return who speaks about the hit: what its author wrote counts more than the rest."""
        own = self._speaks(self.reading.around(at, SPEAKER_REACH, self.reading.item(at)))
        if own.speaks:
            return own
        return self._speaks(self.reading.around(at, SPEAKER_REACH))

    def _speaks(self, part: Span) -> Speaker:
        if part not in self._speakers:
            hidden = sum(part.start <= at.start < part.end for at in self._disguised)
            weight = DISGUISE_WEIGHT * min(hidden, MOST_DISGUISES)
            self._speakers[part] = self._tools.speech.speaker(self.reading, part).promoting(weight)
        return self._speakers[part]
