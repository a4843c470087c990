"""`shanzhai scan`: folders and files in, a report out."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from detector.cli.chinese import Command
from detector.cli.options import (
    baseline_options,
    build_scanner,
    choose_formats,
    decisions_option,
    format_options,
    judging_options,
    read_baseline,
    reading_options,
    rule_options,
)
from detector.cli.output import say
from detector.cli.progress import page_progress
from detector.cli.scanning import (
    add_up,
    count_followed,
    find_decisions,
    find_labels,
    follow_decisions,
    give_up,
    scan_one,
)
from detector.cli.summary import summarise
from detector.errors import ExitCode, ProblemCode, UsageError
from detector.model import Report, Source, SourceResult
from detector.report import USUAL, build_report, write_report
from detector.settings import Settings

if TYPE_CHECKING:
    from detector.report.baseline import Baseline
    from detector.scanner import Scanner

HELP = (
    "扫描文件夹（含下级）、文件或通配符，把报告写入目录。写“-”则读标准输入。\n"
    "坏文件不会中断扫描；没有读到的内容会列在报告里。"
)


@click.command("scan", cls=Command, help=HELP, short_help="扫描文件夹和文件，写出报告。")
@click.argument("paths", nargs=-1, required=True, metavar="路径…")
@click.option("--out", metavar="目录", help=f"报告目录，默认 {Settings().out}。")
@format_options(USUAL)
@click.option(
    "--exclude",
    multiple=True,
    metavar="模式",
    help="不扫描名称与此相符的文件和文件夹，如 '*.json'；可重复。",
)
@decisions_option
@baseline_options
@judging_options
@reading_options
@rule_options
def scan(
    paths: tuple[str, ...],
    formats: tuple[str, ...],
    no_bom: bool,
    exclude: tuple[str, ...],
    decisions: bool,
    baseline: str | None,
    only_new: bool,
    **options: Any,
) -> ExitCode:
    """Scan all sources; the report is written also where something cut the run short."""
    known = read_baseline(baseline, only_new)
    scanner = build_scanner(**options)
    standing = find_decisions(scanner.settings, decisions)
    sources = _find_sources(paths, exclude, scanner.settings.out, baseline)
    _make_folder(scanner.settings.out)
    results: list[SourceResult] = []
    try:
        _scan(scanner, sources, results)
    finally:
        if results:
            results += _not_reached(scanner, sources[len(results) :])
            results = follow_decisions(results, standing)
            report = _report(scanner, results, known)
            _write(scanner, report, choose_formats(formats, no_bom, USUAL))
            for line in count_followed(report.results, standing):
                say(line)
    return add_up(report.results if only_new else results, scanner.settings.threshold)


def _find_sources(
    paths: Sequence[str], exclude: Sequence[str], out: Path, baseline: str | None
) -> list[Source]:
    """List the sources; in a scanned folder an earlier report and the baseline are passed over.

    They hold the words that were found before. Where they are named they are scanned.
    """
    from detector.read import find_sources

    sources = list(find_sources(paths, exclude))
    for own in (out, Path(baseline)) if baseline else (out,):
        if not any(_is_within(path, own) for path in paths):
            sources = [source for source in sources if not _is_within(source.uri, own)]
    if not sources:
        raise UsageError("所给路径中除以前的报告和排除的名称外没有文件。请检查路径。")
    return sources


def _is_within(path: str, folder: Path) -> bool:
    absolute = os.path.abspath(path)  # noqa: PTH100 resolving raises on links in a circle
    return Path(absolute).is_relative_to(folder.absolute())


def _make_folder(folder: Path) -> None:
    """Make the folder for the report before hours are spent on what it is to hold."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise UsageError(
            f"报告目录 {folder} 无法建立（{error.strerror}）。请用 --out 换一个目录。"
        ) from error


def _scan(scanner: Scanner, sources: Sequence[Source], results: list[SourceResult]) -> None:
    """Append the result of each source, so that those before an interruption are kept."""
    labels = find_labels(scanner)
    with page_progress(len(sources)) as progress:
        for source in sources:
            read = partial(scanner.read_source, source, progress.turn)
            result = scan_one(scanner, labels, source, read).result
            progress.finish(result.pages)
            results.append(result)


def _not_reached(scanner: Scanner, sources: Iterable[Source]) -> Iterator[SourceResult]:
    what = "扫描中途结束，没有轮到此项。请重新扫描。"
    for source in sources:
        yield give_up(scanner, source, ProblemCode.NOT_REACHED, what).result


def _report(scanner: Scanner, results: Sequence[SourceResult], known: Baseline) -> Report:
    from detector.report.baseline import hide_known

    settings, book = scanner.settings, scanner.rulebook
    now = datetime.now().astimezone()
    return hide_known(build_report(results, book.notices, book.version, settings, now), known)


def _write(scanner: Scanner, report: Report, formats: Sequence[str]) -> None:
    from detector.read import page_images

    settings = scanner.settings
    files = write_report(
        report, settings.out, formats, lambda source: page_images(source, settings)
    )
    say("\n".join(summarise(report, files)))
