"""`shanzhai check` on the terminal: columns, windows, what is said where nothing was found."""

from __future__ import annotations

import re

import pytest
from golden_files import CLAUSES, check
from hypothesis import given
from hypothesis import strategies as st
from report_values import finding, result
from wcwidth import wcswidth

from detector.model import Outcome, Span
from detector.report.columns import clean, cut_round, wrap
from detector.report.terminal import render_check

ESCAPES = re.compile(r"\x1b\[[\d;]*m")


def underlined(text, surface, width=80):
    """Return the columns' content under which the first underline stands."""
    shown = render_check(result("a.txt", finding(text, surface)), text, CLAUSES, False, width)
    rows = shown.split("\n")
    at = next(i for i, row in enumerate(rows) if re.fullmatch(r" *│ *~*\^", row))
    line, under = rows[at - 1], rows[at]
    left, right = under.index("│"), len(under)
    start = len(under) - len(under.lstrip(" │"))
    column, taken = 0, ""
    for character in line:
        width = max(0, wcswidth(character))
        if width and left < start <= column < right:
            taken += character
        column += width
    return taken


@pytest.mark.parametrize(
    "text",
    [
        "报名即包过",
        "\t报名\t即包过",
        "ab包过",
        "😀👍🏽包过",
        "👨\u200d👩\u200d👧包过",
        "☎️电话包过",
        "e\u0301包过",
        "\u200b\u202e零宽包过",
        "\x1b[31m红\x07包过",
        "长" * 200 + "包过" + "尾" * 200,
        "包过" + "尾" * 200,
    ],
)
def test_the_underline_stands_under_the_words(text):
    assert underlined(text, "包过") == "包过"


def test_no_line_is_wider_than_the_terminal():
    text = "长" * 200 + "包过" + "尾" * 200
    for width in (40, 61, 100):
        shown = render_check(result("a.txt", finding(text, "包过")), text, CLAUSES, False, width)
        assert all(wcswidth(row) <= width for row in shown.split("\n"))
        assert "…" in shown


@given(st.text(max_size=80), st.data())
def test_a_window_is_never_too_wide_and_holds_its_columns(line, data):
    line = line.replace("\n", " ") + "x"
    start = data.draw(st.integers(0, len(line) - 1))
    end = data.draw(st.integers(start + 1, len(line)))
    strip = cut_round(line, Span(start, end), 20)
    assert max(0, wcswidth(strip.text)) <= 20
    assert 0 <= strip.columns.start <= strip.columns.end <= 20


@given(st.text(max_size=60))
def test_rows_are_never_too_wide_and_lose_nothing(text):
    rows = list(wrap(text, 12))
    assert all(wcswidth(row) <= 12 for row in rows)
    assert "".join(rows).replace(" ", "") == clean(text.replace("\n", " ")).replace(" ", "")


def test_no_row_begins_with_a_mark_that_closes():
    assert list(wrap("一二三，四五六。", 6)) == ["一二", "三，四", "五六。"]


def test_nothing_of_the_input_steers_the_terminal():
    text = "\x1b]0;title\x07包过\x9b31m\u202e"
    shown = render_check(result("a\x1b[2J.txt", finding(text, "包过")), text, CLAUSES, False, 80)
    assert not re.search(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e]", shown)


def test_nothing_found_is_not_called_compliant():
    shown = render_check(result("a.txt"), "今天天气好", CLAUSES, False, 80)
    assert shown == "按现有规则未发现疑似违规表述（不等于合规）。\n"


def test_dismissed_findings_are_counted_but_not_shown():
    found = finding("不承诺包过", "包过", outcome=Outcome.DISMISSED)
    shown = render_check(result("a.txt", found), "不承诺包过", CLAUSES, False, 80)
    assert "^" not in shown
    assert "另有 1 处已排除" in shown


def test_colour_only_where_asked_for():
    assert not ESCAPES.search(check(colour=False))
    assert ESCAPES.search(check(colour=True))
    assert ESCAPES.sub("", check(colour=True)) == check(colour=False)


def test_a_text_of_another_passage_gives_way_to_the_excerpt():
    found = finding("第一行\n第二行包过。", "包过", passage=1)
    shown = render_check(result("a.html", found), "别的文字", CLAUSES, False, 80)
    assert "a.html:2:4:" in shown
    assert "2 │ 第二行包过。" in shown
