"""Certificates, in the forms that inspectors are handed: sheets, booklets, tables, columns."""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence

import numpy as np
from PIL import Image

from benchmarks.drawn import codes, decor, emblem, seals, texts
from benchmarks.drawn.canvas import INK, Canvas, Colour, Type, fitted, near, width_of
from benchmarks.drawn.wording import Wording

A4 = (210.0, 297.0)
FACES = ("serif", "kai", "sans")
Layout = Callable[[random.Random, float, Wording], Canvas]


def sheet(chance: random.Random, scale: float, said: Wording) -> Canvas:
    """Draw a single sheet across: border, portrait, prose, fields, seal."""
    width, height = chance.choice(((297, 210), (280, 200), (260, 185)))
    canvas, tint, inner = _paper(chance, (width, height), scale)
    y = _head(canvas, chance, said, inner, tint)
    x = inner + 6
    if chance.random() < 0.6:
        decor.portrait(canvas, x, y + 4, (35, 47), chance)
        x += 44
    style = _prose_style(chance, 6.2)
    room = int((width - inner - 4 - x) / style.size)
    y = canvas.paragraph(x, y + 8, texts.wrap("　　" + said.prose, room), style, 1.75)
    bottom = height - inner - 6
    y = _fields(canvas, chance, x, y + 2, said.pairs, 8.5, bottom - 24 - y)
    _foot(canvas, chance, said, width - inner - 8, bottom - 10)
    _site(canvas, chance, said, inner + 8, bottom)
    return canvas


def upright(chance: random.Random, scale: float, said: Wording) -> Canvas:
    """Draw an upright sheet: title, portrait in the middle, fields, seal at the foot."""
    width, height = chance.choice((A4, (190, 270), (148, 210)))
    size = width / 210
    canvas, tint, inner = _paper(chance, (width, height), scale)
    y = _head(canvas, chance, said, inner, tint)
    if chance.random() < 0.7:
        tall = 47 * size
        decor.portrait(canvas, width / 2 - 17.5 * size, y, (35 * size, tall), chance)
        y += tall + 8 * size
    style = _prose_style(chance, 6.4 * size)
    room = int((width - 2 * inner - 8 * size) / style.size)
    y = canvas.paragraph(
        inner + 4 * size, y + 5 * size, texts.wrap("　　" + said.prose, room), style, 1.8
    )
    room = height * 0.8 - y
    _fields(canvas, chance, inner + 14 * size, y + 4 * size, said.pairs, 12 * size, room)
    _foot(canvas, chance, said, width - inner - 10 * size, height - inner - 26 * size)
    _site(canvas, chance, said, inner + 6 * size, height - inner - 4)
    return canvas


def booklet(chance: random.Random, scale: float, said: Wording) -> Canvas:
    """Draw the two inner pages of a booklet."""
    width, height = chance.choice(((260, 185), (250, 176), (210, 148)))
    canvas, tint, inner = _paper(chance, (width, height), scale, framed=False)
    half = width / 2
    for left in (6, half + 5):
        canvas.box((left, 6, left + half - 11, height - 6), outline=tint, width=0.5)
    decor.portrait(canvas, half / 2 - 17, 18, (35, 47), chance)
    style = _prose_style(chance, 5.4)
    room = int((half - 30) / style.size)
    y = canvas.paragraph(15, 82, texts.wrap("　　" + said.prose, room), style, 1.75)
    if chance.random() < 0.5:
        canvas.write(15, min(y + 8, height - 18), "持证人签名：", style._replace(face="serif"))
    title = Type(chance.choice(("serif-bold", "kai", "sans-bold")), 10, tint, chance.uniform(0, 2))
    canvas.write(half * 1.5, 24, said.title, fitted(said.title, title, half - 26), "m")
    _fields(canvas, chance, half + 16, 40, said.pairs, 13, height - 85, ruled=True)
    _foot(canvas, chance, said, width - 16, height - 32)
    _fold(canvas, half)
    return canvas


def table(chance: random.Random, scale: float, said: Wording) -> Canvas:
    """Draw a form of ruled cells."""
    width, height = A4
    canvas, tint, inner = _paper(chance, A4, scale)
    y = _head(canvas, chance, said, inner, tint) + 4
    left, right = inner + 4, width - inner - 4
    tall, label = chance.uniform(11, 15), chance.uniform(26, 34)
    first, second = _label_style(chance, 5.2), _value_style(chance, 5.4)
    pairs = list(said.pairs)
    photo = chance.random() < 0.6
    edge = right - 40 if photo else right
    while pairs:
        two = len(pairs) > 1 and all(
            width_of(v, second) < (edge - left) / 2 - label - 4 for _, v in pairs[:2]
        )
        row = [pairs.pop(0) for _ in range(2 if two else 1)]
        broad = (edge - left) / len(row)
        for i, (name, value) in enumerate(row):
            x = left + broad * i
            canvas.box((x, y, x + broad, y + tall), outline=INK, width=0.3)
            canvas.line((x + label, y, x + label, y + tall))
            canvas.write(x + label / 2, y + tall / 2, name, first, "m")
            canvas.write(
                x + label + 3, y + tall / 2, value, fitted(value, second, broad - label - 5)
            )
        y += tall
    if photo:
        decor.portrait(canvas, right - 37, y - min(y - inner, 48), (35, 46), chance)
    style = _prose_style(chance, 5.8)
    canvas.box((left, y, right, y + 60), outline=INK, width=0.3)
    room = int((right - left - 12) / style.size)
    canvas.paragraph(left + 6, y + 9, texts.wrap("　　" + said.prose, room), style, 1.75)
    _foot(canvas, chance, said, right - 8, y + 46 if chance.random() < 0.3 else y + 78)
    _site(canvas, chance, said, left + 4, height - inner - 4)
    return canvas


def columns(chance: random.Random, scale: float, said: Wording) -> Canvas:
    """Draw a sheet whose title, and perhaps its prose, runs in columns from the right."""
    width, height = chance.choice(((297, 210), (210, 297), (260, 185)))
    canvas, tint, inner = _paper(chance, (width, height), scale)
    face = chance.choice(("serif-bold", "kai"))
    size = min(15.0, (height - 2 * inner - 10) / len(said.title) / 1.15)
    x = width - inner - size
    canvas.column(x, inner + 6, said.title, Type(face, size, tint, size * 0.1))
    x -= size * 1.6
    style = _prose_style(chance, 6.6)
    lines = texts.wrap(said.prose, int((height - 2 * inner - 30) / (style.size * 1.05)))
    canvas.note_broken(lines)
    for line in lines:
        canvas.column(x, inner + 12, line, style._replace(tracking=style.size * 0.05))
        x -= style.size * 1.75
    left = inner + 6
    y = _fields(canvas, chance, left, inner + 12, said.pairs, 10, 55)
    if chance.random() < 0.5:
        decor.portrait(canvas, left, y + 4, (28, 38), chance)
    _foot(canvas, chance, said, max(left + 105, x), height - inner - 26)
    return canvas


def award(chance: random.Random, scale: float, said: Wording) -> Canvas:
    """Draw an ornate sheet with little on it: large title, prose, seal."""
    width, height = chance.choice(((297, 210), (285, 210), (250, 180)))
    tint = chance.choice(((168, 24, 30), (176, 130, 40), (140, 30, 36)))
    canvas, _, inner = _paper(chance, (width, height), scale, tint=tint)
    y = _head(canvas, chance, said, inner, tint)
    style = Type(chance.choice(("kai", "serif")), 8.0, tracking=chance.uniform(0, 0.8))
    room = int((width - 2 * inner - 20) / (style.size + style.tracking))
    canvas.paragraph(inner + 10, y + 12, texts.wrap("　　" + said.prose, room), style, 1.9)
    canvas.write(
        inner + 10,
        height - inner - 14,
        "编号：" + dict(said.pairs).get("证书编号", "018"),
        style._replace(size=5),
    )
    _foot(canvas, chance, said, width - inner - 14, height - inner - 26)
    return canvas


LAYOUTS: tuple[Layout, ...] = (sheet, upright, booklet, table, columns, award)


def _paper(chance: random.Random, size: tuple[float, float], scale: float, framed: bool = True,
           tint: Colour | None = None) -> tuple[Canvas, Colour, float]:  # fmt: skip
    canvas = Canvas(*size, scale, near(chance, chance.choice(decor.PAPERS), 4))
    tint = tint or near(chance, chance.choice(decor.BORDERS))
    decor.ground(canvas, tint, chance)
    if chance.random() < 0.12:
        middle = (size[0] / 2, size[1] * 0.55)
        emblem.place(canvas, *middle, min(size) * chance.uniform(0.25, 0.5), "watermark", chance)
    inner = decor.frame(canvas, tint, chance) if framed else 12.0
    return canvas, tint, inner


def _head(
    canvas: Canvas, chance: random.Random, said: Wording, inner: float, tint: Colour
) -> float:
    """Write what stands at the top; return where the rest may begin."""
    middle, size = canvas.width / 2, min(canvas.width, canvas.height) / 210
    y = inner + 4
    if said.state and chance.random() < 0.7:
        style = chance.choice(("colour", "colour", "red-white", "gold", "line"))
        side = chance.uniform(20, 34) * size
        emblem.place(canvas, middle, y + side / 2, side, style, chance)
        y += side + 3
    elif chance.random() < 0.2:
        kind = chance.choice(("gear", "laurel", "star", "ring"))
        decor.medal(canvas, middle, y + 10 * size, 9 * size, tint, kind)
        canvas.note("decoy", (middle, y, middle, y), kind)
        y += 22 * size
    if said.state:
        state = Type(
            chance.choice(("serif-bold", "kai", "sans-bold")),
            8.5 * size,
            tint,
            chance.uniform(1, 9),
        )
        canvas.write(
            middle,
            y + 6 * size,
            said.state,
            fitted(said.state, state, canvas.width - 2 * inner),
            "m",
        )
        y += 14 * size
    y = _title(canvas, chance, said.title, (middle, y, canvas.width - 2 * inner - 10), tint)
    if said.english:
        style = Type(chance.choice(("serif", "sans")), 4.2 * size, tint, chance.uniform(0, 0.8))
        canvas.write(
            middle, y + 2, said.english, fitted(said.english, style, canvas.width - 2 * inner), "m"
        )
        y += 8 * size
    return y + 3 * size


def _title(canvas: Canvas, chance: random.Random, text: str, place: tuple[float, float, float],
           tint: Colour) -> float:  # fmt: skip
    middle, y, room = place
    size = min(canvas.width, canvas.height) / 210
    style = Type(
        chance.choice(("serif-bold", "kai", "sans-bold", "serif")), chance.uniform(13, 18) * size,
        chance.choice((tint, tint, (30, 28, 30), (176, 26, 32))), chance.uniform(0, 5) * size,
        bold=chance.choice((0, 0, 0.02)), squeeze=chance.choice((1, 1, 0.85)),
    )  # fmt: skip
    if len(text) >= 6 and chance.random() < 0.2:
        cut = chance.randint(3, len(text) - 3)
        parts = [text[:cut], text[cut:]]
    else:
        parts = [text]
    for part in parts:
        tall = fitted(part, style, room)
        canvas.write(middle, y + tall.size * 0.65, part, tall, "m")
        y += tall.size * 1.35
    canvas.note_broken(parts)
    return y


def _prose_style(chance: random.Random, size: float) -> Type:
    ink = chance.choice((INK, INK, (20, 20, 24), (60, 52, 50)))
    return Type(chance.choice(FACES), size * chance.uniform(0.88, 1.08), ink)


def _label_style(chance: random.Random, size: float) -> Type:
    return Type(
        chance.choice(("serif", "sans")), size, chance.choice((INK, (92, 84, 70), (70, 82, 84)))
    )


def _value_style(chance: random.Random, size: float) -> Type:
    return Type(chance.choice(FACES), size, chance.choice((INK, (24, 28, 70), (16, 16, 18))))


def _fields(canvas: Canvas, chance: random.Random, x: float, y: float,
            pairs: Sequence[tuple[str, str]], step: float, room: float,
            ruled: bool | None = None) -> float:  # fmt: skip
    """Write labels and values below each other, as many as there is room for.

    Return the next line's middle height.
    """
    least = step * 0.62
    pairs = pairs[: max(1, int(room / least))]
    step = min(step, max(least, room / len(pairs)))
    size = min(5.8, step * 0.62)
    first, second = _label_style(chance, size), _value_style(chance, size * 1.05)
    sign = chance.choice(("：", "：", ""))
    wide = max(width_of(name + sign, first) for name, _ in pairs) + size * 0.4
    apart = chance.random() < 0.3
    ruled = chance.random() < 0.4 if ruled is None else ruled
    for name, value in pairs:
        track = (
            (wide - size * 0.4 - width_of(name + sign, first)) / max(1, len(name) - 1)
            if apart
            else 0
        )
        canvas.write(x, y, name + sign, first._replace(tracking=min(track, size * 2)))
        canvas.write(x + wide + size * 0.4, y, value, second)
        if ruled:
            canvas.line(
                (x + wide, y + size * 0.75, x + wide + size * 14, y + size * 0.75),
                (90, 86, 90),
                0.2,
            )
        y += step
    return y


def _foot(canvas: Canvas, chance: random.Random, said: Wording, right: float, y: float) -> None:
    """Write issuer and date, and press the seal on them."""
    size = min(6.0, canvas.width / 38) * chance.uniform(0.85, 1.05)
    style = Type(chance.choice(FACES), size)
    lead = chance.choice(("", "", "发证机构：", "评审单位："))
    wide = canvas.write(
        right, y, lead + said.issuer, fitted(lead + said.issuer, style, canvas.width * 0.5), "r"
    )
    canvas.write(right, y + size * 1.8, said.day, style, "r")
    made = seals.design(chance, said.seal, said.purpose)
    if chance.random() < 0.92:
        x = right - wide * chance.uniform(0.25, 0.75)
        seals.press(
            canvas,
            x,
            min(y + chance.uniform(-8, 6), canvas.height - made.size[1] / 2 - 2),
            made,
            chance,
        )
    if chance.random() < 0.1:
        other = seals.design(chance, texts.body(chance), chance.choice(texts.PURPOSES))
        if canvas.width > 200:
            seals.press(canvas, right - 120, y, other, chance)


def _site(canvas: Canvas, chance: random.Random, said: Wording, x: float, bottom: float) -> None:
    """Print the code in the lower left corner, with a word below or beside it."""
    if not said.site:
        return
    side = chance.uniform(14, 26)
    codes.qr(canvas, x, bottom - side - 6, side, said.site, chance)
    style = Type("sans", 3.2, (80, 80, 84))
    canvas.write(x + side / 2, bottom - 3, said.note, style, "m")
    if chance.random() < 0.15:
        codes.bars(
            canvas, x + side + 8, bottom - 16, (46, 10), dict(said.pairs).get("证书编号", "ZS018")
        )


def _fold(canvas: Canvas, x: float) -> None:
    """Darken the valley between two pages."""
    pixels = np.asarray(canvas.image, np.float32)
    away = np.abs(np.arange(pixels.shape[1]) - x * canvas.scale) / (canvas.scale * 7)
    dark = 1 - 0.35 * np.exp(-(away**2))
    canvas.image = Image.fromarray((pixels * dark[None, :, None]).astype(np.uint8))
