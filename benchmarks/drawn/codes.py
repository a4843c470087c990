"""Codes on a page: QR codes and Code 128 bars."""

from __future__ import annotations

import random

import numpy as np
import qrcode
from PIL import Image

from benchmarks.drawn import truth
from benchmarks.drawn.canvas import Canvas, Colour

_LEVELS = (
    qrcode.constants.ERROR_CORRECT_L,
    qrcode.constants.ERROR_CORRECT_M,
    qrcode.constants.ERROR_CORRECT_Q,
)
# Widths of bars and gaps of the values 0 to 105 (ISO/IEC 15417, table 1), then the stop.
_WIDTHS = (
    "212222222122222221121223121322131222122213122312132212221213221312231212112232122132122231"
    "113222123122123221223211221132221231213212223112312131311222321122321221312212322112322211"
    "212123212321232121111323131123131321112313132113132311211313231113231311112133112331132131"
    "113123113321133121313121211331231131213113213311213131311123311321331121312113312311332111"
    "314111221411431111111224111422121124121421141122141221112214112412122114122411142112142211"
    "241211221114413111241112134111111242121142121241114212124112124211411212421112421211212141"
    "214121412121111143111341131141114113114311411113411311113141114131311141411131211412211214"
    "211232"
)
_STOP = "2331112"
_START_B = 104


def qr(canvas: Canvas, x: float, y: float, side: float, content: str, chance: random.Random,
       ink: Colour = (0, 0, 0)) -> None:  # fmt: skip
    """Print a QR code whose upper left corner is (x, y), `side` wide with its quiet border."""
    made = qrcode.QRCode(error_correction=chance.choice(_LEVELS), border=chance.choice((2, 3, 4)))
    made.add_data(content)
    cells = np.array(made.get_matrix())
    colours = np.where(cells[..., None], np.array(ink), 255).astype(np.uint8)
    pixels = round(side * canvas.scale)
    large = Image.fromarray(colours).resize((pixels, pixels), Image.Resampling.NEAREST)
    canvas.image.paste(large, (round(x * canvas.scale), round(y * canvas.scale)))
    canvas.note("code", (x, y, x + side, y + side), truth.Code(content, ()))


def bars(canvas: Canvas, x: float, y: float, size: tuple[float, float], content: str) -> None:
    """Print ASCII text as Code 128 (set B) with its quiet zones, `size` wide and high."""
    wide, tall = size
    values = [_START_B, *(ord(char) - 32 for char in content)]
    check = (values[0] + sum(i * v for i, v in enumerate(values[1:], 1))) % 103
    widths = "".join(_WIDTHS[6 * v : 6 * v + 6] for v in (*values, check)) + _STOP
    modules = [0] * 10
    for i, width in enumerate(widths):
        modules += [1 - i % 2] * int(width)
    row = np.where(np.array([*modules, *[0] * 10]), 0, 255).astype(np.uint8)
    pixels = (round(wide * canvas.scale), round(tall * canvas.scale))
    made = Image.fromarray(row[None, :]).resize(pixels, Image.Resampling.NEAREST)
    canvas.image.paste(made.convert("RGB"), (round(x * canvas.scale), round(y * canvas.scale)))
    canvas.note("code", (x, y, x + wide, y + tall), truth.Code(content, (), "code128"))
