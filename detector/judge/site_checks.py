"""Checks of the sites that texts and codes name; none of them is ever opened."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from detector.judge.hosts import Host, find_hosts
from detector.judge.material import Material, Spotted
from detector.judge.sites import Site, Sites, Standing
from detector.model import DocumentKind, Effect, Outcome, Passage, PassageKind, Reason, Span

SITES = "official-sites"  # the lexicon
NEAR = 16  # characters either side of a host that say what it is for
LOOKS_OFFICIAL = frozenset({Standing.SIGNED, Standing.MIXED, Standing.ADDRESS})
UNOFFICIAL = LOOKS_OFFICIAL | {Standing.SHORT_LINK, Standing.OTHER}


def imitated_sites(material: Material) -> Iterator[Spotted]:
    """Yield the addresses that pass for official ones."""
    for passage, host, site in _sites(material):
        if site.standing in (Standing.IMITATION, Standing.NEAR):
            misread = site.slip and passage.kind is PassageKind.OCR
            outcome = Outcome.REVIEW if misread or site.standing is Standing.NEAR else None
            reasons: tuple[Reason, ...] = (Reason("site", Effect.RAISE, site.detail),)
            if misread:
                doubt = "网址由文字识别读出，形近字符也可能是识别误差，须对照原件"
                reasons += (Reason("site", Effect.LOWER, doubt),)
            yield _spotted_site(passage, host, reasons, outcome)


def lookup_sites(material: Material) -> Iterator[Spotted]:
    """Yield where certificates are to be looked up but at no official site."""
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
