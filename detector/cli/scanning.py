"""One source read, judged and masked; and the exit code that results add up to."""

from __future__ import annotations

import time
import traceback
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from detector.errors import ExitCode, ProblemCode, ShanzhaiError
from detector.model import Document, Outcome, Problem, Report, Source, SourceResult
from detector.report.build import count_totals
from detector.report.mask import Labels, choose_labels, mask_text, protect
from detector.settings import Settings

if TYPE_CHECKING:
    from detector.casebook.values import Decision
    from detector.scanner import Scanner

_GRAVEST_FIRST = tuple(Outcome)


class Scanned(NamedTuple):
    """A source's document as it was read, and what may be shown of its findings."""

    document: Document
    result: SourceResult


def find_labels(scanner: Scanner) -> Labels | None:
    """Return the labels that personal data follow; None where the user wants to see the data."""
    return choose_labels(scanner.rulebook.lexicons, scanner.settings)


def scan_one(
    scanner: Scanner, labels: Labels | None, source: Source, read: Callable[[], Document]
) -> Scanned:
    """Judge the document that `read` returns; a bug that one source meets does not end the run."""
    started = time.perf_counter()
    try:
        document = read()
        result = scanner.scan_document(document)
        if labels is not None:
            result = protect(result, document, labels)
    except ShanzhaiError:  # for the user to mend: no other source would fare better
        raise
    except Exception as error:
        what = f"程序出错：{name_bug(error)}，未能完成。这是程序的缺陷，请报告给维护者。"
        document, result = give_up(scanner, source, ProblemCode.FAILED, what)
    return Scanned(document, replace(result, seconds=time.perf_counter() - started))


def find_decisions(settings: Settings, wanted: bool) -> Mapping[str, Decision]:
    """Return the decisions that stand, by fingerprint; none where they are not wanted.

    Raises SettingsError where there is no casebook.
    """
    if not wanted:
        return {}
    # Loaded here: a scan without a casebook needs no database.
    from detector.casebook.decisions import standing_decisions
    from detector.database import open_database, reading

    with reading(open_database(settings.casebook)) as connection:
        return standing_decisions(connection)


def follow_decisions(
    results: Iterable[SourceResult], decisions: Mapping[str, Decision]
) -> list[SourceResult]:
    """Return results in which what people decided counts."""
    if not decisions:
        return list(results)
    from detector.casebook.decisions import take_over

    return list(take_over(results, decisions))


def follow_in_report(report: Report, decisions: Mapping[str, Decision]) -> Report:
    """Return a report in which what people decided counts, also where it lists but a part."""
    results = tuple(follow_decisions(report.results, decisions))
    before, after = count_totals(report.results), count_totals(results)
    moved = {
        one.value: getattr(report.totals, one) + getattr(after, one) - getattr(before, one)
        for one in Outcome
    }
    return replace(report, results=results, totals=replace(report.totals, **moved))


def count_followed(
    results: Iterable[SourceResult], decisions: Mapping[str, Decision]
) -> Iterator[str]:
    """Yield the line that says how many findings a decision was taken over for, if any was."""
    followed = sum(f.fingerprint in decisions for result in results for f in result.findings)
    if followed:
        yield f"其中 {followed} 处沿用了案卷库中的审核决定。"


def text_of(scanned: Scanned, labels: Labels | None) -> str:
    """Return the text that all findings count in, masked; empty where there are several texts."""
    document, result = scanned
    text = document.passages[0].text if len(document.passages) == 1 else ""
    if labels is None:
        return text
    return mask_text(text, labels, [finding.span for finding in result.findings])


def give_up(scanner: Scanner, source: Source, code: ProblemCode, message: str) -> Scanned:
    """Return the result of a source of which nothing is known but a problem."""
    document = Document(source, problems=(Problem(code, message),))
    return Scanned(document, scanner.scan_document(document))


def add_up(results: Iterable[SourceResult], threshold: Outcome) -> ExitCode:
    """Return the exit code: a bug outweighs findings, and these what was not read."""
    results = list(results)
    problems = {problem.code for result in results for problem in result.problems}
    grave = _GRAVEST_FIRST[: _GRAVEST_FIRST.index(threshold) + 1]
    if ProblemCode.FAILED in problems:
        return ExitCode.BUG
    if any(finding.outcome in grave for result in results for finding in result.findings):
        return ExitCode.FINDINGS
    return ExitCode.INCOMPLETE if problems else ExitCode.CLEAN


def add_up_totals(report: Report) -> ExitCode:
    """Return the exit code of a report that was written before, under its own threshold."""
    threshold = Outcome(dict(report.settings).get("threshold", Outcome.REPORT))
    grave = _GRAVEST_FIRST[: _GRAVEST_FIRST.index(threshold) + 1]
    if any(getattr(report.totals, outcome) for outcome in grave):
        return ExitCode.FINDINGS
    return ExitCode.INCOMPLETE if report.totals.problems else ExitCode.CLEAN


def name_bug(error: Exception) -> str:
    """Name an error and its place; its own words could hold personal data."""
    last = traceback.extract_tb(error.__traceback__)[-1]
    return f"{type(error).__name__}（{Path(last.filename).name} 第 {last.lineno} 行）"
