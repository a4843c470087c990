"""The network that looks at one window: edge directions by cell → how likely each kind is."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from detector.marks.emblem_features import Floats

KINDS = ("other", "emblem", "badge")
CELLS = 24  # a window's cells on each side


@dataclass(frozen=True, slots=True, eq=False)
class Network:
    """Two rounds of a convolution and a halving, then two layers over the whole window.

    Weights: `near…` (9 · in, out) over 3 x 3 cells, `half…` (4 · in, out) over 2 x 2, `whole`,
    `out`, and a `…_bias` beside each.
    """

    weights: Mapping[str, Floats]

    def shares(self, cells: Floats) -> Floats:
        """Return how likely each of KINDS is: (n, CELLS, CELLS, BINS) → (n, 3)."""
        x = cells
        for number in ("1", "2"):
            x = self._layer("near" + number, neighbours(x))
            x = self._layer("half" + number, quarters(x))
        x = self._layer("whole", x.reshape(len(x), -1))
        return softmax(x @ self.weights["out"] + self.weights["out_bias"])

    def _layer(self, name: str, x: Floats) -> Floats:
        y = x.reshape(-1, x.shape[-1]) @ self.weights[name]
        y += self.weights[f"{name}_bias"]
        np.maximum(y, 0, out=y)
        return y.reshape(*x.shape[:-1], -1)


def neighbours(x: Floats) -> Floats:
    """Return each cell's 3 x 3 surroundings: (n, h, w, c) → (n, h, w, 9c)."""
    n, height, width, channels = x.shape
    padded = np.zeros((n, height + 2, width + 2, channels), np.float32)
    padded[:, 1:-1, 1:-1] = x
    parts = [padded[:, r : r + height, c : c + width] for r in range(3) for c in range(3)]
    return np.concatenate(parts, axis=-1)


def quarters(x: Floats) -> Floats:
    """Return blocks of 2 x 2 cells as one: (n, h, w, c) → (n, h/2, w/2, 4c)."""
    return np.concatenate([x[:, r::2, c::2] for r in range(2) for c in range(2)], axis=-1)


def softmax(logits: Floats) -> Floats:
    """Return shares that add up to 1 along the last axis."""
    odds = np.exp(logits - logits.max(axis=-1, keepdims=True))
    result: Floats = odds / odds.sum(axis=-1, keepdims=True)
    return result
