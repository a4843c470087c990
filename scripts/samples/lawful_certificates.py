"""Certificates that are as they should be. All names, bodies and numbers are invented."""

from __future__ import annotations

from samples import encode, wear
from samples.expected import Expected, Makers, Sample
from samples.ornaments import Seal, braid, portrait, stamp, waves
from samples.sheet import Sheet, Type

TEAL = (32, 106, 112)
OLIVE = (104, 104, 52)


def _level_form(rows: tuple[tuple[str, str], ...], body: str, day: str) -> Sheet:
    """Draw the standard form of a skill-level certificate, issued by the body alone."""
    sheet = Sheet(900, 1270, (252, 253, 252))
    waves(sheet, (226, 240, 240), 62, 16)
    sheet.box((34, 34, 866, 1236), outline=TEAL, width=3)
    sheet.box((44, 44, 856, 1226), outline=TEAL, width=1)
    sheet.write(450, 132, "职业技能等级证书", Type("serif-bold", 62, TEAL, 8), "m")
    english = Type("serif", 22, TEAL, 1)
    sheet.write(450, 192, "Certificate of Occupational Skill Level", english, "m")
    portrait(sheet, 355, 236, (190, 258), (196, 220, 240))
    text = Type("serif", 26)
    sheet.write(450, 540, "本证书表明持证人通过本机构组织的职业技能等级认定。", text, "m")
    label, value = Type("serif", 26, (70, 82, 84)), Type("serif", 27)
    for i, pair in enumerate(rows):
        sheet.field(150, 606 + 54 * i, pair, (label, value))
    sheet.write(800, 1046, body, Type("serif", 27), "r")
    sheet.write(800, 1096, day, Type("serif", 26), "r")
    sheet.code(96, 976, 140, "http://jndj.osta.org.cn")
    note = Type("sans", 18, (90, 100, 102))
    sheet.write(96, 1150, "证书信息查询网址：http://jndj.osta.org.cn", note)
    sheet.write(96, 1180, "机构信息查询网址：http://pjjg.osta.org.cn", note)
    stamp(sheet, 650, 1060, Seal(body, 92, turn=4))
    return sheet


def level_standard() -> Sample:
    """Draw a skill-level certificate of a filed body, in the standard form."""
    body = "云川匠艺职业技能评价有限公司"
    sheet = _level_form(
        (
            ("姓名：", "沈示范"),
            ("证件类型：", "居民身份证"),
            ("证件号码：", "000000********0114"),
            ("职业名称：", "中式面点师"),
            ("工种/职业方向：", "--"),
            ("职业技能等级：", "三级/高级工"),
            ("证书编号：", "S000044990001253000018"),
        ),
        body,
        "2025年4月16日",
    )
    expected = Expected(
        kind="certificate",
        lines=tuple(sheet.lines),
        note="lawful: standard form, 22-character number, no authority but the body itself",
        jurisdiction="GD",
        seals=(body,),
    )
    data = encode.png(sheet.finish(), 48)
    return Sample(data, expected)


def level_photo() -> Sample:
    """Draw the same form from an employer, photographed in a hurry."""
    body = "青屿远航船舶机电有限公司"
    sheet = _level_form(
        (
            ("姓名：", "韩例子"),
            ("证件类型：", "居民身份证"),
            ("证件号码：", "000000********0122"),
            ("职业名称：", "电工"),
            ("工种/职业方向：", "船舶电工"),
            ("职业技能等级：", "四级/中级工"),
            ("证书编号：", "Y000033990002244000206"),
        ),
        body,
        "2024年11月3日",
    )
    expected = Expected(
        kind="certificate",
        lines=tuple(sheet.lines),
        note="lawful: an employer's certificate for its own staff, as a phone photograph",
        seals=(body,),
    )
    corners = ((112, 70), (850, 96), (884, 1236), (60, 1214))
    shot = wear.photograph(sheet.finish(), 61, corners, (960, 1310), (96, 100, 108))
    return Sample(encode.jpeg(shot, 54), expected)


def training() -> Sample:
    """Draw a school's own proof of a course, in kai type."""
    sheet = Sheet(1240, 860, (253, 251, 244))
    waves(sheet, (238, 238, 216), 40)
    braid(sheet, 46, OLIVE, 22, 40)
    sheet.write(620, 150, "培训合格证书", Type("kai", 84, OLIVE, 20), "m")
    sheet.paragraph(
        150, 290,
        [
            "　　蒋样文 学员于2024年3月至5月参加本校中式面点制作",
            "培训，修完规定课程一百二十学时，考核合格，准予结业。",
            "　　本证书仅证明参加本校培训的经历。",
        ],
        Type("kai", 36), 1.85,
    )  # fmt: skip
    sheet.write(150, 540, "证书编号：LW-2024-000130", Type("kai", 29))
    sheet.write(150, 590, "办学许可证号：人社民000000000000号", Type("kai", 29))
    sheet.write(1090, 660, "青屿市蓝湾职业培训学校", Type("kai", 34), "r")
    sheet.write(1090, 720, "二〇二四年五月三十一日", Type("kai", 32), "r")
    stamp(sheet, 930, 668, Seal("青屿市蓝湾职业培训学校", 94, turn=-8))
    expected = Expected(
        kind="certificate",
        lines=tuple(sheet.lines),
        note="lawful: a licensed school certifies its own course and claims nothing more",
        seals=("青屿市蓝湾职业培训学校",),
    )
    data = encode.webp(wear.scan(sheet.finish(), 71, -0.5), 62)
    return Sample(data, expected)


def course_fax() -> Sample:
    """Draw a community college's course certificate as a fax."""
    sheet = Sheet(1180, 820)
    braid(sheet, 44, (20, 20, 20), 18, 32)
    sheet.write(590, 150, "结业证书", Type("serif-bold", 84, tracking=26), "m")
    sheet.paragraph(
        150, 290,
        [
            "　　杨试样 学员于2023年3月至6月在我校修习“家常菜",
            "烹饪”课程，共计六十学时，成绩良好，准予结业。",
        ],
        Type("serif", 36), 1.9,
    )  # fmt: skip
    sheet.write(150, 470, "编号：SQ-2023-000149", Type("serif", 30))
    sheet.write(1030, 590, "临汐市东桥社区学校", Type("serif", 34), "r")
    sheet.write(1030, 650, "2023年6月30日", Type("serif", 32), "r")
    expected = Expected(
        kind="certificate",
        lines=tuple(sheet.lines),
        note="lawful: black and white only, as a fax machine sends it",
    )
    return Sample(encode.bmp(wear.fax(sheet.finish())), expected)


MAKERS: Makers = {
    "certificates/lawful-level.png": level_standard,
    "certificates/lawful-level-photo.jpg": level_photo,
    "certificates/lawful-training.webp": training,
    "certificates/lawful-course.bmp": course_fax,
}
