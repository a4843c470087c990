"""Personal data masked, character for character, so that every offset stays valid.

Numbers of identity cards (GB 11643: region 6, birth date 8, sequence 3, check 1; the older
form has 15 digits), mobile telephones and bank cards are known by their shape. Names and
addresses are known by the labels before them, which come from a lexicon. Of every number the
ends stay, so that a person who has the original can compare.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from detector.errors import UsageError
from detector.model import (
    Box,
    Certificate,
    Document,
    Field,
    Finding,
    Lexicon,
    Line,
    Mark,
    MarkKind,
    Passage,
    Point,
    SourceResult,
    Span,
)
from detector.settings import Settings

_GAP = r"[\s\-.·\u200b-\u200d\u2060]{0,2}"
_HAN = r"[\u3007\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]"
# Looked for at every digit, since an identity number may follow other digits closely.
_IDENTITY = re.compile(rf"(?=(\d(?:{_GAP}\d){{16}}{_GAP}[\dXxＸｘ]))")
_OLD_IDENTITY = re.compile(rf"(?<!\d)\d(?:{_GAP}\d){{14}}(?!\d)")
_BORN = re.compile(r"\d{6}(?:18|19|20)\d\d(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])")
_OLD_BORN = re.compile(r"\d{8}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])")
_MOBILE = re.compile(r"(?:(?<!\d)|(?<=86))[1１][3-9３-９]\d(?:[ \u3000\-]?\d){8}(?!\d)")
_LONG = re.compile(r"\d{15,}|(?<!\d)\d{4,8}(?:[ \u3000\-]\d{3,8}){3,5}(?!\d)")
# A number that the excerpt cut, if it is no date: what is left may still be most of it.
_DATE = r"(?:19|20)\d\d[\-.]?\d\d[\-.]?\d\d(?!\d)"
_CUT = re.compile(rf"^(?!{_DATE})\d(?:{_GAP}\d){{6,}}|(?<!\d)(?!{_DATE})\d(?:{_GAP}\d){{6,}}[Xx]?$")

_NAME = (
    rf"{_HAN}{{1,8}}[·•．]{_HAN}{{1,8}}|{_HAN}{{2,4}}"
    rf"|{_HAN}[ \u3000]{{1,3}}{_HAN}(?:[ \u3000]{{0,3}}{_HAN}){{0,2}}"
    r"|[A-Za-z]+(?:[ ·.'\-]{1,2}[A-Za-z]+){0,3}"
)
_COLON = r"\s*[:：]\s*"
# What follows a label, by the name of its pattern in the lexicon; how many characters stay
# readable at the head and at the tail. OCR joins a label and its value; then a name is what
# stands between the label and the end of the line.
_FOLLOWS: dict[str, tuple[str, int, int]] = {
    "name": (rf"(?:{_COLON}|\s{{1,4}}|(?={_HAN}{{2,3}}(?:\s|$)))(?P<value>{_NAME})", 1, 0),
    "named": (rf"{_COLON}(?P<value>{_NAME})", 1, 0),
    "number": (r"\s*[:：]?\s*(?P<value>[A-Za-z\d][A-Za-z\d \-]{4,28}[A-Za-z\d])", 2, 2),
    "address": (rf"{_COLON}(?P<value>[^\n，。；;,]{{4,40}})", 3, 0),
}
# What stands before a label, on the same terms.
_PRECEDES: dict[str, tuple[str, int, int]] = {
    "titled": (rf"(?:^|(?<=[\s：:，,。（(明有员予聘]))(?P<value>{_HAN}{{2,4}}?)", 1, 0),
}
_STOP = "stop"
PERSONAL_DATA = "personal-data"


@dataclass(frozen=True, slots=True)
class Labels:
    """Compiled labels: expressions with a group `value`, and what ends a value.

    `fields` are the same labels as names of a certificate's fields, with how many characters of
    a value stay readable at its head and tail.
    """

    expressions: tuple[tuple[re.Pattern[str], int, int], ...] = ()
    ends: re.Pattern[str] | None = None
    fields: Mapping[str, tuple[int, int]] = field(default_factory=dict)


NO_LABELS = Labels()


def choose_labels(lexicons: Mapping[str, Lexicon], settings: Settings) -> Labels | None:
    """Return the labels that personal data follow; None where the user wants to see the data.

    Raises UsageError where the rules hold no lexicon of them.
    """
    if settings.show_personal_data:
        return None
    if PERSONAL_DATA not in lexicons:
        raise UsageError(
            f"规则目录 {settings.rules} 缺少词表 {PERSONAL_DATA}，无法遮盖个人信息。"
            "请从随程序安装的规则中复制，或加上 --show-personal-data。"
        )
    return read_labels(lexicons[PERSONAL_DATA])


def read_labels(lexicon: Lexicon) -> Labels:
    """Compile the lexicon `personal-data`; its entries' field `pattern` says what follows.

    Raises UsageError for a pattern that does not exist.
    """
    words: dict[str, list[str]] = {}
    for entry in lexicon.entries:
        words.setdefault(entry.fields.get("pattern", ""), []).append(entry.text)
    unknown = words.keys() - _FOLLOWS.keys() - _PRECEDES.keys() - {_STOP}
    if unknown:
        raise UsageError(
            f"词表 {lexicon.name}：没有名为 {'、'.join(sorted(unknown))} 的 pattern。"
            f"请改用 {'、'.join([*_FOLLOWS, *_PRECEDES, _STOP])}。"
        )
    shapes = {name: (f"(?:{{}}){shape}", a, b) for name, (shape, a, b) in _FOLLOWS.items()}
    shapes |= {name: (f"{shape}(?={{}})", a, b) for name, (shape, a, b) in _PRECEDES.items()}
    expressions = tuple(
        (re.compile(shape.replace("{}", _any_of(words[name]), 1), re.M), head, tail)
        for name, (shape, head, tail) in shapes.items()
        if name in words
    )
    every = [word for group in words.values() for word in group]
    fields = {word: _FOLLOWS[name][1:] for name in _FOLLOWS for word in words.get(name, ())}
    return Labels(expressions, re.compile(_any_of(every)) if every else None, fields)


def find_personal(text: str, labels: Labels = NO_LABELS, keep: Iterable[Span] = ()) -> list[Span]:
    """Return what is to be masked, in order and without overlap.

    `keep` holds the findings' own surfaces: what follows a label is left readable there, as
    it is the evidence, but numbers are masked everywhere.
    """
    kept = {at for span in keep for at in range(*span)}
    hidden = {at for at in _labelled(text, labels) if at not in kept}
    hidden.update(_numbers(text))
    return _runs(sorted(hidden))


def mask_text(text: str, labels: Labels = NO_LABELS, keep: Iterable[Span] = ()) -> str:
    """Return the text with personal data replaced, of the same length in code points."""
    return _fill(text, find_personal(text, labels, keep))


def mask_document(document: Document, labels: Labels) -> Document:
    """Return a document with the personal data in its passages and marks masked."""
    return replace(
        document,
        passages=tuple(replace(p, text=mask_text(p.text, labels)) for p in document.passages),
        marks=tuple(_mask_mark(mark, labels) for mark in document.marks),
    )


def protect(result: SourceResult, document: Document, labels: Labels) -> SourceResult:
    """Mask the findings of one document, and mark the places on its pages that are to be covered.

    Whole passages are looked at, so that a name whose label lies outside the excerpt is masked.
    """
    findings = list(result.findings)
    marks = [_mask_mark(mark, labels) for mark in result.marks]
    for passage in document.passages:
        here = [at for at, f in enumerate(findings) if f.anchor.passage == passage.index]
        if not here and not passage.lines:  # nothing of it is shown
            continue
        keep = [findings[at].span for at in here]
        hidden = find_personal(passage.text, labels, keep)
        hidden = _with_fields(hidden, passage, result.certificates, labels, keep)
        for at in here:
            findings[at] = _mask_finding(findings[at], hidden, labels)
        marks.extend(_cover(passage, hidden))
    reason = mask_text(result.kind_reason, labels)
    return replace(
        result,
        kind_reason=reason,
        findings=tuple(findings),
        marks=tuple(marks),
        certificates=tuple(_mask_certificate(one, labels) for one in result.certificates),
    )


def hide_numbers(result: SourceResult) -> SourceResult:
    """Mask what is known without the document: numbers in findings and marks, and photographs.

    Done twice it is as done once.
    """
    marks = [_mask_mark(mark, NO_LABELS) for mark in result.marks]
    covers = [Mark(MarkKind.PERSONAL, m.box) for m in marks if m.kind is MarkKind.PORTRAIT]
    marks += [cover for cover in covers if cover not in marks]
    return replace(
        result,
        findings=tuple(mask_finding(finding) for finding in result.findings),
        marks=tuple(marks),
        certificates=tuple(_mask_certificate(one, NO_LABELS) for one in result.certificates),
    )


def mask_finding(finding: Finding, labels: Labels = NO_LABELS) -> Finding:
    """Mask what a finding itself shows, without the document that it comes from."""
    return _mask_finding(finding, _cut_numbers(finding.excerpt), labels, 0)


def without_marks(result: SourceResult) -> SourceResult:
    """Drop the marks that ask for places to be covered."""
    return replace(result, marks=tuple(m for m in result.marks if m.kind != MarkKind.PERSONAL))


def _mask_finding(
    finding: Finding, hidden: Iterable[Span], labels: Labels, offset: int | None = None
) -> Finding:
    """Mask a finding's texts; `hidden` counts from `offset`, by default that of the excerpt."""
    start = finding.span.start - finding.highlight.start if offset is None else offset
    here = [Span(max(0, span.start - start), span.end - start) for span in hidden]
    excerpt = mask_text(_fill(finding.excerpt, here), labels, [finding.highlight])
    second = tuple(replace(s, text=mask_text(s.text, labels)) for s in finding.anchor.second)
    return replace(
        finding,
        anchor=replace(finding.anchor, second=second),
        excerpt=excerpt,
        surface=mask_text(finding.surface),
        reasons=tuple(replace(r, detail=mask_text(r.detail, labels)) for r in finding.reasons),
    )


def _with_fields(
    hidden: Sequence[Span],
    passage: Passage,
    certificates: Sequence[Certificate],
    labels: Labels,
    keep: Iterable[Span],
) -> list[Span]:
    """Add the values of personal fields, which may stand far from their labels."""
    kept = {at for span in keep for at in range(*span) if not passage.text[at].isdigit()}
    places = {at for span in hidden for at in range(*span)}
    for certificate in certificates:
        for one in certificate.fields:
            if one.passage == passage.index and one.name in labels.fields:
                value = _middle(passage.text, *one.span, *labels.fields[one.name])
                places.update(at for at in value if at not in kept)
    return _runs(sorted(places))


def _mask_certificate(certificate: Certificate, labels: Labels) -> Certificate:
    fields = tuple(_mask_field(one, labels) for one in certificate.fields)
    return replace(certificate, title=mask_text(certificate.title, labels), fields=fields)


def _mask_field(one: Field, labels: Labels) -> Field:
    """Mask a personal field by its name; in every other one what looks like a personal number."""
    if one.name not in labels.fields:
        return replace(one, value=mask_text(one.value))
    places = _middle(one.value, 0, len(one.value), *labels.fields[one.name])
    return replace(one, value=mask_text(_fill(one.value, _runs(sorted(places)))))


def _mask_mark(mark: Mark, labels: Labels) -> Mark:
    return replace(mark, text=mask_text(mark.text, labels)) if mark.text else mark


def _fill(text: str, spans: Iterable[Span]) -> str:
    """Replace what is not blank by a star as wide as the character was."""
    characters = list(text)
    for span in spans:
        for at in range(span.start, min(span.end, len(characters))):
            if not characters[at].isspace():
                wide = unicodedata.east_asian_width(characters[at]) in "WF"
                characters[at] = "＊" if wide else "*"
    return "".join(characters)


def _any_of(words: Iterable[str]) -> str:
    """Return an alternation, longest first; certificates set labels wide (姓　名)."""
    return "|".join(
        r"\s{0,3}".join(map(re.escape, word.replace(" ", "")))
        for word in sorted(words, key=len, reverse=True)
    )


def _labelled(text: str, labels: Labels) -> Iterator[int]:
    for expression, head, tail in labels.expressions:
        for match in expression.finditer(text):
            start, end = match.span("value")
            end = _end_of_value(text, start, end, labels)
            yield from _middle(text, start, end, head, tail)


def _end_of_value(text: str, start: int, end: int, labels: Labels) -> int:
    """Cut a value where the next label begins."""
    following = labels.ends.search(text, start + 1) if labels.ends else None
    return min(end, following.start()) if following else end


def _numbers(text: str) -> Iterator[int]:
    """Yield the places of the characters of personal numbers that are to be masked."""
    for match in _IDENTITY.finditer(text):
        if _is_born(_BORN, match[1]):
            yield from _middle(text, *match.span(1), 2, 2)
    for match in _OLD_IDENTITY.finditer(text):
        if _is_born(_OLD_BORN, match[0]):
            yield from _middle(text, *match.span(), 2, 2)
    for match in _MOBILE.finditer(text):
        yield from _middle(text, *match.span(), 3, 4)
    for match in _LONG.finditer(text):
        if sum(map(str.isdigit, match[0])) >= 15:
            yield from _middle(text, *match.span(), 4, 4)


def _cut_numbers(excerpt: str) -> list[Span]:
    return [Span(*match.span()) for match in _CUT.finditer(excerpt)]


def _is_born(shape: re.Pattern[str], number: str) -> bool:
    """Tell whether the digits hold a date of birth where an identity number has it."""
    digits = (str(unicodedata.decimal(c, "")) for c in number if c.isalnum())
    return shape.match("".join(digits)) is not None


def _middle(text: str, start: int, end: int, head: int, tail: int) -> Iterator[int]:
    """Yield the places of letters and digits in a range but for some at either end."""
    solid = [at for at in range(start, end) if text[at].isalnum()]
    yield from solid[head : len(solid) - tail]


def _runs(places: Sequence[int]) -> list[Span]:
    """Join sorted places into spans."""
    spans: list[Span] = []
    for at in places:
        if spans and spans[-1].end == at:
            spans[-1] = Span(spans[-1].start, at + 1)
        else:
            spans.append(Span(at, at + 1))
    return spans


def _cover(passage: Passage, hidden: Sequence[Span]) -> Iterator[Mark]:
    """Yield a mark for each piece of a line that lies in a span."""
    for line in passage.lines:
        for span in hidden:
            common = Span(max(span.start, line.span.start), min(span.end, line.span.end))
            if common.start < common.end and line.box is not None:
                yield Mark(MarkKind.PERSONAL, _part(line, line.box, common))


def _part(line: Line, box: Box, span: Span) -> Box:
    """Return the box of a part of a line: from its cells, else by share of its length."""
    cells = [
        c.box.polygon for c in line.cells if c.span.start < span.end and span.start < c.span.end
    ]
    if cells:
        return replace(box, polygon=(cells[0][0], cells[-1][1], cells[-1][2], cells[0][3]))
    length = line.span.end - line.span.start
    left, right = (span.start - line.span.start) / length, (span.end - line.span.start) / length
    a, b, c, d = box.polygon
    polygon = (
        _between(a, b, left),
        _between(a, b, right),
        _between(d, c, right),
        _between(d, c, left),
    )
    return replace(box, polygon=polygon)


def _between(a: Point, b: Point, share: float) -> Point:
    return Point(a.x + (b.x - a.x) * share, a.y + (b.y - a.y) * share)
