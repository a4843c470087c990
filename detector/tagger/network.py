"""The tagger's network: embeddings → gated dilated convolutions and a page vector → classes.

Several texts lie behind each other in one array, a row for each character; `bounds` holds where
each begins, and the end. No text sees over its own bounds.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from detector.tagger.features import Flags, Ids

Floats = NDArray[np.float32]
Bounds = Sequence[int]


@dataclass(frozen=True, slots=True, eq=False)
class Network:
    """Weights by name, and the shape: how far each block looks, after which the page is told.

    For width w and c classes: `embed` (characters, w), `flag` (flags, w), `kind` (kinds, w),
    `mix…` (3w, 2w), `page_in` (2w, w), `page_out` and `hidden` (w, w), `out` (w, c), and a
    `…_bias` beside each but the first three.
    """

    weights: Mapping[str, Floats]
    dilations: tuple[int, ...]
    page_after: int

    def logits(self, ids: Ids, flags: Flags, kinds: Ids, bounds: Bounds) -> Floats:
        """Read texts: ids (n,), flags (n, f), kinds (texts,) → (n, c), the first: outside."""
        w = self.weights
        x: Floats = w["embed"][ids] + flags @ w["flag"] + spread(w["kind"][kinds], bounds)
        for at, dilation in enumerate(self.dilations):
            if at == self.page_after:
                x += spread(self._page(x, bounds), bounds)
            x += self._block(x, at, dilation, bounds)
        hidden = np.maximum(x @ w["hidden"] + w["hidden_bias"], 0)
        logits: Floats = hidden @ w["out"] + w["out_bias"]
        return logits

    def _block(self, x: Floats, at: int, dilation: int, bounds: Bounds) -> Floats:
        """Return what a gated convolution of three taps adds: (n, w)."""
        width = x.shape[1]
        mixed = neighbours(x, dilation, bounds) @ self.weights[f"mix{at}"]
        mixed += self.weights[f"mix{at}_bias"]
        # value · sigmoid(gate), by way of tanh, which numpy computes faster than exp
        gate = np.tanh(mixed[:, width:] * np.float32(0.5))
        gate += 1
        gate *= np.float32(0.5)
        added: Floats = gate * mixed[:, :width]
        return added

    def _page(self, x: Floats, bounds: Bounds) -> Floats:
        """Return what each text as a whole tells its characters: (texts, w)."""
        w = self.weights
        page = np.maximum(summary(x, bounds) @ w["page_in"] + w["page_in_bias"], 0)
        told: Floats = page @ w["page_out"] + w["page_out_bias"]
        return told


def neighbours(x: Floats, dilation: int, bounds: Bounds) -> Floats:
    """Return each row between those so far before and behind it: (n, 3w), zeros over the edge."""
    rows, width = x.shape
    stacked = np.zeros((rows, 3 * width), np.float32)
    stacked[dilation:, :width] = x[:-dilation]
    stacked[:, width : 2 * width] = x
    stacked[:-dilation, 2 * width :] = x[dilation:]
    for start, end in pairwise(bounds):
        stacked[start : start + dilation, :width] = 0
        stacked[max(start, end - dilation) : end, 2 * width :] = 0
    return stacked


def summary(x: Floats, bounds: Bounds) -> Floats:
    """Return mean and maximum of each text, beside each other: (texts, 2w)."""
    sizes = np.diff(bounds)[:, None]
    mean = np.add.reduceat(x, bounds[:-1]) / sizes
    return np.concatenate([mean, np.maximum.reduceat(x, bounds[:-1])], axis=1, dtype=np.float32)


def spread(rows: Floats, bounds: Bounds) -> Floats:
    """Return a text's row for each of its characters: (texts, w) → (n, w)."""
    return np.repeat(rows, np.diff(bounds), axis=0)
