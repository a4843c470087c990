"""How fast the HTML report answers in a browser: a report of 5,000 findings, each way to filter it.

    python -m benchmarks.report_page [--small] [--no-write]

A step is timed in the page, from the input event until the frame that shows its result is painted
(two animation frames later). On a shared machine the best of the rounds says what the page takes,
the worst what else ran there. Needs a Chromium on the system.
"""

from __future__ import annotations

import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime
from itertools import cycle, islice
from pathlib import Path
from statistics import median

from playwright.sync_api import Page

from benchmarks.record import run_benchmark
from detector import Scanner
from detector.model import Report, SourceResult
from detector.read import page_images
from detector.report import build_report, write_report
from scripts.take_screenshot import open_report, start_browser

SAMPLES = Path(__file__).parent.parent / "samples"
PICTURES = ("posters/guarantee.jpg", "certificates/alliance-gd.png")
PICTURED = 20  # sources of the full run that have a page picture
KINDS = ("ad", "web", "certificate")
FINDINGS, ROUNDS = 5_000, 7
REST = 250  # milliseconds between steps, so that none pays for the one before
# Five or six findings, one of them dismissed, of several severities and clauses.
TEXT = (
    "报考条件不限学历、不限年龄，我们有内部渠道。报名即包过，考不过退费，零基础也能拿证。\n"
    "本证书国家承认、全国通用，持证可享受政府补贴。本校从不承诺包过。"
)
STEPS = {
    "untick a severity": 'tick("severity", "high")',
    "tick it again": 'tick("severity", "high")',
    "show dismissed ones": 'tick("outcome", "dismissed")',
    "hide them again": 'tick("outcome", "dismissed")',
    "choose a clause": 'choose("clause", 1)',
    "all clauses": 'choose("clause", 0)',
    "choose a source": 'choose("file", 1)',
    "all sources": 'choose("file", 0)',
    "search what many have": 'search("国家")',
    "search what none has": 'search("国家 没有这样的词")',
    "empty the search": 'search("")',
}
TIMED = """async () => {
  const tell = (control) => control.dispatchEvent(new Event("input", { bubbles: true }));
  const tick = (group, value) => {
    const box = document.querySelector(`input[data-group="${group}"][value="${value}"]`);
    box.checked = !box.checked;
    tell(box);
  };
  const choose = (group, at) => {
    const list = document.querySelector(`select[data-group="${group}"]`);
    list.selectedIndex = at;
    tell(list);
  };
  const search = (words) => {
    const box = document.getElementById("search");
    box.value = words;
    tell(box);
  };
  const started = performance.now();
  STEP;
  await new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));
  return performance.now() - started;
}"""


def measure(small: bool = False) -> dict:
    """Measure two reports: the findings stand in many sources, or all in one."""
    scanner = Scanner(jurisdiction="GD")
    findings, rounds = (60, 1) if small else (FINDINGS, ROUNDS)
    texts = scan_texts(scanner, findings)
    pictures = [] if small else scan_pictures(scanner)
    return {
        "many sources": measure_page(scanner, [*pictures, *texts], rounds),
        "one source": measure_page(scanner, [join(texts)], rounds),
    }


def scan_texts(scanner: Scanner, findings: int) -> list[SourceResult]:
    """Return results of text sources, of each kind in turn, with that many findings or more."""
    kinds = [scanner.scan_text(TEXT, kind) for kind in KINDS]
    results: list[SourceResult] = []
    for result in cycle(kinds):
        source = replace(result.source, uri=f"ads/{len(results) + 1:04}.txt")
        results.append(replace(result, source=source))
        findings -= len(result.findings)
        if findings <= 0:
            return results
    return results


def scan_pictures(scanner: Scanner) -> list[SourceResult]:
    """Return results of pictures with findings, as often as the full run takes them in."""
    once = [scanner.scan_file(SAMPLES / name) for name in PICTURES]
    return list(islice(cycle(once), PICTURED))


def join(results: Sequence[SourceResult]) -> SourceResult:
    """Return one source with the findings of all."""
    findings = tuple(finding for result in results for finding in result.findings)
    return replace(results[0], findings=findings)


def measure_page(scanner: Scanner, results: Sequence[SourceResult], rounds: int) -> dict:
    """Write the report of some results, open it, and time each step in some rounds."""
    report = _build(scanner, results)
    with tempfile.TemporaryDirectory() as folder:
        (path,) = write_report(
            report, Path(folder), ["html"], lambda source: page_images(source, scanner.settings)
        )
        size = path.stat().st_size
        started = time.perf_counter()
        with start_browser() as browser, open_report(browser, path, height=1000) as visit:
            loaded = time.perf_counter() - started
            version = browser.version
            steps = _time_steps(visit.page, rounds)
    return {
        "chromium": version,
        "sources": len(results),
        "findings": sum(len(result.findings) for result in results),
        "megabytes": round(size / 1e6, 1),
        "seconds_to_start_and_load": round(loaded, 1),
        "milliseconds": {
            name: {
                "best": round(min(times)),
                "median": round(median(times)),
                "worst": round(max(times)),
            }
            for name, times in steps.items()
        },
    }


def _build(scanner: Scanner, results: Sequence[SourceResult]) -> Report:
    book = scanner.rulebook
    return build_report(results, book.notices, book.version, scanner.settings, datetime.now(UTC))


def _time_steps(page: Page, rounds: int) -> dict[str, list[float]]:
    """Return the milliseconds of each step, the list in the window, all steps in turn."""
    page.evaluate("document.querySelector('.finding:not([hidden])').scrollIntoView()")
    times: dict[str, list[float]] = {name: [] for name in STEPS}
    for _ in range(rounds):
        for name, step in STEPS.items():
            page.wait_for_timeout(REST)
            times[name].append(page.evaluate(TIMED.replace("STEP", step)))
    return times


if __name__ == "__main__":
    sys.exit(run_benchmark("report_page", measure, __doc__))
