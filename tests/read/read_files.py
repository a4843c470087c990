"""Files of every format made in memory, and an OCR engine that reads one black spot as 包过."""

from __future__ import annotations

import ctypes
import io
import zipfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from math import cos, radians, sin
from pathlib import Path
from typing import NamedTuple

import numpy as np
import pypdfium2 as pdfium
from PIL import Image, ImageDraw
from pypdfium2 import raw

from detector.model import Point
from detector.ocr import ReadCell, ReadLine

FONT = Path(__file__).parents[2] / "samples" / "fonts" / "kai.ttf"
SPOT = (40, 20, 120, 60)  # left, top, right, bottom of the spot that `picture` draws
DARK = 90
WORD = "包过"
LETTERS = "whole page with letters"

NAMESPACES = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
)


class SpotEngine:
    """Reads whatever is dark on a page as one line of two cells; nothing where nothing is."""

    name = "spot"

    def __init__(self) -> None:
        self.seen: list[tuple[int, ...]] = []

    def read(self, image: np.ndarray) -> list[ReadLine]:
        self.seen.append(image.shape)
        if (spot := dark_box(image)) is None:
            return []
        left, top, right, bottom = spot
        middle = (left + right) / 2
        cells = (
            ReadCell(0, 1, corners(left, top, middle, bottom)),
            ReadCell(1, 2, corners(middle, top, right, bottom)),
        )
        return [ReadLine(WORD, corners(*spot), 0.9, cells)]


class BrokenEngine:
    """Fails on every page, as engines do on pictures that they were not written for."""

    name = "broken"

    def read(self, image: np.ndarray) -> list[ReadLine]:
        raise RuntimeError("boom")


def dark_box(image: np.ndarray | Image.Image) -> tuple[int, int, int, int] | None:
    """Return the box around all dark pixels, None where there is none."""
    down, across = np.nonzero(np.asarray(image).max(axis=2) < DARK)
    if not len(down):
        return None
    return int(across.min()), int(down.min()), int(across.max()) + 1, int(down.max()) + 1


def corners(left: float, top: float, right: float, bottom: float) -> tuple[Point, ...]:
    return Point(left, top), Point(right, top), Point(right, bottom), Point(left, bottom)


def picture(size: tuple[int, int] = (320, 200), spot: tuple[int, ...] | None = SPOT) -> Image.Image:
    """Return a white picture with a black spot, or without one."""
    made = Image.new("RGB", size, "white")
    if spot:
        left, top, right, bottom = spot
        ImageDraw.Draw(made).rectangle((left, top, right - 1, bottom - 1), fill="black")
    return made


def encoded(image: Image.Image, form: str, **options: object) -> bytes:
    out = io.BytesIO()
    image.save(out, form, **options)
    return out.getvalue()


def docx(
    body: str, parts: Mapping[str, str] | None = None, media: Mapping[str, bytes] | None = None
) -> bytes:
    """Return a Word file of this body; `parts` gives further members and what their roots hold."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("[Content_Types].xml", "<Types/>")
        package.writestr(
            "word/styles.xml", f"<w:styles {NAMESPACES}>{paragraph('样式')}</w:styles>"
        )
        content = {"word/document.xml": w("body", body), **(parts or {})}
        for name, inner in content.items():
            package.writestr(name, f"<w:part {NAMESPACES}>{inner}</w:part>")
        for name, data in (media or {}).items():
            package.writestr(f"word/media/{name}", data)
    return out.getvalue()


def w(tag: str, *inner: str) -> str:
    """Return an element of WordprocessingML; `tag` may carry attributes."""
    return f"<w:{tag}>{''.join(inner)}</w:{tag.split()[0]}>"


def run(text: str, *properties: str) -> str:
    return w("r", w("rPr", *properties), w("t", text))


def paragraph(*runs: str) -> str:
    return w("p", *(one if one.startswith("<") else run(one) for one in runs))


class Words(NamedTuple):
    """A line of a PDF page: where its baseline begins, in points from the lower left.

    `slope` is the angle of the baseline in degrees, counter-clockwise.
    """

    x: float
    y: float
    size: float
    text: str
    slope: float = 0


@dataclass
class Page:
    """A PDF page; the picture fills `frame` (left, bottom, width, height)."""

    words: Sequence[Words] = ()
    picture: Image.Image | None = None
    frame: tuple[float, float, float, float] = (0, 0, 400, 300)
    size: tuple[float, float] = (400, 300)
    crop: tuple[float, float, float, float] | None = None
    turn: int = 0


def pdf(*pages: Page) -> bytes:
    """Return a PDF whose text is set in an embedded face."""
    document = pdfium.PdfDocument.new()
    font = _font(document)
    for one in pages:
        page = document.new_page(*one.size)
        if one.picture:
            _insert_picture(document, page, one)
        for words in one.words:
            _insert_words(document, page, font, words)
        page.gen_content()
        page.set_rotation(one.turn)
        if one.crop:
            page.set_cropbox(*one.crop)
    return _saved(document)


def _font(document: pdfium.PdfDocument) -> object:
    data = FONT.read_bytes()
    held = (ctypes.c_uint8 * len(data)).from_buffer_copy(data)
    return raw.FPDFText_LoadFont(document, held, len(data), raw.FPDF_FONT_TRUETYPE, True)


def _insert_words(document: pdfium.PdfDocument, page: object, font: object, words: Words) -> None:
    thing = raw.FPDFPageObj_CreateTextObj(document, font, words.size)
    held = ctypes.create_string_buffer((words.text + "\0").encode("utf-16-le"))
    raw.FPDFText_SetText(thing, ctypes.cast(held, ctypes.POINTER(ctypes.c_ushort)))
    along, up = cos(radians(words.slope)), sin(radians(words.slope))
    raw.FPDFPageObj_Transform(thing, along, up, -up, along, words.x, words.y)
    raw.FPDFPage_InsertObject(page, thing)


def _insert_picture(document: pdfium.PdfDocument, page: object, one: Page) -> None:
    thing = pdfium.PdfImage.new(document)
    thing.load_jpeg(io.BytesIO(encoded(one.picture, "JPEG", quality=95)), inline=True)
    left, bottom, width, height = one.frame
    thing.set_matrix(pdfium.PdfMatrix().scale(width, height).translate(left, bottom))
    page.insert_obj(thing)


def _saved(document: pdfium.PdfDocument) -> bytes:
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


@dataclass
class RawPdf:
    """A PDF put together object by object, for what no writer would write."""

    bodies: list[bytes] = field(default_factory=list)

    def add(self, body: str, stream: str | None = None) -> int:
        """Store an object; return its number."""
        held = body.encode()
        if stream is not None:
            held = b"<< %s /Length %d >>\nstream\n%s\nendstream" % (
                held,
                len(stream),
                stream.encode(),
            )
        self.bodies.append(held)
        return len(self.bodies)

    def write(self, root: int) -> bytes:
        """Return the file; readers rebuild the table of places that it lacks."""
        objects = b"".join(
            b"%d 0 obj\n%s\nendobj\n" % (number, body) for number, body in enumerate(self.bodies, 1)
        )
        return b"%PDF-1.5\n" + objects + b"trailer\n<< /Root %d 0 R >>\n%%%%EOF\n" % root


def one_page(
    made: RawPdf, font: str = "/BaseFont /Helvetica", extra: str = "", kids: str = ""
) -> int:
    """Add a page of LETTERS, its size said by the tree of pages; return the number of the root."""
    stream = made.add("", f"BT /F 24 Tf 40 150 Td ({LETTERS}) Tj ET")
    face = f"<< /Type /Font /Subtype /TrueType {font} >>"
    tree = stream + 2
    page = made.add(
        f"<< /Type /Page /Parent {tree} 0 R /Resources << /Font << /F {face} >> >>"
        f" /Contents {stream} 0 R {extra} >>"
    )
    kids = f"{page} 0 R {kids}"
    size = "/MediaBox [0 0 400 300]"
    made.add(f"<< /Type /Pages {size} /Count {kids.count('R')} /Kids [{kids}] >>")
    return made.add(f"<< /Type /Catalog /Pages {tree} 0 R >>")
