"""What happens to a page on its way: flatbeds, phones, copiers, faxes.

Each takes a canvas and leaves on it another picture, with the corners of all that stands there
moved along.
"""

from __future__ import annotations

import random

import cv2
import numpy as np
from PIL import Image, ImageFilter

from benchmarks.drawn.canvas import Canvas, Placed, Points, near
from benchmarks.drawn.decor import leather

DESKS = (
    (112, 82, 58),
    (96, 100, 108),
    (190, 170, 140),
    (60, 56, 54),
    (210, 208, 202),
    (70, 90, 84),
    (150, 60, 50),
)
# Share of black that a fax must leave of a line, a seal's rim, an emblem, for them to be there.
LEAST = {"line": 0.04, "seal": 0.12, "emblem": 0.06}


def scan(canvas: Canvas, chance: random.Random) -> None:
    """Lay the page on a flatbed: tilted by a hair, off-white, slightly soft."""
    rotate(canvas, chance.uniform(-0.5, 0.5), (246, 245, 240), grow=False)
    gain = np.array(near(chance, (247, 246, 243), 7), np.float32) / 255
    pixels = np.asarray(canvas.image, np.float32) * gain + chance.uniform(0, 8)
    soft = Image.fromarray(pixels.clip(0, 255).astype(np.uint8)).filter(
        ImageFilter.GaussianBlur(chance.uniform(0.2, 0.6) * canvas.scale / 6)
    )
    canvas.image = noise(soft, chance.uniform(0.5, 3), chance)


def skew(canvas: Canvas, chance: random.Random) -> None:
    """Lay the page crookedly on the glass, under a lid of any colour."""
    lid = chance.choice(((255, 255, 255), (236, 236, 238), (40, 40, 42), (200, 200, 198)))
    rotate(canvas, chance.choice((-1, 1)) * chance.uniform(2.0, 8.0), lid, grow=True)
    canvas.image = noise(canvas.image.filter(ImageFilter.GaussianBlur(0.5)), 2, chance)


def turn(canvas: Canvas, quarters: int) -> None:
    """Turn the page clockwise by so many quarters."""
    for _ in range(quarters % 4):
        tall = canvas.image.height
        turned = canvas.image.transpose(Image.Transpose.ROTATE_270)
        canvas.move(turned, lambda p, tall=tall: np.stack([tall - p[:, 1], p[:, 0]], 1))


def rotate(canvas: Canvas, degrees: float, back: tuple[int, int, int], grow: bool) -> None:
    """Turn the page clockwise by some degrees."""
    wide, tall = canvas.image.size
    matrix = cv2.getRotationMatrix2D((wide / 2, tall / 2), -degrees, 1.0)
    size = (wide, tall)
    if grow:
        cos, sin = abs(matrix[0, 0]), abs(matrix[0, 1])
        size = (round(wide * cos + tall * sin), round(wide * sin + tall * cos))
        matrix[:, 2] += (np.array(size) - (wide, tall)) / 2
    pixels = cv2.warpAffine(np.asarray(canvas.image), matrix, size, flags=cv2.INTER_CUBIC,
                            borderMode=cv2.BORDER_CONSTANT, borderValue=back)  # fmt: skip
    canvas.move(Image.fromarray(pixels), lambda p: p @ matrix[:, :2].T + matrix[:, 2])


def photograph(canvas: Canvas, chance: random.Random) -> None:
    """Photograph the page on a desk with a phone, in a hurry."""
    size = _shot_size(canvas, chance)
    corners = _corners(canvas, chance, size)
    bend = canvas.image.height * chance.choice((0.0, 0.0, 0.006, 0.012)) * chance.choice((-1, 1))
    _lay(canvas, corners, bend, size, chance)
    light = _light(size, chance)
    pixels = np.asarray(canvas.image, np.float32) * light
    if chance.random() < 0.25:
        pixels += _glare(size, chance)
    blur = chance.choice((0.4, 0.7, 1.0, 1.3)) * max(size) / 2600
    image = Image.fromarray(pixels.clip(0, 255).astype(np.uint8)).filter(
        ImageFilter.GaussianBlur(blur)
    )
    canvas.image = noise(image, chance.uniform(1, 6), chance)


def _shot_size(canvas: Canvas, chance: random.Random) -> tuple[int, int]:
    long = chance.choice((1600, 2000, 2400, 3000, 3600))
    wide = canvas.image.width > canvas.image.height
    return (long, long * 3 // 4) if wide else (long * 3 // 4, long)


def _corners(canvas: Canvas, chance: random.Random, size: tuple[int, int]) -> Points:
    """Return where the page's corners come to lie on the shot."""
    share = min(size[0] / canvas.image.width, size[1] / canvas.image.height) * chance.uniform(
        0.8, 0.93
    )
    half = np.array(canvas.image.size) * share / 2
    square = np.array([[-1, -1], [1, -1], [1, 1], [-1, 1]]) * half
    a = np.radians(chance.uniform(-5, 5))
    square = square @ np.array([[np.cos(a), np.sin(a)], [-np.sin(a), np.cos(a)]])
    tilt = chance.uniform(0, 0.07) * min(half)
    jolt = np.array([[chance.uniform(-tilt, tilt) for _ in "xy"] for _ in range(4)])
    lean = chance.uniform(-0.09, 0.09)  # the far edge is shorter
    square[:, 0] *= 1 + lean * np.sign(square[:, 1])
    place = square + jolt + np.array(size) / 2
    return np.clip(place, 4, np.array(size) - 4)


def _lay(canvas: Canvas, corners: Points, bend: float, size: tuple[int, int],
         chance: random.Random) -> None:  # fmt: skip
    """Put the page, bent along its width, on a desk as the camera sees it."""
    wide, tall = canvas.image.size
    flat = np.array([[0, 0], [wide, 0], [wide, tall], [0, tall]], np.float32)
    matrix = cv2.getPerspectiveTransform(flat, corners.astype(np.float32))
    ys, xs = np.mgrid[0 : size[1], 0 : size[0]].astype(np.float32)
    back = np.linalg.inv(matrix)
    depth = back[2, 0] * xs + back[2, 1] * ys + back[2, 2]
    u = ((back[0, 0] * xs + back[0, 1] * ys + back[0, 2]) / depth).astype(np.float32)
    v = ((back[1, 0] * xs + back[1, 1] * ys + back[1, 2]) / depth).astype(np.float32)
    v -= bend * np.sin(np.pi * u / wide).astype(np.float32)
    page = np.asarray(canvas.image)
    shrink = max(1.0, wide / float(np.linalg.norm(corners[1] - corners[0])))
    if shrink > 1.3:  # a camera's pixels gather light: no aliasing
        page = cv2.GaussianBlur(page, (0, 0), 0.35 * shrink)
    laid = cv2.remap(page, u, v, cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE)
    inside = ((u >= 0) & (u < wide) & (v >= 0) & (v < tall)).astype(np.float32)
    inside = cv2.GaussianBlur(inside, (0, 0), 0.8)[..., None]
    desk = np.asarray(_desk(size, chance), np.float32)
    reach = max(size) / 110
    shadow = cv2.GaussianBlur(
        np.roll(inside[..., 0], (int(reach), int(reach)), (0, 1)), (0, 0), reach
    )
    desk *= 1 - 0.55 * shadow[..., None]
    shot = Image.fromarray((laid * inside + desk * (1 - inside)).clip(0, 255).astype(np.uint8))

    def onto(points: Points) -> Points:
        bent = points + np.stack([0 * points[:, 0], bend * np.sin(np.pi * points[:, 0] / wide)], 1)
        seen = np.concatenate([bent, np.ones((len(bent), 1))], 1) @ matrix.T
        return seen[:, :2] / seen[:, 2:]

    canvas.move(shot, onto)


def _desk(size: tuple[int, int], chance: random.Random) -> Image.Image:
    desk = leather(size, near(chance, chance.choice(DESKS)), chance)
    if chance.random() < 0.5:
        return desk
    rng = np.random.default_rng(chance.getrandbits(32))
    shape = (size[1] // 4, 8) if chance.random() < 0.6 else (size[1] // 12, size[0] // 12)
    fibres = Image.fromarray((rng.normal(128, 24, shape)).clip(0, 255).astype(np.uint8))
    grain = np.asarray(fibres.resize(size, Image.Resampling.BICUBIC), np.float32) - 128
    pixels = np.asarray(desk, np.float32) + grain[..., None] * 0.7
    return Image.fromarray(pixels.clip(0, 255).astype(np.uint8))


def _light(size: tuple[int, int], chance: random.Random) -> np.ndarray:
    """Return how bright each pixel is lit: a slope, a soft shadow, the colour of the lamp."""
    ys, xs = np.mgrid[0 : size[1], 0 : size[0]].astype(np.float32)
    xs, ys = xs / size[0], ys / size[1]
    a = chance.uniform(0, 2 * np.pi)
    light = chance.uniform(0.8, 1.02) + chance.uniform(0.05, 0.3) * (
        (xs - 0.5) * np.cos(a) + (ys - 0.5) * np.sin(a)
    )
    if chance.random() < 0.6:  # the hand or the phone
        x, y = chance.random(), chance.choice((0.0, 1.0, chance.random()))
        r, dark = chance.uniform(0.15, 0.4), chance.uniform(0.1, 0.35)
        light -= dark * np.exp(-(((xs - x) / r) ** 2 + ((ys - y) / r) ** 2))
    if chance.random() < 0.25:  # an edge of shadow across the page
        a, edge = chance.uniform(0, np.pi), chance.uniform(0.3, 0.7)
        side = (xs * np.cos(a) + ys * np.sin(a) - edge) * 25
        light *= 1 - chance.uniform(0.15, 0.35) / (1 + np.exp(-side))
    lamp = chance.choice(
        ((1.0, 1.0, 1.0), (1.02, 0.98, 0.88), (0.93, 0.98, 1.03), (1.03, 0.95, 0.8))
    )
    return light[..., None] * np.array(lamp, np.float32)


def _glare(size: tuple[int, int], chance: random.Random) -> np.ndarray:
    ys, xs = np.mgrid[0 : size[1], 0 : size[0]].astype(np.float32)
    x, y = size[0] * chance.uniform(0.2, 0.8), size[1] * chance.uniform(0.2, 0.8)
    r = max(size) * chance.uniform(0.05, 0.12)
    spot = np.exp(-((xs - x) ** 2 + (ys - y) ** 2) / (2 * r * r))
    return spot[..., None] * chance.uniform(40, 130)


def noise(picture: Image.Image, sigma: float, chance: random.Random) -> Image.Image:
    """Add a sensor's grain, partly of its own in each channel."""
    rng = np.random.default_rng(chance.getrandbits(32))
    pixels = np.asarray(picture, np.float32)
    grain = rng.normal(0, sigma, pixels.shape[:2]).astype(np.float32)
    if pixels.ndim == 3:
        grain = grain[..., None] + rng.normal(0, sigma / 3, pixels.shape).astype(np.float32)
    return Image.fromarray((pixels + grain).clip(0, 255).astype(np.uint8))


def copy_grey(canvas: Canvas, chance: random.Random) -> None:
    """Copy the page on a copier: grey, hard or pale, with dirt, streaks and a dark edge."""
    rotate(canvas, chance.uniform(-1.2, 1.2), (255, 255, 255), grow=False)
    grey = canvas.image.convert("L").filter(
        ImageFilter.GaussianBlur(chance.uniform(0.3, 0.9) * canvas.scale / 8)
    )
    pixels = np.asarray(grey, np.float32)
    contrast = chance.choice((0.75, 1.0, 1.25, 1.6))
    pixels = (pixels - 160) * contrast + chance.uniform(160, 190)
    rng = np.random.default_rng(chance.getrandbits(32))
    wide = pixels.shape[1]
    dirt = (rng.random(pixels.shape) < chance.choice((0, 0.0001, 0.0004))).astype(np.float32)
    pixels -= cv2.GaussianBlur(dirt, (0, 0), canvas.scale / 12) * 900
    for x in rng.integers(0, wide, chance.randint(0, 4)):
        pixels[:, x : x + chance.randint(1, 4)] -= chance.uniform(10, 45)
    if chance.random() < 0.5:
        edge = np.minimum(np.arange(wide)[::-1], wide // 20) / (wide // 20)
        pixels *= 0.5 + 0.5 * edge[None, :] ** 0.5
    canvas.image = noise(
        Image.fromarray(pixels.clip(0, 255).astype(np.uint8)), chance.uniform(1, 5), chance
    ).convert("RGB")


def fax(canvas: Canvas, chance: random.Random) -> None:
    """Leave black and white only, by a threshold or a raster; what vanished is truth no more."""
    grey = canvas.image.convert("L").filter(ImageFilter.GaussianBlur(0.5))
    if chance.random() < 0.25:
        black = grey.convert("1").convert("L")
    else:
        level = chance.randint(125, 175)
        black = grey.point(lambda v: 255 if v > level else 0)
    ink = (np.asarray(black) < 128).astype(np.float32)
    canvas.placed = [
        p for p in canvas.placed if p.kind not in LEAST or _inked(ink, p) > LEAST[p.kind]
    ]
    canvas.image = black.convert("RGB")


def _inked(ink: np.ndarray, placed: Placed) -> float:
    """Return how much of the place is black; of a round seal, half that of its rim alone."""
    left, top = placed.corners.min(0).astype(int).clip(0)
    right, bottom = placed.corners.max(0).astype(int)
    part = ink[top:bottom, left:right]
    if placed.kind != "seal" or placed.value.shape == "square":
        return float(part.mean())
    tall, wide = part.shape
    ys, xs = np.mgrid[0:tall, 0:wide]
    reach = np.hypot((xs - wide / 2) / (wide / 2), (ys - tall / 2) / (tall / 2))
    return float(part[(reach > 0.955) & (reach < 1)].mean()) / 2
