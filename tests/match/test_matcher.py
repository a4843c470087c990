"""Hits: the fast way finds what an obvious one finds, in batches as in single texts."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from detector import Scanner
from detector.match.disguises import Disguises
from detector.match.patterns import expressions
from detector.match.segments import Segments
from detector.match.surface import is_one_line
from detector.model import DocumentKind, Evasion, Span, ViewName

CASES = Path(__file__).parents[2] / "benchmarks" / "cases" / "train.jsonl"
SCANNER = Scanner(jurisdiction=("GD", "YQ", "HN", "JS"))
WORDS = (
    *("包过", "保过", "国家", "全国", "中华人民共和国", "职业资格", "人社部", "免考直出", "证书"),
    *(
        "培训",
        "面包过期",
        "中国家具",
        "國(guo)家",
        "bao过",
        "RS部",
        "包经由过程",
        "岗位合格",
        "国徽",
    ),
    *("联盟", "不用考试就发证", "报名", "·", "*", "\n", " ", "，", "。", "a", "g", "的"),
    *("全", "国", "家", "包", "过", "过包", "家国", "反着读"),
)
TEXTS = st.lists(st.sampled_from(WORDS), max_size=14).map("".join)


@cache
def terms() -> dict[str, list[tuple[str, str, Evasion | None, bool]]]:
    """Return every word that a term or its disguise is looked for as, with whose it is."""
    book, compact = SCANNER.rulebook, SCANNER._normaliser.compact
    disguises = Disguises(book.lexicons["disguises"])
    found: dict = {}
    for rule in book.asked_for(()):
        own = {compact(t.text): (rule.id, t.listed, t.evasion) for t in rule.terms if t.evasion}
        own |= {compact(t.text): (rule.id, t.listed, None) for t in rule.terms if not t.evasion}
        loose = ViewName.LOOSE in rule.views
        for form in (f for t in rule.terms for f in disguises.of(t) if loose):
            own.setdefault(form.text, (rule.id, form.listed, form.evasion))
        for word, claim in own.items():
            found.setdefault(word, []).append(claim)
    return found


def slow_hits(text: str) -> set[tuple]:
    """Find terms by looking at every place, and patterns by running every one of them."""
    book = SCANNER.rulebook
    compact = SCANNER._normaliser.compact(text)
    scope = [e.text for name in ("scope", "occupations") for e in book.lexicons[name].entries]
    if not any(SCANNER._normaliser.compact(word) in compact for word in scope):
        return set()
    found = set()
    turned = Disguises(book.lexicons["disguises"]).is_turned(compact)
    for word, every in terms().items():
        claims = [claim for claim in every if turned or claim[2] is not Evasion.REVERSED]
        at = compact.find(word)
        while at >= 0:
            found.update((claim[0], claim[1], at, at + len(word)) for claim in claims)
            at = compact.find(word, at + 1)
    segments = list(Segments(SCANNER._normaliser.normalise([text]).view(0), text))
    for rule in book.asked_for(()):
        for expression in expressions(rule):
            for segment in segments:
                for span in expression.find(compact, segment):
                    found.add((rule.id, expression.claim.listed, *span))
    return found


def fast_hits(text: str) -> set[tuple]:
    (matched,) = SCANNER._matcher.find([text])
    return {(hit.rule, hit.listed, *hit.at) for hit in matched.hits}


def sound(text: str, hits: set[tuple]) -> set[tuple]:
    """Leave out what crosses a line break other than between two Han characters."""
    view = SCANNER._normaliser.normalise([text]).view(0)
    spans = {hit: view.original(Span(hit[2], hit[3])) for hit in hits}
    return {hit for hit, span in spans.items() if is_one_line(text[span.start : span.end])}


def free_of_letters(text: str, hits: set[tuple]) -> set[tuple]:
    """Leave out words that Latin letters continue, which the obvious way does not look at."""
    compact = SCANNER._normaliser.compact(text)
    latin = frozenset("abcdefghijklmnopqrstuvwxyz")
    return {h for h in hits if not (latin & {compact[h[2]], compact[h[3] - 1]})}


def expected(text: str) -> set[tuple]:
    return sound(text, free_of_letters(text, slow_hits(text)))


@given(TEXTS)
@settings(max_examples=300, deadline=None)
def test_finds_what_the_obvious_way_finds(text):
    assert free_of_letters(text, fast_hits(text)) == expected(text)


def test_finds_what_the_obvious_way_finds_in_labelled_texts():
    lines = CASES.read_text(encoding="utf-8").splitlines()[::12]
    for text in (json.loads(line)["text"] for line in lines):
        assert free_of_letters(text, fast_hits(text)) == expected(text)


@given(st.lists(TEXTS, max_size=8))
@settings(max_examples=100, deadline=None)
def test_a_batch_finds_what_its_texts_find_alone(texts):
    together = [result.findings for result in SCANNER.scan_texts(texts, "ad")]
    assert together == [SCANNER.scan_text(text, "ad").findings for text in texts]


@given(TEXTS)
@settings(max_examples=200, deadline=None)
def test_surfaces_are_what_stands_in_the_text(text):
    for hit in SCANNER._matcher.find([text])[0].hits:
        assert text[hit.span.start : hit.span.end] == hit.surface
        assert not hit.surface[0].isspace()
        assert not hit.surface[-1].isspace()


@pytest.mark.parametrize(
    ("surface", "evasion"),
    [
        ("包过", None),
        ("包 过", None),
        ("包\n过", Evasion.LINE_SPLIT),
        ("包*过", Evasion.SEPARATOR),
        ("【包】【过】", Evasion.SEPARATOR),
        ("包\u200b过", Evasion.ZERO_WIDTH),
        ("包👍过", Evasion.EMOJI),
        ("包①过", Evasion.EMOJI),
        ("包(bao)过", Evasion.PINYIN_BRACKET),
        ("包<b>过", Evasion.MARKUP),
        ("包&#8203;过", Evasion.MARKUP),
        ("包過", Evasion.TRADITIONAL),
        ("包濄", Evasion.VARIANT),
        ("bao过", Evasion.PINYIN),
        ("ｂａｏ過", Evasion.PINYIN),
        ("b过", Evasion.LETTERS),
        ("苞过", Evasion.HOMOPHONE),
    ],
)
def test_says_how_a_term_is_disguised(surface, evasion):
    hits = SCANNER._matcher.find([f"电工证培训，{surface}，报名"])[0].hits
    assert evasion in {hit.evasion for hit in hits if hit.listed == "包过"}


@pytest.mark.parametrize("text", ["培训international课", "培训machina", "培训包gps", "培训hrs部"])
def test_letters_that_go_on_are_no_disguise(text):
    assert not SCANNER._matcher.find([text])[0].hits


def test_words_are_read_backwards_only_where_the_text_says_so():
    texts = ["电工证培训，家国认可", "电工证培训，家国认可，倒着念"]
    found = [[hit.evasion for hit in m.hits] for m in SCANNER._matcher.find(texts)]
    assert Evasion.REVERSED not in found[0]
    assert Evasion.REVERSED in found[1]


def test_rules_are_written_in_the_characters_that_they_are_matched_against():
    """An expression with a character that is folded away could never match."""
    rules = SCANNER.rulebook.rules
    cues = [text for r in rules for c in r.cues for text in (c.before, c.after, c.within) if text]
    speech = [e.text for e in SCANNER.rulebook.lexicons["speech"].entries]
    written = "".join([p.expression for r in rules for p in r.patterns] + cues + speech)
    han = {c for c in written if "\u4e00" <= c <= "\u9fff"}
    assert {c for c in han if SCANNER._normaliser.compact(f"字{c}字") != f"字{c}字"} == set()


def test_rules_that_are_silent_on_a_kind_have_no_hits_there():
    text = "全国电工证培训，签约包过"
    (every,) = SCANNER._matcher.find([text])
    (some,) = SCANNER._matcher.find([text], kind=DocumentKind.AD)
    speaking = {r.id for r in SCANNER.rulebook.rules if DocumentKind.AD in r.kinds}
    assert some.hits == tuple(hit for hit in every.hits if hit.rule in speaking)
    assert 0 < len(some.hits) < len(every.hits)


def test_outside_training_nothing_is_a_hit():
    assert not SCANNER._matcher.find(["国家公园全国通用，包过，人社部"])[0].hits


def test_passages_of_one_document_share_their_scope():
    texts = ["电工培训", "包过"]
    assert [bool(m.hits) for m in SCANNER._matcher.find(texts)] == [False, False]
    assert [bool(m.hits) for m in SCANNER._matcher.find(texts, [0, 0])] == [False, True]
