"""report.md: reads well, and hostile words in it stay words."""

from __future__ import annotations

import re

from hostile_values import HOSTILE, hostile_report
from hypothesis import given
from hypothesis import strategies as st
from report_values import full_report, report_of, result

from detector.model import Problem
from detector.report.markdown_report import escape, render
from detector.report.visible import visible

# What our own lines begin with; no text of others begins one.
OURS = re.compile(r"#{1,4} |- |\| |\*\*|本报告|以下|未发现|概要|疑似|需人工|广告|证书|网页|登记|$")


def shown(escaped: str) -> str:
    """Return what a reader of the rendered text sees, by the rule of CommonMark 2.4."""
    text = escaped.replace("<span>@</span>", "@").replace("<br>", "\n")
    return re.sub(r"\\([!-/:-@\[-`{-~])", r"\1", text)


@given(st.text(st.characters(exclude_categories=[])))
def test_escaped_text_is_one_line_without_markup_and_shows_what_was_read(text):
    escaped = escape(text)
    assert shown(escaped) == visible(text)
    ours = escaped.replace("<span>@</span>", "").replace("<br>", "")
    plain = re.sub(r"\\[\\`*_~|<>&\[\]#$@:.]", "", ours)
    assert not re.search(r"[\\`*_~|<>&\[\]#$@:.\n]", plain)
    assert len(escaped.splitlines()) <= 1


def test_no_line_begins_with_the_words_of_others():
    lines = render(hostile_report()).split("\n")
    assert [line for line in lines if not OURS.match(line)] == []
    assert len([line for line in lines if line.startswith("#### ")]) == len(HOSTILE)


def test_rows_of_tables_have_their_cells_and_no_more():
    rows = [line for line in render(hostile_report()).split("\n") if line.startswith("| ")]
    assert {len(re.findall(r"(?<!\\)\|", row)) for row in rows} == {8, 5}


def test_the_surface_is_bold_in_its_excerpt():
    assert "- 原文：电工证<b>包过</b>，不过退费。<br>内部渠道拿证" in render(full_report())


def test_what_was_not_read_stands_before_the_findings():
    text = render(full_report())
    assert text.index("## 没有读到") < text.index("## 线索") < text.index("## 附：引用的条款")


def test_a_source_that_was_read_in_part_is_not_called_clean():
    part = result("a.txt", problems=(Problem("truncated", "只读了一半"),), pages=2)
    assert "“a\\.txt”（未读全；已读部分按现有规则未发现）" in render(report_of(part))
