"""Which part of a report a reader asks for; the rest is counted and said to be left out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from urllib.parse import urlsplit

from detector.errors import UsageError
from detector.model import Finding, Outcome, Report, SourceResult
from detector.report.build import count_totals, keep_cited

STANDING = (Outcome.REPORT, Outcome.REVIEW)
# Pages of a screening that are listed where nobody says how many: what a browser opens from disk
# without complaint.
LIMIT = 2_000
PREFIX = "report_"  # of the settings that say what was chosen


@dataclass(frozen=True, slots=True)
class Choice:
    """Which findings are listed, and of how many sources; what is empty leaves nothing out."""

    limit: int | None = None
    outcomes: tuple[Outcome, ...] = ()
    site: str = ""
    clause: str = ""

    def takes(self, finding: Finding) -> bool:
        """Tell whether a finding is listed, if its source is."""
        outcome = not self.outcomes or finding.outcome in self.outcomes
        return outcome and (not self.clause or self.clause in finding.clauses)


def check_choice(report: Report, choice: Choice) -> None:
    """Refuse a choice that nothing could fit: an empty list would pass for a clean one.

    Raises UsageError then, and where the report is itself a part of another: totals of the part
    cannot be told from it.
    """
    listed, sources = len(report.results), report.totals.sources
    part = listed != sources or any(name.startswith(PREFIX) for name, _ in report.settings)
    if choice != Choice() and part:
        raise UsageError(
            f"这份报告本身只是一部分（共 {sources} 份材料，列出 {listed} 份），"
            "再筛选会使总计失实。请改用完整的报告，或 shanzhai screen 的结果目录。"
        )
    if choice.site and not any(_is_of(choice.site, result) for result in report.results):
        raise UsageError(f"报告中没有网站 {choice.site} 的材料。请照材料的网址填写主机名。")
    cited = {id for one in report.results for finding in one.findings for id in finding.clauses}
    if choice.clause and choice.clause not in cited:
        names = "、".join(sorted(cited)) or "无"
        raise UsageError(f"报告中没有引用条款 {choice.clause} 的线索。引用的有：{names}。")


def choose(report: Report, choice: Choice) -> Report:
    """Return the chosen part of a whole report: sources with such findings or with problems.

    Totals are those of all sources (of the site, if one is chosen), not of the listed ones alone;
    findings that do not cite a chosen clause are not counted. With a limit the sources with most
    findings are listed, gravest outcome first.
    """
    if choice == Choice():
        return report
    here = [result for result in report.results if _is_of(choice.site, result)]
    citing = [keep(result, Choice(clause=choice.clause)) for result in here]
    chosen = [keep(result, choice) for result in citing]
    listed = _limit([one for one in chosen if one.findings or one.problems], choice)
    totals = replace(count_totals(citing), known=report.totals.known)
    settings = (*report.settings, *as_settings(choice))
    return keep_cited(replace(report, results=listed, totals=totals, settings=settings))


def keep(result: SourceResult, choice: Choice) -> SourceResult:
    """Return a result with the findings of a choice; it says how many others stand."""
    findings = tuple(filter(choice.takes, result.findings))
    dropped = _count_standing(result.findings) - _count_standing(findings)
    return replace(result, findings=findings, left_out=result.left_out + dropped)


def as_settings(choice: Choice) -> Iterator[tuple[str, str]]:
    """Yield what is chosen, for the report to say so."""
    yield f"{PREFIX}outcome", ",".join(choice.outcomes)
    yield f"{PREFIX}site", choice.site
    yield f"{PREFIX}clause", choice.clause
    yield f"{PREFIX}limit", "" if choice.limit is None else str(choice.limit)


def _is_of(site: str, result: SourceResult) -> bool:
    return not site or _host(result.source.uri) == site.lower()


def _host(uri: str) -> str:
    try:
        return urlsplit(uri).hostname or ""
    except ValueError:  # an address that is none, as of a malformed IPv6 host
        return ""


def _limit(results: Sequence[SourceResult], choice: Choice) -> tuple[SourceResult, ...]:
    """Return the gravest results up to the limit, in the order in which they stand."""
    places = sorted(range(len(results)), key=lambda i: _count_outcomes(results[i]), reverse=True)
    return tuple(results[place] for place in sorted(places[: choice.limit]))


def _count_outcomes(result: SourceResult) -> list[int]:
    return [sum(one.outcome is outcome for one in result.findings) for outcome in Outcome]


def _count_standing(findings: Iterable[Finding]) -> int:
    return sum(one.outcome in STANDING for one in findings)
