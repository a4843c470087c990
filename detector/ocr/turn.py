"""Tell which way a page was turned, from its lines.

Method: shared/design/scans.md, step 4. Lines are not flipped one by one: the direction model is
right about most lines, and about nearly all pages. Where the shapes of the lines or the model's
votes leave it open, the longest lines are read in each way that is left, and what reads best
decides.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from detector.ocr.engine import Pixels
from detector.ocr.quads import Numbers, Quad, Quads, cut, part, sizes
from detector.ocr.rapid_nets import Nets

# A line higher than this many times its width stands upright: rapidocr's own limit.
UPRIGHT = 1.5
HEAD = 4.0  # heights of a line that the direction model looks at: its input is 192 by 48
LONG = 2.0  # times as long as it is high is a line whose shape says which way it runs
# Share of lines, by area, that must lie across the others for shapes to leave it open: a page
# turned on its side, or an upright one with columns of standing text.
MIXED = 0.1
FEW = 3  # votes that are too few to go by
DIVIDED = 0.25  # share of votes against the others from which they are divided
READ = 4  # lines of either shape that are read in each way


def along_text(page: Pixels, quads: Quads, nets: Nets) -> Quads:
    """Move each line's first corner to where its text begins.

    `page` is BGR; `quads` start at the top left as the page lies.
    """
    if not len(quads):
        return quads
    ways = [way for side in _sides(quads) for way in _ways(page, quads, side, nets)]
    if len(ways) == 1:
        return ways[0]
    telling = _telling(quads)
    return max(ways, key=lambda way: _read(page, way[telling], nets))


def _sides(quads: Quads) -> list[bool]:
    """Return whether the page lies on its side; both where its lines leave it open."""
    along, across = sizes(quads)
    tall = _share(along * across, across > along)
    long_ones = np.maximum(along, across) > LONG * np.minimum(along, across)
    across_others = _share((along * across)[long_ones], (across > along)[long_ones])
    if MIXED < across_others < 1 - MIXED:
        return [False, True]
    return [tall > 1 / 2]


def _share(areas: Numbers, chosen: NDArray[np.bool_]) -> float:
    return float(areas[chosen].sum() / max(float(areas.sum()), 1.0))


def _ways(page: Pixels, quads: Quads, side: bool, nets: Nets) -> Iterator[Quads]:
    """Yield how lines run if the page lies so: upright and on its head, unless votes tell which."""
    if side:
        quads = np.roll(quads, 1, axis=1)  # as if turned to the left: text runs up
    along, across = sizes(quads)
    standing = across > UPRIGHT * along
    votes = nets.upside_down([cut(page, _head(q)) for q in quads[~standing]])
    quads = quads.copy()
    quads[standing] = np.roll(quads[standing], -1, axis=1)  # upright lines run down
    share = sum(votes) / max(len(votes), 1)
    clear = len(votes) >= FEW and min(share, 1 - share) < DIVIDED
    if not (clear and share > 1 / 2):
        yield quads
    if not (clear and share < 1 / 2):
        yield np.roll(quads, 2, axis=1)


def _head(quad: Quad) -> Quad:
    along, across = sizes(quad[None])
    return part(quad, 0, min(1.0, HEAD * float(across[0]) / max(float(along[0]), 1.0)))


def _telling(quads: Quads) -> NDArray[np.intp]:
    """Return the numbers of the longest lines that lie and of the longest that stand."""
    along, across = sizes(quads)
    lying, standing = np.flatnonzero(along >= across), np.flatnonzero(along < across)
    longest = [lying[np.argsort(-along[lying])], standing[np.argsort(-across[standing])]]
    return np.concatenate([some[:READ] for some in longest])


def _read(page: Pixels, quads: Quads, nets: Nets) -> float:
    """Return how much is read of some lines: their characters, weighed by confidence."""
    readings = nets.recognise([cut(page, quad) for quad in quads])
    return sum(len(reading.centres) * reading.confidence for reading in readings)
