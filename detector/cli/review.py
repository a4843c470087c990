"""`shanzhai review`: undecided findings one by one, a key each."""

from __future__ import annotations

import shutil
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import click

from detector.cli.chinese import Command
from detector.cli.keys import read_key, read_line, require_terminal
from detector.cli.options import (
    casebook_option,
    personal_data_option,
    read_settings,
    reviewer_option,
    rule_options,
)
from detector.cli.output import say
from detector.errors import ExitCode, UsageError
from detector.model import DocumentKind, Outcome
from detector.report.labels import OUTCOMES

if TYPE_CHECKING:
    from sqlalchemy import Engine

    from detector.casebook.findings import Choice
    from detector.casebook.screen import Screen
    from detector.casebook.values import Verdict
    from detector.casebook.walk import Look, Walk
    from detector.settings import Settings

HELP = (
    "在终端里逐条审核案卷库中未审核的线索：看原文、条款和理由，按一个键作决定。\n"
    "每个决定当即存入案卷库；随时可退出，下次接着审。"
)
INSTEAD = "脚本请用 shanzhai case decide。"
KEY_LINE = "y 确认  n 排除  p 待补材料  s 跳过  b 上一条  u 撤销  r 写理由  ? 帮助  q 退出"
KEY_HELP = """\
  y  确认：属实，应当处理
  n  排除：不是违规，须写一行理由
  p  待补材料：要看备案、许可等材料才能定
  s  跳过：这次不定，下次还会出现
  b  上一条：回到前一条（可改决定）
  u  撤销：撤回本次刚作的决定，回到那一条
  r  写理由：先写一行理由，随接着按的 y、n、p 一起存入
  q  退出（Ctrl-C 也可）：已作的决定都已存好
按键不用回车，不分大小写；使用中文输入法时请切换到英文。"""
VERDICT_KEYS = {"y": "confirmed", "n": "dismissed", "p": "needs-papers"}
QUIT = "q"
MOST_REASONS = 9


@click.command("review", cls=Command, help=HELP, short_help="逐条审核线索，一键一条。")
@click.option("--rule", default="", metavar="规则", help="只审这条规则的，或编号以此开头的。")
@click.option("--clause", default="", metavar="条款", help="只审引用这一条款的，如 CN-2022-25#一。")
@click.option(
    "--kind", type=click.Choice([kind.value for kind in DocumentKind]), help="只审这类材料的。"
)
@click.option(
    "--outcome",
    "outcomes",
    multiple=True,
    type=click.Choice([outcome.value for outcome in Outcome]),
    help="只审程序这样判断的，可重复；默认 report 和 review。",
)
@click.option("--all", "again", is_flag=True, help="已审核的也列出，可再看、可改。")
@casebook_option
@reviewer_option
@personal_data_option
@rule_options
def review(
    rule: str, clause: str, kind: str | None, outcomes: tuple[str, ...], again: bool, **options: Any
) -> ExitCode:
    """Walk through the findings that are chosen at the start."""
    from detector.casebook.findings import STANDING, Choice, choose
    from detector.casebook.walk import Walk
    from detector.database import open_database, reading

    require_terminal(INSTEAD)
    settings = read_settings(**options)
    if not settings.reviewer.strip():
        raise UsageError('请写明审核人：加上 --reviewer 姓名，或在设置文件中写 reviewer = "姓名"。')
    choice = Choice(
        tuple(map(Outcome, outcomes)) or STANDING,
        None if again else False,
        rule=rule.strip(),
        clause=clause.strip(),
        kind=DocumentKind(kind) if kind else None,
    )
    engine = open_database(settings.casebook)
    with reading(engine) as connection:
        queue = choose(connection, choice)
    if not queue:
        say(_nothing(choice))
        return ExitCode.CLEAN
    walk = Walk(engine, queue, settings.reviewer, again=again)
    with suppress(KeyboardInterrupt, EOFError):
        _Sitting(walk, engine, settings).run()
    say("\n".join(_summary(walk, engine, choice)))
    return ExitCode.CLEAN


class _Sitting:
    """The loop of screens and keys."""

    def __init__(self, walk: Walk, engine: Engine, settings: Settings) -> None:
        from detector.report.mask import choose_labels
        from detector.rulebook import load_rules

        self._walk, self._engine = walk, engine
        book = load_rules(settings.rules)
        self._labels = choose_labels(book.lexicons, settings)
        self._titles = {rule.id: rule.title for rule in book.rules}
        self._clauses = {one.id: (notice, one) for notice in book.notices for one in notice.clauses}

    def run(self) -> None:
        """Show one finding after the other until the reviewer quits or has seen all."""
        going = True
        while going:
            look = self._walk.look()
            if look is None:
                going = self._at_the_end()
            elif look.overtaken:
                self._say_overtaken(look)
                self._walk.pass_over()
            else:
                say("\n" + "\n".join(self._screen.show(look, self._walk.total)))
                going = self._answer(look)
