"""`shanzhai explain`: every candidate of a text with all that was weighed, the dismissed too."""

from __future__ import annotations

import re
import shutil
import sys
from functools import partial
from pathlib import Path
from typing import Any

import click

from detector.cli.chinese import Command
from detector.cli.options import build_scanner, judging_options, reading_options, rule_options
from detector.cli.output import say
from detector.cli.scanning import find_labels, scan_one, text_of
from detector.errors import ExitCode
from detector.model import Source

_WITH_LINE = re.compile(r"(.+):([1-9]\d*)")


@click.command(
    "explain",
    cls=Command,
    help="逐处说明判断的经过，包括按上下文排除的候选。文件名后可加“:行号”，只看一行。",
    short_help="说明每处候选为何报告或排除。",
)
@click.argument("target", metavar="文件[:行号] | -")
@judging_options
@reading_options
@rule_options
def explain(target: str, **options: Any) -> ExitCode:
    """Print the candidates of one file, or of one of its lines."""
    from detector.report.terminal import render_explanation

    scanner = build_scanner(**options)
    labels = find_labels(scanner)
    name, line = _split(target)
    source = Source(uri=name)
    scanned = scan_one(scanner, labels, source, partial(scanner.read_source, source))
    text = text_of(scanned, labels)
    width = shutil.get_terminal_size().columns
    shown = render_explanation(scanned.result, text, line, sys.stdout.isatty(), width)
    say(shown.rstrip("\n"))
    return ExitCode.INCOMPLETE if scanned.result.problems else ExitCode.CLEAN


def _split(target: str) -> tuple[str, int | None]:
    """Part a line's number from a file's name; a name that exists as it stands is whole."""
    found = None if Path(target).exists() else _WITH_LINE.fullmatch(target)
    return (found[1], int(found[2])) if found else (target, None)
