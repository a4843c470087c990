"""`shanzhai forms`: the notices' own tables filled in, and when they are due."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from detector.cli.chinese import Command, Group
from detector.cli.options import (
    casebook_option,
    personal_data_option,
    read_settings,
    rule_options,
)
from detector.cli.output import say
from detector.errors import ExitCode, UsageError
from detector.forms.write import FORMATS, OUT, write_form
from detector.report.columns import clean
from detector.settings import Settings

if TYPE_CHECKING:
    from detector.forms.due import Due
    from detector.forms.fill import Asked
    from detector.forms.filled import FilledForm
    from detector.forms.values import Action, Form, Forms
    from detector.rulebook import RuleBook

USUAL_FORMATS = ("docx", "xlsx")
SEE_LIST = "用 shanzhai forms list 查看全部表名。"


class _Forms(Group):
    """A group in which every other name is taken for that of a form."""

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command:
        """Return the command of that name, or one that fills the form of that name."""
        return self.commands.get(cmd_name) or _fill_command(cmd_name)


@click.group(
    "forms",
    cls=_Forms,
    subcommand_metavar="list | due | 表名 …",
    help=(
        "按通知所附的样式填报表格：各数据由案卷库中的案件、审核决定和机构名单计算，"
        "并列出明细和填表说明。\n"
        "表名见 shanzhai forms list；每张表的选项见 shanzhai forms 表名 --help。"
    ),
    short_help="按通知所附的样式填报表格。",
)
def forms() -> None:
    """Hold the commands."""


@forms.command("list", help="列出全部表名。")
@rule_options
def list_(**options: Any) -> ExitCode:
    """Print one line for each form."""
    book, known = _load(read_settings(**options))
    width = max(map(len, known))
    for form in known.values():
        say(clean(f"{form.name:{width}}  {form.title}{form.subtitle}（{_basis(form, book)}）"))
    return ExitCode.CLEAN


@forms.command(
    "due",
    help="列出各通知的下一次报送日。\n每月 30 日，二月为月末日。",
    short_help="列出下一次报送日。",
)
@click.option("--as-of", metavar="日期", help="从这一天算起，如 2023-07-20；默认今天。")
@rule_options
def due(**options: Any) -> ExitCode:
    """Print a line for each term, the next one first."""
    from detector.forms.due import list_due

    settings = read_settings(**options)
    today = settings.as_of or date.today()
    book, known = _load(settings)
    for one in list_due(known, today):
        say(clean(_due_line(one, book, today)))
    return ExitCode.CLEAN


def _form_options(function: Callable[..., Any]) -> Callable[..., Any]:
    """Add what every form can be asked for."""
    for option in (
        click.option("--as-of", metavar="日期", help="以这一天为今天推算期间；默认今天。"),
        click.option("--out", default=str(OUT), metavar="目录", help=f"写到哪个目录，默认 {OUT}。"),
        click.option(
            "--format",
            "formats",
            multiple=True,
            type=click.Choice(list(FORMATS)),
            help="格式，可重复；默认 docx 和 xlsx。",
        ),
        click.option("--undecided", is_flag=True, help="线索清单另列尚未审核的线索，并注明。"),
        click.option("--case", "number", default="", metavar="编号", help="移送书所针对的案件。"),
        click.option("--unit", default="", metavar="名称", help="填报单位，如 某某市；默认留空。"),
        click.option(
            "--to",
            "end",
            metavar="日期",
            help="期间的最后一天；默认下一次报送日，没有固定日期的为今天。",
        ),
        click.option(
            "--from",
            "start",
            metavar="日期",
            help="期间的第一天，如 2023-07-01；默认上一次报送日的次日。",
        ),
    ):
        function = option(function)
    return function


def _fill_command(name: str) -> click.Command:
    """Make the command that fills one form."""

    @click.command(
        name,
        cls=Command,
        help=f"填报表格 {name}：写出 DOCX 和 XLSX（或 PDF），附明细和填表说明。",
    )
    @_form_options
    @personal_data_option
    @casebook_option
    @rule_options
    def fill_form(**options: Any) -> ExitCode:
        return _fill(name, **options)

    return fill_form


def _fill(name: str, out: str, formats: tuple[str, ...], **options: Any) -> ExitCode:
    """Fill a form, write it, and say what a person has to look at."""
    from detector.forms.fill import Asked

    chosen = {key: options.pop(key) for key in ("start", "end", "unit", "number", "undecided")}
    settings = read_settings(**options)
    book, known = _load(settings)
    form = _find(known, name)
    wanted = _formats(form, formats)
    period = _period(form, chosen["start"], chosen["end"], settings.as_of or date.today())
    asked = Asked(period, chosen["unit"], chosen["number"], undecided=chosen["undecided"])
    filled = _filled(form, book, settings, asked)
    for path in write_form(filled, Path(out), wanted):
        say(clean(str(path)))
    for line in _remarks(filled):
        say(clean(line))
    return ExitCode.CLEAN


def _filled(form: Form, book: RuleBook, settings: Settings, asked: Asked) -> FilledForm:
    from detector.database import open_database, reading
    from detector.forms.fill import fill
    from detector.forms.holdings import mask_holdings, read_holdings
    from detector.registry.store import read_institutions
    from detector.report.mask import choose_labels

    labels = choose_labels(book.lexicons, settings)
    engine = open_database(settings.casebook)
    with reading(engine) as connection:
        listed = read_institutions(connection)
        holdings = read_holdings(connection, listed, undecided=asked.undecided)
    return fill(form, book, mask_holdings(holdings, labels) if labels else holdings, asked)


def _load(settings: Settings) -> tuple[RuleBook, Forms]:
    from detector.forms.load import load_forms
    from detector.rulebook import load_rules

    book = load_rules(settings.rules)
    return book, load_forms(settings.rules, book)


def _find(known: Forms, name: str) -> Form:
    if name not in known:
        names = "、".join(known)
        raise UsageError(f"没有名为 {name} 的表。可用：list、due、{names}。{SEE_LIST}")
    return known[name]


def _formats(form: Form, formats: Sequence[str]) -> list[str]:
    for name in formats:
        if name not in form.formats:
            raise UsageError(f"{form.name} 没有 {name} 格式。可用：{'、'.join(form.formats)}。")
    return list(dict.fromkeys(formats)) or [one for one in USUAL_FORMATS if one in form.formats]


def _period(form: Form, start: str | None, end: str | None, today: date) -> Any:
    from detector.forms.due import usual_period
    from detector.forms.filled import Period

    usual = usual_period(form, today)
    period = Period(
        _day("--from", start) if start else usual.start, _day("--to", end) if end else usual.end
    )
    if period.start > period.end:
        raise UsageError(
            f"期间的第一天 {period.start} 晚于最后一天 {period.end}。请改正 --from 或 --to。"
        )
    return period


def _day(option: str, text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise UsageError(f"{option} 的日期 {text} 不对。请写成年-月-日，如 2023-07-01。") from error


def _remarks(filled: FilledForm) -> Iterator[str]:
    from detector.forms.drilldown import scope

    yield "：".join(scope(filled))
    yield from filled.remarks
    yield "以上各数由程序计算，请核对明细后再签字、盖章。"


def _basis(form: Form, book: RuleBook) -> str:
    notice = book.notice(form.notice)
    return f"{notice.short or notice.title} {form.annex or form.clause}"


def _due_line(one: Due, book: RuleBook, today: date) -> str:
    notice = book.notice(one.notice)
    day = "没有固定日期" if not one.term.once else "已过"
    if one.day:
        left = (one.day - today).days
        day = f"{one.day}（{f'还有 {left} 天' if left else '今天'}）"
    state = _state(one.action, today)
    forms = "、".join(one.forms)
    cited = f"{notice.short or notice.title} {one.term.clause}：{one.term.text}"
    return f"{day}  {one.term.what}  {cited}  {forms}{state}"


def _state(action: Action | None, today: date) -> str:
    """Say where the notice's own time has not begun, or has ended."""
    if action is None:
        return ""
    if today < action.start:
        return f"  〔行动自 {action.start} 起，尚未开始〕"
    if action.end and action.end < today:
        return f"  〔行动期间 {action.start} 至 {action.end}，已结束，日期仅供参照〕"
    return ""
