"""What a document is: given, or told by a linear model over pairs of characters.

The model is trained by scripts/train/kinds.py on the labelled cases; its weights are shipped.
Figures and what was tried before: docs/decisions/kind.md.
"""

from __future__ import annotations

from functools import cached_property
from pathlib import Path
from typing import NamedTuple

import numpy as np
import regex
from numpy.typing import NDArray

from detector.model import DocumentKind, Lexicon

WEIGHTS = Path(__file__).parent / "weights" / "kinds.npz"
HEAD = 1500  # characters that decide: kinds show themselves early
BUCKETS = 1 << 14
KINDS = (
    DocumentKind.AD,
    DocumentKind.CERTIFICATE,
    DocumentKind.WEB,
    DocumentKind.REGISTRATION,
)
NAMES = {
    DocumentKind.AD: "广告",
    DocumentKind.CERTIFICATE: "证书",
    DocumentKind.WEB: "网页或其他文本",
    DocumentKind.REGISTRATION: "企业登记",
}
SHOWN = 3  # pairs that a reason names
SHORT_LINE = 14  # characters: certificates and posters have short lines
MOST = 3  # times that a sign counts
SECONDS = 1.0

Floats = NDArray[np.float32]


class Features(NamedTuple):
    """What the model sees of a text: buckets of pairs of characters, in order, and signs."""

    buckets: NDArray[np.intp]
    signs: Floats

    def vector(self) -> Floats:
        """Return one row for the model: pairs present, scaled by their number, then signs."""
        row = np.zeros(BUCKETS, np.float32)
        row[self.buckets] = 1
        return np.concatenate([row / np.sqrt(max(float(row.sum()), 1.0)), self.signs])


class Reader:
    """Reads features from texts, with the signs of a lexicon."""

    def __init__(self, lexicon: Lexicon) -> None:
        """Compile the signs."""
        flags = regex.MULTILINE | regex.IGNORECASE
        self._signs = [regex.compile(entry.text, flags) for entry in lexicon.entries]

    def read(self, compact: str, text: str) -> Features:
        """Read what the model looks at from a compact text and the original behind it."""
        codes = np.frombuffer(compact[:HEAD].encode("utf-32-le", "surrogatepass"), "<u4")
        hashed = codes[:-1] * np.uint32(2654435761) + codes[1:] * np.uint32(40503)
        head = text[: HEAD * 2]
        lines = [line for line in head.split("\n") if line and not line.isspace()]
        short = bool(lines) and sum(map(len, lines)) / len(lines) < SHORT_LINE
        counts = [
            min(MOST, len(sign.findall(head, timeout=SECONDS))) / MOST for sign in self._signs
        ]
        signs = np.array([short / 2, *counts], np.float32)
        return Features((hashed % BUCKETS).astype(np.intp), signs)


class Kinds:
    """Tells a document's kind from its text; the weights are loaded on first use."""

    def __init__(self, lexicon: Lexicon) -> None:
        """Compile the lexicon `document-kinds`."""
        self._reader = Reader(lexicon)
        shown = [entry.fields.get("shows") for entry in lexicon.entries]
        self._needed = {
            number: np.array([one == kind for one in shown])
            for number, kind in enumerate(KINDS)
            if kind in shown
        }

    def infer(self, compact: str, text: str) -> tuple[DocumentKind, str]:
        """Return the likeliest kind and, in Chinese, which words spoke for it most."""
        seen = self._reader.read(compact, text)
        scores = self._scores(seen)
        for kind, needed in self._needed.items():
            if not seen.signs[1:][needed].any():
                scores[kind] = -np.inf
        best = int(scores.argmax())
        gains = self._gains[best][seen.buckets]
        order = np.argsort(-gains, kind="stable")[: SHOWN * 2].tolist()
        pairs = list(dict.fromkeys(compact[place : place + 2] for place in order))[:SHOWN]
        words = "、".join(f"“{pair}”" for pair in pairs)
        return KINDS[best], f"按用字和版面推断为{NAMES[KINDS[best]]}（{words}等）"

    def _scores(self, seen: Features) -> Floats:
        """Return what `seen.vector()` scores, without writing the row out."""
        weights, bias = self._model
        row = np.zeros(BUCKETS, bool)
        row[seen.buckets] = True
        present = np.flatnonzero(row)  # np.unique, which sorts, takes several times as long
        pairs = weights[present].sum(axis=0) / np.sqrt(max(len(present), 1))
        scores: Floats = pairs + seen.signs @ weights[BUCKETS:] + bias
        return scores

    @cached_property
    def _gains(self) -> list[Floats]:
        """Return, for each kind, how much each pair speaks for it and not for the next best."""
        weights, _ = self._model
        return [
            weights[:BUCKETS, kind] - np.delete(weights[:BUCKETS], kind, axis=1).max(axis=1)
            for kind in range(len(KINDS))
        ]

    @cached_property
    def _model(self) -> tuple[Floats, Floats]:
        with np.load(WEIGHTS) as stored:
            return stored["weights"].astype(np.float32), stored["bias"].astype(np.float32)
