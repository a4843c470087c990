"""Lists: a row for each case, lead, institution or piece of evidence.

What a column can ask for stands in one table for each sort of row; `place` is the row's number.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from detector.forms.filled import Cell, Counted, Section, Value
from detector.forms.grid import lay_out_heads
from detector.forms.values import Column

PLACE = "place"
_Item = TypeVar("_Item")


@dataclass(frozen=True, slots=True)
class Rows(Generic[_Item]):
    """The rows of a list: the items, what columns show of them, and what each was made from."""

    items: Sequence[_Item]
    values: Mapping[str, Callable[[_Item], Value]]
    counted: Callable[[_Item], tuple[Counted, ...]]


def fill_list(
    columns: Sequence[Column], rows: Rows[_Item], label: int = 1, title: str = "", note: str = ""
) -> Section:
    """Return the table of a list; `label` is the place of the column that names a row."""
    return Section(
        heads=lay_out_heads([column.heading for column in columns]),
        names=tuple(column.name for column in columns),
        widths=tuple(column.width for column in columns),
        rows=tuple(_row(columns, rows, item, at) for at, item in enumerate(rows.items, 1)),
        label=label,
        title=title,
        note=note,
    )


def _row(columns: Sequence[Column], rows: Rows[_Item], item: _Item, at: int) -> tuple[Cell, ...]:
    values = [
        at if column.value == PLACE else rows.values[column.value](item) for column in columns
    ]
    cells = [Cell(value if value != "" else None) for value in values]
    # What a row was made from is listed once, with its first cell.
    cells[0] = Cell(cells[0].value, rows.counted(item))
    return tuple(cells)


def unique(texts: Iterable[str], between: str = "、") -> str:
    """Join texts, each once, without the empty ones."""
    return between.join(dict.fromkeys(text for text in texts if text))
