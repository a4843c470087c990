"""Click's help pages and complaints in Chinese, laid out by columns of the terminal."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import click
from wcwidth import wcswidth

from detector.errors import UsageError
from detector.report.columns import wrap

_HEADINGS = {"Options": "选项", "Commands": "命令"}
_WIDEST_TERM = 26


class _Formatter(click.HelpFormatter):
    """Counts two columns for a wide character; a line of a text stays a line."""

    def write_usage(self, prog: str, args: str = "", prefix: str | None = None) -> None:
        self.write(f"{prefix or '用法：'}{prog} {args}\n")

    def write_heading(self, heading: str) -> None:
        self.write(f"{_HEADINGS.get(heading, heading)}：\n")

    def write_text(self, text: str) -> None:
        indent = " " * self.current_indent
        for line in text.split("\n"):
            for row in wrap(line, self.width - self.current_indent):
                self.write(f"{indent}{row}\n")

    def write_dl(
        self, rows: Iterable[tuple[str, str]], col_max: int = _WIDEST_TERM, col_spacing: int = 2
    ) -> None:
        rows = list(rows)
        widths = [wcswidth(term) for term, _ in rows]
        column = max((width for width in widths if width <= _WIDEST_TERM), default=_WIDEST_TERM)
        margin = " " * (self.current_indent + column + col_spacing)
        for (term, text), width in zip(rows, widths, strict=True):
            lines = [margin + row for row in wrap(text, self.width - len(margin))]
            head = " " * self.current_indent + term
            if width <= column:
                head += lines.pop(0)[self.current_indent + width :] if lines else ""
            self.write("\n".join([head, *lines]) + "\n")


class _Context(click.Context):
    formatter_class = _Formatter


class _Explained(click.Command):
    """A command whose help page is Chinese."""

    context_class = _Context

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **{"options_metavar": "[选项]"} | kwargs)

    def get_help_option(self, ctx: click.Context) -> click.Option | None:
        option = super().get_help_option(ctx)
        if option is not None:
            option.help = "显示本说明。"
        return option


class Command(_Explained):
    """A command without further commands below it."""

    allow_extra_args = True  # refused below, in Chinese

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Refuse arguments that the command has no place for."""
        if extra := super().parse_args(ctx, args):
            raise UsageError(f"多出的参数：{' '.join(extra)}。用法见 {ctx.command_path} --help。")
        return extra


class Group(_Explained, click.Group):
    """A command that only holds others."""

    command_class = Command
    group_class = type

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Name the place of the command in the usage line."""
        super().__init__(*args, **{"subcommand_metavar": "命令 …"} | kwargs)

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Refuse a name that is no command, naming those that are."""
        if self.get_command(ctx, args[0]) is None:
            known = "、".join(self.commands)
            raise UsageError(f"没有名为 {args[0]} 的命令。可用：{known}。")
        return super().resolve_command(ctx, args)


def explain(error: click.ClickException) -> str:
    """Return what is wrong with the command line, in Chinese, and where the usage is told."""
    if isinstance(error, click.exceptions.NoArgsIsHelpError):
        return error.format_message()
    context = getattr(error, "ctx", None)
    hint = f"用法见 {context.command_path} --help。" if context else ""
    return f"错误：{_complaint(error)}{hint}"


def _complaint(error: click.ClickException) -> str:
    if isinstance(error, click.NoSuchOption):
        near = f"相近的有：{'、'.join(error.possibilities)}。" if error.possibilities else ""
        return f"没有 {error.option_name} 这个选项。{near}"
    if isinstance(error, click.MissingParameter):
        return f"缺少{_name(error)}。"
    if isinstance(error, click.BadOptionUsage):
        return f"选项 {error.option_name} 的写法不对：后面缺少值，或不应有值。"
    if isinstance(error, click.BadParameter) and isinstance(error.param, click.Parameter):
        choices = getattr(error.param.type, "choices", ())
        known = f"可用：{'、'.join(map(str, choices))}。" if choices else ""
        return f"{_name(error)} 的值不对。{known}"
    return error.format_message()


def _name(error: click.BadParameter) -> str:
    if error.param is None:
        return "参数"
    if isinstance(error.param, click.Option):
        return f"选项 {error.param.opts[-1]}"
    return f"参数“{error.param.metavar or error.param.name}”"
