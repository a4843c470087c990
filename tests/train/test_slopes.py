"""Training by hand-made slopes: they are those of the loss, and they lead to what labels say."""

from __future__ import annotations

from datetime import date

import numpy as np
import pytest

from detector import load_rules
from detector.model import DocumentKind, Span
from detector.settings import shipped_rules
from detector.tagger.features import Alphabet, Words
from detector.tagger.network import Network
from detector.text import Normaliser
from scripts.train.tagger.batches import Hiding, Maker, Weighing
from scripts.train.tagger.cases import CASES, Example, Labels, alphabet, read_examples
from scripts.train.tagger.fit import Plan, Shape, fit, start
from scripts.train.tagger.slopes import loss_and_slopes

SHAPE = Shape(width=6, dilations=(1, 2, 4), page_after=1)
CLASSES = 3
NOTHING_HIDDEN = Hiding(characters=0, flags=0)


def example(text: str, *mentions: tuple[int, int, int]) -> Example:
    spans = tuple((Span(start, end), rule) for start, end, rule in mentions)
    return Example("a", DocumentKind.AD, text, frozenset(range(CLASSES)), spans)


EXAMPLES = [
    example("电工证包过报名", (3, 5, 1)),
    example("国家承认的证书", (0, 2, 2)),
    example("面包过期了别吃"),
    example("大国家电"),
]


def maker() -> Maker:
    words = Words({"all": ["包过", "国家"]})
    return Maker(Alphabet(alphabet(EXAMPLES, 1)), words, CLASSES, NOTHING_HIDDEN, Weighing())


def network_of_doubles() -> Network:
    made = maker()
    network = start(len(made.alphabet), made.words.width, CLASSES, SHAPE, seed=1)
    doubles = {name: values.astype(np.float64) for name, values in network.weights.items()}
    return Network(doubles, network.dilations, network.page_after)


def loss(network: Network, batch) -> tuple[float, dict[str, np.ndarray]]:
    return loss_and_slopes(network, batch, 0.0, np.random.default_rng(0))


@pytest.mark.parametrize("name", sorted(network_of_doubles().weights))
def test_slopes_are_those_of_the_loss(name):
    network, batch = network_of_doubles(), maker().batch(EXAMPLES, np.random.default_rng(0))
    weights, (_, slopes) = network.weights[name], loss(network, batch)
    place = np.unravel_index(np.abs(slopes[name]).argmax(), weights.shape)
    kept, step = weights[place], 1e-2
    weights[place] = kept + step
    above, _ = loss(network, batch)
    weights[place] = kept - step
    below, _ = loss(network, batch)
    assert slopes[name][place] == pytest.approx((above - below) / 2 / step, rel=0.05, abs=1e-5)


def test_the_way_forward_in_training_is_that_of_reading():
    network, batch = network_of_doubles(), maker().batch(EXAMPLES, np.random.default_rng(0))
    logits = network.logits(batch.ids, batch.flags, batch.kinds, batch.bounds)
    odds = np.exp(logits)
    right = odds[np.arange(len(odds)), batch.target] / odds.sum(axis=1)
    expected = -(np.log(right) * batch.weight).sum() / batch.weight.sum()
    assert loss(network, batch)[0] == pytest.approx(expected, rel=1e-5)


def test_training_learns_what_the_labels_say_and_the_same_each_time():
    plan = Plan(epochs=150, characters=30, rate=1e-2, averaging=0.9, hide=0.0)
    one, two = (fit(EXAMPLES, maker(), CLASSES, SHAPE, plan, seed=7) for _ in range(2))
    assert all((one.weights[name] == two.weights[name]).all() for name in one.weights)
    batch = maker().batch(EXAMPLES, np.random.default_rng(0))
    logits = one.logits(batch.ids, batch.flags, batch.kinds, batch.bounds)
    assert (logits.argmax(axis=1) == batch.target).mean() > 0.95


def test_a_cropped_example_keeps_whole_mentions_and_masks_cut_ones():
    whole = example("包过国家包过", (0, 2, 1), (2, 4, 2), (4, 6, 1))
    part = whole.crop(Span(1, 4))
    assert part.text == "过国家"
    assert part.mentions == ((Span(1, 3), 2),)
    assert part.masked == (Span(0, 1),)


def test_labels_of_the_cases_find_their_rules():
    book = load_rules()
    labels = Labels(book, date(2026, 11, 25))
    normaliser = Normaliser.load(shipped_rules() / "lexicon")
    examples = read_examples(CASES / "dev.jsonl", labels, normaliser)
    mentions = [(e.text[at.start : at.end], rule) for e in examples for at, rule in e.mentions]
    assert len(mentions) > 400
    named = {labels.rules[rule - 1] for text, rule in mentions if text == "包过"}
    assert named == {"guarantee.pass"}
