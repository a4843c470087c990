"""Hosts written in a text: with or without a scheme, with the slips of scans and of disguise.

Only names are looked at; nothing is ever opened or looked up in a network.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from typing import NamedTuple

from detector.model import Span

# Letters of a name: Latin, Greek and Cyrillic, which imitate each other, and wide forms.
_LETTER = (
    r"[A-Za-z0-9\u00c0-\u024f\u0370-\u03ff\u0400-\u04ff\uff10-\uff19\uff21-\uff3a\uff41-\uff5a]"
)
_LABEL = rf"{_LETTER}(?:(?:{_LETTER}|[-_－])*{_LETTER})?"
# A point, with the blanks or the line end that scans put beside it.
_POINT = r"[.．。｡·]"
_SLIP = (
    rf"(?:[ \t]{{1,2}}{_POINT}[ \t]{{0,2}}|{_POINT}[ \t]{{1,2}}"
    rf"|[ \t]?{_POINT}\n|\n{_POINT}|{_POINT})"
)
# Endings that bare names are known by; more would take words of other languages for hosts.
ENDINGS = (
    "cn|com|net|org|gov|edu|info|biz|top|xyz|club|vip|site|online|shop|wang|ren|ltd|fun|ink|pro|mobi"
    "|name|cc|tv|me|io|co|asia|tech|store|link|live|work|example|test|hk|tw|mo|uk|us|im|ly|gl|gg|so"
)
_END = rf"(?!{_LETTER})(?!-{_LETTER})(?!{_POINT}{_LETTER})"
_WWW = r"[wWｗＷ][ ]?[wWｗＷ][ ]?[wWｗＷ]"
_SCHEME = r"[hH][tT]{2}[pP][sS]?[ ]?[:：][ ]?[/／][ ]?[/／][ ]?"
_ADDRESS = r"\d{1,3}(?:\.\d{1,3}){3}"
_SCHEMED = re.compile(
    rf"{_SCHEME}(?:[^/\s@]{{1,40}}@)?(?P<host>{_ADDRESS}|{_LABEL}(?:{_SLIP}{_LABEL}){{1,9}})"
)
_WITH_WWW = re.compile(rf"(?<!{_LETTER})(?P<host>{_WWW}(?:{_SLIP}{_LABEL}){{1,9}})")
_BARE = re.compile(
    rf"(?<!{_LETTER})(?<![@./_-])(?P<host>{_LABEL}(?:{_POINT}{_LABEL}){{0,8}}{_POINT}(?i:{ENDINGS})){_END}"
)
# Whatever a host is, it has one of these somewhere; cheap to look for, cheaper apart than as one.
_SCHEME_END = "://"
_HINT = re.compile(
    rf"[A-Za-z0-9\uff21-\uff5a][ \t\n]?{_POINT}[ \t\n]?[A-Za-z\uff21-\uff5a\u0400-\u04ff]"
)
# Parts texts that are looked at together: no host reaches over it.
GAP = "\0"
_BLANK = re.compile(r"\s+")
_POINTS = re.compile(_POINT)
_WORD_END = re.compile(rf"(?i:{ENDINGS})\Z")


class Host(NamedTuple):
    """A host as a text writes it: its place, and the name without slips, in small letters."""

    span: Span
    name: str


def may_hold_hosts(text: str) -> bool:
    """Tell quickly whether a text may hold a host at all."""
    return _SCHEME_END in text or _HINT.search(text) is not None


def find_hosts(text: str) -> list[Host]:
    """Return the hosts of a text in their order, without overlap."""
    found: list[Host] = []
    if not may_hold_hosts(text):
        return found
    for host in _candidates(text):
        if not any(
            host.span.start < old.span.end and old.span.start < host.span.end for old in found
        ):
            found.append(host)
    return sorted(found)


def _candidates(text: str) -> Iterator[Host]:
    for shape in (_SCHEMED, _WITH_WWW, _BARE):
        for match in shape.finditer(text):
            start, end = match.span("host")
            written = _without_tail(text[start:end], shape is _BARE)
            if written:
                name = _POINTS.sub(".", _BLANK.sub("", written))
                plain = unicodedata.normalize("NFKC", name).lower()
                yield Host(Span(start, start + len(written)), plain)


def _without_tail(written: str, bare: bool) -> str:
    """Cut off what a blank or a line end joined to a host that had ended before it.

    "www.a.cn. Next" is www.a.cn: what follows a blank belongs to the name only where the name had
    no ending yet, or has a longer one then (com .cn).
    """
    if bare:
        return written
    pieces = list(re.finditer(_SLIP, written))
    for piece in pieces:
        head = written[: piece.start()]
        labels = _POINTS.split(_BLANK.sub("", head))
        ended = len(labels) > 1 and _WORD_END.match(labels[-1]) and labels[0].lower() != "www"
        ended = ended or (len(labels) > 2 and _WORD_END.match(labels[-1]))
        following = _WORD_END.match(_following(written, piece.end()))
        if ended and len(piece.group()) > 1 and not following:
            return head
    return written


def _following(written: str, start: int) -> str:
    match = re.match(_LABEL, written[start:])
    return match.group() if match else ""
