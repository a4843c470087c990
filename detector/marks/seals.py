"""Find the seals on a page and read what they say."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Literal, NamedTuple, TypeAlias

import numpy as np

from detector.marks.seal_inner import corners, inner_strips, star
from detector.marks.seal_square import read_square
from detector.marks.seal_unwrap import (
    DEPTH,
    ROWS,
    Arc,
    Inked,
    Unrolled,
    arcs,
    red_words,
    strips,
    unroll,
)
from detector.ocr.engine import Pixels, Polygon
from detector.ocr.ink import balanced, darkness
from detector.ocr.quads import polygon
from detector.ocr.rings import Ring
from detector.ocr.round_seals import RoundSeal, grey_seals, red_seals
from detector.ocr.square_seals import SquareSeal

ReadLine: TypeAlias = Callable[[Pixels], tuple[str, float]]

OVAL = 0.86  # a smaller share of height to width may be an oval seal, not one seen from the side
ROUND = 0.8  # height over width of a round seal, seen from the side, is more than this
STAR = 0.35  # true stars had 0.6 to 0.9, other middles up to 0.25
MIN_CONFIDENCE = 0.5  # of a level line
# A ring is a seal if its name is read this surely and of so many different characters, or if a
# star stands in a red one amid so many strokes.
SURE, VARIED, STARRED_STROKES = 0.6, 0.35, 10
WHOLE, CERTAIN = 0.75, 0.8  # without a star either the rim is whole or the reading is certain
MIN_SQUARE = 0.4  # a square's rows hold two or three characters, of which one is often odd


@dataclass(frozen=True, slots=True)
class Seal:
    """A seal on a page.

    `polygon` runs clockwise in pixels of the page, its first edge along the seal's own top.
    `arc` is the name along the rim, `inner` the level lines; `confidence` is that of the arc.
    """

    polygon: Polygon
    shape: Literal["round", "oval", "square"]
    ink: Literal["red", "blue", "grey"]
    arc: str
    inner: tuple[str, ...]
    confidence: float
    scores: tuple[tuple[str, float], ...]


class _Read(NamedTuple):
    text: str
    confidence: float
    arc: Arc
    unrolled: Unrolled
    even: bool
    number: Arc | None


def find_seals(page: Pixels, read_line: ReadLine) -> list[Seal]:
    """Return the seals of an RGB page, from the top, then from the left.

    `read_line` reads an RGB picture of one line and says how sure it is, from 0 to 1.
    """
    page = balanced(page)
    seals = _coloured(page, read_line) or _blue(page, read_line)
    if not seals:
        found = [_round(page, darkness, "grey", seal, read_line) for seal in grey_seals(page)]
        seals = [seal for seal in found if seal]
    return sorted(seals, key=lambda seal: (seal.polygon[0].y, seal.polygon[0].x))


def _coloured(page: Pixels, read_line: ReadLine) -> list[Seal]:
    red = red_seals(page)
    found = [_round(page, red_words, "red", seal, read_line) for seal in red.round]
    found += [_square(page, seal, read_line) for seal in red.square]
    return [seal for seal in found if seal]


def _blue(page: Pixels, read_line: ReadLine) -> list[Seal]:
    """Return the seals in blue ink: red ones of the page with red and blue exchanged."""
    mirrored = np.ascontiguousarray(page[:, :, ::-1])
    return [replace(seal, ink="blue") for seal in _coloured(mirrored, read_line)]


def _round(
    page: Pixels, inked: Inked, ink: Literal["red", "grey"], seal: RoundSeal, read: ReadLine
) -> Seal | None:
    page, seal, corner = _alone(page, seal)
    ring = seal.ring
    starry, tip = star(page, inked, ring)
    name = _name(page, inked, seal, read)
    if not _is_sure(seal, ink, starry, name):
        return None
    top = _direction(ring, name, tip if starry > STAR else None)
    reach = 1 - name.unrolled.bottom / ROWS * DEPTH
    level = inner_strips(page, inked, ring, top, name.even, reach, starry > STAR)
    if name.number:
        level.append(strips(name.unrolled, name.number, flipped=True))
    lines = [max(map(read, line), key=lambda reading: reading[1]) for line in level]
    inner = tuple(text for text, confidence in lines if text and confidence >= MIN_CONFIDENCE)
    scores = (
        ("rim", seal.rim), ("thick", seal.thick), ("clear", seal.clear), ("fill", seal.fill),
        ("band", seal.band), ("strokes", float(seal.strokes)), ("star", starry),
    )  # fmt: skip
    flat, wide = np.linalg.eigvalsh(ring.axes)
    shape: Literal["round", "oval"] = "oval" if flat < ROUND * wide else "round"
    quad = polygon(corners(ring.moved(*corner), top))
    return Seal(quad, shape, ink, name.text, inner, name.confidence, scores)


def _square(page: Pixels, seal: SquareSeal, read: ReadLine) -> Seal | None:
    quad, texts, confidence = read_square(page, seal, read)
    if not texts or confidence < MIN_SQUARE:
        return None
    scores = (("sides", seal.sides), ("fill", seal.red))
    return Seal(polygon(quad), "square", "red", "", texts, confidence, scores)


def _alone(page: Pixels, seal: RoundSeal) -> tuple[Pixels, RoundSeal, tuple[int, int]]:
    """Return the part of a page around a seal, the seal there, and where the part begins."""
    around = seal.ring.points(1.2)
    left, top = (max(0, int(side)) for side in around.min(axis=0))
    right, bottom = (int(side) + 1 for side in around.max(axis=0))
    part = np.ascontiguousarray(page[top:bottom, left:right])
    return part, replace(seal, ring=seal.ring.moved(-left, -top)), (left, top)


def _name(page: Pixels, inked: Inked, seal: RoundSeal, read: ReadLine) -> _Read:
    flat, wide = np.linalg.eigvalsh(seal.ring.axes)
    ways = (False, True) if flat < OVAL * wide else (False,)
    readings = []
    for even in ways:
        unrolled = unroll(page, inked, seal.ring, seal.thick, even)
        arc, number = arcs(unrolled)
        for strip in strips(unrolled, arc):
            text, confidence = read(strip)
            text = text.strip()
            weight = confidence * min(1.0, len(text) / 4)
            readings.append((weight, _Read(text, confidence, arc, unrolled, even, number)))
    return max(readings, key=lambda reading: reading[0])[1]


def _direction(ring: Ring, name: _Read, tip: float | None) -> float:
    """Return where the seal's own top lies: amid its name, at a tip of the star if one is near."""
    top = name.arc.middle
    if name.even:
        # Steps along the outline of an oval are no even steps of its direction.
        fine = ring.points(count=1440)
        run = np.cumsum(np.linalg.norm(np.diff(fine, axis=0, append=fine[:1]), axis=1))
        at = int(np.searchsorted(run, (top / (2 * np.pi) % 1) * run[-1]))
        top = at / 1440 * 2 * np.pi
    if tip is None:
        return top
    off = (tip - top + np.pi / 5) % (2 * np.pi / 5) - np.pi / 5
    return float(top + off) if abs(off) < np.radians(24) else top


def _is_sure(seal: RoundSeal, ink: str, starry: float, name: _Read) -> bool:
    # Marks on a dial and the leaves of a wreath are read as one letter again and again.
    varied = len(set(name.text))
    if name.confidence >= SURE and varied >= max(4, VARIED * len(name.text)):
        whole = seal.rim >= WHOLE or name.confidence >= CERTAIN
        return starry > STAR or (whole and (ink == "red" or varied >= 6))
    return ink == "red" and starry > STAR and seal.strokes >= STARRED_STROKES
