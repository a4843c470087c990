"""What stands at the head of the reports that people file: how it was made, and what it counts."""

from __future__ import annotations

from collections.abc import Iterator

from detector.model import Report
from detector.report.visible import visible


def list_totals(report: Report) -> list[tuple[str, int]]:
    """Return the counts of a report with their names; `known` only where there was a baseline."""
    totals = report.totals
    counts = [
        ("材料（份）", totals.sources),
        ("已读页", totals.pages),
        ("未能读取（份）", totals.unread),
        ("未读或未读全（项）", totals.problems),
        ("疑似违规（处）", totals.report),
        ("需人工核实（处）", totals.review),
        ("已排除（处）", totals.dismissed),
    ]
    return [*counts, ("基准中已知（处）", totals.known)] if totals.known else counts


def list_origins(report: Report) -> Iterator[tuple[str, str]]:
    """Yield what the report was made with and when."""
    settings = dict(report.settings)
    places = settings.get("jurisdiction", "")
    yield "生成时间", report.created[:19].replace("T", " ")
    yield "适用日期", settings.get("as_of") or report.created[:10]
    yield "地域", f"全国、{visible(places)}" if places else "全国"
    yield "工具", visible(report.tool)
    yield "规则集", visible(report.rules)
    yield "报告格式版本", report.schema


def list_notices(report: Report) -> Iterator[str]:
    """Yield the notices that findings cite, with number, issuers and date."""
    for notice in report.notices:
        number = f"（{notice.number}）" if notice.number else ""
        yield visible(f"《{notice.title}》{number}，{'、'.join(notice.issuers)}，{notice.issued}")


def list_clauses(report: Report) -> Iterator[tuple[str, str, str]]:
    """Yield the cited clauses: id, how each is cited with its heading, and its words."""
    notices = {notice.id: notice for notice in report.notices}
    for clause in report.clauses:
        notice = notices.get(clause.notice)
        name = (notice.short or notice.title) if notice else clause.notice
        listed = "列举：" + "".join(f"“{term}”" for term in clause.lists) if clause.lists else ""
        words = "\n".join(part for part in (clause.summary, listed) if part)
        yield clause.id, visible(f"{name} {clause.path} {clause.heading}"), visible(words)
