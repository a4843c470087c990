"""Write the figures of benchmarks/results/ into the tables of both READMEs.

python scripts/fill_figures.py

A row of those tables names its file and the place in it; only the second cell is changed.
"""

from __future__ import annotations

import json
import re
from functools import reduce
from pathlib import Path

ROOT = Path(__file__).parents[1]
RESULTS = ROOT / "benchmarks" / "results"
ROW = re.compile(r"^\| (?P<what>.+?) \| .+? \| `(?P<file>\w+\.json)` \| `(?P<place>.+)` \|$", re.M)


def fill(row: re.Match[str]) -> str:
    """Return the row with the figure that stands at its place; raises KeyError where none does."""
    results = json.loads((RESULTS / row["file"]).read_text("utf-8"))["results"]
    figure = reduce(lambda value, key: value[key], row["place"].split("."), results)
    return f"| {row['what']} | {figure} | `{row['file']}` | `{row['place']}` |"


def main() -> None:
    """Rewrite both READMEs."""
    for name in ("README.md", "README.zh-CN.md"):
        text = (ROOT / name).read_text("utf-8")
        (ROOT / name).write_text(ROW.sub(fill, text), "utf-8")


if __name__ == "__main__":
    main()
