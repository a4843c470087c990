"""Speed: the text pipeline beside automata alone, one ad, pages through OCR, and importing.

    python -m benchmarks.speed [--small] [--no-write]

All methods run in turn on the same raw text, several rounds; the best CPU time of each counts.
These machines are shared: only the ratios within one run mean something.
"""

from __future__ import annotations

import json
import subprocess
import sys
import time
from collections.abc import Callable, Iterable, Iterator
from itertools import islice
from pathlib import Path
from statistics import median

import ahocorasick
import daachorse

from benchmarks.pages import CASES, draw_pages
from benchmarks.record import run_benchmark
from detector import Scanner
from detector.model import Outcome

SAMPLES = Path(__file__).parent.parent / "samples"
PICTURES = ("certificates", "posters")
BATCH = 50
AD = 500  # characters
AUTOMATA = ("pyahocorasick", "daachorse")
Run = Callable[[], int]


def measure(small: bool = False) -> dict:
    """Measure everything; `small` takes few pages and pictures."""
    return {
        "text": measure_text(pages=100 if small else 2000, rounds=2 if small else 7),
        "ad": measure_ad(ads=20 if small else 500),
        "ocr": measure_ocr(pictures=1 if small else 10),
        "import": measure_import(rounds=1 if small else 5),
    }


def measure_text(pages: int, rounds: int) -> dict:
    """Measure the pipeline and its parts beside automata alone over the same raw text."""
    texts = list(draw_pages(pages))
    scanner = Scanner()
    scanner.scan_text("证书包过", "ad")  # whatever is loaded on first use is loaded now
    matcher, normaliser = scanner._matcher, scanner._normaliser
    batches = [texts[at : at + BATCH] for at in range(0, len(texts), BATCH)]
    words, terms = word_lists(scanner)
    runs: dict[str, Run] = {
        "pyahocorasick alone, all words": pyahocorasick_alone(words, texts),
        "pyahocorasick alone, terms of the packs": pyahocorasick_alone(terms, texts),
        "daachorse alone, all words": daachorse_alone(words, texts),
        "normalise": lambda: sum(len(normaliser.normalise(batch)) for batch in batches),
        "normalise and match": lambda: sum(
            len(matched.hits) for batch in batches for matched in matcher.find(batch)
        ),
        "whole pipeline, 50 pages a batch": lambda: _standing(scanner.scan_texts(texts, "ad")),
        "whole pipeline, kind inferred": lambda: _standing(scanner.scan_texts(texts)),
    }
    seconds, found = best_times(runs, rounds)
    megabytes = sum(len(text.encode()) for text in texts) / 1e6
    base, reference = (seconds[f"{name} alone, all words"] for name in AUTOMATA)
    return {
        "pages": pages,
        "megabytes": round(megabytes, 2),
        "words": len(words),
        "terms": len(terms),
        "methods": {
            name: {
                "megabytes_a_second": round(megabytes / seconds[name], 1),
                "times_pyahocorasick": round(base / seconds[name], 2),
                "times_daachorse": round(reference / seconds[name], 3),
                "finds": found[name],
            }
            for name in runs
        },
    }


def word_lists(scanner: Scanner) -> tuple[list[str], list[str]]:
    """Return all words that the detector looks for, and those of the packs' rules among them."""
    vocabulary = scanner._matcher._vocabulary
    terms = {term.text for rule in scanner.rulebook.rules for term in rule.terms}
    return sorted({*vocabulary.words, *vocabulary.telling}), sorted(terms)


def measure_ad(ads: int) -> dict:
    """Measure what one ad of the labelled cases takes alone, in CPU milliseconds.

    Each ad is another one and is scanned once, so that nothing remembered from before helps.
    """
    scanner = Scanner()
    scanner.scan_text("证书包过", "ad")
    milliseconds = []
    for text in islice(_ads(), ads):
        started = time.process_time()
        scanner.scan_text(text, "ad")
        milliseconds.append((time.process_time() - started) * 1000)
    return {
        "characters": AD,
        "ads": len(milliseconds),
        "milliseconds_best": round(min(milliseconds), 2),
        "milliseconds_median": round(median(milliseconds), 2),
    }


def _ads() -> Iterator[str]:
    """Yield texts of AD characters, each of the next labelled ads one after the other."""
    cases = map(json.loads, CASES.read_text("utf-8").splitlines())
    text = ""
    for case in (case for case in cases if case["kind"] == "ad"):
        text += case["text"] + "\n"
        if len(text) >= AD:
            yield text[:AD]
            text = ""


def measure_ocr(pictures: int) -> dict:
    """Measure reading pictures of the samples; the engine is loaded before."""
    from detector.read import find_sources

    every = [s for s in find_sources([str(SAMPLES / name) for name in PICTURES]) if _is_picture(s)]
    scanner = Scanner()
    scanner.read_source(every[0])
    started = time.process_time(), time.perf_counter()
    documents = [scanner.read_source(source) for source in every[:pictures]]
    cpu, wall = time.process_time() - started[0], time.perf_counter() - started[1]
    pages = sum(document.pages for document in documents)
    return {
        "engine": scanner.settings.ocr_engine,
        "pages": pages,
        "lines": sum(len(p.lines) for document in documents for p in document.passages),
        "cpu_seconds_a_page": round(cpu / pages, 2),
        "pages_a_second": round(pages / wall, 2),
    }


def measure_import(rounds: int) -> dict:
    """Measure the CPU seconds that `import detector` adds to starting Python."""
    bare = min(_cpu_of("pass") for _ in range(rounds))
    loaded = min(_cpu_of("import detector") for _ in range(rounds))
    return {"cpu_seconds": round(loaded - bare, 3), "limit": 0.15}


def _cpu_of(statement: str) -> float:
    code = f"{statement}\nimport time\nprint(time.process_time())"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True)
    return float(done.stdout)


def best_times(runs: dict[str, Run], rounds: int) -> tuple[dict[str, float], dict[str, int]]:
    """Return the best CPU seconds of each run and what it counted.

    All run in turn, so that a busy spell of the machine hits all alike.
    """
    seconds = dict.fromkeys(runs, float("inf"))
    found = {}
    for _ in range(rounds):
        for name, run in runs.items():
            started = time.process_time()
            found[name] = run()
            seconds[name] = min(seconds[name], time.process_time() - started)
    return seconds, found


def pyahocorasick_alone(words: Iterable[str], texts: list[str]) -> Run:
    """Return what counts all occurrences of the words with pyahocorasick."""
    automaton = ahocorasick.Automaton()
    for word in words:
        automaton.add_word(word, len(word))
    automaton.make_automaton()
    return lambda: sum(1 for text in texts for _ in automaton.iter(text))


def daachorse_alone(words: list[str], texts: list[str]) -> Run:
    """Return what counts all occurrences of the words with daachorse."""
    automaton = daachorse.CharwiseDoubleArrayAhoCorasick(words)
    return lambda: sum(len(automaton.find_overlapping(text)) for text in texts)


def _standing(results: Iterable) -> int:
    return sum(f.outcome is not Outcome.DISMISSED for r in results for f in r.findings)


def _is_picture(source) -> bool:
    return Path(source.uri).suffix in {".jpg", ".png", ".webp", ".bmp"}


if __name__ == "__main__":
    sys.exit(run_benchmark("speed", measure, __doc__))
