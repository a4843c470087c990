"""A file is what its content says; the name decides only between kinds of text."""

from __future__ import annotations

import time

import pytest
from read_files import Page, docx, encoded, paragraph, pdf, picture

from detector.errors import ProblemCode, ReadError
from detector.read.formats import DOCX, HTML, MARKDOWN, PDF, TEXT
from detector.read.sniff import sniff

PICTURES = {
    "JPEG": "image/jpeg",
    "PNG": "image/png",
    "TIFF": "image/tiff",
    "BMP": "image/bmp",
    "WEBP": "image/webp",
    "GIF": "image/gif",
}


@pytest.mark.parametrize(("form", "media_type"), PICTURES.items())
@pytest.mark.parametrize("extension", ["", ".txt", ".pdf"])
def test_pictures_are_known_under_any_name(form, media_type, extension):
    assert sniff(encoded(picture(), form), extension) == media_type


OTHERS = {
    "tiff of a big-endian machine": (b"MM\0*" + b"\0" * 20, "", "image/tiff"),
    "big tiff": (b"II+\0\x08" + b"\0" * 20, "", "image/tiff"),
    "big tiff of a big-endian machine": (b"MM\0+\0\x08" + b"\0" * 20, "", "image/tiff"),
    "word": (docx(paragraph("一")), ".zip", DOCX),
    "pdf": (pdf(Page()), "", PDF),
    "pdf behind a mark": (b"\xef\xbb\xbf\n%PDF-1.4", "", PDF),
    "pdf behind junk, by its name": (b"HTTP/1.1 200 OK\r\n\r\n%PDF-1.4", ".pdf", PDF),
    "a text that speaks of pdf": (b"The header is %PDF-1.4", ".txt", TEXT),
    "a text that begins like a bitmap": (b"BM training centre, enrol now", ".txt", TEXT),
    "a page by its first tag": (b"<!DOCTYPE html><p>", "", HTML),
    "a page behind comments": (b"<!-- a --> <!-- b -->\n<HTML lang=zh>", "", HTML),
    "a page behind a declaration": (b'<?xml version="1.0"?><html>', "", HTML),
    "a page in utf-16": ("\ufeff<html>".encode("utf-16-le"), "", HTML),
    "a part of a page, by its name": ("<p>包过".encode(), ".htm", HTML),
    "a part of a page, as text": ("<p>包过".encode(), ".txt", TEXT),
    "markdown with tags": (b"<html>", ".md", MARKDOWN),
    "text in utf-16": ("\ufeff包过".encode("utf-16-be"), "", TEXT),
    "text that calls itself a picture": ("包过".encode(), ".jpg", TEXT),
    "gbk": ("健康管理师".encode("gbk"), ".txt", TEXT),
}


@pytest.mark.parametrize(("data", "extension", "media_type"), OTHERS.values(), ids=OTHERS)
def test_other_formats_are_known_by_their_content(data, extension, media_type):
    assert sniff(data, extension) == media_type


def test_a_text_of_a_kind_that_is_not_read_is_refused_by_its_name():
    with pytest.raises(ReadError) as caught:
        sniff(b"a,b", ".csv")
    assert caught.value.code == ProblemCode.UNSUPPORTED


def test_thousands_of_comments_take_no_time():
    started = time.perf_counter()
    assert sniff(b"<!---->" * 1000 + b"x", ".txt") == TEXT
    assert time.perf_counter() - started < 1
