"""Hosts against the official ones: official, imitating, looking official, hiding, or other.

What imitations are made of: domain facts, section 3 ("Fake look-ups"); data in the lexicon
`official-sites`. How the limits were set: docs/decisions/sites.md.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from enum import StrEnum
from itertools import pairwise
from typing import NamedTuple

from rapidfuzz.distance import OSA

from detector.model import Entry, Lexicon

_ADDRESS = re.compile(r"\d{1,3}(?:\.\d{1,3}){3}\Z")
_BOUNDS = re.compile(r"[-_.]")
# Letters and signs that pass for another one, Cyrillic and Greek ones first.
_FOLDS = str.maketrans("аеорсхуіѕӏԁһкмтвногαοερνιτκi013457", "aeopcxylsldhkmtbhoraoepvltkloleast")
_PAIRS = (("rn", "m"), ("vv", "w"), ("cl", "d"))
LONG_LABEL = 6  # letters from which on one wrong letter is no chance
LONG_SIGN = 5  # letters from which on a sign inside a longer part is no chance
# gov and cn side by side, or gov alone below a suffix that anybody gets names below.
_GOV_CN = re.compile(r"(?:^|[-_.])gov[-_.]?cn(?:[-_.]|$)|(?:^|\.)gov\.(?:com|net|org)\.cn$")


class Standing(StrEnum):
    """What a host is beside the official ones."""

    OFFICIAL = "official"
    EDUCATION = "education"
    IMITATION = "imitation"
    NEAR = "near"  # one letter away from a short official name: may be somebody's own
    MIXED = "mixed"  # letters of several scripts, or an encoded name
    SIGNED = "signed"  # has parts that official look-up sites have
    ADDRESS = "address"  # bare numbers
    SHORT_LINK = "short-link"
    OTHER = "other"


class Site(NamedTuple):
    """What a host is and why, in Chinese. `slip`: differs only in letters that scans mix up."""

    standing: Standing
    detail: str
    slip: bool = False


class _Official(NamedTuple):
    host: str
    owner: str
    label: str  # folded
    shape: re.Pattern[str]  # the host somewhere in a folded name, its points left out or replaced


class Sites:
    """The official hosts of a lexicon, and what imitations are made of."""

    def __init__(self, lexicon: Lexicon) -> None:
        """Sort the lexicon's entries by their role."""
        roles: dict[str, list[Entry]] = {}
        for entry in lexicon.entries:
            roles.setdefault(entry.fields["role"], []).append(entry)
        self._official = [_official(entry) for entry in roles["official"]]
        self._notes = {
            entry.text: f"{entry.fields['owner']}（{entry.note}）"
            for entry in (*roles["official"], *roles["suffix"])
        }
        self._teaching = [e.text for e in roles["suffix"] if e.fields.get("of") == "education"]
        self._public = _texts(roles["public"])
        self._foreign = _texts(roles["foreign"])
        self._short = _texts(roles["short-link"])
        self._signs = {fold(entry.text): entry.text for entry in roles["sign"]}
        self._glue = {*self._signs, *(fold(entry.text) for entry in roles["glue"])}

    def look_up(self, host: str) -> Site:
        """Say what a host is; `host` is in small letters and without slips."""
        if _ADDRESS.match(host):
            return Site(Standing.ADDRESS, f"{host} 是一串数字地址，看不出是谁的网站")
        known = next((note for name, note in self._notes.items() if _below(host, name)), None)
        if known is not None:
            taught = _is_below_any(host, self._teaching)
            return Site(Standing.EDUCATION if taught else Standing.OFFICIAL, f"{host} 属{known}")
        if _is_below_any(host, self._short):
            return Site(Standing.SHORT_LINK, f"{host} 是短链接，看不出通向哪里")
        readable = _decoded(host)
        return self._imitating(host, fold(readable)) or self._unclear(host, readable)

    def _imitating(self, host: str, folded: str) -> Site | None:
        """Return what a host that is not official imitates."""
        for site in self._official:
            if _below(folded, fold(site.host)):
                what = _like(host, site, "以形近字符冒充")
                return Site(Standing.IMITATION, what, slip=host.isascii())
            if site.shape.search(folded):
                return Site(Standing.IMITATION, _like(host, site, "名中嵌有"))
        stem, suffix = self._parted(folded)
        for part in _parts(stem):
            for site in self._official:
                if site.label and self._bears(part, site.label):
                    return Site(Standing.IMITATION, _like(host, site, "借用其名称，冒充"))
        if _GOV_CN.search(folded) and not _is_below_any(folded, self._foreign):
            what = f"{host} 名中有 gov，却不在只供国家机关注册的 gov.cn 之下"
            return Site(Standing.IMITATION, what)
        return self._misspelt(host, stem, suffix)

    def _bears(self, part: str, label: str) -> bool:
        """Tell whether a part is an official label, alone or with a usual piece joined to it."""
        if label not in part:
            return False
        before, _, after = part.partition(label)
        return all(not piece or piece.isdigit() or piece in self._glue for piece in (before, after))

    def _misspelt(self, host: str, stem: str, suffix: str) -> Site | None:
        """Compare the parts of a name with the official ones, letter for letter."""
        near: Site | None = None
        for part in _parts(stem):
            for site in self._official:
                if not site.label or OSA.distance(part, site.label, score_cutoff=1) != 1:
                    continue
                same = site.host.partition(".")[2] == suffix
                if len(site.label) >= LONG_LABEL or (same and _is_slip(part, site.label)):
                    return Site(Standing.IMITATION, _like(host, site, "只差一个字母，像"))
                if same or any(map(self._sign, _parts(stem))):
                    near = near or Site(Standing.NEAR, _like(host, site, "只差一个字母，像"))
        return near

    def _unclear(self, host: str, readable: str) -> Site:
        if "xn--" in host or _is_mixed(readable):
            return Site(Standing.MIXED, f"{host} 混用几种文字的字母（读作 {readable}）")
        stem, _ = self._parted(fold(readable))
        signs = [sign for part in _parts(stem) if (sign := self._sign(part))]
        if signs and not _is_below_any(host, self._foreign):
            named = "、".join(dict.fromkeys(signs))
            what = f"{host} 名中有 {named}，像官方查询网站，却不是已知的官方网站"
            return Site(Standing.SIGNED, what)
        return Site(Standing.OTHER, f"{host} 不是已知的官方网站")

    def _sign(self, part: str) -> str:
        """Return the sign that a part of a name is, or holds: long ones are told from chance."""
        held = (folded for folded in self._signs if len(folded) >= LONG_SIGN and folded in part)
        return self._signs.get(part) or self._signs.get(next(held, ""), "")

    def _parted(self, host: str) -> tuple[str, str]:
        """Return a host without the suffix that anybody gets names below, and that suffix."""
        labels = host.split(".")
        ends = 2 if ".".join(labels[-2:]) in self._public else 1
        return ".".join(labels[:-ends]), ".".join(labels[-ends:])


def fold(host: str) -> str:
    """Return a host with each letter that passes for another one replaced by it."""
    plain = unicodedata.normalize("NFKD", host)
    plain = "".join(c for c in plain if not unicodedata.combining(c)).translate(_FOLDS)
    for pair, letter in _PAIRS:
        plain = plain.replace(pair, letter)
    return plain


def _official(entry: Entry) -> _Official:
    pieces = r"[-_.]?".join(re.escape(fold(piece)) for piece in entry.text.split("."))
    shape = re.compile(rf"(?:^|[-_.]){pieces}(?:[-_.]|$)")
    label = fold(entry.fields.get("label", ""))
    return _Official(entry.text, entry.fields["owner"], label, shape)


def _texts(entries: Iterable[Entry]) -> tuple[str, ...]:
    return tuple(entry.text for entry in entries)


def _is_below_any(host: str, parents: Iterable[str]) -> bool:
    return any(_below(host, parent) for parent in parents)


def _like(host: str, site: _Official, how: str) -> str:
    return f"{host} {how} {site.host}（{site.owner}）"


def _below(host: str, parent: str) -> bool:
    return host == parent or host.endswith(f".{parent}")


def _parts(stem: str) -> list[str]:
    return [part for part in _BOUNDS.split(stem) if part]


def _is_slip(part: str, label: str) -> bool:
    """Tell a swap, a doubled or a left-out letter from another word that is as long."""
    if len(part) == len(label):
        return sorted(part) == sorted(label)
    longer = max(part, label, key=len)
    return len(part) > len(label) and any(a == b for a, b in pairwise(longer))


def _decoded(host: str) -> str:
    labels: Iterable[str] = host.split(".")
    return ".".join(_decoded_label(label) for label in labels)


def _decoded_label(label: str) -> str:
    if not label.startswith("xn--"):
        return label
    try:
        return label[4:].encode("ascii").decode("punycode")
    except (UnicodeError, ValueError):
        return label


def _is_mixed(host: str) -> bool:
    scripts = {unicodedata.name(c, "").partition(" ")[0] for c in host if c.isalpha()}
    return len(scripts) > 1
