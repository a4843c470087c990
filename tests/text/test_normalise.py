"""Compact texts: what is folded and left out, and that every character leads back."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from detector.model import Span
from detector.settings import shipped_rules
from detector.text import Normaliser

NORMALISER = Normaliser.load(shipped_rules() / "lexicon")
# Everything the steps look at, so that their conditions meet often, among any other characters.
SIGNS = (
    "\\u5305<!--包过國囯傢家a b1①⑩（(【[)）】]·*-/…<b>&;amp;#"
    "21253;guohui\u200b\ufe0f👍\n\t　，。％ＡIXⅣ㍿ǎ"
)
TEXTS = st.text(st.one_of(st.sampled_from(SIGNS), st.characters()), max_size=60)


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("ＢＡＯ過１００％", "bao过100%"),
        ("全麵的製度、係統", "全面的制度、系统"),
        ("囯傢㊣証", "国家正证"),
        ("包 过", "包过"),
        ("包·过 包*过 包/过 包—过 包~~过", "包过包过包过包过包过"),
        ("包\u200b过 包\ufeff过 包\u00a0过", "包过包过包过"),
        ("包👍过 包1️⃣过，1️⃣包过", "包过包过，1包过"),
        ("包①过，①包过", "包过，1包过"),
        ("一、次、过；包、过；甲、乙、丙类", "一次过；包、过；甲乙丙类"),
        ("【包】【过】", "包过"),
        ("【包过】班（一）", "【包过】班（一）"),
        ("國(guo)家(jiā )級", "国家级"),
        ("培(pei)(pei)訓（xun】", "培训"),
        ("培训(BIM)", "培训（bim）"),
        ("包<b>过</b>，包<span class='x'>过</span>", "包过，包过"),
        ("包&nbsp;过&#21253;&#x8fc7;&amp;#21253;", "包过包过包"),
        ("a<b，b>a", "a<b，b>a"),
        ("包<!-- x -->过 \\u5305\\u8fc7 包\ufffd过", "包过包过包过"),
        ("BǍO过 ВG", "bao过bg"),
        ("包\n过", "包过"),
        ("2022-03-16 www.osta.org.cn", "2022-03-16www.osta.org.cn"),
        ("RS-部", "rs部"),
        ("包" + "-" * 30 + "过", "包" + "-" * 30 + "过"),
        ("⑩㍿", "10株式会社"),
    ],
)
def test_reads(written, read):
    assert NORMALISER.compact(written) == read


@given(TEXTS)
@settings(max_examples=400)
def test_normalising_twice_changes_nothing(text):
    once = NORMALISER.compact(text)
    assert NORMALISER.compact(once) == once


@given(TEXTS)
@settings(max_examples=400)
def test_every_character_leads_back(text):
    view = NORMALISER.normalise([text]).view(0)
    assert len(view.starts) == len(view.ends) == len(view.text)
    for place in range(len(view.text)):
        start, end = view.original(Span(place, place + 1))
        assert 0 <= start < end <= len(text)
        if place:
            assert start >= view.starts[place - 1]
            assert end >= view.ends[place - 1]


@given(TEXTS)
@settings(max_examples=400)
def test_a_part_read_alone_is_what_stands_there(text):
    """Folding one original character by itself gives the character that it became."""
    view = NORMALISER.normalise([text]).view(0)
    for place, character in enumerate(view.text):
        surface = text[view.starts[place] : view.ends[place]]
        alone = NORMALISER.compact(surface)
        wide = unicodedata.normalize("NFKC", surface)
        assert character in alone or character == surface or len(wide) > 1


@given(st.lists(TEXTS, max_size=6))
def test_a_batch_is_its_texts_one_by_one(texts):
    if not texts:
        return
    batch = NORMALISER.normalise(texts)
    for index, text in enumerate(texts):
        alone = NORMALISER.normalise([text]).view(0)
        together = batch.view(index)
        assert together.text == alone.text
        assert list(together.starts) == list(alone.starts)
        assert list(together.ends) == list(alone.ends)


def test_a_text_may_hold_any_code_point():
    every = "".join(map(chr, range(0, 0x110000, 257))) + "\U0010ffff\ud800"
    texts = [every, "包过"]
    assert NORMALISER.normalise(texts).view(1).text == "包过"
