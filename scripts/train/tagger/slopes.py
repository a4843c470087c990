"""The network's way forward with a memory, and back: the slope of the loss by every weight.

`detector/tagger/network.py` computes the same logits without dropout (a test compares).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from itertools import pairwise

import numpy as np

from detector.tagger.network import Network, neighbours, spread, summary
from scripts.train.tagger.batches import Batch

Array = np.ndarray


@dataclass
class Dropout:
    """Hides a share of values and scales the rest."""

    share: float
    dice: np.random.Generator

    def values(self, shape: tuple[int, ...]) -> Array:
        """Return factors for each value."""
        kept = self.dice.random(shape, np.float32) >= self.share
        return kept * np.float32(1 / (1 - self.share))


@dataclass
class Slopes:
    """Collects the slope of the loss by each weight."""

    by_weight: dict[str, Array] = field(default_factory=dict)

    def linear(self, name: str, inputs: Array, outputs: Array, weights: Array) -> Array:
        """Note a linear layer's slopes; return the slope by its inputs."""
        self.by_weight[name] = inputs.T @ outputs
        self.by_weight[f"{name}_bias"] = outputs.sum(axis=0)
        return outputs @ weights.T


def loss_and_slopes(
    network: Network, batch: Batch, hide: float, dice: np.random.Generator
) -> tuple[float, dict[str, Array]]:
    """Return the weighted cross-entropy of a batch and its slopes by weight."""
    run = _Run(network, batch, Dropout(hide, dice), Dropout(hide / 2, dice))
    logits = run.forward()
    logits[batch.closed] = -1e4
    odds = np.exp(logits - logits.max(axis=1, keepdims=True))
    shares = odds / odds.sum(axis=1, keepdims=True)
    rows = np.arange(len(shares))
    total = max(float(batch.weight.sum()), 1e-6)
    loss = -(np.log(shares[rows, batch.target] + 1e-9) * batch.weight).sum() / total
    shares[rows, batch.target] -= 1
    return float(loss), run.backward(shares * (batch.weight / total)[:, None])


class _Run:
    """One way forward and back over one batch."""

    def __init__(
        self, network: Network, batch: Batch, drop: Dropout, drop_channels: Dropout
    ) -> None:
        self._network, self._batch = network, batch
        self._drop, self._drop_channels = drop, drop_channels
        self._backward: list[Callable[[Array], Array]] = []  # steps to undo, last first
        self._slopes = Slopes()

    def forward(self) -> Array:
        """Return the logits (n, c), noting how to come back."""
        w, batch = self._network.weights, self._batch
        x = w["embed"][batch.ids] + batch.flags @ w["flag"]
        x += spread(w["kind"][batch.kinds], batch.bounds)
        x = self._hidden_values(x)
        for at, dilation in enumerate(self._network.dilations):
            if at == self._network.page_after:
                x = x + self._page(x)
            x = x + self._block(x, at, dilation)
        x = self._hidden_values(x)
        before = x @ w["hidden"] + w["hidden_bias"]
        hidden = np.maximum(before, 0)
        dropped = self._drop.values(hidden.shape)
        x_last = x

        def back(slope: Array) -> Array:
            slope = self._slopes.linear("out", hidden * dropped, slope, w["out"])
            slope = slope * dropped * (before > 0)
            return self._slopes.linear("hidden", x_last, slope, w["hidden"])

        self._backward.append(back)
        return (hidden * dropped) @ w["out"] + w["out_bias"]

    def backward(self, slope: Array) -> dict[str, Array]:
        """Return the slopes by weight for a slope by the logits."""
        for step in reversed(self._backward):
            slope = step(slope)
        batch, weights, slopes = self._batch, self._network.weights, self._slopes.by_weight
        slopes["embed"] = _gathered(slope, batch.ids, len(weights["embed"]))
        slopes["flag"] = batch.flags.T @ slope
        by_text = np.add.reduceat(slope, batch.bounds[:-1])
        slopes["kind"] = _gathered(by_text, batch.kinds, len(weights["kind"]))
        return slopes

    def _hidden_values(self, x: Array) -> Array:
        dropped = self._drop.values(x.shape)
        self._backward.append(lambda slope: slope * dropped)
        return x * dropped

    def _block(self, x: Array, at: int, dilation: int) -> Array:
        bounds, mix = self._batch.bounds, self._network.weights[f"mix{at}"]
        width = x.shape[1]
        stacked = neighbours(x, dilation, bounds)
        mixed = stacked @ mix + self._network.weights[f"mix{at}_bias"]
        value, gate = mixed[:, :width], 1 / (1 + np.exp(-mixed[:, width:]))
        dropped = spread(self._drop_channels.values((len(bounds) - 1, width)), bounds)

        def back(slope: Array) -> Array:
            inner = slope * dropped
            both = np.concatenate([inner * gate, inner * value * gate * (1 - gate)], axis=1)
            by_stack = self._slopes.linear(f"mix{at}", stacked, both, mix)
            return slope + _unstacked(by_stack, dilation, bounds)

        self._backward.append(back)
        return value * gate * dropped

    def _page(self, x: Array) -> Array:
        bounds, w = self._batch.bounds, self._network.weights
        seen = summary(x, bounds)
        before = seen @ w["page_in"] + w["page_in_bias"]
        dropped = self._drop.values(before.shape)
        page = np.maximum(before, 0) * dropped

        def back(slope: Array) -> Array:
            by_text = np.add.reduceat(slope, bounds[:-1])
            by_page = self._slopes.linear("page_out", page, by_text, w["page_out"])
            by_page = by_page * dropped * (before > 0)
            by_seen = self._slopes.linear("page_in", seen, by_page, w["page_in"])
            return slope + _unsummed(by_seen, x, bounds)

        self._backward.append(back)
        return spread(page @ w["page_out"] + w["page_out_bias"], bounds)


def _gathered(slope: Array, ids: Array, rows: int) -> Array:
    """Return the sum of slopes by id: (n, w) → (rows, w)."""
    order = np.argsort(ids, kind="stable")
    present, first = np.unique(ids[order], return_index=True)
    gathered = np.zeros((rows, slope.shape[1]), np.float32)
    gathered[present] = np.add.reduceat(slope[order], first)
    return gathered


def _unstacked(stacked: Array, dilation: int, bounds: Array) -> Array:
    """Return the slope by rows for the slope by `neighbours` of them."""
    width = stacked.shape[1] // 3
    for start, end in pairwise(bounds):
        stacked[start : start + dilation, :width] = 0
        stacked[max(start, end - dilation) : end, 2 * width :] = 0
    slope = stacked[:, width : 2 * width].copy()
    slope[:-dilation] += stacked[dilation:, :width]
    slope[dilation:] += stacked[:-dilation, 2 * width :]
    return slope


def _unsummed(by_seen: Array, x: Array, bounds: Array) -> Array:
    """Return the slope by rows for the slope by mean and maximum of each text."""
    width = x.shape[1]
    mean = by_seen[:, :width] / np.diff(bounds)[:, None]
    slope = spread(mean, bounds)
    columns = np.arange(width)
    for row, (start, end) in enumerate(pairwise(bounds)):
        slope[start + x[start:end].argmax(axis=0), columns] += by_seen[row, width:]
    return slope
