"""Checks of certificates as forms; each yields what is odd about a field, for a person to see."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterable, Iterator
from datetime import date

from detector.judge.form.dates import find_date
from detector.judge.form.identity import read_identity
from detector.judge.form.numbers import LEVEL, NUMBER, Numbers
from detector.judge.hosts import Sites
from detector.judge.material import Material, Spotted
from detector.model import Certificate, CertificateForm, Effect, Field, Reason

IDENTITY, BORN, SEX, ISSUED, VALID = "证件号码", "出生日期", "性别", "发证日期", "有效期"
WORK_TYPE, SITE = "工种/职业方向", "查询网址"
SEXES = {"男": True, "女": False}
YOUNGEST = 16  # years at which the labour law lets a person work

Look = Callable[[Certificate, Material], Iterable[tuple[str, str]]]


def _check(look: Look) -> Callable[[Material], Iterator[Spotted]]:
    """Make a check of what a look at one certificate yields: field names and what is odd."""

    def check(material: Material) -> Iterator[Spotted]:
        passages = {passage.index: passage for passage in material.document.passages}
        for certificate in material.certificates:
            for name, detail in look(certificate, material):
                field = certificate.field(name)
                if field is not None:
                    yield _spotted(field, detail, passages)

    return check


def _spotted(field: Field, detail: str, passages: dict) -> Spotted:  # type: ignore[type-arg]
    reason = Reason("form", Effect.RAISE, detail)
    passage = passages[field.passage]
    surface = passage.text[field.span.start : field.span.end]
    return Spotted(surface, (reason,), passage, field.span, listed=field.name)


def _number(certificate: Certificate, material: Material) -> Iterator[tuple[str, str]]:
    numbers = Numbers.of(material.lexicons)
    for detail in (*numbers.odd_shape(certificate), *numbers.odd_province(certificate)):
        yield NUMBER, detail


def _number_year(certificate: Certificate, material: Material) -> Iterator[tuple[str, str]]:
    for detail in Numbers.of(material.lexicons).odd_year(certificate):
        yield NUMBER, detail


def _number_level(certificate: Certificate, material: Material) -> Iterator[tuple[str, str]]:
    for detail in Numbers.of(material.lexicons).odd_level(certificate):
        yield NUMBER, detail


def _identity(certificate: Certificate, material: Material) -> Iterator[tuple[str, str]]:
    """Yield what of an identity number does not fit; the number itself is never quoted."""
    field = certificate.field(IDENTITY)
    number = _plain(field.value) if field else ""
    read = read_identity(number)
    if read is None:
        return
    if read.check != number[-1]:
        yield IDENTITY, "身份证件号码的校验码不对（也可能是识别有误）"
    born = _date(certificate, BORN)
    if read.born is None:
        yield IDENTITY, "身份证件号码中的出生日期不是真实的日期"
    elif born is not None and born != read.born:
        yield IDENTITY, "身份证件号码中的出生日期与证书上的不一致"
    field = certificate.field(SEX)
    sex = _plain(field.value) if field else ""
    if sex in SEXES and SEXES[sex] != read.is_male:
        yield IDENTITY, "身份证件号码中的性别位与证书上的性别不一致"


def _dates(certificate: Certificate, material: Material) -> Iterator[tuple[str, str]]:
    issued, born = _date(certificate, ISSUED), _date(certificate, BORN)
    if issued is None:
        return
    if issued > material.on:
        yield ISSUED, f"发证日期 {issued} 晚于核查所依的日期 {material.on}"
    if born is not None and issued < born.replace(year=born.year + YOUNGEST, day=min(born.day, 28)):
        yield ISSUED, f"发证日期 {issued} 早于持证人满 {YOUNGEST} 周岁"
    until = _date(certificate, VALID)
    if until is not None and until < issued:
        yield VALID, f"有效期 {until} 早于发证日期 {issued}"


def _level(certificate: Certificate, material: Material) -> Iterator[tuple[str, str]]:
    """Yield a level in other words than the form's own, on a page that claims the form."""
    field = certificate.field(LEVEL)
    if certificate.form is not CertificateForm.SKILL_LEVEL or field is None:
        return
    numbers = Numbers.of(material.lexicons)
    digit = numbers.level(field.value)
    own = next((name for name, one in numbers.levels.items() if one == digit), "")
    if digit and own not in _plain(field.value):
        yield LEVEL, f"等级写作“{field.value}”，标准样式应为“{own}”"


def _site(certificate: Certificate, material: Material) -> Iterator[tuple[str, str]]:
    field = certificate.field(SITE)
    if certificate.form is not CertificateForm.SKILL_LEVEL or field is None:
        return
    sites = Sites(material.lexicons["official-sites"])
    for host, _ in sites.find(field.value):
        if not sites.is_official(host):
            yield SITE, f"标准样式只印官方查询网站，此处却是 {host}"


def _date(certificate: Certificate, name: str) -> date | None:
    field = certificate.field(name)
    found = find_date(field.value) if field else None
    return found.day if found else None


def _plain(text: str) -> str:
    """Return a text without blanks, full-width signs made plain, in capitals."""
    return "".join(unicodedata.normalize("NFKC", text).split()).upper()


number = _check(_number)
number_year = _check(_number_year)
number_level = _check(_number_level)
identity = _check(_identity)
dates = _check(_dates)
level_wording = _check(_level)
site = _check(_site)
