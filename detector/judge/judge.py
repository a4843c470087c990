"""The judgement: each hit goes through the same steps, each step may leave a reason."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache, cached_property

from detector.judge.certificates import LawfulCertificates
from detector.judge.cues import compile_cues, weigh_cues
from detector.judge.findings import build_finding
from detector.judge.kind import Kinds
from detector.judge.names import Names, NamesFound
from detector.judge.reading import Reading, read_passage
from detector.judge.speech import Speaker, Speech
from detector.match import Matched
from detector.model import (
    Document,
    DocumentKind,
    Effect,
    Evasion,
    Finding,
    Hit,
    Outcome,
    PassageKind,
    Reason,
    Rule,
    Span,
)
from detector.rulebook import RuleBook
from detector.text import Borders

# Disguises that nobody writes by habit; whoever writes them has something to offer and to hide.
DELIBERATE = frozenset(Evasion) - {Evasion.TRADITIONAL, Evasion.WIDTH, Evasion.FOREIGN}
# What spinners and scans leave behind in anybody's text is none of its author's doing.
OWN_DOING = DELIBERATE - {Evasion.PINYIN_BRACKET, Evasion.MARKUP, Evasion.LINE_SPLIT}
OPENING_QUOTES = frozenset('“「『‘"')
DISGUISE_WEIGHT = 2  # of each disguised word for a promoting author
MOST_DISGUISES = 3
KIND_PASSAGES = 20  # passages of a document that its kind is told from
# How far from a hit its subject and its author show themselves, in characters; measured on the
# labelled cases (docs/decisions/judging.md).
SCOPE_REACH = 300
SPEAKER_REACH = 400


class Context:
    """What the steps know of one passage; each thing is worked out when it is first asked for."""

    def __init__(
        self, reading: Reading, kind: DocumentKind, hits: Sequence[Hit], tools: Tools
    ) -> None:
        """Keep the passage's reading and hits, the document's kind and what reads them."""
        self.reading = reading
        self.kind = kind
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


@dataclass(frozen=True, slots=True)
class Tools:
    """What the steps look things up in, compiled from the rule book."""

    borders: Borders
    speech: Speech
    lawful: LawfulCertificates
    names: Names


Step = Callable[[Rule, Hit, Context], Reason | None]


class Judge:
    """Turns hits into findings; built once for a rule book, used for any number of documents."""

    def __init__(self, book: RuleBook, borders: Borders, excerpt_context: int) -> None:
        """Compile what the steps need from the rule book."""
        self._excerpt_context = excerpt_context
        self._rules = {rule.id: rule for rule in book.rules}
        self._order = {rule.id: index for index, rule in enumerate(book.rules)}
        self._cues = {rule.id: compile_cues(rule) for rule in book.rules}
        self._kinds = Kinds(book.lexicons["document-kinds"])
        self._tools = Tools(
            borders,
            Speech(book.lexicons["speech"]),
            LawfulCertificates(book.lexicons["certificate-kinds"]),
            Names(book),
        )
        # Depends on no text, and costs as much as a step.
        self._clauses = cache(lambda rule, *case: book.applicable(self._rules[rule], *case))
        # The cheapest that dismisses most stands first; the first dismissal ends the matter.
        self._steps: dict[str, Step] = {
            "cue": self._cue,
            "border": self._border,
            "cover": self._cover,
            "catalogue": self._catalogue,
            "certificate": self._certificate,
            "scope": self._scope,
            "denial": self._denial,
            "mention": self._mention,
            "speaker": self._speaker,
            "voice": self._voice,
        }

    @property
    def words(self) -> frozenset[str]:
        """Return the words that the steps want to be told of, wherever the matcher sees them."""
        return frozenset(self._tools.names.phrases).union(self._tools.speech.possible)

    def infer_kind(
        self, document: Document, matched: Sequence[Matched]
    ) -> tuple[DocumentKind, str]:
        """Infer a document's kind from its passages."""
        compact = "".join(match.view.text for match in matched[:KIND_PASSAGES])
        text = "\n".join(passage.text for passage in document.passages[:KIND_PASSAGES])
        return self._kinds.infer(compact, text)

    def judge(
        self,
        document: Document,
        matched: Sequence[Matched],
        kind: DocumentKind,
        jurisdictions: Collection[str],
        on: date,
    ) -> tuple[Finding, ...]:
        """Judge every hit of a document; findings come in text order, dismissed ones too."""
        if not any(match.hits for match in matched):  # as on most pages
            return ()
        clauses = {
            rule: applicable
            for rule in {hit.rule for match in matched for hit in match.hits}
            if (applicable := self._clauses(rule, kind, tuple(jurisdictions), on))
        }
        findings: list[Finding] = []
        for passage, match in zip(document.passages, matched, strict=True):
            hits = self._sift(match.hits, clauses)
            if hits and passage.kind is not PassageKind.CODE:
                reading = read_passage(passage, match, self._tools.speech.item_mark)
                context = Context(reading, kind, hits, self._tools)
                findings += self._judge_passage(document, context, hits, clauses)
        return tuple(findings)

    def _sift(self, hits: Sequence[Hit], clauses: Mapping[str, tuple[str, ...]]) -> list[Hit]:
        """Leave out silent rules; for one span, the first rule of a pack speaks for the others."""
        kept: dict[tuple[Span, str], Hit] = {}
        for hit in sorted(hits, key=lambda h: (h.span, self._order[h.rule])):
            if hit.rule in clauses:
                kept.setdefault((hit.span, hit.rule.partition(".")[0]), hit)
        return list(kept.values())

    def _judge_passage(
        self,
        document: Document,
        context: Context,
        hits: Sequence[Hit],
        clauses: Mapping[str, tuple[str, ...]],
    ) -> list[Finding]:
        judged = [(hit, *self._weigh(self._rules[hit.rule], hit, context)) for hit in hits]
        standing = [hit.at for hit, outcome, _ in judged if outcome is not Outcome.DISMISSED]
        findings = []
        for hit, outcome, reasons in judged:
            if outcome is not Outcome.DISMISSED and _inside_longer(hit.at, standing):
                outcome = Outcome.DISMISSED
                reasons.append(Reason("part", Effect.DISMISS, "已包含在更长的命中之内"))
            findings.append(
                build_finding(
                    self._rules[hit.rule],
                    clauses[hit.rule],
                    hit,
                    context.reading,
                    document.source,
                    outcome,
                    reasons,
                    self._excerpt_context,
                )
            )
        return findings

    def _weigh(self, rule: Rule, hit: Hit, context: Context) -> tuple[Outcome, list[Reason]]:
        reasons: list[Reason] = []
        outcome = rule.default
        for name, step in self._steps.items():
            reason = None if name in rule.skip else step(rule, hit, context)
            if reason is not None:
                reasons.append(reason)
                outcome = _outcome(rule, reasons)
            if outcome is Outcome.DISMISSED:
                break
        return outcome, reasons

    def _cue(self, rule: Rule, hit: Hit, context: Context) -> Reason | None:
        return weigh_cues(self._cues[rule.id], context.reading, hit)

    def _border(self, rule: Rule, hit: Hit, context: Context) -> Reason | None:
        # What stands one character a line, or backwards, makes no words with its neighbours.
        if not rule.border or hit.evasion in (Evasion.LINE_SPLIT, Evasion.REVERSED):
            return None
        crossing = self._tools.borders.crosses(context.reading.view.text, *hit.at)
        if crossing is None:
            return None
        return Reason("border", Effect.DISMISS, f"截断了词语，应读作“{crossing}”")

    def _cover(self, rule: Rule, hit: Hit, context: Context) -> Reason | None:
        return context.names.cover(hit.at)

    def _catalogue(self, rule: Rule, hit: Hit, context: Context) -> Reason | None:
        """Dismiss words that say of a qualification in the state's catalogue what is so."""
        name = context.names.catalogue(context.reading.sentence(hit.at))
        if name is None:
            return None
        return Reason("catalogue", Effect.DISMISS, f"说的是国家职业资格目录内的“{name}”，须核对")

    def _certificate(self, rule: Rule, hit: Hit, context: Context) -> Reason | None:
        return context.lawful

    def _scope(self, rule: Rule, hit: Hit, context: Context) -> Reason | None:
        if context.names.in_scope(context.reading.around(hit.at, SCOPE_REACH)):
            return None
        return Reason("scope", Effect.DISMISS, "文中未见培训、评价或证书")

    def _denial(self, rule: Rule, hit: Hit, context: Context) -> Reason | None:
        reading = context.reading
        return self._tools.speech.denial(reading.view.text, reading.sentence(hit.at), hit.at)

    def _mention(self, rule: Rule, hit: Hit, context: Context) -> Reason | None:
        reading = context.reading
        return self._tools.speech.mention(reading.view.text, reading.sentence(hit.at), hit.at)

    def _speaker(self, rule: Rule, hit: Hit, context: Context) -> Reason | None:
        if context.kind in (DocumentKind.CERTIFICATE, DocumentKind.REGISTRATION):
            return None
        speaker = context.speaker(hit.at)
        if not speaker.observes:
            return None
        cues = "、".join(speaker.cues)
        return Reason("speaker", Effect.DISMISS, f"作者在报道、提醒、规定、询问或讲解（{cues}）")

    def _voice(self, rule: Rule, hit: Hit, context: Context) -> Reason | None:
        """Dismiss what stands on a page where nobody offers anything; who disguises words does."""
        offered = hit.evasion in DELIBERATE or context.speaker(hit.at).promotes
        if context.kind is not DocumentKind.WEB or offered:
            return None
        return Reason("voice", Effect.DISMISS, "未见招揽、出售或颁发证书的口吻")


def _outcome(rule: Rule, reasons: Sequence[Reason]) -> Outcome:
    effects = {reason.effect for reason in reasons}
    if Effect.DISMISS in effects:
        return Outcome.DISMISSED
    if Effect.LOWER in effects:
        return Outcome.REVIEW
    return Outcome.REPORT if Effect.RAISE in effects else rule.default


def _inside_longer(at: Span, spans: Sequence[Span]) -> bool:
    return any(s.start <= at.start and at.end <= s.end and s != at for s in spans)
