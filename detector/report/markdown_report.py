"""Report → report.md, GitHub-flavoured: to be read as it is, or shown by what renders Markdown."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from pathlib import Path

from detector.model import Finding, Report, SourceResult
from detector.report.build import is_silent, number_standing
from detector.report.files import write_text
from detector.report.formats import PageImages
from detector.report.labels import EVASIONS, OUTCOMES, SEVERITIES
from detector.report.overview import list_clauses, list_notices, list_origins, list_totals
from detector.report.table import tabulate_problems
from detector.report.visible import visible
from detector.report.wording import (
    ANNEX_LEAD,
    LEAD,
    TITLE,
    UNREAD_LEAD,
    Lookup,
    cite,
    describe_lost,
    describe_place,
    describe_source,
    give_reasons,
    look_up,
    name_problem,
    name_source,
    remark,
    sum_up,
)

FILE_NAME = "report.md"
# What starts markup, an address or a reference inside a line; CommonMark 2.4 takes each for plain
# text behind a backslash. No text of others starts a line here, where more would mean something.
_MARKUP = re.compile(r"[\\`*_~|<>&\[\]#$@:.]")


def write(report: Report, folder: Path, pages: PageImages) -> list[Path]:
    """Write report.md; it has no pictures."""
    return [write_text(folder / FILE_NAME, render(report))]


def render(report: Report) -> str:
    """Return the report's Markdown."""
    parts = (_head(report), _unread(report), _findings(report), _silent(report), _annex(report))
    return "\n".join(line for part in parts for line in part)


def escape(text: str) -> str:
    """Return text that renders as it reads: no markup, no links, no line of its own.

    GitHub makes addresses of what looks like mail after escapes are gone; an element round the
    @ keeps it from that.
    """
    escaped = _MARKUP.sub(r"\\\g<0>", visible(text))
    return escaped.replace("\\@", "<span>@</span>").replace("\n", "<br>")


def _head(report: Report) -> Iterator[str]:
    yield from (f"# {TITLE}", "", LEAD, "", f"**{escape(sum_up(report))}**", "")
    yield from _items(map(escape, remark(report)))
    names, counts = zip(*list_totals(report), strict=True)
    yield from _table(names, [map(str, counts)])
    yield from _items(f"{name}：{escape(value)}" for name, value in list_origins(report))
    yield from _items(f"引用的文件：{escape(notice)}" for notice in list_notices(report))


def _unread(report: Report) -> Iterator[str]:
    problems = tabulate_problems(report).rows
    if not problems:
        return
    yield from (f"## 没有读到或没有读全的材料：{len(problems)} 项", "", UNREAD_LEAD, "")
    rows = (
        map(
            escape,
            (
                name_source(one.result.source),
                describe_lost(one.problem, one.whole),
                name_problem(one.problem),
                one.problem.message,
            ),
        )
        for one in problems
    )
    yield from _table(("材料", "位置", "原因", "说明"), rows)


def _findings(report: Report) -> Iterator[str]:
    yield from ("## 线索", "", escape(sum_up(report)), "")
    clauses = look_up(report)
    for file, result, findings in number_standing(report):
        yield from (f"### 材料 {file}：{escape(name_source(result.source))}", "")
        yield from (escape(describe_source(result)), "")
        for number, finding in findings.items():
            yield from _finding(number, finding, clauses)


def _finding(number: int, finding: Finding, clauses: Lookup) -> Iterator[str]:
    chips = f"{OUTCOMES[finding.outcome]}（{SEVERITIES[finding.severity]}）"
    how = f"，{EVASIONS[finding.evasion]}" if finding.evasion else ""
    yield from (f"#### {number}. “{escape(finding.term)}” {chips}{how}", "")
    yield from _items(
        [
            f"原文：{_excerpt(finding)}",
            f"位置：{escape(describe_place(finding.anchor))}",
            *(f"依据：{escape(cite(clauses, id))}" for id in finding.clauses),
            *(f"理由：{escape(reason)}" for reason in give_reasons(finding)),
            f"须核实：{escape(finding.message)}",
            f"改写：{escape(finding.suggestion)}",
            f"规则与指纹：{escape(finding.rule)} · {escape(finding.fingerprint)}",
        ]
    )


def _excerpt(finding: Finding) -> str:
    """Return the excerpt with the surface in bold.

    As an element: asterisks between a Chinese character and punctuation are none in CommonMark.
    """
    start, end = finding.highlight
    before, surface, after = (
        escape(part)
        for part in (finding.excerpt[:start], finding.excerpt[start:end], finding.excerpt[end:])
    )
    return f"{before}<b>{surface}</b>{after}"


def _silent(report: Report) -> Iterator[str]:
    silent = [result for result in report.results if is_silent(result)]
    if silent:
        yield from (f"## 按现有规则未发现：{len(silent)} 份", "")
        yield from ("未发现不等于合规：规则只认得其列举的用语，未读全的材料另见上文。", "")
        yield from _items(f"“{escape(name_source(one.source))}”{_partly(one)}" for one in silent)


def _partly(result: SourceResult) -> str:
    return "（未读全；已读部分按现有规则未发现）" if result.problems else ""


def _annex(report: Report) -> Iterator[str]:
    if report.clauses:
        yield from ("## 附：引用的条款", "", ANNEX_LEAD, "")
        yield from _items(
            f"{escape(name)}：{escape(text)}" for _, name, text in list_clauses(report)
        )


def _items(items: Iterable[str]) -> Iterator[str]:
    yield from (f"- {item}" for item in items)
    yield ""


def _table(headings: Iterable[str], rows: Iterable[Iterable[str]]) -> Iterator[str]:
    headings = list(headings)
    for cells in (headings, ["---"] * len(headings), *rows):
        yield f"| {' | '.join(cells)} |"
    yield ""
