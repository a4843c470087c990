"""A sitting keeps each decision at once, undoes what it made itself, and overrules nobody."""

from __future__ import annotations

import pytest
from book_values import finding, import_results, result, say

from detector.casebook.decisions import history, standing_decisions
from detector.casebook.findings import Choice, choose
from detector.casebook.values import Verdict
from detector.casebook.walk import OvertakenError, Walk
from detector.database import reading
from detector.model import Standing

CONFIRMED, DISMISSED = Verdict.CONFIRMED, Verdict.DISMISSED


@pytest.fixture
def book(engine):
    import_results(engine, result("a.txt", *map(finding, "123"), named=("甲学校",)))
    return engine


def sit(engine, reviewer: str = "张三", **options) -> Walk:
    with reading(engine) as connection:
        queue = choose(connection, Choice(decided=None if options else False))
    return Walk(engine, queue, reviewer, **options)


def seen(walk: Walk) -> str | None:
    look = walk.look()
    return look and look.held.finding.fingerprint


def standing(engine) -> dict[str, Verdict]:
    with reading(engine) as connection:
        return {key: one.verdict for key, one in standing_decisions(connection).items()}


def verdicts(engine, fingerprint: str) -> list[Verdict]:
    with reading(engine) as connection:
        return [one.verdict for one in history(connection, fingerprint)]


def test_each_decision_is_kept_before_the_next_finding_is_shown(book):
    walk = sit(book)
    walk.decide(walk.look(), CONFIRMED)
    assert standing(book) == {"1": CONFIRMED}
    assert (seen(walk), walk.look().place) == ("2", 2)
    walk.decide(walk.look(), DISMISSED, "是引述")
    assert standing(book) == {"1": CONFIRMED, "2": DISMISSED}
    walk.skip()
    assert walk.look() is None
    assert walk.tally() == {CONFIRMED: 1, DISMISSED: 1}


def test_who_sits_down_again_goes_on_where_it_was_left(book):
    first = sit(book)
    first.decide(first.look(), CONFIRMED)
    first.skip()
    again = sit(book)
    assert (seen(again), again.total) == ("2", 2)


def test_undo_withdraws_and_goes_back_as_often_as_was_decided(book):
    walk = sit(book)
    for _ in range(2):
        walk.decide(walk.look(), CONFIRMED)
    assert walk.undo().fingerprint == "2"
    assert seen(walk) == "2"
    assert walk.undo().fingerprint == "1"
    assert seen(walk) == "1"
    assert walk.undo() is None
    assert standing(book) == {}
    assert verdicts(book, "1") == [CONFIRMED, Verdict.WITHDRAWN]
    assert walk.tally() == {}


def test_undo_of_a_finding_that_was_decided_twice_leaves_it_undecided(book):
    walk = sit(book)
    walk.decide(walk.look(), CONFIRMED)
    walk.back()
    walk.decide(walk.look(), DISMISSED)
    walk.undo()
    assert (standing(book), walk.tally()) == ({}, {})
    assert walk.undo() is None


def test_back_shows_the_finding_before_with_its_decision(book):
    walk = sit(book)
    walk.back()
    assert seen(walk) == "1"
    walk.decide(walk.look(), CONFIRMED)
    walk.back()
    assert seen(walk) == "1"
    assert walk.look().held.decision.verdict is CONFIRMED
    assert not walk.look().overtaken


def test_what_someone_else_decided_meanwhile_is_passed_over_both_ways(book):
    walk = sit(book)
    say(book, "2", DISMISSED, "李四")
    walk.skip()
    assert walk.look().overtaken
    walk.pass_over()
    assert seen(walk) == "3"
    walk.back()
    assert walk.look().overtaken
    walk.pass_over()
    assert seen(walk) == "1"


def test_passing_over_ends_where_everything_was_decided_by_others(book):
    walk = sit(book)
    walk.skip()
    for fingerprint in "123":
        say(book, fingerprint, CONFIRMED, "李四")
    walk.back()
    passed = 0
    while walk.look() is not None:
        assert walk.look().overtaken
        walk.pass_over()
        passed += 1
    assert passed == 3


def test_a_decision_made_while_one_looked_is_not_overruled(book):
    walk = sit(book)
    look = walk.look()
    say(book, "1", DISMISSED, "李四", "是引述")
    with pytest.raises(OvertakenError) as caught:
        walk.decide(look, CONFIRMED)
    assert caught.value.decision.reviewer == "李四"
    assert standing(book) == {"1": DISMISSED}
    assert verdicts(book, "1") == [DISMISSED]


def test_undo_does_not_take_back_what_someone_else_said_later(book):
    walk = sit(book)
    walk.decide(walk.look(), CONFIRMED)
    say(book, "1", DISMISSED, "李四")
    with pytest.raises(OvertakenError):
        walk.undo()
    assert standing(book) == {"1": DISMISSED}
    assert walk.undo() is None


def test_looking_again_shows_decided_findings_and_lets_them_be_decided_anew(book):
    say(book, "1", DISMISSED, "李四")
    walk = sit(book, again=True)
    assert (seen(walk), walk.total) == ("1", 3)
    assert not walk.look().overtaken
    walk.decide(walk.look(), CONFIRMED)
    assert standing(book) == {"1": CONFIRMED}


def test_a_look_shows_earlier_decisions_and_named_institutions(book):
    say(book, "1", CONFIRMED, "李四")
    say(book, "1", Verdict.WITHDRAWN, "李四")
    look = sit(book).look()
    assert [one.verdict for one in look.history] == [CONFIRMED, Verdict.WITHDRAWN]
    assert [(one.name, one.standing) for one in look.named] == [("甲学校", Standing.UNLISTED)]


def test_what_was_said_of_the_same_words_before_they_were_read_otherwise_is_shown(engine):
    import_results(engine, result("a.txt", finding("1"), finding("other", rule="state.words")))
    for fingerprint in ("1", "other"):
        say(engine, fingerprint, DISMISSED, "李四", "是引述")
    reread = result("a.txt", finding("2")), result("b.txt", finding("3"))
    import_results(engine, *reread, created="2026-11-26T10:00:00+08:00")
    walk = sit(engine)
    assert seen(walk) == "2"
    assert [one.decision.reason for one in walk.look().alike] == ["是引述"]
    walk.skip()
    assert walk.look().alike == ()


def test_words_that_still_stand_elsewhere_in_a_source_are_not_taken_for_the_same(book):
    say(book, "1", DISMISSED)
    walk = sit(book)
    assert seen(walk) == "2"
    assert walk.look().alike == ()


def test_the_reasons_used_last_come_first_and_once(book):
    for fingerprint, reason in (("1", "甲"), ("2", "乙"), ("3", "甲"), ("3", "")):
        say(book, fingerprint, DISMISSED, reason=reason)
    say(book, "1", CONFIRMED, reason="丙")
    assert sit(book).last_reasons(DISMISSED) == ("甲", "乙")


def test_numbers_of_persons_do_not_get_into_what_can_never_be_erased(book):
    walk = sit(book)
    made = walk.decide(walk.look(), DISMISSED, "电话 13812345678 核实")
    assert "12345678" not in made.reason
    with reading(book) as connection:
        [kept] = history(connection, "1")
    assert kept.reason == made.reason
