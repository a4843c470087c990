"""A second look at lines that a seal covers, so that both readings can be compared.

The first look is at the page with the seal's ink faded. The second is at the red channel alone,
where red ink is nearly as light as paper; it owes nothing to where the seal was thought to be.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

import cv2
import numpy as np
from numpy.typing import NDArray

from detector.model import Rereading
from detector.ocr.engine import Pixels
from detector.ocr.quads import Quad, Quads, cut
from detector.ocr.rapid_nets import Reading

# Share of a line's pixels that the fading of ink must have changed for the line to lie under it.
TOUCHED = 0.01
# Percentiles of a line's red channel that become black and white: a photograph may hold neither.
DARKEST, LIGHTEST = 1, 99
FADED, RED_CHANNEL = "淡去印章颜色", "只看红色通道"

Looked = tuple[Reading, Rereading | None]


def look_again(
    page: Pixels,
    cleaned: Pixels,
    quads: Quads,
    readings: Sequence[Reading],
    recognise: Callable[[Sequence[Pixels]], list[Reading]],
) -> list[Looked]:
    """Return for each line the reading that is surer, and the other where it differs.

    `page` and `cleaned` are RGB, before and after the ink of seals was faded.
    """
    looked: list[Looked] = [(reading, None) for reading in readings]
    if cleaned is page:
        return looked
    changed = (cleaned != page).any(axis=2)
    under = [at for at, quad in enumerate(quads) if _is_touched(quad, changed)]
    again = recognise([_red_channel(cut(page, quads[at])) for at in under])
    for at, second in zip(under, again, strict=True):
        looked[at] = _surer(readings[at], second)
    return looked


def _is_touched(quad: Quad, changed: NDArray[np.bool_]) -> bool:
    left, top = np.maximum(quad.min(axis=0), 0).astype(int)
    right, bottom = np.ceil(quad.max(axis=0)).astype(int)
    window = changed[top:bottom, left:right]
    return bool(window.size and window.mean() > TOUCHED)


def _red_channel(line: Pixels) -> Pixels:
    """Return the red channel of an RGB line as grey, from black to white."""
    red = line[:, :, 0].astype(np.float32)
    low, high = np.percentile(red, (DARKEST, LIGHTEST))
    grey = np.clip((red - low) * 255 / max(float(high - low), 1.0), 0, 255).astype(np.uint8)
    return np.asarray(cv2.merge([grey] * 3), np.uint8)


def _surer(first: Reading, second: Reading) -> Looked:
    if not second.text.strip() or _solid(first) == _solid(second):
        return first, None
    if second.confidence > first.confidence:
        return second, Rereading(first.text, first.confidence, FADED)
    return first, Rereading(second.text, second.confidence, RED_CHANNEL)


def _solid(reading: Reading) -> str:
    return "".join(reading.text.split())
