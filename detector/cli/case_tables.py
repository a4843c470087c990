"""`shanzhai case`: cases listed, shown, and edited as a workbook."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from detector.cli.case_values import changing_options, read_body, read_case_number, read_value
from detector.cli.chinese import Command
from detector.cli.options import (
    casebook_option,
    personal_data_option,
    read_settings,
    rule_options,
)
from detector.cli.output import say
from detector.errors import ExitCode, UsageError

if TYPE_CHECKING:
    from detector.casebook.choosing import CaseChoice
    from detector.casebook.edits import Edited
    from detector.settings import Settings

_FILTERS = (
    click.option("--open/--closed", "is_open", default=None, help="只要未结的，或已结的。"),
    click.option("--region", default="", metavar="地区", help="只要这个地区的，可写一部分。"),
    click.option("--from", "start", default="", metavar="日期", help="线索日期从这一天起。"),
    click.option("--to", "end", default="", metavar="日期", help="线索日期到这一天止。"),
    click.option("--body", default="", metavar="类型", help="只要这一类机构的，可写一部分。"),
)


def _filtered(function: Any) -> Any:
    """Add the options that say which cases are asked for."""
    for option in reversed(_FILTERS):
        function = option(function)
    return function


@click.command("list", cls=Command, help="列出案件。")
@_filtered
@personal_data_option
@casebook_option
@rule_options
def list_(**options: Any) -> ExitCode:
    """Print one line for each case."""
    from detector.casebook.choosing import choose_cases
    from detector.cli.case_text import list_cases
    from detector.database import open_database, reading

    choice, options = _take_choice(options)
    settings = read_settings(**options)
    with reading(open_database(settings.casebook)) as connection:
        cases = choose_cases(connection, choice)
    say("\n".join(list_cases(cases, _mask(settings))))
    return ExitCode.CLEAN


@click.command("show", cls=Command, help="显示一个案件：内容、措施、线索、证据、变更记录。")
@click.argument("number", metavar="编号")
@personal_data_option
@casebook_option
@rule_options
def show(number: str, **options: Any) -> ExitCode:
    """Print all that the book holds of a case."""
    from detector.casebook.context import describe_findings
    from detector.casebook.history import history_of
    from detector.casebook.opening import must_find
    from detector.cli.case_text import show_case
    from detector.database import open_database, reading

    settings = read_settings(**options)
    mask = _mask(settings)
    with reading(open_database(settings.casebook)) as connection:
        case = must_find(connection, read_case_number(number))
        context = describe_findings(connection, case.fingerprints)
        history = history_of(connection, case.number, mask)
    say("\n".join(show_case(case, context, history, mask)))
    return ExitCode.CLEAN


@click.command(
    "export",
    cls=Command,
    help="把案件导出为 XLSX，供表格软件查看、修改；改后用 shanzhai case edit 导入。",
    short_help="导出案件为 XLSX。",
)
@click.argument("file", metavar="文件")
@_filtered
@casebook_option
@rule_options
def export(file: str, **options: Any) -> ExitCode:
    """Write the cases that fit, whole: what is masked could not be brought in again."""
    from detector.casebook.choosing import choose_cases
    from detector.casebook.context import describe_findings
    from detector.casebook.workbook import write_workbook
    from detector.database import open_database, reading
    from detector.report.files import write_bytes

    path = Path(file)
    if path.suffix.lower() != ".xlsx":
        raise UsageError(f"只能导出为 .xlsx，而不是 {path.name}。请改用 .xlsx 作扩展名。")
    choice, options = _take_choice(options)
    settings = read_settings(**options)
    with reading(open_database(settings.casebook)) as connection:
        cases = choose_cases(connection, choice)
        found = (one for case in cases for one in case.fingerprints)
        context = describe_findings(connection, found)
    try:
        write_bytes(path, write_workbook(cases, context))
    except OSError as error:
        raise UsageError(f"{path} 无法写入（{error.strerror}）。请检查目录和权限。") from error
    say(f"{path}：{len(cases)} 件案件。其中可能有个人信息，请妥善保管。")
    return ExitCode.CLEAN


@click.command(
    "edit",
    cls=Command,
    help=(
        "导入填好或改好的案件表：XLSX，或只有案件的 CSV。同一张表重复导入不会重复立卷。\n"
        "有问题的案件不导入，逐行列出，并以退出码 3 结束；导出之后被别人改动过的案件不予覆盖。"
    ),
    short_help="导入填好的案件表。",
)
@click.argument("file", metavar="文件")
@click.option("--overwrite", is_flag=True, help="导出之后被改动过的案件，也以本表为准。")
@changing_options
def edit(file: str, overwrite: bool, **options: Any) -> ExitCode:
    """Take a workbook in, and say which rows were kept out."""
    from detector.casebook.edits import Signed, take_edits
    from detector.casebook.sheets import read_cases
    from detector.cli.case_text import show_faults
    from detector.database import now, open_database, writing

    settings = read_settings(**options)
    sheets = read_cases(Path(file))
    signed = Signed(settings.reviewer, now())
    with writing(open_database(settings.casebook, create=True)) as connection:
        done = take_edits(connection, sheets, signed, overwrite=overwrite)
    for line in show_faults(done.faults):
        say(line, to_stderr=True)
    say(_account(done))
    if not done.faults:
        return ExitCode.CLEAN
    say(f"有 {len(done.faults)} 处问题，所在的案件没有导入，请改正后重新导入。", to_stderr=True)
    return ExitCode.INCOMPLETE


def _mask(settings: Settings) -> Callable[[str], str]:
    """Return what free texts go through before they are shown."""
    from detector.report.mask import mask_text

    return str if settings.show_personal_data else mask_text


def _account(done: Edited) -> str:
    numbers = f"（{'、'.join(done.opened)}）" if done.opened else ""
    changed, same = len(done.changed), len(done.same)
    return f"新立 {len(done.opened)} 件{numbers}，修改 {changed} 件，未变 {same} 件。"


def _take_choice(options: dict[str, Any]) -> tuple[CaseChoice, dict[str, Any]]:
    """Part the options that choose cases from those of the settings."""
    from detector.casebook.cells import read_date, read_text
    from detector.casebook.choosing import CaseChoice

    is_open = options.pop("is_open")
    body = options.pop("body")
    choice = CaseChoice(
        closed=None if is_open is None else not is_open,
        body=read_body(body) if body else None,
        region=read_value("选项 --region", read_text, options.pop("region")),
        start=read_value("选项 --from", read_date, options.pop("start")),
        end=read_value("选项 --to", read_date, options.pop("end")),
    )
    return choice, options


CASE_TABLES = (list_, show, export, edit)
