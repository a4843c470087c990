"""`shanzhai report`: any result in, reports of its findings out, without scanning again."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import click

from detector.cli.chinese import Command
from detector.cli.options import (
    baseline_options,
    casebook_option,
    choose_formats,
    decisions_option,
    format_options,
    read_baseline,
    read_settings,
    rule_options,
)
from detector.cli.output import say
from detector.cli.scanning import (
    add_up_totals,
    count_followed,
    find_decisions,
    follow_in_report,
)
from detector.cli.summary import summarise
from detector.errors import ExitCode, UsageError
from detector.model import Outcome, Report
from detector.report import PageImages, write_report
from detector.report.choice import LIMIT, Choice, check_choice, choose
from detector.report.columns import clean
from detector.settings import Settings, load_settings

if TYPE_CHECKING:
    from detector.batch.manifest import Manifest
    from detector.batch.render import Selection
    from detector.casebook.values import Decision
    from detector.report.baseline import Baseline
    from detector.rulebook import RuleBook

FOLDER = "report"
PICTURELESS = ("json", "html")
HELP = (
    "把已有的结果写成各种格式的报告，不重新扫描。\n"
    "结果是 shanzhai scan 的报告目录、其中的 report.json 或 report.jsonl（旧版本写的也可以），"
    "或 shanzhai screen 的结果目录。\n"
    "筛查结果中线索最多的网页在前，其后是没有读全的；总计是全部材料的，不只是列出的。"
    "个人信息是否遮盖与扫描时相同。原件还在原处时，报告中有其图片。"
)


class _Opened(NamedTuple):
    """What was chosen of a result, what draws its pages, and what to say beside the summary.

    `spare` is the folder of a whole report, where one with a part of it must not be written.
    """

    report: Report
    pages: PageImages
    notes: list[str]
    spare: Path | None = None


class _Asked(NamedTuple):
    """What part of a result is asked for, what of it is known, and what people decided on it."""

    choice: Choice
    known: Baseline
    standing: Mapping[str, Decision]


@click.command("report", cls=Command, help=HELP, short_help="把已有的结果写成各种格式的报告。")
@click.argument("result", metavar="结果")
@format_options(PICTURELESS)
@click.option("--out", metavar="目录", help=f"报告目录，默认结果目录下的 {FOLDER}。")
@click.option("--site", default="", metavar="网站", help="只列这个网站（主机名）的。")
@click.option("--clause", default="", metavar="条款", help="只列引用这一条款的，如 通知代号#条目。")
@click.option(
    "--outcome",
    "outcomes",
    multiple=True,
    type=click.Choice([outcome.value for outcome in Outcome]),
    help="只列这种结论的，可重复；默认全部，筛查结果默认 report 和 review。",
)
@click.option(
    "--limit",
    type=click.IntRange(min=1),
    metavar="个数",
    help=f"最多列出几份材料，线索多的在先；默认全部，筛查结果默认 {LIMIT} 个网页。",
)
@baseline_options
@decisions_option
@casebook_option
@rule_options
def report(
    result: str,
    formats: tuple[str, ...],
    no_bom: bool,
    out: str | None,
    site: str,
    clause: str,
    outcomes: tuple[str, ...],
    limit: int | None,
    baseline: str | None,
    only_new: bool,
    decisions: bool,
    casebook: str | None,
    **options: Any,
) -> ExitCode:
    """Write the reports; a result without anything to list gives ones that say so."""
    path = Path(result)
    known = read_baseline(baseline, only_new)
    choice = Choice(limit, tuple(map(Outcome, outcomes)), site.strip(), clause.strip())
    open_ = _open_screening if _is_screening(path) else _open_report
    standing = find_decisions(read_settings(options["settings_file"], casebook=casebook), decisions)
    opened = open_(path, _Asked(choice, known, standing), options)
    folder = path if path.is_dir() else path.parent
    target = Path(out) if out else folder / FOLDER
    _keep_whole(opened, target)
    chosen = choose_formats(formats, no_bom, PICTURELESS)
    files = write_report(opened.report, target, chosen, opened.pages)
    say("\n".join([*summarise(opened.report, files), *map(clean, opened.notes)]))
    return add_up_totals(opened.report) if only_new else ExitCode.CLEAN


def _keep_whole(opened: _Opened, target: Path) -> None:
    """Refuse to write a part of a report over the whole one."""
    if opened.spare and opened.spare.resolve() == target.resolve():
        raise UsageError(
            f"目录 {target} 中是完整的报告，不能用只含一部分的或沿用审核决定的覆盖。"
            "请用 --out 换一个目录。"
        )


def _is_screening(path: Path) -> bool:
    if not path.is_dir():
        return False
    from detector.batch.manifest import MANIFEST

    return (path / MANIFEST).is_file()


def _open_report(path: Path, asked: _Asked, options: dict[str, Any]) -> _Opened:
    from detector.report.baseline import hide_known
    from detector.report.saved import drawing_settings, find_saved, load_saved, pages_of
    from detector.report.wording import describe_choice

    file = find_saved(path)
    if path.is_dir() and not file.is_file():
        raise UsageError(
            f"目录 {path} 中没有 {file.name}，也没有 manifest.json。"
            "请指定 shanzhai scan 的报告目录，或 shanzhai screen 的结果目录；"
            "若筛查还没有完成，请先完成。"
        )
    whole = load_saved(file)
    check_choice(whole, asked.choice)
    followed = follow_in_report(whole, asked.standing)
    chosen = choose(hide_known(followed, asked.known), asked.choice)
    pages = pages_of(file, _merge_settings(drawing_settings(whole), options))
    spare = None if chosen == whole else file.parent
    notes = [*describe_choice(chosen), *count_followed(chosen.results, asked.standing)]
    return _Opened(chosen, pages, notes, spare)


def _open_screening(path: Path, asked: _Asked, options: dict[str, Any]) -> _Opened:
    from detector.batch.manifest import read_manifest
    from detector.batch.render import recorded_settings, select
    from detector.rulebook import load_rules

    manifest, choice = read_manifest(path), asked.choice
    settings = _merge_settings(recorded_settings(manifest), options)
    rulebook = load_rules(settings.rules)
    _check(manifest, choice, rulebook)
    now = datetime.now().astimezone()
    selection = select(path, manifest, choice, rulebook.notices, settings, now, asked.known)
    if choice.site and not selection.report.totals.sources:
        raise UsageError(f"结果中没有网站 {choice.site}。请照 summary.csv 的“网站”一栏填写。")
    report = follow_in_report(selection.report, asked.standing)
    followed = count_followed(report.results, asked.standing)
    return _Opened(report, selection.pages, [*_notes(manifest, selection, rulebook), *followed])


def _merge_settings(recorded: dict[str, str], options: dict[str, Any]) -> Settings:
    """Merge the settings that a result was made with, as text, and the command line's."""
    file, rules = options["settings_file"], options["rules"]
    return load_settings(Path(file) if file else None, **(recorded | {"rules": rules}))


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
