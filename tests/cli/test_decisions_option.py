"""Decisions from scripts and tables, what later scans make of them, and the rates."""

from __future__ import annotations

import csv
import io
import json

import pytest

from detector.errors import ExitCode

HEAD = "指纹,结论,审核人,时间,原因\n"


@pytest.fixture
def fingerprints(shanzhai, advert, report):
    """Make a casebook of one advertisement and return its findings' fingerprints, by term."""
    shanzhai("scan", advert, "--format", "json")
    shanzhai("case", "import", "shanzhai-report")
    [result] = report()["results"]
    return {finding["term"]: finding["fingerprint"] for finding in result["findings"]}


@pytest.fixture
def decide(shanzhai):
    def run(*arguments):
        return shanzhai("case", "decide", *arguments, "--reviewer", "张三")

    return run


def test_a_scan_follows_decisions_in_report_summary_and_exit_code(
    shanzhai, fingerprints, decide, advert, report
):
    done = decide(*fingerprints.values(), "--verdict", "dismissed", "--reason", "系引述")
    assert done.code == ExitCode.CLEAN and f"{len(fingerprints)} 条" in done.out
    assert shanzhai("scan", advert, "--format", "json").code == ExitCode.FINDINGS
    later = shanzhai("scan", advert, "--format", "json", "--decisions")
    assert later.code == ExitCode.CLEAN
    assert f"{len(fingerprints)} 处沿用了案卷库中的审核决定" in later.out
    [result] = report()["results"]
    for finding in result["findings"]:
        assert finding["outcome"] == "dismissed"
        assert "张三" in finding["reasons"][-1]["detail"]
        assert "系引述" in finding["reasons"][-1]["detail"]


def test_every_format_shows_the_decision(shanzhai, fingerprints, decide, advert, workplace):
    decide(*fingerprints.values(), "--verdict", "confirmed", "--reason", "见卷宗第五页")
    shanzhai("scan", advert, "--decisions")
    written = [path for path in (workplace / "shanzhai-report").iterdir() if path.is_file()]
    texts = [path for path in written if path.suffix in (".json", ".html", ".csv", ".md")]
    assert texts
    for path in texts:
        assert "见卷宗第五页" in path.read_text(encoding="utf-8"), path.name


def test_an_old_report_is_written_again_with_decisions(shanzhai, fingerprints, decide, workplace):
    first, *others = fingerprints.values()
    decide(first, "--verdict", "dismissed", "--reason", "系引述")
    done = shanzhai("report", "shanzhai-report", "--decisions", "--format", "json")
    assert "其中 1 处沿用了案卷库中的审核决定" in done.out
    again = workplace / "shanzhai-report/report/report.json"
    written = json.loads(again.read_text(encoding="utf-8"))
    outcomes = {f["fingerprint"]: f["outcome"] for f in written["results"][0]["findings"]}
    assert outcomes[first] == "dismissed"
    assert written["totals"]["dismissed"] == 1
    assert written["totals"]["report"] + written["totals"]["review"] == len(others)
    # Once more over what was written with decisions: the newest one speaks, alone.
    decide(first, "--verdict", "needs-papers", "--reason", "待补合同")
    shanzhai("report", again, "--decisions", "--format", "json", "--out", "third")
    third = json.loads((workplace / "third/report.json").read_text(encoding="utf-8"))
    (decided,) = [f for f in third["results"][0]["findings"] if f["fingerprint"] == first]
    assert decided["outcome"] == "review"
    assert [r["detail"] for r in decided["reasons"] if r["kind"] == "decision"] == [
        decided["reasons"][-1]["detail"]
    ]
    assert "待补合同" in decided["reasons"][-1]["detail"]


def test_a_screening_is_reported_with_decisions(shanzhai, decide, workplace):
    (workplace / "pages").mkdir()
    (workplace / "pages/a.html").write_text("<p>电工证培训，签约包过</p>", encoding="utf-8")
    shanzhai("screen", "pages", "--out", "screened")
    shanzhai("case", "import", "screened")
    shanzhai("report", "screened", "--format", "json")
    before = json.loads((workplace / "screened/report/report.json").read_text(encoding="utf-8"))
    [[found]] = [result["findings"] for result in before["results"]]
    decide(found["fingerprint"], "--verdict", "dismissed", "--reason", "系引述")
    shanzhai("report", "screened", "--format", "json", "--decisions")
    after = json.loads((workplace / "screened/report/report.json").read_text(encoding="utf-8"))
    assert after["results"][0]["findings"][0]["outcome"] == "dismissed"
    assert after["totals"]["dismissed"] == before["totals"]["dismissed"] + 1
    assert after["totals"]["report"] == before["totals"]["report"] - 1


def test_a_check_follows_decisions(shanzhai, fingerprints, decide, advert):
    decide(fingerprints["包过"], "--verdict", "needs-papers", "--reason", "电话13812345678")
    shown = shanzhai("check", advert, "--decisions")
    assert "需人工核实（高）“包过”" in shown.out
    assert "张三" in shown.out and "138****5678" in shown.out
    plain = shanzhai("check", advert)
    assert "疑似违规（高）“包过”" in plain.out and "张三" not in plain.out


def test_decisions_are_asked_of_the_casebook_that_is_named(shanzhai, advert):
    for command in ("scan", "check"):
        done = shanzhai(command, advert, "--decisions", "--casebook", "other.db")
        assert done.code == ExitCode.USAGE and "没有案卷库 other.db" in done.err


def test_a_decision_on_several_findings_is_made_on_all_or_on_none(shanzhai, fingerprints, decide):
    done = decide(fingerprints["包过"], "nowhere", "--verdict", "confirmed")
    assert done.code == ExitCode.USAGE and "没有线索 nowhere" in done.err
    assert "0 条" in shanzhai("case", "decisions", "--out", "out.csv").out


@pytest.mark.parametrize(
    "arguments",
    [(), ("f",), ("--verdict", "confirmed"), ("f", "--verdict", "confirmed", "--from", "x.csv")],
)
def test_what_is_neither_a_decision_nor_a_table_is_refused(decide, arguments):
    done = decide(*arguments)
    assert done.code == ExitCode.USAGE and "--from" in done.err


def test_nobody_decides_unsigned(shanzhai, fingerprints):
    done = shanzhai("case", "decide", fingerprints["包过"], "--verdict", "confirmed")
    assert done.code == ExitCode.USAGE and "--reviewer 姓名" in done.err


def test_bad_rows_of_a_table_are_named_and_end_with_code_3(
    shanzhai, fingerprints, decide, workplace
):
    good, bad = f"{fingerprints['包过']},确认,李四,2026-11-01,属实\n", "nowhere,确认,李四,明天,\n"
    (workplace / "in.csv").write_text(HEAD + good + bad, encoding="utf-8")
    done = decide("--from", "in.csv")
    assert done.code == ExitCode.INCOMPLETE
    assert "新增 1 条" in done.out and "第 3 行" in done.err
    (workplace / "in.csv").write_text(HEAD + good, encoding="utf-8")
    again = decide("--from", "in.csv")
    assert again.code == ExitCode.CLEAN and "新增 0 条审核决定，原有 1 条" in again.out
    assert "审核决定：1 条，前后相符" in shanzhai("case", "verify").out
    assert shanzhai("case", "decisions", "--out", "none/out.csv").code == ExitCode.USAGE


def test_rates_are_printed_for_people_and_for_programs(shanzhai, fingerprints, decide):
    decide(fingerprints["包过"], "--verdict", "confirmed")
    shown = shanzhai("stats").out
    for text in ("规则", "条款", "材料", "规避手法", "guarantee.pass", "100%（21%～100%）  少"):
        assert text in shown
    said = json.loads(shanzhai("stats", "--by", "rule", "--by", "kind", "--format", "json").out)
    [table] = said["tables"]
    assert table["by"] == ["rule", "kind"]
    [row] = [row for row in table["rows"] if row["rule"] == "guarantee.pass"]
    assert (row["confirmed"], row["precision"], row["few"]) == (1, 1.0, True)
    rows = list(csv.DictReader(io.StringIO(shanzhai("stats", "--format", "csv").out)))
    whole = [row for row in rows if row["分组"] == "全部" and row["程序判断"] == "疑似违规"]
    assert [row["确认"] for row in whole] == ["1"]
    assert {row["规则"] for row in rows if row["分组"] == "规则"} >= {"guarantee.pass"}


def test_rates_say_what_nobody_has_looked_at(shanzhai, fingerprints):
    shown = shanzhai("stats", "--by", "rule").out
    [row] = [row for row in shown.splitlines() if row.startswith("guarantee.pass")]
    assert row.endswith("—")
