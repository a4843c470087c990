"""Expressions are stopped where they could run without end, on short texts as well."""

from __future__ import annotations

import pytest

from detector.match import timed
from detector.match.timed import Timed

HOSTILE = "一" * 60 + "！？"


@pytest.mark.parametrize(
    ("expression", "runs_away"),
    [
        ("[^，。]{0,8}(?:证书|资格证?)", False),
        ("(?:甲{1,3}|乙)+", True),
        ("(?:甲+)?乙+", False),
        ("(?=(?:甲|乙+)*)", True),
        ("(?>甲(?:乙丙*)*)", True),
        (r"甲\K乙", True),  # unknown to the standard parser
    ],
)
def test_repeats_within_repeats_can_run_away(expression, runs_away):
    assert timed._can_run_away(expression) is runs_away


@pytest.mark.parametrize("text", [HOSTILE, HOSTILE * 40])
def test_what_runs_away_is_stopped(text, monkeypatch):
    monkeypatch.setattr(timed, "SECONDS", 0.02)
    with pytest.raises(TimeoutError):
        Timed("(?:[一-鿿]|[一-鿿]{2})+？").search(text)


def test_finds_the_same_with_and_without_a_clock():
    text = "电工证培训，包过。" * 8
    for part in (text, text * 9):
        assert [m.span() for m in Timed("包[过国]").finditer(part)][:2] == [(6, 8), (15, 17)]
    assert Timed("VIP").match("vip班")
    assert Timed("(?P<hit>包)过").groups == {"hit"}
