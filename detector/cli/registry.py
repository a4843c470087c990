"""`shanzhai registry`: lists of institutions imported, shown, asked."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

import click

from detector.cli.chinese import Group
from detector.cli.options import read_settings, registry_option, rule_options
from detector.cli.output import say
from detector.errors import ExitCode, UsageError
from detector.model import Institution, RegistryCheck, Roll, Standing
from detector.report.columns import clean
from detector.report.labels import STANDINGS
from detector.settings import Settings

INSTITUTIONS = "institutions"
ROLLS = {Roll.WHITE: "白名单", Roll.BLACK: "黑名单"}
ASKED = "查询"
GRAVE = frozenset({Standing.BLACK_LISTED, Standing.LOOK_ALIKE})


@click.group("registry", cls=Group, help="导入、查看备案评价机构名单和黑名单，或查询机构。")
def registry() -> None:
    """Hold the commands."""


@registry.command(
    "import",
    help=(
        "从 CSV 或 XLSX 导入备案评价机构名单或黑名单；重复导入不会重复登记。\n"
        "有问题的行不导入，逐行列出，并以退出码 3 结束。栏目名称见 docs/registry.md。"
    ),
    short_help="导入名单。",
)
@click.argument("file", metavar="文件")
@click.option(
    "--list",
    "roll",
    type=click.Choice([roll.value for roll in Roll]),
    help="white 备案名单（白名单），black 黑名单；表中有“名单”一栏时可不写。",
)
@click.option("--sheet", metavar="名称", help="XLSX 的工作表，默认第一张。")
@registry_option
@rule_options
def import_(file: str, roll: str | None, sheet: str | None, **options: Any) -> ExitCode:
    """Import one file and say which rows were kept out."""
    from detector.registry import bring_in

    settings = read_settings(**options)
    done = bring_in(Path(file), settings.registry, Roll(roll) if roll else None, sheet)
    for fault in done.faults:
        say(clean(f"第 {fault.row} 行“{fault.column}”：{fault.what}。"), to_stderr=True)
    added, changed, same = done.counts
    say(f"{settings.registry}：新增 {added} 个机构，更新 {changed} 个，未变 {same} 个。")
    if not done.faults:
        return ExitCode.CLEAN
    say(f"有 {len(done.faults)} 行没有导入，请改正后重新导入。", to_stderr=True)
    return ExitCode.INCOMPLETE


@registry.command("list", help="列出名单中的全部机构。")
@registry_option
@rule_options
def list_(**options: Any) -> ExitCode:
    """Print one line for each institution."""
    settings = read_settings(**options)
    for one in _institutions(settings):
        say(clean(_line(one)))
    return ExitCode.CLEAN


@registry.command(
    "check",
    help="查询一个机构：在名单内、超出范围、过期、黑名单、名称仿冒，还是不在名单内。\n"
    "黑名单和名称仿冒以退出码 1 结束。",
    short_help="查询一个机构。",
)
@click.argument("name", metavar="机构名称")
@click.option("--occupation", "occupations", multiple=True, metavar="职业", help="另查评价范围。")
@click.option("--as-of", metavar="日期", help="按这一天查有效期，如 2024-01-31；默认今天。")
@registry_option
@rule_options
def check(name: str, occupations: tuple[str, ...], **options: Any) -> ExitCode:
    """Print what the registry says of a name."""
    from detector.registry import Named, Registry, look_up
    from detector.rulebook import load_rules

    settings = read_settings(**options)
    lexicon = load_rules(settings.rules).lexicons.get(INSTITUTIONS)
    if lexicon is None:
        raise UsageError(
            f"规则目录 {settings.rules} 缺少词表 {INSTITUTIONS}。请从随程序安装的规则中复制。"
        )
    found = look_up(
        Registry(_institutions(settings), lexicon),
        Named(name, ASKED, settings.as_of or date.today(), occupations=occupations),
    )
    say(clean(_answer(found)))
    return ExitCode.FINDINGS if found.standing in GRAVE else ExitCode.CLEAN


def _institutions(settings: Settings) -> Sequence[Institution]:
    from detector.registry import load_institutions

    if not settings.registry.exists():
        raise UsageError(
            f"没有机构名单 {settings.registry}。请先用 shanzhai registry import 导入，"
            "或用 --registry 指定文件。"
        )
    return load_institutions(settings.registry)


def _line(one: Institution) -> str:
    until = f"有效期 {one.valid_from or '…'} 至 {one.valid_to or '…'}"
    dated = until if one.valid_from or one.valid_to else ""
    scope = "、".join(one.occupations)
    parts = (ROLLS[one.roll], one.name, one.code, one.province, scope, dated)
    return "  ".join(part for part in (*parts, one.reason, one.document) if part)


def _answer(found: RegistryCheck) -> str:
    return f"{found.name}：{STANDINGS[found.standing]}。{found.detail}"
