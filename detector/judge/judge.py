"""The judgement: each hit goes through the same steps, each step may leave a reason."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from datetime import date
from functools import cache, cached_property, partial

from detector.judge.certificates import LawfulCertificates
from detector.judge.checks import CHECKS
from detector.judge.context import DELIBERATE, Case, Context, Tools
from detector.judge.cues import compile_cues, weigh_cues
from detector.judge.findings import build_finding
from detector.judge.form.forms import Forms
from detector.judge.kind import Kinds
from detector.judge.material import Material
from detector.judge.names import Names
from detector.judge.reading import Reading, read_passage
from detector.judge.registry import Institutions
from detector.judge.second_reader import DOUBT, GOING_BY_SIGNS, PART, READ_KINDS, STEP, SecondReader
from detector.judge.speech import Speech
from detector.judge.whole import WholeDocuments
from detector.match import Matched
from detector.model import (
    Certificate,
    Document,
    DocumentKind,
    Effect,
    Evasion,
    Finding,
    Hit,
    Outcome,
    PassageKind,
    Reason,
    RegistryCheck,
    Rule,
    Span,
    ViewName,
)
from detector.registry import Registry
from detector.rulebook import RuleBook
from detector.tagger import Tagged, Tagger
from detector.text import Borders

KIND_PASSAGES = 20  # passages of a document that its kind is told from
# How far from a hit its subject shows itself, in characters; measured on the labelled cases
# (docs/decisions/judging.md).
SCOPE_REACH = 300

Step = Callable[[Rule, Hit, Context], Reason | None]
Judged = tuple[Hit, Outcome, list[Reason]]


class Judge:
    """Turns hits into findings; built once for a rule book, used for any number of documents."""

    def __init__(
        self,
        book: RuleBook,
        borders: Borders,
        tagger: Tagger | None,
        excerpt_context: int,
        registry: Registry | None = None,
    ) -> None:
        """Compile what the steps need from the rule book; without a tagger the rules decide.

        Without a registry nobody's standing is known.
        """
        self._institutions = Institutions(book.lexicons["institutions"], registry)
        self._excerpt_context = excerpt_context
        self._rules = {rule.id: rule for rule in book.rules}
        self._lexicons = book.lexicons
        self._order = {rule.id: index for index, rule in enumerate(book.rules)}
        self._cues = {rule.id: compile_cues(rule) for rule in book.rules}
        self._kinds = Kinds(book.lexicons["document-kinds"])
        self._tools = Tools(
            borders,
            Speech(book.lexicons["speech"]),
            LawfulCertificates(book.lexicons["certificate-kinds"]),
            Names(book),
            SecondReader(tagger),
        )
        checks = {**CHECKS, **self._institutions.checks}
        self._whole = WholeDocuments(book.rules, checks, self._tools, self._weigh, excerpt_context)
        self._cases = cache(partial(Case.of, book))  # depends on no text
        # The cheapest that dismisses most stands first; the first dismissal ends the matter.
        self._steps: dict[str, Step] = {
            "cue": self._cue,
            "scope": self._scope,
            "border": self._border,
            "cover": self._cover,
            "catalogue": self._catalogue,
            "certificate": self._certificate,
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

    @cached_property
    def _forms(self) -> Forms:
        """Return what reads certificates; it takes a fifth of a second, which ads need not wait."""
        return Forms.of(self._lexicons)

    def read_certificates(self, document: Document, kind: DocumentKind) -> tuple[Certificate, ...]:
        """Return the pages of certificates with their fields; other kinds have none."""
        return self._forms.read(document) if kind is DocumentKind.CERTIFICATE else ()

    def judge(
        self,
        document: Document,
        matched: Sequence[Matched],
        kind: DocumentKind,
        jurisdictions: Collection[str],
        on: date,
        certificates: tuple[Certificate, ...] = (),
        registry: tuple[RegistryCheck, ...] = (),
    ) -> tuple[Finding, ...]:
        """Judge every hit of a document; findings come in text order, dismissed ones too.

        What checks of the whole document find comes last; `certificates` are its pages as forms.
        """
        case = self._cases(kind, tuple(jurisdictions), on)
        to_read = self._to_read(document, matched, kind, case)
        findings: list[Finding] = []
        for number, (passage, match) in enumerate(zip(document.passages, matched, strict=True)):
            if not (match.hits or number in to_read):  # as on most pages
                continue
            hits = self._sift(match.hits, case.clauses)
            if (hits or number in to_read) and passage.kind is not PassageKind.CODE:
                reading = read_passage(passage, match, self._tools.speech.item_mark)
                context = Context(reading, kind, hits, case, self._tools)
                findings += self._judge_passage(document, context, hits, number in to_read)
        if registry:
            findings = self._institutions.lower(findings, registry)
        if registry or self._whole.may_show(document, kind):
            material = Material(
                document, kind, certificates, registry, self._lexicons, self._forms, on
            )
            findings += self._whole.judge(material, case, matched)
        return tuple(findings)

    def look_up(
        self,
        document: Document,
        kind: DocumentKind,
        certificates: tuple[Certificate, ...],
        on: date,
    ) -> tuple[RegistryCheck, ...]:
        """Return the institutions that a document names, and what the registry says of them."""
        return self._institutions.look_up(document, kind, certificates, on)

    def _to_read(
        self, document: Document, matched: Sequence[Matched], kind: DocumentKind, case: Case
    ) -> Collection[int]:
        """Return the passages in which the tagger looks for what no rule lists, by number.

        Those are the ones in scope, and in ads all short ones, where it sees anything at all.
        """
        if kind not in READ_KINDS:
            return ()
        ad = kind is DocumentKind.AD
        pairs = zip(document.passages, matched, strict=True)
        wanted = {
            number: match.text
            for number, (passage, match) in enumerate(pairs)
            if match.in_scope or (ad and len(passage.text) <= PART)
            if passage.kind is not PassageKind.CODE
        }
        return self._tools.second_reader.choose(wanted, kind, case.clauses, case.elsewhere)

    def is_worth_reading(self, document: Document, matched: Sequence[Matched]) -> bool:
        """Tell whether a passage is in scope, or one so short that it may be without its words."""
        if any(match.in_scope for match in matched):
            return True
        pairs = zip(document.passages, matched, strict=True)
        short = (match.text for passage, match in pairs if len(passage.text) <= PART)
        return self._tools.second_reader.is_told("\n".join(short))

    def _sift(self, hits: Sequence[Hit], clauses: Mapping[str, tuple[str, ...]]) -> list[Hit]:
        """Leave out silent rules; for one span, the first rule of a pack speaks for the others."""
        kept: dict[tuple[Span, str], Hit] = {}
        for hit in sorted(hits, key=lambda h: (h.span, self._order[h.rule])):
            if hit.rule in clauses:
                kept.setdefault((hit.span, hit.rule.partition(".")[0]), hit)
        return list(kept.values())

    def _judge_passage(
        self, document: Document, context: Context, hits: Sequence[Hit], to_read: bool
    ) -> list[Finding]:
        judged = [(hit, *self._weigh(self._rules[hit.rule], hit, context)) for hit in hits]
        if to_read:
            judged += self._unlisted(context, [hit.at for hit in hits])
            judged.sort(key=lambda one: one[0].span)
        standing = [hit.at for hit, outcome, _ in judged if outcome is not Outcome.DISMISSED]
        findings = []
        for hit, outcome, reasons in judged:
            if outcome is not Outcome.DISMISSED and _inside_longer(hit.at, standing):
                outcome = Outcome.DISMISSED
                reasons.append(Reason("part", Effect.DISMISS, "已包含在更长的命中之内"))
            findings.append(
                build_finding(
                    self._rules[hit.rule],
                    context.case.clauses[hit.rule],
                    hit,
                    context.reading,
                    document.source,
                    outcome,
                    reasons,
                    self._excerpt_context,
                )
            )
        return findings

    def _unlisted(self, context: Context, taken: Sequence[Span]) -> Iterator[Judged]:
        """Yield the mentions that no rule lists and only the tagger sees."""
        for tagged in context.second.mentions(context.is_worth_reading):
            rule = self._rules[tagged.rule]
            if STEP in rule.skip or _touches(tagged.at, taken):
                continue
            if context.may_offer(tagged.at):
                hit = _unlisted_hit(rule, tagged, context.reading)
                outcome, reason = context.second.opinion(tagged.at, tagged.probability)
                yield hit, outcome, [reason]

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
        return self._read_again(rule, hit, context, outcome, reasons), reasons

    def _read_again(
        self, rule: Rule, hit: Hit, context: Context, outcome: Outcome, reasons: list[Reason]
    ) -> Outcome:
        """Return the outcome after the tagger has spoken; add its reason where it moves it."""
        learned = rule.id in self._tools.second_reader.rules and STEP not in rule.skip
        if not learned or context.kind not in READ_KINDS:
            return outcome
        if outcome is Outcome.REPORT and DOUBT in rule.skip:
            return outcome
        if outcome is Outcome.DISMISSED and not self._is_arguable(hit, reasons, context):
            return outcome
        opinion = context.second.weigh(outcome, hit.at)
        if opinion is None:
            return outcome
        reasons.append(opinion.reason)
        return opinion.outcome

    def _is_arguable(self, hit: Hit, reasons: Sequence[Reason], context: Context) -> bool:
        """Tell whether a dismissal went by signs, where something may be offered after all."""
        if not reasons or reasons[-1].kind not in GOING_BY_SIGNS:
            return False
        around = context.reading.around(hit.at, SCOPE_REACH)
        return context.is_worth_reading(around) and context.may_offer(hit.at)

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
        if context.reading.passage.kind is PassageKind.SEAL:  # it speaks of the paper it is on
            return None
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


def _unlisted_hit(rule: Rule, tagged: Tagged, reading: Reading) -> Hit:
    """Return a hit for words that no rule lists: they stand for its term where it has but one."""
    span = reading.view.original(tagged.at)
    surface = reading.passage.text[span.start : span.end]
    term = rule.listed[0] if len(rule.listed) == 1 else surface
    return Hit(rule.id, term, span, surface, ViewName.COMPACT, tagged.at)


def _touches(at: Span, spans: Sequence[Span]) -> bool:
    return any(span.start < at.end and at.start < span.end for span in spans)


def _inside_longer(at: Span, spans: Sequence[Span]) -> bool:
    return any(s.start <= at.start and at.end <= s.end and s != at for s in spans)
