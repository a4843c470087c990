"""Screenshots of chats with salesmen, light and dark."""

from __future__ import annotations

import random

from benchmarks.drawn import codes, texts
from benchmarks.drawn.canvas import Canvas, Colour, Type, near, shade, width_of

LIGHT = ((237, 237, 237), (255, 255, 255), (149, 236, 105), (24, 24, 26), (130, 132, 138))
DARK = ((17, 17, 18), (44, 44, 46), (40, 132, 84), (222, 222, 224), (120, 122, 128))
BLUE = ((240, 243, 248), (255, 255, 255), (64, 136, 255), (30, 34, 44), (140, 146, 156))
ASK, ANSWER = "ask", "answer"


def draw(chance: random.Random, scale: float) -> Canvas:
    """Draw a chat; units are hundredths of the screen's width."""
    back, other, own, ink, pale = chance.choice((LIGHT, DARK, BLUE, LIGHT, DARK))
    canvas = Canvas(100, chance.choice((178, 200, 216)), scale, back)
    size = chance.uniform(3.8, 4.6)
    canvas.write(
        6,
        4,
        f"{chance.randint(0, 23)}:{chance.randint(10, 59)}",
        Type("sans-bold", 3.4, ink),
    )
    canvas.box((88, 2.8, 94, 5.4), outline=ink, width=0.2, radius=0.6)
    canvas.write(50, 12, chance.choice(texts.CHAT_NAMES), Type("sans-bold", 4.4, ink), "m")
    canvas.line((0, 17, 100, 17), pale, 0.15)
    y = 22.0
    pools = [(ASK, chance.sample(texts.ASKED, len(texts.ASKED))),
             (ANSWER, chance.sample(texts.ANSWERED, len(texts.ANSWERED)))]  # fmt: skip
    mine = chance.random() < 0.7  # whether the asker holds the phone
    for _ in range(chance.randint(3, 8)):
        if chance.random() < 0.25 and y < canvas.height - 50:
            day = chance.choice(("昨天", "星期三", "上午", "下午"))
            said = f"{day} {chance.randint(1, 12)}:{chance.randint(10, 59)}"
            canvas.write(50, y + 1, said, Type("sans", 3.0, pale), "m")
            y += 6
        for who, pool in pools:
            if y > canvas.height - 40:
                break
            right = (who == ASK) == mine
            ground = own if right else other
            words = ink if not (right and own == BLUE[2]) else (255, 255, 255)
            y = _bubble(canvas, chance, (y, right), pool.pop(), Type("sans", size, words), ground)
    if chance.random() < 0.6 and y < canvas.height - 46:
        canvas.box((16, y, 58, y + 30), other, radius=1.5)
        codes.qr(canvas, 26, y + 2, 22, texts.address(chance, texts.FALSE_HOSTS), chance)
        canvas.write(
            37, y + 27, "扫码加好友报名", Type("sans", 2.9, pale if other != DARK[1] else ink), "m"
        )
    _keyboard(canvas, back, other, pale)
    return canvas


def _bubble(
    canvas: Canvas,
    chance: random.Random,
    place: tuple[float, bool],
    text: str,
    style: Type,
    ground: Colour,
) -> float:
    y, right = place
    lines = texts.wrap(text, int(62 / style.size))
    canvas.note_broken(lines)
    wide = max(width_of(line, style) for line in lines) + 6
    tall = style.size * 1.55 * len(lines) + 3.4
    left = 84 - wide if right else 16
    face = near(chance, (150, 150, 150), 70)
    x = 87 if right else 4
    canvas.box((x, y, x + 9, y + 9), face, radius=1.2)
    canvas.dot(x + 4.5, y + 3.8, 2, shade(face, 2))
    canvas.box((left, y, left + wide, y + tall), ground, radius=1.4)
    for i, line in enumerate(lines):
        canvas.write(left + 3, y + 1.7 + style.size * (0.78 + 1.55 * i), line, style)
    return y + max(tall, 9) + 4.5


def _keyboard(canvas: Canvas, back: Colour, other: Colour, pale: Colour) -> None:
    top = canvas.height - 12
    canvas.box((0, top, 100, canvas.height), shade(back, 0.96 if sum(back) > 300 else 1.05))
    canvas.box((12, top + 2.5, 76, top + 9.5), other, radius=1.2)
    for x in (6, 83, 93):
        canvas.pen.ellipse(
            canvas.px(x - 3, top + 3, x + 3, top + 9),
            outline=pale,
            width=max(1, round(canvas.scale * 0.3)),
        )
