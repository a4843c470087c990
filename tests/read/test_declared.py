"""Bytes that came with a word of their own on what they are, as from a server."""

from __future__ import annotations

import pytest

from detector import Scanner
from detector.model import Source


@pytest.fixture(scope="module")
def scanner():
    return Scanner()


def read(scanner, data, media_type="", declared="", uri="http://www.example.com/show.php?id=1"):
    return scanner.read_bytes(data, Source(uri, media_type=media_type), declared)


def texts(document):
    return [passage.text for passage in document.passages]


def test_a_fragment_that_was_declared_a_page_is_read_as_one(scanner):
    document = read(scanner, "<p>包<b>过</b></p>".encode(), "text/html")
    assert texts(document) == ["包过"]
    assert document.source.media_type == "text/html"
    assert document.problems == ()


def test_the_ending_of_an_address_says_nothing(scanner):
    assert texts(read(scanner, "<html><body>包过".encode())) == ["包过"]
    assert texts(read(scanner, "包过".encode(), "application/octet-stream")) == ["包过"]


def test_the_declared_encoding_wins_over_the_page_s_own(scanner):
    page = b'<meta charset="gbk">' + "職業資格證書培訓".encode("big5")
    assert texts(read(scanner, page, "text/html", "big5")) == ["職業資格證書培訓"]


def test_an_unknown_declared_encoding_leaves_it_to_detection(scanner):
    text = "电工证培训，签约包过，不过退费。" * 5
    assert texts(read(scanner, text.encode("gb18030"), "text/plain", "x-nonsense")) == [text]


def test_what_is_neither_text_for_readers_nor_known_is_unread(scanner):
    document = read(scanner, b"var a = 1;", "application/javascript")
    assert [problem.code for problem in document.problems] == ["unsupported"]


def test_the_content_wins_over_a_declared_type_that_it_contradicts(scanner):
    png = b"\x89PNG\r\n\x1a\n" + b"\0" * 20
    assert read(scanner, png, "text/html").source.media_type == "image/png"
