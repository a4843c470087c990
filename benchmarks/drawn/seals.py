"""Seals, pressed on a page: round, oval and square, as worn and as crooked as hands press them."""

from __future__ import annotations

import random
from typing import NamedTuple

import numpy as np
from PIL import Image, ImageChops, ImageDraw, ImageFilter

from benchmarks.drawn import truth
from benchmarks.drawn.canvas import Canvas, Colour, Placed
from scripts.samples import fonts

FINE = 2  # drawn so many times as large as the page, then shrunk
REDS: tuple[Colour, ...] = (
    (214, 26, 38),
    (190, 20, 30),
    (226, 48, 50),
    (170, 24, 44),
    (205, 40, 70),
)
BLUES: tuple[Colour, ...] = ((38, 66, 160), (30, 50, 120))


class Design(NamedTuple):
    """A seal as it was ordered: its rim's text, lines within, number below, and its shape.

    `size` is width and height in millimetres; `face` sets the rim's text, `spread` is how many
    degrees of the rim it takes.
    """

    arc: str
    shape: str
    size: tuple[float, float]
    inner: tuple[str, ...] = ()
    number: str = ""
    star: bool = True
    double: bool = False
    face: str = "serif-bold"
    spread: float = 260.0
    ink: Colour = REDS[0]


def design(chance: random.Random, body: str, purpose: str = "") -> Design:
    """Order a seal for a body; `purpose` is the line within, such as 证书专用章."""
    shape = chance.choices(("round", "oval", "square"), (84, 9, 7 if len(body) <= 16 else 0))[0]
    ink = chance.choice(BLUES if chance.random() < 0.04 else REDS)
    if shape == "square":
        face, double = chance.choice(("serif-bold", "kai")), chance.random() < 0.3
        size = _square_size(chance, body)
        return Design(body, shape, size, star=False, double=double, face=face, ink=ink)
    wide = chance.uniform(36, 46)
    tall = wide if shape == "round" else wide * chance.uniform(0.66, 0.78)
    inner = (purpose,) if purpose and (shape == "oval" or chance.random() < 0.75) else ()
    widest = chance.uniform(220, 235) if inner else chance.uniform(235, 285)
    number = "".join(chance.choices("0123456789", k=13)) if chance.random() < 0.35 else ""
    return Design(
        body, shape, (wide, tall), inner, number if shape == "round" else "",
        star=shape == "round" and chance.random() < 0.93,
        double=chance.random() < 0.25,
        face=chance.choices(("serif-bold", "serif", "sans-bold", "kai"), (5, 2, 2, 1))[0],
        spread=min(widest, 27.0 * len(body)),
        ink=ink,
    )  # fmt: skip


def press(canvas: Canvas, x: float, y: float, made: Design, chance: random.Random) -> None:
    """Press the seal around (x, y): its ink darkens what lies below and is not even."""
    turn = chance.gauss(0, 7)
    fine = canvas.scale * FINE
    mask = _mask(made, fine)
    mask = mask.rotate(turn, Image.Resampling.BICUBIC, expand=True)
    mask = mask.resize((mask.width // FINE, mask.height // FINE), Image.Resampling.LANCZOS)
    mask = _worn(mask, chance)
    at = (round(x * canvas.scale - mask.width / 2), round(y * canvas.scale - mask.height / 2))
    area = (*at, at[0] + mask.width, at[1] + mask.height)
    below = canvas.image.crop(area)
    ink = ImageChops.multiply(below, Image.new("RGB", mask.size, made.ink))
    if chance.random() < 0.3:  # thick ink covers
        ink = Image.blend(ink, Image.new("RGB", mask.size, made.ink), chance.uniform(0.2, 0.7))
    canvas.image.paste(Image.composite(ink, below, mask), at)
    _remember(canvas, x, y, made, turn)


def _remember(canvas: Canvas, x: float, y: float, made: Design, turn: float) -> None:
    half = np.array([[-1, -1], [1, -1], [1, 1], [-1, 1]]) * np.array(made.size) / 2
    a = np.radians(-turn)
    if made.shape == "round":
        a = 0.0  # a disc has no corners to turn
    turned = half @ np.array([[np.cos(a), np.sin(a)], [-np.sin(a), np.cos(a)]])
    inner = made.inner + ((made.number,) if made.number else ())
    value = truth.Seal(made.arc, (), inner, made.shape, "red" if made.ink in REDS else "blue")
    corners = (turned + np.array([x, y])) * canvas.scale
    canvas.placed.append(Placed("seal", corners, value))


def _worn(mask: Image.Image, chance: random.Random) -> Image.Image:
    rng = np.random.default_rng(chance.getrandbits(32))
    low = chance.choice((235, 190, 150, 110))
    cloud = rng.integers(low, 256, (chance.randint(4, 14),) * 2, dtype=np.uint8)
    patches = Image.fromarray(cloud).resize(mask.size, Image.Resampling.BICUBIC)
    holes = np.where(rng.random(mask.size[::-1]) < chance.choice((0.0, 0.02, 0.08)), 90, 255)
    speckle = Image.fromarray(holes.astype(np.uint8)).filter(ImageFilter.GaussianBlur(0.8))
    strength = chance.uniform(0.62, 1.0)
    mask = ImageChops.multiply(ImageChops.multiply(mask, patches), speckle)
    return mask.point(lambda v: min(255, int(v * strength * 1.1)))


def _square_size(chance: random.Random, body: str) -> tuple[float, float]:
    side = chance.uniform(24, 32)
    return (side, side) if len(body) <= 12 else (side * 1.25, side)


def _mask(made: Design, scale: float) -> Image.Image:
    wide, tall = (round(v * scale) for v in made.size)
    mask = Image.new("L", (wide, tall), 0)
    if made.shape == "square":
        _fill_square(mask, made)
    else:
        _fill_round(mask, made)
    return mask


def _fill_round(mask: Image.Image, made: Design) -> None:
    pen = ImageDraw.Draw(mask)
    wide, tall = mask.size
    rim = max(2, round(wide * 0.027))
    pen.ellipse([0, 0, wide - 1, tall - 1], outline=255, width=rim)
    if made.double:
        gap = round(rim * 1.8)
        pen.ellipse([gap, gap, wide - gap, tall - gap], outline=255, width=max(1, rim // 3))
    radii = np.array([wide, tall]) / 2
    _write_arc(mask, made.arc, radii, made)
    if made.star:
        pen.polygon(_star(wide / 2, tall * (0.47 if made.inner else 0.5), wide * 0.15), 255)
    _write_inner(pen, made, wide, tall)
    if made.number:
        _write_number(mask, made.number, radii)


def _write_arc(mask: Image.Image, text: str, radii: np.ndarray, made: Design) -> None:
    step = made.spread / max(1, len(text) - 1)
    room = np.radians(step) * radii.mean() * 0.74
    tall = min(radii.min() * 0.30, room * 1.55)
    narrow = min(1.0, room * 0.92 / tall)
    for i, char in enumerate(text):
        angle = np.radians(-made.spread / 2 + step * i)
        tile = _glyph(char, made.face, tall, narrow)
        # On an oval a character stands square to the rim, not to the centre.
        lean = np.arctan2(np.sin(angle) / radii[0], np.cos(angle) / radii[1])
        tile = tile.rotate(-np.degrees(lean), Image.Resampling.BICUBIC, expand=True)
        reach = radii - tall * 0.5 - radii.min() * 0.09
        centre = radii + reach * (np.sin(angle), -np.cos(angle))
        _add(mask, tile, centre)


def _write_number(mask: Image.Image, number: str, radii: np.ndarray) -> None:
    spread = 78.0
    tall = radii.min() * 0.105
    for i, char in enumerate(number):
        angle = np.radians(180 + spread / 2 - spread * i / (len(number) - 1))
        tile = _glyph(char, "sans", tall, 1.0)
        tile = tile.rotate(180 - np.degrees(angle), Image.Resampling.BICUBIC, expand=True)
        _add(mask, tile, radii + (radii - tall * 1.25) * (np.sin(angle), -np.cos(angle)))


def _write_inner(pen: ImageDraw.ImageDraw, made: Design, wide: int, tall: int) -> None:
    for line in made.inner:
        size = round(min(wide * 0.115, wide * 0.52 / len(line)))
        font = fonts.font(made.face, size)
        pen.text((wide / 2, tall * (0.73 if made.star else 0.5)), line, 255, font, anchor="mm")


def _glyph(char: str, face: str, tall: float, narrow: float) -> Image.Image:
    if fonts.missing(face, char):
        raise ValueError(f"{face} cannot draw {char!r}; cut the fonts again")
    size = max(6, round(tall))
    tile = Image.new("L", (round(size * 1.2), round(size * 1.2)), 0)
    ImageDraw.Draw(tile).text((size * 0.6, size * 0.6), char, 255, fonts.font(face, size), "mm")
    return tile.resize((max(2, round(tile.width * narrow)), tile.height), Image.Resampling.BICUBIC)


def _add(mask: Image.Image, tile: Image.Image, centre: np.ndarray) -> None:
    at = (round(float(centre[0]) - tile.width / 2), round(float(centre[1]) - tile.height / 2))
    mask.paste(255, at, tile)


def _star(x: float, y: float, reach: float) -> list[tuple[float, float]]:
    angles = np.pi * (np.arange(10) / 5 - 0.5)
    radii = np.where(np.arange(10) % 2 == 0, reach, reach * 0.382)
    return [
        (float(x + r * np.cos(a)), float(y + r * np.sin(a)))
        for a, r in zip(angles, radii, strict=True)
    ]


def _fill_square(mask: Image.Image, made: Design) -> None:
    pen = ImageDraw.Draw(mask)
    wide, tall = mask.size
    rim = max(2, round(tall * 0.04))
    pen.rectangle([0, 0, wide - 1, tall - 1], outline=255, width=rim)
    if made.double:
        gap = round(rim * 1.8)
        pen.rectangle([gap, gap, wide - gap, tall - gap], outline=255, width=max(1, rim // 3))
    rows = _grid(made.arc)
    pad = rim * 2.4
    high = (tall - 2 * pad) / len(rows)
    for r, row in enumerate(rows):
        broad = (wide - 2 * pad) / len(row)
        for c, char in enumerate(row):
            tile = _glyph(char, made.face, high * 0.96, min(1.3, broad / high))
            _add(mask, tile, np.array([pad + broad * (c + 0.5), pad + high * (r + 0.5)]))


def _grid(text: str) -> list[str]:
    """Return the text in rows of nearly the same length."""
    count = max(2, round(len(text) ** 0.5 * 0.95))
    step = -(-len(text) // count)
    return [text[i : i + step] for i in range(0, len(text), step)]
