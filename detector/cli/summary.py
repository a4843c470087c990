"""What `scan` and `report` say at their end: totals, what was not read, where the report lies."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path

from detector.errors import ProblemCode
from detector.model import Problem, Report, Source
from detector.report.columns import clean
from detector.report.wording import describe_known, sum_up

MOST_PROBLEMS = 10
FOLDERS = {"pages": "标注页", "crops": "线索截图"}


def summarise(report: Report, files: Sequence[Path]) -> Iterator[str]:
    """Yield the lines of the summary; `files` are those that the report was written to."""
    waiting = sum(problem.code == ProblemCode.NOT_REACHED for _, problem in _all_problems(report))
    if waiting:
        yield f"扫描中途结束：{waiting} 个来源没有轮到，未读。"
    totals = report.totals
    yield f"共 {totals.sources} 个来源，{totals.pages} 页。{sum_up(report)}"
    yield from map(clean, describe_known(report))
    if totals.dismissed:
        yield f"另有 {totals.dismissed} 处已排除，理由见报告。"
    yield from _problems(report)
    yield from _places(files)


def _problems(report: Report) -> Iterator[str]:
    known = [pair for pair in _all_problems(report) if pair[1].code != ProblemCode.NOT_REACHED]
    if known:
        yield f"没有读全 {len({source for source, _ in known})} 个来源："
        yield from (_problem(*pair) for pair in known[:MOST_PROBLEMS])
    if len(known) > MOST_PROBLEMS:
        yield f"  … 另有 {len(known) - MOST_PROBLEMS} 条，见报告。"


def _all_problems(report: Report) -> Iterator[tuple[Source, Problem]]:
    for result in report.results:
        for problem in result.problems:
            yield result.source, problem


def _problem(source: Source, problem: Problem) -> str:
    return f"  {clean(source.uri)}：{clean(problem.message)}"


def _places(files: Sequence[Path]) -> Iterator[str]:
    """Yield the report's files; of a folder full of pages only the folder."""
    folders = Counter(path.parent for path in files)
    for folder, count in folders.items():
        if count == 1 or folder == files[0].parent:
            yield from (f"报告：{path}" for path in files if path.parent == folder)
        else:
            yield f"{FOLDERS[folder.name]}：{folder}（{count} 张）"
