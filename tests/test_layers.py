"""The rooms of the house stand in layers, and imports only point down (docs/architecture.md)."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
PACKAGE = ROOT / "detector"

# Lowest first; a room imports only from rooms on a lower line.
LAYERS = (
    ("model", "errors"),
    ("settings",),
    ("database",),
    ("rulebook", "registry"),
    ("text", "ocr"),
    ("marks",),
    ("read", "match", "tagger"),
    ("judge",),
    ("scanner", "report"),
    ("examples", "batch", "casebook"),
    ("forms",),
    ("cli",),
    ("__main__",),
)
HEIGHT = {room: height for height, rooms in enumerate(LAYERS) for room in rooms}
# The package itself names its public members and loads them on use: it stands beside the layers.
DOORPLATE = PACKAGE / "__init__.py"

FILES = sorted(path for path in PACKAGE.rglob("*.py") if path != DOORPLATE)


def room_of(path: Path) -> str:
    return path.relative_to(PACKAGE).with_suffix("").parts[0]


def imports_of(path: Path) -> Iterator[tuple[int, str]]:
    """Yield line and name of each module or member that a file imports."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from ((node.lineno, alias.name) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}:{node.lineno}: a relative import"
            yield from ((node.lineno, f"{node.module}.{alias.name}") for alias in node.names)


def named_in(path: Path) -> Iterator[tuple[int, str]]:
    """Yield line and name of each module that a table of a file names, to be loaded on use."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            module, _, member = node.value.partition(":")
            if re.fullmatch(r"detector(\.\w+)+", module) and member.isidentifier():
                yield node.lineno, module


def neighbours(path: Path) -> Iterator[tuple[int, str]]:
    """Yield line and room of each import from another room, at once or on use."""
    for line, name in (*imports_of(path), *named_in(path)):
        first, *rest = name.split(".")
        if first == "detector" and rest and rest[0] != room_of(path) and rest[0] in HEIGHT:
            yield line, rest[0]


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_imports_point_down(path):
    assert room_of(path) in HEIGHT, "a new room needs a place in LAYERS"
    upward = [
        f"line {line}: {room_of(path)} imports {room}"
        for line, room in neighbours(path)
        if HEIGHT[room] >= HEIGHT[room_of(path)]
    ]
    assert upward == []


def modules_of(path: Path) -> Iterator[Path]:
    """Yield the files of the same room that a file imports."""
    for _, name in imports_of(path):
        target = ROOT.joinpath(*name.split("."))
        for file in (target.with_suffix(".py"), target.parent.with_suffix(".py")):
            if file in FILES and file != path and room_of(file) == room_of(path):
                yield file
                break


def test_the_files_of_a_room_import_each_other_in_no_ring():
    graph = {path: set(modules_of(path)) for path in FILES if path.name != "__init__.py"}
    while leaves := [path for path, targets in graph.items() if not targets & graph.keys()]:
        for path in leaves:
            del graph[path]
    assert [path.name for path in graph] == []


def test_the_lowest_rooms_import_nothing_of_the_package():
    files = [PACKAGE / f"{room}.py" for room in LAYERS[0]]
    names = [name for path in files for _, name in imports_of(path)]
    assert [name for name in names if name.startswith("detector")] == []


def test_the_documentation_shows_the_rooms_in_the_same_order():
    table = (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8")
    rows = re.findall(r"^\| \d+ \| (.+?) \|", table, re.M)
    shown = [re.sub(r"\.py$|/$", "", name) for row in rows for name in re.findall(r"`(.+?)`", row)]
    placed = [room for rooms in LAYERS for room in rooms if room in shown]
    assert shown == placed
