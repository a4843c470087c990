"""The national emblem, drawn from its description, for measuring how well it is found.

Only ever in memory: no picture of it is kept in the repository. By its law: five stars over
the gate, ears of grain around, a cogwheel below, red drapes tied at the cogwheel.
"""

from __future__ import annotations

import random
from typing import NamedTuple

import numpy as np
from PIL import Image, ImageChops, ImageDraw, ImageFilter

from benchmarks.drawn import truth
from benchmarks.drawn.canvas import Canvas, Colour, shade

GRID = 1000  # the drawing's own side
STYLES = ("colour", "red-white", "gold", "grey", "line", "watermark")
GOLDS: tuple[Colour, ...] = ((232, 190, 70), (246, 206, 60), (214, 170, 84), (255, 214, 90))
RED: Colour = (206, 24, 30)


class Parts(NamedTuple):
    """Masks of the drawing: the red ground, what stands on it, and the dark lines between."""

    ground: Image.Image
    figure: Image.Image
    lines: Image.Image


def place(
    canvas: Canvas, x: float, y: float, side: float, style: str, chance: random.Random
) -> None:
    """Print the emblem around (x, y), `side` units wide, in one of STYLES."""
    pixels = max(24, round(side * canvas.scale))
    parts = Parts(
        *(part.resize((pixels, pixels), Image.Resampling.LANCZOS) for part in _draw(chance))
    )
    at = (round(x * canvas.scale - pixels / 2), round(y * canvas.scale - pixels / 2))
    _PRINT[style](canvas, at, parts, chance)
    half = side * 0.47
    canvas.note("emblem", (x - half, y - half, x + half, y + half), truth.Emblem(style, ()))


def _colour(canvas: Canvas, at: tuple[int, int], parts: Parts, chance: random.Random) -> None:
    gold = chance.choice(GOLDS)
    canvas.image.paste(RED, at, parts.ground)
    canvas.image.paste(gold, at, parts.figure)
    canvas.image.paste(shade(gold, 0.45), at, parts.lines)


def _red_white(canvas: Canvas, at: tuple[int, int], parts: Parts, chance: random.Random) -> None:
    red = shade(RED, chance.uniform(0.8, 1.1))
    canvas.image.paste(red, at, ImageChops.lighter(parts.ground, parts.figure))
    white = ImageChops.subtract(parts.figure, parts.lines)
    canvas.image.paste((255, 252, 248), at, white)


def _gold(canvas: Canvas, at: tuple[int, int], parts: Parts, chance: random.Random) -> None:
    """Stamp gold foil: the figure shines, lit from one side; the ground stays as it is."""
    gold = chance.choice(GOLDS)
    figure = ImageChops.subtract(parts.figure, parts.lines)
    rise = np.asarray(
        figure.filter(ImageFilter.GaussianBlur(max(1, figure.width / 260))), np.float32
    )
    slope = np.roll(rise, 2, 0) - np.roll(rise, -2, 1)
    tone = np.array(gold) * (0.9 + np.clip(slope / 255, -0.35, 0.35))[..., None]
    canvas.image.paste(Image.fromarray(tone.clip(0, 255).astype(np.uint8)), at, figure)


def _grey(canvas: Canvas, at: tuple[int, int], parts: Parts, chance: random.Random) -> None:
    canvas.image.paste((96, 96, 96), at, parts.ground)
    canvas.image.paste((198, 198, 198), at, parts.figure)
    canvas.image.paste((60, 60, 60), at, parts.lines)


def _line(canvas: Canvas, at: tuple[int, int], parts: Parts, chance: random.Random) -> None:
    ink = chance.choice(((40, 40, 44), (170, 30, 34), (130, 96, 40), (40, 70, 130)))
    edges = ImageChops.lighter(_edges(parts.figure), parts.lines)
    canvas.image.paste(ink, at, ImageChops.lighter(edges, _edges(parts.ground)))


def _watermark(canvas: Canvas, at: tuple[int, int], parts: Parts, chance: random.Random) -> None:
    tint = chance.choice(((226, 150, 140), (214, 186, 120), (170, 190, 210)))
    strength = chance.uniform(0.22, 0.4)
    mask = ImageChops.subtract(parts.figure, parts.lines).point(lambda v: int(v * strength))
    canvas.image.paste(tint, at, mask)


_PRINT = {
    "colour": _colour, "red-white": _red_white, "gold": _gold, "grey": _grey, "line": _line,
    "watermark": _watermark,
}  # fmt: skip


def _edges(mask: Image.Image) -> Image.Image:
    wide = max(3, round(mask.width / 110) | 1)
    return ImageChops.subtract(mask.filter(ImageFilter.MaxFilter(wide)), mask)


def _draw(chance: random.Random) -> Parts:
    """Draw the emblem once more, each time by a slightly different hand."""
    masks = [Image.new("L", (GRID, GRID), 0) for _ in range(3)]
    ground, figure, lines = (ImageDraw.Draw(mask) for mask in masks)
    ground.ellipse(_disc(500, 475, 372), 255)
    for side in (-1, 1):
        _grain(figure, lines, side, chance)
    _drapes(ground, lines, chance)
    _stars(figure, chance)
    _gate(figure, lines, chance)
    _cogwheel(figure, lines, chance)
    return Parts(*masks)


def _disc(x: float, y: float, radius: float) -> list[float]:
    return [x - radius, y - radius, x + radius, y + radius]


def _star(x: float, y: float, reach: float, turn: float = 0.0) -> list[tuple[float, float]]:
    angles = np.pi * (np.arange(10) / 5 - 0.5) + turn
    radii = np.where(np.arange(10) % 2 == 0, reach, reach * 0.4)
    return [
        (float(x + r * np.cos(a)), float(y + r * np.sin(a)))
        for a, r in zip(angles, radii, strict=True)
    ]


def _stars(figure: ImageDraw.ImageDraw, chance: random.Random) -> None:
    large = chance.uniform(72, 86)
    top = chance.uniform(255, 280)
    figure.polygon(_star(500, top, large), 255)
    for x, y, turn in ((-170, 18, 0.5), (-78, 104, 0.25), (78, 104, -0.25), (170, 18, -0.5)):
        figure.polygon(_star(500 + x, top + y, large * 0.45, turn), 255)


def _gate(figure: ImageDraw.ImageDraw, lines: ImageDraw.ImageDraw, chance: random.Random) -> None:
    wide = chance.uniform(215, 240)
    base = chance.uniform(640, 660)
    figure.polygon([(500 - wide, base), (500 + wide, base), (500 + wide * 0.96, base - 88),
                    (500 - wide * 0.96, base - 88)], 255)  # fmt: skip
    for i, half in zip((-2, -1, 0, 1, 2), (14, 16, 22, 16, 14), strict=True):
        x = 500 + i * wide * 0.32
        tall = 62 if i == 0 else 50
        lines.rectangle([x - half, base - tall + half, x + half, base], 255)
        lines.pieslice([x - half, base - tall, x + half, base - tall + 2 * half], 180, 360, 255)
    top = base - 88
    for share, rise in ((0.72, 74), (0.52, 62)):
        half = wide * share
        figure.rectangle([500 - half * 0.86, top - rise * 0.62, 500 + half * 0.86, top - 4], 255)
        for c in np.linspace(-0.78, 0.78, 9):
            lines.line([500 + half * c, top - rise * 0.55, 500 + half * c, top - 6], 255, 6)
        roof = ((-1.1, 0.52), (1.1, 0.52), (0.8, 1.0), (-0.8, 1.0))
        figure.polygon([(500 + half * x, top - rise * y) for x, y in roof], 255)
        lines.line(
            [500 - half * 1.08, top - rise * 0.5, 500 + half * 1.08, top - rise * 0.5], 255, 5
        )
        top -= rise


def _grain(
    figure: ImageDraw.ImageDraw, lines: ImageDraw.ImageDraw, side: int, chance: random.Random
) -> None:
    """Lay an ear of grain from the cogwheel along the rim up to the middle of the top."""
    count = chance.randint(19, 24)
    for i in range(count):
        share = i / (count - 1)
        angle = np.radians(118 - 204 * share)  # from low beside the cogwheel to the top
        for row, reach in enumerate((398, 440)):
            x = 500 + side * reach * np.cos(angle)
            y = 475 + reach * np.sin(angle)
            lean = angle - np.pi / 2 + (0.5 if row else -0.25)
            _kernel(figure, lines, (x, y), (side * np.cos(lean), np.sin(lean)), chance)


def _kernel(
    figure: ImageDraw.ImageDraw, lines: ImageDraw.ImageDraw, at: tuple[float, float],
    along: tuple[float, float], chance: random.Random,
) -> None:  # fmt: skip
    turn = np.linspace(0, 2 * np.pi, 14)
    long, broad = chance.uniform(36, 42), chance.uniform(17, 21)
    axis = np.array(along)
    across = np.array([-axis[1], axis[0]])
    shape = (
        np.array(at) + np.outer(long * np.cos(turn), axis) + np.outer(broad * np.sin(turn), across)
    )
    points = [(float(x), float(y)) for x, y in shape]
    figure.polygon(points, 255)
    lines.line([*points, points[0]], 255, 5)


def _cogwheel(
    figure: ImageDraw.ImageDraw, lines: ImageDraw.ImageDraw, chance: random.Random
) -> None:
    x, y, radius = 500, chance.uniform(815, 830), chance.uniform(84, 94)
    teeth = chance.choice((14, 16, 18))
    turn = np.linspace(0, 2 * np.pi, teeth * 8 + 1)
    reach = radius * np.where((np.arange(len(turn)) // 4) % 2 == 0, 1.0, 0.86)
    figure.polygon(
        [
            (float(x + r * np.cos(a)), float(y + r * np.sin(a)))
            for a, r in zip(turn, reach, strict=True)
        ],
        255,
    )
    lines.ellipse(_disc(x, y, radius * 0.66), outline=255, width=9)
    lines.ellipse(_disc(x, y, radius * 0.34), fill=255)


def _drapes(ground: ImageDraw.ImageDraw, lines: ImageDraw.ImageDraw, chance: random.Random) -> None:
    """Hang red cloth from both sides to the knot at the cogwheel and down from it."""
    drop = chance.uniform(905, 930)
    for side in (-1, 1):
        cloth = (
            (0, 760), (215, 770), (300, 700), (330, 760), (240, 850), (205, drop), (120, drop - 40),
            (0, 860),
        )  # fmt: skip
        ground.polygon([(500 + side * x, y) for x, y in cloth], 255)
        for share in (0.35, 0.6, 0.85):
            lines.line(
                [500 + side * 90, 800, 500 + side * 330 * share, 780 + 130 * (1 - share)], 255, 6
            )
