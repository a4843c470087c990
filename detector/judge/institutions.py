"""Where a document names institutions: who issued it, whose seal it bears, who advertises."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from detector.judge.places import lines_at
from detector.model import Certificate, Document, Field, Passage, PassageKind, Span
from detector.registry import Named, Words

ISSUER, SEAL, ADVERTISER = "发证机构", "印章", "广告主"
# A line that its engine is less sure of may hold one wrong character (docs/decisions/registry.md).
DOUBT = 0.95
LONGEST, SHORTEST = 40, 4  # characters of a name
IN_FRONT = 26  # of what ends a name in running text, this many may belong to it
MOST_ADVERTISERS = 5
NOT_PRINTED = frozenset({PassageKind.SEAL, PassageKind.CODE})
_LABELLED = ("issuer", "occupation", "issued")
_HAN = re.compile(r"[一-鿿]")
_NAME = r"[一-鿿（）()·A-Za-z0-9]"
_DAY = re.compile(r"(\d{4})\D{1,3}(\d{1,2})\D{1,3}(\d{1,2})(?!\d)")
_BLANKS = " \t　:：*★☆；;，,。"


@dataclass(frozen=True, slots=True)
class Place:
    """A named institution and where its name stands."""

    named: Named
    passage: Passage
    span: Span

    @property
    def page(self) -> int:
        """Return the page it stands on; what has no pages is one."""
        return self.passage.page or 0


class NameFinder:
    """Finds names by the labels and words of the lexicon of institutions."""

    def __init__(self, words: Words) -> None:
        """Compile the lexicon's words."""
        self._words = words
        self._labels = {role: _labelled(words.of(role)) for role in _LABELLED}
        ends = f"(?:{_any(words.of('suffix'))})+(?:{_any(words.of('branch'))})?"
        self._line = re.compile(rf"^[ \t　]*({_NAME}{{2,30}}?{ends})[ \t　]*$", re.M)
        self._ends = re.compile(ends)
        self._front = re.compile(rf"{_NAME}*$")
        seal = _any(words.of("seal"))
        self._behind = re.compile(rf"(?:[（(]\s*(?:{seal})?\s*[）)]?|{seal}|[{_BLANKS}])+$")
        self._border = re.compile(_any(words.of("border")))

    def on_certificate(
        self, document: Document, certificates: Sequence[Certificate], on: date
    ) -> list[Place]:
        """Return the issuers and the owners of seals; `on` counts where no day of issue stands."""
        issuers = list(self._fields(document, certificates, on))
        if not issuers:
            printed = [p for p in document.passages if p.kind not in NOT_PRINTED]
            issuers = list(self._printed(printed, on))
        by_page = {place.page: place.named for place in issuers if place}
        seals = [p for p in document.passages if p.kind is PassageKind.SEAL]
        owners = [self._seal(seal, by_page.get(seal.page or 0), on) for seal in seals]
        return self._once([*issuers, *owners])

    def in_advertisement(
        self, document: Document, is_listed: Callable[[str], bool], on: date
    ) -> list[Place]:
        """Return the names in running text that end as those of institutions do."""
        places = (
            self._place(passage, span, ADVERTISER, on)
            for passage in document.passages
            if passage.kind not in NOT_PRINTED
            for end in self._ends.finditer(passage.text)
            if (span := self._in_text(passage.text, end, is_listed))
        )
        return self._once(places)[:MOST_ADVERTISERS]

    def _fields(
        self, document: Document, certificates: Sequence[Certificate], on: date
    ) -> Iterator[Place | None]:
        for certificate in certificates:
            issuer = _first(certificate, self._words.of("issuer"))
            if issuer is None:
                continue
            occupation = _first(certificate, self._words.of("occupation"))
            issued = _first(certificate, self._words.of("issued"))
            passage = document.passages[issuer.passage]
            yield self._place(
                passage,
                issuer.span,
                ISSUER,
                _day(issued.value if issued else "") or on,
                (occupation.value,) if occupation else (),
            )

    def _printed(self, passages: Sequence[Passage], on: date) -> Iterator[Place | None]:
        """Yield the issuers behind a label, or else names that have a line of their own."""
        for passage in passages:
            issuers = list(self._labels["issuer"].finditer(passage.text))
            found = issuers or list(self._line.finditer(passage.text))[-1:]
            occupation = self._labels["occupation"].search(passage.text)
            issued = self._labels["issued"].search(passage.text)
            for match in found:
                yield self._place(
                    passage,
                    Span(*match.span(1)),
                    ISSUER,
                    _day(issued[1] if issued else "") or on,
                    (occupation[1].strip(),) if occupation else (),
                )

    def _seal(self, seal: Passage, issuer: Named | None, on: date) -> Place | None:
        end = seal.text.find("\n")
        span = Span(0, end if end >= 0 else len(seal.text))
        day, occupations = (issuer.on, issuer.occupations) if issuer else (on, ())
        return self._place(seal, span, SEAL, day, occupations)

    def _place(
        self,
        passage: Passage,
        span: Span,
        role: str,
        on: date,
        occupations: tuple[str, ...] = (),
    ) -> Place | None:
        """Return a name without blanks and without what a seal says behind it; None for no name."""
        span = self._trimmed(passage.text, span)
        name = passage.text[span.start : span.end]
        if len(_HAN.findall(name)) < SHORTEST or len(name) > LONGEST:
            return None
        lines = lines_at(passage, span)
        sure = [line.confidence for line in lines if line.confidence is not None]
        # Words along an arc are read with less than their engine says.
        doubtful = role == SEAL or min(sure, default=1.0) < DOUBT
        readings = tuple(line.second.text for line in lines if line.second is not None)
        named = Named(name, role, on, doubtful, readings, occupations)
        return Place(named, passage, span)

    def _trimmed(self, text: str, span: Span) -> Span:
        part = self._behind.sub("", text[span.start : span.end])
        blank = len(part) - len(part.lstrip(_BLANKS))
        return Span(span.start + blank, span.start + len(part))

    def _in_text(
        self, text: str, end: re.Match[str], is_listed: Callable[[str], bool]
    ) -> Span | None:
        """Return the name before and with an end: a listed one, else from the last border on."""
        front = self._front.search(text, max(0, end.start() - IN_FRONT), end.start())
        first = front.start() if front else end.start()
        for start in range(first, end.start()):
            if is_listed(text[start : end.end()]):
                return Span(start, end.end())
        borders = list(self._border.finditer(text, first, end.start()))
        start = borders[-1].end() if borders else first
        return Span(start, end.end()) if end.start() - start > 1 else None

    def _once(self, places: Iterable[Place | None]) -> list[Place]:
        """Return each name once in a role."""
        found = [place for place in places if place is not None]
        keyed = {(self._words.key(p.named.name), p.named.role): p for p in reversed(found)}
        return list(reversed(keyed.values()))


def _any(texts: Sequence[str]) -> str:
    return "|".join(map(re.escape, texts)) or r"(?!)"


def _labelled(labels: Sequence[str]) -> re.Pattern[str]:
    """Match a label, perhaps spaced out, a colon, and the value up to a gap or the line's end."""
    spaced = "|".join(r"[ 　]*".join(map(re.escape, label)) for label in labels) or r"(?!)"
    return re.compile(rf"(?<![一-鿿])(?:{spaced})[ 　]*[:：][ 　]*(\S[^\n]*?)(?=[ 　]{{2,}}|\n|$)")


def _first(certificate: Certificate, names: Sequence[str]) -> Field | None:
    return next((field for field in certificate.fields if field.name in names), None)


def _day(text: str) -> date | None:
    match = _DAY.search(text)
    try:
        return date(*map(int, match.groups())) if match else None
    except ValueError:  # no such day
        return None
