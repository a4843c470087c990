"""Scans: pages drawn with truth, read by the project and by the stock engine in turn.

    python -m benchmarks.scans [--pages N] [--kinds A,B] [--worst N] [--save FOLDER] [--no-write]

Both engines run in one process on one thread, page by page in turn, on the same pictures; times
are CPU seconds. These machines are shared: only the ratios within one run mean something.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from benchmarks import counting
from benchmarks.counting import Counts
from benchmarks.drawn.kinds import KINDS, draw
from benchmarks.drawn.large import draw_large
from benchmarks.drawn.truth import Page
from benchmarks.reading import Project, Reading, Stock, on_one_thread
from benchmarks.record import write_results
from detector.model import Institution, Roll

PAGES = 130
MEGAPIXELS = 40
ALL = "all"
LAWFUL = "standard"  # the kind among whose pages lawful ones are
HEAD = (
    "kind", "pages", "wrong %", "stock", "terms", "stock", "order", "stock", "s/page", "stock",
    "times", "marks", "seals", "false", "arc", "emblem", "wmark", "alarm", "hosts", "fields",
    "clean",
)  # fmt: skip
_PEAK = """
import sys
from detector import Scanner
document = Scanner().read_file(sys.argv[1])
assert document.passages, document.problems
status = open("/proc/self/status").read()
print(status.split("VmHWM:")[1].split()[0])
"""


def measure(pages: int = PAGES, kinds: Sequence[str] = tuple(KINDS), memory: bool = True,
            save: Path | None = None) -> dict:  # fmt: skip
    """Read pages of all kinds with both engines and count what they got right."""
    on_one_thread()
    project, stock = Project(filed_bodies(pages, kinds)), Stock()
    sums: dict[str, Counts] = {}
    each: list[dict] = []
    for page in draw_pages(pages, kinds):
        if save is not None:
            save.mkdir(parents=True, exist_ok=True)
            (save / page.name).write_bytes(page.data)
        ours, images = project.read(page)
        theirs = stock.read(images)
        counts = count(page, ours, theirs)
        each.append(_of_page(page, ours, theirs, counts))
        print(json.dumps(each[-1], ensure_ascii=False), file=sys.stderr, flush=True)
        for name in (page.kind, ALL):
            sums.setdefault(name, Counter()).update(counts)
    return {
        "kinds": {name: figures(counts) for name, counts in sums.items()},
        "peak_megabytes": measure_memory() if memory else None,
        "pages": each,
    }


def filed_bodies(pages: int, kinds: Sequence[str]) -> list[Institution]:
    """Return the issuers of the lawful pages as a registry lists them."""
    of_each = -(-pages // len(kinds))
    lawful = draw_pages(of_each, [kind for kind in kinds if kind == LAWFUL])
    return [
        Institution(page.fields["发证机构"], Roll.WHITE, occupations=(page.fields["职业名称"],))
        for page in lawful
        if page.lawful
    ]


def draw_pages(count: int, kinds: Sequence[str]) -> Iterator[Page]:
    """Draw so many pages, spread evenly over the kinds."""
    for at in range(count if kinds else 0):
        seed, kind = divmod(at, len(kinds))
        yield draw(kinds[kind], seed)


def count(page: Page, ours: Reading, theirs: Reading) -> Counts:
    """Count one page, the stock engine's figures under names of their own."""
    counts: Counts = Counter(files=1, pages=page.pages)
    for name, reading in (("project", ours), ("stock", theirs)):
        counts[f"{name}.seconds"] = reading.seconds
        for what, number in counting.count_reading(page, reading).items():
            counts[f"{name}.{what}"] = number
    if ours.mark_seconds is not None:
        counts["mark_seconds"] = ours.mark_seconds
    counts.update(counting.count_marks(page, ours))
    counts.update(counting.count_fields(page, ours))
    return counts


def figures(counts: Counts) -> dict[str, Any]:
    """Return the figures that counts come to; None where nothing was there to count."""
    made: dict[str, Any] = {"files": counts["files"], "pages": counts["pages"]}
    for name in ("project", "stock"):
        made[name] = {
            "character_error": _share(counts, f"{name}.wrong", f"{name}.characters", 4),
            "terms_found": _share(counts, f"{name}.terms_found", f"{name}.terms"),
            "in_order": _share(counts, f"{name}.pairs_in_order", f"{name}.pairs"),
            "cpu_seconds_a_page": round(counts[f"{name}.seconds"] / counts["pages"], 3),
        }
    made["terms"] = counts["project.terms"]
    made["times_stock"] = _share(counts, "project.seconds", "stock.seconds")
    made["marks_times_stock"] = (
        _share(counts, "mark_seconds", "stock.seconds") if "mark_seconds" in counts else None
    )
    for name, right, of in (
        ("seals_found", "seals_found", "seals"),
        ("arc_characters", "arc_right", "arc"),
        ("emblems_found", "emblems_found", "emblems"),
        ("watermarks_found", "watermarks_found", "watermarks"),
        ("emblem_alarms", "emblem_alarms", "emblem_negatives"),
        ("code_hosts", "hosts_found", "hosts"),
        ("bar_codes", "bars_found", "bars"),
        ("fields_right", "fields_right", "fields"),
        ("lawful_clean", "lawful_clean", "lawful"),
    ):
        made[name] = _share(counts, right, of)
    made["seals_false"] = (
        round(counts["seals_false"] / max(1, counts["seals"]), 3) if counts["seals"] else None
    )
    made["counted"] = {
        k: counts[k]
        for k in ("seals", "emblems", "watermarks", "hosts", "bars", "fields", "lawful")
    }
    return made


def _share(counts: Counts, part: str, whole: str, places: int = 3) -> float | None:
    return round(counts[part] / counts[whole], places) if counts[whole] else None


def _of_page(page: Page, ours: Reading, theirs: Reading, counts: Counts) -> dict:
    """Return what tells where a page went wrong."""
    return {
        "page": page.name,
        "look": page.look,
        "wrong": counts["project.wrong"],
        "stock_wrong": counts["stock.wrong"],
        "characters": counts["project.characters"],
        "terms": f"{counts['project.terms_found']}/{counts['project.terms']}",
        "stock_terms": f"{counts['stock.terms_found']}/{counts['stock.terms']}",
        "seals": f"{counts['seals_found']}/{counts['seals']}+{counts['seals_false']}",
        "seconds": round(ours.seconds, 2),
        "stock_seconds": round(theirs.seconds, 2),
    }


def measure_memory(megapixels: float = MEGAPIXELS) -> int:
    """Return the peak of resident megabytes of a process that reads one large scan."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "large.jpg"
        path.write_bytes(draw_large(megapixels))
        done = subprocess.run(
            [sys.executable, "-c", _PEAK, str(path)], capture_output=True, check=True
        )
    return round(int(done.stdout) / 1000)


def print_table(results: dict) -> None:
    """Print a row for each kind; "–" where a part is not there or nothing was to be found."""
    print(" ".join(f"{name:>7}" if i else f"{name:<12}" for i, name in enumerate(HEAD)))
    for kind, row in results["kinds"].items():
        ours, theirs = row["project"], row["stock"]
        cells = [
            row["pages"], _percent(ours["character_error"]), _percent(theirs["character_error"]),
            ours["terms_found"], theirs["terms_found"], ours["in_order"], theirs["in_order"],
            ours["cpu_seconds_a_page"], theirs["cpu_seconds_a_page"], row["times_stock"],
            row["marks_times_stock"], row["seals_found"], row["seals_false"], row["arc_characters"],
            row["emblems_found"], row["watermarks_found"], row["emblem_alarms"], row["code_hosts"],
            row["fields_right"], row["lawful_clean"],
        ]  # fmt: skip
        print(f"{kind:<12} " + " ".join(f"{'–' if c is None else c:>7}" for c in cells))
    print(f"peak memory on {MEGAPIXELS} megapixels: {results['peak_megabytes'] or '–'} MB")


def _percent(share: float | None) -> float | None:
    return None if share is None else round(share * 100, 2)


def print_worst(results: dict, number: int) -> None:
    """Print the pages with the most wrong characters or missed terms."""

    def badness(page: dict) -> float:
        found, of = map(int, page["terms"].split("/"))
        return page["wrong"] + 10 * (of - found)

    for page in sorted(results["pages"], key=badness, reverse=True)[:number]:
        print(json.dumps(page, ensure_ascii=False))


def main() -> int:
    """Run the benchmark from the command line."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--pages", type=int, default=PAGES)
    parser.add_argument("--kinds", default=",".join(KINDS), help="names with commas between")
    parser.add_argument("--worst", type=int, default=0, help="list so many of the worst pages")
    parser.add_argument("--save", type=Path, help="keep the drawn files there")
    parser.add_argument("--no-memory", action="store_true")
    parser.add_argument("--no-write", action="store_true")
    chosen = parser.parse_args()
    results = measure(chosen.pages, chosen.kinds.split(","), not chosen.no_memory, chosen.save)
    print_table(results)
    print_worst(results, chosen.worst)
    if not chosen.no_write:
        print(write_results("scans", results))
    return 0


if __name__ == "__main__":
    sys.exit(main())
