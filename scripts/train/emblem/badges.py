"""Badges of departments: shields that bear an emblem, and rings of grain around a device."""

from __future__ import annotations

import numpy as np

from scripts.train.emblem.drawing import DOWN, HALVES, cogwheel, drapes, ears, emblem
from scripts.train.emblem.shapes import (
    Dice,
    Figure,
    Part,
    Points,
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
    placed,
    poly,
    star,
)

HERE = ("police", "shield", "wreathed", "toothed")


def badge(dice: Dice, kind: str) -> Figure:
    """Return a badge of a kind in HERE, framed."""
    return framed(
        {"police": _police, "shield": _shield, "wreathed": _wreathed, "toothed": _toothed}[kind](
            dice
        )
    )


def shield(dice: Dice) -> Points:
    """Return the outline of a shield."""
    wide, low = dice.uniform(0.72, 0.95), dice.uniform(0.95, 1.2)
    top = dice.uniform(-1.05, -0.85)
    shoulder = dice.uniform(-0.2, 0.15)
    side = curve(
        [
            (wide, top + shoulder),
            (wide * dice.uniform(0.95, 1.15), 0.2),
            (wide * 0.75, low * 0.8),
            (0, low),
        ],
        14,
    )
    peak = np.array(
        [(0, top - dice.uniform(-0.1, 0.15)), (wide * 0.4, top + dice.uniform(-0.05, 0.1))]
    )
    right = np.concatenate([peak, side])
    return np.concatenate([right, mirrored(right)[::-1]])


def branches(dice: Dice, x: float, y: float, radius: float) -> Figure:
    """Return two branches of leaves that curve upwards from a foot."""
    low, high = dice.uniform(0.15, 0.5), dice.uniform(1.7, 2.7)
    number, half = int(dice.integers(6, 13)), []
    length, fat = radius * dice.uniform(0.25, 0.4), radius * dice.uniform(0.1, 0.17)
    half.append(Part(Role.MOTIF, arc(radius, DOWN + low, DOWN + high, x, y), 0.5, radius * 0.04))
    for angle in np.linspace(low, high, number):
        a = DOWN + angle
        foot = (x + radius * np.cos(a), y + radius * np.sin(a))
        half += [
            Part(Role.MOTIF, leaf(*foot, length, fat, a + np.pi / 2 + lean), 0.8)
            for lean in (-0.5, 0.5)
        ]
    return [p._replace(points=mirrored(p.points)) if flip else p for flip in HALVES for p in half]


def _police(dice: Dice) -> Figure:
    """Return a shield with the emblem above, a wall and branches below."""
    outline = shield(dice)
    figure = [
        Part(Role.SECOND, outline, 0.3),
        Part(Role.FIELD, outline * dice.uniform(0.86, 0.96), 0.2),
    ]
    figure += branches(dice, 0, dice.uniform(-0.1, 0.15), dice.uniform(0.5, 0.68))
    size = dice.uniform(0.34, 0.55)
    figure += placed(emblem(dice), 0, dice.uniform(-0.5, -0.2), size)
    if dice.random() < 0.7:
        figure += _wall(dice, dice.uniform(0.35, 0.6))
    return figure


def _wall(dice: Dice, y: float) -> Figure:
    tall, wide, steps = dice.uniform(0.1, 0.2), dice.uniform(0.4, 0.6), int(dice.integers(5, 10))
    figure = [Part(Role.MOTIF, box(-wide, y, wide, y + tall), 0.5)]
    half, top = wide / steps / 2, y - tall * 0.3
    for x in np.linspace(-wide, wide, steps):
        figure += [Part(Role.MOTIF, box(x - half, top, x + half, y), 0.5)]
    for line in (y + tall * 0.35, y + tall * 0.7):
        figure += [Part(Role.DETAIL, np.array([(-wide, line), (wide, line)]), 0.2, 0.014)]
    return figure


def _shield(dice: Dice) -> Figure:
    """Return a shield with wings or branches around a device."""
    outline = shield(dice)
    figure: Figure = []
    if dice.random() < 0.4:
        figure += _wings(dice)
    figure.append(Part(Role.MOTIF, outline * 0.8, 0.4))
    figure.append(Part(Role.FIELD, outline * dice.uniform(0.66, 0.75), 0.2))
    figure += placed(device(dice), 0, dice.uniform(-0.2, 0.1), dice.uniform(0.4, 0.55))
    if dice.random() < 0.5:
        figure += branches(dice, 0, 0.1, dice.uniform(0.62, 0.9))
    if dice.random() < 0.4:
        figure += cogwheel(dice)
    return figure


def _wings(dice: Dice) -> Figure:
    half, reach = [], dice.uniform(1.0, 1.4)
    for turn in np.linspace(-0.6, 0.5, int(dice.integers(4, 8))):
        half.append(Part(Role.MOTIF, leaf(0.3, 0, reach * (1 - 0.3 * abs(turn)), 0.22, turn), 0.6))
        half.append(
            Part(
                Role.DETAIL,
                np.array([(0.3, 0.0), (reach * 0.8 * np.cos(turn), reach * 0.8 * np.sin(turn))]),
                0.3,
                0.014,
            )
        )
    return [p._replace(points=mirrored(p.points)) if flip else p for flip in HALVES for p in half]


def _wreathed(dice: Dice) -> Figure:
    """Return a disc with a device within ears of grain or branches."""
    inner = dice.uniform(0.55, 0.76)
    figure = [Part(Role.FIELD, circle(0, 0, inner + 0.05), 0.2)]
    figure += placed(device(dice), 0, dice.uniform(-0.15, 0.05), inner * dice.uniform(0.6, 0.85))
    if dice.random() < 0.6:
        figure += ears(dice, inner, (0.04, 0.5))
    else:
        figure += branches(dice, 0, 0, dice.uniform(0.8, 0.95))
    figure += drapes(dice) if dice.random() < 0.4 else []
    figure += cogwheel(dice) if dice.random() < 0.5 else []
    if dice.random() < 0.3:
        figure.append(Part(Role.MOTIF, star(0, -inner * 0.7, 0.15), 0.8))
    return figure


def _toothed(dice: Dice) -> Figure:
    """Return a ring of teeth or lettering around a device, as a ministry's centre has it."""
    teeth = int(dice.integers(12, 30))
    figure = [
        Part(Role.MOTIF, gear(0, 0, 1, teeth, dice.uniform(0.05, 0.15)), 0.5),
        Part(Role.FIELD, circle(0, 0, dice.uniform(0.72, 0.84)), 0.2),
    ]
    figure += placed(device(dice), 0, dice.uniform(-0.1, 0.1), dice.uniform(0.45, 0.6))
    if dice.random() < 0.6:
        figure += placed(ears(dice, 0.8), 0, 0.05, dice.uniform(0.6, 0.8))
    return figure


def device(dice: Dice) -> Figure:
    """Return what a department shows: keys, staff, balance, sword, book, torch, people, letters."""
    drawn = (_crossed, _balance, _people, _book, _torch, _letters, _hands)
    figure = drawn[int(dice.integers(len(drawn)))](dice)
    if dice.random() < 0.3:
        figure += [Part(Role.MOTIF, star(0, -1.0, dice.uniform(0.2, 0.35)), 0.8)]
    return figure


def _crossed(dice: Dice) -> Figure:
    """Return a key and a winged staff, or two tools, crossed."""
    thick = dice.uniform(0.1, 0.2)
    figure: Figure = []
    for lean in (-1, 1):
        foot, head = (-0.75 * lean, 0.85), (0.7 * lean, -0.8)
        figure.append(Part(Role.MOTIF, np.array([foot, head]), 0.6, thick))
        end = int(dice.integers(4))
        if end == 0:
            figure += [
                Part(Role.MOTIF, circle(*head, 0.28), 0.6),
                Part(Role.FIELD, circle(*head, 0.13), 0.2),
            ]
        elif end == 1:
            figure += [
                Part(Role.MOTIF, leaf(*head, 0.6, 0.25, t), 0.6) for t in (-0.5, np.pi + 0.5)
            ]
        elif end == 2:
            figure.append(
                Part(
                    Role.MOTIF,
                    placed([Part(Role.MOTIF, box(-0.35, -0.15, 0.35, 0.15))], *head, 1, lean * 0.8)[
                        0
                    ].points,
                    0.6,
                )
            )
        else:
            figure.append(Part(Role.MOTIF, gear(*head, 0.3, 10, 0.2), 0.6))
    if dice.random() < 0.5:
        t = np.linspace(0, 1, 30)
        snake = np.stack([0.75 - 1.4 * t + 0.16 * np.sin(16 * t), 0.85 - 1.6 * t], 1)
        figure.append(Part(Role.SECOND, snake, 0.7, 0.06))
    return figure


def _balance(dice: Dice) -> Figure:
    arm = dice.uniform(0.6, 0.85)
    figure = [
        Part(Role.MOTIF, box(-0.07, -0.8, 0.07, 0.8), 0.6),
        Part(Role.MOTIF, box(-0.4, 0.75, 0.4, 0.9), 0.6),
    ]
    figure.append(
        Part(Role.MOTIF, np.array([(-arm, -0.55), (0.0, -0.68), (arm, -0.55)]), 0.6, 0.09)
    )
    for side in (-1, 1):
        pan = band(0.26, 0.12, 0, np.pi, side * arm, 0.1)
        cords = np.array([(side * arm - 0.26, 0.1), (side * arm, -0.55), (side * arm + 0.26, 0.1)])
        figure += [Part(Role.MOTIF, pan, 0.6), Part(Role.MOTIF, cords, 0.5, 0.035)]
    return figure


def _people(dice: Dice) -> Figure:
    figure: Figure = []
    places = [0.0] if dice.random() < 0.4 else [-0.45, 0.0, 0.45]
    for x in places:
        y = -0.4 - 0.2 * (x == 0)
        figure.append(Part(Role.MOTIF, circle(x, y, 0.2), 0.6))
        lean = dice.uniform(0.25, 0.5)
        for side in (-1, 1):
            limb = curve([(x, y + 0.2), (x + side * lean * 0.3, 0.3), (x + side * lean, 0.85)], 10)
            figure.append(Part(Role.MOTIF, limb, 0.6, dice.uniform(0.12, 0.24)))
    return figure


def _book(dice: Dice) -> Figure:
    right = np.concatenate(
        [
            curve([(0, 0.1), (0.4, -0.15), (0.9, 0.05)], 8),
            curve([(0.9, 0.65), (0.4, 0.45), (0, 0.7)], 8),
        ]
    )
    figure = [Part(Role.MOTIF, p, 0.6) for p in (right, mirrored(right))]
    for y in np.linspace(0.15, 0.5, int(dice.integers(0, 4))):
        line = curve([(0.1, y), (0.4, y - 0.18), (0.8, y)], 8)
        figure += [Part(Role.DETAIL, p, 0.3, 0.04) for p in (line, mirrored(line))]
    return figure + (_torch(dice) if dice.random() < 0.4 else [])


def _torch(dice: Dice) -> Figure:
    figure = [Part(Role.MOTIF, poly((-0.12, -0.05), (0.12, -0.05), (0.05, 0.9), (-0.05, 0.9)), 0.6)]
    figure.append(Part(Role.MOTIF, box(-0.22, -0.15, 0.22, 0.0), 0.7))
    for lean in (-0.35, 0.0, 0.35):
        flame = leaf(0, -0.12, dice.uniform(0.55, 0.9), 0.35, DOWN + np.pi + lean)
        figure += [Part(Role.SECOND, flame, 0.7)]
    return figure


def _letters(dice: Dice) -> Figure:
    """Return strokes that look like letters or characters side by side."""
    figure, number = [], int(dice.integers(1, 5))
    wide, thick = 1.6 / number, dice.uniform(0.08, 0.2)
    for at in range(number):
        x = -0.8 + wide * (at + 0.5)
        for _ in range(int(dice.integers(2, 6))):
            ends = dice.uniform(-0.5, 0.5, (2, 2)) * (wide * 0.8, 1.0) + (x, 0)
            if dice.random() < 0.7:  # upright or level
                axis = int(dice.integers(2))
                ends[1, axis] = ends[0, axis]
            figure.append(Part(Role.MOTIF, ends, 0.6, thick))
        if dice.random() < 0.4:
            figure.append(Part(Role.MOTIF, arc(wide * 0.35, 0.5, 5.5, x), 0.6, thick))
    return figure


def _hands(dice: Dice) -> Figure:
    """Return a round sign of arcs around a middle."""
    figure = [Part(Role.MOTIF, circle(0, 0, dice.uniform(0.15, 0.35)), 0.6)]
    number, span = int(dice.integers(2, 6)), dice.uniform(0.6, 1.2)
    for at in range(number):
        start = 2 * np.pi * at / number
        figure.append(
            Part(
                Role.SECOND,
                band(dice.uniform(0.5, 0.8), dice.uniform(0.12, 0.3), start, start + span),
                0.6,
            )
        )
    return figure
