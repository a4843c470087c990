"""Seals of every shape, drawn as ink: round, oval and square, worn, weak and turned.

The names on them are invented and stand in `seal_names.txt`, which is no source of this
generator: the headline fonts need not hold them.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import NamedTuple

import numpy as np
from PIL import Image, ImageChops, ImageDraw, ImageFilter

from samples import fonts

FINE = 3  # the ink is drawn this many times as large as it is pressed
NAMES = Path(__file__).with_name("seal_names.txt")


class Design(NamedTuple):
    """What a seal looks like. Lengths are shares of `radius`, half its width in page pixels.

    `flat` is its height over its width; `spread` the degrees its arc text takes; `square` the
    way its characters stand: "rows" or "columns" (from the right); `solid` prints them white.
    """

    arc: str = ""
    inner: tuple[str, ...] = ()
    number: str = ""
    shape: str = "round"
    radius: int = 90
    flat: float = 1.0
    star: bool = True
    rim: float = 0.05
    second_rim: float = 0.0
    face: str = "serif"
    bold: bool = True
    size: float = 0.27
    narrow: float = 0.75
    spread: float = 250.0
    square: str = "rows"
    solid: bool = False


class Press(NamedTuple):
    """How a seal is pressed: its turn in degrees, and what its ink lacks."""

    turn: float = 0.0
    strength: float = 0.85
    colour: tuple[int, int, int] = (206, 24, 34)
    uneven: float = 0.3  # how much of the ink varies from place to place
    speckle: float = 0.03  # share of the ink's pixels that are missing
    lost: float = 0.0  # share of the seal that is hardly pressed, from one side
    blur: float = 0.4


@cache
def names() -> dict[str, list[str]]:
    """Return the lists of the file of names."""
    lines = NAMES.read_text(encoding="utf-8").splitlines()
    pairs = [line.split(": ", 1) for line in lines if not line.startswith("#")]
    return {key: text.split("|" if "|" in text else " ") for key, text in pairs}


def ink(design: Design) -> Image.Image:
    """Return the untouched ink of a seal: 255 where it prints, `FINE` times its size."""
    if design.shape == "square":
        return _square(design)
    half = (design.radius * FINE, round(design.radius * design.flat * FINE))
    mask = Image.new("L", (2 * half[0] + 2 * FINE, 2 * half[1] + 2 * FINE), 0)
    centre = (mask.width / 2, mask.height / 2)
    pen = ImageDraw.Draw(mask)
    _ring(pen, centre, half, 0.0, design.rim)
    if design.second_rim:
        _ring(pen, centre, half, design.rim + 0.03, design.second_rim)
    if design.star:
        pen.polygon(_star(centre, half[1] * 0.29), 255)
    _arc(mask, design, centre, half)
    _number(mask, design, centre, half)
    _inner(mask, design, centre, half)
    return mask


def press(page: Image.Image, x: float, y: float, design: Design, how: Press, seed: int) -> None:
    """Press a seal on an RGB page around (x, y); its ink darkens what lies below."""
    mask = _worn(ink(design), how, np.random.default_rng(seed))
    mask = mask.rotate(how.turn, Image.Resampling.BICUBIC, expand=True)
    mask = mask.resize((max(1, mask.width // FINE), max(1, mask.height // FINE)), Image.BOX)
    mask = mask.filter(ImageFilter.GaussianBlur(how.blur))
    mask = mask.point(lambda v: min(255, int(v * how.strength)))
    corner = (round(x - mask.width / 2), round(y - mask.height / 2))
    below = page.crop((*corner, corner[0] + mask.width, corner[1] + mask.height))
    colour = Image.new("RGB", mask.size, how.colour)
    page.paste(Image.composite(ImageChops.multiply(below, colour), below, mask), corner)


def _worn(mask: Image.Image, how: Press, rng: np.random.Generator) -> Image.Image:
    low = int(255 * (1 - how.uneven))
    cloud = Image.fromarray(rng.integers(low, 256, (9, 9), dtype=np.uint8))
    worn = ImageChops.multiply(mask, cloud.resize(mask.size, Image.Resampling.BICUBIC))
    if how.speckle:
        holes = rng.random((mask.height // 2, mask.width // 2)) < how.speckle
        speckle = Image.fromarray(np.where(holes, 40, 255).astype(np.uint8)).resize(mask.size)
        worn = ImageChops.multiply(worn, speckle.filter(ImageFilter.GaussianBlur(1.0)))
    if how.lost:
        ys, xs = np.mgrid[0 : mask.height, 0 : mask.width]
        angle = rng.uniform(0, 2 * np.pi)
        depth = (xs / mask.width - 0.5) * np.cos(angle) + (ys / mask.height - 0.5) * np.sin(angle)
        kept = ((0.5 - how.lost - depth) / 0.12).clip(-1, 0) + 1
        worn = ImageChops.multiply(worn, Image.fromarray((255 * kept).astype(np.uint8)))
    return worn


def _ring(
    pen: ImageDraw.ImageDraw, centre: tuple[float, float], half: tuple[int, int],
    inset: float, width: float,
) -> None:  # fmt: skip
    a, b = (side - inset * half[0] for side in half)
    box = [centre[0] - a, centre[1] - b, centre[0] + a, centre[1] + b]
    pen.ellipse(box, outline=255, width=max(2, round(width * half[0])))


def _star(centre: tuple[float, float], reach: float) -> list[tuple[float, float]]:
    angles = np.pi * (np.arange(10) / 5 - 0.5)
    radii = reach * np.where(np.arange(10) % 2, 0.382, 1.0)
    xs, ys = centre[0] + radii * np.cos(angles), centre[1] + radii * np.sin(angles)
    return list(zip(xs.tolist(), ys.tolist(), strict=True))


def _arc(
    mask: Image.Image, design: Design, centre: tuple[float, float], half: tuple[int, int]
) -> None:
    size = round(design.size * half[0])
    inset = design.rim + (design.second_rim + 0.03 if design.second_rim else 0) + 0.05
    depth = inset * half[0] + size / 2
    path = _path((half[0] - depth, half[1] - depth), design.spread, len(design.arc))
    for char, (x, y, turn) in zip(design.arc, path, strict=True):
        tile = _tile(char, design, size).rotate(-turn, Image.Resampling.BICUBIC, expand=True)
        mask.paste(255, _corner(centre[0] + x, centre[1] + y, tile), tile)


def _number(
    mask: Image.Image, design: Design, centre: tuple[float, float], half: tuple[int, int]
) -> None:
    size = round(0.12 * half[0])
    depth = (design.rim + design.second_rim + 0.06) * half[0] + size / 2
    inner = (half[0] - depth, half[1] - depth)
    path = _path(inner, 7.5 * len(design.number), len(design.number))
    for char, (x, y, turn) in zip(design.number, path, strict=True):
        # The mirror of the top: digits stand upright at the foot.
        tile = _tile(char, design._replace(narrow=0.9), size)
        tile = tile.rotate(turn, Image.Resampling.BICUBIC, expand=True)
        mask.paste(255, _corner(centre[0] + x, centre[1] - y, tile), tile)


def _path(half: tuple[float, float], spread: float, count: int) -> list[tuple[float, float, float]]:
    """Return x, y and tilt of `count` places along the top of an ellipse, equally far apart."""
    angles = np.radians(np.linspace(-180, 180, 1441))
    xs, ys = half[0] * np.sin(angles), -half[1] * np.cos(angles)
    run = np.append(0, np.cumsum(np.hypot(np.diff(xs), np.diff(ys))))
    share = spread / 360 / 2
    places = run[-1] * np.linspace(0.5 - share, 0.5 + share, max(2, count))
    tilts = np.degrees(np.arctan2(np.gradient(ys), np.gradient(xs)))
    columns = (np.interp(places, run, column) for column in (xs, ys, np.unwrap(tilts, period=360)))
    return list(zip(*(column.tolist() for column in columns), strict=True))[:count]


def _tile(char: str, design: Design, size: int) -> Image.Image:
    room = Image.new("L", (size * 2, size * 2), 0)
    font = fonts.font(design.face, size)
    ImageDraw.Draw(room).text(
        (size, size), char, 255, font, anchor="mm", stroke_width=size // 32 if design.bold else 0
    )
    return room.resize((max(1, round(size * 2 * design.narrow)), size * 2), Image.BICUBIC)


def _corner(x: float, y: float, tile: Image.Image) -> tuple[int, int]:
    return round(x - tile.width / 2), round(y - tile.height / 2)


def _inner(
    mask: Image.Image, design: Design, centre: tuple[float, float], half: tuple[int, int]
) -> None:
    top = 0.44 * half[1] if design.star else -0.13 * half[1] * (len(design.inner) - 1)
    for row, line in enumerate(design.inner):
        y = centre[1] + top + row * 0.26 * half[1]
        room = 1.9 * np.sqrt(max(0.1, 0.58**2 - ((y - centre[1]) / half[1]) ** 2)) * half[0]
        size = round(min(0.24 * half[1], room / max(1, len(line)) / (design.narrow + 0.12)))
        pitch = size * (design.narrow + 0.12)
        for place, char in enumerate(line):
            x = centre[0] + (place - (len(line) - 1) / 2) * pitch
            tile = _tile(char, design, size)
            mask.paste(255, _corner(x, y, tile), tile)


def _square(design: Design) -> Image.Image:
    """Draw `inner` as the rows or columns of a square seal."""
    side = 2 * design.radius * FINE
    ratio = len(design.inner[0]) / len(design.inner)
    wide = (ratio if design.square == "rows" else 1 / ratio) if design.flat == 1.0 else 1.0
    width, height = (side, round(side / wide)) if wide >= 1 else (round(side * wide), side)
    ground, print_ = (255, 0) if design.solid else (0, 255)
    mask = Image.new("L", (width, height), ground)
    pen = ImageDraw.Draw(mask)
    frame = round(0.045 * side)
    if not design.solid:
        pen.rounded_rectangle([0, 0, width - 1, height - 1], frame, None, 255, frame)
    margin = round(frame * 1.9)
    rows, columns = len(design.inner), max(map(len, design.inner))
    if design.square == "columns":
        rows, columns = columns, rows
    cell = ((width - 2 * margin) / columns, (height - 2 * margin) / rows)
    for i, line in enumerate(design.inner):
        for j, char in enumerate(line):
            row, column = (i, j) if design.square == "rows" else (j, columns - 1 - i)
            tile = _tile(char, design._replace(narrow=1.0), round(min(cell) * 0.92))
            stretch = (
                round(tile.width * cell[0] / min(cell)),
                round(tile.height * cell[1] / min(cell)),
            )
            tile = tile.resize(stretch, Image.BICUBIC)
            x, y = margin + (column + 0.5) * cell[0], margin + (row + 0.5) * cell[1]
            mask.paste(print_, _corner(x, y, tile), tile)
    return mask
