"""Training: Adam with decaying weights over varied examples; the averaged weights are kept."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from detector.tagger.network import Network
from detector.tagger.tagger import KINDS
from scripts.train.tagger.batches import Maker
from scripts.train.tagger.cases import Example, Variety
from scripts.train.tagger.slopes import loss_and_slopes

DECAYING = ("mix", "page", "hidden", "out", "flag", "embed")


@dataclass(frozen=True)
class Shape:
    """Sizes of a network."""

    width: int = 48
    dilations: tuple[int, ...] = (1, 2, 4, 8, 16, 32)
    page_after: int = 3


@dataclass(frozen=True)
class Plan:
    """How long and how fast to train; chosen on authors left out."""

    epochs: int = 40
    characters: int = 2000  # a batch
    rate: float = 3e-3
    decay: float = 0.05
    averaging: float = 0.99
    warm_up: int = 50  # steps
    hide: float = 0.2  # share of the network's inner values


def fit(
    examples: Sequence[Example], maker: Maker, classes: int, shape: Shape, plan: Plan, seed: int
) -> Network:
    """Return a network trained on the examples."""
    network = start(len(maker.alphabet), maker.words.width, classes, shape, seed)
    adam = _Adam(network, plan)
    dice, variety = random.Random(seed), Variety(examples)
    noise = np.random.default_rng(seed)
    for epoch in range(plan.epochs):
        varied = [variety.vary(example, dice) for example in examples]
        batches = list(maker.batches(varied, plan.characters, seed * 1000 + epoch))
        for number, batch in enumerate(batches):
            _, slopes = loss_and_slopes(network, batch, plan.hide, noise)
            adam.step(slopes, (epoch + number / len(batches)) / plan.epochs)
    return adam.averaged


def start(characters: int, flags: int, classes: int, shape: Shape, seed: int) -> Network:
    """Return a network with random weights."""
    dice, w = np.random.default_rng(seed), shape.width

    def drawn(rows: int, columns: int, size: float | None = None) -> np.ndarray:
        size = size or (3 * rows) ** -0.5
        return dice.normal(0, size, (rows, columns)).astype(np.float32)

    weights = {
        "embed": drawn(characters, w, 0.3),
        "flag": drawn(flags, w),
        "kind": drawn(len(KINDS), w, 0.1),
    }
    layers = {f"mix{at}": (3 * w, 2 * w) for at in range(len(shape.dilations))}
    layers |= {"page_in": (2 * w, w), "page_out": (w, w), "hidden": (w, w), "out": (w, classes)}
    for name, (rows, columns) in layers.items():
        weights[name] = drawn(rows, columns)
        weights[f"{name}_bias"] = np.zeros(columns, np.float32)
    return Network(weights, shape.dilations, shape.page_after)


class _Adam:
    """Adam with decoupled decay of weights; keeps a moving average of the weights beside."""

    def __init__(self, network: Network, plan: Plan) -> None:
        self._weights, self._plan = network.weights, plan
        self._mean = {name: np.zeros_like(w) for name, w in network.weights.items()}
        self._square = {name: np.zeros_like(w) for name, w in network.weights.items()}
        kept = {name: w.copy() for name, w in network.weights.items()}
        self.averaged = Network(kept, network.dilations, network.page_after)
        self._steps = 0

    def step(self, slopes: dict[str, np.ndarray], progress: float) -> None:
        """Move every weight down its slope."""
        self._steps += 1
        plan, rate = self._plan, self._rate(progress)
        norm = np.sqrt(sum(float((s * s).sum()) for s in slopes.values()))
        scale = min(1.0, 1.0 / max(norm, 1e-9))
        keep = min(plan.averaging, self._steps / (self._steps + 10))
        for name, weight in self._weights.items():
            slope = slopes[name] * np.float32(scale)
            mean, square = self._mean[name], self._square[name]
            mean += 0.1 * (slope - mean)
            square += 0.001 * (slope * slope - square)
            size = np.sqrt(square / (1 - 0.999**self._steps)) + 1e-8
            weight -= rate * (mean / (1 - 0.9**self._steps) / size + plan.decay * weight)
            average = self.averaged.weights[name]
            average += (1 - keep) * (weight - average)

    def _rate(self, progress: float) -> float:
        """Return the learning rate: it rises over the first steps, then falls to little."""
        rise = min(1.0, self._steps / self._plan.warm_up)
        fall = 0.05 + 0.95 * (1 + np.cos(np.pi * progress)) / 2
        return float(self._plan.rate * rise * fall)
