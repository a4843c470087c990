"""All marks of a page picture, found by one finder a kind."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from detector.marks.codes import read_codes
from detector.marks.emblem import EmblemFinder
from detector.marks.portraits import find_portraits
from detector.marks.seals import Seal, find_seals
from detector.model import CONFIDENCE, Box, Mark, MarkKind, Point
from detector.ocr import Engine, Pixels, Polygon
from detector.settings import Settings

# How sure the finder must be of a mark for a person to be asked; on 271 drawn pages nothing
# else came above .52 as an emblem; badges are less sure (docs/decisions/emblem.md).
LEAST = {"emblem": 0.6, "badge": 0.75}


@dataclass(frozen=True, slots=True)
class MarkFinder:
    """Finds marks with the help of an OCR engine, which reads what seals say."""

    engine: Engine
    emblems: EmblemFinder

    def find(self, page: Pixels, number: int, lines: Sequence[Polygon] = ()) -> list[Mark]:
        """Find the marks of an RGB page; `number` counts from 0, `lines` are where text stands."""
        plain = [*self._seals(page, number), *_codes(page, number)]
        emblems = [mark for mark in self._emblems(page, number) if not _lies_on(mark, plain)]
        marks = [*plain, *emblems]
        portraits = [mark for mark in _portraits(page, number, lines) if not _lies_on(mark, marks)]
        return [*marks, *portraits]

    def _seals(self, page: Pixels, number: int) -> Iterator[Mark]:
        for seal in find_seals(page, self.engine.read_strip):
            scores = ((CONFIDENCE, seal.confidence), *seal.scores)
            yield Mark(MarkKind.SEAL, _box(number, seal.polygon), scores, _says(seal))

    def _emblems(self, page: Pixels, number: int) -> Iterator[Mark]:
        for emblem in self.emblems.find(page):
            if emblem.confidence < LEAST[emblem.kind]:
                continue
            scores = ((CONFIDENCE, emblem.confidence), *emblem.scores)
            yield Mark(MarkKind(emblem.kind), _box(number, emblem.polygon), scores)


def load_finder(settings: Settings, engine: Engine) -> MarkFinder:
    """Return the finder; the engine is lent to it."""
    return MarkFinder(engine, EmblemFinder.load(settings.emblem))


def _lies_on(mark: Mark, others: Sequence[Mark]) -> bool:
    """Tell whether a mark's middle lies on another, whose star or pattern was taken for it."""
    x = sum(corner.x for corner in mark.box.polygon) / 4
    y = sum(corner.y for corner in mark.box.polygon) / 4
    return any(_holds(other.box, x, y) for other in others)


def _holds(box: Box, x: float, y: float) -> bool:
    xs = [corner.x for corner in box.polygon]
    ys = [corner.y for corner in box.polygon]
    return min(xs) <= x <= max(xs) and min(ys) <= y <= max(ys)


def _codes(page: Pixels, number: int) -> Iterator[Mark]:
    for code in read_codes(page):
        yield Mark(MarkKind.CODE, _box(number, code.polygon), (), code.text)


def _portraits(page: Pixels, number: int, lines: Sequence[Polygon]) -> Iterator[Mark]:
    for portrait in find_portraits(page, lines):
        yield Mark(MarkKind.PORTRAIT, _box(number, portrait))


def _says(seal: Seal) -> str:
    return "\n".join(text for text in (seal.arc, *seal.inner) if text)


def _box(page: int, polygon: Polygon) -> Box:
    a, b, c, d = (Point(float(x), float(y)) for x, y in polygon)
    return Box(page, (a, b, c, d))
