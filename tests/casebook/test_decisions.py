"""Decisions stay with the words they were made on, and speak in later scans."""

from __future__ import annotations

import uuid
from concurrent.futures import ThreadPoolExecutor
from itertools import count
from threading import Barrier

import pytest
from book_values import finding, import_results, result, say

from benchmarks.casebook import measure_deciding
from detector.casebook.decisions import decide, history, standing_decisions, take_over
from detector.casebook.findings import Choice, choose, load_findings
from detector.casebook.values import Decision, Verdict
from detector.database import now, reading, writing
from detector.errors import UsageError
from detector.model import Outcome, Severity


@pytest.fixture
def book(engine):
    import_results(engine, result("a.txt", *map(finding, "123")))
    return engine


def ask(engine, function, *arguments):
    with reading(engine) as connection:
        return function(connection, *arguments)


def test_the_last_decision_stands_and_all_are_kept(book):
    say(book, "1", Verdict.CONFIRMED)
    say(book, "1", Verdict.DISMISSED, "李四", "是引述")
    standing = ask(book, standing_decisions)
    assert (standing["1"].verdict, standing["1"].reviewer) == (Verdict.DISMISSED, "李四")
    assert [one.verdict for one in ask(book, history, "1")] == ["confirmed", "dismissed"]
    assert ask(book, choose, Choice(decided=False)) == ("2", "3")
    assert ask(book, choose, Choice(decided=True)) == ("1",)
    assert ask(book, choose, Choice(verdicts=(Verdict.CONFIRMED,))) == ()


def test_a_withdrawn_decision_leaves_the_finding_undecided(book):
    say(book, "1", Verdict.CONFIRMED)
    say(book, "1", Verdict.WITHDRAWN)
    assert ask(book, standing_decisions) == {}
    assert ask(book, choose, Choice(decided=False)) == ("1", "2", "3")
    assert len(ask(book, history, "1")) == 2


def test_a_decision_that_is_sent_twice_counts_once(book):
    one = Decision(uuid.uuid4().hex, "1", Verdict.CONFIRMED, "张三", now())
    for _ in range(2):
        with writing(book) as connection:
            assert decide(connection, one).number == 1
    assert len(ask(book, history, "1")) == 1


def test_a_decision_that_is_sent_twice_at_once_counts_once(book):
    begin = Barrier(8)
    one = Decision(uuid.uuid4().hex, "1", Verdict.CONFIRMED, "张三", now())

    def send(_):
        begin.wait()
        with writing(book) as connection:
            return decide(connection, one).number

    with ThreadPoolExecutor(8) as pool:
        assert list(pool.map(send, range(8))) == [1] * 8
    assert len(ask(book, history, "1")) == 1


def test_decisions_need_a_reviewer_and_a_known_finding(book):
    with pytest.raises(UsageError, match="--reviewer"):
        say(book, "1", Verdict.CONFIRMED, " ")
    with pytest.raises(UsageError, match="没有线索 nowhere"):
        say(book, "nowhere", Verdict.CONFIRMED)


@pytest.mark.parametrize(
    ("verdict", "outcome"),
    [
        (Verdict.CONFIRMED, Outcome.REPORT),
        (Verdict.DISMISSED, Outcome.DISMISSED),
        (Verdict.NEEDS_PAPERS, Outcome.REVIEW),
    ],
)
def test_a_later_scan_takes_decisions_over_and_says_whose(book, verdict, outcome):
    say(book, "1", verdict, reason="见卷宗")
    (later,) = take_over(
        [result("a.txt", finding("1"), finding("9"))], ask(book, standing_decisions)
    )
    decided, other = later.findings
    assert decided.outcome is outcome
    assert "张三" in decided.reasons[-1].detail and "见卷宗" in decided.reasons[-1].detail
    assert other == finding("9")


def test_findings_are_chosen_by_rule_clause_and_outcome_gravest_first(engine):
    import_results(
        engine,
        result(
            "b.txt",
            finding("low", severity=Severity.LOW),
            finding("other", rule="state.words", clause="GD-2022#二（一）"),
            finding("gone", outcome=Outcome.DISMISSED),
        ),
        result("a.txt", finding("high")),
    )
    assert ask(engine, choose, Choice()) == ("high", "other", "low")
    assert ask(engine, choose, Choice(rule="state.")) == ("other",)
    assert ask(engine, choose, Choice(clause="GD-2022")) == ("other",)
    assert ask(engine, choose, Choice(outcomes=(Outcome.DISMISSED,))) == ("gone",)
    with reading(engine) as connection:
        (one,) = load_findings(connection, ("high", "not there"))
    assert (one.source.uri, one.finding.term) == ("a.txt", "包过")


def test_choosing_takes_steps_in_proportion_to_what_the_book_holds(engine):
    if engine.dialect.name != "sqlite":
        pytest.skip("only SQLite counts its steps")

    def steps(numbers: range) -> int:
        names = [str(number) for number in numbers]
        import_results(engine, *(result(f"{name}.txt", finding(name)) for name in names))
        for name in names[::2]:
            say(engine, name, Verdict.CONFIRMED)
        counted = count()
        with reading(engine) as connection:
            driver = connection.connection.driver_connection
            driver.set_progress_handler(lambda: next(counted) and 0, 10)
            choose(connection, Choice(decided=False))
        return next(counted)

    assert steps(range(100, 200)) * 3 > steps(range(200, 300))  # twice as much in the book


@pytest.mark.slow
def test_many_reviewers_at_once_lose_and_double_nothing(book, database):
    done = measure_deciding(database, processes=10, seconds=2)
    assert done["decisions"] > 20
    assert (done["lost"], done["doubled"], done["not_acknowledged"]) == (0, 0, 0)
    assert done["chain_holds"]
