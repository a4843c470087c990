"""Posters and price lists that offend. Everything named is invented."""

from __future__ import annotations

from collections.abc import Sequence

from samples import encode, wear
from samples.expected import (
    GD_PUBLICITY,
    PUBLICITY,
    SHAM,
    UNFILED,
    Expected,
    Makers,
    Sample,
    mentions,
)
from samples.sheet import SCALE, Colour, Sheet, Type

WHITE: Colour = (255, 255, 255)
RED: Colour = (206, 26, 32)
YELLOW: Colour = (255, 226, 96)
NAVY: Colour = (22, 44, 96)
GREY: Colour = (128, 130, 136)


def _rays(sheet: Sheet, x: float, y: float, colour: Colour) -> None:
    # The sunburst that no promotional poster goes without.
    reach = SCALE * (sheet.width + sheet.height)
    for start in range(0, 360, 15):
        box = [SCALE * v for v in (x - reach, y - reach, x + reach, y + reach)]
        sheet.pen.pieslice(box, start, start + 7, fill=colour)


def guarantee() -> Sample:
    """Draw, in white on red, a poster that promises everything."""
    sheet = Sheet(860, 1240, RED)
    _rays(sheet, 430, 330, (216, 42, 42))
    sheet.write(430, 90, "青屿众才教育 · 秋季特惠班", Type("sans", 34, WHITE, 4), "m")
    sheet.write(430, 220, "健康管理师", Type("sans-bold", 118, WHITE, 8), "m")
    sheet.box((110, 312, 750, 436), YELLOW, radius=62)
    sheet.write(430, 372, "零基础 包过班", Type("sans-bold", 74, RED, 4), "m")
    big = Type("sans-bold", 46, WHITE, 2)
    for i, line in enumerate(
        (
            "签约保过，一次拿下证书",
            "工信部认证，国家认可",
            "全国通用，终身有效",
        )
    ):
        y = 520 + 84 * i
        sheet.dot(112, y, 17, YELLOW)
        sheet.ink(112, y, "✓", Type("sans-bold", 26, RED), "m")
        sheet.write(148, y, line, big)
    sheet.box((60, 790, 800, 1176), WHITE, radius=26)
    sheet.write(110, 850, "限时学费", Type("sans", 34, NAVY))
    sheet.write(110, 936, "￥2980", Type("sans-bold", 96, RED))
    sheet.write(110, 1028, "原价￥5980，仅剩18个名额", Type("sans", 28, GREY))
    sheet.write(110, 1088, "咨询电话：0000-0000018", Type("sans", 30, NAVY))
    sheet.write(110, 1138, "地址：临汐市虚构路18号", Type("sans", 26, GREY))
    sheet.code(566, 842, 200, "https://zhongcai.zs-chaxun.example/baoming")
    sheet.write(666, 1072, "扫码报名", Type("sans-bold", 32, NAVY), "m")
    expected = Expected(
        kind="ad",
        lines=tuple(sheet.lines),
        note="white on red; the page is mostly red, so red must not be taken for a seal",
        violations=mentions(
            (PUBLICITY, "包过"),
            (UNFILED, "保过"),
            (PUBLICITY, "×××部", "工信部"),
            (PUBLICITY, "国家"),
            (PUBLICITY, "全国"),
        ),
    )
    return Sample(encode.jpeg(sheet.finish(), 62), expected)


def prices() -> Sample:
    """Draw a price list of certificates, photographed from a notice board."""
    sheet = Sheet(900, 1240, (255, 252, 240))
    sheet.box((0, 0, 900, 190), (240, 130, 20))
    sheet.write(450, 78, "考证取证价目表", Type("sans-bold", 72, WHITE, 10), "m")
    sheet.write(450, 148, "云川捷证咨询服务部", Type("sans", 30, WHITE, 2), "m")
    rows = (
        ("项目", "价格", "周期"),
        ("收纳整理师", "1200元", "5个工作日"),
        ("家庭教育指导师", "1680元", "7个工作日"),
        ("碳排放管理师", "2600元", "15个工作日"),
        ("催乳师", "980元", "5个工作日"),
        ("BIM工程师", "1980元", "10个工作日"),
    )
    for i, row in enumerate(rows):
        _table_row(sheet, 270 + 84 * i, row, head=i == 0)
    big = Type("sans-bold", 42, RED)
    sheet.write(60, 830, "免考直出，名额不多！", big)
    sheet.write(60, 906, "国家级证书，人社部官网可查", big)
    sheet.write(60, 982, "中国职业人才库同步登记", big)
    sheet.write(60, 1080, "电话微信同号：0000-0000026", Type("sans", 34, NAVY))
    sheet.write(60, 1140, "周末不休，随到随办", Type("sans", 30, GREY))
    expected = Expected(
        kind="ad",
        lines=tuple(sheet.lines),
        note="photographed price list; the last two sentences name the state and a ministry",
        violations=mentions(
            (SHAM, "走过场直接发证", "免考直出"),
            (PUBLICITY, "国家"),
            (PUBLICITY, "×××部", "人社部"),
            (PUBLICITY, "中国"),
        ),
    )
    shot = wear.photograph(
        sheet.finish(), 83, ((74, 66), (918, 104), (900, 1300), (104, 1270)), (980, 1360),
        (168, 160, 146),
    )  # fmt: skip
    return Sample(encode.webp(shot, 52), expected)


def _table_row(sheet: Sheet, y: float, row: Sequence[str], head: bool) -> None:
    ground = (252, 222, 176) if head else None
    sheet.box((50, y - 42, 850, y + 42), ground, (214, 150, 80), 1)
    style = Type("sans-bold" if head else "sans", 34)
    sheet.lines.append(" ".join(row))
    for x, cell in zip((210, 480, 720), row, strict=True):
        sheet.ink(x, y, cell, style, "m")
    for x in (370, 590):
        sheet.line((x, y - 42, x, y + 42), (214, 150, 80))


def points_gd() -> Sample:
    """Draw a Guangdong poster: residence points, subsidies and other baits."""
    sheet = Sheet(860, 1200, NAVY)
    _rays(sheet, 430, 1300, (28, 54, 112))
    sheet.write(430, 110, "考证也能领福利", Type("sans-bold", 66, YELLOW, 4), "m")
    sheet.write(430, 200, "云川好学教育 2023春季招生", Type("sans", 34, WHITE), "m")
    baits = (
        ("积分入户", "拿证可加分，落户快一步"),
        ("高补贴", "考完申请，最多可领三千元"),
        ("无门槛", "零基础小白均可报名"),
        ("不限年龄", "十八岁至六十岁都能学"),
        ("官方认证", "权威证书，企业抢着要"),
    )
    for i, (word, line) in enumerate(baits):
        y = 320 + 136 * i
        sheet.box((60, y - 54, 800, y + 54), WHITE, radius=18)
        sheet.box((60, y - 54, 300, y + 54), YELLOW, radius=18)
        sheet.write(180, y, word, Type("sans-bold", 48, NAVY), "m")
        sheet.write(324, y, line, Type("sans", 34, NAVY))
    sheet.write(430, 1060, "报名热线：0000-0000034", Type("sans-bold", 42, WHITE), "m")
    sheet.write(430, 1124, "养老护理员 / 保育师 / 中式烹调师", Type("sans", 30, YELLOW), "m")
    expected = Expected(
        kind="ad",
        lines=tuple(sheet.lines),
        note="the gimmick words of the Guangdong notice; elsewhere they are no listed terms",
        violations=mentions(
            (GD_PUBLICITY, "积分入户"),
            (GD_PUBLICITY, "高补贴"),
            (GD_PUBLICITY, "无门槛"),
            (GD_PUBLICITY, "不限年龄"),
            (GD_PUBLICITY, "官方认证"),
            (GD_PUBLICITY, "权威证书"),
        ),
        jurisdiction="GD",
    )
    return Sample(encode.png(sheet.finish(), 64), expected)


MAKERS: Makers = {
    "posters/guarantee.jpg": guarantee,
    "posters/prices.webp": prices,
    "posters/points-gd.png": points_gd,
}
