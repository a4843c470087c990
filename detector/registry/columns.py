"""Rows of a table → institutions: which column says what, and which rows are no good.

The names of columns are those of published lists; docs/registry.md shows them to users.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import partial
from pathlib import Path

from detector.errors import UsageError
from detector.model import Institution, Roll
from detector.registry.cells import (
    HEADER_ROWS,
    OPEN_END,
    Fault,
    Header,
    UnreadableError,
    find_header,
    first_day,
    last_day,
    read_day,
)
from detector.registry.rows import Row

# By field, what its column may be called; the first is the one to recommend.
COLUMNS: Mapping[str, tuple[str, ...]] = {
    "name": ("机构名称", "单位名称", "企业名称", "评价机构", "评价机构名称", "评价组织名称",
             "培训机构名称", "社会培训评价组织名称", "用人单位名称", "备案机构", "名称", "机构"),
    "roll": ("名单", "名单类别", "名单类型", "类别"),
    "body": ("机构类别", "机构类型", "机构性质"),
    "code": ("机构代码", "备案编号", "备案号", "机构编码", "评价机构代码", "评价机构编码", "编号",
             "代码"),
    "occupations": ("职业（工种）", "备案职业", "评价范围", "备案职业（工种）", "职业工种", "职业",
                    "工种", "评价职业", "评价职业（工种）", "职业名称", "认定职业", "认定范围",
                    "备案职业范围", "备案范围", "职业（工种）及等级", "评价职业（工种）范围"),
    "valid_from": ("有效期起", "有效期自", "备案日期", "备案时间", "有效期开始", "起始日期",
                   "生效日期", "开始日期"),
    "valid_to": ("有效期止", "有效期至", "备案有效期至", "有效期截止", "截止日期", "终止日期",
                 "到期日期", "有效期结束", "结束日期"),
    "valid": ("有效期", "备案有效期", "有效期限", "有效期起止"),
    "province": ("省份", "所在地区", "地区", "所在地", "省市", "省（区、市）", "区域"),
    "reason": ("原因", "列入原因", "列入事由", "事由", "违规情形", "违规问题"),
    "document": ("文号", "依据", "文件", "文件依据", "处理文号", "公告文号"),
}  # fmt: skip
ROLLS = {"白名单": Roll.WHITE, "黑名单": Roll.BLACK, "white": Roll.WHITE, "black": Roll.BLACK,
         "白": Roll.WHITE, "黑": Roll.BLACK}  # fmt: skip
LONGEST_NAME, SHORTEST_NAME = 60, 4
_SEPARATOR = re.compile(r"[、，,；;\n\r|]+(?![^（(]*[）)])")
_NUMBERING = re.compile(r"^\(?\d{1,3}[.、)）]\s*")
_SPAN = re.compile(r"\s*(?:至|到|—+|~|～|–| - |--)\s*")
_HAN = re.compile(r"[一-鿿]")


@dataclass(frozen=True, slots=True)
class Listing:
    """The institutions of a table, and the rows that were kept out."""

    institutions: tuple[Institution, ...]
    faults: tuple[Fault, ...]


class _BadCellError(ValueError):
    """A cell that cannot be read, with the field that it stands for."""

    def __init__(self, field: str, what: str) -> None:
        super().__init__(what)
        self.field = field


def read_listing(rows: Iterable[Row], path: Path, roll: Roll | None) -> Listing:
    """Read a table; `roll` is the list of rows that do not name theirs.

    Raises UsageError where no row is a header.
    """
    rest = iter(rows)
    header = _find_header(rest, path)
    if roll is None and "roll" not in header.columns:
        raise UsageError(
            f"名单 {path} 没有“{COLUMNS['roll'][0]}”一栏，无法知道是白名单还是黑名单。"
            "请加上 --list white 或 --list black。"
        )
    institutions, faults = [], []
    for row in rest:
        try:
            institutions.append(_institution(row, header, roll))
        except _BadCellError as bad:
            heading = header.heading(bad.field, COLUMNS[bad.field][0])
            faults.append(Fault(row.number, heading, str(bad)))
    if not (institutions or faults):
        raise UsageError(f"名单 {path} 的表头之下没有内容。请检查是否选错了文件或工作表。")
    return Listing(tuple(_joined(institutions)), tuple(faults))


def _joined(institutions: Iterable[Institution]) -> Iterator[Institution]:
    """Yield each body once: lists give a row to each of its occupations."""
    bodies: dict[tuple[Roll, str, str], Institution] = {}
    for one in institutions:
        key = one.roll, one.name, one.code
        bodies[key] = _merged(bodies[key], one) if key in bodies else one
    yield from bodies.values()


def _merged(one: Institution, other: Institution) -> Institution:
    """Put two rows of a body together: all occupations, valid from the first to the last day."""
    starts, ends = (one.valid_from, other.valid_from), (one.valid_to, other.valid_to)
    return replace(
        other,
        occupations=tuple(dict.fromkeys(one.occupations + other.occupations)),
        valid_from=None if None in starts else min(filter(None, starts)),
        valid_to=None if None in ends else max(filter(None, ends)),
        reason=other.reason or one.reason,
        document=other.document or one.document,
    )


def _find_header(rows: Iterator[Row], path: Path) -> Header:
    if header := find_header(rows, COLUMNS, "name"):
        return header
    known = "、".join(COLUMNS["name"][:3])
    raise UsageError(
        f"名单 {path} 的前 {HEADER_ROWS} 行里没有表头。表头须有“{known}”等一栏，"
        "栏目名称见 docs/registry.md。"
    )


def _institution(row: Row, header: Header, roll: Roll | None) -> Institution:
    cell = partial(header.cell, row)
    start, end = _term(cell("valid"))
    start = _day("valid_from", cell("valid_from"), first_day) or start
    end = _day("valid_to", cell("valid_to"), last_day) or end
    if start and end and end < start:
        raise _BadCellError("valid_to", "有效期的终止早于起始，请核对两栏")
    return Institution(
        name=_name(cell("name")),
        roll=_roll(cell("roll"), roll),
        body=cell("body"),
        code=re.sub(r"\s", "", cell("code")),
        occupations=split_occupations(cell("occupations")),
        province=cell("province"),
        valid_from=start,
        valid_to=end,
        reason=cell("reason"),
        document=cell("document"),
    )


def _name(text: str) -> str:
    name = re.sub(r"\s+", "", text)
    if not name:
        raise _BadCellError("name", "没有机构名称，请补上（合并的单元格须拆开填满）或删去此行")
    if not SHORTEST_NAME <= len(name) <= LONGEST_NAME or not _HAN.search(name):
        raise _BadCellError("name", f"“{name[:20]}”不像机构名称，请核对")
    return name


def _roll(text: str, default: Roll | None) -> Roll:
    roll = ROLLS.get(text.strip().lower()) or default
    if roll is None:
        raise _BadCellError("roll", f"“{text[:20]}”不是名单类别，请写“白名单”或“黑名单”")
    return roll


def split_occupations(text: str) -> tuple[str, ...]:
    """Return the occupations of a cell, each once; what stands in brackets is not cut."""
    parts = (_NUMBERING.sub("", part.strip()) for part in _SEPARATOR.split(text))
    return tuple(dict.fromkeys(part for part in parts if part))


def _term(text: str) -> tuple[date | None, date | None]:
    """Read a time in one cell (from … to …); a single day is its end."""
    if not text or text in OPEN_END:
        return None, None
    parts = [part for part in _SPAN.split(text) if part]
    if len(parts) == 1:
        return None, _day("valid", parts[0], last_day)
    if len(parts) != 2:
        raise _BadCellError("valid", f"“{text[:20]}”不是有效期，请写成 2024-01-31至2027-01-30")
    return _day("valid", parts[0], first_day), _day("valid", parts[1], last_day)


def _day(field: str, text: str, of_month: Callable[[int, int], date]) -> date | None:
    try:
        return read_day(text, of_month)
    except UnreadableError as error:
        raise _BadCellError(field, str(error)) from error
