"""Posters that are as they should be. Everything named is invented."""

from __future__ import annotations

from samples import encode, wear
from samples.expected import Expected, Makers, Sample
from samples.sheet import Colour, Sheet, Type

WHITE: Colour = (255, 255, 255)


def exam_course() -> Sample:
    """Draw an offer of a course for an examination of the catalogue, without a promise."""
    sheet = Sheet(860, 1200, (240, 246, 250))
    sheet.box((0, 0, 860, 330), (24, 92, 128))
    sheet.write(430, 110, "一级建造师", Type("sans-bold", 96, WHITE, 8), "m")
    sheet.write(430, 220, "考前辅导班招生", Type("sans-bold", 54, WHITE, 6), "m")
    sheet.write(430, 288, "临汐市知行职业培训学校", Type("sans", 30, (200, 226, 238), 2), "m")
    text = Type("sans", 33, (40, 52, 64))
    sheet.paragraph(
        70, 400,
        [
            "▲ 开班时间：每周六、周日全天，共96课时",
            "▲ 授课内容：教材精讲、历年真题、模拟测评",
            "▲ 收费标准：3200元，按课时退费，写入合同",
            "▲ 报考条件和考试时间以考试机构公告为准",
        ],
        text, 1.95,
    )  # fmt: skip
    sheet.box((60, 690, 800, 900), WHITE, (24, 92, 128), 2, 16)
    sheet.write(90, 740, "我们的承诺", Type("sans-bold", 36, (24, 92, 128)))
    sheet.write(90, 802, "绝不包过，不代考，不卖答案。", Type("sans", 34, (40, 52, 64)))
    sheet.write(90, 858, "学得会多少，靠老师讲，也靠您练。", Type("sans", 34, (40, 52, 64)))
    small = Type("sans", 28, (90, 102, 112))
    sheet.write(70, 980, "办学许可证号：人社民000000000000号", small)
    sheet.write(70, 1030, "地址：临汐市虚构路26号二楼", small)
    sheet.write(70, 1080, "电话：0000-0000042", small)
    sheet.code(640, 950, 160, "https://zhixing-school.example/jianzaoshi")
    expected = Expected(
        kind="ad",
        lines=tuple(sheet.lines),
        note="lawful: exam preparation; the word of guarantee stands in a denial",
    )
    return Sample(encode.webp(sheet.finish(), 70), expected)


def furniture() -> Sample:
    """Draw a poster off the subject, with listed words that run across borders."""
    sheet = Sheet(720, 960, (250, 244, 232))
    brown = (110, 70, 40)
    sheet.box((0, 0, 720, 230), brown)
    sheet.write(360, 90, "中国家具 匠心之作", Type("serif-bold", 62, (250, 236, 206), 4), "m")
    sheet.write(360, 176, "临汐家居广场 开业大促", Type("sans", 36, (250, 236, 206), 2), "m")
    _sofa(sheet, 360, 420)
    sheet.paragraph(
        60, 590,
        [
            "实木餐桌满三千减五百，送货上门",
            "红包过期不补，请于月底前使用",
            "到店即送现烤吐司，面包过敏者请告知",
            "集中国内三十家工厂直供",
        ],
        Type("sans", 34, (70, 50, 36)), 1.8,
    )  # fmt: skip
    sheet.write(360, 880, "地址：临汐市样例大道1号", Type("sans", 30, brown), "m")
    expected = Expected(
        kind="ad",
        lines=tuple(sheet.lines),
        note="off the subject: every listed word here is made of parts of two others",
    )
    return Sample(encode.gif(sheet.finish(), 32), expected)


def _sofa(sheet: Sheet, x: float, y: float) -> None:
    green, dark = (92, 128, 104), (70, 102, 82)
    sheet.box((x - 210, y - 110, x + 210, y + 60), dark, radius=34)
    sheet.box((x - 190, y - 20, x - 4, y + 70), green, radius=20)
    sheet.box((x + 4, y - 20, x + 190, y + 70), green, radius=20)
    for side in (-1, 1):
        sheet.box((x + side * 225 - 34, y - 60, x + side * 225 + 34, y + 84), green, radius=26)
        sheet.box((x + side * 225 - 9, y + 80, x + side * 225 + 9, y + 122), (110, 70, 40))


def filed_body() -> Sample:
    """Draw a filed body's announcement of its examinations, from a bad JPEG of a bad print."""
    sheet = Sheet(860, 1160, WHITE)
    sheet.box((30, 30, 830, 1130), outline=(40, 120, 80), width=4, radius=10)
    sheet.write(430, 110, "职业技能等级认定公告", Type("serif-bold", 60, (40, 120, 80), 4), "m")
    sheet.paragraph(
        80, 220,
        [
            "　　云川匠艺职业技能评价有限公司已在云川市人",
            "社局备案，机构编号S000044990001。第二季度认",
            "定安排公布如下：",
            "　　一、职业：养老护理员（五级、四级、三级）",
            "　　二、报名时间：6月1日至6月15日",
            "　　三、考核方式：理论考试和操作考核，满分均",
            "为一百分，两项均达到六十分为合格。",
            "　　四、收费：五级280元，四级和三级360元。",
            "　　五、对成绩有异议的，五日内可申请复核。",
        ],
        Type("serif", 31), 2.0,
    )  # fmt: skip
    sheet.write(780, 860, "云川匠艺职业技能评价有限公司", Type("serif", 30), "r")
    sheet.write(780, 916, "2025年5月20日", Type("serif", 30), "r")
    sheet.write(80, 1030, "监督电话：0000-0000059", Type("serif", 28))
    sheet.write(80, 1080, "备案信息查询：http://pjjg.osta.org.cn", Type("serif", 28))
    expected = Expected(
        kind="web",
        lines=tuple(sheet.lines),
        note="lawful: a filed body's announcement; low JPEG quality",
    )
    worn = wear.squeeze(wear.scan(sheet.finish(), 91, 0.8), 30)
    return Sample(encode.jpeg(worn, 38), expected)


MAKERS: Makers = {
    "posters/lawful-exam-course.webp": exam_course,
    "posters/lawful-furniture.gif": furniture,
    "posters/lawful-filed-body.jpg": filed_body,
}
