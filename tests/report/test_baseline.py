"""A baseline hides what is known, says so, and loses nothing when reports follow each other."""

from __future__ import annotations

from dataclasses import replace

import jsonschema
import pytest
from report_values import finding, full_report, no_pages, report_of, result

from detector.errors import UsageError
from detector.model import Outcome, Problem
from detector.report import write_report
from detector.report.baseline import NOTHING_KNOWN, Baseline, hide_known, load_baseline
from detector.report.build import is_silent, is_unread
from detector.report.encode import encode
from detector.report.json_report import load_schema

TEXT = "电工证包过，不过退费，内部渠道"
PASS, REFUND, INNER = (finding(TEXT, word) for word in ("包过", "退费", "内部渠道"))


def prints(report):
    return [one.fingerprint for result in report.results for one in result.findings]


def known(*findings):
    return Baseline("旧.json", frozenset(one.fingerprint for one in findings))


def save(report, folder, name="json"):
    path, *_ = write_report(report, folder, [name], no_pages)
    return path


@pytest.mark.parametrize("name", ["json", "jsonl"])
def test_all_that_a_report_lists_is_known(name, tmp_path):
    baseline = load_baseline(save(full_report(), tmp_path, name))
    hidden = hide_known(full_report(), baseline)
    assert all(
        one.outcome is Outcome.DISMISSED for result in hidden.results for one in result.findings
    )
    assert (hidden.totals.report, hidden.totals.review, hidden.totals.known) == (0, 0, 4)
    assert hidden.totals.dismissed == full_report().totals.dismissed


def test_a_list_of_fingerprints_is_a_baseline(tmp_path):
    path = tmp_path / "known.txt"
    path.write_text(f"# 已核实\n{PASS.fingerprint}  # 张三看过\n\n{INNER.fingerprint}\n", "utf-8")
    report = hide_known(report_of(result("a", PASS, REFUND, INNER)), load_baseline(path))
    assert prints(report) == [REFUND.fingerprint]
    assert report.totals.known == 2


def test_counts_and_settings_name_the_baseline_and_fit_the_schema():
    report = hide_known(report_of(result("a", PASS, REFUND)), known(PASS))
    assert (report.totals.report, report.totals.known) == (1, 1)
    assert dict(report.settings)["baseline"] == "旧.json"
    assert report.results[0].left_out == 1
    jsonschema.validate(encode(report), load_schema())


def test_problems_are_never_hidden_and_a_known_source_is_neither_unread_nor_clean():
    damaged = result("a", PASS, problems=(Problem("damaged", "不完整"),))
    whole = report_of(damaged, result("b", PASS))
    report = hide_known(whole, known(PASS))
    assert [one.problems for one in report.results] == [one.problems for one in whole.results]
    assert (report.totals.unread, report.totals.problems) == (0, 1)
    assert not any(is_silent(one) or is_unread(one) for one in report.results)


def test_a_finding_that_was_dismissed_and_now_stands_is_news(tmp_path):
    dismissed = replace(PASS, outcome=Outcome.DISMISSED)
    baseline = load_baseline(save(report_of(result("a", dismissed)), tmp_path))
    assert prints(hide_known(report_of(result("a", PASS)), baseline)) == [PASS.fingerprint]


def test_a_dismissed_finding_stays_listed():
    dismissed = replace(PASS, outcome=Outcome.DISMISSED)
    report = hide_known(report_of(result("a", dismissed)), known(PASS))
    assert prints(report) == [PASS.fingerprint]
    assert report.totals.known == 0


@pytest.mark.parametrize("name", ["json", "jsonl"])
def test_a_report_with_a_baseline_is_the_next_baseline(name, tmp_path):
    """Three runs in a row; in the second the first source cannot be read."""
    first = report_of(result("a", PASS), result("b", REFUND))
    baseline = load_baseline(save(first, tmp_path / "1", name))
    unread = result("a", problems=(Problem("unreadable", "没有权限"),))
    second = hide_known(report_of(unread, result("b", REFUND, INNER)), baseline)
    assert prints(second) == [INNER.fingerprint]
    baseline = load_baseline(save(second, tmp_path / "2", name))
    third = hide_known(report_of(result("a", PASS), result("b", REFUND, INNER)), baseline)
    assert prints(third) == []
    assert third.totals.known == 3


def test_what_only_a_hidden_finding_cites_is_not_among_the_cited_clauses():
    other = finding(TEXT, "内部渠道", clauses=("CN-2022-25#一（一）",))
    report = hide_known(report_of(result("a", PASS, other)), known(other))
    assert [clause.id for clause in report.clauses] == ["CN-2022-25#一（二）"]


def test_without_a_baseline_the_report_is_the_same():
    assert hide_known(full_report(), NOTHING_KNOWN) is not None
    assert hide_known(full_report(), NOTHING_KNOWN) == full_report()


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"{}", "不是本程序的报告"),
        (b"{", "不是完好的 JSON"),
        (b"\xff\xfe\x00", "不是 UTF-8"),
        (b"abc\n", "第 1 行不是指纹"),
        (b"", "空的"),
        (b"\n \n", "空的"),
    ],
)
def test_what_is_no_baseline_is_refused(content, said, tmp_path):
    path = tmp_path / "known"
    path.write_bytes(content)
    with pytest.raises(UsageError, match=said):
        load_baseline(path)


def test_a_missing_baseline_is_refused(tmp_path):
    with pytest.raises(UsageError, match="无法打开"):
        load_baseline(tmp_path / "none.json")
