"""The tesseract engine, for those who must use it: it reads far less than the default one.

It finds little on covers, chat screenshots and turned pages (docs/decisions/ocr.md).
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import NamedTuple
from unicodedata import east_asian_width

import pytesseract

from detector.errors import MissingPartError
from detector.model import Point
from detector.ocr.engine import Pixels, Polygon, ReadCell, ReadLine
from detector.ocr.seal_ink import without_seal_ink
from detector.settings import Settings

LANGUAGE = "chi_sim"
# One column of text in various sizes: 19 % of the drawn samples' characters wrong; 23 % with the
# program's own choice of blocks (3), 25 % as one block (6), 19 % as scattered text (11).
LAYOUT = "--psm 4"
ONE_LINE = "--psm 7"
INSTALL = "apt-get install tesseract-ocr tesseract-ocr-chi-sim"


class _Word(NamedTuple):
    """A word as tesseract reports it; `line` tells words of one line from others."""

    line: tuple[int, int, int]
    text: str
    confidence: float
    left: int
    top: int
    right: int
    bottom: int


@dataclass(frozen=True, slots=True)
class TesseractEngine:
    """Reads upright pages; how sure it is of a line is for the caller to weigh."""

    name: str = "tesseract"

    def read(self, image: Pixels) -> list[ReadLine]:
        """Read an upright RGB page; lines come in tesseract's order."""
        return [_line(words) for words in _lines(without_seal_ink(image), LAYOUT)]

    def read_strip(self, strip: Pixels) -> tuple[str, float]:
        """Read a single line."""
        lines = [_line(words) for words in _lines(strip, ONE_LINE)]
        sure = [line.confidence or 0.0 for line in lines]
        return " ".join(line.text for line in lines), min(sure, default=0.0)


def load(settings: Settings) -> TesseractEngine:
    """Return the engine; raises MissingPartError without the program or its Chinese data."""
    try:
        languages = pytesseract.get_languages()
    except pytesseract.TesseractNotFoundError as error:
        raise MissingPartError(_missing("没有找到 tesseract 程序")) from error
    if LANGUAGE not in languages:
        raise MissingPartError(_missing(f"tesseract 没有简体中文数据 {LANGUAGE}"))
    os.environ.setdefault("OMP_THREAD_LIMIT", "1")  # one worker a core; its threads only wait
    return TesseractEngine()


def _missing(what: str) -> str:
    return f"{what}，无法用它识别图片。请运行：{INSTALL}；或改用默认的识别引擎 rapid。"


def _lines(page: Pixels, layout: str) -> Iterator[list[_Word]]:
    for _, words in groupby(_words(page, layout), key=lambda word: word.line):
        yield list(words)


def _words(page: Pixels, layout: str) -> Iterator[_Word]:
    table = pytesseract.image_to_data(
        page, lang=LANGUAGE, config=layout, output_type=pytesseract.Output.DICT
    )
    columns = ("block_num", "par_num", "line_num", "text", "conf", "left", "top", "width", "height")
    for block, paragraph, line, text, confidence, x, y, width, height in zip(
        *(table.get(column, ()) for column in columns), strict=True
    ):
        if text.strip():
            place = (block, paragraph, line)
            yield _Word(place, text.strip(), confidence / 100, x, y, x + width, y + height)


def _line(words: Sequence[_Word]) -> ReadLine:
    text, cells = "", []
    for word in words:
        if text and not (_is_wide(text[-1]) or _is_wide(word.text[0])):
            text += " "
        cells.append(ReadCell(len(text), len(text) + len(word.text), _box([word])))
        text += word.text
    letters = sum(len(word.text) for word in words)
    confidence = sum(word.confidence * len(word.text) for word in words) / letters
    return ReadLine(text, _box(words), confidence, tuple(cells))


def _is_wide(character: str) -> bool:
    """Tell Han characters and their punctuation, which no space stands beside."""
    return east_asian_width(character) in "WF"


def _box(words: Sequence[_Word]) -> Polygon:
    left, top = min(word.left for word in words), min(word.top for word in words)
    right, bottom = max(word.right for word in words), max(word.bottom for word in words)
    return Point(left, top), Point(right, top), Point(right, bottom), Point(left, bottom)
