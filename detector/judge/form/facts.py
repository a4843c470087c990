"""One certificate as the checks look at it: its fields, where they stand, how they were read."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import regex

from detector.judge.form.dates import Printed
from detector.judge.form.identity import born, check_place, plain_identity
from detector.judge.form.numbering import Number, is_masked
from detector.judge.material import Material, Spotted
from detector.judge.places import lines_at
from detector.model import (
    Certificate,
    CertificateForm,
    Effect,
    Field,
    Outcome,
    Passage,
    PassageKind,
    Reason,
    Span,
)

STEP = "form"
_NUMBER = regex.compile(r"[0-9A-Za-z]{13,}")
_SLIPS = "（个别字符按识别误差更正后核对，须看原件）"
_READ = "（文字由图像识别得来，须先对照原件）"


@dataclass(frozen=True, slots=True)
class Facts:
    """A certificate within its material."""

    material: Material
    certificate: Certificate

    def passage(self, field: Field) -> Passage:
        """Return the passage in which a field stands."""
        return next(p for p in self.material.document.passages if p.index == field.passage)

    def is_read(self, field: Field) -> bool:
        """Tell whether a picture was read for the field, so that characters may be wrong."""
        return self.passage(field).kind is PassageKind.OCR

    def number(self, layout: str) -> tuple[Field, Number] | None:
        """Return the certificate's number, unless a part of it is covered."""
        field = self.certificate.field("证书编号")
        if field is None or is_masked(field.value):
            return None
        return field, self._best_number(field, layout)

    def _best_number(self, field: Field, layout: str) -> Number:
        """Return the reading of a number that has the layout, where one has."""
        numbering, read = self.material.forms.numbering, self.is_read(field)
        letters = 0 if layout == "qualification" else 1
        readings = [field.value, *self._second(field)]
        numbers = [numbering.clear(value, letters, read=read) for value in readings]
        return next((n for n in numbers if numbering.parts(layout, n.text) is not None), numbers[0])

    def parts(self, layout: str) -> tuple[Field, Number, dict[str, str]] | None:
        """Return the number and its named parts, where it has that layout."""
        found = self.number(layout)
        parts = found and self.material.forms.numbering.parts(layout, found[1].text)
        return (*found, dict(parts)) if found and parts is not None else None

    def identity(self) -> tuple[Field, str] | None:
        """Return the field of the identity number and the number; None where it is covered."""
        field = self.certificate.field("证件号码")
        if field is None:
            return None
        readings = [plain_identity(value) for value in (field.value, *self._second(field))]
        numbers = [number for number in readings if number is not None]
        agreeing = [n for n in numbers if check_place(n) == n[-1] and born(n) is not None]
        chosen = next(iter([*agreeing, *numbers]), None)
        return (field, chosen) if chosen else None

    def level(self) -> str | None:
        """Return the digit of the printed level, where one is told without doubt."""
        field = self.certificate.field("等级")
        digits = self.material.forms.levels.digits_in(field.value) if field else frozenset()
        return next(iter(digits)) if len(digits) == 1 else None

    def date(self, name: str) -> tuple[Field, Printed] | None:
        """Return a field that bears a date, and the date."""
        field = self.certificate.field(name)
        day = self.material.forms.dates.read(field.value) if field else None
        return (field, day) if field and day else None

    def spot(self, field: Field, detail: str, number: Number | None = None) -> Spotted:
        """Return a finding about a field; `detail` says in Chinese what is odd."""
        if number is not None and number.slips:
            detail += _SLIPS
        elif self.is_read(field):
            detail += _READ
        # What an engine may have misread is a person's to decide, whatever the rule says.
        outcome = Outcome.REVIEW if self.is_read(field) else None
        passage, span = self.passage(field), field.span
        if span.start == span.end:  # an empty value: its label is shown
            start = passage.text.rfind("\n", 0, span.start) + 1
            span = Span(start, max(start + 1, span.end))
        surface = passage.text[span.start : span.end]
        reasons = (Reason(STEP, Effect.RAISE, detail),)
        return Spotted(surface, reasons, passage, span, outcome=outcome)

    def _second(self, field: Field) -> Iterator[str]:
        """Yield the numbers of second readings of the field's lines."""
        for line in lines_at(self.passage(field), field.span):
            if line.second is not None:
                yield from _NUMBER.findall(line.second.text)


def facts(material: Material, *forms: CertificateForm) -> Iterator[Facts]:
    """Yield the certificates that claim one of the forms; all where none is named."""
    for certificate in material.certificates:
        if not forms or certificate.form in forms:
            yield Facts(material, certificate)
