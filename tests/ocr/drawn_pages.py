"""Pages drawn with the committed fonts, which know where each character stands."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np
from PIL import Image, ImageChops, ImageDraw, ImageFont

FONTS = Path(__file__).parents[2] / "samples" / "fonts"
BLACK = (20, 20, 20)
SEAL = (214, 40, 44)


@dataclass(frozen=True)
class Text:
    """A line to draw: `x` is its left edge, `y` its middle height."""

    x: int
    y: int
    text: str
    size: int = 32
    face: str = "sans.otf"
    colour: tuple[int, int, int] = BLACK

    @property
    def font(self) -> ImageFont.FreeTypeFont:
        return _font(self.face, self.size)

    def places(self) -> list[tuple[float, float, float, float]]:
        """Return the box (left, top, right, bottom) of each character."""
        boxes, x = [], float(self.x)
        for character in self.text:
            width = self.font.getlength(character)
            boxes.append((x, self.y - self.size / 2, x + width, self.y + self.size / 2))
            x += width
        return boxes


CERTIFICATE = (
    Text(330, 90, "培训合格证书", 56, "serif.otf"),
    Text(80, 220, "兹证明张样本同志参加养老护理员培训班", face="serif.otf"),
    Text(80, 280, "学习期满，考核成绩合格，准予结业。", face="kai.ttf"),
    Text(80, 340, "本证书全国联网查询，终身有效。"),
    Text(80, 420, "证书编号：PX-2023-000018"),
    Text(520, 520, "云川市职业培训中心"),
    Text(520, 580, "2023年6月27日"),
)


def draw(
    texts: Sequence[Text],
    size: tuple[int, int] = (1000, 680),
    paper: tuple[int, int, int] = (252, 251, 248),
) -> Image.Image:
    page = Image.new("RGB", size, paper)
    pen = ImageDraw.Draw(page)
    for text in texts:
        pen.text((text.x, text.y), text.text, text.colour, text.font, anchor="lm")
    return page


def stamp(page: Image.Image, x: int, y: int, radius: int = 100) -> Image.Image:
    """Press a round red seal with a star on the page; what is below stays visible."""
    ink = Image.new("RGB", page.size, "white")
    pen = ImageDraw.Draw(ink)
    pen.ellipse((x - radius, y - radius, x + radius, y + radius), outline=SEAL, width=7)
    points = [
        (x + r * math.sin(k * math.pi / 5), y - r * math.cos(k * math.pi / 5))
        for k, r in enumerate([radius * 0.35, radius * 0.14] * 5)
    ]
    pen.polygon(points, SEAL)
    font = _font("sans.otf", radius // 4)
    for k, character in enumerate("云川市职业培训中心"):
        angle = math.radians(-120 + 30 * k)
        at = (x + 0.75 * radius * math.sin(angle), y - 0.75 * radius * math.cos(angle))
        pen.text(at, character, SEAL, font, anchor="mm")
    return ImageChops.multiply(page, ink)


def pixels(page: Image.Image) -> np.ndarray:
    return np.asarray(page)


def turned(page: Image.Image, degrees: float) -> np.ndarray:
    """Turn a page to the left; its corners are filled with paper."""
    paper = page.getpixel((0, 0))
    how = Image.Resampling.BICUBIC
    return np.asarray(page.rotate(degrees, how, expand=True, fillcolor=paper))


@cache
def _font(face: str, size: int) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(FONTS / face, size, layout_engine=ImageFont.Layout.BASIC)
