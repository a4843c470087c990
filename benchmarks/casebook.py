"""The casebook: importing many findings, and many reviewers deciding at once.

    python -m benchmarks.casebook [--small] [--no-write]

On SQLite and, where PostgreSQL is installed, on a server started for it. The import runs beside
the same rows written by the driver alone; `deciding` counts decisions that were acknowledged and
are not in the book exactly once (lost, doubled), with every tenth sent twice as after a lost
answer.
"""

from __future__ import annotations

import json
import multiprocessing
import os
import random
import signal
import sqlite3
import sys
import tempfile
import time
import uuid
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from sqlalchemy import func, select

from benchmarks.postgres import find_programs, start_postgres
from benchmarks.record import run_benchmark
from detector.casebook.bring_in import Origin, bring_in
from detector.casebook.decisions import decide
from detector.casebook.values import Decision, Verdict
from detector.database import now, open_database, reading, verify, writing
from detector.database.tables import decisions, findings, imports, sources
from detector.model import (
    Anchor,
    DocumentKind,
    Effect,
    Finding,
    Outcome,
    Reason,
    RegistryCheck,
    Severity,
    Source,
    SourceResult,
    Span,
    Standing,
)
from detector.report.encode import encode

PROCESSES = 10
A_SOURCE = 4  # findings
TEXT = "电工证培训，签约包过，国家承认，全国通用，名额有限"
CREATED = "2026-11-25T10:00:00+08:00"


def measure(small: bool = False) -> dict:
    """Measure everything on SQLite and, where it is installed, on PostgreSQL."""
    count, seconds = (2_000, 2.0) if small else (200_000, 30.0)
    with tempfile.TemporaryDirectory() as folder:
        results = {"sqlite": measure_book(str(Path(folder) / "book.db"), count, seconds)}
    if find_programs():
        with start_postgres() as url:
            results["postgresql"] = measure_book(url.format("postgres"), count, seconds)
    return results


def measure_book(where: str, count: int, seconds: float) -> dict:
    """Measure one empty database."""
    return {
        "import": measure_import(where, count),
        "deciding": measure_deciding(where, PROCESSES, seconds),
        "killed import": measure_kill(where, count),
    }


def measure_import(where: str, count: int) -> dict:
    """Import `count` findings into an empty book, then the same again under another name."""
    engine = open_database(where, create=True)
    results = list(draw_results(count))
    times = []
    for name in ("first", "again"):
        started = time.perf_counter()
        with writing(engine) as connection:
            done = bring_in(connection, results, _origin(name), "benchmark", now())
        times.append(time.perf_counter() - started)
        assert done.added + done.known == count, done
    first, again = times
    alone = _driver_alone(results)
    with reading(engine) as connection:
        held = connection.execute(select(func.count()).select_from(findings)).scalar_one()
    return {
        "findings": count,
        "held_after_both": held,
        "findings_a_second": round(count / first),
        "findings_a_second_again": round(count / again),
        "times_sqlite3_alone": round(first / alone, 2),
    }


def measure_deciding(where: str, processes: int, seconds: float) -> dict:
    """Let processes decide at once; count what was acknowledged and what the book holds."""
    context = multiprocessing.get_context("spawn")
    with tempfile.TemporaryDirectory() as folder:
        logs = [str(Path(folder) / str(one)) for one in range(processes)]
        started = [
            context.Process(target=_decide, args=(where, log, seed, seconds))
            for seed, log in enumerate(logs)
        ]
        for process in started:
            process.start()
        for process in started:
            process.join()
            assert process.exitcode == 0
        acknowledged = [line for log in logs for line in Path(log).read_text().split()]
    engine = open_database(where)
    with reading(engine) as connection:
        held = Counter(connection.execute(select(decisions.c.id)).scalars())
        broken = verify(connection, decisions)
    return {
        "processes": processes,
        "seconds": seconds,
        "decisions": len(acknowledged),
        "decisions_a_second": round(len(acknowledged) / seconds),
        "lost": sum(held[one] == 0 for one in acknowledged),
        "doubled": sum(times > 1 for times in held.values()),
        "not_acknowledged": len(held) - len(set(acknowledged)),
        "chain_holds": broken is None,
    }


def measure_kill(where: str, count: int) -> dict:
    """Kill an import at a random moment, several times; count what is left of it."""
    engine = open_database(where, create=True)
    before = _rows(engine)
    context = multiprocessing.get_context("spawn")
    dice = random.Random(7)
    outcomes = Counter()
    for number in range(3):
        ready = context.Event()
        process = context.Process(target=_import_new, args=(where, count, number, ready))
        process.start()
        ready.wait()
        time.sleep(dice.uniform(0, count / 10_000))
        os.kill(process.pid, signal.SIGKILL)
        process.join()
        after = _rows(engine)
        kept = {"nothing": before, "all": _with(before, count)}
        outcomes[next((name for name, rows in kept.items() if rows == after), "a part")] += 1
        before = after
    return dict(outcomes)


def draw_results(count: int, prefix: str = "") -> Iterator[SourceResult]:
    """Draw sources with four findings each; the same for the same arguments."""
    for number in range(count // A_SOURCE):
        uri = f"https://site{number % 997}.example/{prefix}{number}"
        drawn = tuple(_finding(f"{prefix}{number}-{at}", at) for at in range(A_SOURCE))
        named = RegistryCheck("某某培训学校", "广告主", Standing.UNLISTED, "名单中没有")
        yield SourceResult(Source(uri), DocumentKind.WEB, findings=drawn, registry=(named,))


def _finding(fingerprint: str, at: int) -> Finding:
    return Finding(
        fingerprint=fingerprint,
        rule=f"drawn.{at}",
        clauses=("CN-2022-25#一（二）", "CN-2023-SAMR#二（三）5"),
        term="包过",
        severity=Severity.HIGH,
        outcome=Outcome.REPORT,
        span=Span(8, 10),
        surface="包过",
        excerpt=TEXT,
        highlight=Span(8, 10),
        anchor=Anchor(0, 1, 9),
        message="疑似承诺通过考试；须核对广告主与发布日期。",
        suggestion="删去承诺通过的表述；可写“考核由评价机构依规组织”。",
        reasons=(Reason("border", Effect.RAISE, "前后都不成别的词"),),
    )


def _origin(name: str) -> Origin:
    return Origin(name, uuid.uuid4().hex, CREATED, "benchmark", "rules")


def _driver_alone(results: list[SourceResult]) -> float:
    """Return the seconds that sqlite3 takes to write the findings as JSON, one table, one key."""
    with tempfile.TemporaryDirectory() as folder:
        db = sqlite3.connect(Path(folder) / "alone.db")
        db.execute("PRAGMA journal_mode=WAL")
        db.execute("PRAGMA synchronous=FULL")
        db.execute("CREATE TABLE findings (fingerprint TEXT PRIMARY KEY, detail TEXT)")
        started = time.perf_counter()
        rows = (
            (one.fingerprint, json.dumps(encode(one))) for each in results for one in each.findings
        )
        with db:
            db.executemany("INSERT INTO findings VALUES (?, ?)", rows)
        seconds = time.perf_counter() - started
        db.close()
    return seconds


def _decide(where: str, log: str, seed: int, seconds: float) -> None:
    dice = random.Random(seed)
    engine = open_database(where)
    with reading(engine) as connection:
        known = list(connection.execute(select(findings.c.fingerprint).limit(1_000)).scalars())
    end = time.monotonic() + seconds
    with Path(log).open("w") as file:
        while time.monotonic() < end:
            verdict = dice.choice(list(Verdict))
            one = Decision(uuid.uuid4().hex, dice.choice(known), verdict, f"{seed}", now())
            for _ in range(2 if dice.random() < 0.1 else 1):
                with writing(engine) as connection:
                    decide(connection, one)
            file.write(f"{one.id}\n")


def _import_new(where: str, count: int, number: int, ready) -> None:
    engine = open_database(where)
    results = list(draw_results(count, f"kill{number}-"))
    ready.set()
    with writing(engine) as connection:
        bring_in(connection, results, _origin(f"kill{number}"), "benchmark", now())


def _rows(engine) -> tuple[int, ...]:
    with reading(engine) as connection:
        return tuple(
            connection.execute(select(func.count()).select_from(table)).scalar_one()
            for table in (imports, sources, findings)
        )


def _with(rows: tuple[int, ...], count: int) -> tuple[int, ...]:
    reports, held, found = rows
    return reports + 1, held + count // A_SOURCE, found + count


if __name__ == "__main__":
    sys.exit(run_benchmark("casebook", measure, __doc__))
