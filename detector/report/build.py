"""Results → Report: the totals are counted and the cited clauses picked here."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date, datetime

from detector.errors import ProblemCode
from detector.model import Clause, Finding, Notice, Outcome, Report, SourceResult, Totals
from detector.report.decode import decode
from detector.report.encode import encode
from detector.report.mask import hide_numbers, without_marks
from detector.settings import Settings

SCHEMA = "shanzhai-report/2"
# Settings that change what is found or shown; paths and batch sizes do not.
REPORTED_SETTINGS = (
    "jurisdiction",
    "packs",
    "kind",
    "as_of",
    "threshold",
    "ocr_engine",
    "ocr_long_side",
    "ocr_min_confidence",
    "marks",
    "render_dpi",
    "excerpt_context",
    "max_file_bytes",
    "max_text_chars",
    "max_pages",
    "max_page_pixels",
    "show_personal_data",
)
# A problem of one of these kinds means that the page, or the whole source, gave no words.
UNREAD = frozenset(
    {
        ProblemCode.NOT_FOUND,
        ProblemCode.EMPTY,
        ProblemCode.UNREADABLE,
        ProblemCode.DAMAGED,
        ProblemCode.ENCRYPTED,
        ProblemCode.UNSUPPORTED,
        ProblemCode.TOO_LARGE,
        ProblemCode.NO_TEXT,
        ProblemCode.OCR_FAILED,
        ProblemCode.NOT_REACHED,
        ProblemCode.FAILED,
        ProblemCode.QUARANTINED,
    }
)


def build_report(
    results: Sequence[SourceResult],
    notices: Sequence[Notice],
    rules_version: str,
    settings: Settings,
    created: datetime,
) -> Report:
    """Put results into a Report, with totals and the notices that the findings cite.

    Long numbers of persons are masked unless `settings.show_personal_data`; names need the
    document and are masked by `mask.protect` before.
    """
    # The package's version lives in its root, which loads this room on use, not at import.
    from detector import __version__

    shown = tuple(_as_shown(result, settings.show_personal_data) for result in results)
    cited = {id for result in shown for finding in result.findings for id in finding.clauses}
    return Report(
        schema=SCHEMA,
        tool=f"shanzhai-detector {__version__}",
        rules=rules_version,
        created=created.isoformat(timespec="seconds"),
        settings=tuple((name, as_text(getattr(settings, name))) for name in REPORTED_SETTINGS),
        results=shown,
        totals=count_totals(shown),
        clauses=tuple(_cited_clauses(notices, cited)),
        notices=tuple(_cited_notices(notices, cited)),
    )


def count_totals(results: Iterable[SourceResult]) -> Totals:
    """Count sources, pages, problems and outcomes."""
    results = tuple(results)
    outcomes = Counter(finding.outcome for result in results for finding in result.findings)
    return Totals(
        sources=len(results),
        pages=sum(map(count_pages_read, results)),
        unread=sum(map(is_unread, results)),
        problems=sum(len(result.problems) for result in results),
        report=outcomes[Outcome.REPORT],
        review=outcomes[Outcome.REVIEW],
        dismissed=outcomes[Outcome.DISMISSED],
    )


def is_unread(result: SourceResult) -> bool:
    """Tell whether nothing of a source could be read, as far as its problems say.

    A damaged source that shows nothing counts as unread: what is doubtful is not called clean.
    """
    lost = _lost_pages(result)
    whole = None in lost
    found = result.findings or result.left_out
    return not found and (whole or len(lost) >= result.pages)


def is_silent(result: SourceResult) -> bool:
    """Tell whether a source was read and nothing was found that stands."""
    found = any(one.outcome is not Outcome.DISMISSED for one in result.findings)
    return not found and not result.left_out and not is_unread(result)


def count_pages_read(result: SourceResult) -> int:
    """Count the pages of a source of which something was read."""
    return 0 if is_unread(result) else max(1, result.pages - len(_lost_pages(result) - {None}))


def _lost_pages(result: SourceResult) -> set[int | None]:
    """Return the pages that could not be read; None stands for the source as a whole."""
    return {problem.page for problem in result.problems if problem.code in UNREAD}


def number_findings(report: Report) -> Iterator[tuple[int, int, SourceResult]]:
    """Yield each result with its own number and that of its first finding, both from 1.

    Findings are numbered through the whole report, dismissed ones too, so that a number means
    the same in every format and on every picture.
    """
    first = 1
    for number, result in enumerate(report.results, start=1):
        yield number, first, result
        first += len(result.findings)


def number_standing(report: Report) -> Iterator[tuple[int, SourceResult, dict[int, Finding]]]:
    """Yield each result that has any, with its number and its findings but the dismissed ones.

    Numbers are those of `number_findings`.
    """
    for file, first, result in number_findings(report):
        numbered = enumerate(result.findings, start=first)
        standing = {n: one for n, one in numbered if one.outcome is not Outcome.DISMISSED}
        if standing:
            yield file, result, standing


def keep_cited(report: Report) -> Report:
    """Return a report with only those clauses and notices that its findings cite."""
    cited = {id for result in report.results for one in result.findings for id in one.clauses}
    clauses = tuple(clause for clause in report.clauses if clause.id in cited)
    named = {clause.notice for clause in clauses}
    notices = tuple(notice for notice in report.notices if notice.id in named)
    return replace(report, clauses=clauses, notices=notices)


def _as_shown(result: SourceResult, personal_data: bool) -> SourceResult:
    """Mask a result, and take it as report.json says it.

    Pixels are whole tenths there; other formats made of it later then draw the same pictures.
    """
    shown = without_marks(result) if personal_data else hide_numbers(result)
    return decode(SourceResult, encode(shown))


def _cited_clauses(notices: Iterable[Notice], cited: Collection[str]) -> Iterator[Clause]:
    for notice in notices:
        for clause in notice.clauses:
            if clause.id in cited:
                yield clause


def _cited_notices(notices: Iterable[Notice], cited: Collection[str]) -> Iterator[Notice]:
    for notice in notices:
        if any(clause.id in cited for clause in notice.clauses):
            yield replace(notice, clauses=())


def as_text(value: object) -> str:
    """Return a setting's value as reports and manifests show it, and settings are read from."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, tuple):
        return ",".join(value)
    return value.isoformat() if isinstance(value, date) else str(value)
