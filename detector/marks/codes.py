"""QR and bar codes on a page: what they say and where they stand. What they say is never opened.

zxing-cpp (Apache-2.0) reads most codes as they are; the other looks are for codes under a seal,
small ones and blurred ones (shared/design/scans.md, "Codes").
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any, TypeAlias

import cv2
import numpy as np
import zxingcpp
from numpy.typing import NDArray

from detector.model import Point
from detector.ocr import Pixels, Polygon

Plane: TypeAlias = NDArray[np.uint8]  # shape (height, width)

MOST_PIXELS = 6_000_000  # of what is looked at as a whole: a larger scan is looked at smaller
# Where a code may be: a square of this share of the shorter side in which black and white change
# in both directions (QR and its kin) or in one (bars), as often as text never does so densely.
PATCH = 16  # pixels of a cell in which changes are counted, at `LOOK_SIDE`
LOOK_SIDE = 1000
DENSE = 60  # mean absolute difference of neighbouring grey values in a cell of a code
CELLS = 6  # cells at least that hang together
MARGIN = 0.25  # of a place's size, around it: a code is read with its quiet zone
ENLARGED = 2  # times
LONGEST_TEXT = 2_000  # characters kept of what a code says


@dataclass(frozen=True, slots=True)
class Code:
    """A code; `symbology` is zxing's name for its kind (QRCode, Code128 ...)."""

    polygon: Polygon
    symbology: str
    text: str


def read_codes(page: Pixels) -> list[Code]:
    """Return the codes of an RGB page, each text once, from the top."""
    found: dict[str, Code] = {}
    scale = min(1.0, (MOST_PIXELS / (page.shape[0] * page.shape[1])) ** 0.5)
    whole = _scaled(page, scale)
    _keep(found, _read(_grey(whole), 1 / scale, (0, 0)))
    for left, top, right, bottom in _places(_grey(page)):
        if any(_is_within(code, (left, top, right, bottom)) for code in found.values()):
            continue
        part = page[top:bottom, left:right]
        for look, times in _LOOKS:
            codes = list(_read(look(part), 1 / times, (left, top)))
            if codes:
                _keep(found, codes)
                break
    return sorted(found.values(), key=lambda code: (code.polygon[0].y, code.polygon[0].x))


def _keep(found: dict[str, Code], codes: Any) -> None:
    for code in codes:
        found.setdefault(code.text, code)


def _read(plane: Plane, scale: float, origin: tuple[int, int]) -> Iterator[Code]:
    for code in zxingcpp.read_barcodes(plane):
        if code.valid and code.text:
            text = "".join(c if c.isprintable() else " " for c in code.text[:LONGEST_TEXT])
            yield Code(_corners(code.position, scale, origin), code.format.name, text.strip())


def _corners(position: Any, scale: float, origin: tuple[int, int]) -> Polygon:
    a, b, c, d = (
        Point(corner.x * scale + origin[0], corner.y * scale + origin[1])
        for corner in (
            position.top_left,
            position.top_right,
            position.bottom_right,
            position.bottom_left,
        )
    )
    return a, b, c, d


def _places(plane: Plane) -> Iterator[tuple[int, int, int, int]]:
    """Yield where codes may stand: left, top, right and bottom, in pixels of the page."""
    height, width = plane.shape
    scale = LOOK_SIDE / min(height, width)
    cells = (max(1, round(width * scale / PATCH)), max(1, round(height * scale / PATCH)))
    steps = np.abs(np.diff(plane.astype(np.int16), axis=1)).astype(np.float32)
    dense = cv2.resize(steps, cells, interpolation=cv2.INTER_AREA) * (1 / min(scale, 1.0))
    _, _, boxes, _ = cv2.connectedComponentsWithStats(
        cv2.morphologyEx((dense > DENSE).astype(np.uint8), cv2.MORPH_CLOSE, np.ones((3, 3)))
    )
    x, y = width / cells[0], height / cells[1]
    for left, top, columns, rows, area in boxes[1:]:
        if area >= CELLS:
            beside, above = columns * MARGIN + 1, rows * MARGIN + 1
            yield (
                max(0, int((left - beside) * x)),
                max(0, int((top - above) * y)),
                min(width, int((left + columns + beside) * x)),
                min(height, int((top + rows + above) * y)),
            )


def _is_within(code: Code, place: tuple[int, int, int, int]) -> bool:
    x = sum(corner.x for corner in code.polygon) / 4
    y = sum(corner.y for corner in code.polygon) / 4
    left, top, right, bottom = place
    return left <= x <= right and top <= y <= bottom


def _grey(page: Pixels) -> Plane:
    return np.asarray(cv2.cvtColor(page, cv2.COLOR_RGB2GRAY), np.uint8)


def _red(page: Pixels) -> Plane:
    """Return the red channel, in which the ink of a seal is nearly as light as paper."""
    return np.ascontiguousarray(page[:, :, 0])


def _scaled(page: Pixels, scale: float) -> Pixels:
    if scale == 1:
        return page
    return np.asarray(cv2.resize(page, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA))


def _sharp(page: Pixels) -> Plane:
    """Return the red channel enlarged and sharpened, for small and blurred codes."""
    how = cv2.INTER_CUBIC
    large = cv2.resize(_red(page), None, fx=ENLARGED, fy=ENLARGED, interpolation=how)
    soft = cv2.GaussianBlur(large, (0, 0), 3)
    return np.asarray(cv2.addWeighted(large, 2.5, soft, -1.5, 0), np.uint8)


_LOOKS: tuple[tuple[Callable[[Pixels], Plane], int], ...] = (
    (_red, 1),
    (_sharp, ENLARGED),
)
