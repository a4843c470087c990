"""Unroll the words along the rim of a seal into straight strips.

Method and its worth: shared/design/scans.md, "Red seals".
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeAlias

import cv2
import numpy as np
from numpy.typing import NDArray

from detector.ocr.engine import Pixels
from detector.ocr.ink import redness
from detector.ocr.rings import Floats, Ring

Inked: TypeAlias = Callable[[Pixels], Pixels]

DEPTH = 0.62  # how far from the rim inwards the unrolled picture reaches, in radii
ROWS, COLUMNS = 124, 1440
LINE = 48  # height of the strips that are read
MARGIN = 0.25  # paper left above and below the words, as a share of their height
STRETCH = 0.95  # seals set their characters narrow
FULL = 0.5  # a row that is inked in this share of directions belongs to a rim
LEAST, MOST = 20, 68  # rows that words take
# Of the paper's red: what is darker is text or lines below the ink, what is lighter is not.
DARK, LIGHT = 0.35, 0.55
SHALLOW = 0.62  # share of the height of the name that the digits at the foot stay within
LEAST_DIGITS = 5  # strokes of a number at the foot; real ones have 13 digits
NEAR = 14  # columns: 3.5 degrees
ROOM = 8  # columns left beside the name before a number is looked for


@dataclass(frozen=True, slots=True)
class Unrolled:
    """The outer part of a seal, unrolled: row 0 is its rim, column 0 points to the right.

    `ink` is the amount of ink from 0 to 255 for each pixel of `colours`.
    """

    colours: Pixels
    ink: Pixels
    strokes: NDArray[np.bool_]
    top: int
    bottom: int


@dataclass(frozen=True, slots=True)
class Arc:
    """Columns [start, end) of an unrolled seal that hold words; they may run past the end."""

    start: int
    end: int

    @property
    def middle(self) -> float:
        """The direction of its middle in radians, clockwise from the right."""
        return (self.start + self.end) / 2 / COLUMNS * 2 * np.pi


def red_words(part: Pixels) -> Pixels:
    """Return the red ink of a part of a page; where black text covers it, what stands around.

    JPEGs keep colours at half the size: how dark a pixel is shows the strokes, and their colour,
    softened, only whose strokes they are.
    """
    red = cv2.GaussianBlur(redness(part), (0, 0), 1.0).astype(np.float32)
    full = max(20.0, float(np.percentile(red, 96)))
    ours = ((red / full - 0.15) / 0.25).clip(0, 1)
    grey = cv2.cvtColor(part, cv2.COLOR_RGB2GRAY)
    around = (max(15, min(grey.shape) // 8) | 1,) * 2
    paper = cv2.blur(cv2.dilate(cv2.blur(grey, (3, 3)), np.ones(around, np.uint8)), around)
    dark = cv2.subtract(paper, grey).astype(np.float32)
    ink = dark * ours
    return np.asarray(_without_text(part, ink[:, :, None])[:, :, 0].clip(0, 255), np.uint8)


def without_text(part: Pixels) -> Pixels:
    """Return a part of a page with black text replaced by what stands around it."""
    return np.asarray(_without_text(part, part.astype(np.float32)).clip(0, 255), np.uint8)


def _without_text(part: Pixels, values: Floats) -> Floats:
    top = max(1.0, float(np.percentile(part[:, :, 0], 80)))
    seen = ((part[:, :, 0] / top - DARK) / (LIGHT - DARK)).clip(0, 1).astype(np.float32)
    seen = np.asarray(cv2.erode(seen, np.ones((3, 3), np.uint8)), np.float32)[:, :, None]
    weighed = np.asarray(cv2.GaussianBlur(values * seen, (0, 0), 1.6), np.float32)
    weight = np.asarray(cv2.GaussianBlur(seen, (0, 0), 1.6), np.float32)
    near = weighed.reshape(values.shape) / (weight.reshape(seen.shape) + 0.03)
    return np.asarray(values * seen + near * (1 - seen), np.float32)


def unroll(page: Pixels, inked: Inked, ring: Ring, thick: float, even: bool) -> Unrolled:
    """Unroll the rim of a seal; `even` takes steps along its outline and depths across it.

    That is how words stand in an oval seal; a round one seen from the side shows them squeezed
    (`even` false).
    """
    places = _even_places(ring) if even else _affine_places(ring)
    rim = round(thick / DEPTH * ROWS)
    clean = without_text(page) if inked is red_words else page
    colours = _sampled(clean, places, cv2.BORDER_REPLICATE)
    ink = _contrasted(_sampled(inked(page), places, cv2.BORDER_CONSTANT), rim)
    strokes = ink > 90
    top, bottom = _band(strokes, rim)
    return Unrolled(colours, ink, strokes, top, bottom)


def _sampled(part: Pixels, places: Floats, border: int) -> Pixels:
    xs, ys = (np.ascontiguousarray(places[:, :, axis]) for axis in (0, 1))
    return np.asarray(cv2.remap(part, xs, ys, cv2.INTER_CUBIC, borderMode=border), np.uint8)


def _affine_places(ring: Ring) -> Floats:
    turns = np.arange(COLUMNS) / COLUMNS * 2 * np.pi
    around = (ring.axes @ np.stack([np.cos(turns), np.sin(turns)])).T
    reach = 1 - np.arange(ROWS) / ROWS * DEPTH
    return np.asarray(ring.centre + reach[:, None, None] * around, np.float32)


def _even_places(ring: Ring) -> Floats:
    fine = ring.points(count=4 * COLUMNS)
    steps = np.linalg.norm(np.diff(fine, axis=0, append=fine[:1]), axis=1)
    run = np.concatenate([[0], np.cumsum(steps)])
    at = np.linspace(0, run[-1], COLUMNS, endpoint=False)
    closed = np.concatenate([fine, fine[:1]])
    rim = np.stack([np.interp(at, run, closed[:, i]) for i in (0, 1)], 1)
    along = np.roll(rim, -1, axis=0) - np.roll(rim, 1, axis=0)
    inward = np.stack([-along[:, 1], along[:, 0]], 1) / np.linalg.norm(along, axis=1)[:, None]
    depth = np.arange(ROWS) / ROWS * DEPTH * np.linalg.eigvalsh(ring.axes)[0]
    return np.asarray(rim + depth[:, None, None] * inward, np.float32)


def _contrasted(ink: Pixels, rim: int) -> Pixels:
    """Spread the ink of the words over 0 to 255."""
    words = ink[rim + 3 : ROWS * 3 // 4]
    ground, full = np.percentile(words, [40, 97])
    scaled = (ink.astype(np.float32) - ground) * (255 / max(12.0, float(full - ground)))
    return np.asarray(scaled.clip(0, 255), np.uint8)


def _band(strokes: NDArray[np.bool_], rim: int) -> tuple[int, int]:
    """Return the rows [top, bottom) where the words stand."""
    share = strokes.mean(axis=1)
    top = rim
    # The soft edge of the rim, and a second, thinner rim.
    ringed = np.flatnonzero(share[: ROWS * 7 // 25] > FULL)
    if len(ringed):
        top = max(top, int(ringed[-1]) + 1)
    words = cv2.blur(share.astype(np.float32)[:, None], (1, 5))[:, 0]
    peak = top + 6 + int(words[top + 6 : ROWS * 3 // 5].argmax())
    least = 0.14 * words[peak]
    above = np.flatnonzero(words[top : peak - 2] < least)
    start = top + (int(above[-1]) if len(above) else 0)
    # Level lines in the middle of the seal may reach as far out as the name reaches in.
    last = min(start + MOST, ROWS * 5 // 6)
    first = min(max(peak + 4, start + LEAST), last - 1)
    below = np.flatnonzero(words[first:last] < least)
    return start, first + int(below[0] if len(below) else words[first:last].argmin())


def arcs(unrolled: Unrolled) -> tuple[Arc, Arc | None]:
    """Return where the name runs and, if there is one, the number at the foot.

    A number keeps to the rim, so the name ends where nothing reaches further in.
    """
    rows = unrolled.strokes[unrolled.top : unrolled.bottom]
    depth = round(SHALLOW * len(rows))
    # Level lines reach into the rows of the name from within, but not as far out as it does.
    gaps = _gaps(
        _near(rows[depth:].sum(axis=0) > 1) & _near(rows[: depth * 3 // 4].sum(axis=0) > 1)
    )
    if not gaps:
        return Arc(0, COLUMNS), None
    start, end = max(gaps, key=lambda gap: gap[1] - gap[0])
    return _between(end, start), _number(rows, start + ROOM, end - ROOM)


def _near(inked: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """Return the columns that have ink within a few columns: a character's own gaps are closed."""
    around = np.concatenate([inked[-NEAR:], inked, inked[:NEAR]]).astype(np.uint8)[None]
    wide = cv2.dilate(around, np.ones((1, 2 * NEAR + 1), np.uint8))[0, NEAR:-NEAR]
    return np.asarray(wide > 0)


def _number(rows: NDArray[np.bool_], start: int, end: int) -> Arc | None:
    """Return where small digits stand between two columns, or None."""
    columns = np.arange(start, end) % COLUMNS
    inked = rows[: round(SHALLOW * len(rows)), columns].sum(axis=0) > 1
    places = np.flatnonzero(inked)
    digits = int((np.diff(inked.astype(np.int8), prepend=0) == 1).sum())
    if digits < LEAST_DIGITS or places[-1] - places[0] < COLUMNS / 12:
        return None
    return Arc(start + int(places[0]), start + int(places[-1]) + 1)


def _between(start: int, end: int) -> Arc:
    start %= COLUMNS
    return Arc(start, start + (end - start) % COLUMNS or COLUMNS)


def _gaps(inked: NDArray[np.bool_]) -> list[tuple[int, int]]:
    """Return the runs of columns without ink around the circle, as [start, end)."""
    if inked.all() or not inked.any():
        return []
    first = int(np.flatnonzero(inked)[0])
    rolled = np.roll(inked, -first).astype(np.int8)
    edges = np.diff(np.append(rolled, 1))
    starts, ends = np.flatnonzero(edges == -1) + 1, np.flatnonzero(edges == 1) + 1
    return [
        ((int(a) + first) % COLUMNS, (int(a) + first) % COLUMNS + int(b - a))
        for a, b in zip(starts, ends, strict=True)
    ]


def strips(unrolled: Unrolled, arc: Arc, flipped: bool = False) -> list[Pixels]:
    """Return the words of an arc as RGB strips: their ink alone, and as they are."""
    top, bottom = _number_rows(unrolled, arc) if flipped else (unrolled.top, unrolled.bottom)
    margin = round(MARGIN * (bottom - top))
    rows = slice(max(0, top - margin), min(ROWS, bottom + margin))
    side = COLUMNS // 72
    columns = np.arange(arc.start - side, min(arc.end + side, arc.start - side + COLUMNS)) % COLUMNS
    ink = unrolled.ink.copy()
    ink[:top] = 0
    ink[bottom + margin // 2 :] = 0
    alone = cv2.cvtColor(255 - ink, cv2.COLOR_GRAY2RGB)
    # A column is this many rows wide where the words stand.
    middle = 1 - (top + bottom) / 2 / ROWS * DEPTH
    pitch = 2 * np.pi * middle / COLUMNS / (DEPTH / ROWS)
    count = rows.stop - rows.start
    size = (max(LINE, round(len(columns) * pitch * STRETCH * LINE / count)), LINE)
    pictures = []
    for picture in (alone, unrolled.colours):
        strip = cv2.resize(picture[rows][:, columns], size, interpolation=cv2.INTER_AREA)
        pictures.append(np.asarray(strip[::-1, ::-1] if flipped else strip, np.uint8))
    return pictures


def _number_rows(unrolled: Unrolled, arc: Arc) -> tuple[int, int]:
    """Return the rows [top, bottom) of the digits, which are lower than the name."""
    columns = np.arange(arc.start, arc.end) % COLUMNS
    share = unrolled.strokes[unrolled.top : unrolled.bottom][:, columns].mean(axis=1)
    inked = np.flatnonzero(share > 0.15 * share.max())
    return unrolled.top + int(inked[0]), unrolled.top + int(inked[-1]) + 2
