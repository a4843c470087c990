"""Find rings, round or oval, whole or broken, on a map of ink.

Every piece of an outline votes for the centres that it could be bent around; where many agree,
an ellipse is fitted to the pieces by RANSAC. What a ring holds is looked at elsewhere.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias

import cv2
import numpy as np
from numpy.typing import NDArray

from detector.ocr.engine import Pixels

Floats: TypeAlias = NDArray[np.float32]

# Radii looked for, as shares of the map's shorter side, and the step from one to the next band.
SMALLEST, LARGEST, BAND = 0.028, 0.32, 1.25
CELL = 14  # cells of a vote in one radius
MIN_VOTES = 0.30  # of the points of a whole ring
MOST = 14  # candidates that are fitted on one map
# Stretches under which an ellipse becomes a circle: height over width, turned by degrees.
STRETCHES = (
    *((1.0, 0), (1.22, 0), (1.22, 45), (1.22, 90), (1.22, 135)),
    *((1.5, 0), (1.5, 25), (1.5, 90), (1.5, 155)),
)
MIN_STEEP = 6  # slope of ink at an outline, as Sobel's operator gives it
MAX_POINTS = 40_000
TRIALS = 160
TOLERANCE = 0.025  # of the radius: pieces this near to an ellipse lie on it
DIRECTIONS = 72
MIN_AROUND = 0.5  # share of the directions in which the outline must be found
MIN_ASPECT = 0.5


@dataclass(frozen=True, slots=True)
class Ring:
    """An ellipse: `centre` + `axes` @ (cos t, sin t), in pixels; `axes` is symmetric."""

    centre: Floats
    axes: Floats

    @property
    def radius(self) -> float:
        """The radius of the circle of the same area."""
        return float(np.sqrt(abs(np.linalg.det(self.axes))))

    def scaled(self, factor: float) -> Ring:
        """Return the ring on a page `factor` times as large."""
        return Ring(self.centre * factor, self.axes * factor)

    def moved(self, x: float, y: float) -> Ring:
        """Return the ring shifted by that many pixels."""
        return Ring(self.centre + np.array([x, y], np.float32), self.axes)

    def points(self, reach: float = 1.0, count: int = DIRECTIONS) -> Floats:
        """Return `count` points around, from the right by the bottom, `reach` radii out."""
        turns = np.linspace(0, 2 * np.pi, count, endpoint=False)
        around = np.stack([np.cos(turns), np.sin(turns)])
        return np.asarray(self.centre + reach * (self.axes @ around).T, np.float32)


@dataclass(frozen=True, slots=True)
class _Outline:
    """Points on the outer edges of ink, and the unit vectors from there into the ink."""

    places: Floats
    inward: Floats


def find_rings(ink: Pixels, mask: Pixels, stretches: int = len(STRETCHES)) -> list[Ring]:
    """Return the rings on a map of ink; `mask` is 1 where the ink stands out, else 0.

    `stretches` is how many of STRETCHES are tried: 1 finds circles and what is nearly round.
    """
    outline = _outline(ink, mask)
    if len(outline.places) < DIRECTIONS:
        return []
    candidates = []
    for stretch, degrees in STRETCHES[:stretches]:
        candidates += _candidates(outline, _transform(stretch, degrees), min(ink.shape))
    candidates.sort(key=lambda scored: -scored[0])
    rings: list[Ring] = []
    tried = 0
    for _, ring in candidates:
        if tried < MOST and not any(_same(ring, other) for other in rings):
            tried += 1
            fitted = _fitted(outline, ring)
            if fitted and not any(_same(fitted, other, 0.12) for other in rings):
                rings.append(fitted)
    return rings


def _outline(ink: Pixels, mask: Pixels) -> _Outline:
    soft = cv2.GaussianBlur(ink, (0, 0), 1.2)
    dx, dy = cv2.Sobel(soft, cv2.CV_32F, 1, 0), cv2.Sobel(soft, cv2.CV_32F, 0, 1)
    inner = np.asarray(cv2.erode(mask, np.ones((3, 3), np.uint8), borderValue=1), np.uint8)
    ys, xs = np.nonzero(mask & ~inner)
    if len(ys) > MAX_POINTS:
        kept = np.random.default_rng(0).choice(len(ys), MAX_POINTS, replace=False)
        ys, xs = ys[kept], xs[kept]
    inward = np.stack([dx[ys, xs], dy[ys, xs]], 1)
    length = np.linalg.norm(inward, axis=1)
    steep = length > MIN_STEEP
    places = np.stack([xs, ys], 1).astype(np.float32)[steep]
    return _Outline(places, (inward[steep] / length[steep, None]).astype(np.float32))


def _transform(stretch: float, degrees: float) -> Floats:
    """Return the symmetric matrix that stretches across the given direction."""
    c, s = np.cos(np.radians(degrees)), np.sin(np.radians(degrees))
    turn = np.array([[c, -s], [s, c]])
    return np.asarray(turn @ np.diag([1, stretch]) @ turn.T, np.float32)


def _candidates(outline: _Outline, stretch: Floats, side: int) -> list[tuple[float, Ring]]:
    places = outline.places @ stretch.T
    inward = outline.inward @ np.linalg.inv(stretch)
    inward /= np.linalg.norm(inward, axis=1, keepdims=True)
    found = []
    radius = SMALLEST * side
    while radius < LARGEST * side:
        found += _peaks(places, inward, radius)
        radius *= BAND
    back = np.linalg.inv(stretch)
    return [
        (votes, Ring((back @ centre).astype(np.float32), (back * size).astype(np.float32)))
        for votes, centre, size in found
    ]


def _peaks(places: Floats, inward: Floats, radius: float) -> list[tuple[float, Floats, float]]:
    """Return votes, centre and radius of the best places for circles of one band of radii."""
    cell, middle = radius / CELL, radius * BAND**0.5
    radii = np.arange(radius, radius * BAND, cell)
    # Room on all sides, so that no vote falls outside.
    left, top = (float(places[:, axis].min()) - radius * BAND - cell for axis in (0, 1))
    xs, ys = (places[:, 0] - left) / cell, (places[:, 1] - top) / cell
    width, height = (int(float(side.max()) + BAND * CELL) + 3 for side in (xs, ys))
    votes = np.zeros(width * height, np.int64)
    for each in radii / cell:
        column = (xs + each * inward[:, 0]).astype(np.int32)
        row = (ys + each * inward[:, 1]).astype(np.int32)
        votes += np.bincount(row * width + column, minlength=len(votes))
    counts = votes.reshape(height, width).astype(np.float32)
    space = cv2.boxFilter(counts, -1, (3, 3), normalize=False)
    space = np.asarray(space / (2 * np.pi * middle * 1.6), np.float32)
    peak = (space >= cv2.dilate(space, np.ones((9, 9), np.uint8))) & (space > MIN_VOTES)
    rows, columns = np.nonzero(peak)
    order = np.argsort(-space[rows, columns])[:MOST]
    return [
        (
            float(space[y, x]),
            np.array([left + (x + 0.5) * cell, top + (y + 0.5) * cell], np.float32),
            middle,
        )
        for y, x in zip(rows[order], columns[order], strict=True)
    ]


def _same(a: Ring, b: Ring, slack: float = 0.22) -> bool:
    near = np.linalg.norm(a.centre - b.centre) < slack * b.radius
    return bool(near and abs(np.log(a.radius / b.radius)) < slack)


def _fitted(outline: _Outline, ring: Ring) -> Ring | None:
    """Return the ellipse near `ring` that most of its outline lies on."""
    back = np.linalg.inv(ring.axes)
    flat = (outline.places - ring.centre) @ back.T
    reach = np.linalg.norm(flat, axis=1)
    turned = outline.inward @ ring.axes
    turned /= np.linalg.norm(turned, axis=1, keepdims=True)
    facing = -(turned * flat).sum(axis=1) / np.maximum(reach, 1e-6)
    near = flat[(reach > 0.68) & (reach < 1.34) & (facing > 0.8)]
    conic = _ransac(near) if len(near) >= DIRECTIONS // 2 else None
    shape = None if conic is None else _ellipse(conic)
    if shape is None:
        return None
    centre, axes = shape
    centre, across = ring.centre + ring.axes @ centre, ring.axes @ axes
    # The symmetric root, so that the page's directions stay those of the seal.
    values, vectors = np.linalg.eigh(across @ across.T)
    if values[0] <= 0 or values[0] < MIN_ASPECT**2 * values[1]:
        return None
    axes = vectors @ np.diag(np.sqrt(values)) @ vectors.T
    return Ring(centre.astype(np.float32), axes.astype(np.float32))


def _terms(points: Floats) -> Floats:
    x, y = points[..., 0], points[..., 1]
    return np.stack([x * x, x * y, y * y, x, y], -1)


def _ransac(points: Floats) -> Floats | None:
    """Return a conic (five terms that sum to 1) that points in many directions lie on."""
    rng = np.random.default_rng(1)
    picks = rng.integers(0, len(points), (TRIALS, 5))
    systems = _terms(points[picks]).astype(np.float64)
    sound = np.abs(np.linalg.det(systems)) > 1e-9
    conics = np.linalg.solve(systems[sound], np.ones((sound.sum(), 5, 1)))[..., 0]
    if not len(conics):
        return None
    sector = ((np.arctan2(points[:, 1], points[:, 0]) / (2 * np.pi) % 1) * DIRECTIONS).astype(int)
    sector = np.minimum(sector, DIRECTIONS - 1)
    around = np.zeros((len(conics), DIRECTIONS), bool)
    on = _distance(points, conics) < TOLERANCE
    trials, which = np.nonzero(on)
    around[trials, sector[which]] = True
    best = int((around.sum(axis=1) + 0.02 * np.sqrt(on.sum(axis=1))).argmax())
    if around[best].sum() < MIN_AROUND * DIRECTIONS:
        return None
    conic = conics[best]
    for _ in range(3):
        on_it = points[_distance(points, conic[None])[0] < TOLERANCE]
        if len(on_it) < 12:
            return None
        conic = np.linalg.lstsq(_terms(on_it).astype(np.float64), np.ones(len(on_it)), rcond=None)[
            0
        ]
    return np.asarray(conic)


def _distance(points: Floats, conics: Floats) -> Floats:
    """Return how far each point lies from each conic, to first order; shape (conics, points)."""
    a, b, c, d, e = (conics[:, i, None] for i in range(5))
    x, y = points[None, :, 0], points[None, :, 1]
    value = a * x * x + b * x * y + c * y * y + d * x + e * y - 1
    slope = np.hypot(2 * a * x + b * y + d, b * x + 2 * c * y + e)
    return np.asarray(np.abs(value) / np.maximum(slope, 1e-6), np.float32)


def _ellipse(conic: Floats) -> tuple[Floats, Floats] | None:
    """Return centre and axes of a conic near the unit circle; None if it is no such ellipse."""
    a, b, c, d, e = conic
    form = np.array([[a, b / 2], [b / 2, c]])
    if np.linalg.det(form) <= 1e-6 or a <= 0:
        return None
    centre = -np.linalg.solve(form, np.array([d, e])) / 2
    level = 1 + centre @ form @ centre
    values, vectors = np.linalg.eigh(form / level)
    axes = vectors @ np.diag(1 / np.sqrt(values)) @ vectors.T
    if np.linalg.norm(centre) > 0.4 or not 0.6 < np.sqrt(np.linalg.det(axes)) < 1.5:
        return None
    return np.asarray(centre, np.float32), np.asarray(axes, np.float32)
