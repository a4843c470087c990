"""`shanzhai review`: undecided findings one by one, a key each."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import click

from detector.cli.chinese import Command
from detector.cli.keys import require_terminal
from detector.cli.options import (
    casebook_option,
    personal_data_option,
    read_settings,
    reviewer_option,
    rule_options,
)
from detector.cli.output import say
from detector.errors import ExitCode
from detector.model import DocumentKind, Outcome
from detector.report.labels import OUTCOMES

if TYPE_CHECKING:
    from sqlalchemy import Engine

    from detector.casebook.findings import Choice
    from detector.casebook.screen import Screen
    from detector.casebook.walk import Walk
    from detector.settings import Settings

HELP = (
    "在终端里逐条审核案卷库中未审核的线索：看原文、条款和理由，按一个键作决定。\n"
    "每个决定当即存入案卷库；随时可退出，下次接着审。"
)
INSTEAD = "脚本请用 shanzhai case decide。"


@click.command("review", cls=Command, help=HELP, short_help="逐条审核线索，一键一条。")
@click.option("--rule", default="", metavar="规则", help="只审这条规则的，或编号以此开头的。")
@click.option("--clause", default="", metavar="条款", help="只审引用这一条款的，或编号以此开头的。")
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
    """Walk through the findings that fit as the sitting begins."""
    from detector.casebook.decisions import check_signed
    from detector.casebook.findings import STANDING, Choice, choose
    from detector.casebook.walk import Walk
    from detector.cli.sitting import Sitting
    from detector.database import open_database, reading

    require_terminal(INSTEAD)
    settings = read_settings(**options)
    check_signed(settings.reviewer)
    choice = Choice(
        outcomes=tuple(map(Outcome, outcomes)) or STANDING,
        decided=None if again else False,
        rule=rule.strip(),
        clause=clause.strip(),
        kind=DocumentKind(kind) if kind else None,
    )
    engine = open_database(settings.casebook)
    with reading(engine) as connection:
        queue = choose(connection, choice)
    walk = Walk(engine, queue, settings.reviewer, again=again)
    if queue:
        with suppress(KeyboardInterrupt, EOFError):
            Sitting(walk, _screen(settings)).run()
    say("\n".join(_summary(walk, engine, choice)))
    return ExitCode.CLEAN


def _screen(settings: Settings) -> Screen:
    from detector.casebook.screen import Screen
    from detector.report.mask import choose_labels
    from detector.rulebook import load_rules

    book = load_rules(settings.rules)
    return Screen(
        clauses={one.id: (notice, one) for notice in book.notices for one in notice.clauses},
        titles={rule.id: rule.title for rule in book.rules},
        labels=choose_labels(book.lexicons, settings),
        colour=True,
        width=shutil.get_terminal_size().columns,
    )


def _summary(walk: Walk, engine: Engine, choice: Choice) -> Iterator[str]:
    from detector.casebook.findings import choose
    from detector.casebook.labels import VERDICTS
    from detector.database import reading

    with reading(engine) as connection:
        left = len(choose(connection, replace(choice, decided=False)))
    counts = walk.tally()
    if walk.total:
        each = "，".join(f"{VERDICTS[verdict]} {count} 条" for verdict, count in counts.items())
        yield f"\n本次审核 {counts.total()} 条{f'：{each}' if each else ''}。"
    scope = "、".join(OUTCOMES[outcome] for outcome in choice.outcomes)
    if left:
        yield f"所选范围（{scope}）还有 {left} 条未审核。再运行 shanzhai review 即接着审。"
    else:
        yield f"所选范围（{scope}）没有未审核的线索。"
