"""Anchors: whatever an expression matches holds one of its anchors."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
import regex

from detector import load_rules
from detector.match.anchors import anchors_of, beginnings_of
from detector.match.possible import Possible
from detector.match.timed import Timed
from detector.model import Span

CASES = Path(__file__).parents[2] / "benchmarks" / "cases" / "train.jsonl"
TEXTS = [json.loads(line)["text"] for line in CASES.read_text("utf-8").splitlines()]


@pytest.mark.parametrize(
    ("expression", "anchors"),
    [
        ("包过", {"包过"}),
        ("免(?:考|试)直出", {"免考直", "免试直"}),
        ("免考(?:直出)?", {"免考", "免考直"}),
        ("(?:出售|代办)[^，]{0,8}证书", {"证书"}),
        ("(?:出售|代办)[^，]{0,8}证", {"出售", "代办"}),
        ("(?P<hit>[国家]{2})可查", {"可查"}),
        ("(?<=由)人社部(?!门)", {"人社部"}),
        ("(?:培训)+班", {"培训"}),
        ("(?:培训)*班", set()),
        ("[一-鿿]{2,8}", set()),
        ("VIP班", {"vip"}),
        ("包|保证", set()),
        (r"(?>包过)班\K", set()),
    ],
)
def test_anchors(expression, anchors):
    assert anchors_of(expression) == anchors


def every_expression() -> list[str]:
    book = load_rules()
    patterns = [pattern.expression for rule in book.rules for pattern in rule.patterns]
    return patterns + [entry.text for entry in book.lexicons["speech"].entries]


@pytest.mark.parametrize("expression", every_expression())
def test_every_match_in_labelled_texts_holds_an_anchor(expression):
    anchors = anchors_of(expression)
    for text in TEXTS if anchors else ():
        for match in regex.finditer(expression, text.lower(), regex.IGNORECASE | regex.MULTILINE):
            assert any(anchor in match.group().lower() for anchor in anchors)


@pytest.mark.parametrize(
    ("expression", "beginnings"),
    [
        ("包过|保过(?!渡)", {"包过", "保过"}),
        ("(?:须|应当)遵守", {"须遵守", "应当遵"}),
        ("关于(?!举办)[^，]{2,8}公告", {"关于"}),
        ("第[一二]+条", {"第一", "第二"}),
        ("(?:本|我)(?:校|站)|咱家", {"本校", "本站", "我校", "我站", "咱家"}),
        ("戳|私信", set()),
        (r"\d+起|名额", set()),
        ("(?:报名)?咨询", {"报名咨", "咨询"}),
        ("(?:报名)*咨询", set()),
        (r"(?>包过)班\K", set()),
    ],
)
def test_beginnings(expression, beginnings):
    assert beginnings_of(expression) == beginnings


@pytest.mark.parametrize("expression", every_expression())
def test_every_match_in_labelled_texts_starts_with_a_beginning(expression):
    beginnings = tuple(beginnings_of(expression))
    for text in TEXTS if beginnings else ():
        for match in regex.finditer(expression, text.lower(), regex.IGNORECASE | regex.MULTILINE):
            assert match.group().lower().startswith(beginnings)


def test_expressions_run_where_they_can_match_in_a_part_of_a_text():
    text = "电工必过班，必过"
    possible = Possible(["包过", "(?:保过|必过)班?", "戳|过班", "[一-鿿]过"])
    words = set(possible)
    places = ((i, j) for i in range(len(text)) for j in range(i + 1, len(text) + 1))
    found = [(i, j, text[i:j]) for i, j in places if text[i:j] in words]

    def spans(part: Span) -> dict[int, list[tuple[int, int]]]:
        return {n: [m.span() for m in ms] for n, ms in possible.find(text, part, found)}

    assert spans(Span(0, 8)) == {1: [(2, 5), (6, 8)], 2: [(3, 5)], 3: [(2, 4), (6, 8)]}
    assert spans(Span(3, 8)) == {1: [(3, 5)], 2: [(0, 2)], 3: [(3, 5)]}
    assert spans(Span(0, 2)) == {2: [], 3: []}


def test_matches_at_places_do_not_overlap():
    found = Timed("(?:包过)+").at("包过包过，包过", [0, 2, 5])
    assert [match.span() for match in found] == [(0, 4), (5, 7)]
