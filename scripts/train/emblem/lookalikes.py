"""What may be taken for an emblem and is none, as figures: medals, seals, wreaths, logos, coins."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from scripts.train.emblem.badges import branches, device, shield
from scripts.train.emblem.drawing import cogwheel, drapes, ears, gate, stars
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
    ellipse,
    framed,
    gear,
    leaf,
    moved,
    placed,
    poly,
    star,
)

TURN = 2 * np.pi


def lookalike(dice: Dice, kind: str) -> Figure:
    """Return a figure of a kind in KINDS, framed."""
    return framed(KINDS[kind](dice))


def _disc(dice: Dice) -> Figure:
    """Return a disc with rings around it."""
    figure = []
    radius = 1.0
    for _ in range(int(dice.integers(1, 4))):
        role = Role(int(dice.choice([Role.FIELD, Role.MOTIF, Role.SECOND])))
        figure.append(Part(role, circle(0, 0, radius), dice.uniform(0.2, 0.8)))
        radius *= dice.uniform(0.8, 0.97)
    if dice.random() < 0.7:
        figure.append(Part(Role.FIELD, circle(0, 0, radius), 0.2))
    return figure


def lettering(dice: Dice, radius: float, start: float = 0, end: float = TURN) -> Figure:
    """Return strokes in a ring, like the characters of a seal or a school's badge."""
    figure, size = [], dice.uniform(0.10, 0.2)
    number = int((end - start) * radius / (size * dice.uniform(1.0, 1.8)))
    role = Role.MOTIF if dice.random() < 0.8 else Role.DETAIL
    for angle in np.linspace(start, end, max(number, 2), endpoint=False):
        for _ in range(int(dice.integers(2, 6))):
            ends = dice.uniform(-0.5, 0.5, (2, 2)) * size
            if dice.random() < 0.7:
                axis = int(dice.integers(2))
                ends[1, axis] = ends[0, axis]
            x, y = radius * np.cos(angle), radius * np.sin(angle)
            figure.append(Part(role, moved(ends, x, y, angle + np.pi / 2), 0.6, size * 0.14))
    return figure


def _middle(dice: Dice) -> Figure:
    """Return something that fills a disc: a star, a number, a building, a device, rays."""
    kind = int(dice.integers(7))
    if kind == 0:
        return [
            Part(
                Role.MOTIF,
                star(
                    0,
                    0,
                    0.9,
                    dice.uniform(0, 0.3),
                    int(dice.integers(4, 9)),
                    dice.uniform(0.3, 0.6),
                ),
                0.8,
            )
        ]
    if kind == 1:
        return _building(dice)
    if kind == 2:
        return _rays(dice)
    if kind == 3:
        return _hammer(dice)
    if kind == 4:
        return _flower(dice)
    return device(dice)


def _medal(dice: Dice) -> Figure:
    figure: Figure = []
    if dice.random() < 0.6:  # the ribbon it hangs on, or tails below
        for side in (-1, 1):
            sign = -1 if dice.random() < 0.5 else 1
            figure.append(
                Part(
                    Role.DRAPE,
                    poly(
                        (side * 0.1, 0),
                        (side * 0.5, 0),
                        (side * 0.8, sign * 1.8),
                        (side * 0.35, sign * 1.8),
                    ),
                    0.3,
                )
            )
    if dice.random() < 0.5:
        figure.append(
            Part(
                Role.MOTIF,
                star(0, 0, 1.15, 0, int(dice.integers(10, 32)), dice.uniform(0.8, 0.92)),
                0.5,
            )
        )
    figure += _disc(dice) + placed(_middle(dice), 0, 0, dice.uniform(0.4, 0.6))
    return figure


def _hammer(dice: Dice) -> Figure:
    """Return a hammer across a sickle."""
    figure = [Part(Role.MOTIF, band(0.7, dice.uniform(0.14, 0.26), -1.2, 2.2), 0.7)]
    figure.append(Part(Role.MOTIF, np.array([(-0.5, 0.75), (-0.2, 0.5)]), 0.7, 0.2))
    figure.append(Part(Role.MOTIF, np.array([(-0.35, -0.35), (0.7, 0.75)]), 0.7, 0.16))
    figure.append(Part(Role.MOTIF, moved(box(-0.35, -0.16, 0.35, 0.16), -0.4, -0.4, -0.78), 0.7))
    return figure


def _party(dice: Dice) -> Figure:
    figure = _disc(dice) if dice.random() < 0.7 else []
    figure += placed(_hammer(dice), 0, 0, dice.uniform(0.5, 0.75))
    if dice.random() < 0.4:
        figure += branches(dice, 0, 0, 0.85)
    return figure


def _league(dice: Dice) -> Figure:
    """Return a flag with a star above half a wheel, ears, rays and a ribbon."""
    figure = [
        Part(Role.MOTIF, circle(0, 0.2, 0.8), 0.4),
        Part(Role.FIELD, circle(0, 0.2, 0.65), 0.2),
    ]
    figure += placed(_rays(dice), 0, 0.3, 0.55)
    flag = np.concatenate(
        [
            curve([(-0.7, -0.8), (0, -1.1), (0.8, -0.7)], 10),
            curve([(0.8, -0.1), (0, -0.5), (-0.7, -0.1)], 10),
        ]
    )
    figure += [Part(Role.DRAPE, flag, 0.6), Part(Role.MOTIF, circle(-0.35, -0.5, 0.18), 0.7)]
    figure.append(Part(Role.FIELD, star(-0.35, -0.5, 0.15), 0.8))
    figure.append(Part(Role.MOTIF, np.array([(-0.72, -0.9), (-0.5, 1.0)]), 0.6, 0.05))
    figure += placed(
        [Part(Role.MOTIF, gear(0, 0, 0.5, 14, 0.2), 0.6), Part(Role.FIELD, circle(0, 0, 0.3), 0.3)],
        0,
        0.7,
        0.8,
    )
    return figure


def _gear(dice: Dice) -> Figure:
    figure = [
        Part(Role.MOTIF, gear(0, 0, 1, int(dice.integers(6, 26)), dice.uniform(0.08, 0.3)), 0.6)
    ]
    figure.append(
        Part(
            Role.FIELD if dice.random() < 0.6 else Role.DETAIL,
            circle(0, 0, dice.uniform(0.3, 0.8)),
            0.2,
        )
    )
    return figure + (
        placed(_middle(dice), 0, 0, dice.uniform(0.25, 0.55)) if dice.random() < 0.7 else []
    )


def _logo(dice: Dice) -> Figure:
    """Return a few large smooth shapes."""
    figure = _disc(dice) if dice.random() < 0.4 else []
    roles = (Role.FIELD, Role.MOTIF, Role.SECOND, Role.DRAPE)
    for _ in range(int(dice.integers(2, 7))):
        role = roles[int(dice.integers(4))]
        x, y = dice.uniform(-0.5, 0.5, 2)
        shape = int(dice.integers(5))
        if shape == 0:
            figure.append(
                Part(
                    role,
                    band(
                        dice.uniform(0.3, 0.9),
                        dice.uniform(0.1, 0.3),
                        *np.sort(dice.uniform(0, TURN, 2)),
                        x,
                        y,
                    ),
                    0.5,
                )
            )
        elif shape == 1:
            figure.append(
                Part(role, ellipse(x, y, *dice.uniform(0.1, 0.6, 2), dice.uniform(0, 3)), 0.5)
            )
        elif shape == 2:
            figure.append(Part(role, dice.uniform(-1, 1, (int(dice.integers(3, 6)), 2)), 0.5))
        elif shape == 3:
            figure.append(
                Part(
                    role,
                    curve([tuple(p) for p in dice.uniform(-1, 1, (4, 2))], 20),
                    0.5,
                    dice.uniform(0.05, 0.3),
                )
            )
        else:
            figure += placed(device(dice), x, y, dice.uniform(0.3, 0.8))
    return figure


def _school(dice: Dice) -> Figure:
    inner = dice.uniform(0.55, 0.72)
    figure = [
        Part(Role.FIELD, circle(0, 0, 1), 0.3),
        Part(Role.MOTIF, arc(0.97, 0, TURN), 0.5, 0.04),
    ]
    figure += lettering(dice, (1 + inner) / 2)
    figure.append(
        Part(
            Role.SECOND if dice.random() < 0.5 else Role.MOTIF,
            arc(inner, 0, TURN),
            0.5,
            dice.uniform(0.02, 0.06),
        )
    )
    figure += placed(_middle(dice), 0, 0, inner * dice.uniform(0.6, 0.85))
    return figure


def _seal(dice: Dice) -> Figure:
    """Return a round or oval seal; its ground stays paper."""
    squeeze = dice.uniform(0.6, 0.85) if dice.random() < 0.3 else 1.0
    figure = [Part(Role.MOTIF, arc(1, 0, TURN), 0.5, dice.uniform(0.03, 0.08))]
    figure += lettering(dice, dice.uniform(0.7, 0.8), 2.4, 2.4 + dice.uniform(3.5, 5.0))
    if dice.random() < 0.8:
        figure.append(
            Part(Role.MOTIF, star(0, 0, dice.uniform(0.22, 0.4), dice.uniform(-0.3, 0.3)), 0.5)
        )
    if dice.random() < 0.5:
        figure += placed(lettering(dice, 1, 1.2, 1.95), 0, 1.35 - dice.uniform(1.6, 1.8), 0.9)
    return [p._replace(points=p.points * (1, squeeze)) for p in figure]


def _building(dice: Dice) -> Figure:
    """Return a building with columns and a roof, a tower or a gate."""
    if dice.random() < 0.25:
        return gate(dice, dice.uniform(0.9, 1.2))
    half, foot, tall = dice.uniform(0.5, 0.9), 0.6, dice.uniform(0.4, 0.8)
    figure = [Part(Role.MOTIF, box(-half, foot - tall, half, foot), 0.4)]
    for x in np.linspace(-0.8, 0.8, int(dice.integers(3, 8))) * half:
        figure += [Part(Role.DETAIL, np.array([(x, foot - tall * 0.8), (x, foot)]), 0.3, 0.08)]
    if dice.random() < 0.6:
        figure.append(
            Part(
                Role.SECOND,
                poly(
                    (-half * 1.15, foot - tall), (0, foot - tall - 0.4), (half * 1.15, foot - tall)
                ),
                0.6,
            )
        )
    else:
        figure.append(Part(Role.SECOND, box(-0.2, -0.8, 0.2, foot - tall), 0.6))
    return figure


def _rays(dice: Dice) -> Figure:
    number, wide = int(dice.integers(8, 40)), dice.uniform(0.2, 0.7)
    figure = []
    for t in np.arange(number) * TURN / number:
        a, b = t - wide * np.pi / number, t + wide * np.pi / number
        figure.append(
            Part(Role.MOTIF, poly((0, 0), (np.cos(a), np.sin(a)), (np.cos(b), np.sin(b))), 0.5)
        )
    figure.append(Part(Role.SECOND, circle(0, 0, dice.uniform(0.15, 0.5)), 0.5))
    return figure


def _flower(dice: Dice) -> Figure:
    """Return petals in rings: a flower, or a mandala."""
    figure = []
    for reach in np.linspace(1, 0.3, int(dice.integers(1, 5))):
        number, turn = int(dice.integers(5, 24)), dice.uniform(0, 1)
        role = (Role.MOTIF, Role.SECOND, Role.DRAPE)[int(dice.integers(3))]
        wide = reach * min(0.9, TURN / number * dice.uniform(0.5, 1.2))
        for t in np.arange(number) * TURN / number + turn:
            petal = leaf(0, 0, reach, wide, t)
            figure.append(Part(role, petal, 0.6))
            if dice.random() < 0.7:
                figure.append(Part(Role.DETAIL, petal, 0.3, 0.012))
    figure.append(Part(Role.FIELD, circle(0, 0, dice.uniform(0.08, 0.3)), 0.4))
    return figure


def _rosette(dice: Dice) -> Figure:
    """Return fine engraved lines around a middle."""
    turn = np.linspace(0, TURN, 360)
    figure, lobes = [], int(dice.integers(5, 30))
    low = dice.uniform(0.3, 0.85)
    for phase in np.linspace(0, TURN, int(dice.integers(4, 14))):
        reach = low + (1 - low) * np.cos(lobes * turn + phase)
        ring = np.stack([reach * np.cos(turn), reach * np.sin(turn)], 1)
        figure.append(Part(Role.MOTIF, ring, 0.5, 0.008))
    return figure + (placed(_middle(dice), 0, 0, 0.3) if dice.random() < 0.4 else [])


def _laurel(dice: Dice) -> Figure:
    """Return an open wreath, empty or around a prize's sign."""
    figure = branches(dice, 0, 0, dice.uniform(0.75, 0.95))
    if dice.random() < 0.7:
        figure += placed(_middle(dice), 0, dice.uniform(-0.2, 0.1), dice.uniform(0.3, 0.6))
    if dice.random() < 0.4:
        figure += [
            Part(Role.MOTIF, star(x, dice.uniform(-1.0, -0.9), 0.12), 0.6) for x in (-0.3, 0, 0.3)
        ]
    if dice.random() < 0.3:
        figure += drapes(dice)
    return figure


def _coin(dice: Dice) -> Figure:
    figure = _disc(dice)
    number = int(dice.integers(30, 80))
    if dice.random() < 0.5:
        figure += [
            Part(Role.MOTIF, circle(0.93 * np.cos(t), 0.93 * np.sin(t), 0.025), 0.6)
            for t in np.arange(number) * TURN / number
        ]
    if dice.random() < 0.4:  # a head in profile
        head = np.array(
            [
                (0, -0.6),
                (0.35, -0.5),
                (0.42, -0.15),
                (0.55, 0.05),
                (0.4, 0.1),
                (0.4, 0.3),
                (0.15, 0.4),
                (0.3, 0.75),
                (-0.5, 0.75),
                (-0.35, 0.3),
                (-0.45, -0.2),
                (-0.3, -0.5),
            ]
        )
        figure.append(Part(Role.MOTIF, head * dice.uniform(0.8, 1.0), 0.8))
    else:
        figure += placed(_middle(dice), 0, 0, 0.55)
    return figure + lettering(dice, 0.82, 3.4, 3.4 + dice.uniform(1, 3))


def _flag(dice: Dice) -> Figure:
    figure = [Part(Role.FIELD, box(-1, -0.67, 1, 0.67), 0.2)]
    if dice.random() < 0.5:  # stars in the corner, as on a flag of stars
        figure += placed(
            stars(dice, 1.0), -0.5, 0.2, dice.uniform(0.5, 0.7), -1.2 if dice.random() < 0.5 else 0
        )
    for y in np.linspace(-0.5, 0.5, int(dice.integers(0, 4))):
        figure.append(Part(Role.SECOND, box(-1, y - 0.08, 1, y + 0.08), 0.3))
    return figure


def _clock(dice: Dice) -> Figure:
    figure = _disc(dice)
    for at in range(12):
        t = at * TURN / 12
        figure.append(
            Part(
                Role.MOTIF,
                np.array(
                    [(0.85 * np.cos(t), 0.85 * np.sin(t)), (0.72 * np.cos(t), 0.72 * np.sin(t))]
                ),
                0.6,
                0.05,
            )
        )
    for reach in (0.45, 0.65):
        t = dice.uniform(0, TURN)
        figure.append(
            Part(
                Role.MOTIF,
                np.array([(0.0, 0.0), (reach * np.cos(t), reach * np.sin(t))]),
                0.7,
                0.06,
            )
        )
    return figure


def _icon(dice: Dice) -> Figure:
    ground = circle(0, 0, 1) if dice.random() < 0.6 else box(-1, -1, 1, 1)
    return [Part(Role.FIELD, ground, 0.2), *placed(_middle(dice), 0, 0, dice.uniform(0.45, 0.7))]


def _crest(dice: Dice) -> Figure:
    """Return a shield of a school or a guard company: no emblem, no ears."""
    outline = shield(dice)
    figure = [
        Part(Role.MOTIF, outline, 0.4),
        Part(Role.FIELD, outline * dice.uniform(0.8, 0.92), 0.2),
    ]
    if dice.random() < 0.5:
        figure.append(Part(Role.SECOND, box(-0.7, -0.1, 0.7, 0.1), 0.4))
    figure += lettering(dice, 0.6, 3.5, 5.9)
    return figure + placed(_letters_or_star(dice), 0, 0.1, 0.35)


def _letters_or_star(dice: Dice) -> Figure:
    if dice.random() < 0.5:
        return [Part(Role.MOTIF, star(0, 0, 1), 0.6)]
    return lettering(dice, 0.5)


def _starred(dice: Dice) -> Figure:
    """Return parts of the emblem in another order: stars and a gate without ears, and the like."""
    figure = _disc(dice) if dice.random() < 0.7 else []
    kind = int(dice.integers(4))
    if kind == 0:
        return figure + stars(dice, dice.uniform(0.8, 1.2))
    if kind == 1:
        return figure + gate(dice, dice.uniform(0.8, 1.1))
    if kind == 2:
        return figure + placed(_flower(dice), 0, 0, 0.5) + cogwheel(dice) + drapes(dice)
    return figure + ears(dice, dice.uniform(0.6, 0.8)) + placed(lettering(dice, 0.5), 0, 0, 0.8)


KINDS: dict[str, Callable[[Dice], Figure]] = {
    "medal": _medal,
    "party": _party,
    "league": _league,
    "gear": _gear,
    "logo": _logo,
    "school": _school,
    "seal": _seal,
    "building": _building,
    "rays": _rays,
    "flower": _flower,
    "rosette": _rosette,
    "laurel": _laurel,
    "coin": _coin,
    "flag": _flag,
    "clock": _clock,
    "icon": _icon,
    "crest": _crest,
    "parts": _starred,
}
