"""What the two READMEs show is there and works: commands, options, tables, links."""

from __future__ import annotations

import json
import os
import re
import shlex
import shutil
import subprocess
import sys
from dataclasses import fields
from functools import reduce
from pathlib import Path

import click
import pytest
from PIL import Image

from detector import load_rules
from detector.cli.app import EPILOG, shanzhai
from detector.errors import ExitCode
from detector.examples import run_examples
from detector.settings import ENVIRONMENT_PREFIX, Settings, load_settings

ROOT = Path(__file__).parents[1]
ENGLISH, CHINESE = "README.md", "README.zh-CN.md"
TEXTS = {name: (ROOT / name).read_text(encoding="utf-8") for name in (ENGLISH, CHINESE)}
NOT_MEASURED = {ENGLISH: "not yet measured", CHINESE: "尚未测量"}
SYSTEM = {"source", "apt-get", "cp", "cat"}  # commands that are not the project's own
SCREENED = "screened"  # the folder of the crawl that the README screens
# Commands of the README's section on cases; the first of them makes the report that they work on.
CASEBOOK = {"case", "forms", "review", "stats"}
ADS_REPORT = "ads-report"
TERMINAL = {"review"}  # asks a person; its own tests press the keys
BY_OCR = {".jpg", ".jpeg", ".png", ".pdf"}  # what takes too long to read here
both = pytest.mark.parametrize("readme", TEXTS)


def blocks(readme: str, language: str) -> list[str]:
    return re.findall(rf"^```{language}\n(.*?)^```$", TEXTS[readme], re.M | re.S)


def without_comment(line: str) -> str:
    return re.sub(r"\s+# .*", "", line)


def commands(readme: str) -> list[str]:
    return [without_comment(line) for block in blocks(readme, "sh") for line in block.splitlines()]


def split(command: str) -> list[list[str]]:
    """Return the words of each command of a pipe, without the variables set before it."""
    words = [shlex.split(part) for part in command.split("|")]
    for assignment in (word for part in words for word in part if is_assignment(word)):
        name = assignment.partition("=")[0].removeprefix(ENVIRONMENT_PREFIX).lower()
        assert name in {field.name for field in fields(Settings)}
    return [[word for word in part if not is_assignment(word)] for part in words]


def is_assignment(word: str) -> bool:
    return re.match(r"[A-Z_]+=", word) is not None


def tables(readme: str) -> list[list[str]]:
    """Return the cells of every row of every table."""
    rows = re.findall(r"^\| (.*) \|$", TEXTS[readme], re.M)
    return [[cell.strip() for cell in row.split(" | ")] for row in rows]


def environment() -> dict[str, str]:
    kept = {k: v for k, v in os.environ.items() if not k.startswith(ENVIRONMENT_PREFIX)}
    here = str(Path(sys.executable).parent)
    return {**kept, "PATH": here + os.pathsep + kept["PATH"], "COLUMNS": "80"}


def run(command: str, folder: Path = ROOT) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        command,
        shell=True,
        cwd=folder,
        env=environment(),
        capture_output=True,
        encoding="utf-8",
        check=False,
    )


def parse(words: list[str]) -> None:
    """Let click read the options; raises click.UsageError for what it does not know."""
    group: click.Command = shanzhai
    rest = words
    while isinstance(group, click.Group) and rest and not rest[0].startswith("-"):
        name, *rest = rest
        found = group.get_command(click.Context(group), name)
        assert found, f"{name}: no such command"
        group = found
    if rest != ["--help"]:
        group.make_context(words[0], list(rest))


OWN = [words for command in commands(ENGLISH) for words in split(command) if words[0] not in SYSTEM]


@pytest.mark.parametrize("words", OWN, ids=" ".join)
def test_a_command_exists_and_knows_its_options(words):
    name, *rest = words
    if name == "shanzhai":
        parse(rest)
    elif name == "make":
        done = run(f"make --dry-run {shlex.join(rest)}")
        assert done.returncode == 0, done.stderr
    elif name == "python":
        options = [word for word in rest if word.startswith("--")]
        start = shlex.join(word for word in rest if word not in options)
        usage = run(f"python {start} --help").stdout
        assert usage
        assert not [option for option in options if option not in usage]
    else:
        pytest.fail(f"{name}: not checked; teach this test about it")


def is_cheap(command: str) -> bool:
    words = [word for part in split(command) for word in part]
    text_only = not any(Path(word).suffix in BY_OCR for word in words)
    alone = not {"--rules", SCREENED, ADS_REPORT, *CASEBOOK} & set(words)
    return "shanzhai" in words and text_only and alone


@pytest.mark.parametrize("command", list(filter(is_cheap, commands(ENGLISH))))
def test_a_command_on_text_does_its_job(command):
    done = run(command)
    found = " check " in command  # every text that the README checks has something in it
    assert done.stderr == ""
    assert done.returncode == (ExitCode.FINDINGS if found else ExitCode.CLEAN)


def test_a_crawl_is_screened_and_reported():
    screen, report = [command for command in commands(ENGLISH) if f" {SCREENED}" in command]
    done = run(f"{screen} --restart")
    assert (done.returncode, done.stderr) == (ExitCode.FINDINGS, "")
    done = run(report)
    assert (done.returncode, done.stderr) == (ExitCode.CLEAN, "")
    assert (ROOT / SCREENED / "report" / "report.html").is_file()


def test_findings_become_cases_and_forms(tmp_path):
    (tmp_path / "samples").symlink_to(ROOT / "samples")
    of_cases = [c for c in commands(ENGLISH) if {ADS_REPORT, *CASEBOOK} & set(shlex.split(c))]
    assert len(of_cases) > 10
    for command in of_cases:
        words = shlex.split(command)
        if not TERMINAL & set(words):
            done = run(command, tmp_path)
            found = ExitCode.FINDINGS if "scan" in words else ExitCode.CLEAN
            assert (done.returncode, done.stderr) == (found, ""), command
    assert {path.suffix for path in tmp_path.glob("shanzhai-forms/*")} == {".docx", ".xlsx"}
    assert (tmp_path / "shanzhai-casebook.db").is_file()
    assert (tmp_path / "cases.xlsx").is_file()


def test_both_readmes_show_the_same():
    assert commands(ENGLISH) == commands(CHINESE)
    for language in ("python", "yaml", "text"):
        assert blocks(ENGLISH, language) == blocks(CHINESE, language)
    english, chinese = (
        [[without_comment(line) for line in block.splitlines()] for block in blocks(name, "toml")]
        for name in TEXTS
    )
    assert english == chinese
    headings = [len(re.findall(r"^##? ", text, re.M)) for text in TEXTS.values()]
    assert headings[0] == headings[1]


@both
def test_set_up_comes_first(readme):
    assert commands(readme)[:2] == ["make demo", "make test"]


def test_the_output_shown_is_what_the_command_prints():
    (shown,) = blocks(ENGLISH, "text")
    (command,) = [c for c in commands(ENGLISH) if "--text" in c]
    printed = run(command).stdout.splitlines()
    assert [line for line in shown.splitlines() if line not in printed] == []


def test_the_library_example_runs(monkeypatch, capsys):
    monkeypatch.chdir(ROOT)
    (code,) = blocks(ENGLISH, "python")
    exec(compile(code, ENGLISH, "exec"), {})
    first, *_, last = capsys.readouterr().out.splitlines()
    assert first.startswith("report 包过 ")
    assert last.startswith(("ad ", "web "))


def test_the_settings_example_is_accepted(tmp_path):
    (example,) = blocks(ENGLISH, "toml")
    file = tmp_path / "shanzhai.toml"
    file.write_text(example, encoding="utf-8")
    settings = load_settings(file, environment={})
    assert settings.jurisdiction == ("GD",)
    assert settings.threshold == "review"


def test_the_pack_example_is_a_whole_pack_and_passes_its_examples(tmp_path):
    (example,) = blocks(ENGLISH, "yaml")
    rules = shutil.copytree(ROOT / "rules", tmp_path / "rules")
    (rules / "packs" / "refund.yaml").write_text(example, encoding="utf-8")
    book = load_rules(rules)
    rule = book.rule("refund.fail")
    assert rule.hits and rule.misses and rule.evasions
    failures = run_examples(book, Settings(rules=rules))
    assert [failure for failure in failures if failure.rule == rule.id] == []


@both
def test_exit_codes(readme):
    rows = [row for row in tables(readme) if row[0].isdecimal()]
    assert [int(code) for code, _ in rows] == [code.value for code in ExitCode]
    if readme == CHINESE:
        helped = dict(line.split(maxsplit=1) for line in EPILOG.splitlines()[1:])
        assert dict(rows) == helped


@both
def test_every_notice_stands_beside_its_place(readme):
    rows = {row[0].strip("`"): row[2] for row in tables(readme) if "rules/notices/" in row[-1]}
    for notice in load_rules().notices:
        assert f"[{notice.id}](rules/notices/{notice.id}.yaml)" in rows[notice.jurisdiction]


@both
def test_options_named_in_the_text_exist(readme):
    known = {option for command in shanzhai.commands.values() for option in all_options(command)}
    named = set(re.findall(r"`(--[a-z-]+)", TEXTS[readme]))
    assert named
    assert named <= known


def all_options(command: click.Command) -> set[str]:
    return {name for parameter in command.params for name in parameter.opts}


@both
def test_links_lead_to_files(readme):
    links = re.findall(r"\]\(([^)#\s]+)\)", TEXTS[readme])
    assert [link for link in links if "://" not in link and not (ROOT / link).exists()] == []


@both
def test_pictures_are_shown_and_light_enough_to_load(readme):
    paths = re.findall(r"!\[[^\]]+\]\(([^)]+)\)", TEXTS[readme])
    assert paths
    for path in paths:
        assert (ROOT / path).stat().st_size < 600_000
        with Image.open(ROOT / path) as picture:
            assert picture.format == "PNG"
            assert picture.width >= 1000


@both
def test_figures_are_those_of_the_files(readme):
    """A figure is what its file says; where the file is not there yet, the row says so."""
    rows = [row for row in tables(readme) if re.fullmatch(r"`\w+\.json`", row[-2])]
    assert rows
    expected = {what: figure(readme, file, place) for what, _, file, place in rows}
    assert {what: shown for what, shown, *_ in rows} == expected


def figure(readme: str, file: str, place: str) -> str:
    path = ROOT / "benchmarks" / "results" / file.strip("`")
    if not path.is_file():
        return NOT_MEASURED[readme]
    results = json.loads(path.read_text(encoding="utf-8"))["results"]
    return str(reduce(lambda value, key: value[key], place.strip("`").split("."), results))
