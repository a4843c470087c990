"""An earlier report, or a list of fingerprints, as what is already known.

A fingerprint has no position: words that moved are still known, and so is a second copy of a
known sentence in the same source.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from detector.errors import UsageError
from detector.model import Finding, Outcome, Report, SourceResult
from detector.report.build import keep_cited
from detector.report.saved import load_saved

# As the judge makes them; "#" starts a remark.
_FINGERPRINT = re.compile(r"[0-9a-f]{24}")
SETTING = "baseline"


@dataclass(frozen=True, slots=True)
class Baseline:
    """Fingerprints that are known; `name` is what reports call the file."""

    name: str
    known: frozenset[str]

    def knows(self, finding: Finding) -> bool:
        """Tell whether a finding is known; dismissed ones are never hidden, nobody counts them."""
        return finding.outcome is not Outcome.DISMISSED and finding.fingerprint in self.known


NOTHING_KNOWN = Baseline("", frozenset())


def load_baseline(path: Path) -> Baseline:
    """Read a report (its folder, report.json, report.jsonl) or a list, one fingerprint a line.

    Raises UsageError where it cannot be read or is neither.
    """
    if path.is_dir() or _first_word(path).startswith("{"):
        return Baseline(str(path), frozenset(_known(load_saved(path))))
    return Baseline(str(path), frozenset(_listed(path)))


def hide_known(report: Report, baseline: Baseline) -> Report:
    """Return a report that lists what the baseline does not know.

    What is hidden is counted, source by source and in the totals; problems are never hidden. The
    report remembers all that the baseline knew, met this time or not, so that it can be the next
    baseline: a source that could not be read today is not news tomorrow.
    """
    if baseline == NOTHING_KNOWN:
        return report
    results = tuple(hide_in(result, baseline) for result in report.results)
    hidden = [one for result in report.results for one in result.findings if baseline.knows(one)]
    outcomes = [one.outcome for one in hidden]
    totals = replace(
        report.totals,
        report=report.totals.report - outcomes.count(Outcome.REPORT),
        review=report.totals.review - outcomes.count(Outcome.REVIEW),
        known=report.totals.known + len(hidden),
    )
    return keep_cited(remember(replace(report, results=results, totals=totals), baseline))


def hide_in(result: SourceResult, baseline: Baseline) -> SourceResult:
    """Return a result that lists what the baseline does not know, and counts the rest."""
    left = tuple(one for one in result.findings if not baseline.knows(one))
    hidden = len(result.findings) - len(left)
    return replace(result, findings=left, left_out=result.left_out + hidden)


def remember(report: Report, baseline: Baseline) -> Report:
    """Return a report that names its baseline and what that knew."""
    if baseline == NOTHING_KNOWN:
        return report
    before = dict(report.settings)
    names = [name for name in (before.get(SETTING), baseline.name) if name]
    settings = before | {SETTING: "、".join(dict.fromkeys(names))}
    known = tuple(sorted(baseline.known.union(report.known)))
    return replace(report, settings=tuple(settings.items()), known=known)


def _known(report: Report) -> Iterator[str]:
    """Yield what a report lists, and what it was itself told to hide.

    A dismissed finding is not known: if the rules change their mind, it is news.
    """
    yield from report.known
    for result in report.results:
        for finding in result.findings:
            if finding.outcome is not Outcome.DISMISSED:
                yield finding.fingerprint


def _listed(path: Path) -> Iterator[str]:
    for number, line in enumerate(_lines(path), start=1):
        word = line.partition("#")[0].strip()
        if word and not _FINGERPRINT.fullmatch(word):
            raise UsageError(
                f"基准 {path} 的第 {number} 行不是指纹。请给出以前的报告（report.json、"
                "report.jsonl），或每行一个指纹的清单。"
            )
        if word:
            yield word


def _first_word(path: Path) -> str:
    for line in _lines(path):
        if line.strip():
            return line.strip()
    raise UsageError(f"基准 {path} 是空的。请给出以前的报告；没有已知线索的，不用 --baseline。")


def _lines(path: Path) -> Iterable[str]:
    try:
        return path.read_text(encoding="utf-8-sig").splitlines()
    except OSError as error:
        raise UsageError(f"基准 {path} 无法打开（{error.strerror}）。请检查路径。") from error
    except UnicodeDecodeError as error:
        raise UsageError(f"基准 {path} 不是 UTF-8 文本，不能读取。请检查路径。") from error
