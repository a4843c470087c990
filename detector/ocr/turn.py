"""Tell which way a page was turned, from its lines.

Method: shared/design/scans.md, step 4. Lines are not flipped one by one: the direction model is
right about most lines, and about nearly all pages. Where its votes are few or divided, the
longest lines are read both ways up, and what reads better decides.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from detector.ocr.engine import Pixels
from detector.ocr.quads import Quad, Quads, cut, part, sizes
from detector.ocr.rapid_nets import Nets

# A line higher than this many times its width stands upright: rapidocr's own limit.
UPRIGHT = 1.5
HEAD = 4.0  # heights of a line that the direction model looks at: its input is 192 by 48
FEW = 3  # votes that are too few to go by
DIVIDED = 0.25  # share of votes against the others from which they are divided
READ = 4  # lines that are read both ways up


def along_text(page: Pixels, quads: Quads, nets: Nets) -> Quads:
    """Move each line's first corner to where its text begins.

    `page` is BGR; `quads` start at the top left as the page lies.
    """
    if _lies_on_its_side(quads):
        quads = np.roll(quads, 1, axis=1)  # as if turned to the left: text runs up
    along, across = sizes(quads)
    standing = across > UPRIGHT * along
    votes = nets.upside_down([cut(page, _head(q)) for q in quads[~standing]])
    quads = quads.copy()
    quads[standing] = np.roll(quads[standing], -1, axis=1)  # upright lines run down
    turned = np.asarray(np.roll(quads, 2, axis=1), np.float32)
    if _are_clear(votes):
        return turned if 2 * sum(votes) > len(votes) else quads
    longest = np.argsort(-sizes(quads)[0])[:READ]
    return (
        turned if _read(page, turned[longest], nets) > _read(page, quads[longest], nets) else quads
    )


def _are_clear(votes: Sequence[bool]) -> bool:
    share = sum(votes) / max(len(votes), 1)
    return len(votes) >= FEW and min(share, 1 - share) < DIVIDED


def _read(page: Pixels, quads: Quads, nets: Nets) -> float:
    """Return how much is read of some lines: their characters, weighed by confidence."""
    readings = nets.recognise([cut(page, quad) for quad in quads])
    return sum(len(reading.centres) * reading.confidence for reading in readings)


def _lies_on_its_side(quads: Quads) -> bool:
    along, across = sizes(quads)
    areas = along * across
    standing = across > along
    return bool(areas[standing].sum() > areas[~standing].sum())


def _head(quad: Quad) -> Quad:
    along, across = sizes(quad[None])
    return part(quad, 0, min(1.0, HEAD * float(across[0]) / max(float(along[0]), 1.0)))
