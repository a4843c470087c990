"""Certificates that an inspector would stop at, as phones, copiers and time leave them.

Everything named is invented.
"""

from __future__ import annotations

from PIL import Image

from samples import encode, wear
from samples.expected import GD_WORDS, UNFILED, WORDS, Expected, Makers, Sample, mentions
from samples.ornaments import Seal, braid, portrait, rosette, stamp, waves
from samples.sheet import Sheet, Type

GOLD = (150, 112, 40)
BLUE = (44, 82, 140)
WINE = (134, 34, 46)
INK_RED = (156, 30, 34)


def post_photo() -> Sample:
    """Draw a post certificate in kai type, photographed on a desk."""
    sheet = Sheet(1240, 880, (252, 250, 244))
    waves(sheet, (226, 232, 244), 40)
    braid(sheet, 46, BLUE, 20, 34)
    sheet.write(620, 152, "岗位合格证书", Type("kai", 84, BLUE, 16), "m")
    kai = Type("kai", 36)
    sheet.paragraph(
        140, 300,
        [
            "　　孙范本 同志（证件号码000000********0026）参加",
            "仓储设备点检员岗位培训，经考核成绩优秀，准予上岗。",
            "　　有效期至2027年12月。",
        ],
        kai, 1.85,
    )  # fmt: skip
    sheet.write(140, 560, "编号：QY-GW-000026", Type("kai", 30))
    sheet.write(1100, 650, "国家临汐岗位培训管理办公室", Type("kai", 34), "r")
    sheet.write(1100, 712, "二〇二三年十二月八日", Type("kai", 34), "r")
    seal = Seal("国家临汐岗位培训管理办公室", 98, turn=9)
    stamp(sheet, 900, 660, seal)
    expected = Expected(
        kind="certificate",
        lines=tuple(sheet.lines),
        note="phone photograph with perspective, shadow and uneven light",
        violations=mentions((WORDS, "岗位合格(凭证)", "岗位合格"), (WORDS, "国家")),
        seals=(seal.text,),
        in_seals=mentions((WORDS, "国家")),
    )
    shot = wear.photograph(
        sheet.finish(), 21, ((118, 96), (1262, 60), (1316, 842), (70, 878)), (1400, 960)
    )
    return Sample(encode.jpeg(shot, 58), expected)


def title_turned() -> Sample:
    """Draw a title certificate that was scanned lying on its side."""
    sheet = Sheet(880, 1220, (251, 249, 246))
    waves(sheet, (244, 228, 228), 54, 16)
    braid(sheet, 44, WINE, 18, 30)
    sheet.write(440, 170, "专业技术职务", Type("serif-bold", 58, WINE, 10), "m")
    sheet.write(440, 250, "任职资格证书", Type("serif-bold", 58, WINE, 10), "m")
    portrait(sheet, 345, 320, (190, 256), (70, 120, 190))
    label, value = Type("serif", 28), Type("kai", 31)
    rows = (
        ("姓　　名", "李试读"),
        ("专　　业", "建筑工程"),
        ("任职资格", "工程师"),
        ("批准日期", "2021年6月"),
        ("证书编号", "ZC-2021-000034"),
    )
    for i, pair in enumerate(rows):
        sheet.field(190, 650 + 64 * i, pair, (label, value), 330)
    sheet.write(440, 1042, "中国云川高级人才评审委员会", Type("serif", 30), "m")
    sheet.write(440, 1096, "2021年6月30日", Type("serif", 28), "m")
    seal = Seal("中国云川高级人才评审委员会", 92, turn=-4)
    stamp(sheet, 500, 1030, seal)
    expected = Expected(
        kind="certificate",
        lines=tuple(sheet.lines),
        note="turned by 90 degrees, with nothing in the file to say so",
        violations=mentions((WORDS, "专业技术职务"), (WORDS, "中国")),
        seals=(seal.text,),
        in_seals=mentions((WORDS, "中国")),
    )
    turned = wear.scan(sheet.finish(), 31, 0.6).transpose(Image.Transpose.ROTATE_90)
    return Sample(encode.jpeg(turned, 62), expected)


def staff_exif() -> Sample:
    """Draw a staff certificate photographed with the phone held upright."""
    sheet = Sheet(1240, 860, (252, 251, 246))
    waves(sheet, (240, 236, 220), 40)
    braid(sheet, 46, GOLD, 20, 36)
    sheet.write(620, 138, "管理人员资格证书", Type("serif-bold", 70, INK_RED, 12), "m")
    sheet.write(620, 208, "MANAGEMENT STAFF CERTIFICATE", Type("serif", 24, GOLD, 3), "m")
    portrait(sheet, 130, 270, (180, 246), (230, 232, 236))
    label, value = Type("sans", 27, (70, 70, 76)), Type("sans", 29)
    rows = (
        ("姓名：", "周例文"),
        ("项目：", "企业培训管理"),
        ("等级：", "高级"),
        ("编号：", "GL-2022-000051"),
    )
    for i, pair in enumerate(rows):
        sheet.field(390, 300 + 62 * i, pair, (label, value))
    sheet.write(130, 610, "人力资源和社会保障部监制", Type("serif-bold", 31))
    sheet.write(1110, 660, "青屿众才教育科技有限公司", Type("serif", 30), "r")
    sheet.write(1110, 714, "2022年9月9日", Type("serif", 30), "r")
    seal = Seal("青屿众才教育科技有限公司", 92, turn=12)
    stamp(sheet, 920, 664, seal)
    expected = Expected(
        kind="certificate",
        lines=tuple(sheet.lines),
        note="EXIF orientation 6; a company's paper that names a ministry as its maker",
        violations=mentions((UNFILED, "人员资格"), (WORDS, "×××部", "人力资源和社会保障部")),
        seals=(seal.text,),
    )
    shot = wear.photograph(
        sheet.finish(), 44, ((90, 84), (1250, 104), (1232, 892), (108, 880)), (1340, 970),
        (74, 84, 92),
    )  # fmt: skip
    stored = shot.transpose(Image.Transpose.ROTATE_90)
    return Sample(encode.jpeg(stored, 56, orientation=6), expected)


def copied_set() -> Sample:
    """Draw two grey photocopied pages in one TIFF: a certificate and its mark sheet."""
    seal = Seal("中华临汐人才测评网", 88, turn=-10)
    front, marks = _talent_paper(seal), _mark_sheet()
    expected = Expected(
        kind="certificate",
        lines=(*front.lines, *marks.lines),
        note="multi-page TIFF of grey photocopies; the seal has lost its colour",
        violations=mentions((WORDS, "全国"), (WORDS, "中华")),
        seals=(seal.text,),
        in_seals=mentions((WORDS, "中华")),
    )
    pages = [
        wear.photocopy(front.finish(), 51),
        wear.photocopy(marks.finish(), 52, 0.5),
    ]
    return Sample(encode.tiff(pages), expected)


def _talent_paper(seal: Seal) -> Sheet:
    sheet = Sheet(1180, 830)
    braid(sheet, 44, (60, 60, 60), 18, 32)
    sheet.write(590, 150, "全国专业人才证书", Type("serif-bold", 66, tracking=10), "m")
    sheet.paragraph(
        150, 280,
        [
            "　　吴式样 同志参加家庭教育指导师（高级）培训，",
            "经考核合格，其信息已录入人才档案，准予发证。",
        ],
        Type("serif", 34), 1.8,
    )  # fmt: skip
    sheet.write(150, 440, "证书编号：RC-2021-000077", Type("serif", 28))
    sheet.write(150, 492, "证件号码：000000********0077", Type("serif", 28))
    sheet.write(1040, 620, "中华临汐人才测评网", Type("serif", 32), "r")
    sheet.write(1040, 676, "2021年11月5日", Type("serif", 30), "r")
    stamp(sheet, 930, 646, seal)
    return sheet


def _mark_sheet() -> Sheet:
    sheet = Sheet(830, 1100)
    sheet.write(415, 110, "成绩登记表", Type("serif-bold", 48, tracking=8), "m")
    table = (
        ("姓名", "吴式样"),
        ("培训项目", "家庭教育指导师"),
        ("家庭沟通", "88"),
        ("儿童心理", "85"),
        ("案例分析", "90"),
        ("总评", "合格"),
    )
    for i, (label, value) in enumerate(table):
        y = 220 + 74 * i
        sheet.box((120, y - 37, 710, y + 37), outline=(40, 40, 40), width=1)
        sheet.line((340, y - 37, 340, y + 37), (40, 40, 40))
        sheet.lines.append(f"{label} {value}")
        sheet.ink(230, y, label, Type("serif", 30), "m")
        sheet.ink(525, y, value, Type("kai", 32), "m")
    sheet.write(710, 780, "登记人：郑样稿", Type("kai", 30), "r")
    return sheet


def faded_post() -> Sample:
    """Draw a post certificate that hung in the sun and lay askew on the scanner."""
    sheet = Sheet(1180, 840, (252, 250, 244))
    rosette(sheet, 590, 430, 230, (226, 232, 244))
    braid(sheet, 46, BLUE, 22, 36)
    sheet.write(590, 150, "岗位合格凭证", Type("serif-bold", 76, INK_RED, 14), "m")
    sheet.paragraph(
        150, 290,
        [
            "　　何示样 同志参加安全管理师岗位能力考核，",
            "成绩合格，信息录入中国临汐安全人才库，本凭",
            "证全国有效。",
        ],
        Type("serif", 35), 1.8,
    )  # fmt: skip
    sheet.write(150, 530, "凭证编号：AQ-2019-000088", Type("serif", 29))
    sheet.write(1030, 630, "临汐安评信息咨询服务中心", Type("serif", 32), "r")
    sheet.write(1030, 688, "2019年4月18日", Type("serif", 30), "r")
    seal = Seal("临汐安评信息咨询服务中心", 92, turn=7, strength=0.7)
    stamp(sheet, 880, 648, seal)
    expected = Expected(
        kind="certificate",
        lines=tuple(sheet.lines),
        note="faded by the sun, yellowed and scanned three degrees askew",
        violations=mentions(
            (WORDS, "岗位合格(凭证)", "岗位合格"), (WORDS, "中国"), (WORDS, "全国")
        ),
        seals=(seal.text,),
    )
    return Sample(encode.jpeg(wear.fade(sheet.finish(), 111, 3.0), 60), expected)


def own_ability_gd() -> Sample:
    """Guangdong: a special-ability certificate that a media company made for itself."""
    sheet = Sheet(1000, 700, (255, 253, 248))
    rosette(sheet, 500, 350, 210, (250, 234, 206))
    braid(sheet, 40, GOLD, 18, 32)
    sheet.write(500, 130, "专项职业能力证书", Type("serif-bold", 58, WINE, 8), "m")
    label, value = Type("serif", 25, (92, 84, 70)), Type("kai", 28)
    rows = (("姓名", "陈样页"), ("专项能力", "直播带货"), ("证书编号", "XB-000105"))
    for i, pair in enumerate(rows):
        sheet.field(250, 240 + 58 * i, pair, (label, value), 300)
    sheet.write(250, 432, "有效范围：全国", Type("serif", 26))
    sheet.write(860, 520, "云川星播文化传媒有限公司", Type("serif", 27), "r")
    sheet.write(860, 568, "2023年8月1日", Type("serif", 26), "r")
    stamp(sheet, 720, 520, Seal("云川星播文化传媒有限公司", 80, turn=-5))
    expected = Expected(
        kind="certificate",
        lines=tuple(sheet.lines),
        note="forwarded many times: small and full of JPEG blocks",
        violations=mentions((GD_WORDS, "专项职业能力"), (GD_WORDS, "全国")),
        jurisdiction="GD",
        seals=("云川星播文化传媒有限公司",),
    )
    worn = wear.squeeze(wear.squeeze(sheet.finish(), 28), 34)
    return Sample(encode.jpeg(worn, 40), expected)


MAKERS: Makers = {
    "certificates/post-photo.jpg": post_photo,
    "certificates/title-turned.jpg": title_turned,
    "certificates/staff-exif.jpg": staff_exif,
    "certificates/copied-set.tif": copied_set,
    "certificates/faded-post.jpg": faded_post,
    "certificates/own-ability-gd.jpg": own_ability_gd,
}
