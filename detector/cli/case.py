"""`shanzhai case`: findings and decisions kept in a casebook."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from detector.cli.case_files import CASE_FILES
from detector.cli.case_tables import CASE_TABLES
from detector.cli.chinese import Group
from detector.cli.decide import decide, decisions
from detector.cli.options import casebook_option, read_settings, reviewer_option, rule_options
from detector.cli.output import say
from detector.errors import ExitCode

if TYPE_CHECKING:
    from detector.casebook.bring_in import Imported

CHAINS = {"decisions": "审核决定", "audit": "变更记录"}


@click.group("case", cls=Group, help="案卷库：导入检查结果，核对审核记录，管理案件。")
def case() -> None:
    """Hold the commands."""


case.add_command(decide)
case.add_command(decisions)


@case.command(
    "import",
    help=(
        "把 shanzhai scan 的报告或 shanzhai screen 的结果导入案卷库；重复导入不会重复登记。\n"
        "一份报告要么全部导入，要么完全不导入。"
    ),
    short_help="导入检查结果。",
)
@click.argument("reports", nargs=-1, required=True, metavar="报告…")
@casebook_option
@reviewer_option
@rule_options
def import_(reports: tuple[str, ...], **options: Any) -> ExitCode:
    """Import each report in a transaction of its own."""
    from detector.casebook.bring_in import bring_in
    from detector.cli.results import open_results
    from detector.database import name_of, now, open_database, writing

    settings = read_settings(**options)
    opened = [open_results(Path(report)) for report in reports]
    engine = open_database(settings.casebook, create=True)
    for results, origin in opened:
        with writing(engine) as connection:
            done = bring_in(connection, results, origin, settings.reviewer, now())
        say(f"{origin.name}：{_account(done)}")
    say(f"案卷库：{name_of(settings.casebook)}")
    return ExitCode.CLEAN


@case.command(
    "verify",
    help=(
        "核对审核决定和变更记录：逐条校验，有改动、缺失或插入的，指出在哪一条。\n"
        "请把显示的末条校验值另行抄存；下次用 --known 给出，可查出末尾的记录是否被删。"
    ),
    short_help="核对审核记录有无改动。",
)
@click.option("--known", multiple=True, metavar="校验值", help="以前抄存的末条校验值；可重复。")
@casebook_option
@rule_options
def verify(known: tuple[str, ...], **options: Any) -> ExitCode:
    """Go over both chains; a broken one ends with the code of findings."""
    from detector.casebook.proof import check_chains
    from detector.database import open_database, reading

    settings = read_settings(**options)
    with reading(open_database(settings.casebook)) as connection:
        proof = check_chains(connection, known)
    for chain in proof.chains:
        name = CHAINS[chain.name]
        if chain.broken is None:
            say(f"{name}：{chain.rows} 条，前后相符。末条校验值 {chain.last}")
        else:
            say(f"{name}：第 {chain.broken.number} 条：{chain.broken.what}。", to_stderr=True)
    for hash in proof.missing:
        say(f"校验值 {hash} 不在其中：末尾的记录可能被删去。", to_stderr=True)
    return ExitCode.CLEAN if proof.holds else ExitCode.FINDINGS


for command in (*CASE_FILES, *CASE_TABLES):
    case.add_command(command)


def _account(done: Imported) -> str:
    if done.before:
        return f"{done.before} 已导入过，没有变化。"
    repeated = f"，同一材料中重复出现的 {done.repeated} 处并为一处" if done.repeated else ""
    return (
        f"{done.sources} 份材料，新增 {done.added} 处线索，原有 {done.known} 处已更新{repeated}。"
    )
