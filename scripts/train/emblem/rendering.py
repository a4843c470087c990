"""A figure as printers, embossers and screens show it: colour and cover of each pixel."""

from __future__ import annotations

from collections.abc import Sequence

import cv2
import numpy as np

from scripts.train.emblem.shapes import Dice, Figure, Role, paint

SIDE = 224  # pixels that a figure is painted at before it is made small
STYLES = (
    "colour", "red-white", "mono", "reversed", "line", "foil", "relief", "watermark",
    "embossed", "pale-embossed",
)  # fmt: skip
INKS = (
    (206, 24, 34), (190, 20, 30), (196, 150, 60), (150, 112, 40), (44, 82, 140), (20, 50, 120),
    (54, 110, 84), (30, 30, 34), (90, 90, 96), (134, 34, 46), (226, 186, 92), (230, 90, 60),
)  # fmt: skip
GOLDS = (
    (255, 222, 0),
    (226, 186, 92),
    (240, 200, 80),
    (212, 165, 60),
    (250, 230, 130),
    (198, 150, 70),
)
REDS = ((222, 41, 16), (200, 20, 28), (178, 24, 30), (230, 50, 40), (150, 20, 30))

Picture = np.ndarray  # shape (h, w, 4): red, green, blue 0-255, cover 0-1


def render(figure: Figure, style: str, dice: Dice, paper: Sequence[float]) -> Picture:
    """Return the figure in a style, to be laid on paper of that colour."""
    roles, heights = paint(figure, SIDE)
    if style == "line":
        return _lines(roles, dice, _ink(dice, paper))
    if style in ("embossed", "pale-embossed"):
        strength = dice.uniform(0.25, 0.7) if style == "embossed" else dice.uniform(0.07, 0.2)
        return _embossed(roles, heights, dice, np.array(paper), strength)
    if style == "watermark":
        return _watermark(figure, dice, paper)
    colours, cover = _PALETTES[style](dice, paper)
    picture = np.concatenate([colours[roles], cover[roles][..., None]], axis=2).astype(np.float32)
    if style in ("foil", "relief") or dice.random() < 0.3:
        strength = dice.uniform(0.3, 0.9) if style in ("foil", "relief") else dice.uniform(0.1, 0.5)
        picture[..., :3] = (picture[..., :3] * _light(heights, dice, strength)[..., None]).clip(
            0, 255
        )
    if dice.random() < 0.25:
        _outline(picture, roles, dice)
    return picture


def _table(dice: Dice, given: dict[Role, Sequence[float] | None]) -> tuple[np.ndarray, np.ndarray]:
    """Return the colour and cover by role; a role without a colour lets the paper through."""
    colours, cover = np.zeros((len(Role), 3), np.float32), np.zeros(len(Role), np.float32)
    for role, colour in given.items():
        if colour is not None:
            colours[role] = np.array(colour) + dice.normal(0, 6, 3)
            cover[role] = 1
    return colours, cover


def _colour(dice: Dice, paper: Sequence[float]) -> tuple[np.ndarray, np.ndarray]:
    gold, red = _one(dice, GOLDS), _one(dice, REDS)
    other = _one(dice, GOLDS) if dice.random() < 0.6 else np.multiply(gold, 0.8)
    detail = (
        np.multiply(red, dice.uniform(0.4, 1.0)) if dice.random() < 0.7 else np.multiply(gold, 0.5)
    )
    return _table(dice, {
        Role.FIELD: red, Role.MOTIF: gold, Role.SECOND: other, Role.DRAPE: red, Role.DETAIL: detail,
    })  # fmt: skip


def _red_white(dice: Dice, paper: Sequence[float]) -> tuple[np.ndarray, np.ndarray]:
    red, white = _one(dice, REDS), (255, 252, 245) if dice.random() < 0.5 else None
    second = np.add(red, (255 - np.array(red)) * dice.uniform(0.3, 0.8))
    if dice.random() < 0.3:
        return _table(dice, {Role.FIELD: white, Role.MOTIF: red, Role.SECOND: second,
                             Role.DRAPE: red, Role.DETAIL: white})  # fmt: skip
    return _table(dice, {
        Role.FIELD: red, Role.MOTIF: white, Role.SECOND: second if dice.random() < 0.5 else white,
        Role.DRAPE: red, Role.DETAIL: red,
    })  # fmt: skip


def _mono(dice: Dice, paper: Sequence[float]) -> tuple[np.ndarray, np.ndarray]:
    ink = _ink(dice, paper)
    part = np.add(np.multiply(ink, 0.6), np.multiply(paper, 0.4))
    return _table(dice, {
        Role.FIELD: None, Role.MOTIF: ink, Role.SECOND: ink if dice.random() < 0.6 else part,
        Role.DRAPE: ink if dice.random() < 0.6 else part, Role.DETAIL: paper,
    })  # fmt: skip


def _reversed(dice: Dice, paper: Sequence[float]) -> tuple[np.ndarray, np.ndarray]:
    ink = _ink(dice, paper)
    part = np.add(np.multiply(ink, 0.4), np.multiply(paper, 0.6))
    return _table(dice, {
        Role.FIELD: ink, Role.MOTIF: paper, Role.SECOND: part if dice.random() < 0.5 else paper,
        Role.DRAPE: ink if dice.random() < 0.7 else part, Role.DETAIL: ink,
    })  # fmt: skip


def _foil(dice: Dice, paper: Sequence[float]) -> tuple[np.ndarray, np.ndarray]:
    """Return gold foil: the ground stays leather, or is foil too and only its relief tells."""
    gold = np.array(_one(dice, GOLDS[1:]) if dice.random() < 0.8 else (205, 205, 210))
    field = gold * dice.uniform(0.75, 1.0) if dice.random() < 0.3 else None
    drape = gold * dice.uniform(0.7, 1.0) if dice.random() < 0.8 else None
    return _table(dice, {
        Role.FIELD: field, Role.MOTIF: gold, Role.SECOND: gold * dice.uniform(0.8, 1.0),
        Role.DRAPE: drape, Role.DETAIL: gold * 0.6 if dice.random() < 0.4 else None,
    })  # fmt: skip


def _relief(dice: Dice, paper: Sequence[float]) -> tuple[np.ndarray, np.ndarray]:
    metal = np.array(_one(dice, (*GOLDS, (190, 190, 196), (176, 120, 80))))
    return _table(dice, {role: metal * dice.uniform(0.8, 1.05) for role in Role if role})


_PALETTES = {
    "colour": _colour, "red-white": _red_white, "mono": _mono, "reversed": _reversed,
    "foil": _foil, "relief": _relief,
}  # fmt: skip


def _lines(roles: np.ndarray, dice: Dice, ink: Sequence[float]) -> Picture:
    thick = int(dice.integers(2, 6))
    edges = cv2.morphologyEx(roles, cv2.MORPH_GRADIENT, np.ones((thick, thick), np.uint8)) > 0
    cover = np.maximum(edges, (roles == Role.DETAIL) * dice.uniform(0, 1)).astype(np.float32)
    return _inked(cover, ink)


def _inked(cover: np.ndarray, ink: Sequence[float]) -> Picture:
    colour = np.broadcast_to(np.array(ink, np.float32), (*cover.shape, 3))
    return np.concatenate([colour, cover[..., None]], axis=2).astype(np.float32)


def _embossed(roles: np.ndarray, heights: np.ndarray, dice: Dice, paper: np.ndarray,
              strength: float) -> Picture:  # fmt: skip
    lit = _light(heights, dice, strength)
    colour = (paper * lit[..., None]).clip(0, 255)
    near = cv2.dilate((roles > 0).astype(np.uint8), np.ones((9, 9), np.uint8))
    return np.concatenate([colour, near[..., None]], axis=2).astype(np.float32)


def _watermark(figure: Figure, dice: Dice, paper: Sequence[float]) -> Picture:
    style = str(dice.choice(["mono", "reversed", "line", "red-white", "colour"]))
    picture = render(figure, style, dice, paper)
    picture[..., 3] *= dice.uniform(0.08, 0.30)
    return picture


def _light(heights: np.ndarray, dice: Dice, strength: float) -> np.ndarray:
    """Return how bright a surface of those heights is under light from one side: around 1."""
    soft = cv2.GaussianBlur(heights, (0, 0), dice.uniform(1.2, 3.5))
    angle = dice.uniform(0, 2 * np.pi)
    slope = np.cos(angle) * cv2.Sobel(soft, cv2.CV_32F, 1, 0) + np.sin(angle) * cv2.Sobel(
        soft, cv2.CV_32F, 0, 1
    )
    return 1 + strength * np.tanh(slope * 2.5 / max(float(slope.std()), 1e-6) / 2.5)


def _outline(picture: Picture, roles: np.ndarray, dice: Dice) -> None:
    edges = cv2.morphologyEx(roles, cv2.MORPH_GRADIENT, np.ones((3, 3), np.uint8)) > 0
    picture[edges, :3] *= dice.uniform(0.3, 0.9)
    picture[edges, 3] = np.maximum(picture[edges, 3], dice.uniform(0, 1))


def _ink(dice: Dice, paper: Sequence[float]) -> np.ndarray:
    """Return an ink that can be told from the paper."""
    inks = [ink for ink in INKS if np.abs(np.subtract(ink, paper)).max() > 70]
    return np.array(_one(dice, inks), np.float32)


def _one(dice: Dice, choices: Sequence) -> Sequence[float]:
    return choices[int(dice.integers(len(choices)))]
