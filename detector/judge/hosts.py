"""Addresses on a page or in its codes, compared with the official sites. None is ever opened.

What passes for an official host: one of their names as part of another host, a name one slip
away, `gov` where no government's address has it. Official hosts: rules/lexicon/official-sites.yaml.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass
from functools import cached_property

from rapidfuzz.distance import OSA

from detector.judge.material import Material, Spotted
from detector.model import Effect, Lexicon, Reason, Span

# A host of ASCII labels; OCR leaves spaces beside its dots where `www` shows that there is one.
_LABEL = r"[a-z0-9](?:[a-z0-9\-]{0,61}[a-z0-9])?"
HOST = re.compile(
    rf"(?<![a-z0-9@\-.])(?:(?:{_LABEL}\.)+[a-z][a-z0-9\-]*[a-z0-9]"
    rf"|www ?\. ?{_LABEL}(?: ?\. ?{_LABEL})+"
    r"|(?:\d{1,3}\.){3}\d{1,3}(?=[:/]))(?![a-z0-9\-])",
    re.IGNORECASE,
)
_NUMBER = re.compile(r"(?:\d{1,3}\.){3}\d{1,3}")
# Characters that pass for each other in an address.
_CONFUSABLE = str.maketrans({"0": "o", "1": "l", "5": "s", "i": "l"})
GOVERNMENT = "gov"
SHORTEST = 4  # letters of an official name that is looked for where it does not stand as it should
PUNYCODE = "xn--"


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a host is taken for: `imitates` names an official one, empty for a private look-up."""

    imitates: str
    detail: str


class Sites:
    """The official hosts, and judging others by them."""

    def __init__(self, lexicon: Lexicon) -> None:
        """Sort the lexicon's entries by role."""
        self._roles = {
            role: {e.text: e.note for e in lexicon.entries if e.fields.get("role") == role}
            for role in ("official", "lookup", "shortener", "ending")
        }

    @cached_property
    def _names(self) -> dict[str, str]:
        """Return the telling label of each official host: osta, mohrss."""
        names = {host.partition(".")[0]: host for host in self._roles["official"]}
        return {name: host for name, host in names.items() if len(name) >= SHORTEST}

    def find(self, text: str) -> Iterator[tuple[str, Span]]:
        """Yield the hosts that are written in a text, in lower case, and where they stand.

        What ends as no host does, such as the name of a file, is none.
        """
        for match in HOST.finditer(text):
            host = match.group().replace(" ", "").lower()
            ending = host.rpartition(".")[2]
            if _NUMBER.fullmatch(host) or ending in self._roles["ending"] or PUNYCODE in ending:
                yield host, Span(*match.span())

    def is_official(self, host: str) -> bool:
        """Tell whether a host is an official one or stands below it."""
        return _stands_below(host, self._roles["official"])

    def imitation(self, host: str) -> Verdict | None:
        """Return which official host another passes for, and by what."""
        if self.is_official(host):
            return None
        for official, note in self._roles["official"].items():
            if _holds(host, official):
                detail = f"网址 {host} 中嵌有官方域名 {official}（{note}），但并不属于它"
                return Verdict(official, detail)
        return self._near(host) or _false_government(host)

    def private_lookup(self, host: str) -> Verdict | None:
        """Return why a host that is not official offers to look certificates up."""
        if self.is_official(host):
            return None
        if _stands_below(host, self._roles["shortener"]):
            return Verdict("", f"{host} 是短网址服务，看不出指向哪里")
        if _NUMBER.fullmatch(host):
            return Verdict("", f"{host} 是没有域名的网络地址")
        words = [part for part in self._parts(host) if part in self._roles["lookup"]]
        if words:
            return Verdict("", f"{host} 不是官方网站，却以“{'”“'.join(words)}”示人")
        return None

    def _parts(self, host: str) -> list[str]:
        """Return the labels of a host but for its endings, cut at hyphens."""
        labels = host.split(".")
        endings = self._roles["ending"]
        named = [label for at, label in enumerate(labels) if at == 0 or label not in endings]
        return [part for label in named for part in label.split("-")]

    def _near(self, host: str) -> Verdict | None:
        for name, official in self._names.items():
            for part in self._parts(host):
                folded, wanted = part.translate(_CONFUSABLE), name.translate(_CONFUSABLE)
                if folded == wanted:
                    detail = f"网址 {host} 借用官方网站 {official} 的名称“{name}”"
                    return Verdict(official, detail)
                same_end = host.endswith("." + official.partition(".")[2])
                if same_end and len(part) >= SHORTEST and OSA.distance(folded, wanted) == 1:
                    detail = f"网址 {host} 与官方网站 {official} 只差一个字符（{part}、{name}）"
                    return Verdict(official, detail)
        return None


def imitated_sites(material: Material) -> Iterator[Spotted]:
    """Yield the addresses that pass for official ones."""
    return _judged(material, Sites.imitation)


def private_lookups(material: Material) -> Iterator[Spotted]:
    """Yield the addresses on a certificate where others than the state look it up."""
    return _judged(material, Sites.private_lookup)


def _judged(material: Material, judge: Callable[[Sites, str], Verdict | None]) -> Iterator[Spotted]:
    sites = Sites(material.lexicons["official-sites"])
    for passage in material.document.passages:
        for host, span in sites.find(passage.text):
            verdict = judge(sites, host)
            if verdict is not None:
                reason = Reason("site", Effect.RAISE, verdict.detail)
                surface = passage.text[span.start : span.end]
                yield Spotted(surface, (reason,), passage, span, listed=verdict.imitates)


def _stands_below(host: str, hosts: Collection[str]) -> bool:
    return any(host == one or host.endswith("." + one) for one in hosts)


def _holds(host: str, official: str) -> bool:
    """Tell whether an official host stands in another, as its labels or with hyphens for dots."""
    dashed = official.replace(".", "-")
    return f".{official}." in f".{host}" or any(
        f"-{dashed}-" in f"-{label}-" for label in host.split(".")
    )


def _false_government(host: str) -> Verdict | None:
    """Return what is wrong with a host that says `gov` where no government's address does."""
    labels = host.split(".")
    abroad = labels[-1] == GOVERNMENT or (
        len(labels) > 1 and labels[-2] == GOVERNMENT and len(labels[-1]) == 2 and labels[-1] != "cn"
    )
    inside = [part for label in labels for part in label.split("-")]
    glued = any(label.startswith(("govcn", "cngov")) for label in inside)
    if glued or (GOVERNMENT in inside and not abroad):
        detail = f"网址 {host} 带有政府网站的标志 gov，但不在 gov.cn 之下"
        return Verdict(f"{GOVERNMENT}.cn", detail)
    return None
