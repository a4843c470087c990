"""Screening a generated crawl: speed, scaling, memory, beside the parser and word searches alone.

    python -m benchmarks.crawl [--small] [--no-write] [--pages N]

Each screening is a process of its own, with one worker and with two, over the same pages as WARC
and as Parquet. CPU time is that of the process and all its workers. Peers run over the first
pages of the same crawl (crawl_peers.py). These machines are shared: only the ratios within one
run mean something, and of these CPU time more than time by the clock.
"""

from __future__ import annotations

import argparse
import json
import multiprocessing
import os
import resource
import subprocess
import sys
import tempfile
import time
from itertools import islice
from pathlib import Path

from benchmarks import crawl_peers
from benchmarks.crawl_pages import CrawledPage, draw_crawl, write_parquet, write_warc
from benchmarks.record import write_results
from benchmarks.speed import best_times

PAGES = 50_000
PEER_PAGES = 2_000
EARLY = 10  # memory is looked at after one page in so many, and at the end
WORKERS = (1, 2)


def measure(pages: int = PAGES, peer_pages: int = PEER_PAGES, rounds: int = 5) -> dict:
    """Measure everything; `pages` are screened, the first `peer_pages` are what peers read."""
    with tempfile.TemporaryDirectory() as folder:
        warc, parquet = Path(folder, "crawl.warc.gz"), Path(folder, "crawl.parquet")
        size = _write(pages, warc, parquet)
        runs = {
            f"{path.suffixes[0][1:]}, {workers} workers": _screen(path, workers, pages, size)
            for path in (warc, parquet)
            for workers in WORKERS
        }
    few = list(islice(draw_crawl(pages), peer_pages))
    steps = measure_steps(few, rounds)
    return {
        "pages": pages,
        "megabytes_of_html": round(size / 1e6, 1),
        "screening": runs,
        "ratios": _ratios(runs, steps),
        "one process, one thread": steps,
        "peers": crawl_peers.measure(few, rounds),
    }


def measure_steps(pages: list[CrawledPage], rounds: int) -> dict[str, dict]:
    """Measure reading alone, and reading and judging, in this process."""
    from detector.batch.screener import Screener
    from detector.batch.values import Page
    from detector.model import Source
    from detector.read import Task, read_bytes
    from detector.scanner import Scanner

    scanner = Scanner()
    given = [Page(p.address, p.body, "text/html", p.declared, p.captured) for p in pages]

    def read() -> int:
        tasks = ((Task(p.data, scanner.settings, _no_engine, declared=p.charset), p) for p in given)
        return sum(
            len(read_bytes(task, Source(p.address, media_type=p.media_type)).passages)
            for task, p in tasks
        )

    def screen() -> int:
        screener = Screener(scanner)  # one that remembers nothing
        batch = scanner.settings.batch_passages
        return sum(len(one.result.findings) for one in screener.screen(given, batch))

    seconds, found = best_times({"read into fields": read, "read and judge": screen}, rounds)
    megabytes = sum(len(page.body) for page in pages) / 1e6
    return {
        name: {
            "seconds_cpu": round(seconds[name], 3),
            "megabytes_a_second": round(megabytes / seconds[name], 1),
            "pages_a_second": round(len(pages) / seconds[name]),
            "finds": found[name],
        }
        for name in seconds
    }


def _no_engine():
    raise AssertionError("no page of the crawl needs OCR")


def _write(count: int, warc: Path, parquet: Path) -> int:
    """Write the crawl in both formats; return the bytes of its pages."""
    write_warc(draw_crawl(count), warc)
    write_parquet(draw_crawl(count), parquet)
    return sum(len(page.body) for page in draw_crawl(count))


def _screen(path: Path, workers: int, pages: int, size: int) -> dict:
    """Screen in a process of its own and return what that took."""
    with tempfile.TemporaryDirectory() as out:
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        started = time.perf_counter()
        command = [sys.executable, "-m", "benchmarks.crawl", "screen", path, out, str(workers)]
        done = subprocess.run(command, capture_output=True, check=True)
        seconds = time.perf_counter() - started
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    told = json.loads(done.stdout)
    return {
        "seconds": round(seconds, 1),
        "pages_a_second": round(pages / seconds),
        "megabytes_a_second": round(size / 1e6 / seconds, 1),
        "cpu_milliseconds_a_page": round(cpu / pages * 1000, 3),
        **told,
    }


def _ratios(runs: dict[str, dict], steps: dict[str, dict]) -> dict[str, float]:
    ratios = {}
    for format in ("warc", "parquet"):
        one, two = (runs[f"{format}, {workers} workers"] for workers in WORKERS)
        ratios[f"{format}: speed with two workers to one"] = one["seconds"] / two["seconds"]
        ratios[f"{format}: CPU a page with two workers to one"] = (
            two["cpu_milliseconds_a_page"] / one["cpu_milliseconds_a_page"]
        )
        ratios[f"{format}: memory after all pages to after a tenth"] = max(
            run["worker_megabytes_late"] / run["worker_megabytes_early"] for run in (one, two)
        )
    parts = steps["read into fields"], steps["read and judge"]
    ratios["speed of the pipeline to reading HTML alone"] = (
        parts[1]["pages_a_second"] / parts[0]["pages_a_second"]
    )
    return {name: round(ratio, 3) for name, ratio in ratios.items()}


def screen(path: str, out: str, workers: int) -> dict:
    """Screen in this process; return the counts and the workers' resident memory on the way."""
    from detector.batch.run import screen_inputs
    from detector.settings import Settings

    sizes: list[tuple[int, float]] = []
    settings = Settings(out=Path(out), workers=workers)
    tally = screen_inputs(
        [path], settings, listener=lambda tally: sizes.append((tally.pages, _largest_worker()))
    )
    early = max(size for pages, size in sizes if pages <= tally.pages / EARLY)
    late = next(size for _, size in reversed(sizes) if size)
    return {
        "report": tally.report,
        "review": tally.review,
        "unread": tally.unread,
        "worker_megabytes_early": round(early, 1),
        "worker_megabytes_late": round(late, 1),
    }


def _largest_worker() -> float:
    """Return the resident megabytes of the largest worker."""
    sizes = [0.0]
    for child in multiprocessing.active_children():
        try:
            pages = int(Path(f"/proc/{child.pid}/statm").read_text().split()[1])
        except OSError:  # it ended in between
            continue
        sizes.append(pages * os.sysconf("SC_PAGE_SIZE") / 1e6)
    return max(sizes)


def main() -> int:
    """Run the benchmark from the command line."""
    if sys.argv[1:2] == ["screen"]:
        print(json.dumps(screen(sys.argv[2], sys.argv[3], int(sys.argv[4]))))
        return 0
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--small", action="store_true")
    parser.add_argument("--no-write", action="store_true")
    parser.add_argument("--pages", type=int, default=PAGES)
    arguments = parser.parse_args()
    results = measure(600, 100, 1) if arguments.small else measure(arguments.pages)
    print(json.dumps(results, ensure_ascii=False, indent=1))
    if not (arguments.small or arguments.no_write):
        print(write_results("crawl", results))
    return 0


if __name__ == "__main__":
    sys.exit(main())
