"""Scenes → windows to learn from: what the scan and the network will meet, labelled."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from typing import NamedTuple

import cv2
import numpy as np

from detector.marks.emblem import SIDE
from detector.marks.emblem_features import cut_windows, grey
from detector.marks.emblem_network import KINDS
from detector.marks.emblem_scan import CELL, FILL, SPAN
from scripts.train.emblem import badges, lookalikes
from scripts.train.emblem.drawing import emblem
from scripts.train.emblem.scenes import TEXTURES, scene, texture
from scripts.train.emblem.shapes import Dice

CONTEXT = 2  # cells around the scan's window that its cells are compared with
SCAN_SIDE = CELL * (SPAN + 2 * CONTEXT)
OTHER, EMBLEM, BADGE = range(len(KINDS))
TASK = 100  # scenes that one process draws at a time
# Of all scenes, what they show.
SHARES = {"emblem": 0.34, "badge": 0.16, "lookalike": 0.34, "texture": 0.16}


class Windows(NamedTuple):
    """Windows (n, …) of both sizes, their class, and what they show."""

    large: np.ndarray  # (n, SIDE, SIDE) uint8
    small: np.ndarray  # (n, SCAN_SIDE, SCAN_SIDE) uint8
    kinds: np.ndarray  # (n,)
    names: np.ndarray  # (n,) "emblem/foil/grey", "lookalike/medal", …

    @classmethod
    def joined(cls, parts: Sequence[Windows]) -> Windows:
        """Return all windows as one."""
        return cls(*(np.concatenate(field) for field in zip(*parts, strict=True)))


class _Sample(NamedTuple):
    place: tuple[float, float, float]
    kind: int
    name: str
    turn: int = 0


def draw_windows(scenes: int, seed: int, processes: int = 2) -> Windows:
    """Draw so many scenes; the same seed gives the same windows, however many processes draw."""
    seeds = [(seed, number) for number in range(scenes // TASK)]
    with ProcessPoolExecutor(processes) as pool:
        return Windows.joined(list(pool.map(_task, seeds)))


def _task(seed: tuple[int, int]) -> Windows:
    cv2.setNumThreads(1)
    dice = np.random.default_rng(seed)
    return Windows.joined([_windows(*_drawn(dice), dice) for _ in range(TASK)])


def _drawn(dice: Dice) -> tuple[np.ndarray, float, str]:
    """Return a picture, the size of the figure in its middle, and the name of what it shows."""
    what = str(dice.choice(list(SHARES), p=list(SHARES.values())))
    if what == "texture":
        kind = TEXTURES[int(dice.integers(len(TEXTURES)))]
        return texture(dice, kind), float(dice.uniform(40, 110)), f"texture/{kind}"
    if what == "emblem":
        shown = scene(emblem(dice), dice)
        return shown.picture, shown.size, f"emblem/{shown.style}/{shown.wear}"
    table = badges.HERE if what == "badge" else tuple(lookalikes.KINDS)
    kind = table[int(dice.integers(len(table)))]
    figure = badges.badge(dice, kind) if what == "badge" else lookalikes.lookalike(dice, kind)
    shown = scene(figure, dice)
    return shown.picture, shown.size, f"{what}/{kind}"


def _windows(picture: np.ndarray, size: float, name: str, dice: Dice) -> Windows:
    plane = grey(picture)
    samples = list(_samples(len(plane), size, name, dice))
    places = np.array([s.place for s in samples])
    large = cut_windows(plane, places, SIDE)
    small = cut_windows(plane, places * (1, 1, SCAN_SIDE / (CELL * SPAN)), SCAN_SIDE)
    for number, sample in enumerate(samples):
        large[number] = np.rot90(large[number], sample.turn)
        small[number] = np.rot90(small[number], sample.turn)
    return Windows(
        large,
        small,
        np.array([s.kind for s in samples]),
        np.array([s.name for s in samples]),
    )


def _samples(side: int, size: float, name: str, dice: Dice) -> Iterator[_Sample]:
    """Yield places on and beside the figure; a figure turned or cut is none."""
    middle, window = side / 2, size / FILL
    what = name.split("/")[0]
    kind = {"emblem": EMBLEM, "badge": BADGE}.get(what, OTHER)
    for _ in range(2):
        x, y = middle + dice.normal(0, 0.045, 2).clip(-0.1, 0.1) * window
        yield _Sample((x, y, window * float(np.exp(dice.uniform(-0.14, 0.14)))), kind, name)
    if kind != OTHER:
        turn = int(dice.integers(1, 4))
        yield _Sample((middle, middle, window * dice.uniform(0.92, 1.08)), OTHER, "turned", turn)
        angle, reach = dice.uniform(0, 2 * np.pi), dice.uniform(0.28, 0.6)
        x, y = middle + reach * window * np.cos(angle), middle + reach * window * np.sin(angle)
        yield _Sample((x, y, window * dice.uniform(0.6, 1.3)), OTHER, "beside")
        if dice.random() < 0.5 and not name.startswith("badge/police"):
            scale = dice.uniform(0.3, 0.6) if dice.random() < 0.6 else dice.uniform(1.7, 2.0)
            yield _Sample((middle, middle, window * scale), OTHER, "size")
