"""Screenshots of a phone, offending and lawful. Everything named is invented."""

from __future__ import annotations

from typing import NamedTuple

from samples import encode
from samples.expected import PUBLICITY, Expected, Makers, Sample, mentions
from samples.sheet import Colour, Sheet, Type, width_of

WHITE: Colour = (255, 255, 255)
GREY: Colour = (128, 130, 136)


class Bubble(NamedTuple):
    """A message of a chat: whether it is the owner's own, and its lines."""

    own: bool
    lines: tuple[str, ...]


def chat() -> Sample:
    """Draw a chat in which a salesman answers an asker."""
    sheet = _phone("云川捷证-小林老师")
    y = 190.0
    for bubble in (
        Bubble(True, ("老师您好，公共营养师这个证", "好考吗？")),
        Bubble(False, ("亲，很简单的，我们走内部协", "议，包·过的哦")),
        Bubble(True, ("证书有用吗，网上查得到不？",)),
        Bubble(False, ("国家承认，全国联网可查，您", "放一百个心")),
        Bubble(True, ("多少钱一位？",)),
        Bubble(False, ("团报价1680，今天定的话再送", "一本人社部的技能证书")),
    ):
        y = _bubble(sheet, y, bubble)
    expected = Expected(
        kind="ad",
        lines=tuple(sheet.lines),
        note="chat screenshot; only the salesman's lines offend",
        violations=mentions(
            (PUBLICITY, "包过", "包·过"),
            (PUBLICITY, "国家"),
            (PUBLICITY, "全国"),
            (PUBLICITY, "×××部", "人社部"),
        ),
    )
    return Sample(encode.png(sheet.finish(), 64), expected)


def _phone(title: str) -> Sheet:
    sheet = Sheet(780, 1320, (237, 237, 237))
    sheet.ink(40, 36, "9:41", Type("sans-bold", 26))
    sheet.box((690, 24, 736, 48), outline=(60, 60, 60), width=2, radius=6)
    sheet.box((694, 28, 722, 44), (60, 60, 60), radius=3)
    sheet.ink(36, 98, "〈", Type("sans", 36), "m")
    sheet.write(390, 98, title, Type("sans-bold", 34), "m")
    sheet.line((0, 140, 780, 140), (214, 214, 214))
    sheet.box((0, 1220, 780, 1320), (247, 247, 247))
    sheet.box((90, 1242, 600, 1298), WHITE, radius=10)
    for x in (46, 650, 726):
        sheet.dot(x, 1270, 24, (200, 200, 204))
        sheet.dot(x, 1270, 21, (247, 247, 247))
    return sheet


def _bubble(sheet: Sheet, y: float, bubble: Bubble) -> float:
    style = Type("sans", 33)
    tall = 52 * len(bubble.lines) + 34
    wide = max(width_of(line, style) for line in bubble.lines) + 48
    left = 660 - wide if bubble.own else 120
    ground = (149, 236, 105) if bubble.own else WHITE
    face = (96, 140, 190) if bubble.own else (222, 150, 110)
    x = 684 if bubble.own else 24
    sheet.box((x, y, x + 74, y + 74), face, radius=10)
    sheet.dot(x + 37, y + 30, 16, WHITE)
    sheet.box((x + 14, y + 50, x + 60, y + 74), WHITE, radius=12)
    sheet.box((left, y, left + wide, y + tall), ground, radius=12)
    for i, line in enumerate(bubble.lines):
        sheet.write(left + 24, y + 43 + 52 * i, line, style)
    return y + max(tall, 74) + 34


def warning() -> Sample:
    """Draw a regulator's article on a phone, which quotes what it warns of."""
    sheet = Sheet(780, 1320, WHITE)
    sheet.ink(40, 36, "9:41", Type("sans-bold", 26))
    sheet.write(40, 130, "警惕！“包过”“免考”都是陷阱", Type("sans-bold", 46))
    sheet.write(40, 206, "青屿市人力资源和社会保障局", Type("sans", 28, (87, 107, 149)))
    sheet.write(460, 206, "2024年3月15日", Type("sans", 28, GREY))
    text = Type("sans", 33, (58, 58, 60))
    y = sheet.paragraph(
        40, 290,
        [
            "　　近期，我局接到多起投诉：一些机构以",
            "“国家认可”“全国通用”为幌子，向群众",
            "兜售所谓技能证书。",
            "　　我局提醒广大劳动者：",
            "　　一、凡宣称“包过”“包拿证”的，均",
            "属虚假宣传，切勿轻信。",
            "　　二、报名前请先核实机构是否备案。",
            "　　三、发现冒用行政机关名义发证的，请",
            "保留聊天和转账记录，及时举报。",
        ],
        text, 1.95,
    )  # fmt: skip
    sheet.box((40, y + 10, 740, y + 150), (244, 247, 252), radius=10)
    sheet.write(70, y + 54, "举报电话：0000-0000067", Type("sans-bold", 32, (40, 60, 110)))
    sheet.write(70, y + 106, "来信地址：青屿市虚构路67号", Type("sans", 28, (40, 60, 110)))
    sheet.write(40, 1200, "阅读 1018　　赞 26　　在看 9", Type("sans", 27, GREY))
    expected = Expected(
        kind="web",
        lines=tuple(sheet.lines),
        note="lawful: the author is a regulator, and every listed word is a quotation",
    )
    return Sample(encode.jpeg(sheet.finish(), 68), expected)


MAKERS: Makers = {
    "posters/chat.png": chat,
    "posters/lawful-warning.jpg": warning,
}
