"""The peers of screening a crawl: what they count is right; how fast they are is not judged."""

from __future__ import annotations

import pytest

pytest.importorskip("flashtext")

from benchmarks import crawl_peers
from benchmarks.crawl_pages import draw_crawl
from benchmarks.crawl_peers import flashtext_alone, measure, plain_text, trie_filter
from benchmarks.speed import pyahocorasick_alone

FIGURES = {"seconds_cpu", "megabytes_a_second", "pages_a_second", "finds"}


@pytest.fixture(scope="module")
def rows():
    return measure(draw_crawl(12), rounds=1)


def test_all_searches_for_all_occurrences_find_as_many(rows):
    for which in ("all words", "terms of the packs"):
        names = (f"pyahocorasick alone, {which}", f"daachorse alone, {which}")
        found = {rows[name]["finds"] for name in (*names, f"trie in Python, {which}")}
        assert len(found) == 1
        assert found.pop() >= rows[f"flashtext, {which}"]["finds"] > 0


def test_every_peer_has_all_figures(rows):
    for row in rows.values():
        assert set(row) == FIGURES
        assert row["seconds_cpu"] > 0


def test_slow_peers_are_measured_on_few_pages_and_scaled(monkeypatch):
    monkeypatch.setattr(crawl_peers, "SLOW_PAGES", 4)
    rows = measure(draw_crawl(12), rounds=1)
    assert {name for name, row in rows.items() if "scaled_from_pages" in row} == {
        f"{peer}, {which}"
        for peer in ("trie in Python", "flashtext")
        for which in ("all words", "terms of the packs")
    }
    row = rows["flashtext, all words"]
    assert row["scaled_from_pages"] == 4
    assert row["pages_a_second"] * row["seconds_cpu"] == pytest.approx(12, rel=0.05)


def test_a_trie_finds_words_within_words_and_over_one_another():
    words, texts = ["证书", "书包", "包过", "证书包过"], ["证书包过，证", ""]
    assert trie_filter(words, texts)() == pyahocorasick_alone(words, texts)() == 4


def test_flashtext_takes_the_longest_word_between_chinese_characters():
    assert flashtext_alone(["证书", "证书包过"], ["有证书包过的"])() == 1


def test_plain_text_has_what_a_page_says_and_no_scripts():
    source = (
        "<title>题</title><meta name=a content=述><script>var a='码'</script><style>样</style>"
        "<img alt=图><input placeholder=填><p>包<b>过</b>"
    )
    assert plain_text(source).split() == ["题", "述", "图", "填", "包过"]
