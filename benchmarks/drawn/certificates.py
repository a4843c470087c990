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
    pictured = chance.random() < 0.6
    free = y + 54  # below the portrait
    if pictured:
        decor.portrait(canvas, x, y + 4, (35, 47), chance)
        x += 44
    bottom = height - inner - 6
    area = (x, y + 4, width - inner - 4, y + 4 + (bottom - 30 - y) * 0.55)
    y = _prose(canvas, said.prose, area, _prose_style(chance, 6.2))
    y = _fields(canvas, chance, x, y + 2, said.pairs, 8.5, bottom - 24 - y)
    _foot(canvas, chance, said, width - inner - 8, bottom - 10)
    _site(canvas, chance, said, inner + 8, bottom, free if pictured else y)
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
    area = (inner + 4 * size, y, width - inner - 4 * size, y + (height * 0.8 - y) * 0.55)
    y = _prose(canvas, said.prose, area, _prose_style(chance, 6.4 * size))
    room = height * 0.8 - y
    y = _fields(canvas, chance, inner + 14 * size, y + 4 * size, said.pairs, 12 * size, room)
    _foot(canvas, chance, said, width - inner - 10 * size, height - inner - 26 * size)
    _site(canvas, chance, said, inner + 6 * size, height - inner - 4, y)
    return canvas


def booklet(chance: random.Random, scale: float, said: Wording) -> Canvas:
    """Draw the two inner pages of a booklet."""
    width, height = chance.choice(((260, 185), (250, 176), (210, 148)))
    canvas, tint, _ = _paper(chance, (width, height), scale, framed=False)
    half = width / 2
    for left in (6, half + 5):
        canvas.box((left, 6, left + half - 11, height - 6), outline=tint, width=0.5)
    decor.portrait(canvas, half / 2 - 17, 18, (35, 47), chance)
    style = _prose_style(chance, 5.4)
    y = _prose(canvas, said.prose, (15, 77, half - 14, height - 24), style)
    if chance.random() < 0.5:
        canvas.write(15, min(y + 6, height - 15), "持证人签名：", Type("serif", 4.8))
    title = Type(chance.choice(("serif-bold", "kai", "sans-bold")), 10, tint, chance.uniform(0, 2))
    canvas.write(half * 1.5, 24, said.title, fitted(said.title, title, half - 26), "m")
    _fields(canvas, chance, half + 16, 40, said.pairs, 13, height - 85, ruled=True)
    _foot(canvas, chance, said, width - 16, height - 32, half - 28)
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
    within = chance.random() < 0.4  # whether issuer and seal stand inside the cell
    tall = 75 if within else 55
    canvas.box((left, y, right, y + tall), outline=INK, width=0.3)
    _prose(canvas, said.prose, (left + 6, y + 4, right - 6, y + 42), _prose_style(chance, 5.8))
    _foot(canvas, chance, said, right - 8, y + (52 if within else 66))
    _site(canvas, chance, said, left + 4, height - inner - 4, y + tall + 4)
    return canvas


def columns(chance: random.Random, scale: float, said: Wording) -> Canvas:
    """Draw a sheet whose title, and now and then its prose, runs in columns from the right."""
    width, height = chance.choice(((297, 210), (210, 297), (260, 185)))
    canvas, tint, inner = _paper(chance, (width, height), scale)
    face = chance.choice(("serif-bold", "kai"))
    size = min(15.0, (height - 2 * inner - 10) / len(said.title) / 1.15)
    right = width - inner - size
    canvas.column(right, inner + 6, said.title, Type(face, size, tint, size * 0.1))
    right -= size * 1.3
    left, foot = inner + 6, height - inner - 26
    if width > height and chance.random() < 0.35:
        right = _prose_columns(canvas, chance, said.prose, right, inner + 8, foot - 14)
        y = inner + 12
    else:
        area = (left, inner + 6, right, inner + 6 + (foot - inner) * 0.4)
        y = _prose(canvas, said.prose, area, _prose_style(chance, 6.0)) + 6
    y = _fields(canvas, chance, left, y, said.pairs, 10, foot - 14 - y)
    if chance.random() < 0.5 and foot - 14 - y > 40:
        decor.portrait(canvas, left, y, (28, 38), chance)
    _foot(canvas, chance, said, right if width > height else right - 10, foot)
    return canvas


def _prose_columns(
    canvas: Canvas, chance: random.Random, text: str, right: float, top: float, bottom: float
) -> float:
    """Write the prose in columns from the right; return the left edge of the last one."""
    style = _prose_style(chance, 6.4)
    style = style._replace(tracking=style.size * 0.05)
    lines = texts.wrap(text, int((bottom - top) / (style.size * 1.05)))
    canvas.note_broken(lines)
    for line in lines:
        right -= style.size * 1.7
        canvas.column(right, top, line, style)
    return right - style.size


def award(chance: random.Random, scale: float, said: Wording) -> Canvas:
    """Draw an ornate sheet with little on it: large title, prose, seal."""
    width, height = chance.choice(((297, 210), (285, 210), (250, 180)))
    tint = chance.choice(((168, 24, 30), (176, 130, 40), (140, 30, 36)))
    canvas, _, inner = _paper(chance, (width, height), scale, tint=tint)
    y = _head(canvas, chance, said, inner, tint)
    style = Type(chance.choice(("kai", "serif")), 8.0, tracking=chance.uniform(0, 0.8))
    area = (inner + 10, y + 5, width - inner - 10, height - inner - 34)
    _prose(canvas, said.prose, area, style)
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
    if said.state and chance.random() < 0.8:
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


def _prose(
    canvas: Canvas, text: str, area: tuple[float, float, float, float], style: Type
) -> float:
    """Write a paragraph into (left, top, right, bottom), smaller where it would not fit.

    Return where the next thing may stand.
    """
    left, top, right, bottom = area
    while True:
        pace = style.size + style.tracking
        lines = texts.wrap("　　" + text, int((right - left) / pace))
        if len(lines) * style.size * 1.75 <= bottom - top or style.size < 3.2:
            break
        style = style._replace(size=style.size * 0.94)
    return canvas.paragraph(left, top + style.size * 0.8, lines, style, 1.75)


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
        spare = wide - size * 0.4 - width_of(name + sign, first)
        track = min(spare / (len(name + sign) - 1), size * 2) if apart else 0
        canvas.write(x, y, name + sign, first._replace(tracking=track))
        at = x + wide + size * 0.4
        canvas.write(at, y, value, fitted(value, second, canvas.width - 13 - at))
        if ruled:
            below, end = y + size * 0.75, min(x + wide + size * 14, canvas.width - 13)
            canvas.line((x + wide, below, end, below), (90, 86, 90), 0.2)
        y += step
    return y


def _foot(
    canvas: Canvas,
    chance: random.Random,
    said: Wording,
    right: float,
    y: float,
    room: float | None = None,
) -> None:
    """Write issuer and date, and press the seal on them."""
    size = min(6.0, canvas.width / 38) * chance.uniform(0.85, 1.05)
    style = Type(chance.choice(FACES), size)
    lead = chance.choice(("", "", "发证机构：", "评审单位："))
    issuer = lead + said.issuer
    wide = canvas.write(right, y, issuer, fitted(issuer, style, room or canvas.width * 0.5), "r")
    canvas.write(right, y + size * 1.8, said.day, style, "r")
    made = seals.design(chance, said.seal, said.purpose)
    if chance.random() < 0.92:
        x = right - wide * chance.uniform(0.25, 0.75)
        lowest = canvas.height - made.size[1] / 2 - 2
        seals.press(canvas, x, min(y + chance.uniform(-8, 6), lowest), made, chance)
    if chance.random() < 0.1:
        other = seals.design(chance, texts.body(chance), chance.choice(texts.PURPOSES))
        if canvas.width > 200:
            seals.press(canvas, right - 120, y, other, chance)


def _site(
    canvas: Canvas, chance: random.Random, said: Wording, x: float, bottom: float, top: float
) -> None:
    """Print the code in the lower left corner, where there is room for it below `top`."""
    if not said.site:
        return
    side = min(chance.uniform(14, 26), bottom - 8 - top)
    if side < 11:
        return
    codes.qr(canvas, x, bottom - side - 6, side, said.site, chance)
    style = Type("sans", 3.2, (80, 80, 84))
    canvas.write(x + side / 2, bottom - 3, said.note, style, "m")
    if canvas.width > 230 and chance.random() < 0.3:
        codes.bars(
            canvas, x + side + 8, bottom - 16, (46, 10), dict(said.pairs).get("证书编号", "ZS018")
        )


def _fold(canvas: Canvas, x: float) -> None:
    """Darken the valley between two pages."""
    pixels = np.asarray(canvas.image, np.float32)
    away = np.abs(np.arange(pixels.shape[1]) - x * canvas.scale) / (canvas.scale * 7)
    dark = 1 - 0.35 * np.exp(-(away**2))
    canvas.image = Image.fromarray((pixels * dark[None, :, None]).astype(np.uint8))
