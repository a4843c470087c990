"""Checks of certificate numbers: an odd number is to be looked up and proves nothing."""

from __future__ import annotations

from collections.abc import Iterator

from detector.judge.form.facts import Facts, facts
from detector.judge.material import Material, Spotted
from detector.model import CertificateForm

SKILL, OLD = CertificateForm.SKILL_LEVEL, CertificateForm.QUALIFICATION
_SPECIAL = frozenset("TC")  # digits by which the lexicon marks the levels above the first
_LEVELS = frozenset("12345")
_CENTURY = 100


def coding(material: Material) -> Iterator[Spotted]:
    """Yield numbers of skill-level certificates that are no letter and 21 digits."""
    for one in facts(material, SKILL):
        found = one.number("skill-level")
        if found is None or one.level() in _SPECIAL:
            continue
        field, number = found
        if not any(_parts(material, layout, number.text) for layout in ("skill-level", "top")):
            letters = sum(not character.isdigit() for character in number.text)
            yield one.spot(
                field,
                f"编号不计空格和连字符共 {len(number.text)} 位，其中非数字 {letters} 位；"
                "标准样式为 1 个大写字母加 21 位数字，共 22 位",
                number,
            )


def top_coding(material: Material) -> Iterator[Spotted]:
    """Yield numbers where the special grades' form (two letters, 20 digits) and level part."""
    for one in facts(material, SKILL):
        found, level = one.number("top"), one.level()
        if found is None or level is None:
            continue
        field, number = found
        special = _parts(material, "top", number.text) is not None
        if special and level not in _SPECIAL:
            yield one.spot(
                field, "编号为 2 个字母加 20 位数字，是特级技师编号的样式，与所印等级不符", number
            )
        elif level in _SPECIAL and not special:
            yield one.spot(
                field,
                f"所印等级的编号应为 2 个字母加 20 位数字，此处为 {len(number.text)} 位且样式不同",
                number,
            )


def body_class(material: Material) -> Iterator[Spotted]:
    """Yield numbers whose first letter names no class of bodies."""
    classes = material.forms.numbering.classes
    known = "、".join(f"{letter}（{name}）" for letter, name in classes.items())
    for one in facts(material, SKILL):
        found = one.parts("skill-level")
        if found and found[2]["class"] not in classes:
            letter = found[2]["class"]
            yield one.spot(found[0], f"编号首位为 {letter}，编码规则只用 {known}", found[1])


def province(material: Material) -> Iterator[Spotted]:
    """Yield numbers whose places 6 and 7 are no province's code."""
    for one in facts(material, SKILL):
        found = one.parts("skill-level")
        if found and found[2]["province"] not in material.forms.numbering.provinces:
            code = found[2]["province"]
            yield one.spot(
                found[0], f"编号第 6、7 位为 {code}，不是省级行政区划代码（GB/T 2260）", found[1]
            )


def year(material: Material) -> Iterator[Spotted]:
    """Yield skill-level numbers whose year is not that of issue, or lies ahead."""
    yield from _years(material, SKILL, "skill-level", "第 14、15 位")


def old_year(material: Material) -> Iterator[Spotted]:
    """Yield old qualification numbers whose year is not that of issue, or lies ahead."""
    yield from _years(material, OLD, "qualification", "前 2 位")


def level(material: Material) -> Iterator[Spotted]:
    """Yield skill-level numbers whose level is not the printed one, or none."""
    yield from _levels(material, SKILL, "skill-level", "第 16 位")


def old_level(material: Material) -> Iterator[Spotted]:
    """Yield old qualification numbers whose level is not the printed one, or none."""
    yield from _levels(material, OLD, "qualification", "第 11 位")


def old_coding(material: Material) -> Iterator[Spotted]:
    """Yield numbers of old qualification certificates with a skill level that have no 16 digits."""
    for one in facts(material, OLD):
        found = one.number("qualification")
        if found is None or one.level() is None:
            continue
        field, number = found
        known = ("qualification", "padded")
        if not any(_parts(material, layout, number.text) is not None for layout in known):
            yield one.spot(
                field,
                f"编号共 {len(number.text)} 位；职业资格证书（技能类）的编号为 16 位数字"
                "（上海早年为 13 位）",
                number,
            )


def _years(
    material: Material, form: CertificateForm, layout: str, places: str
) -> Iterator[Spotted]:
    for one in facts(material, form):
        found = one.parts(layout)
        if found is None or _is_padded(one, found[1].text, layout):
            continue
        digits = found[2]["year"]
        issued = one.date("发证日期")
        if issued is not None and int(digits) != issued[1].year % _CENTURY:
            what = f"编号{places}（年份）为 {digits}，发证日期在 {issued[1].year} 年"
            yield one.spot(found[0], what, found[1])
        elif issued is None and form is SKILL and int(digits) > material.on.year % _CENTURY:
            yield one.spot(found[0], f"编号{places}（年份）为 {digits}，尚未到来", found[1])


def _levels(
    material: Material, form: CertificateForm, layout: str, places: str
) -> Iterator[Spotted]:
    for one in facts(material, form):
        found = one.parts(layout)
        if found is None or _is_padded(one, found[1].text, layout):
            continue
        digit, printed = found[2]["level"], one.level()
        field = one.certificate.field("等级")
        if printed is not None and field is not None and digit != printed:
            if printed not in _SPECIAL:
                what = f"编号{places}（等级）为 {digit}，所印等级为“{field.value}”"
                yield one.spot(found[0], what, found[1])
        elif printed is None and form is SKILL and digit not in _LEVELS:
            yield one.spot(found[0], f"编号{places}（等级）为 {digit}，等级只有 1 至 5", found[1])


def _parts(material: Material, layout: str, number: str) -> object:
    return material.forms.numbering.parts(layout, number)


def _is_padded(one: Facts, number: str, layout: str) -> bool:
    """Tell whether a 16-digit number may be an old Shanghai one, which tells no year or level."""
    padded = one.material.forms.numbering.parts("padded", number) is not None
    return layout == "qualification" and padded
