"""`shanzhai check`: advertising copy in, findings to the terminal."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Iterator
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Any

import click

from detector.cli.chinese import Command
from detector.cli.options import (
    build_scanner,
    decisions_option,
    judging_options,
    reading_options,
    rule_options,
)
from detector.cli.output import say
from detector.cli.scanning import (
    Scanned,
    add_up,
    find_decisions,
    find_labels,
    follow_decisions,
    scan_one,
    text_of,
)
from detector.errors import ExitCode, UsageError
from detector.model import DocumentKind
from detector.report.columns import clean
from detector.report.mask import Labels

if TYPE_CHECKING:
    from detector.report.wording import Lookup
    from detector.scanner import Scanner

HELP = (
    "检查文案，在终端逐处列出发现：行列、原文、条款、理由和改法。\n"
    "文件写“-”则读标准输入；也可用 --text 直接给出文字。没有指定类型的按广告检查。"
)
TYPED = "文本"  # stands where a file's name would


@click.command("check", cls=Command, help=HELP, short_help="检查文案，结果显示在终端。")
@click.argument("files", nargs=-1, metavar="文件… | -")
@click.option("--text", metavar="文字", help="要检查的文字。")
@decisions_option
@judging_options
@reading_options
@rule_options
def check(files: tuple[str, ...], text: str | None, decisions: bool, **options: Any) -> ExitCode:
    """Print the findings of each text."""
    if bool(files) == bool(text):
        raise UsageError("请给出文件、“-”或 --text 之一。用法见 shanzhai check --help。")
    scanner = build_scanner(**{**options, "kind": options["kind"] or DocumentKind.AD})
    standing = find_decisions(scanner.settings, decisions)
    labels = find_labels(scanner)
    notices = scanner.rulebook.notices
    clauses = {clause.id: (notice, clause) for notice in notices for clause in notice.clauses}
    results = []
    for document, judged in _scan(scanner, labels, files, text):
        [result] = follow_decisions([judged], standing)
        scanned = Scanned(document, result)
        if len(files) > 1:
            say(f"── {clean(result.source.uri)}")
        say(_render(scanned, labels, clauses))
        results.append(result)
    return add_up(results, scanner.settings.threshold)


def _scan(
    scanner: Scanner, labels: Labels | None, files: tuple[str, ...], text: str | None
) -> Iterator[Scanned]:
    from detector.read import find_sources, read_text

    if text:
        document = read_text(text)
        document = replace(document, source=replace(document.source, uri=TYPED))
        yield scan_one(scanner, labels, document.source, lambda: document)
    for source in find_sources(files):
        yield scan_one(scanner, labels, source, partial(scanner.read_source, source))


def _render(scanned: Scanned, labels: Labels | None, clauses: Lookup) -> str:
    from detector.report.terminal import render_check

    text = text_of(scanned, labels)
    width = shutil.get_terminal_size().columns
    shown = render_check(scanned.result, text, clauses, sys.stdout.isatty(), width)
    return shown.rstrip("\n")
