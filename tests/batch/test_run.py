"""A screening ends with the same findings whatever happens on the way, and says what it gave up."""

from __future__ import annotations

import json
import multiprocessing
import os
import random
import signal
import sqlite3
import subprocess
import sys
import threading
import time
from pathlib import Path

import crawls
import poison
import pytest

from detector import Scanner
from detector.batch.run import screen_inputs
from detector.errors import DiskFullError, UsageError
from detector.model import Roll, Source
from detector.registry.bring_in import bring_in

PAGES = 200
pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def crawl(tmp_path_factory) -> Path:
    path = tmp_path_factory.mktemp("crawl") / "crawl.warc.gz"
    return crawls.write_warc(path, crawls.pages(PAGES))


@pytest.fixture(scope="module")
def undisturbed(crawl, tmp_path_factory) -> Path:
    out = tmp_path_factory.mktemp("undisturbed") / "out"
    screen_inputs([str(crawl)], poison.settings(out))
    return out


@pytest.fixture
def poisoned(monkeypatch):
    monkeypatch.setattr("detector.batch.run.prepare", poison.prepare)


def with_poison(tmp_path: Path, sort: bytes) -> tuple[Path, str]:
    """Return a crawl in whose middle one page does harm, and that page's address."""
    given = list(crawls.pages(PAGES))
    address, body = given[PAGES // 2 + 3]
    given[PAGES // 2 + 3] = (address, body + sort)
    return crawls.write_warc(tmp_path / "crawl.warc.gz", given), address


def quarantined(out: Path) -> list[dict]:
    return json.loads((out / "manifest.json").read_text("utf-8"))["quarantined"]


def without(rows: list[tuple], address: str) -> list[tuple]:
    return [row[:1] + row[2:] for row in rows if row[0] != address]


def test_it_finds_what_a_scan_of_each_page_finds(undisturbed):
    scanner = Scanner(poison.settings(undisturbed))
    alone = []
    for address, body in crawls.pages(PAGES):
        source = Source(address, media_type="text/html")
        result = scanner.scan_document(scanner.read_bytes(body, source, "utf-8"))
        alone += [(address, f.fingerprint, f.rule, f.outcome, *f.span) for f in result.findings]
    columns = ("address", "fingerprint", "rule", "outcome", "start", "end")
    assert crawls.rows(undisturbed, "findings", *columns) == sorted(alone, key=repr)
    assert len(alone) >= PAGES / 5


def test_every_page_is_accounted_for_once(undisturbed):
    addresses = [row[0] for row in crawls.screened(undisturbed)]
    assert sorted(addresses) == sorted(address for address, _ in crawls.pages(PAGES))
    manifest = json.loads((undisturbed / "manifest.json").read_text("utf-8"))
    assert manifest["complete"]
    assert manifest["totals"]["pages"] == PAGES


def test_the_same_call_again_does_nothing_again(undisturbed, crawl):
    before = {path: path.stat().st_mtime_ns for path in undisturbed.glob("*/*.parquet")}
    tally = screen_inputs([str(crawl)], poison.settings(undisturbed))
    after = {path: path.stat().st_mtime_ns for path in undisturbed.glob("*/*.parquet")}
    assert before == after
    assert tally.pages == PAGES


@pytest.mark.parametrize(
    ("sort", "words", "more"),
    [
        (poison.ENDS, "意外终止", {}),
        (poison.HANGS, "超过 3 秒", {}),
        (poison.SWELLS, "占用内存", {"max_memory": 700_000_000, "max_seconds_per_document": 60}),
        (poison.FAILS, "程序出错（RuntimeError）", {}),
    ],
)
def test_a_page_that_does_harm_is_named_and_nothing_else_is_lost(
    poisoned, undisturbed, tmp_path, sort, words, more
):
    crawl, address = with_poison(tmp_path, sort)
    out = tmp_path / "out"
    tally = screen_inputs([str(crawl)], poison.settings(out, **more))
    [given_up] = quarantined(out)
    assert given_up["address"] == address
    assert words in given_up["reason"]
    assert (tally.pages, tally.quarantined, tally.unread) == (PAGES, 1, 1)
    # Positions are offsets, which differ behind a page that is longer.
    expected = crawls.rows(undisturbed, "findings", "address", "position", "rule", "surface")
    found = crawls.rows(out, "findings", "address", "position", "rule", "surface")
    assert without(found, address) == without(expected, address)
    assert (address, True) in [(row[0], row[2]) for row in crawls.screened(out)]


def test_workers_that_are_killed_at_random_change_nothing(undisturbed, crawl, tmp_path):
    chance, ended, killed = random.Random(1), threading.Event(), []

    def kill() -> None:
        while not ended.wait(chance.uniform(0.5, 1.5)):
            if children := multiprocessing.active_children():
                killed.append(chance.choice(children).pid)
                os.kill(killed[-1], signal.SIGKILL)

    killer = threading.Thread(target=kill)
    killer.start()
    try:
        tally = screen_inputs([str(crawl)], poison.settings(tmp_path / "out", chunk_pages=2))
    finally:
        ended.set()
        killer.join()
    assert killed
    assert tally.quarantined == 0
    assert crawls.findings(tmp_path / "out") == crawls.findings(undisturbed)
    assert crawls.screened(tmp_path / "out") == crawls.screened(undisturbed)


def start(crawl: Path, out: Path) -> subprocess.Popen:
    script = Path(poison.__file__)
    return subprocess.Popen([sys.executable, script, crawl, out], stderr=subprocess.PIPE)


def wait_for_parts(out: Path, count: int) -> None:
    deadline = time.monotonic() + 60
    while len(list(out.glob("pages/*.parquet"))) < count:
        assert time.monotonic() < deadline, "the run does not get on"
        time.sleep(0.01)


def test_a_parent_that_is_killed_twice_goes_on_exactly(undisturbed, crawl, tmp_path):
    out = tmp_path / "out"
    for count in (2, 5):
        running = start(crawl, out)
        wait_for_parts(out, count)
        running.kill()
        running.communicate()
    assert len(list(out.glob("pages/*.parquet"))) < PAGES / 20
    screen_inputs([str(crawl)], poison.settings(out))
    assert crawls.findings(out) == crawls.findings(undisturbed)
    assert crawls.screened(out) == crawls.screened(undisturbed)


def test_no_worker_outlives_a_killed_parent(crawl, tmp_path):
    running = start(crawl, tmp_path / "out")
    wait_for_parts(tmp_path / "out", 1)
    children = Path(f"/proc/{running.pid}/task/{running.pid}/children").read_text().split()
    running.kill()
    running.communicate()
    deadline = time.monotonic() + 10
    while any(is_running(pid) for pid in children):
        assert time.monotonic() < deadline
        time.sleep(0.05)


def is_running(pid: str) -> bool:
    """Tell whether a process is there and no zombie."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


def test_terminating_stops_cleanly_and_leaves_a_manifest(crawl, tmp_path):
    out = tmp_path / "out"
    running = start(crawl, out)
    wait_for_parts(out, 2)
    running.terminate()
    _, said = running.communicate(timeout=20)
    assert b"KeyboardInterrupt" in said
    manifest = json.loads((out / "manifest.json").read_text("utf-8"))
    assert not manifest["complete"]
    assert 0 < manifest["totals"]["pages"] < PAGES


def test_other_settings_do_not_mix_with_what_lies_there(undisturbed, crawl):
    with pytest.raises(UsageError, match=r"jurisdiction.*--restart"):
        screen_inputs([str(crawl)], poison.settings(undisturbed, jurisdiction=("GD",)))


def test_another_list_of_institutions_does_not_mix_either(undisturbed, crawl, tmp_path):
    book, listed = str(tmp_path / "book.db"), tmp_path / "list.csv"
    listed.write_text("机构名称\n某某职业培训学校\n", encoding="utf-8")
    bring_in(listed, book, Roll.WHITE)
    with pytest.raises(UsageError, match="registry_sha256"):
        screen_inputs([str(crawl)], poison.settings(undisturbed, casebook=book))


def test_two_runs_do_not_write_into_one_folder(undisturbed, crawl):
    holder = sqlite3.connect(undisturbed / "ledger.sqlite")
    holder.execute("PRAGMA locking_mode = EXCLUSIVE")
    holder.execute("BEGIN EXCLUSIVE")
    try:
        with pytest.raises(UsageError, match="另一个筛查"):
            screen_inputs([str(crawl)], poison.settings(undisturbed))
    finally:
        holder.close()


def test_a_full_disk_is_told_and_the_run_goes_on_when_there_is_room(undisturbed, crawl, tmp_path):
    disk = tmp_path / "disk"
    disk.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=400k", "tmpfs", str(disk)]
    if subprocess.run(mount, capture_output=True, check=False).returncode:
        pytest.skip("a small disk cannot be mounted here")
    try:
        with pytest.raises(DiskFullError, match=r"磁盘已满.*继续"):
            screen_inputs([str(crawl)], poison.settings(disk / "out", chunk_pages=2))
        subprocess.run(["mount", "-o", "remount,size=50m", str(disk)], check=True)
        screen_inputs([str(crawl)], poison.settings(disk / "out", chunk_pages=2))
        assert crawls.findings(disk / "out") == crawls.findings(undisturbed)
        assert crawls.screened(disk / "out") == crawls.screened(undisturbed)
    finally:
        subprocess.run(["umount", str(disk)], check=True)
