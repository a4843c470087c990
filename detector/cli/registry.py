"""`shanzhai registry`: lists of institutions imported, exported, shown, asked."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from detector.cli.chinese import Group
from detector.cli.options import casebook_option, read_settings, reviewer_option, rule_options
from detector.cli.output import say
from detector.errors import ExitCode, UsageError
from detector.model import Institution, RegistryCheck, Roll, Standing
from detector.report.columns import clean
from detector.report.labels import STANDINGS
from detector.settings import Settings

if TYPE_CHECKING:
    from detector.registry.store import Version

INSTITUTIONS = "institutions"
ROLLS = {Roll.WHITE: "白名单", Roll.BLACK: "黑名单"}
ASKED = "查询"
GRAVE = frozenset({Standing.BLACK_LISTED, Standing.LOOK_ALIKE})
roll_option = click.option(
    "--list",
    "roll",
    type=click.Choice([roll.value for roll in Roll]),
    help="white 备案名单（白名单），black 黑名单。",
)


@click.group(
    "registry", cls=Group, help="导入、导出、查看备案机构白名单和黑名单，查询机构和变更记录。"
)
def registry() -> None:
    """Hold the commands."""


@registry.command(
    "import",
    help=(
        "从 CSV 或 XLSX 导入备案机构名单或黑名单；重复导入不会重复登记，变更前的内容保留。\n"
        "有问题的行不导入，逐行列出，并以退出码 3 结束。栏目名称见 docs/registry.md。"
    ),
    short_help="导入名单。",
)
@click.argument("file", metavar="文件")
@roll_option
@click.option("--sheet", metavar="名称", help="XLSX 的工作表，默认第一张。")
@click.option("--whole", is_flag=True, help="文件是完整名单：名单中有而文件中没有的，移出名单。")
@casebook_option
@reviewer_option
@rule_options
def import_(
    file: str, roll: str | None, sheet: str | None, whole: bool, **options: Any
) -> ExitCode:
    """Import one file and say which rows were kept out."""
    from detector.database import name_of
    from detector.registry.bring_in import bring_in

    settings = read_settings(**options)
    done = bring_in(
        Path(file),
        settings.casebook,
        Roll(roll) if roll else None,
        sheet,
        actor=settings.reviewer,
        whole=whole,
    )
    for fault in done.faults:
        say(clean(f"第 {fault.row} 行“{fault.column}”：{fault.what}。"), to_stderr=True)
    added, changed, same, removed = done.counts
    gone = f"，移出 {removed} 个" if removed else ""
    say(
        f"{name_of(settings.casebook)}：新增 {added} 个机构，更新 {changed} 个，"
        f"未变 {same} 个{gone}。"
    )
    if not done.faults:
        return ExitCode.CLEAN
    kept = "因此没有移出任何机构，" if whole else ""
    say(f"有 {len(done.faults)} 行没有导入，{kept}请改正后重新导入。", to_stderr=True)
    return ExitCode.INCOMPLETE


@registry.command("list", help="列出名单中的全部机构。")
@roll_option
@casebook_option
@rule_options
def list_(roll: str | None, **options: Any) -> ExitCode:
    """Print one line for each institution."""
    for one in _on(roll, _institutions(read_settings(**options))):
        say(clean(_line(one)))
    return ExitCode.CLEAN


@registry.command(
    "export",
    help="把名单写成 CSV 或 XLSX（按扩展名），可用表格软件打开、修改后再导入。",
    short_help="导出名单。",
)
@click.argument("file", metavar="文件")
@roll_option
@casebook_option
@rule_options
def export(file: str, roll: str | None, **options: Any) -> ExitCode:
    """Write the lists, as they are now, into a table."""
    from detector.registry.write import write_listing

    listed = list(_on(roll, _institutions(read_settings(**options))))
    write_listing(Path(file), listed)
    say(f"{file}：{len(listed)} 个机构。")
    return ExitCode.CLEAN


@registry.command("history", help="显示一个机构在名单中的全部记录：何时列入、变更、移出。")
@click.argument("name", metavar="机构名称")
@casebook_option
@rule_options
def history(name: str, **options: Any) -> ExitCode:
    """Print what lists ever said of a name."""
    from detector.database import open_database, reading
    from detector.registry.store import read_history

    settings = read_settings(**options)
    with reading(open_database(settings.casebook)) as connection:
        versions = read_history(connection, name)
    for version in versions:
        say(clean(_version_line(version)))
    if not versions:
        say(f"名单中从未有过“{name}”。")
    return ExitCode.CLEAN


@registry.command("remove", help="把一个机构移出名单；原来的记录保留，见 history。")
@click.argument("name", metavar="机构名称")
@click.option(
    "--list",
    "roll",
    required=True,
    type=click.Choice([roll.value for roll in Roll]),
    help="移出哪个名单。",
)
@click.option("--reason", required=True, metavar="事由", help="移出的事由。")
@casebook_option
@reviewer_option
@rule_options
def remove(name: str, roll: str, reason: str, **options: Any) -> ExitCode:
    """Take one institution off a list."""
    from detector.database import now, open_database, writing
    from detector.registry import store

    settings = read_settings(**options)
    with writing(open_database(settings.casebook)) as connection:
        store.remove(connection, Roll(roll), name, reason, settings.reviewer, now())
    say(f"已移出{ROLLS[Roll(roll)]}：{name}。")
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
@casebook_option
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
    from detector.database import exists
    from detector.registry import load_institutions

    if not exists(settings.casebook):
        raise UsageError(
            f"没有案卷库 {settings.casebook}，也就没有机构名单。请先用 shanzhai registry import "
            "导入，或用 --casebook 指定。"
        )
    return load_institutions(settings.casebook)


def _on(roll: str | None, listed: Sequence[Institution]) -> list[Institution]:
    return [one for one in listed if roll in (None, one.roll)]


def _line(one: Institution) -> str:
    until = f"有效期 {one.valid_from or '…'} 至 {one.valid_to or '…'}"
    dated = until if one.valid_from or one.valid_to else ""
    scope = "、".join(one.occupations)
    parts = (ROLLS[one.roll], one.name, one.body, one.code, one.province, scope, dated)
    return "  ".join(part for part in (*parts, one.reason, one.document) if part)


def _version_line(version: Version) -> str:
    until = version.until[:19].replace("T", " ") or "今"
    return (
        f"{version.since[:19].replace('T', ' ')} 至 {until}  {_line(version.institution)}"
        f"  （{version.origin}）"
    )


def _answer(found: RegistryCheck) -> str:
    return f"{found.name}：{STANDINGS[found.standing]}。{found.detail}"
