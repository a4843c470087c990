"""Covers of certificates: gold, silver or black on red, blue, green, brown."""

from __future__ import annotations

import random

from benchmarks.drawn import decor, emblem, texts
from benchmarks.drawn.canvas import Canvas, Colour, Type, fitted, near, shade

LEATHERS: tuple[Colour, ...] = (
    (142, 20, 32), (168, 22, 30), (120, 14, 24), (188, 30, 34), (24, 40, 84), (20, 66, 52),
    (70, 40, 28), (60, 16, 40),
)  # fmt: skip
FOILS: tuple[Colour, ...] = (
    (226, 186, 92), (240, 206, 110), (206, 168, 86), (216, 216, 220), (250, 226, 150),
)  # fmt: skip
FOOTS = ("{body}制", "{body}监制", "{body}印制", "{body}")


def draw(chance: random.Random, scale: float) -> Canvas:
    """Draw a cover: emblem or sign, title, body, in foil on leather."""
    width, height = chance.choice(((130, 185), (148, 210), (105, 148), (200, 145), (210, 297)))
    canvas = Canvas(width, height, scale)
    canvas.image = decor.leather(canvas.image.size, near(chance, chance.choice(LEATHERS)), chance)
    foil = near(chance, chance.choice(FOILS), 8)
    size, middle = min(width, height * 0.75) / 130, width / 2
    if chance.random() < 0.4:
        inset = 8 * size
        canvas.box((inset, inset, width - inset, height - inset), outline=foil, width=0.8)
    y = height * chance.uniform(0.1, 0.16)
    state = chance.random() < 0.6
    if state and chance.random() < 0.5:
        y = _state(canvas, chance, y, foil, size) + 6 * size
        y = _sign(canvas, chance, y, foil, size, state)
    else:
        y = _sign(canvas, chance, y, foil, size, state)
        if state:
            y = _state(canvas, chance, y, foil, size) + 4 * size
    _title(canvas, chance, max(y + 6 * size, height * 0.5), foil, size)
    body = chance.choice(FOOTS).format(body=texts.body(chance, boasting=chance.random() < 0.6))
    style = Type(chance.choice(("kai", "serif", "sans")), 5.2 * size, foil, chance.uniform(0, 1))
    canvas.write(
        middle, height * chance.uniform(0.86, 0.92), body, fitted(body, style, width * 0.84), "m"
    )
    return canvas


def _foil(foil: Colour, chance: random.Random) -> Colour | None:
    return shade(foil, chance.uniform(0.7, 1.3)) if chance.random() < 0.5 else None


def _state(canvas: Canvas, chance: random.Random, y: float, foil: Colour, size: float) -> float:
    text = chance.choice(("中华人民共和国", "中华人民共和国", "中国职业教育", "国家职业标准"))
    face, tracking = chance.choice(("serif-bold", "kai", "sans-bold")), chance.uniform(1, 5) * size
    style = Type(face, 8.2 * size, foil, tracking, lower=_foil(foil, chance))
    canvas.write(
        canvas.width / 2, y + 5 * size, text, fitted(text, style, canvas.width * 0.84), "m"
    )
    return y + 11 * size


def _sign(
    canvas: Canvas, chance: random.Random, y: float, foil: Colour, size: float, state: bool
) -> float:
    side = chance.uniform(30, 44) * size
    middle = canvas.width / 2
    if canvas.height < canvas.width:
        side *= 0.75
    if state or chance.random() < 0.3:
        style = chance.choice(("gold", "gold", "gold", "colour"))
        emblem.place(canvas, middle, y + side / 2, side, style, chance)
    elif chance.random() < 0.7:
        kind = chance.choice(("gear", "laurel", "ring", "star"))
        decor.medal(canvas, middle, y + side / 2, side * 0.42, foil, kind)
        canvas.note("decoy", (middle, y, middle, y), kind)
    return y + side + 4 * size


def _title(canvas: Canvas, chance: random.Random, y: float, foil: Colour, size: float) -> None:
    text = chance.choice(texts.BAD_TITLES if chance.random() < 0.7 else texts.PLAIN_TITLES)
    style = Type(chance.choice(("serif-bold", "kai", "sans-bold", "serif")), 14 * size, foil,
                 chance.uniform(0, 4) * size, squeeze=chance.choice((1, 1, 0.85)),
                 lower=_foil(foil, chance), bold=chance.choice((0, 0.02)))  # fmt: skip
    style = fitted(text, style, canvas.width * 0.86)
    canvas.write(canvas.width / 2, y, text, style, "m")
    if chance.random() < 0.6:
        english = chance.choice(texts.ENGLISH)
        small = Type(chance.choice(("serif", "sans")), 4.6 * size, foil, chance.uniform(0, 0.6))
        canvas.write(
            canvas.width / 2,
            y + 13 * size,
            english,
            fitted(english, small, canvas.width * 0.84),
            "m",
        )
