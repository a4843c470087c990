"""What happens to a page on its way to an inspector: scanners, phones, copiers, faxes.

All take and return pictures of RGB or grey pixels; `seed` makes the same damage every time.
"""

from __future__ import annotations

import io
from collections.abc import Sequence

import numpy as np
from PIL import Image, ImageChops, ImageEnhance, ImageFilter

from samples.ornaments import leather

Corners = Sequence[tuple[float, float]]


def noise(picture: Image.Image, sigma: float, seed: int) -> Image.Image:
    """Add the grain of a sensor, the same in all channels."""
    pixels = np.asarray(picture, np.float32)
    grain = np.random.default_rng(seed).normal(0, sigma, pixels.shape[:2])
    if pixels.ndim == 3:
        grain = grain[..., None]
    return Image.fromarray((pixels + grain).clip(0, 255).astype(np.uint8))


def scan(picture: Image.Image, seed: int, tilt: float = 0.4) -> Image.Image:
    """Show the page as a flatbed gives it back: tilted a little, off-white, slightly soft."""
    paper = (246, 245, 240)
    turned = picture.rotate(tilt, Image.Resampling.BICUBIC, fillcolor=paper)
    tint = np.array(paper, np.float32) / 255
    pixels = np.asarray(turned, np.float32) * tint + 6
    soft = Image.fromarray(pixels.clip(0, 255).astype(np.uint8))
    return noise(soft.filter(ImageFilter.GaussianBlur(0.5)), 1.6, seed)


def photograph(picture: Image.Image, seed: int, corners: Corners, size: tuple[int, int],
               desk: tuple[int, int, int] = (112, 82, 58)) -> Image.Image:  # fmt: skip
    """Lay the page on a desk and photograph it.

    `corners` are where its upper left, upper right, lower right and lower left corners come to
    lie, in pixels of the photograph, whose width and height are `size`.
    """
    page = _laid(picture, corners, size)
    cover = _laid(Image.new("L", picture.size, 255), corners, size)
    shot = _wood(size, desk, seed)
    shadow = Image.new("L", size, 0)
    shadow.paste(cover, (14, 18))
    shadow = shadow.filter(ImageFilter.GaussianBlur(14)).point(lambda v: v * 0.55)
    shot.paste((20, 14, 10), (0, 0), shadow)
    shot.paste(page, (0, 0), cover)
    return noise(_uneven_light(shot, seed).filter(ImageFilter.GaussianBlur(0.7)), 3.0, seed + 1)


def _laid(picture: Image.Image, corners: Corners, size: tuple[int, int]) -> Image.Image:
    # Twice as large and halved again, so that the paper's edges come out smooth.
    large = (2 * size[0], 2 * size[1])
    coefficients = _perspective([(2 * x, 2 * y) for x, y in corners], picture.size)
    turned = picture.transform(
        large, Image.Transform.PERSPECTIVE, coefficients, Image.Resampling.BICUBIC
    )
    return turned.reduce(2)


def _perspective(corners: Corners, size: tuple[int, int]) -> list[float]:
    width, height = size
    rows, goal = [], []
    for (x, y), (u, v) in zip(
        corners, ((0, 0), (width, 0), (width, height), (0, height)), strict=True
    ):
        rows += [[x, y, 1, 0, 0, 0, -u * x, -u * y], [0, 0, 0, x, y, 1, -v * x, -v * y]]
        goal += [u, v]
    solved = np.linalg.solve(np.array(rows, float), np.array(goal, float))
    return [float(v) for v in solved]


def _wood(size: tuple[int, int], colour: tuple[int, int, int], seed: int) -> Image.Image:
    width, height = size
    # Fibres of some pixels' thickness that change along the board.
    grain = np.random.default_rng(seed).normal(0, 22, (height // 3, 6)).astype(np.float32)
    strip = Image.fromarray((grain + 128).clip(0, 255).astype(np.uint8))
    fibres = np.asarray(strip.resize(size, Image.Resampling.BICUBIC), np.float32) - 128
    base = leather(width, height, colour, seed + 2)
    pixels = np.asarray(base, np.float32) + fibres[..., None] * 0.7
    return Image.fromarray(pixels.clip(0, 255).astype(np.uint8))


def _uneven_light(picture: Image.Image, seed: int) -> Image.Image:
    width, height = picture.size
    ys, xs = np.mgrid[0:height, 0:width].astype(np.float32)
    angle = np.random.default_rng(seed).uniform(0, 2 * np.pi)
    slope = (xs / width - 0.5) * np.cos(angle) + (ys / height - 0.5) * np.sin(angle)
    hand = 0.20 * np.exp(-(((xs / width - 0.9) / 0.32) ** 2 + ((ys / height - 0.95) / 0.3) ** 2))
    light = (0.93 + 0.22 * slope - hand)[..., None] * np.array([1.0, 0.985, 0.94])
    return Image.fromarray((np.asarray(picture, np.float32) * light).clip(0, 255).astype(np.uint8))


def fade(picture: Image.Image, seed: int, tilt: float) -> Image.Image:
    """Return a page that hung in the sun: pale, yellowed, spotted, scanned askew."""
    pixels = np.asarray(picture, np.float32) / 255
    pale = 0.42 + 0.58 * pixels
    yellowed = Image.fromarray((pale * np.array([248, 240, 214])).astype(np.uint8))
    width, height = picture.size
    rng = np.random.default_rng(seed)
    spots = Image.fromarray(rng.integers(236, 256, (20, 28), dtype=np.uint8))
    stained = ImageChops.multiply(
        yellowed, spots.resize((width, height), Image.Resampling.BICUBIC).convert("RGB")
    )
    glass = (236, 236, 238)
    turned = stained.rotate(tilt, Image.Resampling.BICUBIC, expand=True, fillcolor=glass)
    return noise(turned.filter(ImageFilter.GaussianBlur(0.5)), 2.0, seed + 1)


def photocopy(picture: Image.Image, seed: int, tilt: float = -0.7) -> Image.Image:
    """Return a grey copy of a copy: hard contrast, dirt, a dark edge, drum streaks."""
    grey = picture.convert("L").rotate(tilt, Image.Resampling.BICUBIC, fillcolor=255)
    grey = ImageEnhance.Contrast(grey.filter(ImageFilter.GaussianBlur(0.6))).enhance(1.5)
    rng = np.random.default_rng(seed)
    pixels = np.asarray(grey, np.float32).copy()
    height, width = pixels.shape
    dirt = Image.fromarray((rng.random((height, width)) < 0.0004).astype(np.uint8) * 255)
    pixels -= np.asarray(dirt.filter(ImageFilter.GaussianBlur(0.8)), np.float32) * 1.6
    for x in rng.integers(0, width, 3):
        pixels[:, x : x + 2] -= 26
    edge = np.minimum(np.arange(width)[::-1], 60) / 60
    pixels *= 0.55 + 0.45 * edge[None, :] ** 0.5
    return Image.fromarray(pixels.clip(0, 255).astype(np.uint8))


def fax(picture: Image.Image) -> Image.Image:
    """Return black and white only."""
    return picture.convert("L").point(lambda v: 255 if v > 150 else 0).convert("1")


def squeeze(picture: Image.Image, quality: int) -> Image.Image:
    """Return what is left after being forwarded as a JPEG of that quality."""
    held = io.BytesIO()
    picture.save(held, "JPEG", quality=quality)
    return Image.open(io.BytesIO(held.getvalue())).convert("RGB")
