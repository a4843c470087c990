"""Train the model that tells a document's kind; writes detector/judge/weights/kinds.npz.

    python scripts/train/kinds.py [--measure]

Softmax regression with weight decay, by numpy alone, in about a minute. Trained on
benchmarks/cases/train.jsonl; prints how it does on dev.jsonl and, where asked
to measure, on each author when left out.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

import numpy as np

from detector import load_rules
from detector.judge.kind import KINDS, WEIGHTS, Reader
from detector.settings import shipped_rules
from detector.text import Normaliser

CASES = Path(__file__).parents[2] / "benchmarks" / "cases"
# Their many short ads made real contexts look like ads: 10 of 297 lawful ones were reported for 2.
LEFT_OUT = ("voices", "papers")
DECAY, STEPS, RATE = 1e-4, 250, 0.09


def load(name: str) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Return rows of features, numbers of kinds, and authors of a file of cases."""
    normaliser = Normaliser.load(shipped_rules() / "lexicon")
    reader = Reader(load_rules().lexicons["document-kinds"])
    every = [json.loads(line) for line in (CASES / name).read_text("utf-8").splitlines()]
    cases = [case for case in every if not case["id"].startswith(LEFT_OUT)]
    rows = [reader.read(normaliser.compact(c["text"]), c["text"]).vector() for c in cases]
    kinds = [KINDS.index(case["kind"]) for case in cases]
    return np.stack(rows), np.array(kinds), np.array([c["id"].rsplit("-", 1)[0] for c in cases])


def fit(rows: np.ndarray, kinds: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Minimise the cross-entropy by Adam over the whole set; no chance plays a part."""
    wanted = np.eye(len(KINDS), dtype=np.float32)[kinds]
    weights, bias = np.zeros((rows.shape[1], len(KINDS)), np.float32), np.zeros(len(KINDS))
    mean, square = np.zeros_like(weights), np.zeros_like(weights)
    for step in range(1, STEPS + 1):
        wrong = _softmax(rows @ weights + bias) - wanted
        slope = rows.T @ wrong / len(kinds) + DECAY * weights
        mean, square = 0.9 * mean + 0.1 * slope, 0.999 * square + 0.001 * slope**2
        size = np.sqrt(square / (1 - 0.999**step)) + 1e-8
        weights = weights - RATE * mean / (1 - 0.9**step) / size
        bias = bias - 0.1 * wrong.mean(axis=0)
    return weights.astype(np.float32), bias.astype(np.float32)


def _softmax(values: np.ndarray) -> np.ndarray:
    raised = np.exp(values - values.max(axis=1, keepdims=True))
    return raised / raised.sum(axis=1, keepdims=True)


def accuracy(model: tuple[np.ndarray, np.ndarray], rows: np.ndarray, kinds: np.ndarray) -> float:
    """Return the share of rows whose kind is told right."""
    weights, bias = model
    return float(((rows @ weights + bias).argmax(axis=1) == kinds).mean())


def main() -> None:
    """Measure, train on everything and write the weights."""
    rows, kinds, authors = load("train.jsonl")
    for author in sorted(set(authors)) if "--measure" in sys.argv else ():
        out = authors == author
        model = fit(rows[~out], kinds[~out])
        print(f"without {author}: {accuracy(model, rows[out], kinds[out]):.3f} on it")
    model = fit(rows, kinds)
    print(f"dev: {accuracy(model, *load('dev.jsonl')[:2]):.3f}")
    np.savez_compressed(WEIGHTS, weights=model[0].astype(np.float16), bias=model[1])
    print(f"{WEIGHTS} {WEIGHTS.stat().st_size:,} bytes")


if __name__ == "__main__":
    main()
