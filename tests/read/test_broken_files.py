"""What cannot be read, or not fully: a problem that says why and what to do, never an exception."""

from __future__ import annotations

import io
import os
import random
import re
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from read_files import WORD, RawPdf, SpotEngine, docx, encoded, one_page, paragraph, picture

from detector.errors import ProblemCode
from detector.model import Source
from detector.read import read_source
from detector.settings import Settings

PASSWORD_PDF = Path(__file__).with_name("password.pdf").read_bytes()  # the password: 18-invented
JPEG = encoded(picture(), "JPEG")
PNG = encoded(picture(), "PNG")
DOCX = docx(paragraph("包过"))
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def zipped(*names: str, data: bytes = b"") -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
        for name in names:
            package.writestr(name, data)
    return out.getvalue()


def encrypted_docx() -> bytes:
    """Return the head of what Word writes for a document with a password: an OLE container."""
    return OLE + b"\0" * 500 + "EncryptedPackage".encode("utf-16-le")


def locked_zip() -> bytes:
    """Return a Word file whose members bear the sign of encryption."""
    data = bytearray(DOCX)
    for at in (match.start() for match in re.finditer(b"PK\x01\x02", DOCX)):
        data[at + 8] |= 1
    return bytes(data)


# name → bytes, the code of the problem, words of its message
UNREAD = {
    "empty.png": (b"", ProblemCode.EMPTY, "0 字节"),
    "empty.docx": (b"", ProblemCode.EMPTY, "0 字节"),
    "empty.txt": (b"", ProblemCode.EMPTY, "0 字节"),
    "password.pdf": (PASSWORD_PDF, ProblemCode.ENCRYPTED, "设有密码"),
    "password.docx": (encrypted_docx(), ProblemCode.ENCRYPTED, "设有密码"),
    "locked.docx": (locked_zip(), ProblemCode.ENCRYPTED, "设有密码"),
    "no-picture.jpg": (JPEG[:20], ProblemCode.DAMAGED, "图片已损坏"),
    "no-picture.gif": (b"GIF89a" + b"\xff" * 40, ProblemCode.DAMAGED, "图片已损坏"),
    "no-document.pdf": (b"%PDF-1.7\nnothing", ProblemCode.DAMAGED, "PDF 已损坏"),
    "cut.docx": (DOCX[: len(DOCX) // 2], ProblemCode.DAMAGED, "Word 文档已损坏"),
    "bomb.docx": (
        docx(paragraph("包过"), {"word/header1.xml": " " * 3_000_000}),
        ProblemCode.TOO_LARGE,
        "压缩炸弹",
    ),
    "many.docx": (
        zipped("word/document.xml", *(f"word/{n}.xml" for n in range(20_001))),
        ProblemCode.TOO_LARGE,
        "压缩炸弹",
    ),
    "old.doc": (OLE + b"\0" * 600, ProblemCode.UNSUPPORTED, "旧版 Office"),
    "sheet.xlsx": (zipped("xl/workbook.xml"), ProblemCode.UNSUPPORTED, "Excel"),
    "slides.pptx": (zipped("ppt/presentation.xml"), ProblemCode.UNSUPPORTED, "PowerPoint"),
    "text.odt": (zipped("META-INF/manifest.xml"), ProblemCode.UNSUPPORTED, "OpenDocument"),
    "archive.zip": (zipped("a.txt"), ProblemCode.UNSUPPORTED, "压缩包"),
    "archive.rar": (b"Rar!\x1a\x07\x01\0" + b"\0" * 50, ProblemCode.UNSUPPORTED, "RAR"),
    "photo.heic": (b"\0\0\0\x18ftypheic" + b"\0" * 50, ProblemCode.UNSUPPORTED, "HEIC"),
    "film.mp4": (b"\0\0\0\x18ftypisom" + b"\0" * 50, ProblemCode.UNSUPPORTED, "视频"),
    "letter.rtf": (b"{\\rtf1 hello}", ProblemCode.UNSUPPORTED, "RTF"),
    "program.exe": (b"MZ" + bytes(range(256)) * 8, ProblemCode.UNSUPPORTED, "不是文字"),
    "table.csv": ("姓名,包过".encode(), ProblemCode.UNSUPPORTED, ".csv"),
}  # fmt: skip


@pytest.mark.parametrize("name", UNREAD)
def test_what_cannot_be_read_says_why_and_what_to_do(read, name):
    data, code, words = UNREAD[name]
    document = read(name, data)
    assert document.passages == ()
    [problem] = document.problems
    assert problem.code == code
    assert words in problem.message
    check_advice(problem.message)


def check_advice(message: str) -> None:
    """Hold a message to its form: Chinese, a full sentence, and a word on what to do."""
    assert re.search(r"请[一-鿿].*。$", message), message


PART_READ = {
    "truncated.jpg": (JPEG[: len(JPEG) * 4 // 5], ProblemCode.DAMAGED, "不完整"),
    "picture.pdf": (JPEG, ProblemCode.WRONG_EXTENSION, "扩展名是 .pdf，内容却是“JPEG 图片”"),
    "picture.txt": (PNG, ProblemCode.WRONG_EXTENSION, "内容却是“PNG 图片”"),
    "text.jpg": (WORD.encode(), ProblemCode.WRONG_EXTENSION, "内容却是“纯文本”"),
    "word.pdf": (DOCX, ProblemCode.WRONG_EXTENSION, "内容却是“Word 文档”"),
    "page.txt": (
        f"<!doctype html><p>{WORD}".encode(),
        ProblemCode.WRONG_EXTENSION,
        "内容却是“网页”",
    ),
    "wrong.png": (encoded(picture(), "WEBP"), ProblemCode.WRONG_EXTENSION, "内容却是“WebP 图片”"),
}


@pytest.mark.parametrize("name", PART_READ)
def test_what_can_be_read_is_kept_beside_the_problem(read, name):
    data, code, words = PART_READ[name]
    document = read(name, data)
    assert [one.text for one in document.passages] == [WORD]
    [problem] = document.problems
    assert problem.code == code
    assert words in problem.message
    check_advice(problem.message)


def test_a_truncated_page_of_a_tiff_is_told_by_its_number(read):
    data = encoded(picture(), "TIFF", save_all=True, append_images=[picture()])
    document = read("a.tif", data[:-100_000])
    assert document.passages[0].page == 0
    [problem] = document.problems
    assert (problem.code, problem.page) == (ProblemCode.DAMAGED, 1)
    assert problem.message.startswith("第 2 页：")


def read_path(path: str | Path, **limits: int):
    return read_source(Source(str(path)), Settings(**limits), SpotEngine)


def test_a_missing_file_says_so(tmp_path):
    [problem] = read_path(tmp_path / "nowhere.txt").problems
    assert problem.code == ProblemCode.NOT_FOUND
    assert "文件不存在" in problem.message
    check_advice(problem.message)


def test_a_pattern_that_nothing_matches_says_so(tmp_path):
    [problem] = read_path(tmp_path / "*.png").problems
    assert problem.code == ProblemCode.NOT_FOUND
    assert "通配符" in problem.message


def test_a_path_through_a_file_is_a_missing_file(tmp_path):
    (tmp_path / "a.txt").write_text("x")
    assert read_path(tmp_path / "a.txt" / "b.txt").problems[0].code == ProblemCode.NOT_FOUND


@pytest.mark.parametrize("name", ["a\0b", "x" * 300])
def test_a_name_that_no_system_takes_is_a_problem(name):
    [problem] = read_path(name).problems
    assert problem.code == ProblemCode.UNREADABLE
    check_advice(problem.message)


def test_a_file_without_permission_says_so(tmp_path, monkeypatch):
    path = tmp_path / "a.txt"
    path.write_text("包过")
    monkeypatch.setattr(Path, "open", _refuse)  # the system lets root open everything
    [problem] = read_path(path).problems
    assert problem.code == ProblemCode.UNREADABLE
    assert "权限" in problem.message
    check_advice(problem.message)


def _refuse(*args, **options):
    raise PermissionError(13, "Permission denied")


def test_a_file_above_the_limit_is_not_read(tmp_path):
    path = tmp_path / "a.txt"
    path.write_bytes(b"x" * 11)
    [problem] = read_path(path, max_file_bytes=10).problems
    assert problem.code == ProblemCode.TOO_LARGE
    assert "10 字节" in problem.message
    assert read_path(path, max_file_bytes=11).problems == ()


def test_a_pipe_is_not_waited_for(tmp_path):
    path = tmp_path / "pipe"
    os.mkfifo(path)
    [problem] = read_path(path).problems
    assert problem.code == ProblemCode.UNREADABLE
    assert "管道" in problem.message


def layer_pdf() -> bytes:
    made = RawPdf()
    return made.write(one_page(made))


WHOLE = {
    "a.jpg": JPEG,
    "a.png": PNG,
    "a.tif": encoded(picture(), "TIFF", save_all=True, append_images=[picture()]),
    "a.gif": encoded(picture(), "GIF"),
    "a.bmp": encoded(picture(), "BMP"),
    "a.webp": encoded(picture(), "WEBP"),
    "scan.pdf": encoded(picture(), "PDF"),
    "layer.pdf": layer_pdf(),
    "a.docx": docx(paragraph("包过"), media={"image1.png": PNG}),
    "a.html": "<meta charset=gbk><p>健康管理师包过</p>".encode("gbk"),
    "a.txt": "健康管理师新班开课，包过".encode(),
}


@pytest.mark.parametrize("name", WHOLE)
def test_a_file_cut_anywhere_is_read_or_a_problem(read, name):
    data, chance = WHOLE[name], random.Random(name)
    for end in sorted(chance.randrange(len(data)) for _ in range(12)):
        document = read(name, data[:end])
        assert document.passages or document.problems, end
        assert all(one.message.endswith("。") for one in document.problems)


@pytest.mark.parametrize("name", WHOLE)
@settings(
    max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(chance=st.randoms(use_true_random=False))
def test_a_file_spoilt_anywhere_is_read_or_a_problem(read, name, chance):
    data = bytearray(WHOLE[name])
    for _ in range(chance.randrange(1, 12)):
        data[chance.randrange(len(data))] = chance.randrange(256)
    document = read(name, bytes(data))
    assert document.passages or document.problems


READ_BOTH = """
import sys
from detector.model import Source
from detector.read import read_source
from detector.settings import Settings
from read_files import SpotEngine
for path in sys.argv[1:]:
    print(len(read_source(Source(path), Settings(), SpotEngine).passages))
"""


def test_no_library_speaks_over_our_head(tmp_path):
    odd, cut = tmp_path / "odd.pdf", tmp_path / "cut.tif"
    made = RawPdf()  # a font whose measures are missing
    font = "/BaseFont /Odd /FontDescriptor << /FontName /Odd /Flags 4 >>"
    odd.write_bytes(made.write(one_page(made, font)))
    cut.write_bytes(WHOLE["a.tif"][:-100])
    folders = os.pathsep.join([str(Path(__file__).parents[2]), str(Path(__file__).parent)])
    done = subprocess.run(
        [sys.executable, "-c", READ_BOTH, odd, cut],
        env={**os.environ, "PYTHONPATH": folders},
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stderr == ""
    assert done.stdout.split() == ["1", "2"]
