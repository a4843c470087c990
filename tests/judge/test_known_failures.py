"""What the rules are known to judge wrongly; a strict expected failure each."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from detector import Scanner
from detector.model import Outcome

CASES = yaml.safe_load(Path(__file__).with_name("known_failures.yaml").read_text("utf-8"))
SCANNER = Scanner()


def as_parameter(case: dict):
    return pytest.param(case, marks=pytest.mark.xfail(strict=True, reason=case["reason"]))


@pytest.mark.parametrize("case", [as_parameter(case) for case in CASES])
def test_known_failure(case):
    at = case["text"].index(case.get("misses") or case["reports"])
    end = at + len(case.get("misses") or case["reports"])
    found = [
        finding
        for finding in SCANNER.scan_text(case["text"], kind=case.get("kind", "ad")).findings
        if finding.outcome is Outcome.REPORT and finding.span.start < end and at < finding.span.end
    ]
    assert bool(found) == ("misses" in case)
