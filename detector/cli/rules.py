"""`shanzhai rules`: the rules listed, one of them in full, all examples run."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import click

from detector.cli.chinese import Group
from detector.cli.options import read_settings, rule_options
from detector.cli.output import say
from detector.errors import ExitCode
from detector.report.columns import clean

if TYPE_CHECKING:
    from detector.examples import ExampleFailure


@click.group("rules", cls=Group, help="查看规则，或运行规则自带的例子。")
def rules() -> None:
    """Hold the commands."""


@rules.command("list", help="列出全部规则。")
@rule_options
def list_(**options: Any) -> ExitCode:
    """Print one line for each rule."""
    from detector.cli.rule_text import list_rules
    from detector.rulebook import load_rules

    say("\n".join(list_rules(load_rules(read_settings(**options).rules))))
    return ExitCode.CLEAN


@rules.command("show", help="显示一条规则：条款、用语、改法和例子。")
@click.argument("rule", metavar="编号")
@rule_options
def show(rule: str, **options: Any) -> ExitCode:
    """Print everything that a user may want to know of one rule."""
    from detector.cli.rule_text import show_rule
    from detector.rulebook import load_rules

    book = load_rules(read_settings(**options).rules)
    # What is not a terminal wants whole lines.
    width = shutil.get_terminal_size().columns if sys.stdout.isatty() else sys.maxsize
    say("\n".join(show_rule(book, book.rule(rule), width)))
    return ExitCode.CLEAN


@rules.command("test", help="运行全部规则自带的例子；有不符的以退出码 2 结束。")
@rule_options
def test(**options: Any) -> ExitCode:
    """Run all examples; rules that break their own examples are wrong rules."""
    from detector.examples import run_examples
    from detector.rulebook import load_rules

    settings = read_settings(**options)
    book = load_rules(settings.rules)
    failures = run_examples(book, settings)
    count = sum(len(rule.hits + rule.misses + rule.evasions) for rule in book.rules)
    for line in _failures(failures):
        say(line)
    say(f"{len(book.rules)} 条规则，{count} 个例子，{len(failures)} 个不符。")
    return ExitCode.USAGE if failures else ExitCode.CLEAN


def _failures(failures: list[ExampleFailure]) -> Iterator[str]:
    for failure in failures:
        yield f"{failure.rule} {failure.group}：{failure.what}"
        yield f"    {clean(failure.text)}"
