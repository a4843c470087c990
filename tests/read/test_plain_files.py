"""Text and Markdown files: every encoding that Chinese files come in, and nothing changed."""

from __future__ import annotations

import codecs
import re

import pytest

from detector.errors import ProblemCode
from detector.model import PassageKind

SIMPLIFIED = "健康管理师新班开课，包过！\r\n国家认可：①　②\n联系电话１２３\n"
TRADITIONAL = "健康管理師新班開課，包過！\n國家認可，報名從速。\n"

ENCODED = {
    "utf-8": (SIMPLIFIED, SIMPLIFIED.encode()),
    "utf-8 with a mark": (SIMPLIFIED, codecs.BOM_UTF8 + SIMPLIFIED.encode()),
    "utf-16-le with a mark": (SIMPLIFIED, codecs.BOM_UTF16_LE + SIMPLIFIED.encode("utf-16-le")),
    "utf-16-be with a mark": (SIMPLIFIED, codecs.BOM_UTF16_BE + SIMPLIFIED.encode("utf-16-be")),
    "utf-32-le with a mark": (SIMPLIFIED, codecs.BOM_UTF32_LE + SIMPLIFIED.encode("utf-32-le")),
    "gbk": (SIMPLIFIED, SIMPLIFIED.encode("gbk")),
    "gb18030 beyond gbk": (SIMPLIFIED + "㐂😀", (SIMPLIFIED + "㐂😀").encode("gb18030")),
    "big5": (TRADITIONAL, TRADITIONAL.encode("big5")),
    "two characters in gbk": ("包过", "包过".encode("gbk")),
    "two characters in big5": ("包過", "包過".encode("big5")),
    "gbk that is nearly utf-8": ("联通", "联通".encode("gbk")),
    "a table drawn in gbk": (
        "┌──┬──┐\n│姓名│瞿某│\n└──┴──┘",
        "┌──┬──┐\n│姓名│瞿某│\n└──┴──┘".encode("gbk"),
    ),
    "pinyin in gbk": ("包(bāo)过(guò)去(qù)", "包(bāo)过(guò)去(qù)".encode("gbk")),
    "ascii": ("pass guaranteed", b"pass guaranteed"),
    "western": ("café très chaud, déjà vu", "café très chaud, déjà vu".encode("cp1252")),
}


@pytest.mark.parametrize(("text", "data"), ENCODED.values(), ids=ENCODED)
def test_text_comes_back_as_it_was_written(read, text, data):
    document = read("a.txt", data)
    assert [(one.kind, one.text) for one in document.passages] == [(PassageKind.BODY, text)]
    assert document.problems == ()


@pytest.mark.parametrize("name", ["a.txt", "a.TXT", "a.text", "a.md", "a.markdown", "noextension"])
def test_every_name_for_text_is_read(read, name):
    assert read(name, SIMPLIFIED.encode()).passages[0].text == SIMPLIFIED


def test_markdown_keeps_its_marks_so_that_columns_are_those_of_the_file(read):
    document = read("a.md", "# 标题\n\n包**过**班".encode())
    assert document.passages[0].text == "# 标题\n\n包**过**班"
    assert document.source.media_type == "text/markdown"


DAMAGED = {
    "foreign bytes in between": (
        "职业培训学校\n开班".encode() + b"\xff\xfe\xff" + "电话".encode(),
        3,
    ),
    "a character cut at the end": ("报名从速，包过".encode()[:-1], 2),
    "a byte lost in the middle": ("健康管理师包过".encode()[:4] + "健康管理师包过".encode()[5:], 2),
}


@pytest.mark.parametrize(("data", "bad"), DAMAGED.values(), ids=DAMAGED)
def test_damaged_utf_8_is_read_but_for_the_bad_bytes_and_says_so(read, data, bad):
    document = read("a.txt", data)
    text = document.passages[0].text
    assert text.count("\ufffd") == bad
    assert re.search("职业培训|报名从速|理师包过", text)
    [problem] = document.problems
    assert problem.code == ProblemCode.BAD_ENCODING
    assert f"有 {bad} 个字节" in problem.message
    assert "UTF-8" in problem.message


def test_damaged_gbk_is_read_but_for_the_bad_bytes(read):
    document = read(
        "a.txt", "健康管理师新班开课，签协议".encode("gbk") + b"\xff" + "包过".encode("gbk")
    )
    assert document.passages[0].text == "健康管理师新班开课，签协议\ufffd包过"
    assert "GB18030" in document.problems[0].message


def test_text_beyond_the_limit_is_cut_and_said(read):
    document = read("a.txt", "一二三四五六七八九十".encode(), max_text_chars=4)
    assert [one.text for one in document.passages] == ["一二三四"]
    [problem] = document.problems
    assert problem.code == ProblemCode.TRUNCATED
    assert "前 4 个" in problem.message
    assert "6 个未读" in problem.message


def test_a_file_of_blanks_says_that_nothing_was_read(read):
    document = read("a.txt", " \n\t\u3000\n".encode())
    assert document.passages == ()
    assert [one.code for one in document.problems] == [ProblemCode.NO_TEXT]


def test_the_source_carries_what_identifies_the_file(read):
    source = read("a.txt", b"abc").source
    assert source.size == 3
    assert source.sha256 == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
    assert source.media_type == "text/plain"
