"""How the numbers of certificates are built, and what of one does not fit.

The codings are data (rules/lexicon/certificate-numbers.yaml). Other schemes were in use before
them, so what does not fit is odd and never more than that.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import regex

from detector.judge.form.dates import find_date
from detector.model import Certificate, Lexicon

NUMBER, ISSUED, LEVEL = "证书编号", "发证日期", "等级"
# What OCR writes for digits; repaired for reading, and said so where it matters.
_SLIPS = str.maketrans({"O": "0", "o": "0", "I": "1", "l": "1", "|": "1"})
SEVERAL = 3  # parts that a number may lack or have too many of to be called one of its form


@dataclass(frozen=True, slots=True)
class Coding:
    """The coding of a form's numbers; `length` says in words how long they are."""

    name: str
    form: str
    length: str
    pattern: regex.Pattern[str]


@dataclass(frozen=True, slots=True)
class Numbers:
    """The codings of all forms, the codes of provinces and the levels by their names."""

    codings: tuple[Coding, ...]
    provinces: Mapping[str, str]
    levels: Mapping[str, str]

    @classmethod
    def of(cls, lexicons: Mapping[str, Lexicon]) -> Numbers:
        """Compile the codings."""
        codings = tuple(
            Coding(e.text, e.fields["form"], e.fields["length"], regex.compile(e.fields["pattern"]))
            for e in lexicons["certificate-numbers"].entries
        )
        provinces = {entry.text: entry.note for entry in lexicons["provinces"].entries}
        levels = {e.text: e.fields["digit"] for e in lexicons["skill-levels"].entries}
        return cls(codings, provinces, levels)

    def level(self, text: str) -> str:
        """Return the digit of a level by any of its names, empty for none; longest name first."""
        solid = "".join(text.split()).replace("／", "/")
        names = sorted(self.levels, key=len, reverse=True)
        return next((self.levels[name] for name in names if name in solid), "")

    def odd_shape(self, certificate: Certificate) -> Iterator[str]:
        """Yield what of the number does not fit the coding of its form."""
        number = printed_number(certificate)
        codings = [c for c in self.codings if c.form == certificate.form]
        if not number or not codings or self._parts(certificate) is not None:
            return
        main = codings[0]
        yield f"编号共 {len(number)} 个字符，{main.name}应为 {main.length}，各位另有规定"

    def odd_province(self, certificate: Certificate) -> Iterator[str]:
        """Yield a province code that is none."""
        code = self._part(certificate, "province")
        if code and code not in self.provinces:
            yield f"编号中的省级代码 {code} 不在国家标准之列"

    def odd_year(self, certificate: Certificate) -> Iterator[str]:
        """Yield a year in the number that is not that of the date of issue."""
        year, field = self._part(certificate, "year"), certificate.field(ISSUED)
        issued = find_date(field.value) if field else None
        if year and issued and f"{issued.day.year % 100:02}" != year:
            yield f"编号中的年份是 {year}，发证日期却在 {issued.day.year} 年"

    def odd_level(self, certificate: Certificate) -> Iterator[str]:
        """Yield a level in the number that is not the printed one."""
        digit, field = self._part(certificate, "level"), certificate.field(LEVEL)
        printed = self.level(field.value) if field else ""
        if digit and printed and digit != printed:
            yield f"编号中的等级位是 {digit}，证书上却写“{field.value if field else ''}”"

    def _part(self, certificate: Certificate, name: str) -> str:
        parts = self._parts(certificate)
        return parts.get(name, "") if parts else ""

    def _parts(self, certificate: Certificate) -> Mapping[str, str] | None:
        number = printed_number(certificate)
        for coding in self.codings:
            if coding.form == certificate.form:
                for reading in (number, number[:2] + number[2:].translate(_SLIPS)):
                    match = coding.pattern.fullmatch(reading)
                    if match:
                        return dict(match.groupdict())
        return None


def printed_number(certificate: Certificate) -> str:
    """Return the number without blanks, full-width signs made plain, in capitals."""
    field = certificate.field(NUMBER)
    text = unicodedata.normalize("NFKC", field.value) if field else ""
    return "".join(character for character in text if character.isalnum()).upper()
