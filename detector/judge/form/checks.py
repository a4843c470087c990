"""Checks of certificates as forms, by the names under which rules ask for them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import regex

from detector.judge.form import number_checks
from detector.judge.form.facts import Facts, facts
from detector.judge.form.forms import compact
from detector.judge.form.identity import born, check_place, is_male
from detector.judge.form.layout import pieces_of
from detector.judge.material import Check, Material, Spotted
from detector.model import CertificateForm, Field, PassageKind

SKILL = CertificateForm.SKILL_LEVEL
_HOST = regex.compile(r"(?:https?:/{0,2})?((?:[\w\-]+\.)+[a-z]{2,})", regex.IGNORECASE)
_ALIKE = str.maketrans("01", "ol")  # what engines confuse in addresses
# The fields that show a page to be the whole certificate, not an excerpt.
_WHOLE = ("姓名", "职业名称", "等级", "证书编号", "发证机构", "发证日期")


def identity_check(material: Material) -> Iterator[Spotted]:
    """Yield identity numbers whose last place is not what the others ask for."""
    for one in facts(material):
        found = one.identity()
        if found and check_place(found[1]) != found[1][-1]:
            yield one.spot(found[0], "身份证号码末位与前 17 位算出的校验码不符")


def identity_birth(material: Material) -> Iterator[Spotted]:
    """Yield identity numbers whose date of birth does not exist, or is not the printed one."""
    for one in facts(material):
        found = one.identity()
        if found is None:
            continue
        day, printed = born(found[1]), one.date("出生日期")
        if day is None:
            yield one.spot(found[0], "身份证号码第 7 至 14 位不是日历上有的出生日期")
        elif printed and not printed[1].first <= day <= printed[1].last:
            yield one.spot(found[0], "身份证号码所载出生日期与所印出生日期不符")


def identity_sex(material: Material) -> Iterator[Spotted]:
    """Yield identity numbers whose sequence says another sex than the page."""
    for one in facts(material):
        found, sex = one.identity(), one.certificate.field("性别")
        if found is None or sex is None:
            continue
        males, females = material.forms.males, material.forms.females
        odd = sex.value in (females if is_male(found[1]) else males)
        if odd:
            yield one.spot(found[0], f"身份证号码第 17 位与所印性别“{sex.value}”不符")


def dates(material: Material) -> Iterator[Spotted]:
    """Yield dates that do not exist, lie ahead or stand in the wrong order."""
    for one in facts(material):
        yield from _impossible(one)
        issued, birth = one.date("发证日期"), one.date("出生日期")
        if issued and issued[1].first > material.on:
            yield one.spot(issued[0], f"发证日期晚于核查之日（{material.on}）")
        if issued and birth and issued[1].last < birth[1].first:
            yield one.spot(issued[0], "发证日期早于出生日期")
        yield from _validity(one)


def _impossible(one: Facts) -> Iterator[Spotted]:
    for field in one.certificate.fields:
        is_date = field.name in ("发证日期", "出生日期", "有效期")
        if is_date and one.material.forms.dates.is_no_day(field.value):
            yield one.spot(field, f"{field.name}不是日历上有的日子")


def _validity(one: Facts) -> Iterator[Spotted]:
    field, issued = one.certificate.field("有效期"), one.date("发证日期")
    if field is None:
        return
    ends = one.material.forms.dates.ends(field.value)
    until = ends[1] if ends else one.material.forms.dates.read(field.value)
    if ends and ends[0].first >= ends[1].last:
        yield one.spot(field, "有效期的起始日期不早于截止日期")
    elif until and issued and until.last < issued[1].first:
        yield one.spot(field, "有效期的截止日期早于发证日期")


def direction(material: Material) -> Iterator[Spotted]:
    """Yield work types left blank; a dash that a picture's reading missed is no blank."""
    for one in facts(material, SKILL):
        field = one.certificate.field("工种/职业方向")
        if field is None or not material.forms.is_blank(field.value):
            continue
        if field.value or not one.is_read(field):
            yield one.spot(field, "工种/职业方向没有内容；标准样式规定无此项时填“--”，不得空白")


def level_form(material: Material) -> Iterator[Spotted]:
    """Yield levels that are not written as the standard form asks."""
    for one in facts(material, SKILL):
        field = one.certificate.field("等级")
        if field and field.value and not material.forms.levels.is_full(field.value):
            yield one.spot(
                field, f"等级印作“{field.value}”；标准样式写作“三级/高级工”一类，级别与称谓并列"
            )


def sites(material: Material) -> Iterator[Spotted]:
    """Yield standard certificates that name other look-up sites than the official ones, or none."""
    for one in facts(material, SKILL):
        hosts = [_host(field) for field in _site_fields(one)]
        if any(_is_official(one, host) for host in _hosts_on_page(one)):
            continue
        field = next(iter(_site_fields(one)), None)
        if field is not None and any(hosts):
            yield one.spot(field, "查询网址不是人社部门的官方网址，页面上也没有官方网址")
        elif field is None and _is_whole(one) and not _hosts_on_page(one):
            number = one.certificate.field("证书编号")
            assert number is not None
            yield one.spot(number, "证书内容完整，但没有见到官方查询网址（标准样式应印）")


def supervision(material: Material) -> Iterator[Spotted]:
    """Yield lines on standard certificates by which a government organ supervises or prints."""
    for one in facts(material, SKILL):
        for passage in material.document.passages:
            if passage.page != one.certificate.page:
                continue
            for piece in pieces_of(passage):
                for organ in material.forms.organs:
                    for match in organ.finditer(piece.text):
                        field = Field("", match[0], passage.index, piece.span(*match.span()))
                        yield one.spot(
                            field, f"印有“{match[0]}”；标准样式由评价机构自行颁发，不印政府部门监制"
                        )


def _site_fields(one: Facts) -> list[Field]:
    names = ("查询网址", "机构查询网址")
    return [field for field in one.certificate.fields if field.name in names]


def _host(field: Field) -> str:
    match = _HOST.search(compact(field.value))
    return match[1].lower() if match else ""


def _hosts_on_page(one: Facts) -> list[str]:
    """Return every host that the page's lines and codes name."""
    page = one.certificate.page
    texts = [p.text for p in one.material.document.passages if p.page == page]
    return [match[1].lower() for text in texts for match in _HOST.finditer(compact(text))]


def _is_official(one: Facts, host: str) -> bool:
    read = any(p.kind is PassageKind.OCR for p in one.material.document.passages)
    said = host.translate(_ALIKE) if read else host
    return any(
        said == site or said.endswith("." + site)
        for site in (site.translate(_ALIKE) if read else site for site in one.material.forms.sites)
    )


def _is_whole(one: Facts) -> bool:
    """Tell whether a page of a picture or a layout shows all that the form has."""
    fields = [one.certificate.field(name) for name in _WHOLE]
    return all(field is not None and field.boxes for field in fields)


FORM_CHECKS: Mapping[str, Check] = {
    "number-coding": number_checks.coding,
    "number-top": number_checks.top_coding,
    "number-class": number_checks.body_class,
    "number-province": number_checks.province,
    "number-year": number_checks.year,
    "number-level": number_checks.level,
    "old-number-coding": number_checks.old_coding,
    "old-number-year": number_checks.old_year,
    "old-number-level": number_checks.old_level,
    "identity-check": identity_check,
    "identity-birth": identity_birth,
    "identity-sex": identity_sex,
    "date-order": dates,
    "direction-blank": direction,
    "level-form": level_form,
    "query-site": sites,
    "supervision": supervision,
}
