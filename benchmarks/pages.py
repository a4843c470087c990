"""Pages to measure on: ordinary Chinese with a few pages about training among them.

Words are drawn by the frequencies of jieba's dictionary, so that characters, pairs of
characters and everyday words (国家, 中国) are as frequent as in ordinary text. Words about
training come with their subject, not at random (they stand in fewer than one in a hundred
ordinary texts, see rules/lexicon/scope.yaml), so ordinary pages are drawn without them; every
twentieth page has a labelled case in it.
"""

from __future__ import annotations

import json
import random
from collections.abc import Iterator
from functools import cache
from importlib.util import find_spec
from itertools import accumulate
from pathlib import Path

import regex

from detector import load_rules

CASES = Path(__file__).parent / "cases" / "train.jsonl"
THEMED = 20  # one page in so many
SHORTEST, LONGEST = 300, 6000  # characters; most crawled pages lie between, small ones prevail
_STOPS = "，，，，。。！？；、：\n"


def draw_pages(count: int, seed: int = 20261125) -> Iterator[str]:
    """Yield pages; the same seed gives the same pages."""
    chance = random.Random(seed)
    words, weights = ordinary_words()
    themed = [json.loads(line)["text"] for line in CASES.read_text("utf-8").splitlines()]
    for number in range(count):
        size = round(SHORTEST * (LONGEST / SHORTEST) ** chance.random())
        parts = ordinary_text(chance, words, weights, size)
        if number % THEMED == 0:
            parts.insert(len(parts) // 2, "\n" + chance.choice(themed) + "\n")
        yield "".join(parts)


def ordinary_text(
    chance: random.Random, words: list[str], weights: list[int], size: int
) -> list[str]:
    """Return clauses of words drawn by frequency, `size` characters or a few more together."""
    parts = []
    while size > 0:
        sentence = chance.choices(words, cum_weights=weights, k=chance.randint(4, 14))
        parts.append("".join(sentence) + chance.choice(_STOPS))
        size -= len(parts[-1])
    return parts


@cache
def ordinary_words() -> tuple[list[str], list[int]]:
    """Return the words of ordinary pages and their frequencies, added up."""
    spec = find_spec("jieba")
    assert spec is not None and spec.origin is not None
    fields = (Path(spec.origin).parent / "dict.txt").read_text("utf-8").split()
    about = regex.compile(r"\L<words>", words=_words_about_training())
    kept = [
        (w, int(n)) for w, n in zip(fields[::3], fields[1::3], strict=True) if not about.search(w)
    ]
    return [word for word, _ in kept], list(accumulate(number for _, number in kept))


def _words_about_training() -> list[str]:
    lexicons = load_rules().lexicons
    return [entry.text for name in ("scope", "occupations") for entry in lexicons[name].entries]
