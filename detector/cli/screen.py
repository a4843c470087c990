"""`shanzhai screen`: crawls in, Parquet parts and a summary for each site out."""

from __future__ import annotations

import sys
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from detector.cli.chinese import Command
from detector.cli.options import (
    judging_options,
    ocr_option,
    personal_data_option,
    read_settings,
    rule_options,
)
from detector.cli.output import say
from detector.cli.rate import RateLine
from detector.errors import ExitCode
from detector.model import Outcome
from detector.report.labels import NOTHING_FOUND, OUTCOMES
from detector.settings import Engine, Settings

if TYPE_CHECKING:
    from detector.batch.ledger import Tally

_DEFAULTS = Settings()
HELP = (
    "筛查抓取的网页和成批的文件：WARC、WET、Parquet、Arrow、JSONL、CSV、压缩包（zip、tar）、文件夹，"
    "本地或对象存储（s3:// 等）；写 @清单 则读清单中所列的路径。\n"
    "结果写入目录：findings/ 与 pages/（Parquet）、manifest.json、summary.*（各网站汇总）。\n"
    "中断后用同样的命令继续；出错或超时的网页会被隔离并列出，不影响其余。"
)


@click.command("screen", cls=Command, help=HELP, short_help="成批筛查抓取的网页，可中断续作。")
@click.argument("inputs", nargs=-1, required=True, metavar="输入…")
@click.option("--out", required=True, metavar="目录", help="结果目录。")
@click.option(
    "--resume/--restart",
    default=True,
    help="接着目录中上次的筛查做（默认），或删去其结果从头做。",
)
@click.option("--workers", metavar="个数", help="工作进程数，默认每个处理器一个。")
@click.option(
    "--max-seconds-per-document",
    metavar="秒",
    help=f"一个网页或文件最多用时，默认 {_DEFAULTS.max_seconds_per_document}；超时即隔离。",
)
@click.option(
    "--max-memory",
    metavar="字节",
    help=f"一个工作进程最多占用的内存，默认 {_DEFAULTS.max_memory}。",
)
@click.option(
    "--exclude", multiple=True, metavar="模式", help="不筛查名称与此相符的文件和文件夹；可重复。"
)
@click.option("--url-column", metavar="列名", help="表格中网址所在的列，默认按常用列名辨认。")
@click.option("--html-column", metavar="列名", help="表格中网页源码所在的列。")
@click.option("--text-column", metavar="列名", help="表格中正文所在的列。")
@click.option("--time-column", metavar="列名", help="表格中抓取时间所在的列。")
@click.option(
    "--keep-dismissed/--drop-dismissed",
    default=None,
    help="也写出按上下文已排除的命中（默认），或不写。",
)
@click.option(
    "--engine",
    type=click.Choice([engine.value for engine in Engine]),
    help="在本机运行（local，默认），或在 Ray 集群上运行（ray，见 docs/cluster.md）。",
)
@click.option("--address", "ray_address", metavar="地址", help="Ray 集群的地址，如 auto。")
@click.option(
    "--ocr-gpus", metavar="份额", help="Ray 上每个识别图片的进程占用的 GPU 份额，默认 0。"
)
@judging_options
@ocr_option("--ocr-engine")
@personal_data_option
@rule_options
def screen(
    inputs: tuple[str, ...], resume: bool, exclude: tuple[str, ...], **options: Any
) -> ExitCode:
    """Screen all inputs; what is done stays done however the run ends."""
    from detector.batch.run import screen_inputs

    settings = read_settings(**options)
    settings = replace(settings, out=Path(settings.out))
    line = RateLine(sys.stderr)
    try:
        tally = screen_inputs(
            inputs, settings, exclude=exclude, restart=not resume, listener=line.show
        )
    finally:
        line.end()
    say("\n".join(_summarise(tally, settings.out)))
    return _exit_code(tally, settings.threshold)


def _summarise(tally: Tally, out: Path) -> list[str]:
    counts = ((Outcome.REPORT, tally.report), (Outcome.REVIEW, tally.review))
    found = "，".join(f"{OUTCOMES[outcome]} {count} 处" for outcome, count in counts if count)
    lines = [f"共筛查 {tally.pages} 个网页（文件）。{f'{found}。' if found else NOTHING_FOUND}"]
    if tally.unread:
        lines.append(f"其中 {tally.unread} 个没有读到内容，未作判断；原因见 pages/ 中的 problems。")
    if tally.quarantined:
        lines.append(f"有 {tally.quarantined} 个已隔离，名单见 {out / 'summary.html'}。")
    lines.append(f"各网站汇总：{out / 'summary.html'}、{out / 'summary.csv'}")
    lines.append(f"逐条线索：shanzhai report {out}")
    return lines


def _exit_code(tally: Tally, threshold: Outcome) -> ExitCode:
    grave = tally.report + (tally.review if threshold is not Outcome.REPORT else 0)
    if grave:
        return ExitCode.FINDINGS
    return ExitCode.INCOMPLETE if tally.unread else ExitCode.CLEAN
