"""Find round and oval seals on a page: rings of ink with words along their inner side.

To read a seal, or to prove that it is one, is another task (`marks`).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import NamedTuple

import cv2
import numpy as np
from numpy.typing import NDArray

from detector.ocr.engine import Pixels
from detector.ocr.ink import balanced, darkness, redness
from detector.ocr.rings import Floats, Ring, find_rings
from detector.ocr.square_seals import SquareSeal, square_seals

LOOK_SIDE = 640  # pixels of the shorter side of the copy that is looked at
NEAR = 12  # ink must stand out from what lies within a twelfth of that side
MIN_RED, MIN_DARK = 8, 24  # of 255, how far it must stand out
MIN_SQUARE_RED = 45  # of 255, how red a square seal is
MIN_INK = 0.0004  # share of the copy that a seal's ink covers at least
MIN_STROKE = 8  # of 255, above the ground of the band of the arc text
TURNS, REACH, STEPS = 360, 1.25, 80  # the polar map: directions, radii out, samples on the way


@dataclass(frozen=True, slots=True)
class RoundSeal:
    """A ring on the page and what makes it a seal, all shares from 0 to 1.

    `rim`: directions in which its line is there; `thick`: its line's width over the radius;
    `clear`: directions in which nothing of the ink stands just outside; `fill`: ink inside;
    `band`: directions with strokes where the arc text stands; `strokes`: their number around.
    """

    ring: Ring
    rim: float
    thick: float
    clear: float
    fill: float
    band: float
    strokes: int


class RedSeals(NamedTuple):
    """The red seals of a page."""

    round: list[RoundSeal]
    square: list[SquareSeal]


def red_seals(page: Pixels) -> RedSeals:
    """Return the red seals of an RGB page; round ones may be oval."""
    page = balanced(page)
    scale, small = _small(page)
    ink = redness(small)
    mask = _standing_out(ink, MIN_RED)
    if mask.mean() < MIN_INK:
        return RedSeals([], [])
    rings = _seals(page, redness, find_rings(ink, mask), scale)
    squares = square_seals(page, np.asarray(ink > MIN_SQUARE_RED, np.uint8), scale)
    free = [s for s in squares if not any(_holds(seal.ring, s.quad.mean(axis=0)) for seal in rings)]
    return RedSeals(rings, free)


def _holds(ring: Ring, point: Floats) -> bool:
    return bool(np.linalg.norm(point - ring.centre) < ring.radius)


def grey_seals(page: Pixels) -> list[RoundSeal]:
    """Return round and oval seals of an RGB page that have lost their colour."""
    scale, small = _small(page)
    ink = darkness(small)
    mask = _standing_out(ink, MIN_DARK)
    return _seals(page, darkness, find_rings(ink, mask, stretches=1), scale)


def _small(page: Pixels) -> tuple[float, Pixels]:
    scale = min(1.0, LOOK_SIDE / min(page.shape[:2]))
    size = [max(1, round(side * scale)) for side in (page.shape[1], page.shape[0])]
    return scale, np.asarray(cv2.resize(page, size, interpolation=cv2.INTER_AREA), np.uint8)


def _standing_out(ink: Pixels, least: int) -> Pixels:
    reach = min(ink.shape) // NEAR | 1
    around = cv2.blur(ink, (reach, reach))
    return np.asarray(cv2.subtract(ink, around) > least, np.uint8)


def _seals(
    page: Pixels, inked: Callable[[Pixels], Pixels], rings: list[Ring], scale: float
) -> list[RoundSeal]:
    seals = [measured(page, inked, ring.scaled(1 / scale)) for ring in rings]
    kept: list[RoundSeal] = []
    for seal in sorted(filter(is_seal, seals), key=_weight, reverse=True):
        if not any(_overlap(seal.ring, other.ring) for other in kept):
            kept.append(seal)
    return kept


def _weight(seal: RoundSeal) -> float:
    """Weigh rings that share a place: whole ones first, and the outer one of two."""
    return float(seal.rim + 0.5 * seal.clear + 0.3 * np.log(seal.ring.radius))


def _overlap(ring: Ring, other: Ring) -> bool:
    apart = np.linalg.norm(ring.centre - other.centre)
    return bool(apart < 0.75 * max(ring.radius, other.radius))


def is_seal(seal: RoundSeal) -> bool:
    """Tell a seal from other rings; limits from drawn pages (docs/decisions/seals.md)."""
    return (
        seal.rim >= 0.62
        and seal.thick <= 0.15
        and seal.clear >= 0.45
        and seal.fill <= 0.5
        and seal.band >= 0.18
        and 4 <= seal.strokes <= 100
    )


def measured(page: Pixels, inked: Callable[[Pixels], Pixels], ring: Ring) -> RoundSeal:
    """Measure a ring on an RGB page; `inked` tells how much ink each pixel has."""
    polar, seen = _polar(page, inked, ring)
    step = REACH / STEPS
    edge = round(1 / step)
    count = max(1, int(seen.sum()))
    around = slice(round(1.06 / step), round(1.2 / step))
    ground = float(np.median(polar[seen, around])) if seen.any() else 0.0
    line = polar[:, edge - 7 : edge + 3].max(axis=1)[seen]
    level = float(np.median(line)) - ground if seen.any() else 0.0
    on = (polar > ground + max(0.45 * level, 10)) & seen[:, None]
    rim = float(on[:, edge - 6 : edge + 2].any(axis=1).sum()) / count
    profile = on.sum(axis=0) / count
    thick = _thickness(profile, edge)
    outside = on[:, round(1.07 / step) : round(1.15 / step)].any(axis=1)
    inner = max(edge - thick - 2, round(0.6 / step))
    distances = np.arange(inner)
    fill = float((profile[:inner] * distances).sum() / distances.sum())
    strokes = _strokes(polar[:, round(0.5 / step) : inner], seen)
    return RoundSeal(
        ring, rim, thick * step, 1 - float(outside.sum()) / count, fill,
        _covered(strokes, seen), _beginnings(strokes),
    )  # fmt: skip


def _polar(
    page: Pixels, inked: Callable[[Pixels], Pixels], ring: Ring
) -> tuple[Pixels, NDArray[np.bool_]]:
    """Return ink by direction and distance, and which directions lie on the page."""
    turns = np.linspace(0, 2 * np.pi, TURNS, endpoint=False)
    around = (ring.axes @ np.stack([np.cos(turns), np.sin(turns)])).T
    reach = np.arange(STEPS) * REACH / STEPS
    places = (ring.centre + reach[None, :, None] * around[:, None]).astype(np.float32)
    low = np.maximum(0, np.floor(places.min(axis=(0, 1)))).astype(int)
    high = np.ceil(places.max(axis=(0, 1))).astype(int) + 1
    ink = inked(np.ascontiguousarray(page[low[1] : high[1], low[0] : high[0]]))
    places -= low
    xs, ys = (np.ascontiguousarray(places[:, :, axis]) for axis in (0, 1))
    polar = cv2.remap(ink, xs, ys, cv2.INTER_LINEAR, borderMode=cv2.BORDER_CONSTANT)
    rims = ring.centre + around
    seen = ((rims >= 1) & (rims < np.array(page.shape[1::-1]) - 1)).all(axis=1)
    return np.asarray(polar, np.uint8), seen


def _thickness(profile: Floats, edge: int) -> int:
    """Return how many samples inwards the rim reaches: until half of the directions lack ink."""
    top = edge - 6 + int(profile[edge - 6 : edge + 2].argmax())
    thin = np.flatnonzero(profile[: top + 1][::-1] < 0.55 * profile[top])
    return int(thin[0]) + max(0, edge - top) if len(thin) else edge


def _strokes(band: Pixels, seen: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """Return where a band has strokes; they are often thinner and paler than the rim."""
    ground, top = np.percentile(band[seen], [40, 97]) if seen.any() else (0.0, 0.0)
    return np.asarray((band > ground + max(0.4 * (top - ground), MIN_STROKE)) & seen[:, None])


def _covered(strokes: NDArray[np.bool_], seen: NDArray[np.bool_]) -> float:
    """Return the share of sectors of ten degrees that hold strokes."""
    lines = (strokes.mean(axis=1) > 0.12) & seen
    sectors = lines.reshape(-1, 10).mean(axis=1) > 0.25
    return float(sectors.sum()) / max(1, int(seen.reshape(-1, 10).any(axis=1).sum()))


def _beginnings(strokes: NDArray[np.bool_]) -> int:
    """Return how often strokes begin along the circles that have most of them."""
    starts = (strokes & ~np.roll(strokes, 1, axis=0)).sum(axis=0)
    return int(np.percentile(starts, 75))
