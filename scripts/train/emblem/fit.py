"""Training of the scan's filters (logistic regression) and of the network (Adam), in numpy."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import numpy as np

from detector.marks.emblem import CELL as LARGE_CELL
from detector.marks.emblem_features import BINS, describe
from detector.marks.emblem_network import CELLS, KINDS, Network, neighbours, quarters, softmax
from detector.marks.emblem_scan import CELL, SPAN, Scan
from scripts.train.emblem.windows import CONTEXT, OTHER, Windows

Array = np.ndarray


@dataclass(frozen=True)
class Plan:
    """How long and how fast the network learns, and its widths."""

    epochs: int = 7
    batch: int = 64
    rate: float = 2.5e-3
    decay: float = 0.02
    averaging: float = 0.995
    warm_up: int = 100  # steps
    hide: float = 0.3  # share of the last layer's values
    widths: tuple[int, int, int, int, int] = (16, 24, 32, 48, 64)


def fit_scan(windows: Windows, seed: int, steps: int = 300) -> Scan:
    """Return filters that tell emblem and badge each from all else, and the perceptron."""
    cells = describe(windows.small, CELL)[:, CONTEXT:-CONTEXT, CONTEXT:-CONTEXT]
    x = cells.reshape(len(cells), -1)
    # A turned figure has its own filter, so it is no example of none.
    chosen = windows.names != "turned"
    kinds = windows.kinds[chosen]
    straight = x[chosen]
    filters = [
        _logistic(straight[(kinds == OTHER) | (kinds == k)], kinds, k, steps) for k in (1, 2)
    ]
    perceptron = _fit_perceptron(x, windows.kinds, np.random.default_rng(seed))
    return Scan(np.stack(filters).reshape(2, SPAN, SPAN, BINS), **perceptron)


def _fit_perceptron(x: Array, kinds: Array, dice: np.random.Generator) -> dict[str, Array]:
    plan = Plan(epochs=8, batch=128, rate=1.5e-3)
    weights = {
        "inner": dice.normal(0, (2 / x.shape[1]) ** 0.5, (x.shape[1], 48)).astype(np.float32),
        "inner_bias": np.zeros(48, np.float32),
        "outer": dice.normal(0, 0.2, (48, len(KINDS))).astype(np.float32),
        "outer_bias": np.zeros(len(KINDS), np.float32),
    }
    adam = _Adam(weights, plan)
    for progress, chosen in _batches(len(x), plan, dice):
        given = x[chosen]
        inner = np.maximum(given @ weights["inner"] + weights["inner_bias"], 0)
        kept = (dice.random(inner.shape) >= plan.hide).astype(np.float32) / (1 - plan.hide)
        last = (inner * kept).astype(np.float32)
        slope = softmax(last @ weights["outer"] + weights["outer_bias"])
        slope[np.arange(len(chosen)), kinds[chosen]] -= 1
        slope /= np.float32(len(chosen))
        back = ((slope @ weights["outer"].T) * kept * (inner > 0)).astype(np.float32)
        slopes = {
            "inner": given.T @ back, "inner_bias": back.sum(0),
            "outer": last.T @ slope, "outer_bias": slope.sum(0),
        }  # fmt: skip
        adam.step(slopes, progress)
    return adam.averaged


def _batches(count: int, plan: Plan, dice: np.random.Generator) -> Iterator[tuple[float, Array]]:
    """Yield how far training is, 0 to 1, and the numbers of the next examples."""
    for epoch in range(plan.epochs):
        order = dice.permutation(count)
        for first in range(0, count - plan.batch + 1, plan.batch):
            yield (epoch + first / count) / plan.epochs, order[first : first + plan.batch]


def _logistic(x: Array, kinds: Array, kind: int, steps: int) -> Array:
    """Return weights that tell a kind from none; both count the same in all."""
    goal = (kinds[(kinds == OTHER) | (kinds == kind)] == kind).astype(np.float32)
    weight = np.where(goal > 0, 0.5 / goal.sum(), 0.5 / (1 - goal).sum()).astype(np.float32)
    mean = weight @ x
    w, bias = np.zeros(x.shape[1], np.float32), np.float32(0)
    speed, square = np.zeros_like(w), np.zeros_like(w)
    for step in range(1, steps + 1):
        shares = 1 / (1 + np.exp(-((x - mean) @ w + bias)))
        error = (shares - goal) * weight
        slope = error @ x - error.sum() * mean + 2e-4 * w
        bias -= np.float32(2.0 * error.sum())
        speed += 0.1 * (slope - speed)
        square += 0.01 * (slope * slope - square)
        rate = 0.03 * (1 - step / (steps + 1))
        w -= rate * speed / (1 - 0.9**step) / (np.sqrt(square / (1 - 0.99**step)) + 1e-7)
    return w


def fit_network(windows: Windows, plan: Plan, seed: int) -> Network:
    """Return a network trained on the windows."""
    dice = np.random.default_rng(seed)
    network = start(plan, dice)
    adam = _Adam(network.weights, plan)
    for progress, chosen in _batches(len(windows.kinds), plan, dice):
        cells = describe(_varied(windows.large[chosen], dice), LARGE_CELL)
        slopes = slopes_of(network, cells, windows.kinds[chosen], plan.hide, dice)
        adam.step(slopes, progress)
    return Network(adam.averaged)


def _varied(windows: Array, dice: np.random.Generator) -> Array:
    """Return windows shifted by a pixel or two, some of them paler."""
    shift = dice.integers(-2, 3, 2)
    moved = np.roll(windows, shift, axis=(1, 2)).astype(np.float32)
    contrast = dice.uniform(0.5, 1.1, (len(windows), 1, 1))
    return np.round(128 + (moved - 128) * contrast).clip(0, 255).astype(np.uint8)


def start(plan: Plan, dice: np.random.Generator) -> Network:
    """Return a network with random weights."""
    a, b, c, d, e = plan.widths
    shapes = {
        "near1": (9 * BINS, a), "half1": (4 * a, b), "near2": (9 * b, c), "half2": (4 * c, d),
        "whole": ((CELLS // 4) ** 2 * d, e), "out": (e, len(KINDS)),
    }  # fmt: skip
    weights = {}
    for name, (rows, columns) in shapes.items():
        size = (2 / rows) ** 0.5
        weights[name] = dice.normal(0, size, (rows, columns)).astype(np.float32)
        weights[f"{name}_bias"] = np.zeros(columns, np.float32)
    return Network(weights)


def slopes_of(
    network: Network, cells: Array, kinds: Array, hide: float, dice: np.random.Generator
) -> dict[str, Array]:
    """Return the slope of the mean cross-entropy by each weight; a share of values is hidden."""
    w, inputs, outputs = network.weights, {}, {}
    x = cells
    for name, gather in _STEPS:
        inputs[name] = gather(x)
        x = outputs[name] = np.maximum(inputs[name] @ w[name] + w[f"{name}_bias"], 0)
    kept = (dice.random(x.shape) >= hide).astype(np.float32) / np.float32(1 - hide)
    last = x * kept
    shares = softmax(last @ w["out"] + w["out_bias"])
    shares[np.arange(len(kinds)), kinds] -= 1
    slope = shares / np.float32(len(kinds))
    slopes = {"out": last.T @ slope, "out_bias": slope.sum(0)}
    slope = (slope @ w["out"].T) * kept
    for name, gather in reversed(_STEPS):
        slope = slope * (outputs[name] > 0)
        flat, given = slope.reshape(-1, slope.shape[-1]), inputs[name]
        slopes[name] = given.reshape(-1, given.shape[-1]).T @ flat
        slopes[f"{name}_bias"] = flat.sum(0)
        if name != _STEPS[0][0]:
            slope = _BACK[gather]((flat @ w[name].T).reshape(given.shape))
    return slopes


def _flat(x: Array) -> Array:
    return x.reshape(len(x), -1)


def _from_neighbours(slope: Array) -> Array:
    n, height, width, channels = slope.shape
    total = np.zeros((n, height + 2, width + 2, channels // 9), np.float32)
    parts = np.split(slope, 9, axis=-1)
    for place, part in enumerate(parts):
        row, column = divmod(place, 3)
        total[:, row : row + height, column : column + width] += part
    return total[:, 1:-1, 1:-1]


def _from_quarters(slope: Array) -> Array:
    n, height, width, channels = slope.shape
    total = np.empty((n, 2 * height, 2 * width, channels // 4), np.float32)
    for place, part in enumerate(np.split(slope, 4, axis=-1)):
        row, column = divmod(place, 2)
        total[:, row::2, column::2] = part
    return total


def _from_flat(slope: Array) -> Array:
    side = CELLS // 4
    return slope.reshape(len(slope), side, side, -1)


_STEPS = (
    ("near1", neighbours), ("half1", quarters), ("near2", neighbours), ("half2", quarters),
    ("whole", _flat),
)  # fmt: skip
_BACK = {neighbours: _from_neighbours, quarters: _from_quarters, _flat: _from_flat}


class _Adam:
    """Adam with decoupled decay; keeps a moving average of the weights beside."""

    def __init__(self, weights: Mapping[str, Array], plan: Plan) -> None:
        self._weights, self._plan, self._steps = weights, plan, 0
        self._mean = {name: np.zeros_like(w) for name, w in self._weights.items()}
        self._square = {name: np.zeros_like(w) for name, w in self._weights.items()}
        self.averaged = {name: w.copy() for name, w in self._weights.items()}

    def step(self, slopes: dict[str, Array], progress: float) -> None:
        """Move every weight down its slope."""
        self._steps += 1
        plan = self._plan
        rise = min(1.0, self._steps / plan.warm_up)
        rate = plan.rate * rise * (0.02 + 0.98 * (1 + np.cos(np.pi * progress)) / 2)
        keep = min(plan.averaging, self._steps / (self._steps + 10))
        for name, weight in self._weights.items():
            slope, mean, square = slopes[name], self._mean[name], self._square[name]
            mean += 0.1 * (slope - mean)
            square += 0.001 * (slope * slope - square)
            size = np.sqrt(square / (1 - 0.999**self._steps)) + 1e-8
            decay = plan.decay if not name.endswith("_bias") else 0.0
            weight -= np.float32(rate) * (mean / (1 - 0.9**self._steps) / size + decay * weight)
            average = self.averaged[name]
            average += np.float32(1 - keep) * (weight - average)
