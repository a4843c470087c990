"""`shanzhai read`: what was read, for people and for programs."""

from __future__ import annotations

import json

from conftest import ROOT

DOCUMENTS = ROOT / "samples" / "documents"


def test_text(shanzhai, advert):
    shown = shanzhai("read", advert)
    assert (shown.code, shown.err) == (0, "")
    assert "── 第 1 段 · 正文" in shown.out
    assert "电工证培训，包过，不过退费。" in shown.out


def test_json_shows_lines_with_polygons(shanzhai):
    shown = shanzhai("read", DOCUMENTS / "enrolment.pdf", "--format", "json")
    value = json.loads(shown.out)
    assert shown.code == 0
    assert value["problems"] == []
    passage = value["passages"][0]
    assert passage["kind"] == "body"
    assert passage["engine"]
    for line in passage["lines"]:
        assert line["text"] in passage["text"]
        assert len(line["polygon"]) == 4


def test_json_of_a_picture_shows_confidence_and_engine(shanzhai):
    shown = shanzhai("read", ROOT / "samples/certificates/lawful-level.png", "--format", "json")
    passage = json.loads(shown.out)["passages"][0]
    assert (passage["kind"], passage["engine"]) == ("ocr", "rapid")
    assert all(0 <= line["confidence"] <= 1 for line in passage["lines"])


def test_problems_are_told_and_counted(shanzhai, workplace):
    (workplace / "a.txt").write_bytes(b"")
    shown = shanzhai("read", "a.txt")
    assert shown.code == 3
    assert "空文件：文件是空的" in shown.out
    value = json.loads(shanzhai("read", "a.txt", "--format", "json").out)
    assert [problem["code"] for problem in value["problems"]] == ["empty"]


def test_the_standard_input(shanzhai, typed):
    typed("电工证".encode("gb18030"))
    assert "电工证" in shanzhai("read", "-").out


def test_personal_data_is_masked_unless_asked_for(shanzhai, workplace):
    (workplace / "a.txt").write_text("姓名：张三丰\n13812345678", encoding="utf-8")
    for form in ("text", "json"):
        masked = shanzhai("read", "a.txt", "--format", form)
        assert "张＊＊" in masked.out
        assert "13812345678" not in masked.out
        open_ = shanzhai("read", "a.txt", "--format", form, "--show-personal-data")
        assert "张三丰" in open_.out
