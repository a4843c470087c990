"""A page to draw on: text that remembers its lines, tables, photo boxes and codes.

Coordinates are pixels of the finished page; drawing happens on a page `SCALE` times as large,
so that every edge comes out smooth.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

import qrcode
from PIL import Image, ImageDraw

from samples import fonts

SCALE = 2
INK = (34, 32, 36)
Colour = tuple[int, int, int]


class Type(NamedTuple):
    """How a piece of text looks. `tracking` is extra room between characters, in pixels."""

    face: str = "serif"
    size: int = 28
    fill: Colour = INK
    tracking: int = 0


def width_of(text: str, style: Type) -> float:
    """Return how many pixels of the finished page a line takes."""
    font = fonts.font(style.face, style.size * SCALE)
    return sum(font.getlength(c) for c in text) / SCALE + style.tracking * (len(text) - 1)


class Sheet:
    """A page under the pen. `lines` holds what was written on it, in the order of writing."""

    def __init__(self, width: int, height: int, paper: Colour = (255, 255, 255)) -> None:
        """Lay out an empty page."""
        self.width, self.height = width, height
        self.image = Image.new("RGB", (width * SCALE, height * SCALE), paper)
        self.pen = ImageDraw.Draw(self.image)
        self.lines: list[str] = []

    def write(self, x: float, y: float, text: str, style: Type, anchor: str = "l") -> None:
        """Write one line whose middle height is `y` and remember it; anchor l, m or r."""
        self.lines.append(text)
        self.ink(x, y, text, style, anchor)

    def ink(self, x: float, y: float, text: str, style: Type, anchor: str = "l") -> float:
        """Write one line without remembering it; return its width."""
        lacking = fonts.missing(style.face, [text])
        if lacking:
            raise ValueError(f"{style.face} cannot draw {lacking!r}; cut the fonts again")
        font = fonts.font(style.face, style.size * SCALE)
        total = width_of(text, style)
        left = (x - total * {"l": 0.0, "m": 0.5, "r": 1.0}[anchor]) * SCALE
        for char in text:
            self.pen.text((left, y * SCALE), char, style.fill, font, anchor="lm")
            left += font.getlength(char) + style.tracking * SCALE
        return total

    def paragraph(
        self, x: float, y: float, lines: Iterable[str], style: Type, leading: float = 1.7
    ) -> float:
        """Write lines below each other; return the middle height of the next one."""
        for line in lines:
            self.write(x, y, line, style)
            y += style.size * leading
        return y

    def field(
        self, x: float, y: float, pair: Sequence[str], styles: tuple[Type, Type], rule: int = 0
    ) -> None:
        """Write a label and its value as one line; `rule` draws a line of that length below."""
        label, value = pair
        self.lines.append(f"{label} {value}".strip())
        start = x + self.ink(x, y, label, styles[0]) + styles[0].size * 0.6
        self.ink(start + (10 if rule else 0), y, value, styles[1])
        if rule:
            self.line((start, y + styles[0].size * 0.75, start + rule, y + styles[0].size * 0.75))

    def line(self, box: Sequence[float], fill: Colour = (90, 86, 90), width: int = 1) -> None:
        """Draw a straight line from (x0, y0) to (x1, y1)."""
        self.pen.line([v * SCALE for v in box], fill, width * SCALE)

    def box(
        self,
        box: Sequence[float],
        fill: Colour | None = None,
        outline: Colour | None = None,
        width: int = 1,
        radius: float = 0,
    ) -> None:
        """Draw a rectangle, with round corners where `radius` is given."""
        corners = [v * SCALE for v in box]
        self.pen.rounded_rectangle(corners, radius * SCALE, fill, outline, width * SCALE)

    def dot(self, x: float, y: float, radius: float, fill: Colour) -> None:
        """Draw a filled disc."""
        corners = [v * SCALE for v in (x - radius, y - radius, x + radius, y + radius)]
        self.pen.ellipse(corners, fill)

    def code(self, x: float, y: float, side: int, content: str) -> None:
        """Draw a QR code of `content` whose edges are `side` pixels long, border included."""
        made = qrcode.QRCode(error_correction=qrcode.constants.ERROR_CORRECT_M, border=2)
        made.add_data(content)
        matrix = made.get_matrix()
        cells = Image.new("L", (len(matrix), len(matrix)), 255)
        cells.putdata([0 if cell else 255 for row in matrix for cell in row])
        large = cells.resize((side * SCALE, side * SCALE), Image.Resampling.NEAREST)
        self.image.paste(large.convert("RGB"), (int(x * SCALE), int(y * SCALE)))

    def finish(self) -> Image.Image:
        """Return the page at its own size."""
        return self.image.resize((self.width, self.height), Image.Resampling.LANCZOS)
