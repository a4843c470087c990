"""Find where the lines of a page are: scaling, tiles for long pages, one map of text.

The net gives every pixel a likelihood of text. A long page goes through it in tiles whose maps
are stitched before lines are drawn from them, so that no line is cut or found twice.
"""

from __future__ import annotations

import itertools
import math
from typing import Any, TypeAlias

import cv2
import numpy as np
from numpy.typing import NDArray

from detector.ocr.engine import Pixels
from detector.ocr.quads import Quads

TextMap: TypeAlias = NDArray[np.float32]  # shape (height, width), 0 to 1

STRIDE = 32  # the net takes sides that are multiples of this
# A page longer than this many widths is cut: scaled as a whole its text would be too small.
TILE_ASPECT = 2
# Pixels of the scaled page that neighbouring tiles share; the half next to each cut is not used.
OVERLAP = 256
# Small pictures are enlarged to this shorter side, as far as they fit a tile. Samples shrunk to
# 45 %: 0.7 % of characters wrong, 1.1 % with 320, 0.6 % and half as slow again with 736.
MIN_SIDE = 480


def find_lines(detector: Any, page: Pixels, long_side: int) -> Quads:
    """Return a quadrilateral for each line, clockwise from its top left as the page lies.

    `detector` is rapidocr's TextDetector; `long_side` bounds what goes through its net at once.
    """
    tile = max(2 * OVERLAP, round(long_side / STRIDE) * STRIDE)
    text_map = _text_map(detector, _scaled(page, tile), tile)
    boxes, _ = detector.postprocess_op(text_map[None, None], page.shape[:2])
    return _from_the_top_left(np.asarray(boxes, np.float32).reshape(-1, 4, 2))


def _from_the_top_left(quads: Quads) -> Quads:
    """Let each quad begin with the edge that runs most to the right.

    The net's own order goes by which corners lie leftmost, which on a narrow line that leans to
    the left are both of its lower ones.
    """
    edges = np.roll(quads, -1, axis=1) - quads
    to_the_right = edges[:, :, 0] / np.maximum(np.linalg.norm(edges, axis=2), 1)
    first = to_the_right.argmax(axis=1)
    corners = (first[:, None] + np.arange(4)) % 4
    return np.take_along_axis(quads, corners[:, :, None], axis=1)


def _scaled(page: Pixels, tile: int) -> Pixels:
    height, width = page.shape[:2]
    short, long = sorted((height, width))
    enlarged = max(1.0, min(MIN_SIDE / short, tile / long))
    scale = min(enlarged, tile / min(long, TILE_ASPECT * short))
    size = [max(STRIDE, round(side * scale / STRIDE) * STRIDE) for side in (width, height)]
    how = cv2.INTER_AREA if scale < 1 else cv2.INTER_LINEAR
    return np.asarray(cv2.resize(page, size, interpolation=how), np.uint8)


def _text_map(detector: Any, scaled: Pixels, tile: int) -> TextMap:
    height, width = scaled.shape[:2]
    text_map = np.zeros((height, width), np.float32)
    rows, columns = _tiles(height, tile), _tiles(width, tile)
    for (y, inner_y), (x, inner_x) in itertools.product(rows, columns):
        likely = _net(detector, scaled[y, x])
        text_map[inner_y, inner_x] = likely[_within(inner_y, y), _within(inner_x, x)]
    return text_map


def _tiles(length: int, tile: int) -> list[tuple[slice, slice]]:
    """Return what each tile along one side looks at, and the part it decides.

    The parts follow each other without a gap; around each there are pixels to see it in context.
    """
    count = max(1, math.ceil((length - OVERLAP) / (tile - OVERLAP)))
    size = min(length, tile)
    starts = [round(i * (length - size) / max(1, count - 1)) for i in range(count)]
    cuts = [(a + size + b) // 2 for a, b in itertools.pairwise(starts)]
    edges = [0, *cuts, length]
    return [
        (slice(start, start + size), slice(a, b))
        for start, (a, b) in zip(starts, itertools.pairwise(edges), strict=True)
    ]


def _within(inner: slice, outer: slice) -> slice:
    return slice(inner.start - outer.start, inner.stop - outer.start)


def _net(detector: Any, tile: Pixels) -> TextMap:
    likely: TextMap = detector.session(detector.get_preprocess()(tile))[0, 0]
    return likely
