"""report.html without a browser: what it says, and that nothing in it can act or reach out."""

from __future__ import annotations

import re

from report_values import finding, full_report, no_pages, pages, report_of, result

from detector.model import Problem
from detector.report.html_report import render

HOSTILE = "<script>alert(1)</script>\"'><img src=x onerror=alert(2)>\u202e{{ 7*7 }}包过"


def test_it_is_self_contained():
    page = render(full_report(), pages)
    assert "default-src 'none'" in page
    addresses = re.findall(r'<[^>]*\b(?:src|href|action|srcset)="([^"]{1,20})', page)
    assert addresses
    assert all(address.startswith(("data:image/jpeg;", "#")) for address in addresses)
    assert not re.search(r"https?:|url\(|@import|<link|<base|<iframe", page)


def test_a_finding_shows_all_that_a_reader_needs():
    page = render(full_report(), pages)
    for words in (
        "“包过”",
        "人社部函〔2022〕25号 <b>一（二）</b>",
        "关于开展技术技能类“山寨证书”专项治理工作的通知",
        "虚假或夸大宣传的概要",
        "疑似违规",
        "需人工核实",
        "句子以机构自己的口气承诺",
        "须核对广告主与发布日期",
        "可写“提供考前辅导”",
        "第 2 页 · 第 1 段 · 2 行 8 列 · 识别把握 97%",
        "夹有零宽字符",
        '包<span class="unseen">U+200B</span>过',
    ):
        assert words in page.replace("&#34;", '"'), words


def test_dismissed_findings_are_hidden():
    page = render(full_report(), pages)
    cards = re.findall(r'<article class="finding \w+ (\w+)"[^>]*?( hidden)?>', page)
    assert [(outcome, bool(hidden)) for outcome, hidden in cards] == [
        ("report", False),
        ("review", False),
        ("dismissed", True),
        ("report", False),
        ("report", False),
    ]


def test_what_was_not_read_is_said_and_not_called_clean():
    page = render(full_report(), pages)
    assert "没有读到或没有读全的材料：2 项" in page
    assert "图片不完整，请重新取得原件。" in page
    silent = page[page.index('id="silent-title"') : page.index('id="annex-title"')]
    assert "合规/须知.txt" in silent
    assert "截断.jpg" not in silent


def test_a_clean_source_is_never_called_compliant():
    page = render(report_of(result("a.txt")), no_pages)
    assert "按现有规则未发现" in page
    assert "没有线索" in page
    assert not re.search(r"(?<!不等于)(?<!因此)合规(?!/)", page.split("</style>")[1])


def test_a_partly_read_source_is_not_called_clean():
    half = result("半.txt", problems=(Problem("bad-encoding", "有坏字节"),))
    assert "<b>未读全</b>；已读部分按现有规则未发现" in render(report_of(half), no_pages)


def test_hostile_text_is_inert():
    found = finding(HOSTILE, "包过", context=90, message=HOSTILE)
    hostile = result(HOSTILE, found, kind_reason=HOSTILE, problems=(Problem(HOSTILE, HOSTILE),))
    page = render(report_of(hostile), no_pages)
    assert page.count("<script>") == 1
    assert "<img" not in page.replace('<img alt="放大的标注图">', "")
    assert "\u202e" not in page.split("<main")[1].split("<select")[0]
    assert "{{ 7*7 }}" in page
