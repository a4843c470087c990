"""A report as tables: one row a finding, one row a thing that was not read.

The spreadsheet formats share these columns; none has one of its own.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Generic, NamedTuple, TypeVar

from detector.model import Finding, Problem, Report, SourceResult
from detector.report.build import is_unread, number_findings
from detector.report.labels import EVASIONS, KINDS, OUTCOMES, PASSAGES, SEVERITIES
from detector.report.visible import visible
from detector.report.wording import (
    Lookup,
    cite,
    describe_lost,
    give_reasons,
    look_up,
    name_problem,
    name_source,
)

Cell = str | int
_Row = TypeVar("_Row")


class Column(NamedTuple, Generic[_Row]):
    """A heading, about how many Chinese characters wide it is shown, and what stands below it."""

    heading: str
    width: int
    take: Callable[[_Row], Cell | None]


class FindingRow(NamedTuple):
    """A finding with its number, its source and that one's number, and the clauses it may cite."""

    number: int
    file: int
    result: SourceResult
    finding: Finding
    clauses: Lookup


class ProblemRow(NamedTuple):
    """Something of a source that was not read; `whole` where nothing of the source was."""

    file: int
    result: SourceResult
    problem: Problem
    whole: bool


@dataclass(frozen=True, slots=True)
class Table(Generic[_Row]):
    """Columns, and rows for them."""

    columns: Sequence[Column[_Row]]
    rows: Sequence[_Row]

    def headings(self) -> list[str]:
        """Return the row that names the columns."""
        return [column.heading for column in self.columns]

    def cells(self) -> Iterator[list[Cell]]:
        """Yield the rows' cells: whole numbers, and text with unseen signs written out."""
        for row in self.rows:
            yield [_cell(column.take(row)) for column in self.columns]


FINDINGS: Sequence[Column[FindingRow]] = (
    Column("编号", 4, lambda row: row.number),
    Column("结论", 6, lambda row: OUTCOMES[row.finding.outcome]),
    Column("程度", 4, lambda row: SEVERITIES[row.finding.severity]),
    Column("材料编号", 5, lambda row: row.file),
    Column("材料", 20, lambda row: name_source(row.result.source)),
    Column("材料类型", 6, lambda row: KINDS[row.result.kind]),
    Column("用语", 10, lambda row: row.finding.term),
    Column("原文", 10, lambda row: row.finding.surface),
    Column("上下文", 30, lambda row: row.finding.excerpt),
    Column("变形", 8, lambda row: EVASIONS[row.finding.evasion] if row.finding.evasion else ""),
    Column("页", 4, lambda row: _from_one(row.finding.anchor.page)),
    Column("段", 4, lambda row: _from_one(row.finding.anchor.passage)),
    Column("段落性质", 6, lambda row: _field(row.finding)),
    Column("行", 4, lambda row: row.finding.anchor.line or None),
    Column("列", 4, lambda row: row.finding.anchor.column or None),
    Column("依据", 24, lambda row: "\n".join(cite(row.clauses, i) for i in row.finding.clauses)),
    Column("条款代号", 14, lambda row: "\n".join(row.finding.clauses)),
    Column("理由", 28, lambda row: "\n".join(give_reasons(row.finding))),
    Column("须核实", 28, lambda row: row.finding.message),
    Column("改写", 24, lambda row: row.finding.suggestion),
    Column("规则", 14, lambda row: row.finding.rule),
    Column("指纹", 14, lambda row: row.finding.fingerprint),
    Column("原件SHA-256", 20, lambda row: row.result.source.sha256),
)
PROBLEMS: Sequence[Column[ProblemRow]] = (
    Column("材料编号", 5, lambda row: row.file),
    Column("材料", 30, lambda row: name_source(row.result.source)),
    Column("位置", 6, lambda row: describe_lost(row.problem, row.whole)),
    Column("原因", 10, lambda row: name_problem(row.problem)),
    Column("说明", 40, lambda row: row.problem.message),
    Column("代码", 10, lambda row: row.problem.code),
    Column("原件SHA-256", 20, lambda row: row.result.source.sha256),
)


def tabulate_findings(report: Report) -> Table[FindingRow]:
    """Return all findings, dismissed ones too, in the report's order."""
    clauses = look_up(report)
    rows = [
        FindingRow(number, file, result, finding, clauses)
        for file, first, result in number_findings(report)
        for number, finding in enumerate(result.findings, start=first)
    ]
    return Table(FINDINGS, rows)


def tabulate_problems(report: Report) -> Table[ProblemRow]:
    """Return all that was not read or not in full; first the sources of which nothing was."""
    rows = [
        ProblemRow(file, result, problem, is_unread(result))
        for file, result in enumerate(report.results, start=1)
        for problem in result.problems
    ]
    return Table(PROBLEMS, sorted(rows, key=lambda row: not row.whole))


def _cell(value: Cell | None) -> Cell:
    return visible(value) if isinstance(value, str) else "" if value is None else value


def _from_one(index: int | None) -> int | None:
    return None if index is None else index + 1


def _field(finding: Finding) -> str:
    return PASSAGES[finding.anchor.field] if finding.anchor.field else ""
