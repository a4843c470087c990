"""A page under the pen: text, codes and marks drawn to scale, and where they came to lie.

Places are millimetres from the upper left corner (on a screen: points); `scale` says how many
pixels one of them takes. What is drawn is remembered in pixels, so that whatever happens to the
picture afterwards can be told of the corners too.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from typing import NamedTuple

import numpy as np
from PIL import Image, ImageDraw, ImageFont

from benchmarks.drawn import texts
from scripts.samples import fonts

Colour = tuple[int, int, int]
Points = np.ndarray  # of shape (n, 2): x, y
INK: Colour = (36, 33, 36)


class Type(NamedTuple):
    """How text looks. Sizes are in the page's units; `lower` fades the colour downwards.

    `squeeze` narrows the characters, `bold` thickens their strokes by that share of the size.
    """

    face: str = "serif"
    size: float = 5.0
    fill: Colour = INK
    tracking: float = 0.0
    squeeze: float = 1.0
    bold: float = 0.0
    lower: Colour | None = None
    rim: Colour | None = None


class Placed(NamedTuple):
    """Something on the page: what it is, its corners in pixels, and what belongs to it."""

    kind: str
    corners: Points
    value: object


class Canvas:
    """A page of `width` by `height` units; `placed` is what stands on it, in reading order."""

    def __init__(
        self, width: float, height: float, scale: float, paper: Colour = (255, 255, 255)
    ) -> None:
        """Lay out an empty page."""
        self.width, self.height, self.scale = width, height, scale
        self.image = Image.new("RGB", (round(width * scale), round(height * scale)), paper)
        self.placed: list[Placed] = []

    @property
    def pen(self) -> ImageDraw.ImageDraw:
        """Return what draws on the picture as it is now."""
        return ImageDraw.Draw(self.image)

    def px(self, *values: float) -> list[float]:
        """Return lengths in pixels."""
        return [value * self.scale for value in values]

    def note(self, kind: str, box: Sequence[float], value: object) -> None:
        """Remember that something fills the box (left, top, right, bottom), in units."""
        left, top, right, bottom = self.px(*box)
        corners = [(left, top), (right, top), (right, bottom), (left, bottom)]
        self.placed.append(Placed(kind, np.array(corners, float), value))

    def write(
        self, x: float, y: float, text: str, style: Type, anchor: str = "l", said: bool = True
    ) -> float:
        """Write a line whose middle height is `y`; anchor l, m or r. Return its width.

        What is not `said` is ornament and no line of the page's text.
        """
        mask = line_mask(text, style, self.scale)
        wide, tall = mask.width / self.scale, mask.height / self.scale
        left = x - wide * {"l": 0.0, "m": 0.5, "r": 1.0}[anchor]
        self.ink(left, y - tall / 2, mask, style)
        if said:
            half = style.size * 0.55
            self.note("line", (left, y - half, left + wide, y + half), text)
        return wide

    def column(self, x: float, y: float, text: str, style: Type, said: bool = True) -> float:
        """Write downwards around the axis `x`, from `y` on; return how far it reaches."""
        step = style.size + style.tracking
        for i, char in enumerate(text):
            self.write(x, y + step * (i + 0.5), char, style._replace(tracking=0), "m", False)
        end = y + step * len(text)
        if said:
            half = style.size * 0.55
            self.note("line", (x - half, y, x + half, end), text)
        return end

    def paragraph(
        self, x: float, y: float, lines: Sequence[str], style: Type, leading: float = 1.7
    ) -> float:
        """Write lines below each other; return the middle height of the next one."""
        self.note_broken(lines)
        for line in lines:
            self.write(x + (len(line) - len(line.lstrip("　"))) * style.size, y,
                       line.lstrip("　"), style)  # fmt: skip
            y += style.size * leading
        return y

    def note_broken(self, lines: Sequence[str]) -> None:
        """Remember the listed terms that stand across the ends of these lines."""
        broken = texts.listed_in("".join(lines))
        for line in lines:
            for term in texts.listed_in(line):
                if term in broken:
                    broken.remove(term)
        for term in broken:
            self.note("term", (0, 0, 0, 0), term)

    def ink(self, x: float, y: float, mask: Image.Image, style: Type) -> None:
        """Colour the page where a mask says, whose upper left corner lies at (x, y)."""
        at = (round(x * self.scale), round(y * self.scale))
        if style.rim is not None:
            reach = max(1, round(style.size * self.scale * 0.03))
            for dx, dy in ((-1, -1), (1, 1), (1, -1), (-1, 1), (2, 2)):
                self.image.paste(style.rim, (at[0] + dx * reach, at[1] + dy * reach), mask)
        if style.lower is None:
            self.image.paste(style.fill, at, mask)
        else:
            self.image.paste(_gradient(mask.size, style.fill, style.lower), at, mask)

    def line(self, box: Sequence[float], fill: Colour = INK, width: float = 0.3) -> None:
        """Draw a straight line."""
        self.pen.line(self.px(*box), fill, max(1, round(width * self.scale)))

    def box(
        self,
        box: Sequence[float],
        fill: Colour | None = None,
        outline: Colour | None = None,
        width: float = 0.3,
        radius: float = 0.0,
    ) -> None:
        """Draw a rectangle, with round corners where `radius` is given."""
        wide = max(1, round(width * self.scale))
        self.pen.rounded_rectangle(self.px(*box), radius * self.scale, fill, outline, wide)

    def dot(self, x: float, y: float, radius: float, fill: Colour) -> None:
        """Draw a filled disc."""
        self.pen.ellipse(self.px(x - radius, y - radius, x + radius, y + radius), fill)

    def move(self, image: Image.Image, mapping: Callable[[Points], Points]) -> None:
        """Take another picture of the page; `mapping` says where each point went."""
        self.image = image
        self.placed = [p._replace(corners=mapping(p.corners)) for p in self.placed]


def width_of(text: str, style: Type) -> float:
    """Return the width of a line in units."""
    face = _font(style, 20.0)
    natural = sum(face.getlength(char) for char in text) / 20.0
    return (natural + style.tracking * (len(text) - 1)) * style.squeeze


def fitted(text: str, style: Type, width: float) -> Type:
    """Return the style, smaller where the line would be wider than `width`."""
    wide = width_of(text, style)
    if wide <= width:
        return style
    share = width / wide
    return style._replace(size=style.size * share, tracking=style.tracking * share)


def line_mask(text: str, style: Type, scale: float) -> Image.Image:
    """Return the shape of a line at that scale; raises ValueError for what no glyph is there."""
    lacking = fonts.missing(style.face, [text])
    if lacking:
        raise ValueError(f"{style.face} cannot draw {lacking!r}; cut the fonts again")
    font = _font(style, scale)
    tracking = style.tracking * scale
    total = sum(font.getlength(char) for char in text) + tracking * (len(text) - 1)
    tall = round(style.size * scale * 1.3)
    mask = Image.new("L", (max(1, round(total)), tall), 0)
    pen = ImageDraw.Draw(mask)
    stroke = round(style.bold * style.size * scale)
    left = 0.0
    for char in text:
        pen.text((left, tall / 2), char, 255, font, anchor="lm", stroke_width=stroke)
        left += font.getlength(char) + tracking
    if style.squeeze != 1:
        size = (max(1, round(mask.width * style.squeeze)), tall)
        mask = mask.resize(size, Image.Resampling.BICUBIC)
    return mask


def _font(style: Type, scale: float) -> ImageFont.FreeTypeFont:
    return fonts.font(style.face, max(4, round(style.size * scale)))


def _gradient(size: tuple[int, int], upper: Colour, lower: Colour) -> Image.Image:
    share = np.linspace(0, 1, size[1])[:, None, None]
    rows = np.array(upper) * (1 - share) + np.array(lower) * share
    return Image.fromarray(np.broadcast_to(rows, (size[1], size[0], 3)).astype(np.uint8))


def shade(colour: Colour, by: float) -> Colour:
    """Return a colour darker (by < 1) or lighter (by > 1, towards white)."""
    if by <= 1:
        return tuple(round(v * by) for v in colour)  # type: ignore[return-value]
    return tuple(round(255 - (255 - v) / by) for v in colour)  # type: ignore[return-value]


def near(chance: random.Random, colour: Colour, by: int = 14) -> Colour:
    """Return a colour that differs a little."""
    return tuple(min(255, max(0, v + chance.randint(-by, by))) for v in colour)  # type: ignore[return-value]
