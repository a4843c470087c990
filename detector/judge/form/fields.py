"""The filled-in fields of one page: labels, and values beside, behind or below them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

import regex

from detector.judge.form.labels import FieldKind, Labelled, Labels
from detector.judge.form.layout import Piece, below, goes_on, left_of_part, pieces_of, right_of
from detector.judge.places import box_at, lines_at
from detector.model import Field, Passage, Span

_GAPS = (regex.compile(r"\s{2,}|[\u3000\t]"), regex.compile(r"\s"))
_EDGES = " \t\u3000。；;，,·•"


class Found(NamedTuple):
    """A value: its field, its parts in the text, and the piece in which it ends."""

    kind: FieldKind
    spans: tuple[Span, ...]
    last: Piece


@dataclass(slots=True)
class _Page:
    """One passage while it is read; `used` are the pieces that are some label's value."""

    passage: Passage
    pieces: Sequence[Piece]
    labels: dict[int, list[Labelled]]
    used: set[int] = field(default_factory=set)

    def is_free(self, piece: Piece | None) -> bool:
        """Tell whether a piece is no value yet and bears no label that surely is one."""
        return piece is not None and piece.index not in self.used and not self.is_labelled(piece)

    def is_labelled(self, piece: Piece) -> bool:
        """Tell whether a piece bears more than a common word that may be a value as well."""
        labels = self.labels[piece.index]
        return any(not one.kind.weak or one.value[0] < one.value[1] for one in labels)


def read_fields(passage: Passage, labels: Labels) -> tuple[Field, ...]:
    """Read the fields of a passage in the order of its text; a field may stand twice."""
    pieces = pieces_of(passage)
    page = _Page(passage, pieces, {piece.index: labels.find(piece.text) for piece in pieces})
    _join_split_labels(page, labels)
    # Sure labels take their values first: 身份证 may be one, or the label of a number.
    ordered = sorted(pieces, key=lambda piece: not page.is_labelled(piece))
    found = [value for piece in ordered for value in _labelled(page, piece)]
    found = [_continued(page, value) for value in found]
    found += _bare(page, labels, {value.kind.name for value in found})
    fields = [made for value in found for made in _split(page, value, labels)]
    return tuple(sorted(fields, key=lambda one: one.span))


def _join_split_labels(page: _Page, labels: Labels) -> None:
    """Find labels set so wide that an engine took their two characters for two lines."""
    for piece in page.pieces:
        head = piece.text.strip()
        tail = right_of(piece, page.pieces) if len(head) == 1 else None
        if tail is None or page.labels[tail.index]:
            continue
        found = labels.find(head + tail.text)
        if found and found[0].start == 0:
            page.labels[tail.index] = [
                Labelled(
                    one.kind,
                    max(0, one.start - 1),
                    one.end - 1,
                    (one.value[0] - 1, one.value[1] - 1),
                )
                for one in found
            ]


def _labelled(page: _Page, piece: Piece) -> Iterator[Found]:
    found = page.labels[piece.index] if piece.index not in page.used else []
    if len(found) > 1 and all(one.value[0] == one.value[1] for one in found):
        yield from _head_row(page, piece, found)
        return
    for at, one in enumerate(found):
        if one.value[0] < one.value[1]:
            yield Found(one.kind, (piece.span(*one.value),), piece)
            continue
        value = _elsewhere(page, piece, one) if at == len(found) - 1 else None
        if value is not None:
            page.used.add(value.index)
            yield Found(one.kind, (_solid(value),), value)
        elif one.kind.empty:
            yield Found(one.kind, (piece.span(one.end, one.end),), piece)


def _elsewhere(page: _Page, piece: Piece, one: Labelled) -> Piece | None:
    """Return the piece that is a label's value: on its row, else under it."""
    beside = right_of(piece, page.pieces)
    if beside is not None and page.is_free(beside):
        return beside if one.kind.fits(beside.text) else None
    under = below(piece, page.pieces)
    if under is None or not page.is_free(under) or not one.kind.fits(under.text):
        return None
    return under


def _head_row(page: _Page, piece: Piece, found: Sequence[Labelled]) -> Iterator[Found]:
    """Yield the values of labels that head the columns of a table, from the row below."""
    under = below(piece, page.pieces)
    if under is None or not page.is_free(under):
        return
    for gaps in _GAPS:
        cells = _cells(under.text, gaps)
        if len(cells) == len(found) and all(
            one.kind.fits(under.text[a:b]) for one, (a, b) in zip(found, cells, strict=True)
        ):
            page.used.add(under.index)
            for one, cell in zip(found, cells, strict=True):
                yield Found(one.kind, (under.span(*cell),), under)
            return


def _cells(text: str, gaps: regex.Pattern[str]) -> list[tuple[int, int]]:
    cells, start = [], 0
    for gap in [*gaps.finditer(text), None]:
        end = gap.start() if gap else len(text)
        if text[start:end].strip():
            cells.append((start, end))
        start = gap.end() if gap else end
    return cells


def _continued(page: _Page, found: Found) -> Found:
    """Add the line below to a value that is not whole without it."""
    value = _text(page.passage, found.spans)
    last = found.last
    if not value or found.kind.is_whole(value) or found.spans[-1].end < _solid(last).end:
        return found
    beside = right_of(last, page.pieces)
    if beside is not None and page.is_free(beside):
        joined = value + beside.text.strip(_EDGES)
        if found.kind.is_whole(joined) and found.kind.fits(joined):
            page.used.add(beside.index)
            return Found(found.kind, (*found.spans, _solid(beside)), beside)
    under = below(last, page.pieces)
    if under is None or not page.is_free(under):
        return found
    lefts = [left_of_part(last, found.spans[-1].start - last.start), left_of_part(last, 0)]
    joined = value + under.text.strip(_EDGES)
    fits = found.kind.is_whole(joined) and found.kind.fits(joined)
    if not (fits and any(goes_on(left, last, under) for left in lefts)):
        return found
    page.used.add(under.index)
    return Found(found.kind, (*found.spans, _solid(under)), under)


def _bare(page: _Page, labels: Labels, known: set[str]) -> Iterator[Found]:
    """Yield values that stand on lines of their own without a label, as at a page's foot."""
    for kind in dict.fromkeys(labels.kinds.values()):
        if kind.bare is None or kind.name in known:
            continue
        standing = [
            Found(kind, (span,), piece)
            for piece in page.pieces
            if page.is_free(piece)
            for span in _standing(kind.bare, piece)
        ]
        if standing:
            known.add(kind.name)
            yield standing[-1 if kind.foot else 0]


def _standing(bare: regex.Pattern[str], piece: Piece) -> Iterator[Span]:
    whole = _solid(piece)
    if bare.fullmatch(piece.text[whole.start - piece.start : whole.end - piece.start]):
        yield whole
        return
    for gaps in _GAPS:
        for start, end in _cells(piece.text, gaps):
            if bare.fullmatch(piece.text[start:end].strip(_EDGES)):
                yield piece.span(start, end)
                return


def _split(page: _Page, found: Found, labels: Labels) -> Iterator[Field]:
    """Yield a value as a field; one that ends with another field's value as two."""
    if found.kind.splits and len(found.spans) == 1:
        span = found.spans[0]
        text = page.passage.text[span.start : span.end]
        for kind in labels.named(found.kind.splits):
            tail = regex.search(rf"(?:{kind.shape.pattern})$", text)
            if tail is not None and tail.start() > 0:
                at = span.start + tail.start()
                yield _field(page.passage, kind.name, (Span(at, span.end),))
                break
    yield _field(page.passage, found.kind.name, found.spans)


def _field(passage: Passage, name: str, spans: Sequence[Span]) -> Field:
    """Return a field; its span runs from its first part to its last where these adjoin."""
    lines = [(line, span) for span in spans for line in lines_at(passage, span)]
    boxes = tuple(box for line, span in lines if (box := box_at(line, span)) is not None)
    sure = [line.confidence for line, _ in lines if line.confidence is not None]
    between = passage.text[spans[0].end : spans[-1].start] if len(spans) > 1 else ""
    end = spans[0].end if between.strip() else spans[-1].end
    span = Span(spans[0].start, max(spans[0].end, end))
    value = _text(passage, spans)
    return Field(name, value, passage.index, span, boxes, min(sure) if sure else None)


def _text(passage: Passage, spans: Sequence[Span]) -> str:
    return "".join(passage.text[span.start : span.end].strip() for span in spans)


def _solid(piece: Piece) -> Span:
    """Return a piece's span without blanks and stops at its ends."""
    start = len(piece.text) - len(piece.text.lstrip(_EDGES))
    return piece.span(start, max(start, len(piece.text.rstrip(_EDGES))))
