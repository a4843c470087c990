"""Whole pages: certificates, covers, posters and print, with or without a figure on them."""

from __future__ import annotations

from typing import NamedTuple

import cv2
import numpy as np

from scripts.train.emblem.lookalikes import KINDS, lookalike
from scripts.train.emblem.rendering import INKS, render
from scripts.train.emblem.scenes import (
    LEATHERS,
    PAPERS,
    background,
    lay,
    put_text,
    texture,
    wear,
)
from scripts.train.emblem.shapes import Dice, Figure


class Shown(NamedTuple):
    """A figure on a page: its middle as shares of the page's sides, its size of the shorter."""

    figure: Figure
    style: str
    x: float
    y: float
    size: float


def page(dice: Dice, shown: Shown | None = None) -> np.ndarray:
    """Draw a page (h, w, 3): its text, patterns and look-alikes keep off what is shown on it."""
    shorter = int(dice.integers(560, 1150))
    shape = (shorter, int(shorter * dice.uniform(1.2, 1.55)))
    shape = shape if dice.random() < 0.5 else shape[::-1]
    leather = shown.style == "foil" if shown else dice.random() < 0.15
    table = LEATHERS if leather else PAPERS
    paper = table[int(dice.integers(len(table)))]
    if not leather and dice.random() < 0.1:
        paper = tuple(dice.uniform(0, 255, 3))
    ground = background(dice, shape, paper, leather)
    _print(ground, dice, leather)
    _decorate(ground, dice, paper)
    if shown:
        _clear(ground, shown, background(dice, shape, paper, leather))
        picture = render(shown.figure, shown.style, dice, paper)
        middle = (shown.x * shape[1], shown.y * shape[0])
        lay(ground, picture, middle, shown.size * shorter, dice)
    return wear(ground, dice, shown.style if shown else "colour")[0]


def _clear(ground: np.ndarray, shown: Shown, bare: np.ndarray) -> None:
    """Take away what would stand under the figure; a watermark lies under the text."""
    height, width = ground.shape[:2]
    half = round(shown.size * min(height, width) * 0.52)
    x, y = round(shown.x * width), round(shown.y * height)
    rows, columns = slice(max(0, y - half), y + half), slice(max(0, x - half), x + half)
    if "watermark" not in shown.style and "embossed" not in shown.style:
        ground[rows, columns] = bare[rows, columns]


def _print(ground: np.ndarray, dice: Dice, leather: bool) -> None:
    """Write a title and paragraphs, draw frames and a table's lines."""
    height, width = ground.shape[:2]
    unit = min(height, width)
    ink = (226, 186, 92) if leather else INKS[int(dice.integers(len(INKS)))]
    for _ in range(int(dice.integers(0, 3))):
        edge = round(unit * dice.uniform(0.02, 0.08))
        box = (edge, edge), (width - edge, height - edge)
        cv2.rectangle(ground, *box, ink, int(dice.integers(1, 7)), cv2.LINE_AA)
    put_text(
        ground,
        dice,
        (width * dice.uniform(0.1, 0.3), height * dice.uniform(0.08, 0.4)),
        unit * dice.uniform(0.06, 0.14),
        ink,
    )
    dark = ink if leather or dice.random() < 0.2 else (34, 32, 36)
    for _ in range(int(dice.integers(1, 4))):
        y, tall = height * dice.uniform(0.1, 0.7), unit * dice.uniform(0.015, 0.045)
        x, leading = width * dice.uniform(0.02, 0.5), dice.uniform(1.2, 2.2)
        for line in range(int(dice.integers(1, 14))):
            put_text(ground, dice, (x, y + line * tall * leading), tall, dark)
    if dice.random() < 0.3:
        left, top = width * dice.uniform(0.1, 0.5), height * dice.uniform(0.3, 0.6)
        step = unit * dice.uniform(0.03, 0.07)
        for line in range(int(dice.integers(3, 9))):
            at = round(top + line * step)
            cv2.line(ground, (round(left), at), (round(left + unit * 0.4), at), dark, 1)


def _decorate(ground: np.ndarray, dice: Dice, paper: tuple) -> None:
    """Paste photographs and codes, and lay look-alikes of all kinds."""
    height, width = ground.shape[:2]
    unit = min(height, width)
    for _ in range(int(dice.integers(0, 4))):
        kind = str(dice.choice(["portrait", "code", "photo", "frame"], p=[0.35, 0.3, 0.2, 0.15]))
        side = round(unit * dice.uniform(0.1, 0.35))
        x, y = int(dice.integers(0, width - side)), int(dice.integers(0, height - side))
        ground[y : y + side, x : x + side] = cv2.resize(texture(dice, kind), (side, side))
    names, styles = (
        list(KINDS),
        ("colour", "red-white", "mono", "line", "reversed", "watermark", "relief"),
    )
    for _ in range(int(dice.integers(0, 5))):
        name = "seal" if dice.random() < 0.25 else names[int(dice.integers(len(names)))]
        style = "mono" if name == "seal" else str(dice.choice(styles))
        place = (width * dice.uniform(0.05, 0.95), height * dice.uniform(0.05, 0.95))
        lay(
            ground,
            render(lookalike(dice, name), style, dice, paper),
            place,
            unit * dice.uniform(0.06, 0.4),
            dice,
        )
