"""A drawing of our own of the national emblem, as public law describes it, widely varied.

A gate under five stars on a disc, within two ears of grain; at the foot a cogwheel with drapes.
It serves detection only.
"""

from __future__ import annotations

import numpy as np

from scripts.train.emblem.shapes import (
    Dice,
    Figure,
    Part,
    Role,
    arc,
    band,
    box,
    circle,
    curve,
    framed,
    gear,
    leaf,
    mirrored,
    poly,
    star,
)

UP, DOWN = -np.pi / 2, np.pi / 2
HALVES = (False, True)


def emblem(dice: Dice) -> Figure:
    """Return the emblem, framed."""
    inner = dice.uniform(0.60, 0.76)
    figure = [Part(Role.FIELD, circle(0, 0, inner + dice.uniform(0.0, 0.1)), 0.2)]
    figure += stars(dice, inner) + gate(dice, inner)
    if dice.random() < 0.4:
        figure.append(Part(Role.SECOND, arc(inner, 0, 2 * np.pi), 0.5, dice.uniform(0.015, 0.05)))
    figure += ears(dice, inner)
    figure += drapes(dice) if dice.random() < 0.96 else []
    figure += cogwheel(dice)
    widen = np.array([dice.uniform(0.94, 1.05), 1.0])
    return framed([p._replace(points=p.points * widen) for p in figure])


def stars(dice: Dice, inner: float) -> Figure:
    """Return one large star and four small ones in an arc below it."""
    y = -inner * dice.uniform(0.48, 0.64)
    large = inner * dice.uniform(0.19, 0.29)
    small = large * dice.uniform(0.30, 0.46)
    reach = large * dice.uniform(1.55, 2.1)
    near, far = dice.uniform(0.28, 0.5), dice.uniform(0.9, 1.45)
    flat = dice.uniform(0.55, 1.0)
    figure = [Part(Role.MOTIF, star(0, y, large), 0.8)]
    for angle in (-far, -near, near, far):
        x, below = reach * np.sin(angle), reach * flat * np.cos(angle)
        lean = angle * dice.uniform(-0.3, 0.3) if dice.random() < 0.5 else 0.0
        figure.append(Part(Role.MOTIF, star(x, y + below, small, lean), 0.8))
    return figure


def gate(dice: Dice, inner: float) -> Figure:
    """Return the gate: a wall with arches, a hall with columns, two roofs."""
    half = inner * dice.uniform(0.62, 0.86)
    foot = inner * dice.uniform(0.50, 0.74)
    wall = inner * dice.uniform(0.16, 0.27)
    top = foot - wall
    slope = dice.uniform(0.86, 1.0)
    front = poly((-half, foot), (-half * slope, top), (half * slope, top), (half, foot))
    figure = [Part(Role.MOTIF, front, 0.5)]
    figure += _arches(dice, half, foot, wall)
    if dice.random() < 0.75:
        line = top + wall * dice.uniform(0.1, 0.25)
        rail = np.array([(-half * slope, line), (half * slope, line)])
        figure.append(Part(Role.DETAIL, rail, 0.2, wall * 0.08))
    figure += _hall(dice, half * dice.uniform(0.62, 0.88), top, inner)
    figure += _before(dice, half, foot, inner)
    return figure


def _arches(dice: Dice, half: float, foot: float, wall: float) -> Figure:
    if dice.random() < 0.08:
        return []
    figure, tall = [], wall * dice.uniform(0.45, 0.7)
    gap, wide = half * dice.uniform(0.22, 0.3), half * dice.uniform(0.05, 0.08)
    for place in range(-2, 3):
        size = 1.25 if place == 0 else 1 - 0.08 * abs(place)
        x, w, h = place * gap, wide * size, tall * size
        door = np.concatenate(
            [arc(w, np.pi, 2 * np.pi, x, foot - h + w), [(x + w, foot), (x - w, foot)]]
        )
        figure.append(Part(Role.DETAIL, door, 0.1))
    return figure


def _hall(dice: Dice, half: float, top: float, inner: float) -> Figure:
    """Return columns, lower roof, upper storey and upper roof, from below to above."""
    figure, y = [], top
    floors = ((1.0, dice.uniform(0.10, 0.16)), (dice.uniform(0.62, 0.85), dice.uniform(0.03, 0.08)))
    for share, tall in floors:
        wide, tall = half * share, tall * inner
        figure.append(Part(Role.SECOND, box(-wide, y - tall, wide, y), 0.35))
        number = int(dice.integers(6, 12))
        for x in np.linspace(-wide, wide, number):
            post = np.array([(x, y - tall), (x, y)])
            figure.append(Part(Role.DETAIL if share == 1.0 else Role.MOTIF, post, 0.4, 0.012))
        y -= tall
        roof = inner * dice.uniform(0.08, 0.14)
        figure.append(Part(Role.MOTIF, _roof(dice, wide, y, roof), 0.7))
        if dice.random() < 0.6:
            figure.append(Part(Role.DETAIL, np.array([(-wide, y), (wide, y)]), 0.2, 0.012))
        y -= roof
    return figure


def _roof(dice: Dice, half: float, y: float, tall: float) -> np.ndarray:
    eaves, ridge = half * dice.uniform(1.1, 1.25), half * dice.uniform(0.68, 0.88)
    lift = tall * dice.uniform(0.0, 0.35)
    right = curve([(ridge, y - tall), (half, y - tall * 0.3), (eaves, y - lift)], 8)
    under = np.array([(half, y + tall * 0.12)])
    side = np.concatenate([right, under])
    return np.concatenate([side, mirrored(side)[::-1]])


def _before(dice: Dice, half: float, foot: float, inner: float) -> Figure:
    """Return what stands before the gate: pillars beside it, bridges below."""
    figure: Figure = []
    if dice.random() < 0.55:
        x, tall = half * dice.uniform(0.98, 1.12), inner * dice.uniform(0.2, 0.36)
        for side in (-1, 1):
            pillar = np.array([(side * x, foot), (side * x, foot - tall)])
            wing = np.array(
                [(side * x - 0.03, foot - tall * 0.8), (side * x + 0.03, foot - tall * 0.85)]
            )
            figure += [Part(Role.MOTIF, pillar, 0.6, 0.02), Part(Role.MOTIF, wing, 0.6, 0.015)]
    if dice.random() < 0.55:
        low = foot + inner * dice.uniform(0.06, 0.16)
        figure.append(
            Part(
                Role.SECOND,
                poly((-half, foot), (half, foot), (half * 0.8, low), (-half * 0.8, low)),
                0.3,
            )
        )
        for x in np.linspace(-0.7, 0.7, int(dice.integers(3, 8))) * half:
            figure.append(Part(Role.DETAIL, np.array([(x, foot), (x * 1.15, low)]), 0.2, 0.012))
    return figure


def ears(dice: Dice, inner: float, mid: tuple[float, float] = (0.04, 0.16)) -> Figure:
    """Return two ears of grain that rise from the foot and nearly meet at the top."""
    low, high = dice.uniform(0.35, 0.75), np.pi - dice.uniform(*mid)  # angles from the foot
    middle = (inner + 1) / 2
    wide = 1 - inner
    rows = int(dice.choice([2, 2, 3]))
    number = int(dice.integers(8, 20))
    spread, fat = dice.uniform(0.2, 0.75), dice.uniform(0.26, 0.52)
    taper = dice.uniform(0.4, 1.0)
    figure: Figure = []
    if dice.random() < 0.6:  # the ground that the grains lie on
        ground = Role.SECOND if dice.random() < 0.6 else Role.FIELD
        for start, end in ((DOWN + low, DOWN + high), (DOWN - low, DOWN - high)):
            figure.append(Part(ground, band(middle, wide * 0.9, start, end), 0.3))
    stem = Part(
        Role.MOTIF, arc(middle, DOWN + low, DOWN + high), 0.5, wide * dice.uniform(0.05, 0.14)
    )
    half = [stem] if dice.random() < 0.8 else []
    outline = dice.random() < 0.6
    length = (high - low) * middle / number * dice.uniform(1.1, 1.9)
    for angle in np.linspace(low, high - 0.1, number):
        size = 1 - (1 - taper) * max(0.0, (angle - 1.6) / 1.6)
        for row in range(rows):
            half += _grain(
                DOWN + angle, row, rows, middle, wide * size, length * size, spread, fat, outline
            )
    for flip in HALVES:
        figure += [p._replace(points=mirrored(p.points)) if flip else p for p in half]
    return figure


def _grain(angle: float, row: int, rows: int, middle: float, wide: float, length: float,
           spread: float, fat: float, outline: bool) -> Figure:  # fmt: skip
    offset = (row - (rows - 1) / 2) / (rows - 0.5)
    radius = middle + offset * wide * 0.75
    forward = angle + np.pi / 2
    grain = leaf(
        radius * np.cos(angle), radius * np.sin(angle), length, wide * fat,
        forward - np.sign(offset) * spread,
    )  # fmt: skip
    parts = [Part(Role.MOTIF, grain, 0.9)]
    if outline:
        parts.append(Part(Role.DETAIL, np.concatenate([grain, grain[:1]]), 0.3, 0.012))
    return parts


def cogwheel(dice: Dice) -> Figure:
    """Return the cogwheel at the foot."""
    radius, y = dice.uniform(0.17, 0.30), dice.uniform(0.68, 0.88)
    teeth, depth = int(dice.integers(8, 19)), dice.uniform(0.12, 0.26)
    turn = dice.uniform(0, 0.5)
    figure = [
        Part(Role.DETAIL, circle(0, y, radius * dice.uniform(1.02, 1.12)), 0.2),
        Part(Role.MOTIF, gear(0, y, radius, teeth, depth, turn), 0.8),
    ]
    hole = radius * dice.uniform(0.3, 0.62)
    figure.append(Part(Role.FIELD if dice.random() < 0.7 else Role.DETAIL, circle(0, y, hole), 0.3))
    if dice.random() < 0.6:
        figure.append(Part(Role.MOTIF, circle(0, y, hole * dice.uniform(0.3, 0.7)), 0.7))
    return figure


def drapes(dice: Dice) -> Figure:
    """Return the cloth: a swag from the cogwheel over each ear, and its tail."""
    y, reach = dice.uniform(0.66, 0.82), dice.uniform(0.55, 0.82)
    rise, thick = dice.uniform(-0.12, 0.25), dice.uniform(0.12, 0.24)
    upper = curve([(0.1, y), (reach * 0.5, y + dice.uniform(-0.02, 0.12)), (reach, y - rise)], 12)
    lower = np.add(upper[::-1], (0.0, thick))
    half = [Part(Role.DRAPE, np.concatenate([upper, lower]), 0.6)]
    out, low = dice.uniform(0.35, 0.8), dice.uniform(0.92, 1.16)
    wide = dice.uniform(0.14, 0.3)
    tail = np.array([
        (0.12, y + thick * 0.4), (0.3, y + thick * 0.2), (out, low - dice.uniform(0, 0.12)),
        (out - wide * 0.5, low - 0.02), (out - wide, low),
    ])  # fmt: skip
    half.append(Part(Role.DRAPE, tail, 0.55))
    folds = Role.DETAIL if dice.random() < 0.5 else Role.MOTIF
    for share in np.linspace(0.2, 0.8, int(dice.integers(1, 5))):
        fold = np.add(upper, (0.0, thick * share))
        half.append(Part(folds, fold, 0.4, dice.uniform(0.01, 0.025)))
        foot = tail[4] * (1 - share) + tail[2] * share
        half.append(Part(folds, np.array([(0.15, y + thick * 0.4), foot]), 0.4, 0.014))
    if dice.random() < 0.5:
        half.append(Part(Role.DETAIL, np.concatenate([upper, lower, upper[:1]]), 0.4, 0.014))
    return [p._replace(points=mirrored(p.points)) if flip else p for flip in HALVES for p in half]
