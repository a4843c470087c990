"""Read the characters of a square seal, row by row and column by column."""

from __future__ import annotations

from collections.abc import Callable

import cv2
import numpy as np

from detector.marks.seal_unwrap import red_words
from detector.ocr.engine import Pixels
from detector.ocr.quads import Quad, cut
from detector.ocr.square_seals import FRAME, SquareSeal, rows_of

SIDE = 168
LINE = 48
SURE = 0.75  # a reading this sure is not tried in another turn


def read_square(
    page: Pixels, seal: SquareSeal, read: Callable[[Pixels], tuple[str, float]]
) -> tuple[Quad, tuple[str, ...], float]:
    """Return the corners from the seal's own upper left, its texts and how sure they are.

    The texts are the rows from the left and the columns from the right, as nothing tells which
    of the two was meant; one text where they are the same.
    """
    best: tuple[Quad, list[str], float] = (seal.quad, [], 0.0)
    for turn in (0, 1, 3, 2):
        quad = np.roll(seal.quad, -turn, axis=0)
        readings = [read(strip) for strip in _rows(page, quad, seal.solid)]
        sure = min((confidence for _, confidence in readings), default=0.0)
        if sure > best[2]:
            best = quad, [text.replace(" ", "") for text, _ in readings], sure
        if best[2] >= SURE:
            break
    quad, rows, sure = best
    return quad, _texts(rows), sure


def _rows(page: Pixels, quad: Quad, solid: bool) -> list[Pixels]:
    picture = cv2.resize(cut(page, quad), (SIDE, SIDE), interpolation=cv2.INTER_CUBIC)
    ink = red_words(np.asarray(picture, np.uint8)).astype(np.float32)
    low, high = np.percentile(ink, [5, 90])
    room = round(FRAME * 0.7 * SIDE)
    spread = ((ink - low) * (255 / max(20.0, float(high - low)))).clip(0, 255)[
        room:-room, room:-room
    ]
    strokes = 255 - spread if solid else spread
    strips = []
    for row in rows_of(strokes > 128):
        line = np.pad(strokes[row], ((3, 3), (6, 6))).astype(np.uint8)
        size = (round(line.shape[1] * LINE / line.shape[0]), LINE)
        strip = cv2.resize(255 - line, size, interpolation=cv2.INTER_AREA)
        strips.append(np.asarray(cv2.cvtColor(strip, cv2.COLOR_GRAY2RGB), np.uint8))
    return strips


def _texts(rows: list[str]) -> tuple[str, ...]:
    level = "".join(rows)
    lengths = set(map(len, rows))
    if len(lengths) != 1:
        return (level,) if level else ()
    columns = ["".join(column) for column in zip(*rows, strict=True)]
    return tuple(dict.fromkeys(text for text in (level, "".join(reversed(columns))) if text))
