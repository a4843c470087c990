"""`shanzhai scan`: what is scanned, what is written, how it ends."""

from __future__ import annotations

import json
import shutil

import jsonschema
import pytest
from conftest import ADVERT, ROOT

from detector.read import read_source
from detector.report.json_report import load_schema
from detector.scanner import Scanner

BROKEN = ROOT / "samples" / "broken"
NUMBER = "110101199001011237"


def uris(report):
    return [result["source"]["uri"] for result in report["results"]]


def problems(report):
    return [problem["code"] for result in report["results"] for problem in result["problems"]]


def test_findings_are_written_and_summed_up(shanzhai, report, advert, plain):
    shown = shanzhai("scan", ".")
    assert (shown.code, shown.err) == (1, "")
    assert "共 2 个来源，2 页。疑似违规 " in shown.out
    assert "报告：shanzhai-report/report.json" in shown.out
    assert "报告：shanzhai-report/report.html" in shown.out
    value = report()
    jsonschema.validate(value, load_schema())
    assert sorted(uris(value)) == sorted(["./招生.txt", "./面包.txt"])
    assert value["totals"]["report"] > 0


def test_nothing_found_is_written_too(shanzhai, report, plain):
    shown = shanzhai("scan", plain)
    assert shown.code == 0
    assert "按现有规则未发现疑似违规表述（不等于合规）。" in shown.out
    assert report()["totals"]["report"] == 0


def test_folders_patterns_and_the_standard_input(shanzhai, report, typed, workplace):
    for name in ("下级/更深/a.txt", "b.txt", "c.md"):
        (workplace / name).parent.mkdir(parents=True, exist_ok=True)
        (workplace / name).write_text(ADVERT, encoding="utf-8")
    typed(ADVERT.encode())
    assert shanzhai("scan", "下级", "*.txt", "b.txt", "-").code == 1
    assert uris(report()) == ["下级/更深/a.txt", "b.txt", "-"]


def test_names_can_be_passed_over(shanzhai, report, workplace):
    for name in ("a.txt", "b.log.txt", "草稿/c.txt"):
        (workplace / name).parent.mkdir(parents=True, exist_ok=True)
        (workplace / name).write_text(ADVERT, encoding="utf-8")
    assert shanzhai("scan", ".", "--exclude", "*.log.*", "--exclude", "草稿").code == 1
    assert uris(report()) == ["./a.txt"]


def test_formats_and_folder(shanzhai, advert, workplace):
    assert shanzhai("scan", advert, "--out", "甲/乙", "--format", "json").code == 1
    assert [path.name for path in (workplace / "甲/乙").iterdir()] == ["report.json"]


def test_pages_are_annotated(shanzhai, report, workplace):
    shown = shanzhai("scan", ROOT / "samples/documents/enrolment.pdf", "--kind", "ad")
    assert shown.code == 1
    assert "标注页" in shown.out or "报告：shanzhai-report/pages/" in shown.out
    assert list((workplace / "shanzhai-report/pages").iterdir())
    assert any(f["anchor"]["boxes"] for f in report()["results"][0]["findings"])


def test_an_unwritable_folder_is_told_before_the_scan(shanzhai, advert, monkeypatch):
    monkeypatch.setattr(Scanner, "read_source", None)
    shown = shanzhai("scan", advert, "--out", advert)
    assert shown.code == 2
    assert "无法建立" in shown.err


def test_options_reach_the_report(shanzhai, report, plain):
    options = ["--jurisdiction", "GD,hn", "--jurisdiction", "JS", "--as-of", "2024-05-06"]
    assert shanzhai("scan", plain, *options, "--kind", "ad", "--threshold", "review").code == 0
    settings = report()["settings"]
    assert settings["jurisdiction"] == "GD,HN,JS"
    assert settings["as_of"] == "2024-05-06"
    assert (settings["kind"], settings["threshold"]) == ("ad", "review")


@pytest.mark.parametrize(
    ("name", "code", "message"),
    [
        ("truncated.jpg", "damaged", "图片已损坏"),
        ("empty.png", "empty", "文件是空的"),
        ("empty.docx", "empty", "文件是空的"),
        ("password.pdf", "encrypted", "设有密码"),
        ("picture.pdf", "wrong-extension", "扩展名是 .pdf，内容却是"),
        ("invalid-utf8.txt", "bad-encoding", "编码"),
    ],
)
def test_a_broken_file_is_told_and_the_others_are_read(
    shanzhai, report, plain, workplace, name, code, message
):
    shutil.copy(BROKEN / name, workplace)
    shown = shanzhai("scan", ".")
    assert shown.code == 3
    assert "没有读全 1 个来源：" in shown.out
    assert name in shown.out
    assert message in shown.out
    value = report()
    jsonschema.validate(value, load_schema())
    assert code in problems(value)
    assert value["totals"]["sources"] == 2


def test_findings_outweigh_broken_files(shanzhai, report, advert, workplace):
    for path in BROKEN.glob("*[!n]"):
        shutil.copy(path, workplace)
    assert shanzhai("scan", ".").code == 1
    assert len(problems(report())) >= 6


def test_many_problems_are_cut_short(shanzhai, workplace):
    for number in range(12):
        (workplace / f"{number}.txt").touch()
    shown = shanzhai("scan", ".")
    assert shown.code == 3
    assert shown.out.count("文件是空的") == 10
    assert "另有 2 条，见报告。" in shown.out


@pytest.mark.parametrize("path", ["none.txt", "*.none", "空"])
def test_paths_without_files_are_problems(shanzhai, report, workplace, path):
    (workplace / "空").mkdir()
    assert shanzhai("scan", path).code == 3
    assert problems(report()) in (["not-found"], ["empty"])


def test_an_earlier_report_is_passed_over(shanzhai, report, advert):
    assert shanzhai("scan", ".").code == 1
    assert shanzhai("scan", ".").code == 1
    assert uris(report()) == ["./招生.txt"]


def test_an_earlier_report_is_scanned_where_it_is_named(shanzhai, report, advert):
    shanzhai("scan", advert, "--format", "html")
    shanzhai("scan", "shanzhai-report", "--format", "json")
    assert uris(report()) == ["shanzhai-report/report.html"]


def test_nothing_but_a_report_is_no_clean_scan(shanzhai, advert, workplace):
    shanzhai("scan", advert)
    advert.unlink()
    shown = shanzhai("scan", ".")
    assert shown.code == 2
    assert "除以前的报告和排除的名称外没有文件" in shown.err


def test_personal_data_is_masked_unless_asked_for(shanzhai, advert, workplace):
    text = f"电工证培训包过，姓名：张三丰，{NUMBER}，电话13812345678"
    advert.write_text(text, encoding="utf-8")

    def written():
        files = (workplace / "shanzhai-report").glob("report.*")
        return "".join(path.read_text(encoding="utf-8") for path in files)

    assert shanzhai("scan", advert).code == 1
    assert "张＊＊" in written()
    assert not any(secret in written() for secret in (NUMBER, "张三丰", "13812345678"))
    assert shanzhai("scan", advert, "--show-personal-data").code == 1
    assert "张三丰" in written()


def stopping(at, error):
    """Return a reader that fails at the source of that name."""

    def read(scanner, source, on_page):
        if source.uri == at:
            raise error
        return read_source(source, scanner.settings, lambda: None)

    return read


def test_an_interruption_leaves_a_report_of_what_was_done(shanzhai, report, workplace, monkeypatch):
    for name in "abc":
        (workplace / name).write_text(ADVERT, encoding="utf-8")
    monkeypatch.setattr(Scanner, "read_source", stopping("b", KeyboardInterrupt()))
    shown = shanzhai("scan", "a", "b", "c")
    assert shown.code == 130
    assert "扫描中途结束：2 个来源没有轮到，未读。" in shown.out
    assert shown.err.strip() == "已中断。"
    value = report()
    jsonschema.validate(value, load_schema())
    assert uris(value) == ["a", "b", "c"]
    assert problems(value) == ["not-reached"] * 2
    assert value["totals"]["unread"] == 2
    assert value["results"][0]["findings"]


def test_a_bug_that_one_source_meets_does_not_end_the_run(shanzhai, report, workplace, monkeypatch):
    for name in "abc":
        (workplace / name).write_text(ADVERT, encoding="utf-8")
    monkeypatch.setattr(Scanner, "read_source", stopping("b", IndexError("张三丰")))
    shown = shanzhai("scan", "a", "b", "c")
    assert shown.code == 70
    assert "  b：程序出错：IndexError（test_scan_command.py 第 " in shown.out
    value = report()
    assert [bool(result["findings"]) for result in value["results"]] == [True, False, True]
    assert "张三丰" not in json.dumps(value, ensure_ascii=False)


def test_a_missing_engine_is_told_with_the_way_to_install_it(process, workplace):
    picture = ROOT / "samples/certificates/lawful-level.png"
    done = process("scan", picture, "--engine", "tesseract", env={"PATH": str(workplace)})
    assert done.returncode == 4
    assert "tesseract" in done.stderr.decode("utf-8")
    assert "apt-get install" in done.stderr.decode("utf-8")
