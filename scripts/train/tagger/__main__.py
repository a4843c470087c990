"""Train the tagger, or measure it on authors left out.

    python -m scripts.train.tagger           trains on all of train.jsonl, writes weights (3 min)
    python -m scripts.train.tagger folds     leaves out one author at a time

Only numpy is needed. The seed is fixed. `folds` keeps weights in .cache/tagger, one file for each
author left out; benchmarks/accuracy.py reads that author's texts with them.
"""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import numpy as np
from threadpoolctl import threadpool_limits

from benchmarks.accuracy import FOLDS
from detector import load_rules
from detector.rulebook import RuleBook
from detector.settings import shipped_rules, shipped_tagger
from detector.tagger.features import Alphabet, Words
from detector.tagger.network import Network
from detector.text import Normaliser
from scripts.train.tagger.batches import Hiding, Maker, Weighing
from scripts.train.tagger.cases import CASES, Example, Labels, alphabet, read_examples
from scripts.train.tagger.fit import Plan, Shape, fit
from scripts.train.tagger.words import TELLING, known_words

SEED = 1
ON = date(2026, 11, 25)  # the notices in force on that day decide which rules apply


@dataclass(frozen=True)
class Material:
    """What training needs beside examples."""

    book: RuleBook
    normaliser: Normaliser
    labels: Labels
    words: Words


def load_material() -> Material:
    """Load rules and known words."""
    book, normaliser = load_rules(), Normaliser.load(shipped_rules() / "lexicon")
    return Material(book, normaliser, Labels(book, ON), Words(known_words(book, normaliser)))


def train(examples: Sequence[Example], material: Material, path: Path) -> None:
    """Train a network on examples and write its weights."""
    started = time.process_time()
    maker = Maker(
        Alphabet(alphabet(examples)),
        material.words,
        1 + len(material.labels.rules),
        Hiding(),
        Weighing(),
    )
    # More threads add in another order, and the same seed would give other weights.
    with threadpool_limits(limits=1, user_api="blas"):
        network = fit(examples, maker, 1 + len(material.labels.rules), Shape(), Plan(), SEED)
    write(network, maker, material.labels.rules, path)
    seconds = time.process_time() - started
    print(f"{path} {path.stat().st_size:,} bytes, {seconds:.0f} s", flush=True)


def write(network: Network, maker: Maker, rules: Sequence[str], path: Path) -> None:
    """Write what `detector.tagger.Tagger` reads: weights as half floats, and facts as JSON."""
    facts = {
        "rules": rules,
        "characters": maker.alphabet.characters,
        "words": maker.words.families,
        "telling": TELLING,
        "dilations": network.dilations,
        "page_after": network.page_after,
    }
    text = json.dumps(facts, ensure_ascii=False).encode()
    halves = {name: values.astype(np.float16) for name, values in network.weights.items()}
    path.parent.mkdir(parents=True, exist_ok=True)
    np.savez_compressed(path, facts=np.frombuffer(text, np.uint8), **halves)


def main() -> None:
    """Train on everything, or leave out each author in turn."""
    material = load_material()
    examples = read_examples(CASES / "train.jsonl", material.labels, material.normaliser)
    if "folds" not in sys.argv[1:]:
        train(examples, material, shipped_tagger())
        return
    for author in sorted({example.author for example in examples}):
        others = [example for example in examples if example.author != author]
        train(others, material, FOLDS / f"{author}.npz")


if __name__ == "__main__":
    main()
