"""The text layer of a PDF page held against what the page shows.

Three ways in which they differ: words that leave no trace on the drawn page (white on white, off
the page), characters that mean other ones than are drawn, and another text than the picture's.
The last two are seen by reading a few lines of the drawn page. Figures: docs/decisions/layers.md.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import replace
from itertools import pairwise
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from rapidfuzz import fuzz

from detector.errors import ShanzhaiError
from detector.model import Cell, Line, Passage, Span
from detector.ocr import Engine

Pixels = NDArray[np.uint8]

FEWEST = 4  # letters of a line from which on it is worth reading
LONGEST = 22  # characters of a line that are read: enough to tell, and cheap
TALL = 36  # pixels that a line is brought to; engines need no more
PAPER = 24  # white pixels around each line that is read
TRACE = 14  # steps of grey that the faintest print differs from its ground by
EDGE = 0.08  # share of a line's height that is left out at its edges: rules of tables
UNSEEN = 6  # letters without a trace from which on something is being hidden
# Of what was read, the share that must agree: poor OCR of honest scans stays above, see layers.md.
AGREEING = 0.6
ONE_LINE = 0.35  # a single line that agrees less than this …
ONE_LETTERS = 8  # … and has so many letters …
ONE_SURE = 0.85  # … and was read so surely is enough
SURE = 0.6  # a reading less sure than this says nothing
PART = 0.5  # a reading shorter than this share of the line is a part of it and says nothing
FEW_READ = 6  # letters that must have been read to say anything


class Sample(NamedTuple):
    """A line, or its beginning: what the layer says, and its box as pixels on the page."""

    text: str
    left: int
    top: int
    right: int
    bottom: int


class Verdict(NamedTuple):
    """What reading some lines of a page gave; `agreeing` is None where too little was read."""

    agreeing: float | None
    lies: bool


def part_unseen(layer: Passage, page: Pixels) -> tuple[Passage | None, Passage | None]:
    """Part a layer into what leaves a trace on the drawn RGB page and what does not.

    Single letters without a trace (dirt, marks for printers) stay where they are.
    """
    grey = page.mean(axis=2)
    unseen = [line for line in layer.lines if line.box and not _leaves_trace(line, layer, grey)]
    if sum(_letters(_text(layer, line)) for line in unseen) < UNSEEN:
        return layer, None
    hidden = {line.span for line in unseen}
    shown = _of_lines(layer, lambda line: line.span not in hidden)
    return shown, _of_lines(layer, lambda line: line.span in hidden)


def compare(layer: Passage, page: Pixels, engine: Engine, most: int) -> Verdict:
    """Hold at most `most` lines of a layer against what an engine reads there on the drawn page.

    What the engine cannot read says nothing. Raises what is for the user to mend; a failure of
    the engine on these lines says nothing either.
    """
    samples = _samples(layer, page, most)
    if not samples:
        return Verdict(None, False)
    try:
        read = _read(samples, page, engine)
    except ShanzhaiError:
        raise
    except Exception:  # an engine's own failure is told where the whole page is read
        return Verdict(None, False)
    agreed = total = 0.0
    for sample, (text, sure) in zip(samples, read, strict=True):
        said, seen = _plain(sample.text), _plain(text)
        if sure < SURE or not PART * len(said) <= len(seen):
            continue
        same = fuzz.ratio(said, seen) / 100
        if same < ONE_LINE and min(len(said), len(seen)) >= ONE_LETTERS and sure >= ONE_SURE:
            return Verdict(same, True)
        agreed, total = agreed + same * len(said), total + len(said)
    if total < FEW_READ:
        return Verdict(None, False)
    return Verdict(agreed / total, agreed / total < AGREEING)


def is_odd(text: str) -> bool:
    """Tell whether a text is made of characters that nobody's text is made of.

    Characters that mean other ones spread over all of Unicode's ideographs; texts keep to the
    common ones of GB 2312 or Big5.
    """
    han = [c for c in text if "\u3400" <= c <= "\u9fff"]
    return len(han) >= FEW_READ and sum(map(_is_rare, han)) > len(han) / 4


def _is_rare(character: str) -> bool:
    simple = character.encode("gb2312", "ignore")
    traditional = character.encode("big5", "ignore")
    return not (simple and simple[0] <= 0xD7) and not (traditional and traditional[0] <= 0xC6)


def _leaves_trace(line: Line, layer: Passage, grey: NDArray[np.float64]) -> bool:
    """Tell whether something is drawn where a line says its words stand."""
    if not _letters(_text(layer, line)):
        return True
    left, top, right, bottom = _bounds(line.box.polygon) if line.box else (0, 0, 0, 0)
    if right - left < 1 or bottom - top < 1:  # a font without measures: nobody knows where it is
        return True
    inset = (bottom - top) * EDGE
    rows = slice(max(0, round(top + inset)), max(0, round(bottom - inset)))
    part = grey[rows, max(0, round(left)) : max(0, round(right))]
    return bool(part.size) and float(np.ptp(part)) >= TRACE


def _samples(layer: Passage, page: Pixels, most: int) -> list[Sample]:
    """Choose upright lines: the tallest, which is the title, and long ones spread over the page."""
    lines = [line for line in layer.lines if _is_readable(line, layer, page)]
    if not lines or most < 1:
        return []
    title = max(lines, key=lambda line: _height(line))
    rest = [line for line in lines if line is not title]
    cuts = np.linspace(0, len(rest), most).astype(int)  # one part less than there are cuts
    parts = [rest[start:end] for start, end in pairwise(cuts) if start < end]
    longest = [max(part, key=lambda one: _letters(_text(layer, one))) for part in parts]
    return [_sample(line, layer) for line in (title, *longest)]


def _is_readable(line: Line, layer: Passage, page: Pixels) -> bool:
    if line.box is None or len(line.cells) < FEWEST or _letters(_text(layer, line)) < FEWEST:
        return False
    left, top, right, bottom = _bounds(line.box.polygon)
    height, width = page.shape[:2]
    upright = right - left > bottom - top
    return upright and left >= 0 and top >= 0 and right <= width and bottom <= height


def _sample(line: Line, layer: Passage) -> Sample:
    """Cut a line where its cells stand apart or it is long enough."""
    kept: list[Cell] = []
    for cell in line.cells:
        apart = kept and _bounds(cell.box.polygon)[0] - _bounds(kept[-1].box.polygon)[2]
        if len(kept) >= LONGEST or (len(kept) >= FEWEST and apart and apart > 2 * _height(line)):
            break
        kept.append(cell)
    corners = [corner for cell in kept for corner in cell.box.polygon]
    left, top, right, bottom = _bounds(corners)
    text = layer.text[kept[0].span.start : kept[-1].span.end]
    return Sample(text, round(left), round(top), round(right), round(bottom))


def _read(samples: Sequence[Sample], page: Pixels, engine: Engine) -> list[tuple[str, float]]:
    """Read the samples below each other on one sheet; return each one's text and its sureness."""
    pieces = [_piece(sample, page) for sample in samples]
    width = max(piece.shape[1] for piece in pieces) + 2 * PAPER
    sheet = np.full((PAPER + sum(len(p) + PAPER for p in pieces), width, 3), 255, np.uint8)
    tops, at = [], PAPER
    for piece in pieces:
        sheet[at : at + len(piece), PAPER : PAPER + piece.shape[1]] = piece
        tops.append(at - PAPER / 2)
        at += len(piece) + PAPER
    found: list[list[tuple[float, str, float]]] = [[] for _ in samples]
    for line in engine.read(sheet):
        left, top, _, bottom = _bounds(line.polygon)
        row = int(np.searchsorted(tops, (top + bottom) / 2, side="right")) - 1
        sure = 1.0 if line.confidence is None else line.confidence
        found[max(row, 0)].append((left, line.text, sure))
    return [
        ("".join(text for _, text, _ in sorted(row)), min((sure for *_, sure in row), default=0.0))
        for row in found
    ]


def _piece(sample: Sample, page: Pixels) -> Pixels:
    """Cut a sample out with a little paper around, no taller than reading needs."""
    import cv2  # not before a page is looked at: reading plain text needs none of it

    margin = max(2, (sample.bottom - sample.top) // 6)
    rows = slice(max(0, sample.top - margin), sample.bottom + margin)
    piece = page[rows, max(0, sample.left - margin) : sample.right + margin]
    scale = min(1.0, TALL / max(1, sample.bottom - sample.top))
    how = cv2.INTER_AREA
    return np.asarray(cv2.resize(piece, None, fx=scale, fy=scale, interpolation=how), np.uint8)


def _of_lines(layer: Passage, keep: Callable[[Line], bool]) -> Passage | None:
    """Return a passage of some of the lines of another, None of none."""
    lines, texts, start = [], [], 0
    for line in filter(keep, layer.lines):
        by = start - line.span.start
        cells = tuple(replace(cell, span=_moved(cell.span, by)) for cell in line.cells)
        lines.append(replace(line, span=_moved(line.span, by), cells=cells))
        texts.append(_text(layer, line))
        start += len(texts[-1]) + 1
    return replace(layer, text="\n".join(texts), lines=tuple(lines)) if lines else None


def _moved(span: Span, by: int) -> Span:
    return Span(span.start + by, span.end + by)


def _text(layer: Passage, line: Line) -> str:
    return layer.text[line.span.start : line.span.end]


def _letters(text: str) -> int:
    return sum(map(str.isalnum, text))


def _plain(text: str) -> str:
    return "".join(c for c in unicodedata.normalize("NFKC", text).lower() if c.isalnum())


def _height(line: Line) -> float:
    _, top, _, bottom = _bounds(line.cells[0].box.polygon)
    return bottom - top


def _bounds(corners: Sequence[tuple[float, float]]) -> tuple[float, float, float, float]:
    xs, ys = zip(*corners, strict=True)
    return min(xs), min(ys), max(xs), max(ys)
