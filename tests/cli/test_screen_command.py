"""`shanzhai screen`: what it says, where it leaves things, and how it goes on."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time

import pytest

from detector.batch.ledger import Tally
from detector.cli.rate import RateLine, describe

ADDRESS = "https://school.example/{}"


@pytest.fixture
def lines(workplace):
    """Write pages as JSON Lines."""

    def write(*texts: str) -> str:
        rows = [{"url": ADDRESS.format(at), "text": text} for at, text in enumerate(texts)]
        data = "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)
        (workplace / "crawl.jsonl").write_text(data, encoding="utf-8")
        return "crawl.jsonl"

    return write


def test_findings_are_counted_and_the_places_of_the_results_named(shanzhai, lines, workplace):
    done = shanzhai(
        "screen", lines("电工证培训，包过", "面包过期"), "--out", "out", "--workers", "1"
    )
    assert (done.code, done.err) == (1, "")
    assert "共筛查 2 个网页（文件）。疑似违规 1 处。" in done.out
    assert "summary.html" in done.out
    assert "shanzhai report out" in done.out
    manifest = json.loads((workplace / "out/manifest.json").read_text("utf-8"))
    assert manifest["totals"]["report"] == 1


def test_nothing_found_is_not_called_compliant(shanzhai, lines):
    done = shanzhai("screen", lines("面包过期"), "--out", "out", "--workers", "1")
    assert done.code == 0
    assert "不等于合规" in done.out


def test_what_was_not_read_is_told_and_is_not_clean(shanzhai, workplace):
    (workplace / "crawl.jsonl").write_text('{"url": "a", "text": "面包"}\nbroken\n', "utf-8")
    done = shanzhai("screen", "crawl.jsonl", "--out", "out", "--workers", "1")
    assert done.code == 3
    assert "1 个没有读到内容，未作判断" in done.out


def test_an_address_on_the_web_is_not_opened(shanzhai):
    done = shanzhai("screen", "https://school.example/", "--out", "out")
    assert done.code == 2
    assert "不打开网址" in done.err


def test_a_path_that_names_nothing_is_told(shanzhai):
    done = shanzhai("screen", "nothing.warc.gz", "--out", "out", "--workers", "1")
    assert done.code == 3
    assert "未作判断" in done.out


def test_other_settings_need_another_folder_or_a_new_start(shanzhai, lines):
    given = ("screen", lines("面包"), "--out", "out", "--workers", "1")
    assert shanzhai(*given).code == 0
    refused = shanzhai(*given, "--jurisdiction", "GD")
    assert refused.code == 2
    assert "--restart" in refused.err
    assert shanzhai(*given, "--jurisdiction", "GD", "--restart").code == 0


def test_interrupted_it_stops_at_once_and_goes_on(workplace, lines):
    crawl = lines(*["今天天气很好，街上的行人不少。" * 400] * 3000)
    command = [sys.executable, "-m", "detector", "screen", crawl, "--out", "out", "--workers", "1"]
    environment = os.environ | {"SHANZHAI_CHUNK_PAGES": "100", "SHANZHAI_SAME_TEXTS": "1"}
    running = subprocess.Popen(
        command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    )
    deadline = time.monotonic() + 60
    while not list(workplace.glob("out/pages/*.parquet")):
        assert time.monotonic() < deadline
        time.sleep(0.01)
    running.send_signal(signal.SIGINT)
    _, said = running.communicate(timeout=20)
    if running.returncode != 0:  # it may have been done by then
        assert running.returncode == 130
        assert "已中断" in said.decode()
    done = subprocess.run(command, env=environment, capture_output=True, check=True)
    assert "共筛查 3000 个网页" in done.stdout.decode()


def test_an_estimate_counts_only_what_this_run_did():
    tally = Tally(listed=1000, complete_list=True, pages=900)
    # 800 of the 900 were done by an earlier run: 10 a second are left to do 100.
    assert "约还需 不到 1 分钟" in describe(tally, 100, 10)
    assert "每秒 10 个" in describe(tally, 100, 10)


def test_no_end_is_promised_before_all_is_listed():
    tally = Tally(listed=100_000, complete_list=False, pages=1000)
    shown = describe(tally, 1000, 20)
    assert "至少 100000" in shown
    assert "至少还需 33 分钟" in shown


class Terminal:
    def __init__(self, live: bool) -> None:
        self.live = live

    def isatty(self) -> bool:
        return self.live


@pytest.mark.parametrize(("live", "shown"), [(True, 4), (False, 1)])
def test_a_log_has_a_line_a_minute_and_a_terminal_a_line_that_moves(capsys, live, shown):
    now = iter(range(0, 200, 20))
    line = RateLine(Terminal(live), clock=lambda: next(now))
    for pages in range(0, 400, 100):
        line.show(Tally(listed=1000, pages=pages))
    assert capsys.readouterr().err.count("已筛查") == shown
