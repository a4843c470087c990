"""Tell which way a page was turned, from its lines.

Method: shared/design/scans.md, step 4. Lines are not flipped one by one: the direction model is
right about most lines, and about nearly all pages.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np

from detector.ocr.engine import Pixels
from detector.ocr.quads import Quad, Quads, cut, part, sizes

# A line higher than this many times its width stands upright: rapidocr's own limit.
UPRIGHT = 1.5
HEAD = 4.0  # heights of a line that the direction model looks at: its input is 192 by 48


def along_text(
    page: Pixels, quads: Quads, upside_down: Callable[[Sequence[Pixels]], Sequence[bool]]
) -> Quads:
    """Move each line's first corner to where its text begins.

    `quads` start at the top left as the page lies; `upside_down` is the direction model.
    """
    if _lies_on_its_side(quads):
        quads = np.roll(quads, 1, axis=1)  # as if turned to the left: text runs up
    along, across = sizes(quads)
    standing = across > UPRIGHT * along
    heads = [cut(page, _head(q)) for q in quads[~standing]]
    votes = upside_down(heads)
    quads = quads.copy()
    quads[standing] = np.roll(quads[standing], -1, axis=1)  # upright lines run down
    return np.roll(quads, 2, axis=1) if 2 * sum(votes) > len(votes) else quads


def _lies_on_its_side(quads: Quads) -> bool:
    along, across = sizes(quads)
    areas = along * across
    standing = across > along
    return bool(areas[standing].sum() > areas[~standing].sum())


def _head(quad: Quad) -> Quad:
    along, across = sizes(quad[None])
    return part(quad, 0, min(1.0, HEAD * float(across[0]) / max(float(along[0]), 1.0)))
