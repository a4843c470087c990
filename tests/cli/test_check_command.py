"""`shanzhai check`: where its texts come from, what it prints, its exit codes."""

from __future__ import annotations

import re

import pytest
from wcwidth import wcswidth

NUMBER = "110101199001011237"


def test_a_text_of_the_command_line(shanzhai):
    shown = shanzhai("check", "--text", "第一行\n电工证培训，包过，不过退费")
    assert shown.code == 1
    assert shown.err == ""
    assert re.search(r"^文本:2:7: 疑似违规（高）“包过”", shown.out, re.M)
    assert "人社部函〔2022〕25号 一（二）" in shown.out
    assert all(f"  {label}" in shown.out for label in ("依据", "须核实", "改写"))


@pytest.mark.parametrize(
    "line", ["电工证培训，包过，不过退费", "\tABC 电工证😀培训包过", "【電工證】ｅ\u0301培训　包过"]
)
def test_the_underline_stands_under_the_words(shanzhai, line):
    rows = shanzhai("check", "--text", line).out.split("\n")
    at = next(i for i, row in enumerate(rows) if re.fullmatch(r" *│ *~+\^", row))
    before = rows[at].index("~")
    shown = rows[at - 1]
    start = next(i for i in range(len(shown)) if wcswidth(shown[:i]) == before)
    assert shown[start : start + 2] == "包过"
    assert rows[at].count("~") + 1 == 4


def test_a_file_and_the_standard_input_say_the_same(shanzhai, typed, advert):
    named = shanzhai("check", advert)
    typed(advert.read_bytes())
    piped = shanzhai("check", "-")
    assert named.code == piped.code == 1
    assert named.out.replace(str(advert), "-") == piped.out


def test_several_files_are_told_apart(shanzhai, advert, plain):
    shown = shanzhai("check", plain, advert)
    assert shown.code == 1
    assert re.findall(r"^── .*", shown.out, re.M) == [f"── {plain}", f"── {advert}"]


def test_nothing_found(shanzhai, plain):
    shown = shanzhai("check", plain)
    assert shown == (0, "按现有规则未发现疑似违规表述（不等于合规）。\n", "")


def test_what_cannot_be_read_is_told(shanzhai, plain):
    shown = shanzhai("check", plain, "none.txt")
    assert shown.code == 3
    assert "none.txt: 未读全：找不到文件" in shown.out


def test_findings_outweigh_what_was_not_read(shanzhai, advert):
    assert shanzhai("check", advert, "none.txt").code == 1


def test_places_of_a_page_with_several_passages(shanzhai, workplace):
    page = workplace / "a.html"
    page.write_text("<title>电工证培训</title><p>报名<p>培训包过</p>", encoding="utf-8")
    shown = shanzhai("check", page)
    assert shown.code == 1
    assert "培训包过" in shown.out


@pytest.mark.parametrize("source", ["--text", "file"])
def test_personal_data_is_masked_unless_asked_for(shanzhai, advert, source):
    text = f"电工证培训包过，姓名：张三丰，{NUMBER}，电话13812345678"
    advert.write_text(text, encoding="utf-8")
    arguments = [advert] if source == "file" else ["--text", text]
    masked = shanzhai("check", *arguments)
    assert masked.code == 1
    assert "张＊＊" in masked.out
    assert not any(secret in masked.out for secret in (NUMBER, "张三丰", "13812345678"))
    assert NUMBER in shanzhai("check", *arguments, "--show-personal-data").out


def test_the_kind_and_the_day_bear_on_what_is_found(shanzhai):
    text = ["check", "--text", "电工证培训，包过，不过退费"]
    assert shanzhai(*text, "--kind", "ad").code == 1
    assert shanzhai(*text, "--kind", "ad", "--as-of", "2020-01-01").code == 0


def test_a_local_clause_comes_first_where_its_place_is_named(shanzhai):
    text = ["check", "--kind", "ad", "--text", "电工证培训，包过，不过退费"]
    assert "广东" not in shanzhai(*text).out
    shown = shanzhai(*text, "--jurisdiction", "gd").out
    assert shown.index("二（二）") < shown.index("一（二）")


def test_an_optional_pack_is_asked_for_by_name(shanzhai):
    arguments = ("check", "--text", "收纳师证书七天拿证，报名从速")
    assert shanzhai(*arguments).code == 0
    shown = shanzhai(*arguments, "--pack", "online")
    assert shown.code == 1
    assert "人社部办公厅、中央网信办秘书局2022年4月通知 （三）" in shown.out
