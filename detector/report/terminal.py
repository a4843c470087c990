"""Findings of one text for the terminal, with the words underlined."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

import click

from detector.model import Anchor, Finding, Outcome, Severity, Source, SourceResult, Span
from detector.report.columns import clean, cut_round, wrap
from detector.report.labels import (
    EVASIONS,
    KINDS,
    NOTHING_FOUND,
    OUTCOMES,
    PROBLEMS,
    SEVERITIES,
)
from detector.report.wording import Lookup, cite, give_reasons

_COLOURS = {Severity.HIGH: "red", Severity.MEDIUM: "yellow", Severity.LOW: "cyan"}
_NARROWEST = 40
_MOST_LINES = 3
_LABEL_COLUMNS = 10


def render_check(result: SourceResult, text: str, clauses: Lookup, colour: bool, width: int) -> str:
    """Return what `shanzhai check` prints for one text; `width` is the terminal's, in columns.

    `text` is the text that the findings count in. For sources of several passages, where it
    is not, the excerpt is shown in its place. Dismissed findings are counted, not shown.
    """
    width = max(width, _NARROWEST)
    lines: list[str] = []
    for finding in result.findings:
        if finding.outcome is not Outcome.DISMISSED:
            lines += show_words(finding, result.source, text, colour, width)
            lines += show_basis(finding.clauses, clauses, width)
            lines += show_reasons(finding, width)
            lines += labelled("须核实", finding.message, width)
            lines += labelled("改写", finding.suggestion, width)
            lines.append("")
    lines += _problems(result, colour, width)
    lines += wrap(_summary(result), width)
    return "\n".join(lines) + "\n"


def render_explanation(
    result: SourceResult, text: str, line: int | None, colour: bool, width: int
) -> str:
    """Return what `shanzhai explain` prints: every candidate with its reasons.

    `text` and `width` are as for `render_check`; `line` asks for the candidates of one line.
    """
    width = max(width, _NARROWEST)
    lines = list(wrap(f"材料类型：{KINDS[result.kind]}（{result.kind_reason}）", width))
    candidates = [f for f in result.findings if line in (None, f.anchor.line)]
    for finding in candidates:
        lines += ["", *show_words(finding, result.source, text, colour, width)]
        lines += labelled("规则", finding.rule, width)
        lines += show_reasons(finding, width)
    if not candidates:
        lines += wrap("没有候选：没有规则所列的用语，或全文与培训、评价、证书无关。", width)
    lines += _problems(result, colour, width)
    return "\n".join(lines) + "\n"


def show_words(
    finding: Finding, source: Source, text: str, colour: bool, width: int
) -> Iterator[str]:
    """Yield where a finding stands, what the tool says of it, and its words underlined.

    `text` is as for `render_check`.
    """
    tone = _COLOURS[finding.severity]
    anchor = finding.anchor
    place = f"{clean(source.uri)}:{_place(anchor)}:"
    head = f"{OUTCOMES[finding.outcome]}（{SEVERITIES[finding.severity]}）“{clean(finding.term)}”"
    how = f"（{EVASIONS[finding.evasion]}）" if finding.evasion else ""
    yield f"{style(place, colour, bold=True)} {style(head, colour, fg=tone, bold=True)}{how}"
    yield from _underlined(finding, text, colour, width)


def _place(anchor: Anchor) -> str:
    """Return line and column; of a mark, which stands in no text, the page."""
    if anchor.passage is None:
        return f"第 {(anchor.page or 0) + 1} 页"
    return f"{anchor.line}:{anchor.column}"


def show_reasons(finding: Finding, width: int) -> Iterator[str]:
    """Yield what was weighed, numbered."""
    for number, what in enumerate(give_reasons(finding), start=1):
        yield from labelled("理由" if number == 1 else "", f"{number}. {what}", width)


def _underlined(finding: Finding, text: str, colour: bool, width: int) -> Iterator[str]:
    """Yield the lines that the surface touches, each with its underline; `^` ends the last."""
    whole, span, first = _context(finding, text)
    start, rows = 0, []
    for offset, line in enumerate(whole.split("\n")):
        common = Span(max(span.start - start, 0), min(span.end - start, len(line)))
        if common.start < common.end:
            rows.append((first + offset, line, common))
        start += len(line) + 1
    gutter = len(str(rows[-1][0])) + 2 if rows else 0
    for at, (number, line, common) in enumerate(rows[:_MOST_LINES]):
        strip = cut_round(line, common, width - gutter - 3)
        columns = strip.columns.end - strip.columns.start
        last = "^" if at == len(rows) - 1 else "~"
        under = "~" * (columns - 1) + last if columns else last
        yield f"{number:>{gutter}} │ {strip.text}"
        marked = style(under, colour, fg=_COLOURS[finding.severity], bold=True)
        yield f"{'':>{gutter}} │ {' ' * strip.columns.start}{marked}"


def _context(finding: Finding, text: str) -> tuple[str, Span, int]:
    """Return a text, the surface's span in it, and the number of its first line."""
    if text[finding.span.start : finding.span.end] == finding.surface:
        return text, finding.span, 1
    before = finding.excerpt[: finding.highlight.start].count("\n")
    return finding.excerpt, finding.highlight, finding.anchor.line - before


def show_basis(ids: Sequence[str], clauses: Lookup, width: int) -> Iterator[str]:
    """Yield what clauses are called, and of the first one what it says."""
    label = "依据"
    for id in ids:
        yield from labelled(label, cite(clauses, id), width)
        if label and id in clauses:
            yield from labelled("", clauses[id][1].summary, width)
        label = ""


def _problems(result: SourceResult, colour: bool, width: int) -> Iterator[str]:
    for problem in result.problems:
        page = f"第 {problem.page + 1} 页 " if problem.page is not None else ""
        name = PROBLEMS.get(problem.code, problem.code)
        head = f"{clean(result.source.uri)}: 未读全：{page}{name}"
        yield style(head, colour, fg="red", bold=True)
        yield from labelled("", problem.message, width)


def _summary(result: SourceResult) -> str:
    counts = Counter(finding.outcome for finding in result.findings)
    found = counts[Outcome.REPORT] + counts[Outcome.REVIEW]
    unread = "有内容没有读到，结果不完整。" if result.problems else ""
    left = counts[Outcome.DISMISSED]
    dismissed = f"另有 {left} 处已排除，未列出。" if left else ""
    if not found:
        return NOTHING_FOUND + dismissed + unread
    parts = [
        f"{OUTCOMES[outcome]} {counts[outcome]} 处"
        for outcome in (Outcome.REPORT, Outcome.REVIEW)
        if counts[outcome]
    ]
    return f"共 {found} 处：{'，'.join(parts)}。{dismissed}{unread}"


def labelled(label: str, text: str, width: int) -> Iterator[str]:
    """Yield a text in rows beside its label, which takes two columns a character."""
    for row in wrap(text, width - _LABEL_COLUMNS):
        yield f"  {label}{' ' * (_LABEL_COLUMNS - 2 - 2 * len(label))}{row}"
        label = ""


def style(text: str, colour: bool, **styles: object) -> str:
    """Return a text in click's styles, unchanged where there is no colour."""
    return click.style(text, **styles) if colour else text  # type: ignore[arg-type]
