"""Certificates that an inspector would stop at, clean. Everything named is invented."""

from __future__ import annotations

from PIL import Image

from samples import encode, wear
from samples.expected import GD_FORM, UNFILED, WORDS, Expected, Makers, Sample, mentions
from samples.ornaments import Seal, braid, leather, portrait, rosette, stamp, waves
from samples.sheet import SCALE, Sheet, Type

GOLD = (150, 112, 40)
GREEN = (54, 110, 84)
BLUE = (44, 82, 140)
WINE = (134, 34, 46)


def skills_sheet() -> Sample:
    """Draw a single sheet from a flatbed scanner: engraved border, photograph, code, seal."""
    sheet = Sheet(1360, 960, (253, 251, 243))
    waves(sheet, (246, 238, 214))
    rosette(sheet, 680, 500, 250, (243, 232, 202))
    braid(sheet, 52, GOLD)
    sheet.write(680, 150, "职业技能鉴定证书", Type("serif-bold", 78, WINE, 10), "m")
    sheet.write(680, 226, "CERTIFICATE OF VOCATIONAL SKILL", Type("serif", 26, GOLD, 4), "m")
    portrait(sheet, 140, 290, (190, 260), (196, 220, 240))
    text = Type("serif", 32)
    sheet.paragraph(
        400, 322,
        [
            "赵示例 同志于2023年3月参加“收纳整理师”岗位能力",
            "培训，修完规定课程，经考核成绩合格，特发此证。",
            "本证书全国通用，终身有效。",
        ],
        text, 1.75,
    )  # fmt: skip
    label, value = Type("serif", 26, (92, 84, 70)), Type("kai", 29)
    for y, pair in zip(
        (516, 566, 616, 666),
        (
            ("证件号码", "000000********0018"),
            ("技能项目", "收纳整理师（高级）"),
            ("证书编号", "YC-2023-000018"),
            ("查询网址", "www.zs-chaxun.example"),
        ),
        strict=True,
    ):
        sheet.field(400, y, pair, (label, value), 380)
    sheet.code(160, 590, 150, "https://www.zs-chaxun.example/q?no=YC-2023-000018")
    sheet.write(235, 764, "扫码验证", Type("sans", 20, (92, 84, 70)), "m")
    sheet.write(1180, 760, "发证机构：中华云川匠才评价中心", Type("serif", 30), "r")
    sheet.write(1180, 816, "2023年3月18日", Type("serif", 30), "r")
    seal = Seal("中华云川匠才评价中心", 96, turn=-7)
    stamp(sheet, 1010, 748, seal)
    expected = Expected(
        kind="certificate",
        lines=tuple(sheet.lines),
        note="flatbed scan; an unfiled body's own paper under the title of a skill appraisal",
        violations=mentions((UNFILED, "职业技能鉴定"), (WORDS, "全国"), (WORDS, "中华")),
        seals=(seal.text,),
        in_seals=mentions((WORDS, "中华")),
    )
    data = encode.jpeg(wear.scan(sheet.finish(), 11), 66)
    return Sample(data, expected)


def booklet() -> Sample:
    """Draw the two inner pages of a booklet: photograph and seal left, filled-in form right."""
    sheet = Sheet(1400, 920, (250, 247, 236))
    waves(sheet, (228, 240, 228), 60, 18)
    rosette(sheet, 1050, 470, 220, (222, 236, 224))
    for left in (28, 714):
        sheet.box((left, 28, left + 658, 892), outline=GREEN, width=2)
        sheet.box((left + 9, 37, left + 649, 883), outline=GREEN, width=1)
    portrait(sheet, 236, 96, (230, 310), (176, 40, 48))
    text, small = Type("serif", 27), Type("serif", 24)
    sheet.write(357, 452, "持证人签名：___________", small, "m")
    sheet.paragraph(
        92, 540,
        [
            "本证书由国家人才技能评定办公室统一制发，",
            "表明持证人具备从事本职业的相应能力，可作",
            "为执业与应聘的依据。",
        ],
        text, 1.75,
    )  # fmt: skip
    sheet.write(92, 760, "证书编号：LX2022030000018", Type("serif", 26))
    sheet.write(1043, 92, "注册职业资格证书", Type("serif-bold", 50, GREEN, 6), "m")
    label, value = Type("serif", 27), Type("kai", 31, (26, 30, 70))
    rows = (
        ("姓　　名", "钱样张"),
        ("性　　别", "女"),
        ("出生日期", "1990年7月8日"),
        ("文化程度", "大专"),
        ("职业名称", "碳排放管理师"),
        ("职业等级", "一级"),
        ("理论成绩", "86"),
        ("实操成绩", "90"),
    )
    for i, pair in enumerate(rows):
        sheet.field(790, 176 + 62 * i, pair, (label, value), 340)
    sheet.write(1300, 716, "全国临汐职业能力评审委员会", Type("serif", 29), "r")
    sheet.write(1300, 772, "2022年6月1日", Type("serif", 29), "r")
    seal = Seal("全国临汐职业能力评审委员会", 100, "评审专用章", 5)
    stamp(sheet, 1086, 744, seal)
    _fold(sheet, 700)
    expected = Expected(
        kind="certificate",
        lines=tuple(sheet.lines),
        note="booklet; a qualification that is in no catalogue, from a body that may not grant one",
        violations=mentions((WORDS, "国家"), (WORDS, "职业资格"), (WORDS, "全国")),
        seals=(seal.text + " " + seal.foot,),
        in_seals=mentions((WORDS, "全国")),
    )
    data = encode.png(sheet.finish(), 48)
    return Sample(data, expected)


def _fold(sheet: Sheet, x: int) -> None:
    # The valley between two pages: darker towards the middle.
    for reach in range(26, 0, -1):
        shade = 255 - int(70 * (1 - reach / 26) ** 2)
        band = Image.new("RGB", (2 * reach * SCALE, sheet.image.height), (shade, shade, shade))
        area = ((x - reach) * SCALE, 0, (x + reach) * SCALE, sheet.image.height)
        below = sheet.image.crop(area)
        sheet.image.paste(Image.blend(below, band, 0.05), area)


def cover() -> Sample:
    """Draw a red cover with gold letters."""
    sheet = Sheet(760, 1060, (128, 18, 28))
    gold = (226, 186, 92)
    sheet.image.paste(leather(sheet.image.width, sheet.image.height, (142, 20, 32), 5), (0, 0))
    sheet.box((40, 40, 720, 1020), outline=gold, width=3)
    sheet.box((54, 54, 706, 1006), outline=gold, width=1)
    sheet.write(380, 220, "中华人民共和国", Type("serif-bold", 52, gold, 14), "m")
    rosette(sheet, 380, 430, 96, gold)
    sheet.write(380, 640, "职业资格证书", Type("serif-bold", 84, gold, 16), "m")
    english = Type("serif", 25, gold, 3)
    sheet.write(380, 716, "VOCATIONAL CERTIFICATE", english, "m")
    sheet.write(380, 920, "中国青屿职业能力评定中心制", Type("kai", 34, gold, 6), "m")
    expected = Expected(
        kind="certificate",
        lines=tuple(sheet.lines),
        note="gold on red: the cover that an invented body gives its own paper",
        violations=mentions((WORDS, "中华人民共和国"), (WORDS, "职业资格"), (WORDS, "中国")),
    )
    data = encode.jpeg(wear.noise(sheet.finish(), 1.5, 3), 70)
    return Sample(data, expected)


def alliance_gd() -> Sample:
    """Guangdong: the standard title, with words that the standard form does not have."""
    sheet = Sheet(1300, 900, (252, 252, 250))
    waves(sheet, (226, 240, 246), 44, 20)
    sheet.box((36, 36, 1264, 864), outline=BLUE, width=4)
    sheet.box((48, 48, 1252, 852), outline=BLUE, width=1)
    sheet.write(650, 132, "培训合格证书", Type("sans-bold", 70, BLUE, 14), "m")
    portrait(sheet, 120, 230, (180, 246), (196, 220, 240))
    label, value = Type("sans", 26, (80, 86, 96)), Type("sans", 29)
    rows = (
        ("学员姓名", "冯例本"),
        ("培训项目", "养老护理（初级）"),
        ("培训学时", "40"),
        ("证书编号", "YD-HL-000096"),
    )
    for i, pair in enumerate(rows):
        sheet.field(380, 262 + 62 * i, pair, (label, value), 400)
    sheet.write(120, 560, "本证书可作为就业凭证和录用依据。", Type("sans-bold", 32, WINE))
    sheet.write(1180, 660, "粤东云川护理人才联盟", Type("sans", 30), "r")
    sheet.write(1180, 714, "2023年5月20日", Type("sans", 28), "r")
    seal = Seal("粤东云川护理人才联盟", 90, turn=6)
    stamp(sheet, 1010, 668, seal)
    expected = Expected(
        kind="certificate",
        lines=tuple(sheet.lines),
        note="clean picture; the added words offend the Guangdong notice only",
        violations=mentions(
            (GD_FORM, "就业凭证"),
            (GD_FORM, "录用依据"),
            (GD_FORM, "×××联盟", "粤东云川护理人才联盟"),
        ),
        jurisdiction="GD",
        seals=(seal.text,),
        in_seals=mentions((GD_FORM, "×××联盟", "粤东云川护理人才联盟")),
    )
    return Sample(encode.png(sheet.finish(), 48), expected)


MAKERS: Makers = {
    "certificates/skills-sheet.jpg": skills_sheet,
    "certificates/booklet.png": booklet,
    "certificates/cover.jpg": cover,
    "certificates/alliance-gd.png": alliance_gd,
}
