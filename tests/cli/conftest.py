"""A command line run in this process, and one in a process of its own."""

from __future__ import annotations

import io
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import NamedTuple

import pytest

from detector.cli import main

ROOT = Path(__file__).parents[2]
ADVERT = "电工证培训，包过，不过退费。\n"
PLAIN = "本店新到面包，欢迎品尝。\n"


class Outcome(NamedTuple):
    code: int
    out: str
    err: str


@pytest.fixture(autouse=True)
def workplace(tmp_path, monkeypatch):
    """Every test starts in an empty folder, without settings of the one who runs it."""
    monkeypatch.chdir(tmp_path)
    for name in [name for name in os.environ if name.startswith("SHANZHAI_")]:
        monkeypatch.delenv(name)
    return tmp_path


@pytest.fixture
def shanzhai(capsys):
    def run(*arguments: object) -> Outcome:
        code = main([str(argument) for argument in arguments])
        captured = capsys.readouterr()
        return Outcome(code, captured.out, captured.err)

    return run


@pytest.fixture
def typed(monkeypatch):
    """Put bytes on the standard input."""

    def put(data: bytes) -> None:
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(data)))

    return put


@pytest.fixture
def process():
    """Run `python -m detector`; the output comes back as bytes."""

    def run(*arguments: object, **options: object) -> subprocess.CompletedProcess:
        environment = dict(os.environ) | options.pop("env", {})
        return subprocess.run(
            [sys.executable, "-m", "detector", *map(str, arguments)],
            env=environment,
            capture_output=True,
            timeout=120,
            check=False,
            **options,
        )

    return run


@pytest.fixture
def report(workplace):
    """Return the report that a scan wrote into the usual folder."""

    def load() -> dict:
        return json.loads((workplace / "shanzhai-report/report.json").read_text(encoding="utf-8"))

    return load


@pytest.fixture
def advert(workplace):
    path = workplace / "招生.txt"
    path.write_text(ADVERT, encoding="utf-8")
    return path


@pytest.fixture
def plain(workplace):
    path = workplace / "面包.txt"
    path.write_text(PLAIN, encoding="utf-8")
    return path


@pytest.fixture
def own_rules(tmp_path_factory):
    """Return a copy of the rules, with one pack only, to be changed at will."""
    folder = tmp_path_factory.mktemp("rules") / "rules"
    shutil.copytree(ROOT / "rules", folder)
    for pack in (folder / "packs").iterdir():
        if pack.name != "guarantee.yaml":
            pack.unlink()
    return folder
