"""The sheets of a workbook of cases: which column holds what, how it is read and shown."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from detector.casebook.cells import (
    chosen_from,
    read_count,
    read_date,
    read_moment,
    read_number,
    read_practices,
    read_sha256,
    read_size,
    read_sum,
    read_text,
    read_yes_no,
    show_as_it_is,
    show_count,
    show_practices,
    show_sum,
    show_yes_no,
)
from detector.casebook.labels import BODIES, PRACTICES, STEPS
from detector.casebook.values import Body, StepKind

TEXT, DAY, YUAN, WHOLE = "@", "yyyy-mm-dd", "#,##0.00", "0"  # formats of table programs
NUMBER = "number"


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a sheet and the field that it stands for; `names` begins with its heading.

    `choices` are offered as a list; with `several` a cell may hold more than one of them. A row in
    which a `needed` one is empty is no good. What people write into `is_free` ones may name
    persons.
    """

    field: str
    names: tuple[str, ...]
    hint: str
    read: Callable[[str], Any] = read_text
    show: Callable[[Any], Any] = show_as_it_is
    width: int = 16
    format: str = TEXT
    choices: tuple[str, ...] = ()
    several: bool = False
    needed: bool = False
    is_free: bool = False

    @property
    def heading(self) -> str:
        """Return what the column is headed with."""
        return self.names[0]


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet: its title, its columns, and the field without which a row is no header."""

    title: str
    columns: tuple[Column, ...]
    key: str = NUMBER

    @property
    def names(self) -> Mapping[str, tuple[str, ...]]:
        """Return, by field, what its column may be called."""
        return {column.field: column.names for column in self.columns}


_CALLED = ("案件编号", "案号", "编号", "案件号")
_OF_WHICH = Column(NUMBER, _CALLED, "“案件”中的编号；每行都要填，合并的单元格须拆开填满。",
                   read_number, needed=True)  # fmt: skip

CASES = Sheet(
    "案件",
    (
        Column(NUMBER, _CALLED, "本单位的案号；空着则由程序按线索日期的年份编号，如 2025-0001。",
               read_number),
        Column("institution", ("机构名称", "单位名称", "被查单位", "涉案机构", "机构", "单位"),
               "被查机构的全称；培训项目写项目名称。", width=32, needed=True),
        Column("code", ("机构代码", "统一社会信用代码", "备案编号", "备案号", "代码"),
               "统一社会信用代码或备案编号。", width=22),
        Column("body", ("机构类型", "类型", "机构类别", "类别"),
               "按进展情况表的各行，从列表中选。", chosen_from(Body, BODIES), BODIES.__getitem__,
               34, choices=tuple(BODIES.values()), needed=True),
        Column("practices", ("违规情形", "违规问题", "问题类型", "违法违规情形"),
               f"几种之间用“、”隔开：{'；'.join(PRACTICES.values())}。", read_practices,
               show_practices, 28, choices=tuple(PRACTICES.values()), several=True),
        Column("region", ("所属地区", "地区", "所在地区", "所在地", "属地"),
               "归哪个地区统计。"),
        Column("lead", ("线索来源", "来源"), "如 群众举报、网络监测、审计移交、扫描。",
               is_free=True),
        Column("opened", ("线索日期", "发现日期", "受理日期", "登记日期"), "得到线索的日期。",
               read_date, width=12, format=DAY, needed=True),
        Column("checked", ("检查日期", "核查日期"), "实地检查或核查的日期。", read_date,
               width=12, format=DAY),
        Column("verified", ("是否查实", "查实", "是否属实"), "是、否；尚未查明则空着。",
               read_yes_no, show_yes_no, 10, choices=("是", "否")),
        Column("closed", ("结案日期", "办结日期"), "办结的日期；未结则空着。", read_date,
               width=12, format=DAY),
        Column("certificates", ("涉及证书（本）", "涉及证书", "证书数", "涉及证书数量"),
               "涉及的证书本数。", read_count, show_count, 12, WHOLE),
        Column("summary", ("案情摘要", "案情", "基本情况", "主要问题"), "查到了什么。", width=40,
               is_free=True),
        Column("handling", ("处理情况", "处理结果", "处置情况"), "怎样处理。", width=40,
               is_free=True),
        Column("note", ("备注", "其他需要说明的情况"), "其他需要说明的情况。", width=30,
               is_free=True),
    ),
    key="institution",
)  # fmt: skip
STEPS_SHEET = Sheet(
    "措施",
    (
        _OF_WHICH,
        Column("kind", ("措施", "处理措施", "办理措施", "事项"), "从列表中选。",
               chosen_from(StepKind, STEPS), STEPS.__getitem__, 28,
               choices=tuple(STEPS.values()), needed=True),
        Column("day", ("日期", "办理日期", "时间"), "作出的日期，如 2025-03-01。",
               read_date, width=12, format=DAY, needed=True),
        Column("by", ("办理单位", "实施单位", "办理机关", "单位"), "由哪个单位作出。", width=24),
        Column("amount", ("金额（元）", "金额", "追回金额", "罚没金额"),
               "追回、没收、处罚的金额，以元为单位，两位小数；也可写 1.2万。", read_sum,
               show_sum, 16, YUAN),
        Column("persons", ("人数", "人数（人）", "涉及人数"), "追究责任或约谈的人数。",
               read_count, show_count, 8, WHOLE),
        Column("detail", ("说明", "文号", "备注"), "文号、期限等。", width=40),
    ),
)  # fmt: skip
FINDINGS = Sheet(
    "线索",
    (
        _OF_WHICH,
        Column("fingerprint", ("指纹", "线索指纹"), "检查报告中线索的指纹；删去一行即解除关联。",
               width=36, needed=True),
    ),
)  # fmt: skip
EVIDENCE = Sheet(
    "证据",
    (
        _OF_WHICH,
        Column("name", ("文件名", "文件", "名称"), "文件本身留在原处。", width=30, needed=True),
        Column("sha256", ("SHA-256", "SHA256", "校验值"), "文件的校验值，不要改动。",
               read_sha256, width=68, needed=True),
        Column("size", ("大小", "大小（字节）", "字节数"), "字节数。", read_size, width=14,
               format=WHOLE, needed=True),
        Column("added", ("加入时间", "登记时间", "加入日期"), "登记的时间，不要改动。",
               read_moment, width=28, needed=True),
        Column("note", ("说明", "备注"), "文件是什么。", width=30),
    ),
)  # fmt: skip
PARTS = (STEPS_SHEET, FINDINGS, EVIDENCE)
# Of findings a workbook shows what they are; nothing of that is read back.
CONTEXT = ("用语", "材料", "条款", "结论", "审核决定")
# Which state of a case a workbook shows: an edit of an older one is not taken.
STATES = Sheet(
    "状态",
    (
        _OF_WHICH,
        Column("state", ("状态校验值",), "不要改动。", width=68, needed=True),
    ),
)  # fmt: skip
