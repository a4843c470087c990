"""Shapes to draw with: polygons and strokes on a plane whose unit is the radius of the figure.

x runs right, y runs down. A figure is a list of parts, painted in their order.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from enum import IntEnum
from typing import NamedTuple, TypeAlias

import cv2
import numpy as np

Dice: TypeAlias = np.random.Generator
Points: TypeAlias = np.ndarray  # shape (points, 2)


class Role(IntEnum):
    """What a part is, which decides its colour."""

    NONE = 0
    FIELD = 1  # the ground of a disc or a shield
    MOTIF = 2
    SECOND = 3  # motif of another shade
    DRAPE = 4
    DETAIL = 5  # lines and openings cut into the others


class Part(NamedTuple):
    """A filled polygon, or a stroke where `width` is above 0; `height` is how far it stands out."""

    role: Role
    points: Points
    height: float = 0.5
    width: float = 0.0


Figure: TypeAlias = list[Part]


def ellipse(x: float, y: float, rx: float, ry: float, turn: float = 0.0, steps: int = 28) -> Points:
    """Return an ellipse turned by `turn` radians."""
    t = np.linspace(0, 2 * np.pi, steps, endpoint=False)
    return moved(np.stack([rx * np.cos(t), ry * np.sin(t)], 1), x, y, turn)


def circle(x: float, y: float, radius: float) -> Points:
    """Return a circle."""
    return ellipse(x, y, radius, radius, steps=48)


def leaf(x: float, y: float, length: float, width: float, turn: float) -> Points:
    """Return a pointed leaf whose foot is at (x, y)."""
    t = np.linspace(0, 1, 8)
    side = width / 2 * np.sin(np.pi * t**0.75)
    along = length * t
    outline = np.concatenate([np.stack([along, side], 1), np.stack([along, -side], 1)[::-1]])
    return moved(outline, x, y, turn)


def star(x: float, y: float, reach: float, turn: float = 0.0, tips: int = 5,
         depth: float = 0.382) -> Points:  # fmt: skip
    """Return a star with one tip up."""
    t = np.arange(2 * tips) * np.pi / tips - np.pi / 2 + turn
    r = np.where(np.arange(2 * tips) % 2 == 0, reach, reach * depth)
    return np.stack([x + r * np.cos(t), y + r * np.sin(t)], 1)


def gear(x: float, y: float, radius: float, teeth: int, depth: float, turn: float = 0.0) -> Points:
    """Return a cogwheel's outline; `depth` of its teeth is a share of the radius."""
    t = np.arange(4 * teeth) * 2 * np.pi / (4 * teeth) + turn
    shift = np.tile([0.15, 0.0, 0.0, -0.15], teeth) * 2 * np.pi / (4 * teeth)
    r = radius * np.tile([1 - depth, 1.0, 1.0, 1 - depth], teeth)
    return np.stack([x + r * np.cos(t - shift), y + r * np.sin(t - shift)], 1)


def band(
    radius: float, thick: float, start: float, end: float, x: float = 0, y: float = 0
) -> Points:
    """Return a piece of a ring between two angles in radians, 0 being to the right, clockwise."""
    t = np.linspace(start, end, 40)
    ring = np.stack([np.cos(t), np.sin(t)], 1)
    outer, inner = ring * (radius + thick / 2), ring[::-1] * (radius - thick / 2)
    return np.add(np.concatenate([outer, inner]), (x, y))


def arc(radius: float, start: float, end: float, x: float = 0, y: float = 0) -> Points:
    """Return the points of an arc, to be stroked."""
    t = np.linspace(start, end, 40)
    return np.stack([x + radius * np.cos(t), y + radius * np.sin(t)], 1)


def box(left: float, top: float, right: float, bottom: float) -> Points:
    """Return a rectangle."""
    return np.array([(left, top), (right, top), (right, bottom), (left, bottom)], float)


def poly(*corners: tuple[float, float]) -> Points:
    """Return a polygon of given corners."""
    return np.array(corners, float)


def curve(points: Sequence[tuple[float, float]], steps: int = 24) -> Points:
    """Return a smooth curve (Bézier) led by control points."""
    led = np.array(points, float)[None].repeat(steps, 0)
    t = np.linspace(0, 1, steps)[:, None, None]
    while led.shape[1] > 1:
        led = led[:, :-1] * (1 - t) + led[:, 1:] * t
    return led[:, 0]


def moved(points: Points, x: float, y: float, turn: float = 0.0, scale: float = 1.0) -> Points:
    """Return points scaled, turned by radians and shifted."""
    c, s = np.cos(turn) * scale, np.sin(turn) * scale
    return points @ np.array([[c, s], [-s, c]]) + (x, y)


def mirrored(points: Points) -> Points:
    """Return points on the other side of the vertical axis."""
    return points * (-1, 1)


def placed(figure: Iterable[Part], x: float, y: float, scale: float, turn: float = 0) -> Figure:
    """Return a figure moved into another."""
    return [
        Part(p.role, moved(p.points, x, y, turn, scale), p.height, p.width * scale) for p in figure
    ]


def framed(figure: Figure) -> Figure:
    """Return a figure whose box is centred and whose longer side reaches from -1 to 1."""
    every = np.concatenate([part.points for part in figure])
    low, high = every.min(0), every.max(0)
    scale = 2 / (high - low).max()
    middle = (low + high) / 2
    return [Part(p.role, (p.points - middle) * scale, p.height, p.width * scale) for p in figure]


def paint(figure: Figure, side: int) -> tuple[np.ndarray, np.ndarray]:
    """Paint a framed figure on (side, side): the role and the height of each pixel.

    The figure fills all but a rim of one part in thirty.
    """
    roles = np.zeros((side, side), np.uint8)
    heights = np.zeros((side, side), np.float32)
    scale = side / 2 * (1 - 1 / 15)
    for part in figure:
        at = np.round((part.points * scale + side / 2) * 16).astype(np.int32)
        if part.width:
            thick = max(1, round(part.width * scale))
            cv2.polylines(roles, [at], False, int(part.role), thick, cv2.LINE_8, 4)
            cv2.polylines(heights, [at], False, part.height, thick, cv2.LINE_8, 4)
        else:
            cv2.fillPoly(roles, [at], int(part.role), cv2.LINE_8, 4)
            cv2.fillPoly(heights, [at], part.height, cv2.LINE_8, 4)
    return roles, heights


FILL = 1 - 1 / 15  # share of the side that `paint` lets a figure fill
