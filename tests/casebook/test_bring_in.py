"""Reports come into the book once, whole, and never make it older."""

from __future__ import annotations

import multiprocessing
import os
import signal
import time
from dataclasses import replace

from book_values import finding, import_results, origin, result
from sqlalchemy import func, select

from detector.casebook.bring_in import bring_in
from detector.casebook.findings import Choice, choose, load_findings
from detector.database import now, open_database, reading, writing
from detector.database.tables import findings, imports, namings, sources
from detector.errors import ProblemCode
from detector.model import Effect, Outcome, Problem, Reason


def count(engine, table) -> int:
    with reading(engine) as connection:
        return connection.execute(select(func.count()).select_from(table)).scalar_one()


def held(engine, fingerprint):
    with reading(engine) as connection:
        (one,) = load_findings(connection, (fingerprint,))
    return one


def test_a_report_is_imported_once(engine):
    results = result("a.txt", finding("1"), finding("2")), result("b.txt", named=("甲学校",))
    once = origin()
    with writing(engine) as connection:
        first = bring_in(connection, results, once, "张三", now())
    with writing(engine) as connection:
        again = bring_in(connection, results, once, "张三", now())
    assert (first.sources, first.added, first.known, first.before) == (2, 2, 0, "")
    assert again.before and again.added == 0
    assert count(engine, imports) == 1
    assert (count(engine, sources), count(engine, findings), count(engine, namings)) == (2, 2, 1)


def test_a_later_report_of_the_same_sources_takes_their_place(engine):
    import_results(engine, result("a.txt", finding("1"), finding("2")))
    later = finding("1", outcome=Outcome.REVIEW)
    done = import_results(engine, result("a.txt", later), created="2026-11-26T10:00:00+08:00")
    assert (done.added, done.known) == (0, 1)
    assert held(engine, "1").finding == later
    assert held(engine, "1").seen
    assert not held(engine, "2").seen  # kept, since nothing is lost


def test_an_older_report_changes_nothing_that_a_newer_one_said(engine):
    import_results(engine, result("a.txt", finding("1")), created="2026-11-26T01:00:00+08:00")
    older = result("a.txt", finding("1", outcome=Outcome.REVIEW), finding("3"))
    # Earlier as a moment, later as a text.
    done = import_results(engine, older, created="2026-11-25T16:30:00+00:00")
    assert (done.added, done.known) == (1, 1)
    assert held(engine, "1").finding.outcome is Outcome.REPORT


def test_words_that_stand_twice_in_a_source_are_one_finding(engine):
    done = import_results(engine, result("a.txt", finding("1"), finding("1")))
    assert (done.added, done.repeated) == (1, 1)


def test_a_decision_that_a_scan_took_over_does_not_change_what_the_rules_said(engine):
    import_results(engine, result("a.txt", finding("1")))
    decided = replace(
        finding("1"),
        outcome=Outcome.DISMISSED,
        reasons=(Reason("decision", Effect.DISMISS, "张三 审核：排除"),),
    )
    import_results(engine, result("a.txt", decided), created="2026-11-27T10:00:00+08:00")
    with reading(engine) as connection:
        assert choose(connection, Choice(outcomes=(Outcome.REPORT,))) == ("1",)
    assert held(engine, "1").finding == finding("1")


def test_what_was_not_read_stays_unread_in_the_book(engine):
    lost = replace(result("x.pdf"), problems=(Problem(ProblemCode.DAMAGED, "文件损坏"),))
    import_results(engine, lost)
    with reading(engine) as connection:
        (row,) = connection.execute(select(sources)).mappings()
    assert row["unread"]
    assert row["problems"] == [{"code": "damaged", "message": "文件损坏", "page": None}]


def test_names_and_texts_that_no_database_takes_are_written_out(engine):
    name = "名\udcff\0.txt"
    text = "电工证\ud800培训，签约包过\0"
    done = import_results(engine, result(name, finding("1", excerpt=text), named=("甲\0",)))
    assert done.added == 1
    one = held(engine, "1")
    assert one.source.uri == "名\\udcff␀.txt"
    assert one.finding.surface == "包过"


def _import_for_ever(where: str, ready) -> None:
    engine = open_database(where)

    def endless():
        for number in range(1_000_000):
            if number == 3_000:
                ready.set()
            yield result(f"{number}.txt", finding(f"k{number}"))

    with writing(engine) as connection:
        bring_in(connection, endless(), origin(), "测试", now())


def test_a_kill_in_the_middle_leaves_nothing_of_the_import(engine, database):
    import_results(engine, result("before.txt", finding("before")))
    context = multiprocessing.get_context("spawn")
    ready = context.Event()
    process = context.Process(target=_import_for_ever, args=(database, ready))
    process.start()
    assert ready.wait(60)
    time.sleep(0.2)
    os.kill(process.pid, signal.SIGKILL)
    process.join()
    assert (count(engine, sources), count(engine, findings), count(engine, imports)) == (1, 1, 1)
    done = import_results(engine, result("1.txt", finding("k1")))
    assert done.added == 1  # nothing is locked, nothing is known of the killed one
