"""What surrounds the words of a certificate: borders, patterns, portraits, seals, leather.

No emblem of a state is drawn anywhere. The five-pointed star in a seal is the one that the
rules on seals give to companies and associations.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from PIL import Image, ImageChops, ImageDraw, ImageFilter

from samples import fonts
from samples.sheet import SCALE, Colour, Sheet

SEAL_RED: Colour = (206, 24, 34)
SKIN: Colour = (224, 190, 164)


def waves(sheet: Sheet, colour: Colour, count: int = 46, swing: float = 26.0) -> None:
    """Cover the page with fine waving lines, as security paper has them."""
    width, height = sheet.image.size
    xs = np.linspace(0, width, 240)
    for i in range(-2, count + 2):
        base = height * i / count
        ys = base + swing * np.sin(xs / width * 7 + i * 0.23) + swing * 0.5 * np.cos(xs / 310)
        sheet.pen.line(list(zip(xs.tolist(), ys.tolist(), strict=True)), colour, 2)


def rosette(sheet: Sheet, x: float, y: float, radius: float, colour: Colour) -> None:
    """Draw a round engraved pattern around (x, y)."""
    turn = np.linspace(0, 2 * np.pi, 420)
    for phase in np.linspace(0, 2 * np.pi, 9)[:-1]:
        reach = radius * (0.72 + 0.28 * np.cos(12 * turn + phase))
        xs, ys = x + reach * np.cos(turn), y + reach * np.sin(turn)
        points = zip((xs * SCALE).tolist(), (ys * SCALE).tolist(), strict=True)
        sheet.pen.line(list(points), colour, 2)


def braid(sheet: Sheet, margin: float, colour: Colour, band: float = 26, gap: float = 46) -> None:
    """Frame the page with an interlaced border `band` pixels wide, `margin` from the edge."""
    left, top = margin, margin
    right, bottom = sheet.width - margin, sheet.height - margin
    for start, end in (
        ((left, top), (right, top)),
        ((left, bottom), (right, bottom)),
        ((left, top), (left, bottom)),
        ((right, top), (right, bottom)),
    ):
        _braid_side(sheet, np.array(start), np.array(end), colour, band / 2, gap)
    for inset in (-band * 0.72, band * 0.72):
        sheet.box(
            (left + inset, top + inset, right - inset, bottom - inset), outline=colour, width=1
        )
    for x, y in ((left, top), (right, top), (left, bottom), (right, bottom)):
        sheet.dot(x, y, band * 0.95, (255, 255, 255))
        rosette(sheet, x, y, band, colour)


def _braid_side(
    sheet: Sheet, start: np.ndarray, end: np.ndarray, colour: Colour, half: float, gap: float
) -> None:
    length = float(np.linalg.norm(end - start))
    along = (end - start) / length
    across = np.array([-along[1], along[0]])
    steps = np.linspace(0, length, int(length))
    cycles = round(length / gap) * 2 * np.pi / length
    for phase in np.linspace(0, 2 * np.pi, 7)[:-1]:
        swing = half * np.sin(steps * cycles + phase)
        path = start + np.outer(steps, along) + np.outer(swing, across)
        sheet.pen.line([(x * SCALE, y * SCALE) for x, y in path.tolist()], colour, 2)


def portrait(sheet: Sheet, x: float, y: float, size: tuple[int, int], ground: Colour) -> None:
    """Paste a passport photograph of nobody: a figure without a face."""
    width, height = size[0] * SCALE, size[1] * SCALE
    photo = Image.new("RGB", (width, height), ground)
    pen = ImageDraw.Draw(photo)
    middle, head = width / 2, width * 0.21

    def ellipse(cx: float, cy: float, rx: float, ry: float, fill: Colour) -> None:
        pen.ellipse([cx - rx, cy - ry, cx + rx, cy + ry], fill)

    ellipse(middle, height * 1.02, width * 0.46, height * 0.34, (48, 54, 72))
    pen.polygon(
        [(middle - head * 0.7, height * 0.70), (middle + head * 0.7, height * 0.70),
         (middle, height * 0.96)], (240, 240, 242),
    )  # fmt: skip
    pen.rectangle([middle - head * 0.42, height * 0.55, middle + head * 0.42, height * 0.74], SKIN)
    ellipse(middle, height * 0.36, head * 1.12, head * 1.30, (40, 34, 34))
    ellipse(middle, height * 0.44, head * 0.96, head * 1.26, SKIN)
    pen.polygon(
        [(middle, height * 0.75), (middle - width * 0.03, height * 0.80),
         (middle, height * 0.98), (middle + width * 0.03, height * 0.80)], (120, 40, 48),
    )  # fmt: skip
    photo = photo.filter(ImageFilter.GaussianBlur(2 * SCALE))
    sheet.image.paste(photo, (int(x * SCALE), int(y * SCALE)))
    sheet.box((x, y, x + size[0], y + size[1]), outline=(120, 120, 126), width=1)


class Seal(NamedTuple):
    """A round seal. `foot` stands straight below the star; `turn` is its tilt in degrees."""

    text: str
    radius: int = 92
    foot: str = ""
    turn: float = 0.0
    strength: float = 0.86
    colour: Colour = SEAL_RED


def stamp(sheet: Sheet, x: float, y: float, seal: Seal) -> None:
    """Press `seal` on the page around (x, y): its ink darkens what lies below."""
    ink = _seal_mask(seal)
    grain = np.random.default_rng(len(seal.text) * 1009 + seal.radius)
    cloud = Image.fromarray(grain.integers(150, 256, (24, 24), dtype=np.uint8))
    cloud = cloud.resize(ink.size, Image.Resampling.BICUBIC)
    speckle = Image.fromarray(
        np.where(grain.random(ink.size[::-1]) < 0.04, 120, 255).astype(np.uint8)
    ).filter(ImageFilter.GaussianBlur(1.2))
    ink = ImageChops.multiply(ImageChops.multiply(ink, cloud), speckle)
    ink = ink.rotate(seal.turn, Image.Resampling.BICUBIC).point(
        lambda v: min(255, int(v * seal.strength * 1.15))
    )
    corner = (int(x * SCALE - ink.width / 2), int(y * SCALE - ink.height / 2))
    area = (*corner, corner[0] + ink.width, corner[1] + ink.height)
    below = sheet.image.crop(area)
    colour = Image.new("RGB", ink.size, seal.colour)
    sheet.image.paste(Image.composite(ImageChops.multiply(below, colour), below, ink), corner)


def _seal_mask(seal: Seal) -> Image.Image:
    radius = seal.radius * SCALE
    mask = Image.new("L", (radius * 2 + 8, radius * 2 + 8), 0)
    pen = ImageDraw.Draw(mask)
    centre = radius + 4
    rim = max(4, radius // 20)
    pen.ellipse([4, 4, 4 + 2 * radius, 4 + 2 * radius], outline=255, width=rim)
    pen.polygon(_star(centre, radius * 0.30), 255)
    _arc_text(mask, seal.text, centre, radius)
    if seal.foot:
        font = fonts.font("sans", int(radius * 0.15))
        pen.text((centre, centre + radius * 0.56), seal.foot, 255, font, anchor="mm")
    return mask


def _star(centre: float, reach: float) -> list[tuple[float, float]]:
    angles = [np.pi * (k / 5 - 0.5) for k in range(10)]
    radii = [reach if k % 2 == 0 else reach * 0.382 for k in range(10)]
    return [
        (centre + r * float(np.cos(a)), centre + r * float(np.sin(a)))
        for a, r in zip(angles, radii, strict=True)
    ]


def _arc_text(mask: Image.Image, text: str, centre: float, radius: float) -> None:
    spread = min(262.0, 24.0 * (len(text) - 1))
    size = int(radius * (0.30 if len(text) <= 13 else 0.25))
    font = fonts.font("serif-bold", size)
    for i, char in enumerate(text):
        angle = -spread / 2 + spread * i / max(1, len(text) - 1)
        tile = Image.new("L", (size * 2, size * 2), 0)
        ImageDraw.Draw(tile).text((size, size), char, 255, font, anchor="mm")
        # Seals set their characters narrow and tall.
        tile = tile.resize((int(size * 1.7), int(size * 2.3)), Image.Resampling.BICUBIC)
        tile = tile.rotate(-angle, Image.Resampling.BICUBIC, expand=True)
        reach = radius * 0.76
        x = centre + reach * np.sin(np.radians(angle)) - tile.width / 2
        y = centre - reach * np.cos(np.radians(angle)) - tile.height / 2
        mask.paste(255, (round(float(x)), round(float(y))), tile)


def leather(width: int, height: int, colour: Colour, seed: int) -> Image.Image:
    """Return a grained surface, lit from the upper left."""
    grain = np.random.default_rng(seed).normal(0, 1, (height, width))
    rough = Image.fromarray((grain * 30 + 128).clip(0, 255).astype(np.uint8))
    rough = rough.filter(ImageFilter.GaussianBlur(1.3))
    relief = np.asarray(rough, np.float32) - 128
    ys, xs = np.mgrid[0:height, 0:width]
    light = 1.10 - 0.28 * (xs / width * 0.5 + ys / height * 0.5)
    tone = light[..., None] * np.array(colour, np.float32) + relief[..., None] * 1.1
    return Image.fromarray(tone.clip(0, 255).astype(np.uint8))
