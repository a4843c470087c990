"""Codes on a page (QR, Data Matrix, bars …): what they say, as text. Nothing is ever opened.

zxing-cpp reads the whole page once; what looks like a code there and was not read is cut out and
looked at again in other ways. Which ways help: docs/decisions/codes.md.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

import cv2
import numpy as np
import zxingcpp

from detector.marks.code_looks import (
    Matrix,
    levelled,
    moved,
    plain,
    red_channel,
    scaled,
    sharpened,
    thresholded,
)
from detector.marks.code_places import code_places
from detector.model import Point
from detector.ocr.engine import Pixels, Polygon

_FORMATS = zxingcpp.BarcodeFormat
# Symbologies that stand on documents and goods; what others "read" in guilloches is chance.
MATRIX = (
    _FORMATS.QRCode,
    _FORMATS.MicroQRCode,
    _FORMATS.DataMatrix,
    _FORMATS.Aztec,
    _FORMATS.PDF417,
)
BARS = (
    _FORMATS.Code128,
    _FORMATS.Code39,
    _FORMATS.Code93,
    _FORMATS.EAN13,
    _FORMATS.EAN8,
    _FORMATS.UPCA,
    _FORMATS.ITF,
)
FORMATS = zxingcpp.BarcodeFormats([*MATRIX, *BARS])
# Bars without a strong check digit say nothing believable in fewer characters.
SHORTEST = {"Code39": 4, "Code39Std": 4, "ITF": 10, "ITF14": 10}
LONGEST_TEXT = 2_000  # characters; the densest QR code holds 7,089 digits
CUT = "…"
# A page is first read in at most this many pixels: 200 dpi of an A4 page are 4 million.
PAGE_PIXELS = 5_000_000
# A crop is doubled while it is smaller than this: bars and modules of one pixel become legible.
DOUBLED_SIDE = 700
# In places found on a shrunk page a crop is brought down to this: no code needs more pixels.
CROP_SIDE = 1_000
RED_STEP = 4  # every fourth pixel tells whether a page shows red …
RED_LEAD = 40  # … where red leads the other channels by so much …
RED_SHARE = 0.0005  # … on so much of it
FLATTEST = 0.12  # least height of a row of bars, in widths: one scan line has none


@dataclass(frozen=True, slots=True)
class Code:
    """A code on a page: where it stands, which kind it is, what it says.

    `polygon` runs clockwise from the code's own top left. `text` is empty where the content is
    no text.
    """

    polygon: Polygon
    symbology: str
    text: str


def read_codes(page: Pixels) -> list[Code]:
    """Read the codes of an RGB page of shape (height, width, 3), from top to bottom."""
    shrink = min(1.0, (PAGE_PIXELS / (page.shape[0] * page.shape[1])) ** 0.5)
    whole = _resized(page, shrink)
    grey = np.asarray(cv2.cvtColor(whole, cv2.COLOR_RGB2GRAY), np.uint8)
    home = scaled(1 / shrink)
    found = [_code(read, home) for read in _read(grey)]
    if _shows_red(whole):
        found += [_code(read, home) for read in _read(red_channel(whole))]
    for place in code_places(grey):
        window = [edge / shrink for edge in place[:4]]
        if not any(_holds(window, code.polygon) for code in found):
            found += _read_closely(page, window, place.turn)
    return sorted(_once(found), key=lambda code: min((y, x) for x, y in code.polygon))


def _shows_red(page: Pixels) -> bool:
    """Tell whether red ink stands on a page, which may lie across a code."""
    few = page[::RED_STEP, ::RED_STEP].astype(np.int16)
    red = few[:, :, 0] - few[:, :, 1:].max(axis=2) > RED_LEAD
    return bool(red.mean() > RED_SHARE)


def _read_closely(page: Pixels, window: Sequence[float], turn: float | None) -> list[Code]:
    """Read one place of the page in the ways that a whole page is not read in."""
    left, top, right, bottom = (round(edge) for edge in window)
    crop = page[top:bottom, left:right]
    shrink = min(1.0, CROP_SIDE / max(crop.shape[:2]))
    crop = _resized(crop, shrink)
    home = moved(left, top) @ scaled(1 / shrink)
    if turn is not None:
        crop, back = levelled(crop, turn)
        home = home @ back
    red = red_channel(crop)
    factor = 2.0 if max(red.shape) <= DOUBLED_SIDE else 1.0
    for look, scale in ((plain, 1.0), (sharpened, factor), (thresholded, factor)):
        read = _read(look(red, scale))
        if read:
            return [_code(one, home @ scaled(1 / scale)) for one in read]
    return []


def _read(picture: Pixels) -> list[zxingcpp.Barcode]:
    return [
        read
        for read in zxingcpp.read_barcodes(picture, FORMATS, text_mode=zxingcpp.TextMode.Plain)
        if read.valid and len(read.text) >= SHORTEST.get(read.format.name, 1)
    ]


def _code(read: zxingcpp.Barcode, home: Matrix) -> Code:
    said = "" if read.content_type == zxingcpp.ContentType.Binary else clean_text(read.text)
    return Code(_polygon(read.position, home), read.format.name, said)


def clean_text(text: str) -> str:
    """Return what a code says as text that may be shown: no control characters, not too long.

    Marks that turn the direction of writing would show another host than is meant.
    """
    lines = text.replace("\r\n", "\n").replace("\r", "\n")
    kept = "".join(
        character if character == "\n" else _shown(character) for character in lines
    ).strip()
    return kept if len(kept) <= LONGEST_TEXT else kept[:LONGEST_TEXT] + CUT


def _shown(character: str) -> str:
    kind = unicodedata.category(character)
    if kind == "Cf":
        return ""
    if kind in ("Cs", "Cn", "Co"):
        return "\ufffd"
    return " " if kind in ("Cc", "Zl", "Zp") else character


def _polygon(position: zxingcpp.Position, home: Matrix) -> Polygon:
    corners = (position.top_left, position.top_right, position.bottom_right, position.bottom_left)
    quad = np.array([(corner.x, corner.y) for corner in corners], float)
    width, height = np.linalg.norm(quad[1] - quad[0]), np.linalg.norm(quad[3] - quad[0])
    if width and height < FLATTEST * width:
        along = (quad[1] - quad[0]) / width
        out = np.array([-along[1], along[0]]) * (FLATTEST * width - height) / 2
        quad += np.array([-out, -out, out, out])
    placed = quad @ home[:2, :2].T + home[:2, 2]
    a, b, c, d = (Point(float(x), float(y)) for x, y in placed)
    return a, b, c, d


def _once(codes: Sequence[Code]) -> list[Code]:
    """Leave out a code that was read a second time in the same place."""
    kept: list[Code] = []
    for code in codes:
        if not any(_same(code, other) for other in kept):
            kept.append(code)
    return kept


def _same(one: Code, other: Code) -> bool:
    xs, ys = zip(*other.polygon, strict=True)
    window = min(xs), min(ys), max(xs), max(ys)
    return one.text == other.text and _holds(window, one.polygon)


def _holds(window: Sequence[float], polygon: Polygon) -> bool:
    """Tell whether the middle of a polygon lies in a window (left, top, right, bottom)."""
    left, top, right, bottom = window
    x = sum(corner.x for corner in polygon) / 4
    y = sum(corner.y for corner in polygon) / 4
    return left <= x <= right and top <= y <= bottom


def _resized(picture: Pixels, scale: float) -> Pixels:
    if scale >= 1:
        return picture
    how = cv2.INTER_AREA
    return np.asarray(cv2.resize(picture, None, fx=scale, fy=scale, interpolation=how), np.uint8)
