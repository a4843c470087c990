"""How reports made of plain text call things: places, sources, clauses, what is left out."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from detector.model import (
    Anchor,
    Clause,
    Finding,
    Notice,
    Outcome,
    Problem,
    Report,
    Source,
    SourceResult,
)
from detector.report.labels import (
    EFFECTS,
    KINDS,
    NOTHING_FOUND,
    NOTHING_NEW,
    OUTCOMES,
    PASSAGES,
    PROBLEMS,
)

TITLE = "证书与培训广告核查报告"
LEAD = (
    "本报告列出按现有规则发现的疑似线索，供执法与管理人员核对。"
    "它不是违规认定；未列出的内容也不因此合规。"
)
UNREAD_LEAD = "以下内容未经检查，不能视为“未发现”。请按说明处理后重新扫描，或由人工查看原件。"
ANNEX_LEAD = "概要是本工具的转述；以文件原文为准。"
# The reason of a finding that no circumstance speaks for or against.
PLAIN = "出现规则所列用语，未见使其合法的上下文"

Lookup = Mapping[str, tuple[Notice, Clause]]


def look_up(report: Report) -> Lookup:
    """Return the clauses of a report with their notices, by id."""
    notices = {notice.id: notice for notice in report.notices}
    return {
        clause.id: (notices[clause.notice], clause)
        for clause in report.clauses
        if clause.notice in notices
    }


def name_source(source: Source) -> str:
    """Return how a source is called: its address, and its name in an archive."""
    return f"{source.uri} › {source.member}" if source.member else source.uri


def describe_place(anchor: Anchor) -> str:
    """Return page, passage, line and column, as far as a finding has them."""
    parts = [] if anchor.page is None else [f"第 {anchor.page + 1} 页"]
    if anchor.passage is None:
        return " · ".join([*parts, "页面图案"])
    field = f"（{PASSAGES[anchor.field]}）" if anchor.field else ""
    parts += [f"第 {anchor.passage + 1} 段{field}", f"{anchor.line} 行 {anchor.column} 列"]
    if anchor.confidence is not None:
        parts.append(f"识别把握 {anchor.confidence:.0%}")
    return " · ".join(parts)


def describe_source(result: SourceResult) -> str:
    """Return a source's kind and why it is one, its pages and the digest of its bytes."""
    parts = [f"{KINDS[result.kind]}（{result.kind_reason or '类型未说明'}）", f"{result.pages} 页"]
    if result.source.sha256:
        parts.append(f"SHA-256 {result.source.sha256}")
    return "；".join(parts)


def describe_lost(problem: Problem, whole: bool) -> str:
    """Return which part of a source a problem is about; `whole` if nothing of it was read."""
    if problem.page is not None:
        return f"第 {problem.page + 1} 页"
    return "整份" if whole else "—"


def name_problem(problem: Problem) -> str:
    """Return a problem's short name."""
    return PROBLEMS.get(problem.code, problem.code)


def cite(clauses: Lookup, id: str) -> str:
    """Return a clause as it is cited: notice, number, heading; the id where it is not known."""
    if id not in clauses:
        return id
    notice, clause = clauses[id]
    return f"{notice.short or notice.title} {clause.path} {clause.heading}"


def give_reasons(finding: Finding) -> list[str]:
    """Return the reasons of a finding, each with its effect; never none."""
    return [f"{EFFECTS[one.effect]}：{one.detail}" for one in finding.reasons] or [PLAIN]


def sum_up(report: Report) -> str:
    """Return in one sentence what was found."""
    totals = report.totals
    counts = ((Outcome.REPORT, totals.report), (Outcome.REVIEW, totals.review))
    found = "，".join(f"{OUTCOMES[outcome]} {count} 处" for outcome, count in counts if count)
    if found:
        return f"{found}。"
    return NOTHING_NEW if totals.known else NOTHING_FOUND


def describe_known(report: Report) -> Iterator[str]:
    """Say how many findings a baseline hides."""
    if report.totals.known:
        baseline = dict(report.settings).get("baseline", "")
        yield f"另有 {report.totals.known} 处在基准 {baseline} 中已知，未列出。"


def describe_choice(report: Report) -> Iterator[str]:
    """Say what a report lists of what its totals count, where that is not all."""
    settings = dict(report.settings)
    if site := settings.get("report_site"):
        yield f"本报告只涉及网站 {site}，总计也只是它的。"
    if clause := settings.get("report_clause"):
        yield f"本报告只列出引用条款 {clause} 的线索，线索的总计也只是它的。"
    if outcomes := settings.get("report_outcome"):
        names = "、".join(OUTCOMES.get(one, one) for one in outcomes.split(","))
        yield f"本报告只列出结论为{names}的线索。"
    if len(report.results) < report.totals.sources:
        listed, all_ = len(report.results), report.totals.sources
        yield f"本报告只列出 {listed} 份材料；总计是全部 {all_} 份的。"


def remark(report: Report) -> Iterator[str]:
    """Yield what a reader must know of a report as a whole before he trusts its lists."""
    yield from describe_choice(report)
    yield from describe_known(report)
    if left := report.totals.dismissed:
        yield f"另有 {left} 处已排除，理由见 HTML、JSON 或表格格式的报告。"
    if dict(report.settings).get("show_personal_data") == "true":
        yield "个人信息未遮盖：请按规定保管和流转本文件。"
    else:
        yield "个人信息已按规则遮盖；图片中未被识别的内容、文件名不在其列，流转前请复核。"
