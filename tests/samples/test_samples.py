"""Every sample is scanned as a user would, and compared with the expected result beside it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from detector import Finding, Scanner
from detector.model import Outcome, SourceResult

SAMPLES = Path(__file__).parents[2] / "samples"
SUFFIX = ".expected.json"
EXPECTED: dict[str, dict[str, Any]] = {
    path.relative_to(SAMPLES).as_posix().removesuffix(SUFFIX): json.loads(
        path.read_text(encoding="utf-8")
    )
    for path in sorted(SAMPLES.rglob("*" + SUFFIX))
}
BROKEN = [name for name, expected in EXPECTED.items() if "problems" in expected]
READABLE = [name for name in EXPECTED if name not in BROKEN]
NEEDS_OCR = ("certificates/", "posters/", "documents/scanned.pdf")
SPOKEN = (Outcome.REPORT, Outcome.REVIEW)


def family(kind: str) -> str:
    return "publicity" if kind in ("ad", "web") else kind


@pytest.fixture(scope="module")
def scanners() -> dict[str, Scanner]:
    """One scanner for each jurisdiction, so that the OCR engine is loaded once for each."""
    codes = {expected.get("jurisdiction", "CN") for expected in EXPECTED.values()}
    return {code: Scanner(jurisdiction=code) for code in codes}


@pytest.mark.parametrize("name", READABLE)
def test_sample_gives_the_expected_result(name: str, scanners: dict[str, Scanner]) -> None:
    expected = EXPECTED[name]
    result = scanners[expected["jurisdiction"]].scan_file(SAMPLES / name)
    # Known failures are listed with their reasons. One that no longer fails must leave the list.
    assert set(differences(result, expected)) == set(expected.get("known_failures", {}))


@pytest.mark.parametrize("name", BROKEN)
def test_broken_file_gives_its_problem(name: str, scanners: dict[str, Scanner]) -> None:
    result = scanners["CN"].scan_file(SAMPLES / name)
    assert [p.code for p in result.problems] == EXPECTED[name]["problems"]
    assert all(p.message for p in result.problems)
    assert not result.findings


@pytest.mark.parametrize("name", [n for n in READABLE if not n.startswith(NEEDS_OCR)])
def test_written_text_is_read_whole(name: str, scanners: dict[str, Scanner]) -> None:
    document = scanners["CN"].read_file(SAMPLES / name)
    read = "\n".join(passage.text for passage in document.passages)
    assert [line for line in EXPECTED[name]["text"] if line not in read] == []


def differences(result: SourceResult, expected: dict[str, Any]) -> Iterator[str]:
    """Name each way in which a result departs from what is expected of it."""
    unclaimed = [f for f in result.findings if f.outcome in SPOKEN]
    for violation in expected["violations"]:
        meant = [f for f in unclaimed if speaks_of(f, violation)]
        claimed = min(meant, key=lambda f: f.surface != violation["text"], default=None)
        if claimed:
            unclaimed.remove(claimed)
        else:
            yield f"missed {violation['term']}: {violation['text']}"
    # Reading seals is a later step: what is read of one is welcome, but not asked for.
    in_seals = {violation["term"] for violation in expected.get("in_seals", ())}
    for finding in unclaimed:
        if finding.outcome is Outcome.REPORT and finding.term not in in_seals:
            yield f"reported {finding.term}: {finding.surface}"
    # The kind is inferred only where there is something to judge. Advertisements and pages are
    # one material to the notices, and where one ends and the other begins is a matter of taste.
    if result.findings and family(result.kind) != family(expected["kind"]):
        yield f"kind: {result.kind}"
    yield from (f"problem: {problem.code}" for problem in result.problems)


def speaks_of(finding: Finding, violation: dict[str, str]) -> bool:
    """Tell whether a finding names the violation's clause and term."""
    return finding.term == violation["term"] and violation["clause"] in finding.clauses
