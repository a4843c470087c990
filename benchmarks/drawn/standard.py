"""The standard certificate of a skill level, as filed bodies issue it: lawful, fields known.

After the form annexed to 人社厅发〔2019〕: title in two languages, portrait, sentence, fields,
issuer and date under the seal, addresses to check at.
"""

from __future__ import annotations

import random
from typing import NamedTuple

from benchmarks.drawn import codes, decor, seals, texts
from benchmarks.drawn.canvas import INK, Canvas, Colour, Type, fitted, near, shade, width_of

TITLE = "职业技能等级证书"
ENGLISH = ("Certificate of Occupational Skill Level", "Occupational Skill Level Certificate")
SENTENCES = (
    "本证书由{body}颁发，表明持证人通过本机构组织的职业技能等级认定，具备该职业（工种）相应技能等级水平。",
    "本证书表明持证人通过本机构组织的职业技能等级认定。",
)
TINTS: tuple[Colour, ...] = (
    (32, 106, 112),
    (40, 84, 140),
    (150, 40, 44),
    (120, 92, 40),
    (60, 60, 66),
)


class Form(NamedTuple):
    """The filled-in values by their canonical names, and what the form says besides."""

    fields: dict[str, str]
    sentence: str
    site: str


def fill(chance: random.Random) -> Form:
    """Fill in a form for nobody."""
    level = chance.randint(1, 5)
    year = chance.randint(2020, 2025)
    day = texts.day(chance, year)
    body = texts.body(chance)
    site = "http://" + chance.choice(texts.STANDARD_HOSTS)
    fields = {
        "姓名": texts.person(chance),
        "证件号码": texts.identity(chance),
        "职业名称": chance.choice(texts.OCCUPATIONS),
        "工种/职业方向": chance.choice(texts.DIRECTIONS),
        "等级": texts.LEVELS[5 - level],
        "证书编号": texts.standard_number(chance, chance.choice("SY"), year, level),
        "发证机构": body,
        "发证日期": day,
        "查询网址": site,
    }
    return Form(fields, chance.choice(SENTENCES).format(body=body), site)


def draw(chance: random.Random, scale: float, form: Form) -> Canvas:
    """Draw the form, upright on one sheet or across on two pages."""
    made = (_upright, _upright, _across)[chance.randrange(3)](chance, scale, form)
    made.note("form", (0, 0, 0, 0), form.fields)
    return made


def _upright(chance: random.Random, scale: float, form: Form) -> Canvas:
    canvas, tint = _paper(chance, (210, 297), scale)
    _title(canvas, chance, tint, (105, 36, 150))
    decor.portrait(canvas, 87, 62, (36, 48), chance)
    style = Type(chance.choice(("serif", "sans", "kai")), 5.4)
    room = int(154 / style.size)
    y = canvas.paragraph(28, 124, texts.wrap("　　" + form.sentence, room), style, 1.7)
    _rows(canvas, chance, (34, y + 5, 150), form, min(12.0, (232 - y) / 7))
    _foot(canvas, chance, form, (182, 246), style)
    _sites(canvas, chance, form, 24, 236)
    return canvas


def _across(chance: random.Random, scale: float, form: Form) -> Canvas:
    canvas, tint = _paper(chance, (chance.choice((260, 297)), 190), scale)
    half = canvas.width / 2
    if chance.random() < 0.6:
        canvas.line((half, 14, half, 176), shade(tint, 2.5), 0.2)
    _title(canvas, chance, tint, (half * 0.5 + 5, 32, half - 30))
    decor.portrait(canvas, half * 0.5 - 13, 56, (36, 48), chance)
    style = Type(chance.choice(("serif", "sans", "kai")), 4.8)
    canvas.paragraph(
        20, 118, texts.wrap("　　" + form.sentence, int((half - 32) / style.size)), style, 1.7
    )
    _sites(canvas, chance, form, 20, 150, 22)
    _rows(canvas, chance, (half + 10, 34, half - 24), form, 13.5)
    _foot(canvas, chance, form, (canvas.width - 22, 142), style)
    return canvas


def _paper(chance: random.Random, size: tuple[float, float], scale: float) -> tuple[Canvas, Colour]:
    canvas = Canvas(*size, scale, near(chance, chance.choice(decor.PAPERS), 3))
    tint = near(chance, chance.choice(TINTS))
    decor.ground(canvas, tint, chance)
    canvas.box((8, 8, size[0] - 8, size[1] - 8), outline=tint, width=chance.choice((0.4, 1, 2)))
    if chance.random() < 0.5:
        canvas.box((11, 11, size[0] - 11, size[1] - 11), outline=tint, width=0.3)
    return canvas, tint


def _title(
    canvas: Canvas, chance: random.Random, tint: Colour, place: tuple[float, float, float]
) -> None:
    x, y, room = place
    style = Type(chance.choice(("serif-bold", "kai", "sans-bold")), chance.uniform(12, 15),
                 chance.choice((tint, INK)), chance.uniform(0.5, 3))  # fmt: skip
    canvas.write(x, y, TITLE, fitted(TITLE, style, room), "m")
    if chance.random() < 0.85:
        english = chance.choice(ENGLISH)
        small = Type(chance.choice(("serif", "sans")), 4.6, tint)
        canvas.write(x, y + 12, english, fitted(english, small, room), "m")


def _rows(canvas: Canvas, chance: random.Random, place: tuple[float, float, float], form: Form,
          step: float) -> None:  # fmt: skip
    x, y, room = place
    rows = [(name, form.fields[name]) for name in
            ("姓名", "证件号码", "职业名称", "工种/职业方向", "等级", "证书编号")]  # fmt: skip
    rows.insert(1, ("证件类型", "居民身份证"))
    rows[5] = ("职业技能等级", rows[5][1])
    size = min(5.4, step * 0.5)
    label = Type(chance.choice(("serif", "sans")), size, chance.choice((INK, (70, 82, 84))))
    value = Type(chance.choice(("serif", "kai", "sans")), size * 1.04)
    sign = chance.choice(("：", "：", ""))
    aligned = chance.random() < 0.7
    column = max(width_of(name + sign, label) for name, _ in rows) + size * 0.8
    spaced = chance.random() < 0.3
    for name, said in rows:
        track = size * 2.0 if spaced and len(name) == 2 else 0.0
        wide = canvas.write(x, y, name + sign, label._replace(tracking=track))
        at = x + (column if aligned else wide + size * 0.6)
        canvas.write(at, y, said, fitted(said, value, x + room - at))
        y += step


def _foot(
    canvas: Canvas, chance: random.Random, form: Form, place: tuple[float, float], style: Type
) -> None:
    right, y = place
    body, day = form.fields["发证机构"], form.fields["发证日期"]
    labelled = chance.random() < 0.6
    first = ("发证机构：" if labelled else "") + body
    second = ("发证日期：" if labelled else "") + day
    wide = canvas.write(right, y, first, fitted(first, style, canvas.width * 0.47), "r")
    canvas.write(right, y + 11, second, style, "r")
    made = seals.design(chance, body, chance.choice(("", "职业技能等级认定专用章", "证书专用章")))
    seals.press(
        canvas, right - wide * chance.uniform(0.2, 0.6), y + chance.uniform(-6, 8), made, chance
    )


def _sites(
    canvas: Canvas, chance: random.Random, form: Form, x: float, y: float, side: float = 28
) -> None:
    codes.qr(canvas, x, y, side, form.site, chance)
    style = Type("sans", 3.4, (80, 88, 90))
    canvas.write(x, y + side + 5, f"证书信息查询网址：{form.site}", style)
    if chance.random() < 0.7:
        canvas.write(x, y + side + 11, "机构信息查询网址：http://pjjg.osta.org.cn", style)
