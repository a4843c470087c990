"""Anchors: whatever an expression matches holds one of its anchors."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
import regex

from detector import load_rules
from detector.match.anchors import anchors_of
from detector.match.possible import Possible
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


def test_possible_expressions_are_those_whose_anchors_stand_in_the_text():
    possible = Possible(["包过", "保过|必过", "[一-鿿]{3}"])
    found = [(0, 2, "电工"), (2, 4, "必过")]
    assert possible.within(found, Span(0, 5)) == [1, 2]
    assert possible.within(found, Span(0, 3)) == [2]
    assert possible.within([], Span(0, 5)) == [2]
