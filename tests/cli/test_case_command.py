"""`shanzhai case`: what a user sees of imports and of the proof."""

from __future__ import annotations

import shutil
import sqlite3

import pytest

from detector.errors import ExitCode


@pytest.fixture
def scanned(shanzhai, advert):
    shanzhai("scan", advert, "--format", "json")


def test_a_report_is_imported_and_says_what_came_in(shanzhai, scanned, workplace):
    done = shanzhai("case", "import", "shanzhai-report")
    assert (done.code, done.err) == (ExitCode.CLEAN, "")
    assert "1 份材料，新增 " in done.out and "shanzhai-casebook.db" in done.out
    again = shanzhai("case", "import", "shanzhai-report/report.json")
    assert "已导入过，没有变化" in again.out
    other = workplace / "copy.json"
    shutil.copy(workplace / "shanzhai-report/report.json", other)
    assert "已导入过" in shanzhai("case", "import", other).out


def test_a_report_of_lines_is_imported_or_nothing_of_it(shanzhai, advert, workplace):
    shanzhai("scan", advert, "--format", "jsonl")
    lines = workplace / "shanzhai-report/report.jsonl"
    cut = workplace / "cut.jsonl"
    cut.write_bytes(lines.read_bytes()[:-20])
    done = shanzhai("case", "import", cut)
    assert done.code == ExitCode.USAGE and "第 2 行" in done.err
    assert "新增 " in shanzhai("case", "import", lines).out
    assert "已更新" in shanzhai("case", "import", "shanzhai-report", "--casebook", "other.db").out


def test_a_screening_is_imported_with_its_findings_and_its_unread_pages(shanzhai, workplace):
    pages = workplace / "pages"
    pages.mkdir()
    for number in range(3):
        (pages / f"{number}.html").write_text("<p>电工证培训，签约包过</p>", encoding="utf-8")
    (pages / "clean.html").write_text("<p>面包</p>", encoding="utf-8")
    (pages / "broken.pdf").write_bytes(b"%PDF-1.4 broken")
    shanzhai("screen", pages, "--out", "screened")
    done = shanzhai("case", "import", "screened")
    assert "4 份材料，新增 3 处线索" in done.out


def test_what_is_no_report_is_refused_before_anything_is_made(shanzhai, workplace):
    done = shanzhai("case", "import", "nothing.json")
    assert done.code == ExitCode.USAGE and "nothing.json" in done.err
    assert not (workplace / "shanzhai-casebook.db").exists()


def test_the_proof_names_what_was_changed(shanzhai, scanned, workplace):
    shanzhai("case", "import", "shanzhai-report", "--reviewer", "张三")
    proof = shanzhai("case", "verify")
    assert proof.code == ExitCode.CLEAN and "审核决定：0 条，前后相符" in proof.out
    assert shanzhai("case", "verify", "--known", "ab" * 32).code == ExitCode.FINDINGS
    with sqlite3.connect(workplace / "shanzhai-casebook.db") as book:
        book.execute(
            "INSERT INTO decisions VALUES (1, 'x', 'f', 'confirmed', '某', '2026', '', ?, 'y')",
            ("0" * 64,),
        )
    broken = shanzhai("case", "verify")
    assert broken.code == ExitCode.FINDINGS and "第 1 条：内容被改动" in broken.err


def test_a_missing_casebook_is_named(shanzhai):
    done = shanzhai("case", "verify", "--casebook", "none.db")
    assert done.code == ExitCode.USAGE and "none.db" in done.err
