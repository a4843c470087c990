"""What the tagger promises: texts do not see each other, closed rules stay closed."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from detector.model import DocumentKind, Span
from detector.settings import shipped_tagger
from detector.tagger import Reading, Tagger
from detector.tagger.features import UNSEEN, Alphabet, Words

TAGGER = Tagger(shipped_tagger())
AD = DocumentKind.AD
PROMISE = "电工证报名，考不过算我们的，本周开班"
HONEST = "电工证报名，能否合格由评价机构评定，本周开班"
ALL = frozenset(TAGGER.rules)
TEXTS = st.lists(st.text(st.sampled_from("电工证包过国家a1，。\U0001f600"), min_size=1), min_size=1)


def read(text: str, allowed=ALL, elsewhere=()) -> Reading:
    (reading,) = TAGGER.read([text], AD, allowed, elsewhere)
    return reading


def test_a_promise_in_words_that_no_rule_lists_is_seen():
    at = PROMISE.index("考不过")
    (seen,) = read(PROMISE).mentions(0.5)
    assert seen.rule == "guarantee.pass"
    assert seen.at.start <= at < seen.at.end
    assert read(PROMISE).probability(Span(at, at + 7)) == pytest.approx(seen.probability)


def test_an_honest_text_beside_it_is_not():
    assert list(read(HONEST).mentions(0.5)) == []


def test_a_rule_that_does_not_apply_is_never_named():
    named = {seen.rule for seen in read(PROMISE, ALL - {"guarantee.pass"}).mentions(0.0)}
    assert "guarantee.pass" not in named


def test_what_breaks_a_rule_of_another_place_breaks_no_other_here():
    local = {"guarantee.pass"}
    assert list(read(PROMISE, ALL - local, local).mentions(0.5)) == []


@given(TEXTS)
def test_texts_read_together_do_not_see_each_other(texts):
    together = TAGGER.read(texts, AD, ALL)
    for text, reading in zip(texts, together, strict=True):
        assert np.allclose(reading.shares, read(text).shares, atol=1e-4)


@given(TEXTS)
def test_probabilities_are_probabilities(texts):
    for text, reading in zip(texts, TAGGER.read(texts, AD, ALL), strict=True):
        assert reading.shares.shape == (len(text), len(TAGGER.rules))
        assert (reading.inside >= 0).all()
        assert (reading.inside <= 1 + 1e-5).all()


def test_characters_that_training_did_not_show_share_numbers():
    alphabet = Alphabet("0证")
    ids = alphabet.ids("证7\U0001f600")
    assert ids[0] == 1
    assert ids[1] == 0  # every digit is one character
    assert 2 <= ids[2] < 2 + UNSEEN == len(alphabet)


def test_known_words_are_flagged_from_first_to_last():
    words = Words({"a": ["包过"], "b": ["过关"]})
    flags = words.flags("包过关")
    assert flags[:, 0].tolist() == [1, 1, 0]  # first characters
    assert flags[:, 1].tolist() == [0, 1, 1]  # last characters
    assert flags[:, 2].tolist() == [1, 1, 0]
    assert flags[:, 3].tolist() == [0, 1, 1]
    assert words.holds("我们包过", ["a"])
    assert not words.holds("我们包过", ["b"])
