"""Results add up to one exit code."""

from __future__ import annotations

from dataclasses import replace

import pytest

from detector.cli.scanning import add_up
from detector.errors import ExitCode, ProblemCode
from detector.model import (
    Anchor,
    DocumentKind,
    Finding,
    Outcome,
    Problem,
    Severity,
    Source,
    SourceResult,
    Span,
)

CLEAN = SourceResult(Source("a.txt"), DocumentKind.AD)
UNREAD = replace(CLEAN, problems=(Problem(ProblemCode.EMPTY, "文件是空的"),))
FAILED = replace(CLEAN, problems=(Problem(ProblemCode.FAILED, "程序出错"),))


def found(outcome):
    finding = Finding(
        fingerprint="0",
        rule="guarantee.pass",
        clauses=(),
        term="包过",
        severity=Severity.HIGH,
        outcome=outcome,
        span=Span(0, 2),
        surface="包过",
        excerpt="包过",
        highlight=Span(0, 2),
        anchor=Anchor(0, 1, 1),
        message="",
        suggestion="",
    )
    return replace(CLEAN, findings=(finding,))


@pytest.mark.parametrize(
    ("threshold", "counted"),
    [
        (Outcome.REPORT, {Outcome.REPORT}),
        (Outcome.REVIEW, {Outcome.REPORT, Outcome.REVIEW}),
        (Outcome.DISMISSED, set(Outcome)),
    ],
)
def test_the_threshold_says_what_counts_as_a_finding(threshold, counted):
    for outcome in Outcome:
        code = ExitCode.FINDINGS if outcome in counted else ExitCode.CLEAN
        assert add_up([CLEAN, found(outcome)], threshold) is code


def test_what_was_not_read_counts_where_nothing_was_found():
    assert add_up([CLEAN], Outcome.REPORT) is ExitCode.CLEAN
    assert add_up([CLEAN, UNREAD], Outcome.REPORT) is ExitCode.INCOMPLETE
    assert add_up([UNREAD, found(Outcome.REVIEW)], Outcome.REPORT) is ExitCode.INCOMPLETE
    assert add_up([UNREAD, found(Outcome.REPORT)], Outcome.REPORT) is ExitCode.FINDINGS


def test_a_bug_outweighs_all():
    assert add_up([FAILED, UNREAD, found(Outcome.REPORT)], Outcome.REPORT) is ExitCode.BUG
