"""Checks: looks at a document as a whole, where words and patterns do not reach.

A rule names one of them (`check:` in its pack); what it finds becomes a finding of that rule.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass

from detector.judge.hosts import Host, find_hosts
from detector.judge.sites import Site, Sites, Standing
from detector.model import (
    CONFIDENCE,
    TEXT_LAYER,
    Certificate,
    Document,
    DocumentKind,
    Effect,
    Lexicon,
    Mark,
    MarkKind,
    Outcome,
    Passage,
    PassageKind,
    Reason,
    RegistryCheck,
    Span,
)

NO_WORDS = Span(0, 0)
# An emblem that its finder is less sure of than this is a person's to decide.
SURE = 0.9
SITES = "official-sites"  # the lexicon
SHOWN = 24  # characters of a hidden text that a finding shows
NEAR = 16  # characters either side of a host that say what it is for
LOOKS_OFFICIAL = frozenset({Standing.SIGNED, Standing.MIXED, Standing.ADDRESS})
UNOFFICIAL = LOOKS_OFFICIAL | {Standing.SHORT_LINK, Standing.OTHER}


@dataclass(frozen=True, slots=True)
class Material:
    """What a check sees: the document, its pages as certificates, its institutions looked up."""

    document: Document
    kind: DocumentKind
    certificates: tuple[Certificate, ...]
    registry: tuple[RegistryCheck, ...]
    lexicons: Mapping[str, Lexicon]


@dataclass(frozen=True, slots=True)
class Spotted:
    """What a check found: words of a passage, or a mark on a page.

    `surface` is what stands there, or what the mark is called. `outcome` None leaves it to the
    rule, and so does `listed` empty for the listed term.
    """

    surface: str
    reasons: tuple[Reason, ...]
    passage: Passage | None = None
    span: Span = NO_WORDS
    mark: Mark | None = None
    outcome: Outcome | None = None
    listed: str = ""


Check = Callable[[Material], Iterator[Spotted]]


def _emblems(material: Material) -> Iterator[Spotted]:
    yield from _marks(material, MarkKind.EMBLEM, "国徽图案")


def _badges(material: Material) -> Iterator[Spotted]:
    yield from _marks(material, MarkKind.BADGE, "部门徽标图案")


def _marks(material: Material, kind: MarkKind, name: str) -> Iterator[Spotted]:
    for mark in material.document.marks:
        if mark.kind is kind:
            sure = dict(mark.scores).get(CONFIDENCE, 0.0)
            reason = Reason("mark", Effect.RAISE, f"页面上有疑似{name}，图形相似度 {sure:.0%}")
            outcome = None if sure >= SURE else Outcome.REVIEW
            yield Spotted(name, (reason,), mark=mark, outcome=outcome)


def _imitated_sites(material: Material) -> Iterator[Spotted]:
    for passage, host, site in _sites(material):
        if site.standing in (Standing.IMITATION, Standing.NEAR):
            misread = site.slip and passage.kind is PassageKind.OCR
            outcome = Outcome.REVIEW if misread or site.standing is Standing.NEAR else None
            reasons: tuple[Reason, ...] = (Reason("site", Effect.RAISE, site.detail),)
            if misread:
                doubt = "网址由文字识别读出，形近字符也可能是识别误差，须对照原件"
                reasons += (Reason("site", Effect.LOWER, doubt),)
            yield _spotted_site(passage, host, reasons, outcome)


def _lookup_sites(material: Material) -> Iterator[Spotted]:
    on_certificate = material.kind is DocumentKind.CERTIFICATE
    doubtful = UNOFFICIAL if on_certificate else LOOKS_OFFICIAL
    for passage, host, site in _sites(material):
        words = (e.text for e in material.lexicons[SITES].entries if e.fields["role"] == "lookup")
        for_lookup = passage.kind is PassageKind.CODE or _says(words, passage.text, host.span)
        if for_lookup and site.standing in doubtful:
            reason = Reason("site", Effect.LOWER, site.detail)
            yield _spotted_site(passage, host, (reason,))
        elif on_certificate and site.standing in (Standing.OFFICIAL, Standing.EDUCATION):
            reason = Reason("site", Effect.DISMISS, site.detail)
            yield _spotted_site(passage, host, (reason,), Outcome.DISMISSED)


def _sites(material: Material) -> Iterator[tuple[Passage, Host, Site]]:
    passages = material.document.passages
    found = [(passage, host) for passage in passages for host in find_hosts(passage.text)]
    if found:  # compiling the lexicon costs more than looking for hosts
        sites = Sites(material.lexicons[SITES])
        for passage, host in found:
            yield passage, host, sites.look_up(host.name)


def _says(words: Iterable[str], text: str, span: Span) -> bool:
    """Tell whether one of the words stands near a host, on its line or the one before."""
    near = text[max(0, span.start - NEAR) : span.end + NEAR]
    tight = "".join(near.split())  # certificates set words wide
    return any(word in tight for word in words)


def _spotted_site(
    passage: Passage, host: Host, reasons: tuple[Reason, ...], outcome: Outcome | None = None
) -> Spotted:
    surface = passage.text[host.span.start : host.span.end]
    return Spotted(surface, reasons, passage, host.span, outcome=outcome)


def _hidden_layers(material: Material) -> Iterator[Spotted]:
    for passage in material.document.passages:
        if is_hidden_layer(passage):
            line = passage.text.lstrip().partition("\n")[0][:SHOWN]
            start = passage.text.index(line)
            reason = Reason("layer", Effect.LOWER, "PDF 文字层写有这些文字，页面上显示的不是它们")
            yield Spotted(line, (reason,), passage, Span(start, start + len(line)))


def is_hidden_layer(passage: Passage) -> bool:
    """Tell whether a passage is what a PDF says in its text layer and does not show."""
    return passage.kind is PassageKind.HIDDEN and passage.engine == TEXT_LAYER


CHECKS: Mapping[str, Check] = {
    "emblem": _emblems,
    "badge": _badges,
    "imitated-site": _imitated_sites,
    "lookup-site": _lookup_sites,
    "hidden-layer": _hidden_layers,
}
# The checks that look at hosts: only what may hold some is worth it.
HOST_CHECKS = frozenset({"imitated-site", "lookup-site"})
