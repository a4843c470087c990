"""The text layer of a PDF page: characters with places → lines in reading order, with cells.

All lengths are pixels of the rendered page. Lines go from top to bottom; where two columns of
running text stand side by side, the left one comes first. Parts of one row that stand wide
apart (the cells of a table) are joined with a tab.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import atan2, cos, degrees, radians, sin
from statistics import median
from typing import Any

from detector.model import TEXT_LAYER, Box, Cell, Line, Passage, PassageKind, Point, Span

ENGINE = TEXT_LAYER
# A gap, in heights of a character, from which on two parts of a row stand apart …
CELL_GAP = 1.5
# … if it is also this many times the usual gap of its row (titles are set with wide gaps).
CELL_GAP_RATIO = 3.0
WORD_GAP = 0.25  # gap, in heights, that separates words of letters
SAME_PLACE = 0.2  # shift, in widths, below which equal characters are one, struck twice
# Two columns are running text if each has this many lines and lines of this many characters.
COLUMN_LINES = 4
COLUMN_CHARACTERS = 8
CROSSING_SHARE = 0.25  # share of lines that may cross the gap between two columns
UNMAPPED = "(cid:"  # pdfminer's text for a glyph that the font gives no character for


@dataclass(frozen=True, slots=True)
class Frame:
    """The visible part of a page in points, top left first, and pixels for each point."""

    left: float
    top: float
    across: float
    down: float


@dataclass(frozen=True, slots=True)
class Glyph:
    """A character as it stands: box, extent along its own line, place across lines."""

    text: str
    box: tuple[float, float, float, float]
    start: float
    end: float
    level: float
    size: float


Segment = list[Glyph]  # a part of a row without wide gaps
Row = list[Segment]


def layer_passage(characters: Iterable[dict[str, Any]], frame: Frame, page: int) -> Passage | None:
    """Return the passage of a page from pdfplumber's characters, None where there is none."""
    lines: list[Segment] = []
    for glyphs in _by_direction(characters, frame).values():
        segments = [segment for row in _rows(glyphs) for segment in _split(row)]
        lines += [_join(row) for row in _in_columns(segments)]
    lines = [line for line in lines if any(not glyph.text.isspace() for glyph in line)]
    return _passage(lines, page) if lines else None


def _by_direction(characters: Iterable[dict[str, Any]], frame: Frame) -> dict[int, list[Glyph]]:
    """Group characters by the direction of their line, in degrees; upright text comes first."""
    groups: dict[int, list[Glyph]] = {0: []}
    for character in characters:
        a, b = character["matrix"][:2]
        angle = round(degrees(atan2(b, a))) % 360
        groups.setdefault(angle, []).append(_glyph(character, frame, angle))
    return groups


def _glyph(character: dict[str, Any], frame: Frame, angle: int) -> Glyph:
    x0, x1 = ((character[key] - frame.left) * frame.across for key in ("x0", "x1"))
    y0, y1 = ((character[key] - frame.top) * frame.down for key in ("top", "bottom"))
    along, down = cos(radians(angle)), sin(radians(angle))  # the page's y axis points down
    x, y = (x0 + x1) / 2, (y0 + y1) / 2
    half = (abs((x1 - x0) * along) + abs((y1 - y0) * down)) / 2
    height = abs((x1 - x0) * down) + abs((y1 - y0) * along)
    middle = x * along - y * down
    text = "\ufffd" if character["text"].startswith(UNMAPPED) else character["text"]
    level = x * down + y * along
    return Glyph(text, (x0, y0, x1, y1), middle - half, middle + half, level, max(height, 1.0))


def _rows(glyphs: list[Glyph]) -> list[Segment]:
    """Put characters whose middles lie on one level into rows, from top to bottom."""
    rows: list[Segment] = []
    for glyph in sorted(glyphs, key=lambda g: g.level):
        last = rows[-1][-1] if rows else None
        if last and glyph.level - rows[-1][0].level < max(glyph.size, last.size) / 2:
            rows[-1].append(glyph)
        else:
            rows.append([glyph])
    return [_once(sorted(row, key=lambda g: g.start)) for row in rows]


def _once(row: Segment) -> Segment:
    """Leave out characters struck a second time in the same place to look bold."""
    kept: Segment = []
    for glyph in row:
        struck = (
            before.text == glyph.text
            and glyph.start - before.start < SAME_PLACE * (glyph.end - glyph.start)
            for before in kept[-2:]
        )
        if not any(struck):
            kept.append(glyph)
    return kept


def _split(row: Segment) -> Row:
    """Cut a row where parts of it stand wide apart."""
    gaps = [right.start - left.end for left, right in pairwise(row)]
    usual = max(median(gaps), 0.0) if gaps else 0.0
    segments = [[row[0]]]
    for gap, glyph in zip(gaps, row[1:], strict=True):
        if gap > CELL_GAP * glyph.size and gap > CELL_GAP_RATIO * usual:
            segments.append([])
        segments[-1].append(glyph)
    return segments


def _in_columns(segments: list[Segment]) -> list[Row]:
    """Order segments: those that cross a gap between columns divide the page into bands."""
    gutter = _gutter(segments)
    if gutter is None:
        return _join_rows(segments)
    ordered: list[Row] = []
    left: list[Segment] = []
    right: list[Segment] = []
    for segment in sorted(segments, key=_level):
        if segment[-1].end <= gutter:
            left.append(segment)
        elif segment[0].start >= gutter:
            right.append(segment)
        else:
            ordered += [*_in_columns(left), *_in_columns(right), [segment]]
            left, right = [], []
    return [*ordered, *_in_columns(left), *_in_columns(right)]


def _gutter(segments: list[Segment]) -> float | None:
    """Return a place that parts two columns of running text, None where there is none."""
    best: tuple[int, float] | None = None
    for place in sorted({segment[0].start for segment in segments}):
        left = [segment for segment in segments if segment[-1].end <= place]
        right = [segment for segment in segments if segment[0].start >= place]
        crossing = len(segments) - len(left) - len(right)
        runs = _is_running(left) and _is_running(right)
        if runs and crossing <= CROSSING_SHARE * len(segments) and (not best or crossing < best[0]):
            best = crossing, place
    return best[1] if best else None


def _is_running(segments: list[Segment]) -> bool:
    enough = len(segments) >= COLUMN_LINES
    return enough and median(len(segment) for segment in segments) >= COLUMN_CHARACTERS


def _join_rows(segments: list[Segment]) -> list[Row]:
    rows: list[Row] = []
    for segment in sorted(segments, key=_level):
        if rows and _level(segment) - _level(rows[-1][0]) < segment[0].size / 2:
            rows[-1].append(segment)
        else:
            rows.append([segment])
    return [sorted(row, key=lambda s: s[0].start) for row in rows]


def _level(segment: Segment) -> float:
    return median(glyph.level for glyph in segment)


def _join(row: Row) -> Segment:
    """Return a row as one line; what separates words and cells is a character without a box."""
    line: Segment = []
    for segment in row:
        if line:
            line.append(_separator("\t", segment[0]))
        for glyph in segment:
            if line and _apart(line[-1], glyph):
                line.append(_separator(" ", glyph))
            line.append(glyph)
    return line


def _apart(left: Glyph, right: Glyph) -> bool:
    """Tell whether a gap parts two words; Han characters are joined whatever the gap."""
    gap = right.start - left.end > WORD_GAP * right.size
    spaced = left.text.isspace() or right.text.isspace()
    return gap and not spaced and not (_is_wide(left.text[-1:]) or _is_wide(right.text[:1]))


def _is_wide(character: str) -> bool:
    return bool(character) and unicodedata.east_asian_width(character) in "WF"


def _separator(text: str, before: Glyph) -> Glyph:
    return Glyph(text, (0, 0, 0, 0), before.start, before.start, before.level, 0)


def _passage(lines: Sequence[Segment], page: int) -> Passage:
    texts = ["".join(glyph.text for glyph in line) for line in lines]
    placed, start = [], 0
    for line, text in zip(lines, texts, strict=True):
        placed.append(_place(line, Span(start, start + len(text)), page))
        start += len(text) + 1
    return Passage(0, PassageKind.BODY, "\n".join(texts), page, tuple(placed), ENGINE)


def _place(line: Segment, span: Span, page: int) -> Line:
    cells, start = [], span.start
    for glyph in line:
        end = start + len(glyph.text)
        if glyph.size and end > start:
            cells.append(Cell(Span(start, end), _box([glyph], page)))
        start = end
    return Line(span, _box([glyph for glyph in line if glyph.size], page), None, tuple(cells))


def _box(glyphs: Sequence[Glyph], page: int) -> Box:
    left = min(glyph.box[0] for glyph in glyphs)
    top = min(glyph.box[1] for glyph in glyphs)
    right = max(glyph.box[2] for glyph in glyphs)
    bottom = max(glyph.box[3] for glyph in glyphs)
    corners = (Point(left, top), Point(right, top), Point(right, bottom), Point(left, bottom))
    return Box(page, corners)
