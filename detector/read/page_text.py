"""A page picture through the OCR engine, and its lines as a passage with boxes."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np

from detector.errors import ProblemCode, ShanzhaiError
from detector.model import Box, Cell, Line, Passage, PassageKind, Point, Problem, Span
from detector.read.content import PageRead, Task, problem
from detector.read.mark_text import mark_passage

if TYPE_CHECKING:
    from PIL.Image import Image

    from detector.ocr import Pixels, Polygon, ReadLine

# A page whose grey values, averaged over patches, differ by less than this shows nothing.
BLANK_RANGE = 16
DOUBTFUL = 4  # characters from which a line that was hardly recognised may be more than dirt
BLANK_SIDE = 256  # pixels of the longer side that a page is averaged down to


def read_page(image: Image, page: int, task: Task, known: Sequence[Box] = ()) -> PageRead:
    """Read an RGB page picture and find its marks; `page` counts from 0.

    Lines whose middle lies in one of the `known` boxes, read from a text layer, are left out.
    Lines that the engine is hardly sure of are left out too, and a problem says so where they
    may be more than dirt. A page on which nothing was recognised is a problem unless it is
    blank or has known text or marks. Raises what loading the engine raises; a failure of the
    engine on this page is a problem.
    """
    engine = task.engine()
    pixels = np.asarray(image)
    try:
        lines = engine.read(pixels)
    except ShanzhaiError:
        raise
    except Exception as error:  # an engine's own failure must not end the run
        what = f"文字识别出错（{type(error).__name__}：{error}），此页未读。请人工查看此页。"
        return PageRead(problems=(problem(ProblemCode.OCR_FAILED, what, page),))
    marked = find_marks(pixels, page, task, [line.polygon for line in lines])
    lines = [line for line in lines if line.text and not _is_known(line.polygon, known)]
    sure = [line for line in lines if _is_sure(line, task.settings.ocr_min_confidence)]
    doubtful = sum(len(line.text) >= DOUBTFUL for line in lines if line not in sure)
    problems = (*marked.problems, *_hardly_read(doubtful, page))
    read = (lines_passage(sure, page, engine.name),) if sure else ()
    if not (read or problems or known or marked.marks or is_blank(image)):
        what = "没有认出文字，但页面不是空白。请人工查看，或换更清晰的原件。"
        problems = (problem(ProblemCode.NO_TEXT, what, page),)
    return PageRead((*read, *marked.passages), marked.marks, problems)


def find_marks(pixels: Pixels, page: int, task: Task, lines: Sequence[Polygon] = ()) -> PageRead:
    """Find the marks of an RGB page, and what they say; `lines` are where its text stands."""
    finder = task.finder()
    if finder is None:
        return PageRead()
    try:
        marks = finder.find(pixels, page, lines)
    except Exception as error:  # as with an engine: the page's text is read all the same
        what = f"查找印章、徽标和二维码时出错（{type(error).__name__}：{error}）。请人工查看此页。"
        return PageRead(problems=(problem(ProblemCode.OCR_FAILED, what, page),))
    said = (mark_passage(mark, finder.engine.name) for mark in marks)
    return PageRead(tuple(passage for passage in said if passage), tuple(marks))


def _is_sure(line: ReadLine, least: float) -> bool:
    return line.confidence is None or line.confidence >= least


def _hardly_read(lines: int, page: int) -> tuple[Problem, ...]:
    if not lines:
        return ()
    what = f"有 {lines} 处文字识别把握不足，没有采用。请人工查看此页，或换更清晰的原件。"
    return (problem(ProblemCode.LOW_CONFIDENCE, what, page),)


def lines_passage(lines: Sequence[ReadLine], page: int, engine: str) -> Passage:
    """Join an engine's lines, in their order, into one passage; boxes carry the page."""
    placed, start = [], 0
    for line in lines:
        placed.append(_place(line, start, page))
        start += len(line.text) + 1
    text = "\n".join(line.text for line in lines)
    return Passage(0, PassageKind.OCR, text, page, tuple(placed), engine)


def is_blank(image: Image) -> bool:
    """Tell whether a page shows nothing: no patch of it is darker than another."""
    grey = image.convert("L")
    grey.thumbnail((BLANK_SIDE, BLANK_SIDE))
    lightness = np.asarray(grey)
    return int(lightness.max()) - int(lightness.min()) < BLANK_RANGE


def _place(line: ReadLine, start: int, page: int) -> Line:
    cells = tuple(
        Cell(Span(start + cell.start, start + cell.end), Box(page, _points(cell.polygon)))
        for cell in line.cells
    )
    span = Span(start, start + len(line.text))
    return Line(span, Box(page, _points(line.polygon)), line.confidence, cells, line.second)


def _points(polygon: Sequence[tuple[float, float]]) -> tuple[Point, Point, Point, Point]:
    """Return the four corners as plain floats; engines give numpy's, which JSON refuses."""
    a, b, c, d = (Point(float(x), float(y)) for x, y in polygon)
    return a, b, c, d


def _is_known(polygon: Sequence[tuple[float, float]], known: Sequence[Box]) -> bool:
    x = sum(corner[0] for corner in polygon) / len(polygon)
    y = sum(corner[1] for corner in polygon) / len(polygon)
    return any(_holds(box, x, y) for box in known)


def _holds(box: Box, x: float, y: float) -> bool:
    xs = [corner.x for corner in box.polygon]
    ys = [corner.y for corner in box.polygon]
    return min(xs) <= x <= max(xs) and min(ys) <= y <= max(ys)
