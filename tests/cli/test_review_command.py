"""`shanzhai review` at a terminal: what a reviewer sees, presses and finds kept."""

from __future__ import annotations

import csv
import io
import subprocess

import pytest
from teletype import Teletype

from detector.errors import ExitCode

ADVERTS = {
    "甲.txt": "电工证培训，签约包过，请联系 13812345678。\n",
    "乙.txt": "国家承认，全国通用。焊工证培训招生。\n",
}
KEYS = "q 退出"


@pytest.fixture
def book(shanzhai, workplace):
    """Make a casebook of three findings: two of 乙, one of 甲."""
    for name, text in ADVERTS.items():
        (workplace / name).write_text(text, encoding="utf-8")
    shanzhai("scan", *ADVERTS, "--format", "json")
    assert "新增 3 处" in shanzhai("case", "import", "shanzhai-report").out


@pytest.fixture
def decisions(shanzhai, workplace):
    """Return the decisions that the book holds: source, verdict, reviewer and reason of each."""

    def read() -> list[tuple[str, ...]]:
        assert shanzhai("case", "decisions", "--out", "all.csv").code == ExitCode.CLEAN
        text = (workplace / "all.csv").read_text(encoding="utf-8-sig")
        names = ("来源", "审核决定", "审核人", "理由")
        return [tuple(row[name] for name in names) for row in csv.DictReader(io.StringIO(text))]

    return read


def sit(*options: str, reviewer: str = "张三", columns: int = 80) -> Teletype:
    return Teletype("review", "--reviewer", reviewer, *options, columns=columns)


def test_a_reviewer_sees_the_words_the_clause_and_what_to_check(book):
    desk = sit("--rule", "guarantee")
    shown = desk.expect(KEYS)
    for text in (
        "第 1 条，共 1 条",
        "甲.txt:1:9: 疑似违规（高）“包过”",
        "电工证培训，签约包过",
        "~~~^",
        "材料    甲.txt（",
        "人社部函〔2022〕25号 一（二）",
        "承诺通过",
        "列举    中华人民共和国、中国",
        "自 2022-03-16 起",
        "须核实",
        "y 确认",
    ):
        assert text in shown
    assert "13812345678" not in shown and "138****5678" in shown
    desk.type("q")
    code, last = desk.end()
    assert code == ExitCode.CLEAN and "本次审核 0 条" in last and "还有 1 条未审核" in last


def test_decide_quit_and_resume(book, decisions):
    desk = sit()
    desk.expect("第 1 条，共 3 条", KEYS)
    desk.type("y")
    desk.expect("已存入", "第 2 条，共 3 条", KEYS)
    desk.type("q")
    code, last = desk.end()
    assert code == ExitCode.CLEAN
    assert "本次审核 1 条：确认 1 条" in last and "还有 2 条未审核" in last
    desk = sit(reviewer="李四")
    desk.expect("第 1 条，共 2 条", KEYS)
    desk.type("p")
    desk.expect("第 2 条，共 2 条", KEYS)
    desk.type("\x03")  # Ctrl-C
    code, last = desk.end()
    assert code == ExitCode.CLEAN and "待补材料 1 条" in last and "还有 1 条未审核" in last
    assert [row[1:3] for row in decisions()] == [("确认", "张三"), ("待补材料", "李四")]


def test_a_dismissal_asks_for_a_reason_which_can_be_chinese_and_chosen_again(book, decisions):
    desk = sit()
    desk.expect(KEYS)
    desk.type("n")
    desk.expect("理由：")
    desk.type("\r")
    desk.expect("未作决定", KEYS)
    desk.type("n")
    desk.expect("理由：")
    desk.type("系引述通知原闻\x7f文，非广告\r")
    desk.expect("已存入", "第 2 条", KEYS)
    desk.type("n")
    desk.expect("1  系引述通知原文，非广告", "理由：")
    desk.type("1\r")
    desk.expect("第 3 条", KEYS)
    desk.type("q")
    desk.end()
    reason = "系引述通知原文，非广告"
    assert [row[1:] for row in decisions()] == [("排除", "张三", reason)] * 2


def test_a_reason_goes_with_the_next_decision_only(book, decisions):
    desk = sit()
    desk.expect(KEYS)
    desk.type("r")
    desk.expect("理由（随接着的决定存入）：")
    desk.type("见卷宗第三页\r")
    desk.expect("理由已记下", KEYS)
    desk.type("y")
    desk.expect("第 2 条", KEYS)
    desk.type("y")
    desk.expect("第 3 条", KEYS)
    desk.type("q")
    desk.end()
    assert [row[3] for row in decisions()] == ["见卷宗第三页", ""]


def test_undo_takes_the_last_decision_back_also_behind_the_last_finding(book, decisions):
    desk = sit("--rule", "guarantee")
    desk.expect(KEYS)
    desk.type("u")
    desk.expect("没有可以撤销的", KEYS)
    desk.type("y")
    desk.expect("已是最后一条")
    desk.type("u")
    shown = desk.expect("已撤销", "第 1 条，共 1 条", KEYS)
    assert "张三 确认" in shown and "张三 撤回" in shown
    desk.type("q")
    _, last = desk.end()
    assert "本次审核 0 条" in last and "还有 1 条未审核" in last
    assert [row[1] for row in decisions()] == ["确认", "撤回"]


def test_keys_that_are_none_and_pasted_text_decide_nothing(book, decisions):
    desk = sit()
    desk.expect(KEYS)
    for typed in ("x", "是", "yyy", "\x1b[A"):
        desk.type(typed)
        desk.expect("没有这个键", KEYS)
    desk.type("?")
    desk.expect("排除：不是违规")
    desk.type("ｙ")  # full width, as an input method types it
    desk.expect("已存入", "第 2 条", KEYS)
    desk.type("b")
    desk.expect("第 1 条", "张三 确认", KEYS)
    desk.type("s")
    desk.expect("第 2 条", KEYS)
    desk.type("\x04")  # Ctrl-D
    desk.end()
    assert len(decisions()) == 1


def test_what_someone_else_decided_meanwhile_is_shown_and_passed_over(book, decisions):
    one, other = sit(), sit(reviewer="李四")
    one.expect("第 1 条", KEYS)
    other.expect("第 1 条", KEYS)
    one.type("y")
    one.expect("第 2 条", KEYS)
    other.type("p")
    other.expect("他人刚刚作了决定，你的没有存入", "张三 确认", "第 2 条", KEYS)
    one.type("y")
    one.expect("第 3 条", KEYS)
    other.type("b")
    other.expect("第 1 条已由他人审核，跳过", "第 2 条已由他人审核，跳过", "第 3 条", KEYS)
    for desk in (one, other):
        desk.type("q")
        desk.end()
    assert [row[2] for row in decisions()] == ["张三", "张三"]


def test_decided_findings_are_seen_again_where_they_are_asked_for(book, decisions):
    desk = sit("--rule", "guarantee")
    desk.expect(KEYS)
    desk.type("y")
    desk.expect("已是最后一条")
    desk.type("q")
    _, last = desk.end()
    assert "没有未审核的线索" in last
    code, last = sit("--rule", "guarantee").end()
    assert code == ExitCode.CLEAN and "没有未审核的线索" in last
    desk = sit("--rule", "guarantee", "--all", reviewer="李四")
    desk.expect("张三 确认", KEYS)
    desk.type("p")
    desk.expect("已是最后一条")
    desk.type("q")
    desk.end()
    assert [row[1:3] for row in decisions()] == [("确认", "张三"), ("待补材料", "李四")]


@pytest.mark.parametrize("columns", [60, 80, 120])
def test_no_row_is_wider_than_the_terminal(book, columns):
    from wcwidth import wcswidth

    desk = sit(columns=columns)
    shown = desk.expect(KEYS)
    rows = [row for row in shown.split("\n") if "q 退出" not in row]
    assert max(map(wcswidth, rows)) <= columns
    desk.type("q")
    desk.end()


def test_a_review_needs_a_terminal_a_reviewer_and_a_casebook(book, process):
    piped = process("review", "--reviewer", "张三", stdin=subprocess.DEVNULL)
    assert piped.returncode == ExitCode.USAGE
    assert "shanzhai case decide" in piped.stderr.decode()
    code, shown = Teletype("review").end()
    assert code == ExitCode.USAGE and "--reviewer 姓名" in shown
    code, shown = sit("--casebook", "none.db").end()
    assert code == ExitCode.USAGE and "没有案卷库 none.db" in shown
