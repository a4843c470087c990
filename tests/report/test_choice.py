"""A chosen part of a report never looks like a whole one."""

from __future__ import annotations

from dataclasses import replace

import pytest
from report_values import finding, full_report, report_of, result

from detector.errors import UsageError
from detector.model import Outcome, Problem
from detector.report.build import is_silent
from detector.report.choice import Choice, check_choice, choose
from detector.report.markdown_report import render

GD = "GD-2022#二（二）"


def uris(report):
    return [one.source.uri for one in report.results]


def test_no_choice_leaves_the_report_as_it_is():
    assert choose(full_report(), Choice()) == full_report()


def test_a_clause_lists_and_counts_what_cites_it():
    report = choose(full_report(), Choice(clause=GD))
    findings = [one for result in report.results for one in result.findings]
    assert [one.clauses[0] for one in findings] == [GD]
    totals = report.totals
    assert (totals.report, totals.review, totals.dismissed) == (1, 0, 0)
    assert (totals.sources, totals.unread, totals.problems) == (4, 1, 2)
    assert {clause.id for clause in report.clauses} == {GD, "CN-2022-25#一（二）"}


def test_outcomes_are_listed_but_all_are_counted():
    report = choose(full_report(), Choice(outcomes=(Outcome.REVIEW,)))
    outcomes = [one.outcome for result in report.results for one in result.findings]
    assert outcomes == [Outcome.REVIEW]
    assert report.totals == full_report().totals


def test_what_was_not_read_stays_listed():
    assert uris(choose(full_report(), Choice(clause=GD))) == [
        "广告/招生.txt",
        "扫描/证书.png",
        "坏/截断.jpg",
    ]


def test_a_source_with_other_findings_is_not_called_clean():
    report = choose(full_report(), Choice(clause=GD))
    assert not any(is_silent(one) for one in report.results)
    assert report.totals.unread == full_report().totals.unread


def test_the_limit_keeps_the_gravest_sources_in_their_order():
    text = "电工证包过，不过退费，内部渠道"
    one, two, three = (finding(text, word) for word in ("包过", "退费", "内部渠道"))
    light = replace(three, outcome=Outcome.REVIEW)
    whole = report_of(
        result("轻", light), result("重", one, two), result("无"), result("中", three)
    )
    report = choose(whole, Choice(limit=2))
    assert uris(report) == ["重", "中"]
    assert report.totals == whole.totals


def test_a_site_is_counted_alone():
    text = "电工证包过"
    pages = [result(f"http://{host}/", finding(text, "包过")) for host in ("a.cn", "b.cn")]
    report = choose(report_of(*pages), Choice(site="B.cn"))
    assert uris(report) == ["http://b.cn/"]
    assert (report.totals.sources, report.totals.report) == (1, 1)


@pytest.mark.parametrize(
    "choice", [Choice(clause=GD), Choice(limit=1), Choice(outcomes=(Outcome.REVIEW,))]
)
def test_the_report_says_what_it_leaves_out(choice):
    text = render(choose(full_report(), choice))
    assert "本报告只列出" in text
    assert "总计是全部 4 份的" in text


@pytest.mark.parametrize(
    ("choice", "said"),
    [(Choice(site="a.cn"), "没有网站 a.cn"), (Choice(clause="X#1"), "没有引用条款 X#1 的线索")],
)
def test_what_nothing_could_fit_is_refused(choice, said):
    with pytest.raises(UsageError, match=said):
        check_choice(full_report(), choice)


def test_a_malformed_address_is_of_no_site():
    bad = result("http://[::1/", finding("包过", "包过"))
    with pytest.raises(UsageError, match="没有网站"):
        check_choice(report_of(bad), Choice(site="a.cn"))


def test_a_part_is_not_chosen_from_again():
    part = choose(full_report(), Choice(clause=GD))
    check_choice(part, Choice())
    with pytest.raises(UsageError, match="只是一部分"):
        check_choice(part, Choice(limit=1))


def test_an_empty_report_needs_no_choice():
    check_choice(report_of(), Choice())
    check_choice(report_of(result("a", problems=(Problem("empty", "空"),))), Choice(limit=1))
