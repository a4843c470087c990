"""PDF files: the text layer of each page, and OCR where it says little or pictures say more.

pypdfium2 opens, tells what a page holds and draws it; pdfplumber gives characters with places.
Boxes are in pixels of the page drawn at `settings.render_dpi`.
"""

from __future__ import annotations

import io
import logging
import math
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np
import pdfplumber
import pypdfium2 as pdfium
from numpy.typing import NDArray
from PIL import Image
from pypdfium2 import raw

from detector.errors import MissingPartError, ProblemCode, ReadError, ShanzhaiError
from detector.model import Box, Passage, PassageKind
from detector.read.content import Content, Gathered, Task, problem
from detector.read.layer_check import Verdict, compare, is_odd, part_unseen
from detector.read.page_text import find_marks, read_page
from detector.read.pdf_layer import ENGINE, UNMAPPED, Frame, layer_passage
from detector.settings import Settings

POINTS_PER_INCH = 72
# Letters and digits below which a layer says too little to speak for a page that shows more.
FEW_LETTERS = 20
# Share of the page that pictures must cover for them to be read beside the layer.
PICTURE_SHARE = 0.1
# Paths that a page has for rules and frames; an emblem or a seal drawn in lines has more.
FEW_PATHS = 40
# Share of characters that may be unreadable (no Unicode value) before a layer is given up.
UNREADABLE_SHARE = 0.2
PLACEHOLDER = (1, 1)
CHECKED_EVERY = 8  # of pages in fonts that were honest before, one in so many is looked at again
HIDES = "文字层含有页面上看不见的文字，已另作隐藏文字读取。请人工对照页面。"
LIES = "文字层与页面显示的文字不一致，已改用识别结果，原文字层另作隐藏文字读取。请人工对照页面。"

# Without a handler of its own, what pdfminer logs of odd files would stand in the terminal.
logging.getLogger("pdfminer").addHandler(logging.NullHandler())


@dataclass(slots=True)
class _Gathered(Gathered):
    """What has been read so far, and the fonts whose characters are what is drawn."""

    honest: set[str] = field(default_factory=set)


def read(task: Task) -> Content:
    """Read every page; raises ReadError where the file is encrypted or cannot be opened."""
    found = _Gathered()
    with _opened(task.data) as document, _plumber(task.data) as layers:
        count = len(document)
        for number in range(min(count, task.settings.max_pages)):
            _read_guarded(document, layers, number, task, found)
            task.on_page(count)
    if count > (limit := task.settings.max_pages):
        what = f"共 {count} 页，只读了前 {limit} 页。请拆分文件，或调大设置 max_pages。"
        found.problems.append(problem(ProblemCode.TRUNCATED, what))
    return found.content(count)


def draw_pages(data: bytes, settings: Settings) -> Iterator[Image.Image]:
    """Yield the drawn pages; one that cannot be drawn is a single white pixel."""
    with _opened(data) as document:
        for number in range(min(len(document), settings.max_pages)):
            try:
                yield _draw(document[number], settings)
            except pdfium.PdfiumError:
                yield Image.new("RGB", PLACEHOLDER, "white")


@contextmanager
def _opened(data: bytes) -> Iterator[Any]:
    """Open a PDF; pdfium tries the empty password of its own accord."""
    try:
        document = pdfium.PdfDocument(data)
    except pdfium.PdfiumError as error:
        if error.err_code in (raw.FPDF_ERR_PASSWORD, raw.FPDF_ERR_SECURITY):
            what = "PDF 设有密码，未读。请用密码打开，另存（或打印）为不加密的 PDF。"
            raise ReadError(ProblemCode.ENCRYPTED, what) from error
        what = "PDF 已损坏，无法打开。请用阅读器打开后另存，或重新取得原件。"
        raise ReadError(ProblemCode.DAMAGED, what) from error
    try:
        yield document
    finally:
        document.close()


@contextmanager
def _plumber(data: bytes) -> Iterator[list[Any]]:
    """Give pdfplumber's pages; none where it cannot read what pdfium can."""
    try:
        layers = pdfplumber.open(io.BytesIO(data), password="")
        pages = layers.pages
    except Exception:  # pdfminer raises anything on damaged files; pdfium's text is left then
        yield []
        return
    try:
        yield pages
    finally:
        layers.close()


def _read_guarded(
    document: Any, layers: list[Any], number: int, task: Task, found: _Gathered
) -> None:
    """Read a page; a failure is a problem of this page, and the others go on."""
    try:
        _read_page(document[number], layers, number, task, found)
    except ShanzhaiError:
        raise
    except Exception as error:  # damaged pages raise anything, from two parsers
        what = f"此页已损坏，未读（{error}）。请用阅读器打开后另存，或重新取得原件。"
        found.problems.append(problem(ProblemCode.DAMAGED, what, number))


def _read_page(page: Any, layers: list[Any], number: int, task: Task, found: _Gathered) -> None:
    plain = _plain_text(page)
    layer = _layer(page, layers, number, task.settings, plain) if plain else None
    if layer is not None and layer.lines and task.settings.layer_check_lines:
        before = len(found.passages)
        layer = _held_against_page(page, layer, layers, number, task, found)
        if layer is None and any(p.kind is PassageKind.OCR for p in found.passages[before:]):
            return
    if layer is not None:
        found.passages.append(layer)
    letters = sum(character.isalnum() for character in layer.text) if layer else 0
    if _needs_picture(page, letters):
        known = [line.box for line in layer.lines if line.box] if layer else []
        _read_drawn(page, number, task, known, found)
    elif _shows_drawings(page):
        found.add(find_marks(np.asarray(_draw(page, task.settings)), number, task))


def _held_against_page(
    page: Any, layer: Passage, layers: list[Any], number: int, task: Task, found: _Gathered
) -> Passage | None:
    """Return the part of a layer that the page shows; the rest is kept as a hidden passage."""
    drawn = np.asarray(_draw(page, task.settings))
    shown, unseen = part_unseen(layer, drawn)
    if unseen is not None:
        found.passages.append(replace(unseen, kind=PassageKind.HIDDEN))
        found.problems.append(problem(ProblemCode.LAYER_DIFFERS, HIDES, number))
    if shown is None:
        return None
    fonts = _fonts(layers, number)
    doubted = unseen is not None or is_odd(shown.text) or _holds_invisible(page)
    if not doubted and fonts <= found.honest and number % CHECKED_EVERY:
        return shown
    verdict = _compare(shown, drawn, task)
    if not verdict.lies:
        found.honest |= fonts if verdict.agreeing is not None else set()
        return shown
    read = read_page(Image.fromarray(drawn), number, task)
    found.problems.append(problem(ProblemCode.LAYER_DIFFERS, LIES, number))
    found.add(read)
    if not any(passage.kind is PassageKind.OCR for passage in read.passages):
        return shown
    found.passages.append(replace(shown, kind=PassageKind.HIDDEN))
    return None


def _compare(layer: Passage, drawn: NDArray[np.uint8], task: Task) -> Verdict:
    """Compare by reading some lines; without an engine nothing can be said."""
    try:
        engine = task.engine()
    except MissingPartError:
        return Verdict(None, False)
    return compare(layer, drawn, engine, task.settings.layer_check_lines)


def _fonts(layers: list[Any], number: int) -> set[str]:
    return {str(character.get("fontname")) for character in layers[number].chars}


def _holds_invisible(page: Any) -> bool:
    """Tell whether a page has text that is not drawn: the layer of a scan, or a hidden one."""
    return any(
        raw.FPDFTextObj_GetTextRenderMode(thing.raw) == raw.FPDF_TEXTRENDERMODE_INVISIBLE
        for thing in page.get_objects(filter=[raw.FPDF_PAGEOBJ_TEXT], max_depth=4)
    )


def _read_drawn(page: Any, number: int, task: Task, known: list[Box], found: _Gathered) -> None:
    found.add(read_page(_draw(page, task.settings), number, task, known))


def _plain_text(page: Any) -> str:
    """Return pdfium's text of a page, empty where the layer's characters cannot be read."""
    text: str = page.get_textpage().get_text_range().replace("\r\n", "\n")
    return "" if _is_unreadable(text) else text


def _is_unreadable(text: str) -> bool:
    """Tell whether too many characters have no Unicode value (private use counts as none)."""
    marks = [character for character in text if not character.isspace()]
    bad = sum(
        character < " " or "\ue000" <= character <= "\uf8ff" or character >= "\ufffd"
        for character in marks
    )
    return bad >= UNREADABLE_SHARE * len(marks)


def _layer(
    page: Any, layers: list[Any], number: int, settings: Settings, plain: str
) -> Passage | None:
    """Return the layer with boxes; pdfium's text without boxes where pdfplumber fails."""
    try:
        layer = layers[number]
        characters = layer.chars
        passage = layer_passage(characters, _frame(page, layer, settings), number)
        layer.close()
    except Exception:  # a page that pdfminer cannot read; pdfium could
        return Passage(0, PassageKind.BODY, plain, number, engine=ENGINE)
    unmapped = sum(character["text"].startswith(UNMAPPED) for character in characters)
    if passage is None or unmapped >= UNREADABLE_SHARE * len(characters):
        return Passage(0, PassageKind.BODY, plain, number, engine=ENGINE)
    return passage


def _frame(page: Any, layer: Any, settings: Settings) -> Frame:
    """Return where what is drawn lies in the space of pdfplumber's page, the turned media box."""
    media, shown = layer.page_obj.mediabox, page.get_bbox()
    left, bottom, right, top = (
        abs(outer - inner) for outer, inner in zip(media, shown, strict=True)
    )
    turns = page.get_rotation() // 90  # clockwise
    x, y = ((left, top), (bottom, left), (right, bottom), (top, right))[turns]
    width, height = page.get_size()
    across, down = _pixels(page, settings)
    return Frame(layer.mediabox[0] + x, layer.mediabox[1] + y, across / width, down / height)


def _needs_picture(page: Any, letters: int) -> bool:
    """Tell whether a page must be looked at: drawn things beside few letters, or pictures."""
    drawn = [
        thing for thing in page.get_objects(max_depth=4) if thing.type != raw.FPDF_PAGEOBJ_TEXT
    ]
    if letters < FEW_LETTERS:
        return bool(drawn) or (letters == 0 and next(page.get_objects(), None) is not None)
    pictures = [thing for thing in drawn if thing.type == raw.FPDF_PAGEOBJ_IMAGE]
    width, height = page.get_size()
    return bool(sum(map(_area, pictures)) >= PICTURE_SHARE * width * height)


def _shows_drawings(page: Any) -> bool:
    """Tell whether a page may bear marks: a picture on it, or lines beyond those of a table."""
    kinds = [thing.type for thing in page.get_objects(max_depth=4)]
    return raw.FPDF_PAGEOBJ_IMAGE in kinds or kinds.count(raw.FPDF_PAGEOBJ_PATH) > FEW_PATHS


def _area(thing: Any) -> float:
    left, bottom, right, top = thing.get_bounds()
    return float(abs((right - left) * (top - bottom)))


def _scale(page: Any, settings: Settings) -> float:
    """Return pixels for each point: `render_dpi`, less where the page would be too large."""
    width, height = page.get_size()
    wanted = settings.render_dpi / POINTS_PER_INCH
    return min(wanted, math.sqrt(settings.max_page_pixels / max(width * height, 1.0)))


def _pixels(page: Any, settings: Settings) -> tuple[int, int]:
    """Return the size that pdfium draws a page in."""
    width, height = page.get_size()
    scale = _scale(page, settings)
    return math.ceil(width * scale), math.ceil(height * scale)


def _draw(page: Any, settings: Settings) -> Image.Image:
    bitmap = page.render(scale=_scale(page, settings), may_draw_forms=False, rev_byteorder=True)
    return Image.fromarray(np.asarray(bitmap.to_numpy())[:, :, :3].copy())
