"""`shanzhai case decide` and `case decisions`: decisions from scripts and tables, and out again."""

from __future__ import annotations

import uuid
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from detector.casebook.labels import VERDICTS
from detector.casebook.values import Decision, Verdict
from detector.cli.chinese import Command
from detector.cli.options import casebook_option, read_settings, reviewer_option, rule_options
from detector.cli.output import say
from detector.errors import ExitCode, UsageError
from detector.report.columns import clean
from detector.report.files import write_bytes

if TYPE_CHECKING:
    from detector.settings import Settings


EACH = "，".join(f"{verdict} {name}" for verdict, name in VERDICTS.items())


@click.command(
    "decide",
    cls=Command,
    help=(
        f"对线索作审核决定：{EACH}。线索写指纹，见报告的 JSON 或 CSV。\n"
        "也可用 --from 导入别处作的决定；有问题的行不导入，逐行列出，并以退出码 3 结束。"
    ),
    short_help="记录审核决定，供脚本使用。",
)
@click.argument("fingerprints", nargs=-1, metavar="指纹…")
@click.option("--verdict", type=click.Choice([one.value for one in Verdict]), help="审核决定。")
@click.option("--reason", default="", metavar="文字", help="理由。")
@click.option(
    "--from", "table", metavar="文件", help="CSV：线索指纹、审核决定、审核人、审核时间、理由。"
)
@casebook_option
@reviewer_option
@rule_options
def decide(
    fingerprints: tuple[str, ...],
    verdict: str | None,
    reason: str,
    table: str | None,
    **options: Any,
) -> ExitCode:
    """Append one verdict on several findings, all or none; or the rows of a table."""
    settings = read_settings(**options)
    if table is not None and not (fingerprints or verdict or reason):
        return _bring_in(Path(table), settings)
    if table is not None or verdict is None or not fingerprints:
        raise UsageError(
            "请给出指纹和 --verdict，或只给 --from。用法见 shanzhai case decide --help。"
        )
    count = _append(fingerprints, verdict, reason, settings)
    say(f"已记录 {count} 条审核决定。")
    return ExitCode.CLEAN


@click.command(
    "decisions",
    cls=Command,
    help="把全部审核决定写成 CSV，可用表格软件打开，也可用 case decide --from 导入另一个案卷库。",
    short_help="导出审核决定。",
)
@click.option("--out", required=True, metavar="文件", help="写入的 CSV 文件。")
@casebook_option
@rule_options
def decisions(out: str, **options: Any) -> ExitCode:
    """Write the whole chain of decisions, withdrawn ones too."""
    from detector.casebook.decision_table import export_table
    from detector.database import open_database, reading

    with reading(open_database(read_settings(**options).casebook)) as connection:
        data, count = export_table(connection)
    try:
        write_bytes(Path(out), data)
    except OSError as error:
        raise UsageError(f"{out} 无法写入（{error.strerror}）。请检查目录和权限。") from error
    say(f"{out}：{count} 条审核决定。")
    return ExitCode.CLEAN


def _append(fingerprints: tuple[str, ...], verdict: str, reason: str, settings: Settings) -> int:
    from detector.casebook.decisions import decide as append
    from detector.database import now, open_database, writing

    at, once = now(), dict.fromkeys(fingerprints)
    with writing(open_database(settings.casebook)) as connection:
        for one in once:
            id = uuid.uuid4().hex
            append(connection, Decision(id, one, Verdict(verdict), settings.reviewer, at, reason))
    return len(once)


def _bring_in(table: Path, settings: Settings) -> ExitCode:
    from detector.casebook.decision_table import bring_in_table
    from detector.database import open_database, writing

    with writing(open_database(settings.casebook)) as connection:
        done = bring_in_table(connection, table)
    for fault in done.faults:
        say(clean(f"第 {fault.row} 行：{fault.what}。"), to_stderr=True)
    say(f"{table}：新增 {done.added} 条审核决定，原有 {done.known} 条。")
    if not done.faults:
        return ExitCode.CLEAN
    say(f"有 {len(done.faults)} 行没有导入，请改正后重新导入。", to_stderr=True)
    return ExitCode.INCOMPLETE
