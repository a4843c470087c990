"""The order in which a reader takes the lines of a page."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import accumulate
from statistics import median
from typing import NamedTuple

import numpy as np

from detector.ocr.quads import Quads, sizes

# Lines stand in one row where their middles differ by less than this share of the lower one.
SAME_ROW = 0.5
# An open booklet: wider than high, nothing crosses a gutter of this many line heights in its
# middle third, and at least this many lines stand on either page.
GUTTER = 2.0
PAGE_LINES = 3
# Standing lines belong together where fewer than this many of their widths lie between them.
BESIDE = 3.0


class _Place(NamedTuple):
    """Where a line stands once the page is upright; `number` is its place among the quads.

    `height` is that of its characters; `standing` lines run down the page.
    """

    number: int
    left: float
    right: float
    top: float
    bottom: float
    height: float
    standing: bool

    @property
    def middle(self) -> float:
        """Return the height of its middle."""
        return (self.top + self.bottom) / 2


def reading_order(quads: Quads) -> list[int]:
    """Return the indices of the lines as they are read: page by page, row by row, from the left.

    Lines that stand beside each other are read from the right, and before the rows below their
    tops. Each quad's first edge must run along its text; the page itself may be turned or askew.
    """
    places = _places(quads) if len(quads) else []
    return [place.number for page in _pages(places) for group in _groups(page) for place in group]


def _places(quads: Quads) -> list[_Place]:
    upright = _straightened(quads)
    lefts, tops = upright.min(axis=1).T
    rights, bottoms = upright.max(axis=1).T
    runs = np.abs(upright[:, 1] - upright[:, 0])
    columns = np.stack([lefts, rights, tops, bottoms, sizes(quads)[1]], axis=1).tolist()
    stands = (runs[:, 1] > runs[:, 0]).tolist()
    return [
        _Place(number, left, right, top, bottom, height, standing)
        for number, ((left, right, top, bottom, height), standing) in enumerate(
            zip(columns, stands, strict=True)
        )
    ]


def _straightened(quads: Quads) -> Quads:
    """Turn the page so that text runs to the right: most of it, as some lines may stand."""
    edges = quads[:, 1] - quads[:, 0]
    quarters = np.round(np.arctan2(edges[:, 1], edges[:, 0]) / (np.pi / 2)).astype(int) % 4
    main = np.bincount(quarters, np.linalg.norm(edges, axis=1), 4).argmax()
    x, y = edges[quarters == main].sum(axis=0)
    turn = np.array([[x, -y], [y, x]], np.float32) / np.hypot(x, y)
    return np.asarray(quads @ turn, np.float32)


def _pages(places: Sequence[_Place]) -> list[list[_Place]]:
    """Return the lines of the left and the right page of an open booklet, else all as one."""
    by_left = sorted(places, key=lambda place: place.left)
    reaches = accumulate((place.right for place in by_left), max)
    for count, (reach, right) in enumerate(zip(reaches, by_left[1:], strict=False), 1):
        pages = [by_left[:count], by_left[count:]]
        if min(map(len, pages)) >= PAGE_LINES and _is_gutter(places, reach, right.left):
            return pages
    return [by_left]


def _is_gutter(places: Sequence[_Place], start: float, end: float) -> bool:
    left, right = min(place.left for place in places), max(place.right for place in places)
    top, bottom = min(place.middle for place in places), max(place.middle for place in places)
    centre = ((start + end) / 2 - left) / (right - left)
    wide = end - start >= GUTTER * median(place.height for place in places)
    return wide and right - left > bottom - top and 1 / 3 < centre < 2 / 3


def _groups(places: Sequence[_Place]) -> list[list[_Place]]:
    """Return rows and groups of standing lines, from the top of the page."""
    lying = [place for place in places if not place.standing]
    standing = [place for place in places if place.standing]
    groups = [(row[0].middle, row) for row in _rows(lying)]
    groups += [(min(place.top for place in group), group) for group in _columns(standing)]
    return [group for _, group in sorted(groups, key=lambda one: one[0])]


def _columns(places: Sequence[_Place]) -> list[list[_Place]]:
    """Gather standing lines that stand side by side, from the right."""
    groups: list[list[_Place]] = []
    for place in sorted(places, key=lambda place: -place.right):
        beside = next((group for group in groups if _stands_beside(place, group[-1])), None)
        if beside is None:
            groups.append([place])
        else:
            beside.append(place)
    return groups


def _stands_beside(place: _Place, right: _Place) -> bool:
    shared = min(place.bottom, right.bottom) - max(place.top, right.top)
    shorter = min(place.bottom - place.top, right.bottom - right.top)
    near = right.left - place.right < BESIDE * max(place.height, right.height)
    return near and shared > SAME_ROW * shorter


def _rows(places: Sequence[_Place]) -> list[list[_Place]]:
    rows: list[list[_Place]] = []
    for place in sorted(places, key=lambda place: place.middle):
        if rows and _shares_row(place, rows[-1][0]):
            rows[-1].append(place)
        else:
            rows.append([place])
    return [sorted(row, key=lambda place: place.left) for row in rows]


def _shares_row(place: _Place, first: _Place) -> bool:
    return place.middle - first.middle < SAME_ROW * min(place.height, first.height)
