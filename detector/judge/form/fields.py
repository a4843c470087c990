"""Reading certificates: which form a page claims, and its fields by their labels.

A value stands behind its label in the same line, in another line to the right on the same row,
or below it, as in a table. Issuer and date may stand at the foot without a label.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import regex

from detector.judge.findings import anchor
from detector.judge.form.dates import find_date
from detector.judge.form.layout import Row, below, right_of, rows_of, stands_left
from detector.model import (
    Certificate,
    CertificateForm,
    Document,
    Field,
    Lexicon,
    Passage,
    PassageKind,
    Span,
)

READ = frozenset({PassageKind.BODY, PassageKind.OCR, PassageKind.TITLE})
FORMS = {form.value: form for form in CertificateForm}
ISSUER, ISSUED = "发证机构", "发证日期"
MOST_AROUND_TITLE = 16  # characters that a line may have beside the title
FOOT = 8  # lines at the end of a page among which issuer and date stand without labels
TITLES = 12  # of the tallest lines, among which the title is
SHORTEST_NAME = 5  # characters of an institution's name
_BLANKS = " \t\u3000"


@dataclass(frozen=True, slots=True)
class _Label:
    """A label in a line: the field that it names, and where it starts and its value begins."""

    field: str
    start: int
    end: int


class CertificateReader:
    """Reads the certificates of a document with the labels and titles of the lexicons."""

    def __init__(self, lexicons: Mapping[str, Lexicon]) -> None:
        """Compile the labels."""
        entries = lexicons["certificate-fields"].entries
        self._fields = {_solid(entry.text): entry.fields["field"] for entry in entries}
        self._personal = {e.fields["field"] for e in entries if "personal" in e.fields}
        self._wraps = {e.fields["field"] for e in entries if "wraps" in e.fields}
        self._values = {
            e.fields["field"]: regex.compile(e.fields["value"])
            for e in entries
            if "value" in e.fields
        }
        self._label = _label_pattern([entry.text for entry in entries])
        forms = lexicons["certificate-forms"].entries
        self._titles = [(entry.text, entry.fields["form"]) for entry in forms]
        ends = "|".join(regex.escape(e.text) for e in lexicons["institutions"].entries)
        self._institution = regex.compile(rf"[\p{{Han}}（）()·]{{3,36}}(?:{ends})")

    def read(self, document: Document) -> tuple[Certificate, ...]:
        """Return a certificate for each page, or text without pages, that is one."""
        found = (self._read_passage(p) for p in document.passages if p.kind in READ)
        return tuple(certificate for certificate in found if certificate is not None)

    def _read_passage(self, passage: Passage) -> Certificate | None:
        rows = [row for row in rows_of(passage) if row.text.strip()]
        form, heading = self._title(rows)
        title = _solid(heading.text) if heading else ""
        fields = list(self._labelled(passage, [row for row in rows if row is not heading]))
        fields += self._at_the_foot(passage, rows, {field.name for field in fields})
        if not title and len(fields) < 2:
            return None
        return Certificate(form, title, passage.page, tuple(fields))

    def _title(self, rows: Sequence[Row]) -> tuple[CertificateForm | None, Row | None]:
        """Return the form that the title claims, and the title: short, among the tallest lines."""
        tallest = sorted(rows, key=lambda row: -row.height)[:TITLES]
        for text, form in self._titles:
            for row in tallest:
                solid = _solid(row.text)
                if text in solid and len(solid) <= len(text) + MOST_AROUND_TITLE:
                    return FORMS.get(form), row
        return None, None

    def _labelled(self, passage: Passage, rows: Sequence[Row]) -> Iterator[Field]:
        labels = [self._labels(row.text) for row in rows]
        starting = {
            id(row) for row, found in zip(rows, labels, strict=True) if found and not found[0].start
        }
        taken: set[str] = set()
        for at, (row, found) in enumerate(zip(rows, labels, strict=True)):
            for number, label in enumerate(found):
                end = found[number + 1].start if number + 1 < len(found) else len(row.text)
                span = _trimmed(row.text, label.end, end)
                value = _within(row, span) if span else None
                if value is None and number + 1 == len(found):
                    value = self._elsewhere(row, rows, at, starting)
                if value and label.field not in taken and self._fits(label.field, value[0].text):
                    taken.add(label.field)
                    whole = self._whole(label.field, value, rows, starting)
                    yield self._field(passage, label.field, whole)

    def _fits(self, name: str, value: str) -> bool:
        pattern = self._values.get(name)
        return pattern is None or pattern.search(value) is not None

    def _labels(self, text: str) -> list[_Label]:
        return [
            _Label(self._fields[_solid(match["label"])], match.start(), match.end())
            for match in self._label.finditer(text)
        ]

    def _elsewhere(
        self, row: Row, rows: Sequence[Row], at: int, starting: set[int]
    ) -> list[Row] | None:
        """Return the value of a label that ends its line: to the right, below, or the next line."""
        if row.placed:
            candidates = (right_of(row, rows), below(row, rows))
        else:
            candidates = (rows[at + 1] if at + 1 < len(rows) else None, None)
        for candidate in candidates:
            if candidate is not None and id(candidate) not in starting:
                return [candidate]
            if candidate is not None and candidate is candidates[0] and row.placed:
                return None  # another label stands to the right: this field is empty
        return None

    def _whole(
        self, name: str, value: list[Row], rows: Sequence[Row], starting: set[int]
    ) -> list[Row]:
        """Take in the next line where a value that may wrap goes on there."""
        last = value[-1]
        complete = name == ISSUER and self._is_name(last.text)
        if name not in self._wraps or not last.placed or complete:
            return value
        following = below(last, rows, last.left)
        if following is None or id(following) in starting or find_date(following.text):
            return value
        labelled = any(id(row) in starting and stands_left(row, following) for row in rows)
        return value if labelled else [*value, following]

    def _is_name(self, text: str) -> bool:
        return self._institution.fullmatch(_solid(text)) is not None

    def _at_the_foot(
        self, passage: Passage, rows: Sequence[Row], known: set[str]
    ) -> Iterator[Field]:
        foot = rows[-FOOT:]
        if ISSUED not in known:
            for row in reversed(foot):
                date = find_date(row.text)
                if (
                    date is not None
                    and len(_solid(row.text)) <= date.span.end - date.span.start + 2
                ):
                    yield self._field(passage, ISSUED, [_within(row, date.span)[0]])
                    break
        if ISSUER not in known:
            for row in reversed(foot):
                if len(_solid(row.text)) >= SHORTEST_NAME and self._is_name(row.text):
                    yield self._field(passage, ISSUER, [row])
                    break

    def _field(self, passage: Passage, name: str, parts: Sequence[Row]) -> Field:
        """Return a field whose value is in one or two lines, with the boxes of both."""
        anchors = [anchor(passage, part.span) for part in parts]
        sure = [a.confidence for a in anchors if a.confidence is not None]
        return Field(
            name,
            "".join(part.text.strip() for part in parts),
            passage.index,
            Span(parts[0].span.start, parts[0].span.end),
            tuple(box for a in anchors for box in a.boxes),
            min(sure) if sure else None,
            name in self._personal,
        )


def _label_pattern(labels: Sequence[str]) -> regex.Pattern[str]:
    """Match a label at the start of a line, or inside one where a colon or blanks set it off.

    Han labels may be set wide (姓　名); OCR drops the blank between a label and its value.
    """
    wide = r"[\s\u3000]{0,6}"
    parts = [
        wide.join(map(regex.escape, label.replace(" ", "")))
        for label in sorted(labels, key=len, reverse=True)
    ]
    label = f"(?P<label>{'|'.join(parts)})"
    return regex.compile(
        rf"(?:^[\s\u3000]*{label}[\s\u3000]*(?:[:：.．]|[\s\u3000]|$|(?=[\p{{Han}}\d])))[\s\u3000:：.]*"
        rf"|(?:(?<=[\s\u3000\p{{Han}}\d])(?<![^\s\u3000]){label}[\s\u3000]*[:：])[\s\u3000:：]*"
        rf"|(?:(?<=[\s\u3000]){label}[\s\u3000]+)",
        regex.IGNORECASE,
    )


def _solid(text: str) -> str:
    return "".join(text.split()).replace("／", "/").replace("（", "(").replace("）", ")")


def _trimmed(text: str, start: int, end: int) -> Span | None:
    while start < end and text[start] in _BLANKS:
        start += 1
    while end > start and text[end - 1] in _BLANKS:
        end -= 1
    return Span(start, end) if start < end else None


def _within(row: Row, span: Span) -> list[Row]:
    """Return the part of a line as a line of its own."""
    share = (row.right - row.left) / max(len(row.text), 1)
    start = row.span.start
    return [
        Row(
            row.text[span.start : span.end],
            Span(start + span.start, start + span.end),
            row.left + share * span.start,
            row.left + share * span.end,
            row.top,
            row.bottom,
            row.placed,
        )
    ]
