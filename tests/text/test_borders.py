"""Hits that cut through a word are told from those that stand as words."""

from __future__ import annotations

import pytest

from detector.text import Borders

BORDERS = Borders()


def crossing(text: str) -> str | None:
    """Judge the stretch between bars."""
    start = text.index("|")
    end = text.index("|", start + 1) - 1
    return BORDERS.crosses(text.replace("|", ""), start, end)


@pytest.mark.parametrize(
    "text",
    [
        "冰箱里的面|包过|期了",
        "打|包过|程录像",
        "红|包过|年发",
        "确|保过|渡期平稳",
        "投|保过|程须知",
        "担|保过|户手续",
        "中|国家|具城",
        "集|中国|内优势",
        "安|全国|标",
        "最|高补贴|八百元",
        "提|高收入|水平",
    ],
)
def test_a_hit_inside_other_words_is_refused(text):
    assert crossing(text)


@pytest.mark.parametrize(
    "text",
    [
        "电工证|包过|，报名从速",
        "签约|保过|班",
        "考证|包过|的机构",
        "国家|职业资格|证书",
        "证书|国家|认可",
        "|中华人民共和国|职业资格证书",
        "证书|全国|通用",
        "官方|人员资格|证书",
        "物业经理|岗位合格|证书",
        "|中国|家政人才网推荐证书",
        "|全国|美甲等级证",
    ],
)
def test_a_hit_that_is_a_word_stands(text):
    assert crossing(text) is None


def test_the_same_words_are_judged_alike_at_the_edges_of_a_text():
    assert BORDERS.crosses("包过", 0, 2) is None
    assert BORDERS.crosses("面包过", 1, 3) == "面包"
