"""`shanzhai report`: the folder of a screening in, reports of its findings out."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from detector.cli.chinese import Command
from detector.cli.options import read_settings, rule_options
from detector.cli.output import say
from detector.cli.summary import summarise
from detector.errors import ExitCode, UsageError
from detector.model import Outcome
from detector.report import FORMATS, write_report

if TYPE_CHECKING:
    from detector.batch.manifest import Manifest
    from detector.batch.render import Choice, Selection
    from detector.rulebook import RuleBook

FOLDER = "report"
PICTURELESS = ("json", "html")
LIMIT = 2_000  # pages: what a browser opens from disk without complaint
HELP = (
    "把 shanzhai screen 的结果目录写成报告：线索最多的网页在前，其后是没有读全的。\n"
    "总计是全部已筛查网页的，不只是列出的；个人信息是否遮盖与筛查时相同。"
)


@click.command("report", cls=Command, help=HELP, short_help="把成批筛查的结果写成报告。")
@click.argument("folder", metavar="结果目录")
@click.option(
    "--format",
    "formats",
    multiple=True,
    type=click.Choice(list(FORMATS)),
    help=f"报告格式，可重复；默认 {'、'.join(PICTURELESS)}。",
)
@click.option("--out", metavar="目录", help=f"报告目录，默认结果目录下的 {FOLDER}。")
@click.option("--site", default="", metavar="网站", help="只列这个网站（主机名）的。")
@click.option("--clause", default="", metavar="条款", help="只列引用这一条款的，如 通知代号#条目。")
@click.option(
    "--outcome",
    "outcomes",
    multiple=True,
    type=click.Choice([outcome.value for outcome in Outcome]),
    help="只列这种结论的，可重复；默认 report 和 review。",
)
@click.option(
    "--limit",
    type=click.IntRange(min=1),
    default=LIMIT,
    metavar="个数",
    help=f"最多列出几个网页，默认 {LIMIT}。",
)
@rule_options
def report(
    folder: str,
    formats: tuple[str, ...],
    out: str | None,
    site: str,
    clause: str,
    outcomes: tuple[str, ...],
    limit: int,
    **options: Any,
) -> ExitCode:
    """Write the report; a folder without anything to list gives one that says so."""
    from detector.batch.manifest import read_manifest
    from detector.batch.render import STANDING, Choice, recorded_settings, select
    from detector.rulebook import load_rules

    source = Path(folder)
    manifest = read_manifest(source)
    settings = read_settings(**(recorded_settings(manifest) | options))
    rulebook = load_rules(settings.rules)
    chosen = tuple(map(Outcome, outcomes)) or STANDING
    choice = Choice(limit, chosen, site.strip(), clause.strip())
    _check(manifest, choice, rulebook)
    now = datetime.now().astimezone()
    selection = select(source, manifest, choice, rulebook.notices, settings, now)
    if choice.site and not selection.report.totals.sources:
        raise UsageError(f"结果中没有网站 {choice.site}。请照 summary.csv 的“网站”一栏填写。")
    target = Path(out) if out else source / FOLDER
    files = write_report(selection.report, target, formats or PICTURELESS, selection.pages)
    say("\n".join([*summarise(selection.report, files), *_notes(manifest, selection, rulebook)]))
    return ExitCode.CLEAN


def _check(manifest: Manifest, choice: Choice, rulebook: RuleBook) -> None:
    """Refuse a choice that could only give an empty report, which would pass for a clean one."""
    kept = manifest.settings.get("keep_dismissed") != "false"
    if Outcome.DISMISSED in choice.outcomes and not kept:
        raise UsageError(
            "这次筛查没有写出已排除的命中，不能列出。"
            "请去掉 --outcome dismissed，或用 --keep-dismissed 重新筛查。"
        )
    known = {clause.id for notice in rulebook.notices for clause in notice.clauses}
    if choice.clause and choice.clause not in known:
        raise UsageError(f"规则中没有条款 {choice.clause}。请照 summary.json 中的 clauses 填写。")


def _notes(manifest: Manifest, selection: Selection, rulebook: RuleBook) -> Iterator[str]:
    if selection.left_out:
        listed = len(selection.report.results)
        yield (
            f"只列出 {listed} 个网页，另有 {selection.left_out} 个未列出。"
            "可用 --site、--clause 缩小范围，或用 --limit 调大个数；"
            "全部线索在结果目录的 findings/ 中。"
        )
    if unread := selection.report.totals.unread:
        yield f"已筛查的网页中有 {unread} 个没有读到内容，未作判断。"
    if not manifest.complete:
        yield "这次筛查尚未完成，报告只含已完成的部分。"
    if rulebook.version != manifest.rules:
        yield "当前规则与筛查时的不同，条款的标题和概要按当前规则写出。"
