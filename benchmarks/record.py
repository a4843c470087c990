"""Where benchmark results go: JSON with the versions they were measured with."""

from __future__ import annotations

import argparse
import json
import platform
from collections.abc import Callable
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path

FOLDER = Path(__file__).parent / "results"
PACKAGES = (
    "numpy",
    "pyahocorasick",
    "daachorse",
    "regex",
    "rapidocr",
    "onnxruntime",
    "pyarrow",
    "fastwarc",
    "selectolax",
    "flashtext",
    "sqlalchemy",
    "psycopg",
)


def run_benchmark(name: str, measure: Callable[[bool], dict], description: str | None) -> int:
    """Run a benchmark from the command line: print its results, and write them unless small."""
    parser = argparse.ArgumentParser(description=description)
    parser.add_argument("--small", action="store_true")
    parser.add_argument("--no-write", action="store_true")
    arguments = parser.parse_args()
    results = measure(arguments.small)
    print(json.dumps(results, ensure_ascii=False, indent=1))
    if not (arguments.small or arguments.no_write):
        print(write_results(name, results))
    return 0


def write_results(name: str, results: dict) -> Path:
    """Write one benchmark's results to benchmarks/results/NAME.json and return the path."""
    import detector
    from detector import load_rules

    record = {
        "benchmark": name,
        "measured": datetime.now(UTC).date().isoformat(),
        "python": platform.python_version(),
        "machine": platform.machine(),
        "detector": detector.__version__,
        "rules": load_rules().version,
        "packages": {package: version(package) for package in PACKAGES},
        "results": results,
    }
    path = FOLDER / f"{name}.json"
    FOLDER.mkdir(exist_ok=True)
    path.write_text(json.dumps(record, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    return path
