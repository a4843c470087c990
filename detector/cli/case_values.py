"""Texts of the command line → what cases hold, by the readers of their sheets."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, TypeVar

from detector.cli.options import casebook_option, reviewer_option, rule_options
from detector.errors import UsageError

if TYPE_CHECKING:
    from detector.casebook.values import Body

_Value = TypeVar("_Value")
_Function = TypeVar("_Function", bound=Callable[..., Any])


def changing_options(function: _Function) -> _Function:
    """Add the options of commands that change the casebook."""
    return casebook_option(reviewer_option(rule_options(function)))


def read_value(name: str, read: Callable[[str], _Value], text: str) -> _Value:
    """Read what stands behind an option or in an argument; raises UsageError, naming it."""
    from detector.registry.cells import UnreadableError

    try:
        return read(text)
    except UnreadableError as error:
        raise UsageError(f"{name}：{error}。") from error


def read_body(text: str) -> Body:
    """Read which row of the tables an institution belongs to; a part of its label will do."""
    from detector.casebook.cells import chosen_from
    from detector.casebook.labels import BODIES
    from detector.casebook.values import Body

    return read_value("选项 --body", chosen_from(Body, BODIES), text)


def read_case_number(text: str) -> str:
    """Read the number of a case as the sheets do: half-width, without blanks."""
    from detector.casebook.cells import read_number

    return read_value("参数“编号”", read_number, text)
