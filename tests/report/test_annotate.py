"""Annotated pages: names, boxes in their colours, what is left out."""

from __future__ import annotations

import pytest
from PIL import Image
from report_values import (
    PAGE_SIZE,
    box,
    finding,
    full_report,
    lost_pages,
    no_pages,
    pages,
    picture,
    report_of,
    result,
)

from detector.model import Outcome, Severity, Source
from detector.report import write_report
from detector.report.annotate import COLOURS, draw_boxes, number_from
from detector.report.evidence import Budget, collect_evidence


def near(one, other, tolerance=24):
    return all(abs(a - b) <= tolerance for a, b in zip(one, other, strict=True))


def test_pages_with_findings_are_written_under_their_numbers(tmp_path):
    files = write_report(full_report(), tmp_path, ["pages"], pages)
    assert [file.relative_to(tmp_path).as_posix() for file in files] == [
        "pages/2-证书-p1.jpg",
        "pages/2-证书-p2.jpg",
    ]
    with Image.open(files[0]) as page:
        assert page.size == PAGE_SIZE
        colours = {page.getpixel((x, y)) for x in range(94, 400, 3) for y in range(52, 62)}
    assert any(near(colour, COLOURS[Severity.LOW]) for colour in colours)


def test_pages_of_an_earlier_report_make_room_and_other_files_stay(tmp_path):
    write_report(full_report(), tmp_path, ["pages"], pages)
    (tmp_path / "pages" / "notes.jpg").touch()
    assert write_report(report_of(result("a.txt")), tmp_path, ["pages"], no_pages) == []
    assert [path.name for path in (tmp_path / "pages").iterdir()] == ["notes.jpg"]


@pytest.mark.parametrize("severity", Severity)
def test_a_box_has_the_colour_of_its_severity_and_leaves_the_word_alone(severity):
    page = picture()
    found = finding("包过", "包过", severity=severity, boxes=(box(300, 300, 400, 328),))
    draw_boxes(page, number_from([found], 12), 0)
    colours = {page.getpixel((350, y)) for y in range(290, 300)}
    assert COLOURS[severity] in colours
    assert page.getpixel((350, 314)) == picture().getpixel((350, 314))


def test_dismissed_findings_are_not_drawn(tmp_path):
    found = finding("包过", "包过", outcome=Outcome.DISMISSED, boxes=(box(300, 300, 400, 328),))
    (path,) = write_report(report_of(result("a.png", found)), tmp_path, ["pages"], pages)
    with Image.open(path) as page:
        assert near(page.getpixel((350, 297)), picture().getpixel((350, 297)))


def test_text_without_boxes_asks_for_no_picture(tmp_path):
    report = report_of(result("a.txt", finding("包过", "包过")))
    assert write_report(report, tmp_path, ["pages", "html"], no_pages)


def test_a_source_that_is_gone_ends_nothing_and_is_told(tmp_path):
    (path,) = write_report(full_report(), tmp_path, ["pages", "html"], lost_pages)
    assert "证据图片无法生成（文件已不在原处）" in path.read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("uri", "name"),
    [
        ("a/../../etc/passwd", "1-passwd-p1.jpg"),
        ("C:\\图\\扫 描?.png", "1-扫_描-p1.jpg"),
        ("\u202egpj.exe\n", "1-gpj-p1.jpg"),
        ("....", "1-source-p1.jpg"),
        ("长" * 300 + ".png", f"1-{'长' * 40}-p1.jpg"),
    ],
)
def test_page_names_are_safe(tmp_path, uri, name):
    found = finding("包过", "包过", boxes=(box(300, 300, 400, 328),))
    (path,) = write_report(report_of(result(uri, found)), tmp_path, ["pages"], pages)
    assert path == tmp_path / "pages" / name


@pytest.mark.parametrize(
    "place",
    [
        (0, 0, 8, 8),
        (790, 550, 800, 560),
        (900, 900, 990, 930),
        (100, 100, 100, 100),
        (-50, -9, 9, 9),
    ],
)
def test_boxes_at_or_beyond_the_edge_are_drawn_and_cut_out(place):
    found = finding("包过", "包过", boxes=(box(*place),))
    evidence = collect_evidence(result("a.png", found), number_from([found], 1), pages, Budget())
    assert evidence.crops[1].width > 0
    assert len(evidence.pages) == 1


def test_a_spent_budget_is_told():
    report = full_report()
    scan = report.results[1]
    evidence = collect_evidence(scan, number_from(scan.findings, 4), pages, Budget(1))
    assert len(evidence.pages) == 1
    assert "pages 文件夹" in evidence.note


def test_many_numbers_do_not_cover_each_other():
    boxes = [box(100 + 60 * i, 60, 150 + 60 * i, 88) for i in range(8)]
    findings = [finding("包过", "包过", boxes=(one,)) for one in boxes]
    page = picture()
    draw_boxes(page, number_from(findings, 1), 0)
    assert page.getpixel((125, 74)) == picture().getpixel((125, 74))


def test_a_page_is_asked_for_once_and_no_further_than_needed():
    asked = []

    def counting(source: Source):
        for index in range(5):
            asked.append(index)
            yield picture()

    scan = full_report().results[1]
    collect_evidence(scan, number_from(scan.findings, 1), counting, Budget())
    assert asked == [0, 1]
