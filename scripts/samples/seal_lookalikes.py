"""Pages without a seal, but with what looks like one: badges, portraits, patterns, signs."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from PIL import Image, ImageDraw, ImageFilter

from samples import fonts, wear
from samples.seal_pages import body_name, paper_page
from samples.seals import Design, Press, names, press
from samples.sheet import SCALE, Sheet

RED = (206, 28, 34)
Rng = np.random.Generator


def lookalike_page(seed: int, kind: str) -> Image.Image:
    """Return a page of one of `LOOKALIKES`."""
    rng = np.random.default_rng(seed)
    page = paper_page(rng, (1400, 1000), red=kind in ("red text", "badge", "tick"))
    page = LOOKALIKES[kind](page, rng)
    return wear.squeeze(page, int(rng.integers(55, 92)))


def _middle(rng: Rng) -> tuple[float, float, float]:
    return float(rng.uniform(200, 1200)), float(rng.uniform(300, 850)), float(rng.uniform(50, 120))


def _circle(pen: ImageDraw.ImageDraw, x: float, y: float, r: float, **style: object) -> None:
    pen.ellipse([x - r, y - r, x + r, y + r], **style)


def _path(xs: np.ndarray, ys: np.ndarray) -> list[tuple[float, float]]:
    return list(zip(xs.tolist(), ys.tolist(), strict=True))


def _red_text(page: Image.Image, rng: Rng) -> Image.Image:
    pen = ImageDraw.Draw(page)
    for _ in range(6):
        size = int(rng.integers(30, 130))
        word = str(rng.choice(names()["headline"]))
        at = (rng.uniform(50, 800), rng.uniform(80, 920))
        pen.text(at, word, RED, fonts.font(str(rng.choice(["sans", "serif", "kai"])), size), "lm")
    return page


def _badge(page: Image.Image, rng: Rng) -> Image.Image:
    pen = ImageDraw.Draw(page)
    for _ in range(3):
        x, y, r = _middle(rng)
        _circle(pen, x, y, r, fill=RED)
        white = (255, 250, 240)
        _circle(pen, x, y, r * 0.86, outline=white, width=int(rng.integers(1, 5)))
        word = str(rng.choice(names()["headline"]))[:2]
        pen.text((x, y), word, white, fonts.font("sans-bold", int(r * 0.6)), "mm")
    return page


def _medal(page: Image.Image, rng: Rng) -> Image.Image:
    pen = ImageDraw.Draw(page)
    x, y, r = _middle(rng)
    pen.polygon([(x - r, y), (x - r * 0.6, y + 2 * r), (x, y + r)], RED)
    pen.polygon([(x + r, y), (x + r * 0.6, y + 2 * r), (x, y + r)], RED)
    turns = np.linspace(0, 2 * np.pi, 97)
    reach = r * (1 + 0.06 * np.cos(24 * turns))
    pen.polygon(_path(x + reach * np.cos(turns), y + reach * np.sin(turns)), (200, 40, 40))
    _circle(pen, x, y, r * 0.78, fill=(236, 190, 80), outline=RED, width=4)
    pen.text((x, y), "1", RED, fonts.font("serif-bold", int(r)), "mm")
    return page


def _tick(page: Image.Image, rng: Rng) -> Image.Image:
    pen = ImageDraw.Draw(page)
    for i in range(3):
        x, y, r = _middle(rng)
        width = int(r * rng.uniform(0.05, 0.22))
        _circle(pen, x, y, r, outline=RED, width=width)
        if i == 0:
            path = [(x - r * 0.45, y), (x - r * 0.1, y + r * 0.35), (x + r * 0.5, y - r * 0.4)]
            pen.line(path, RED, max(3, width))
        elif i == 1:
            pen.text((x, y), str(rng.integers(1, 10)), RED, fonts.font("sans-bold", int(r)), "mm")
        else:
            pen.line([(x - r * 0.68, y - r * 0.68), (x + r * 0.68, y + r * 0.68)], RED, width + 2)
    return page


def _rosette(page: Image.Image, rng: Rng) -> Image.Image:
    pen = ImageDraw.Draw(page)
    for _ in range(2):
        x, y, r = _middle(rng)
        turn = np.linspace(0, 2 * np.pi, 600)
        petals = int(rng.integers(8, 20))
        colour = tuple(int(v) for v in rng.integers([150, 20, 20], [230, 120, 120]))
        for phase in np.linspace(0, 2 * np.pi, 9)[:-1]:
            reach = r * (0.72 + 0.28 * np.cos(petals * turn + phase))
            pen.line(_path(x + reach * np.cos(turn), y + reach * np.sin(turn)), colour, 1)
        if rng.random() < 0.5:
            _circle(pen, x, y, r * 1.02, outline=colour, width=2)
    return page


def _portrait(page: Image.Image, rng: Rng) -> Image.Image:
    x, y, r = _middle(rng)
    colours = rng.integers([120, 40, 30], [255, 160, 140], (12, 12, 3), dtype=np.uint8)
    side = int(2 * r)
    photo = Image.fromarray(colours).resize((side, side), Image.Resampling.BICUBIC)
    mask = Image.new("L", (side, side), 0)
    ImageDraw.Draw(mask).ellipse([0, 0, side - 1, side - 1], fill=255)
    page.paste(photo, (int(x - r), int(y - r)), mask)
    _circle(ImageDraw.Draw(page), x, y, r, outline=RED, width=int(rng.integers(2, 6)))
    return page


def _code(page: Image.Image, rng: Rng) -> Image.Image:
    sheet = Sheet(1, 1)
    sheet.image = page.resize((page.width * SCALE, page.height * SCALE))
    for _ in range(2):
        x, y, r = _middle(rng)
        sheet.code(x - r, y - r, int(2 * r), f"https://example.com/{rng.integers(1 << 30)}")
    return sheet.image.resize(page.size)


def _poster(page: Image.Image, rng: Rng) -> Image.Image:
    ground = tuple(int(v) for v in rng.integers([150, 10, 10], [235, 50, 50]))
    cover = Image.new("RGB", page.size, ground)
    pen = ImageDraw.Draw(cover)
    gold = (240, 205, 120)
    for i in range(5):
        size = int(rng.integers(36, 130))
        word = str(rng.choice(names()["headline"]))
        pen.text((700, 120 + 170 * i), word, gold, fonts.font("sans", size), "mm")
    x, y, r = _middle(rng)
    _circle(pen, x, y, r, outline=gold, width=6)
    _circle(pen, x, y, r * 0.7, fill=(255, 246, 230))
    pen.text((x, y), str(rng.integers(10, 99)), ground, fonts.font("sans", int(r * 0.8)), "mm")
    return cover


def _logo(page: Image.Image, rng: Rng) -> Image.Image:
    """Draw round ornaments with text along them that are blue, green or gold, and no seal."""
    x, y, r = _middle(rng)
    colour = [(30, 70, 160), (20, 120, 70), (170, 130, 40)][int(rng.integers(3))]
    design = Design(body_name(rng), radius=int(r), star=bool(rng.random() < 0.4))
    size = min(design.size, 4.2 / len(design.arc) / 0.8)
    design = design._replace(size=size, narrow=min(0.8, 3.9 / (len(design.arc) * size)))
    press(page, x, y, design, Press(colour=colour), 1)
    return page


def _seal_like_icons(page: Image.Image, rng: Rng) -> Image.Image:
    """Draw concentric rings, dials and rounded buttons in red."""
    pen = ImageDraw.Draw(page)
    x, y, r = _middle(rng)
    for share in (1.0, 0.8, 0.6, 0.4):
        _circle(pen, x, y, r * share, outline=RED, width=int(rng.integers(2, 7)))
    x, y, r = _middle(rng)
    _circle(pen, x, y, r, outline=RED, width=4)
    for angle in np.linspace(0, 2 * np.pi, 12, endpoint=False):
        c, s = np.cos(angle), np.sin(angle)
        pen.line(
            [(x + c * r * 0.78, y + s * r * 0.78), (x + c * r * 0.92, y + s * r * 0.92)], RED, 4
        )
    x, y, r = _middle(rng)
    pen.rounded_rectangle([x - r, y - r * 0.4, x + r, y + r * 0.4], r * 0.3, outline=RED, width=4)
    pen.text(
        (x, y), str(rng.choice(names()["headline"])), RED, fonts.font("sans", int(r * 0.4)), "mm"
    )
    x, y, r = _middle(rng)
    pen.rectangle([x - r * 0.7, y - r, x + r * 0.7, y + r], outline=RED, width=3)
    return page


def _grey_shapes(page: Image.Image, rng: Rng) -> Image.Image:
    """Draw a grey page with rosettes, rings and a portrait."""
    page = _tick(_rosette(_portrait(page, rng), rng), rng)
    return page.filter(ImageFilter.GaussianBlur(0.6)).convert("L").convert("RGB")


LOOKALIKES: dict[str, Callable[[Image.Image, Rng], Image.Image]] = {
    "red text": _red_text,
    "badge": _badge,
    "medal": _medal,
    "tick": _tick,
    "rosette": _rosette,
    "portrait": _portrait,
    "code": _code,
    "poster": _poster,
    "logo": _logo,
    "icons": _seal_like_icons,
    "grey shapes": _grey_shapes,
}
