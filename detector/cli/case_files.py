"""`shanzhai case`: cases opened by hand or from findings, and what is added to them."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from detector.cli.case_values import changing_options, read_body, read_case_number, read_value
from detector.cli.chinese import Command
from detector.cli.options import read_settings
from detector.cli.output import say
from detector.errors import ExitCode, UsageError
from detector.report.columns import clean

if TYPE_CHECKING:
    from detector.casebook.groups import Added
    from detector.casebook.values import Case
    from detector.settings import Settings

ORGANS = "ministries"  # the lexicon of those whom forgers name


@click.command("open", cls=Command, help="立卷：新建一个案件，显示它的编号。")
@click.option("--institution", required=True, metavar="名称", help="被查机构或项目的名称。")
@click.option(
    "--body", required=True, metavar="类型", help="机构类型，按进展情况表各行的名称，可写一部分。"
)
@click.option("--number", default="", metavar="编号", help="本单位的案号；默认自动编号。")
@click.option("--code", default="", metavar="代码", help="统一社会信用代码或备案编号。")
@click.option("--region", default="", metavar="地区", help="归哪个地区统计。")
@click.option("--lead", default="", metavar="来源", help="线索来源。")
@click.option("--opened", default="", metavar="日期", help="线索日期，默认今天。")
@click.option("--practice", "practices", multiple=True, metavar="情形", help="违规情形；可重复。")
@click.option("--finding", "findings", multiple=True, metavar="指纹", help="线索；可重复。")
@changing_options
def open_(
    institution: str,
    body: str,
    number: str,
    code: str,
    region: str,
    lead: str,
    opened: str,
    practices: tuple[str, ...],
    findings: tuple[str, ...],
    **options: Any,
) -> ExitCode:
    """Open one case."""
    from detector.casebook.cells import read_date, read_number, read_practices, read_text
    from detector.casebook.opening import open_case
    from detector.casebook.values import Case
    from detector.database import now, open_database, writing

    settings = read_settings(**options)
    case = Case(
        number=read_value("选项 --number", read_number, number),
        institution=read_value("选项 --institution", read_text, institution),
        body=read_body(body),
        opened=read_value("选项 --opened", read_date, opened) or date.today(),
        code=read_value("选项 --code", read_text, code),
        practices=read_value("选项 --practice", read_practices, "、".join(practices)),
        region=read_value("选项 --region", read_text, region),
        lead=read_value("选项 --lead", read_text, lead),
        fingerprints=findings,
    )
    with writing(open_database(settings.casebook, create=True)) as connection:
        say(open_case(connection, case, settings.reviewer, now()).number)
    return ExitCode.CLEAN


@click.command(
    "step",
    cls=Command,
    help="登记一项措施或进展：约谈、限期整改、立案、破案、追回补贴资金……名称可写一部分。",
    short_help="登记措施或进展。",
)
@click.argument("number", metavar="编号")
@click.argument("kind", metavar="措施")
@click.option("--on", "day", default="", metavar="日期", help="作出的日期，默认今天。")
@click.option("--amount", default="", metavar="元", help="金额，如 12000.00 或 1.2万。")
@click.option("--persons", default="", metavar="人数", help="追究责任或约谈的人数。")
@click.option("--by", default="", metavar="单位", help="办理单位。")
@click.option("--detail", default="", metavar="说明", help="文号、期限等。")
@changing_options
def step(
    number: str,
    kind: str,
    day: str,
    amount: str,
    persons: str,
    by: str,
    detail: str,
    **options: Any,
) -> ExitCode:
    """Add one step to a case."""
    from detector.casebook.cells import (
        chosen_from,
        read_count,
        read_date,
        read_sum,
        read_text,
    )
    from detector.casebook.history import describe_step
    from detector.casebook.labels import STEPS
    from detector.casebook.opening import add_to_case
    from detector.casebook.values import Step, StepKind
    from detector.database import now, open_database, writing
    from detector.report.mask import mask_text

    settings = read_settings(**options)
    taken = Step(
        kind=read_value("参数“措施”", chosen_from(StepKind, STEPS), kind),
        day=read_value("选项 --on", read_date, day) or date.today(),
        by=read_value("选项 --by", read_text, by),
        amount=read_value("选项 --amount", read_sum, amount),
        persons=read_value("选项 --persons", read_count, persons),
        detail=read_value("选项 --detail", read_text, detail),
    )
    number = read_case_number(number)
    with writing(open_database(settings.casebook)) as connection:
        added = add_to_case(connection, number, settings.reviewer, now(), steps=[taken])
    done = "已登记" if added else "原已登记"
    say(clean(f"案件 {number} {done}：{mask_text(describe_step(taken))}"))
    return ExitCode.CLEAN


@click.command(
    "group",
    cls=Command,
    help=(
        "把审核确认的线索归到材料所写的机构名下：没有未结案件的机构，各立一卷。\n"
        "机构类型由程序按名单推定，写明在备注里，须核对。"
    ),
    short_help="把线索归集成案件。",
)
@click.option(
    "--undecided", is_flag=True, help="连同尚未审核、按规则疑似违规的线索；已排除的不算。"
)
@changing_options
def group(undecided: bool, **options: Any) -> ExitCode:
    """Group findings, and say what was opened and what could not be placed."""
    from detector.casebook.groups import group_findings
    from detector.database import now, open_database, writing

    settings = read_settings(**options)
    organs = _organs(settings)
    with writing(open_database(settings.casebook)) as connection:
        done = group_findings(
            connection,
            settings.reviewer,
            now(),
            opened=date.today(),
            undecided=undecided,
            organs=organs,
        )
    for what, cases in (("立卷", done.opened), ("并入", done.added)):
        for one in cases:
            say(clean(f"{what}  {_line(one)}"))
    say(f"立卷 {len(done.opened)} 件，并入已有案件 {len(done.added)} 件。")
    if done.homeless:
        say(
            f"有 {len(done.homeless)} 条线索的材料没有写明机构，未归集；"
            "请用 shanzhai case open --finding 指纹 自行立卷。",
            to_stderr=True,
        )
    return ExitCode.CLEAN


@click.command(
    "evidence",
    cls=Command,
    help=(
        "给案件登记证据文件（文件名、大小、SHA-256；文件留在原处），或用 --check 核对。\n"
        "核对时有文件缺失或改动的，以退出码 1 结束。"
    ),
    short_help="登记、核对证据文件。",
)
@click.argument("number", metavar="编号")
@click.argument("files", nargs=-1, metavar="文件…")
@click.option("--note", default="", metavar="说明", help="文件是什么。")
@click.option("--check", "folder", metavar="目录", help="核对案件的证据是否都在目录里、没有改动。")
@changing_options
def evidence(
    number: str, files: tuple[str, ...], note: str, folder: str | None, **options: Any
) -> ExitCode:
    """Add files to a case, or tell what became of those that it has."""
    if bool(files) is bool(folder):
        raise UsageError("请写要登记的证据文件，或用 --check 目录 核对已登记的。")
    settings = read_settings(**options)
    number = read_case_number(number)
    if folder:
        return _check(number, Path(folder), settings)
    return _add(number, files, note, settings)


def _add(number: str, files: tuple[str, ...], note: str, settings: Settings) -> ExitCode:
    from detector.casebook.cells import read_text
    from detector.casebook.evidence import read_evidence
    from detector.casebook.opening import add_to_case
    from detector.database import now, open_database, writing

    at = now()
    said = read_value("选项 --note", read_text, note)
    added = [read_evidence(Path(file), at, said) for file in files]
    with writing(open_database(settings.casebook)) as connection:
        add_to_case(connection, number, settings.reviewer, at, evidence=added)
    for one in added:
        say(clean(f"{one.sha256}  {one.name}"))
    return ExitCode.CLEAN


def _check(number: str, folder: Path, settings: Settings) -> ExitCode:
    from detector.casebook.evidence import State, check_evidence
    from detector.casebook.opening import must_find
    from detector.cli.case_text import show_checked
    from detector.database import open_database, reading

    with reading(open_database(settings.casebook)) as connection:
        case = must_find(connection, number)
    checked = check_evidence(case.evidence, folder)
    for line in show_checked(checked):
        say(line)
    bad = sum(one.state is not State.INTACT for one in checked)
    say(f"案件 {number} 的证据 {len(checked)} 件，缺失或改动 {bad} 件。")
    return ExitCode.FINDINGS if bad else ExitCode.CLEAN


def _organs(settings: Settings) -> Collection[str]:
    """Return the names of ministries, which forgers print and nobody opens cases against."""
    from detector.rulebook import load_rules

    lexicon = load_rules(settings.rules).lexicons.get(ORGANS)
    return {entry.text for entry in lexicon.entries} if lexicon else set()


def _line(added: Added) -> str:
    case: Case = added.case
    return f"{case.number}  {case.institution}  线索 {added.findings} 条"


CASE_FILES = (open_, step, group, evidence)
