"""Find the national emblem and departments' badges on a page.

First a linear filter names places at every size and in every turn of the page, then a small
network looks at each, and again at the surroundings of the best. Both know only drawings of our
own (scripts/train/emblem). How it was made and what it is worth: docs/decisions/emblem.md.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Literal

import numpy as np
from threadpoolctl import ThreadpoolController

from detector.marks.emblem_features import Floats, cut_windows, describe, grey
from detector.marks.emblem_network import CELLS, KINDS, Network, softmax
from detector.marks.emblem_scan import FILL, Places, Scan, find_places
from detector.model import Point
from detector.ocr.engine import Pixels, Polygon

EmblemKind = Literal["emblem", "badge"]

CELL = 3  # pixels of a cell in the network's windows
SIDE = CELL * CELLS
PLACES = 64  # that the network looks at
FINALISTS = 6  # whose surroundings it looks at too
# Where a finalist is looked at again: shares of its side to move by, and sizes.
_SHIFTS = ((0.0, 0.0), (-0.05, 0.0), (0.05, 0.0), (0.0, -0.05), (0.0, 0.05))
_SIZES = (0.9, 1.0, 1.11)
# A badge takes the emblem that lies on it in, where it is so sure and so many times as large.
_BEARING, _LARGER = 0.5, 1.3
_FLOOR = np.float32(1e-4)  # no single look is surer than this of what is not there
_TRY_ON = 0.02  # a place less likely than this is not looked at again


@dataclass(frozen=True, slots=True)
class Emblem:
    """A mark of the state as it was found; its text side runs along the polygon's first edge.

    `confidence` is how sure the network is of `kind`, 0 to 1; `scores` holds that of every kind.
    """

    polygon: Polygon
    kind: EmblemKind
    confidence: float
    scores: tuple[tuple[str, float], ...]


class EmblemFinder:
    """Finds emblems and badges; one finder may be used by one thread at a time."""

    def __init__(self, scan: Scan, network: Network) -> None:
        """Keep what names places and what looks at them."""
        self.scan, self._network = scan, network
        self._threads = ThreadpoolController()

    @classmethod
    def load(cls, path: Path) -> EmblemFinder:
        """Load the weights that scripts/train/emblem wrote."""
        with np.load(path) as file:
            weights = {name: file[name].astype(np.float32) for name in file.files}
        scan = Scan(**{field.name: weights.pop(field.name) for field in fields(Scan)})
        return cls(scan, Network(weights))

    def find(self, page: Pixels, least: float = 0.5) -> list[Emblem]:
        """Return what is on an RGB page (h, w, 3), surest first, from a confidence of `least` on.

        The page may lie in any of its four turns.
        """
        plane = grey(page)
        with self._threads.limit(limits=1, user_api="blas"):
            places = find_places(plane, self.scan, PLACES)
            found = [self._settled(plane, place) for place in self._finalists(plane, places)]
        return _told_apart(sorted((e for e in found if e.confidence >= least), key=_confidence))

    def shares(self, plane: Pixels, places: Places) -> Floats:
        """Return how likely each kind of KINDS is at each place of a grey page: (n, 3)."""
        return self.look(_upright(plane, places))

    def look(self, windows: Pixels) -> Floats:
        """Return how likely each kind of KINDS is in upright windows (n, SIDE, SIDE): (n, 3)."""
        return self._network.shares(describe(windows, CELL))

    def _finalists(self, plane: Pixels, places: Places) -> Places:
        if not len(places):
            return places
        shares = 1 - self.shares(plane, places)[:, 0]
        order = np.argsort(-shares, kind="stable")[:FINALISTS]
        return places[order[shares[order] >= _TRY_ON]]

    def _settled(self, plane: Pixels, place: Places) -> Emblem:
        """Move a place to where the network is surest, and say what it sees around there."""
        around = _around(place)
        place = around[self._evenly(plane, around)[:, 0].argmin()]
        mean = softmax(self._evenly(plane, _around(place)).mean(axis=0))
        number = 1 + int(mean[1:].argmax())
        kind: EmblemKind = "emblem" if KINDS[number] == "emblem" else "badge"
        scores = tuple((name, float(share)) for name, share in zip(KINDS, mean, strict=True))
        return Emblem(_corners(place), kind, float(mean[number]), scores)

    def _evenly(self, plane: Pixels, places: Places) -> Floats:
        """Return logits (n, 3) of places and of their mirror images, which are emblems too."""
        windows = _upright(plane, places)
        mirrored = np.ascontiguousarray(windows[:, :, ::-1])
        both = np.log(np.stack([self.look(windows), self.look(mirrored)]) + _FLOOR)
        logits: Floats = both.mean(axis=0)
        return logits


def _upright(plane: Pixels, places: Places) -> Pixels:
    """Return the windows of places (n, SIDE, SIDE), turned back."""
    windows = cut_windows(plane, places[:, :3], SIDE)
    for number, turn in enumerate(places[:, 3].astype(int)):
        windows[number] = np.rot90(windows[number], turn)
    return windows


def _around(place: Places) -> Places:
    x, y, side, turn = place.tolist()
    return np.array(
        [
            (x + dx * side, y + dy * side, side * size, turn)
            for size in _SIZES
            for dx, dy in _SHIFTS
        ],
        np.float32,
    )


def _corners(place: Places) -> Polygon:
    """Return the square around a figure, from its own top left on."""
    x, y, side, turn = place.tolist()
    half = side * FILL / 2
    ways = ((-half, -half), (half, -half), (half, half), (-half, half))
    a, b, c, d = (Point(x + dx, y + dy) for dx, dy in ways[int(turn) :] + ways[: int(turn)])
    return a, b, c, d


def _confidence(emblem: Emblem) -> float:
    return -emblem.confidence


def _told_apart(found: list[Emblem]) -> list[Emblem]:
    """Keep the surest of those that overlap, but of a badge and the emblem in it the badge."""
    kept: list[Emblem] = []
    borne = [one for one in found if any(_bears(other, one) for other in found)]
    for one in found:
        if one not in borne and not any(_overlap(one, other) for other in kept):
            kept.append(one)
    return kept


def _bears(badge: Emblem, emblem: Emblem) -> bool:
    return (
        (badge.kind, emblem.kind) == ("badge", "emblem")
        and badge.confidence >= _BEARING
        and _circle(badge)[2] > _LARGER * _circle(emblem)[2]
        and _overlap(badge, emblem)
    )


def _overlap(one: Emblem, other: Emblem) -> bool:
    (x, y, side), (u, v, edge) = _circle(one), _circle(other)
    return math.hypot(x - u, y - v) < max(side, edge) / 2


def _circle(emblem: Emblem) -> tuple[float, float, float]:
    xs, ys = zip(*emblem.polygon, strict=True)
    return sum(xs) / 4, sum(ys) / 4, max(xs) - min(xs)
