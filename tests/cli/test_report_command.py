"""`shanzhai report` of what a scan wrote; baselines of `scan` and `report`."""

from __future__ import annotations

import json
import shutil

import pytest
from conftest import ADVERT, ROOT

from detector.report import FORMATS, USUAL
from detector.report.encode import dump

NEW = "焊工证考试，内部渠道，签约保过。\n"
PICTURE = ROOT / "samples/certificates/skills-sheet.jpg"
OUT = "shanzhai-report"
FILES = ("report.json", "report.html", "report.jsonl")


@pytest.fixture
def scanned(shanzhai, advert, plain, workplace):
    """Return the folder of a scan's report, of texts."""
    (workplace / "空.txt").touch()
    shanzhai("scan", ".", "--format", "json", "--format", "html", "--format", "jsonl")
    return workplace / OUT


def read(path):
    return json.loads(path.read_text("utf-8"))


def said_of(folder):
    return read(folder / "report.json")


def test_a_scan_writes_the_usual_formats(shanzhai, advert, workplace):
    shanzhai("scan", advert)
    assert {path.name for path in (workplace / OUT).iterdir()} == {
        "report.json",
        "report.html",
        "pages",
        "crops",
    }
    assert set(USUAL) < set(FORMATS)


@pytest.mark.parametrize("result", [OUT, f"{OUT}/report.json", f"{OUT}/report.jsonl"])
def test_a_report_made_later_is_byte_for_byte_the_one_of_the_scan(shanzhai, scanned, result):
    shown = shanzhai("report", result, *(f"--format={name.split('.')[1]}" for name in FILES))
    assert (shown.code, shown.err) == (0, "")
    for name in FILES:
        assert (scanned / "report" / name).read_bytes() == (scanned / name).read_bytes()
    assert "没有读全 1 个来源" in shown.out


def test_pictures_too_are_those_of_the_scan(shanzhai, workplace):
    shutil.copy(PICTURE, workplace / "证书.jpg")
    formats = ("--format", "html", "--format", "json", "--format", "pages", "--format", "crops")
    shanzhai("scan", "证书.jpg", *formats)
    assert shanzhai("report", OUT, *formats).code == 0
    first = sorted(path for path in (workplace / OUT).glob("[!r]*/*.jpg"))
    later = sorted((workplace / OUT / "report").glob("*/*.jpg"))
    assert len(first) >= 2
    assert [path.read_bytes() for path in first] == [path.read_bytes() for path in later]
    html = (workplace / OUT / "report.html").read_bytes()
    assert b"data:image/jpeg" in html
    assert (workplace / OUT / "report/report.html").read_bytes() == html


def test_without_the_originals_the_report_says_so(shanzhai, workplace):
    shutil.copy(PICTURE, workplace / "证书.jpg")
    shanzhai("scan", "证书.jpg", "--format", "json")
    (workplace / "证书.jpg").unlink()
    assert shanzhai("report", OUT, "--format", "html").code == 0
    assert "请核对原件是否仍在原处" in (workplace / OUT / "report/report.html").read_text("utf-8")


def test_every_format_is_written_without_scanning_again(shanzhai, scanned, advert):
    advert.unlink()
    options = [f"--format={name}" for name in FORMATS]
    assert shanzhai("report", scanned, *options).code == 0
    names = {path.name for path in (scanned / "report").iterdir()}
    assert {"report.xlsx", "report.docx", "report.sarif", "report.md", "unread.csv"} <= names


def test_a_result_of_the_first_version_is_reported(shanzhai, scanned):
    def older(raw):
        raw["schema"] = "shanzhai-report/1"
        del raw["totals"]["known"], raw["known"]
        for result in raw["results"]:
            del result["left_out"], result["registry"]
            for finding in result["findings"]:
                del finding["anchor"]["field"]

    raw = said_of(scanned)
    older(raw)
    (scanned / "report.json").write_text(dump(raw), "utf-8")
    assert shanzhai("report", scanned, "--format", "json", "--format", "md").code == 0
    assert said_of(scanned / "report")["schema"] == "shanzhai-report/2"


def test_programs_get_a_csv_without_a_mark(shanzhai, scanned):
    shanzhai("report", scanned, "--format", "csv", "--no-bom")
    assert (scanned / "report/report.csv").read_bytes().startswith("编号".encode())
    shanzhai("report", scanned, "--format", "csv")
    assert (scanned / "report/report.csv").read_bytes().startswith(b"\xef\xbb\xbf")


def test_a_chosen_part_says_that_it_is_one(shanzhai, scanned):
    clause = said_of(scanned)["clauses"][-1]["id"]
    shown = shanzhai("report", scanned, "--clause", clause, "--format", "json")
    assert f"本报告只列出引用条款 {clause} 的线索" in shown.out
    value = said_of(scanned / "report")
    assert value["settings"]["report_clause"] == clause
    assert value["totals"]["sources"] == 3
    assert "本报告只列出 2 份材料；总计是全部 3 份的。" in shown.out


def test_a_part_never_replaces_the_whole(shanzhai, scanned):
    before = (scanned / "report.json").read_bytes()
    shown = shanzhai("report", scanned, "--outcome", "review", "--out", scanned)
    assert shown.code == 2
    assert "不能用只含一部分的" in shown.err
    assert (scanned / "report.json").read_bytes() == before


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["none"], "无法打开"),
        (["."], "没有 report.json，也没有 manifest.json"),
        ([OUT, "--clause", "X#1"], "没有引用条款 X#1 的线索"),
        ([OUT, "--site", "a.cn"], "没有网站 a.cn"),
        ([OUT, "--baseline", "none"], "基准 none 无法打开"),
        ([OUT, "--only-new"], "请用 --baseline 给出以前的报告"),
    ],
)
def test_what_cannot_be_reported_is_told(shanzhai, scanned, arguments, message):
    shown = shanzhai("report", *arguments)
    assert shown.code == 2
    assert message in shown.err


def test_a_scan_with_a_baseline_lists_what_is_new(shanzhai, report, advert, workplace):
    shanzhai("scan", ".", "--format", "json")
    shutil.copy(workplace / OUT / "report.json", "基准.json")
    (workplace / "新.txt").write_text(NEW, "utf-8")
    before = len(report()["results"][0]["findings"])
    shown = shanzhai("scan", ".", "--baseline", "基准.json")
    assert shown.code == 1
    value = report()
    assert {r["source"]["uri"] for r in value["results"] if r["findings"]} == {"./新.txt"}
    assert value["totals"]["known"] == before
    assert f"另有 {before} 处在基准 基准.json 中已知，未列出。" in shown.out


def test_the_exit_code_counts_all_unless_only_the_new_is_asked_for(shanzhai, advert, workplace):
    shanzhai("scan", advert)
    known = ("--baseline", f"{OUT}/report.json", "--out", "二")
    shown = shanzhai("scan", advert, *known)
    assert shown.code == 1
    assert "除基准中已知的以外，按现有规则未发现疑似违规表述（不等于合规）。" in shown.out
    assert shanzhai("scan", advert, *known, "--only-new").code == 0
    advert.write_text(ADVERT + NEW, "utf-8")
    assert shanzhai("scan", advert, *known, "--only-new").code == 1


def test_what_is_not_read_is_no_clean_scan_whatever_is_known(shanzhai, advert, workplace):
    (workplace / "空.txt").touch()
    shanzhai("scan", ".")
    shutil.copy(workplace / OUT / "report.json", "基准.json")
    assert shanzhai("scan", ".", "--baseline", "基准.json", "--only-new").code == 3


def test_a_baseline_does_not_flag_itself(shanzhai, report, advert, workplace):
    """Its words are those of the findings; read as text it would be full of new ones."""
    shanzhai("scan", ".")
    (workplace / OUT / "report.json").rename("基准.txt")
    assert shanzhai("scan", ".", "--baseline", "基准.txt", "--only-new").code == 0
    assert [r["source"]["uri"] for r in report()["results"]] == ["./招生.txt"]


def test_a_report_is_the_baseline_of_the_next_scan_that_replaces_it(shanzhai, advert, workplace):
    baseline = ("--baseline", f"{OUT}/report.json", "--only-new")
    shanzhai("scan", advert)
    for _ in range(3):
        assert shanzhai("scan", advert, *baseline).code == 0


def test_a_wrong_baseline_is_told_before_the_scan(shanzhai, advert, workplace):
    shown = shanzhai("scan", advert, "--baseline", advert)
    assert shown.code == 2
    assert "第 1 行不是指纹" in shown.err
    assert not (workplace / OUT).exists()


def test_a_saved_result_is_compared_with_a_baseline(shanzhai, scanned, advert):
    shanzhai("report", scanned, "--format", "json", "--out", "旧")
    shown = shanzhai("report", scanned, "--baseline", "旧", "--only-new")
    assert shown.code == 3  # the empty file was not read
    assert "中已知，未列出" in shown.out
    advert.write_text(ADVERT + NEW, "utf-8")
    shanzhai("scan", advert)
    assert shanzhai("report", scanned, "--baseline", "旧").code == 0
    assert shanzhai("report", scanned, "--baseline", "旧", "--only-new").code == 1
