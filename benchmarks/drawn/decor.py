"""What surrounds the words: papers, borders, guilloche, portraits, leather, look-alike signs."""

from __future__ import annotations

import random

import numpy as np
from PIL import Image, ImageDraw, ImageFilter

from benchmarks.drawn.canvas import Canvas, Colour, near, shade

PAPERS: tuple[Colour, ...] = (
    (255, 255, 255), (253, 251, 243), (250, 246, 232), (246, 250, 247), (252, 245, 243),
    (244, 247, 252),
)  # fmt: skip
BORDERS: tuple[Colour, ...] = (
    (150, 112, 40), (54, 110, 84), (44, 82, 140), (134, 34, 46), (32, 106, 112), (96, 60, 120),
    (70, 70, 76), (176, 60, 40),
)  # fmt: skip
SKINS: tuple[Colour, ...] = ((226, 192, 166), (210, 172, 144), (236, 206, 184))


def waves(canvas: Canvas, colour: Colour, chance: random.Random) -> None:
    """Cover the page with fine lines, as security paper has them."""
    wide, tall = canvas.image.size
    xs = np.linspace(0, wide, 160)
    count = chance.randint(30, 80)
    swing, cycles = tall * chance.uniform(0.01, 0.04), chance.uniform(4, 12)
    pen = canvas.pen
    width = max(1, round(canvas.scale * 0.12))
    for i in range(-3, count + 3):
        ys = tall * i / count + swing * np.sin(xs / wide * cycles + i * 0.23)
        pen.line(list(zip(xs.tolist(), ys.tolist(), strict=True)), colour, width)


def rosette(canvas: Canvas, x: float, y: float, radius: float, colour: Colour,
            chance: random.Random) -> None:  # fmt: skip
    """Draw a round engraved pattern."""
    turn = np.linspace(0, 2 * np.pi, 500)
    petals, depth = chance.choice((6, 8, 12, 16)), chance.uniform(0.15, 0.4)
    for phase in np.linspace(0, 2 * np.pi, chance.randint(6, 12))[:-1]:
        reach = radius * (1 - depth + depth * np.cos(petals * turn + phase))
        points = np.stack([x + reach * np.cos(turn), y + reach * np.sin(turn)], 1) * canvas.scale
        canvas.pen.line(
            [tuple(p) for p in points.tolist()], colour, max(1, round(canvas.scale * 0.12))
        )


def ground(canvas: Canvas, tint: Colour, chance: random.Random) -> None:
    """Print the pale pattern of a certificate's paper in a tint, or leave it plain."""
    pale = shade(tint, chance.uniform(3.5, 9))
    look = chance.random()
    if look < 0.45:
        waves(canvas, pale, chance)
    if 0.25 < look < 0.7:
        rosette(
            canvas,
            canvas.width / 2,
            canvas.height / 2,
            min(canvas.width, canvas.height) * 0.3,
            pale,
            chance,
        )


def frame(canvas: Canvas, tint: Colour, chance: random.Random) -> float:
    """Draw a border; return how far inside the paper's edge writing may begin."""
    margin = min(canvas.width, canvas.height) * chance.uniform(0.03, 0.06)
    kind = chance.choice(("braid", "lines", "corners", "thick", "dots", "none"))
    edges = (margin, margin, canvas.width - margin, canvas.height - margin)
    if kind == "braid":
        _braid(canvas, margin, tint, chance)
    elif kind == "lines":
        canvas.box(edges, outline=tint, width=chance.uniform(0.5, 1.6))
        canvas.box(_inset(edges, 2), outline=tint, width=0.3)
    elif kind == "thick":
        canvas.box(edges, outline=tint, width=chance.uniform(3, 6))
        canvas.box(_inset(edges, 8), outline=shade(tint, 1.6), width=0.4)
    elif kind == "corners":
        canvas.box(edges, outline=tint, width=0.4)
        for x in edges[::2]:
            for y in edges[1::2]:
                rosette(canvas, x, y, margin * 0.8, tint, chance)
    elif kind == "dots":
        _chain(canvas, edges, tint)
    return margin + min(canvas.width, canvas.height) * 0.05


def _inset(box: tuple[float, ...], by: float) -> tuple[float, ...]:
    return box[0] + by, box[1] + by, box[2] - by, box[3] - by


def _chain(canvas: Canvas, box: tuple[float, ...], tint: Colour) -> None:
    left, top, right, bottom = box
    for x in np.arange(left, right, 4):
        for y in (top, bottom):
            canvas.pen.regular_polygon((*canvas.px(x, y), canvas.scale * 1.6), 4, 45, outline=tint)
    for y in np.arange(top, bottom, 4):
        for x in (left, right):
            canvas.pen.regular_polygon((*canvas.px(x, y), canvas.scale * 1.6), 4, 45, outline=tint)


def _braid(canvas: Canvas, margin: float, tint: Colour, chance: random.Random) -> None:
    half, gap = margin * chance.uniform(0.25, 0.5), chance.uniform(5, 11)
    width = max(1, round(canvas.scale * chance.uniform(0.15, 0.35)))
    right, bottom = canvas.width - margin, canvas.height - margin
    for length, at, across in (
        (canvas.width, (margin, bottom), False), (canvas.height, (margin, right), True),
    ):  # fmt: skip
        along = np.linspace(margin, length - margin, round(length * 2))
        for base in at:
            for phase in np.linspace(0, 2 * np.pi, 5)[:-1]:
                swing = base + half * np.sin(along * 2 * np.pi / gap + phase)
                pair = (swing, along) if across else (along, swing)
                points = np.stack(pair, 1) * canvas.scale
                canvas.pen.line([tuple(p) for p in points.tolist()], tint, width)


def portrait(canvas: Canvas, x: float, y: float, size: tuple[float, float],
             chance: random.Random) -> None:  # fmt: skip
    """Paste a passport photograph of nobody: a figure with a hint of a face."""
    wide, tall = (round(v * canvas.scale) for v in size)
    back = near(
        chance, chance.choice(((70, 120, 200), (190, 40, 46), (240, 240, 242), (150, 190, 226)))
    )
    skin, hair = near(chance, chance.choice(SKINS)), near(chance, (40, 34, 34))
    photo = Image.new("RGB", (wide, tall), back)
    pen = ImageDraw.Draw(photo)
    middle, head = wide / 2 + wide * chance.uniform(-0.03, 0.03), wide * chance.uniform(0.19, 0.24)

    def ellipse(cx: float, cy: float, rx: float, ry: float, fill: Colour) -> None:
        pen.ellipse([cx - rx, cy - ry, cx + rx, cy + ry], fill)

    ellipse(middle, tall * 1.02, wide * 0.46, tall * 0.34, near(chance, (60, 64, 84), 40))
    collar = [(middle + head * x, tall * y) for x, y in ((-0.7, 0.7), (0.7, 0.7), (0, 0.95))]
    pen.polygon(collar, (242, 242, 244))
    pen.rectangle([middle - head * 0.42, tall * 0.55, middle + head * 0.42, tall * 0.74], skin)
    if chance.random() < 0.5:
        ellipse(middle, tall * 0.5, head * 1.25, head * 1.7, hair)
    ellipse(middle, tall * 0.36, head * 1.12, head * 1.30, hair)
    ellipse(middle, tall * 0.44, head * 0.96, head * 1.26, skin)
    for side in (-1, 1):
        ellipse(middle + side * head * 0.4, tall * 0.42, head * 0.14, head * 0.08, hair)
    mouth = [(middle - head * 0.3, tall * 0.53), (middle + head * 0.3, tall * 0.53)]
    pen.line(mouth, shade(skin, 0.6), max(1, round(head * 0.08)))
    photo = photo.filter(ImageFilter.GaussianBlur(max(0.8, wide / 110)))
    canvas.image.paste(photo, (round(x * canvas.scale), round(y * canvas.scale)))
    canvas.note("portrait", (x, y, x + size[0], y + size[1]), None)


def leather(size: tuple[int, int], colour: Colour, chance: random.Random) -> Image.Image:
    """Return a grained surface, lit from a corner."""
    rng = np.random.default_rng(chance.getrandbits(32))
    wide, tall = size
    coarse = chance.choice((1, 2, 3))
    rough = rng.normal(0, 30, (tall // coarse + 1, wide // coarse + 1)) + 128
    grain = Image.fromarray(rough.clip(0, 255).astype(np.uint8)).filter(
        ImageFilter.GaussianBlur(1.2)
    )
    relief = np.asarray(grain.resize(size, Image.Resampling.BILINEAR), np.float32) - 128
    ys, xs = np.mgrid[0:tall, 0:wide].astype(np.float32)
    a = chance.uniform(0, 6.28)
    light = 1 + 0.12 * (np.cos(a) * (xs / wide - 0.5) + np.sin(a) * (ys / tall - 0.5))
    tone = light[..., None] * np.array(colour, np.float32) + relief[..., None] * chance.uniform(
        0.2, 1.1
    )
    return Image.fromarray(tone.clip(0, 255).astype(np.uint8))


def gradient(canvas: Canvas, upper: Colour, lower: Colour, slant: float = 0.0) -> None:
    """Fill the page with a gradient; `slant` 0 runs downwards, 1 to the right."""
    wide, tall = canvas.image.size
    ys, xs = np.mgrid[0:tall, 0:wide].astype(np.float32)
    share = ((1 - slant) * ys / tall + slant * xs / wide)[..., None]
    rows = np.array(upper, np.float32) * (1 - share) + np.array(lower, np.float32) * share
    canvas.image = Image.fromarray(rows.astype(np.uint8))


def scenery(canvas: Canvas, chance: random.Random) -> None:
    """Fill the page with soft blots of colour, like a photograph out of focus."""
    rng = np.random.default_rng(chance.getrandbits(32))
    base = np.array(near(chance, (90, 110, 140), 70))
    small = (
        (rng.normal(0, chance.uniform(16, 40), (14, 10, 3)) + base).clip(0, 255).astype(np.uint8)
    )
    canvas.image = Image.fromarray(small).resize(canvas.image.size, Image.Resampling.BICUBIC)
    pen = ImageDraw.Draw(canvas.image, "RGBA")
    for _ in range(chance.randint(10, 40)):
        x, y = chance.random() * canvas.image.width, chance.random() * canvas.image.height
        r = canvas.image.width * chance.uniform(0.01, 0.08)
        pen.ellipse([x - r, y - r, x + r, y + r], (*near(chance, (200, 200, 190), 50), 60))


def rays(canvas: Canvas, x: float, y: float, colour: Colour) -> None:
    """Draw the sunburst of a promotional poster."""
    reach = canvas.width + canvas.height
    box = canvas.px(x - reach, y - reach, x + reach, y + reach)
    for start in range(0, 360, 15):
        canvas.pen.pieslice(box, start, start + 7, fill=colour)


def medal(canvas: Canvas, x: float, y: float, radius: float, tint: Colour, kind: str) -> None:
    """Draw a sign that is no emblem: a body's gear, laurel, star or ring of letters."""
    pen, s = canvas.pen, canvas.scale
    box = canvas.px(x - radius, y - radius, x + radius, y + radius)
    wide = max(1, round(radius * s * 0.08))
    if kind == "gear":
        for a in np.arange(0, 2 * np.pi, np.pi / 8):
            cx, cy = (x + radius * np.cos(a)) * s, (y + radius * np.sin(a)) * s
            pen.rectangle([cx - wide, cy - wide, cx + wide, cy + wide], tint)
        pen.ellipse(box, outline=tint, width=wide * 2)
    elif kind == "laurel":
        for side in (-1, 1):
            for a in np.linspace(-0.35, 1.35, 11):
                cx, cy = x + side * radius * np.cos(a), y + radius * np.sin(a)
                r = radius * 0.13
                pen.ellipse(canvas.px(cx - r, cy - r * 0.6, cx + r, cy + r * 0.6), tint)
        pen.regular_polygon((*canvas.px(x, y), radius * s * 0.4), 5, 0, tint)
    elif kind == "star":
        pen.ellipse(box, tint)
        pen.regular_polygon((*canvas.px(x, y), radius * s * 0.7), 3, 0, (255, 255, 255))
    else:
        pen.ellipse(box, outline=tint, width=wide)
        for share in (0.7, 0.5):
            inner = [v * s for v in (x - radius * share, y - radius * share,
                                     x + radius * share, y + radius * share)]  # fmt: skip
            if share == 0.7:
                pen.ellipse(inner, outline=tint, width=wide)
            else:
                pen.pieslice(inner, 200, 340, fill=tint)
