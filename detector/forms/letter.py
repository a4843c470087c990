"""The draft of a letter that transfers a case; what the book does not know stays blank."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from datetime import date

from detector.casebook.labels import BODIES, PRACTICES
from detector.casebook.values import Case, Evidence, Step
from detector.forms.case_rows import step_text
from detector.forms.filled import Counted, Paragraph, Section, Value
from detector.forms.holdings import Holdings
from detector.forms.lead_rows import LEAD_VALUES, counted_of_lead, lead_row
from detector.forms.lists import Rows, fill_list
from detector.forms.values import Attachment, Form, Part
from detector.rulebook import RuleBook

RULE = "＿＿＿＿＿＿＿＿＿＿"
_BLANK = "blank"
_NAMES = {
    "code": "机构代码",
    "region": "所属地区",
    "practices": "违规情形",
    "lead": "线索来源",
    "checked": "检查日期",
    "summary": "案情摘要",
    "certificates": "涉及证书",
    "steps": "措施",
    "unit": "移送机关（--unit）",
}
_PLACEHOLDER = re.compile(r"\{(\w+)\}")
EVIDENCE_VALUES: Mapping[str, Callable[[Evidence], Value]] = {
    "file": lambda one: one.name,
    "size": lambda one: one.size,
    "digest": lambda one: one.sha256,
    "note": lambda one: one.note,
    "added": lambda one: one.added[:10],
}


def fill_letter(form: Form, case: Case, unit: str) -> tuple[tuple[Paragraph, ...], list[str]]:
    """Return the parts of a letter about a case, and which of its values the book does not have."""
    values = {**_values(case, unit), "attachments": _list_attachments(form, case)}
    paragraphs = tuple(_paragraph(part, values) for part in form.parts)
    asked = {name for part in form.parts for line in part.lines for name in _names(line)}
    missing = [_NAMES[name] for name in _NAMES if name in asked and not values[name]]
    return paragraphs, [f"“{name}”留空：案卷中没有，由承办人填写。" for name in missing]


def fill_attachments(
    form: Form, case: Case, holdings: Holdings, book: RuleBook
) -> Iterator[Section]:
    """Yield the attachments of a letter in their order, numbered."""
    for number, attachment in enumerate(form.attachments, 1):
        yield _attachment(attachment, f"附件{number}　{attachment.title}", case, holdings, book)


def _list_attachments(form: Form, case: Case) -> str:
    counts = {"evidence": f"（{len(case.evidence)} 件）"}
    return "；".join(
        f"{number}. {one.title}{counts.get(one.of, '')}"
        for number, one in enumerate(form.attachments, 1)
    )


def _attachment(
    attachment: Attachment, title: str, case: Case, holdings: Holdings, book: RuleBook
) -> Section:
    columns, note = attachment.columns, attachment.note
    if attachment.of == "evidence":
        rows = Rows(case.evidence, EVIDENCE_VALUES, lambda one: _counted(case, one))
        return fill_list(columns, rows, title=title, note=note)
    if attachment.of == "findings":
        leads = [lead_row(held, holdings, book) for held in holdings.of_case(case)]
        return fill_list(columns, Rows(leads, LEAD_VALUES, counted_of_lead), title=title, note=note)
    return Section((), (), (), (), title=title, note=note)


def _counted(case: Case, one: Evidence) -> tuple[Counted, ...]:
    return (Counted(case.number, case.institution, one.size, None, one.sha256),)


def _paragraph(part: Part, values: Mapping[str, str]) -> Paragraph:
    lines = tuple(
        _PLACEHOLDER.sub(lambda match: values[match[1]] or RULE, line) for line in part.lines
    )
    return Paragraph(part.heading, lines)


def _names(line: str) -> list[str]:
    return _PLACEHOLDER.findall(line)


def _values(case: Case, unit: str) -> dict[str, str]:
    return {
        _BLANK: "",
        "unit": unit,
        "number": case.number,
        "institution": case.institution,
        "code": case.code,
        "body": BODIES[case.body],
        "region": case.region,
        "practices": "、".join(PRACTICES[one] for one in case.practices),
        "lead": case.lead,
        "opened": _day(case.opened),
        "checked": _day(case.checked) if case.checked else "",
        "summary": case.summary,
        "certificates": f"{case.certificates} 本" if case.certificates else "",
        "steps": "；".join(_step(step) for step in case.steps),
    }


def _step(step: Step) -> str:
    """Return a step as a letter tells it."""
    return f"{_day(step.day)}{step_text(step).partition(' ')[2]}"


def _day(day: date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"
