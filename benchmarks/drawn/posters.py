"""Posters and price lists for training, loud and quiet, in either kind of characters."""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from typing import NamedTuple

from benchmarks.drawn import codes, decor, texts, traditional
from benchmarks.drawn.canvas import Canvas, Colour, Type, fitted, near, width_of

WHITE: Colour = (255, 255, 255)
GROUNDS: tuple[Colour, ...] = (
    (206, 26, 32), (22, 44, 96), (250, 246, 236), (20, 110, 96), (240, 120, 40), (34, 34, 40),
    (90, 50, 140), (24, 120, 200),
)  # fmt: skip
BRIGHT: tuple[Colour, ...] = ((255, 226, 96), (255, 255, 255), (255, 240, 200), (120, 240, 255))


class Copy(NamedTuple):
    """What a poster says."""

    headline: str
    lines: tuple[str, ...]
    sender: str
    rows: tuple[tuple[str, str, str], ...]


def simplified(chance: random.Random) -> Copy:
    """Write an ad; three in four promise what the notices list."""
    lines = chance.sample(texts.BAD_ADS, chance.choice((0, 3, 4, 5)))
    lines += chance.sample(texts.PLAIN_ADS, chance.randint(2, 4))
    chance.shuffle(lines)
    rows = tuple((work, chance.choice(texts.GRADES), f"{chance.randint(6, 59) * 100 - 20}元")
                 for work in chance.sample(texts.OCCUPATIONS, chance.randint(4, 7)))  # fmt: skip
    return Copy(
        chance.choice(texts.HEADLINES),
        tuple(lines),
        texts.body(chance, chance.random() < 0.4),
        rows,
    )


def traditional_copy(chance: random.Random) -> Copy:
    """Write an ad in traditional characters."""
    lines = chance.sample(traditional.ADS, chance.randint(5, 7))
    rows = tuple((work, chance.choice(("初級", "中級", "高級")), f"{chance.randint(6, 59) * 100}元")
                 for work in chance.sample(traditional.OCCUPATIONS, 5))  # fmt: skip
    return Copy(
        chance.choice(traditional.HEADLINES), tuple(lines), chance.choice(traditional.BODIES), rows
    )


def draw(chance: random.Random, scale: float, said: Copy) -> Canvas:
    """Draw a poster; units are hundredths of its width."""
    canvas = Canvas(100, chance.choice((133, 145, 178, 75)), scale)
    light = _ground(canvas, chance)
    ink = near(chance, (30, 30, 40)) if light else WHITE
    strong = (190, 20, 30) if light else chance.choice(BRIGHT)
    y = _headline(canvas, chance, said, ink, strong)
    body: Callable[..., float] = chance.choice((_bullets, _cards, _prices, _bullets))
    if canvas.height < 100:
        body = _bullets
    y = body(canvas, chance, said, y, ink, strong)
    _contact(canvas, chance, said, min(y + 8, canvas.height - 14), ink)
    return canvas


def _ground(canvas: Canvas, chance: random.Random) -> bool:
    """Fill the page; return whether it is light."""
    look = chance.random()
    if look < 0.2:
        decor.scenery(canvas, chance)
        veil = chance.uniform(0.45, 0.7)
        canvas.image = canvas.image.point(lambda v: int(v * (1 - veil)))
        return False
    base = near(chance, chance.choice(GROUNDS))
    if look < 0.65:
        decor.gradient(canvas, base, near(chance, base, 50), chance.random())
    else:
        canvas.box((0, 0, canvas.width, canvas.height), base)
        if look > 0.8:
            decor.rays(canvas, 50, 36, near(chance, base, 12))
    return sum(base) > 560


def _headline(
    canvas: Canvas, chance: random.Random, said: Copy, ink: Colour, strong: Colour
) -> float:
    y = 8.0
    if chance.random() < 0.6:
        canvas.write(50, y, said.sender, fitted(said.sender, Type("sans", 4.2, ink, 0.2), 90), "m")
        y += 6
    size = chance.uniform(10, 16)
    style = Type(chance.choice(("sans-bold", "serif-bold", "sans-bold", "kai")), size, strong,
                 chance.uniform(0, 1), bold=chance.choice((0, 0.02)),
                 rim=near(chance, (60, 10, 10)) if chance.random() < 0.25 else None)  # fmt: skip
    style = fitted(said.headline, style, 92)
    if chance.random() < 0.2:
        wide = width_of(said.headline, style) + 6
        canvas.box((50 - wide / 2, y, 50 + wide / 2, y + style.size * 1.5), ink, radius=3)
        style = style._replace(fill=(200, 24, 30) if ink == WHITE else WHITE, rim=None)
    canvas.write(50, y + style.size * 0.75, said.headline, style, "m")
    return y + style.size * 1.5 + 6


def _bullets(
    canvas: Canvas, chance: random.Random, said: Copy, y: float, ink: Colour, strong: Colour
) -> float:
    style = Type(
        chance.choice(("sans-bold", "sans", "serif-bold", "kai")), chance.uniform(4.4, 6.2), ink
    )
    step = min(style.size * 1.9, (canvas.height - y - 24) / len(said.lines))
    style = style._replace(size=min(style.size, step * 0.75))
    for line in said.lines:
        canvas.dot(9, y, style.size * 0.28, strong)
        canvas.write(13, y, line, fitted(line, style, 82))
        y += step
    return y


def _cards(
    canvas: Canvas, chance: random.Random, said: Copy, y: float, ink: Colour, strong: Colour
) -> float:
    tall = min(15.0, (canvas.height - y - 22) / len(said.lines))
    text = near(chance, (40, 40, 60))
    style = Type(chance.choice(("sans-bold", "sans")), min(5.0, tall * 0.45), text)
    for line in said.lines:
        canvas.box((6, y, 94, y + tall * 0.82), WHITE, radius=chance.choice((0, 2, 3)))
        canvas.box((6, y, 9, y + tall * 0.82), strong)
        canvas.write(13, y + tall * 0.41, line, fitted(line, style, 78))
        y += tall
    return y


def _prices(
    canvas: Canvas, chance: random.Random, said: Copy, y: float, ink: Colour, strong: Colour
) -> float:
    rows = said.rows[: max(2, int((canvas.height - y - 58) / 9))]
    canvas.box((5, y, 95, y + 9 * len(rows) + 2), WHITE, radius=2)
    style = Type("sans", 4.2, (40, 40, 50))
    y += 5.5
    for work, grade, price in rows:
        canvas.write(9, y, work, fitted(work, style, 42))
        canvas.write(55, y, grade, style)
        canvas.write(91, y, price, style._replace(face="sans-bold", fill=(200, 30, 30)), "r")
        canvas.line((8, y + 4.4, 92, y + 4.4), (220, 220, 224), 0.15)
        y += 9
    big = Type("sans-bold", 5.0, strong)
    for line in said.lines[:3]:
        canvas.write(50, y + 3, line, fitted(line, big, 88), "m")
        y += 8.5
    return y


def _contact(canvas: Canvas, chance: random.Random, said: Copy, y: float, ink: Colour) -> None:
    y = (
        max(y, canvas.height - chance.uniform(14, 24))
        if canvas.height > 100
        else canvas.height - 11
    )
    style = Type("sans", 3.4, ink)
    x = 8.0
    if chance.random() < 0.65:
        side = chance.uniform(12, 18)
        top = min(y - side / 2, canvas.height - side - 2)
        codes.qr(canvas, 8, top, side, texts.address(chance, _hosts(chance)), chance)
        x += side + 3
    lines = (f"咨询电话：0000-{texts.digits(chance, 7)}", f"微信号：kz{texts.digits(chance, 5)}")
    for i, line in enumerate(lines):
        canvas.write(x, y - 2 + 5.4 * i, line, style)


def _hosts(chance: random.Random) -> Sequence[str]:
    return texts.FALSE_HOSTS if chance.random() < 0.5 else texts.PLAIN_HOSTS
