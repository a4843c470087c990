"""What a report says of a run: totals, what it cites, which settings it names."""

from __future__ import annotations

import subprocess
import sys

import pytest
from report_values import finding, full_report, no_pages, report_of, result

from detector.errors import UsageError
from detector.model import Problem
from detector.report import FORMATS, write_report


def test_totals_count_sources_pages_and_outcomes():
    totals = full_report().totals
    assert (totals.sources, totals.pages, totals.unread, totals.problems) == (4, 4, 1, 2)
    assert (totals.report, totals.review, totals.dismissed) == (3, 1, 1)


def test_only_cited_clauses_and_their_notices_are_kept():
    report = full_report()
    assert [clause.id for clause in report.clauses] == [
        "CN-2022-25#一（一）",
        "CN-2022-25#一（二）",
        "GD-2022#二（二）",
    ]
    assert [notice.id for notice in report.notices] == ["CN-2022-25", "GD-2022"]


def test_settings_that_bear_on_results_are_text():
    settings = dict(report_of(jurisdiction=("GD", "JS")).settings)
    assert settings["jurisdiction"] == "GD,JS"
    assert settings["as_of"] == "2026-11-24"
    assert settings["show_personal_data"] == "false"
    assert settings["kind"] == ""
    assert not {"out", "rules", "batch_passages"} & settings.keys()


@pytest.mark.parametrize(
    ("problems", "pages", "unread"),
    [
        ((Problem("encrypted", "有密码"),), 1, True),
        ((Problem("wrong-extension", "其实是 PNG"),), 1, False),
        ((Problem("no-text", "没有文字", 0),), 2, False),
        ((Problem("no-text", "没有文字", 0), Problem("ocr-failed", "失败", 1)), 2, True),
        ((), 1, False),
    ],
)
def test_a_source_counts_as_unread_only_where_nothing_was_read(problems, pages, unread):
    report = report_of(result("a.pdf", problems=problems, pages=pages))
    assert report.totals.unread == int(unread)


def test_a_damaged_source_with_findings_was_read():
    broken = result("a.jpg", finding("包过", "包过"), problems=(Problem("damaged", "不完整"),))
    assert report_of(broken).totals.unread == 0


def test_unknown_format_names_the_choices(tmp_path):
    with pytest.raises(UsageError, match="json、jsonl、csv"):
        write_report(report_of(), tmp_path / "out", ["pdf"], no_pages)
    assert not (tmp_path / "out").exists()


def test_a_folder_that_cannot_be_made_is_a_usage_error(tmp_path):
    (tmp_path / "file").write_text("")
    with pytest.raises(UsageError, match="--out"):
        write_report(report_of(), tmp_path / "file" / "out", ["json"], no_pages)


def test_every_format_writes_even_when_nothing_was_found(tmp_path):
    files = write_report(report_of(result("a.txt")), tmp_path, list(FORMATS), no_pages)
    assert {file.name for file in files} == {
        "report.json",
        "report.jsonl",
        "report.csv",
        "unread.csv",
        "report.xlsx",
        "report.html",
        "report.md",
        "report.docx",
        "report.sarif",
    }
    assert not list(tmp_path.rglob("*.tmp"))


def test_importing_the_room_loads_no_imaging_library():
    heavy = {"PIL", "jinja2", "click", "openpyxl", "docx"}
    code = f"import sys, detector.report; print({heavy} & set(sys.modules))"
    shown = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert shown.stdout.strip() == "set()"
