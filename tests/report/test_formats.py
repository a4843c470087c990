"""What all formats have in common: each names every finding once, and all that was not read."""

from __future__ import annotations

import csv
import io
import json
import re
from collections import Counter
from collections.abc import Callable
from html import unescape
from pathlib import Path
from typing import NamedTuple

import pytest
from docx import Document
from hostile_values import HOSTILE, hostile_report
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook
from report_values import finding, full_report, pages, report_of, result

from detector.model import Outcome, Report
from detector.report import FORMATS, write_report
from detector.report.baseline import Baseline, hide_known
from detector.report.jsonl_report import load_lines
from detector.report.labels import OUTCOMES, PROBLEMS
from detector.report.load import load_report


class Named(NamedTuple):
    """What a file says, counted: fingerprints of standing findings, messages of problems."""

    findings: Counter[str]
    problems: Counter[str]


def named(report: Report) -> Named:
    standing = [
        one.fingerprint
        for result in report.results
        for one in result.findings
        if one.outcome is not Outcome.DISMISSED
    ]
    problems = [problem.code for result in report.results for problem in result.problems]
    return Named(Counter(standing), Counter(problems))


def in_rows(findings: list[list], problems: list[list]) -> Named:
    (head, *rows), (other, *unread) = findings, problems
    outcome, fingerprint = head.index("结论"), head.index("指纹")
    dismissed = OUTCOMES[Outcome.DISMISSED]
    return Named(
        Counter(row[fingerprint] for row in rows if row[outcome] != dismissed),
        Counter(row[other.index("代码")] for row in unread if row[other.index("代码")]),
    )


def in_csv(folder: Path) -> Named:
    files = (folder / "report.csv", folder / "unread.csv")
    texts = [path.read_bytes().decode("utf-8-sig") for path in files]
    return in_rows(*(list(csv.reader(io.StringIO(text, newline=""))) for text in texts))


def in_xlsx(folder: Path) -> Named:
    book = load_workbook(folder / "report.xlsx")
    return in_rows(*([list(row) for row in book[name].values] for name in ("线索", "未读")))


def in_sarif(folder: Path) -> Named:
    (run,) = json.loads((folder / "report.sarif").read_text("utf-8"))["runs"]
    standing = [one for one in run["results"] if not one.get("suppressions")]
    notices = run["invocations"][0]["toolExecutionNotifications"]
    return Named(
        Counter(one["partialFingerprints"]["shanzhaiFingerprint/v1"] for one in standing),
        Counter(one["descriptor"]["id"] for one in notices if "descriptor" in one),
    )


def in_markdown(folder: Path) -> Named:
    text = (folder / "report.md").read_text("utf-8")
    table = text.partition("## 没有读到")[2].partition("\n## ")[0]
    rows = [line for line in table.splitlines() if line.startswith("| ")][2:]
    findings = re.findall(r"^- 规则与指纹：.* · ([0-9a-f]{24})$", text, re.M)
    return Named(Counter(findings), Counter(code_of(row) for row in rows))


def in_docx(folder: Path) -> Named:
    paper = Document(str(folder / "report.docx"))
    findings: Counter[str] = Counter()
    problems: Counter[str] = Counter()
    for table in paper.tables:
        first = table.rows[0].cells[0].text
        if first.startswith("线索 "):
            findings[table.rows[-1].cells[1].text.split("　")[-1]] += 1
        if first == "材料":
            problems.update(code_of(row.cells[2].text) for row in table.rows[1:])
    return Named(findings, problems)


def in_html(folder: Path) -> Named:
    text = (folder / "report.html").read_text("utf-8")
    article = (
        r'<article class="finding \w+ (\w+)".*?<footer class="code">.*? · ([0-9a-f]+)</footer>'
    )
    articles = re.findall(article, text, re.S)
    standing = [fingerprint for outcome, fingerprint in articles if outcome != "dismissed"]
    chips = re.findall(r'<span class="chip problem">(.*?)</span>', text)
    return Named(Counter(standing), Counter(code_of(unescape(chip)) for chip in chips))


def code_of(text: str) -> str:
    """Return the code of the problem whose name stands in the text."""
    return next(str(code) for code, name in PROBLEMS.items() if name in text)


READERS: dict[str, Callable[[Path], Named]] = {
    "json": lambda folder: named(load_report(folder)),
    "jsonl": lambda folder: named(load_lines(folder / "report.jsonl")),
    "csv": in_csv,
    "csv-no-bom": in_csv,
    "xlsx": in_xlsx,
    "html": in_html,
    "md": in_markdown,
    "docx": in_docx,
    "sarif": in_sarif,
}
PICTURES = {"pages", "crops"}
every_format = pytest.mark.parametrize("name", READERS)


def test_every_format_of_the_table_is_looked_at_and_described():
    assert set(FORMATS) == set(READERS) | PICTURES
    page = (Path(__file__).parents[2] / "docs" / "report-formats.md").read_text("utf-8")
    rows = re.findall(r"^\| (`[^|]+) \| `?\w", page, re.M)
    assert {name for row in rows for name in re.findall(r"`([a-z-]+)`", row)} >= set(FORMATS)


def test_the_documentation_knows_the_version_that_is_written():
    page = (Path(__file__).parents[2] / "docs" / "report-formats.md").read_text("utf-8")
    assert f"`{full_report().schema}`" in page


@every_format
def test_a_format_names_each_finding_once_and_all_that_was_not_read(name, tmp_path):
    report = full_report()
    write_report(report, tmp_path, [name], pages)
    assert READERS[name](tmp_path) == named(report)
    assert len(named(report).findings) == report.totals.report + report.totals.review
    assert named(report).problems.total() == report.totals.problems


@every_format
def test_hostile_words_leave_no_finding_out(name, tmp_path):
    report = hostile_report()
    write_report(report, tmp_path, [name], pages)
    assert READERS[name](tmp_path) == named(report)
    assert named(report).findings.total() == len(HOSTILE)


@every_format
@settings(max_examples=25, deadline=None)
@given(text=st.text(st.characters(exclude_categories=[]), max_size=30))
def test_any_words_at_all_can_be_written(name, text, tmp_path_factory):
    folder = tmp_path_factory.mktemp("any")
    report = hostile_report((text,))
    write_report(report, folder, [name], pages)
    assert READERS[name](folder) == named(report)


KNOWN = Baseline("旧/report.json", frozenset({f"{3:024x}"}))


@every_format
def test_what_a_baseline_knows_is_not_named(name, tmp_path):
    report = hide_known(full_report(), KNOWN)
    assert report.totals.known == 1
    write_report(report, tmp_path, [name], pages)
    assert READERS[name](tmp_path) == named(report)
    assert named(full_report()).findings - named(report).findings == Counter(KNOWN.known)


@pytest.mark.parametrize("name", ["csv", "xlsx", "md", "docx", "sarif", "html"])
def test_a_report_says_how_many_findings_a_baseline_hides(name, tmp_path):
    write_report(hide_known(full_report(), KNOWN), tmp_path, [name], pages)
    assert "另有 1 处在基准 旧/report.json 中已知，未列出。" in said(tmp_path)


@pytest.mark.parametrize("name", ["md", "docx", "html"])
def test_a_source_whose_findings_are_all_known_is_not_called_clean(name, tmp_path):
    one = finding("包过", "包过")
    report = hide_known(report_of(result("a", one)), Baseline("旧", frozenset({one.fingerprint})))
    write_report(report, tmp_path, [name], pages)
    assert "按现有规则未发现：1 份" not in said(tmp_path)


def said(folder: Path) -> str:
    """Return all words of the reports in a folder."""
    words = []
    for path in folder.iterdir():
        if path.suffix == ".xlsx":
            book = load_workbook(path)
            words += [str(cell) for sheet in book for row in sheet.values for cell in row]
        elif path.suffix == ".docx":
            paper = Document(str(path))
            words += [paragraph.text for paragraph in paper.paragraphs]
        else:
            words.append(path.read_text("utf-8").replace("\\", ""))
    return "\n".join(words)
