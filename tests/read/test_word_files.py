"""Word files: text wherever Word keeps it, and the pictures."""

from __future__ import annotations

import io
import zipfile

import numpy as np
import pytest
from PIL import Image
from read_files import SPOT, WORD, BrokenEngine, docx, encoded, paragraph, picture, run, w

from detector.errors import MissingPartError, ProblemCode
from detector.model import PassageKind


def texts(document) -> list[tuple[str, str]]:
    return [(one.kind, one.text) for one in document.passages]


def box(inner: str) -> str:
    """Return a drawing as Word writes it: the text box once for new readers, once for old ones."""
    held = w("txbxContent", inner)
    choices = f"<mc:Choice>{held}</mc:Choice><mc:Fallback>{held}</mc:Fallback>"
    return w("r", f"<mc:AlternateContent>{choices}</mc:AlternateContent>")


def table(*rows: tuple[str, ...]) -> str:
    return w("tbl", *(w("tr", *(w("tc", cell) for cell in row)) for row in rows))


def ruby(base: str, gloss: str) -> str:
    """Return a word with small text above it, which stands first in the file."""
    return w("r", w("ruby", w("rubyPr"), w("rt", run(gloss)), w("rubyBase", run(base))))


BODIES = {
    "paragraphs": (paragraph("一") + paragraph("二"), "一\n二"),
    "a word in several runs": (paragraph("包", run("过", "<w:b/>"), "班"), "包过班"),
    "tabs and breaks": (
        paragraph(w("r", w("t", "一"), "<w:tab/><w:br/>", w("t", "二"))),
        "一\t\n二",
    ),
    "tab stops are no text": (w("p", w("pPr", w("tabs", "<w:tab/>")), run("一")), "一"),
    "a table": (
        table(
            (paragraph("姓名"), paragraph("张三")),
            (paragraph("甲"), paragraph("乙") + paragraph("丙")),
        ),
        "姓名\t张三\n甲\t乙\n丙",
    ),
    "a text box": (paragraph("正文", box(paragraph("框内")), "续"), "正文续\n框内"),
    "pinyin above a word": (
        paragraph(ruby("包", "bāo"), ruby("过", "guò"), "班"),
        "包(bāo)过(guò)班",
    ),
    "a link": (w("p", w("hyperlink", run("链接"))), "链接"),
    "the result of a field": (paragraph(w("r", w("instrText", "PAGE")), "1"), "1"),
    "a form control": (w("sdt", w("sdtContent", paragraph("控件"))), "控件"),
    "an insertion is there": (w("p", w("ins", run("包过"))), "包过"),
    "a deletion is gone": (w("p", run("留"), w("del", w("r", w("delText", "包过")))), "留"),
    "a move is there once": (w("p", w("moveFrom", run("包过")), w("moveTo", run("包过"))), "包过"),
}


@pytest.mark.parametrize(("body", "text"), BODIES.values(), ids=BODIES)
def test_the_body_reads_as_word_shows_it(read, body, text):
    document = read("a.docx", docx(body))
    assert texts(document) == [(PassageKind.BODY, text)]
    assert document.problems == ()


def test_text_round_the_body_is_read_after_it(read):
    parts = {
        "word/footnotes.xml": paragraph("脚注"),
        "word/header1.xml": paragraph("页眉"),
        "word/footer1.xml": paragraph("页脚"),
        "word/diagrams/data1.xml": "<a:p><a:r><a:t>图示</a:t></a:r></a:p>",
    }
    document = read("a.docx", docx(paragraph("正文"), parts))
    assert [one.text for one in document.passages] == ["正文", "页眉", "页脚", "脚注", "图示"]


def test_hidden_text_and_comments_are_read_apart(read):
    body = paragraph("明", run("暗", "<w:vanish/>"), run("亮", '<w:vanish w:val="0"/>'))
    document = read("a.docx", docx(body, {"word/comments.xml": paragraph("批注")}))
    assert texts(document) == [("body", "明亮"), ("hidden", "暗"), ("hidden", "批注")]


def test_styles_and_building_blocks_are_not_read(read):
    document = read(
        "a.docx",
        docx(
            paragraph("正文"),
            dict.fromkeys(("word/glossary/document.xml", "customXml/item1.xml"), paragraph("x")),
        ),
    )
    assert texts(document) == [("body", "正文")]


def test_pictures_are_pages_read_by_the_engine(read):
    media = {"image1.png": encoded(picture(), "PNG"), "image2.jpeg": encoded(picture(), "JPEG")}
    document = read("a.docx", docx(paragraph("正文"), media=media))
    assert [(one.kind, one.text, one.page) for one in document.passages] == [
        ("body", "正文", None),
        ("ocr", WORD, 0),
        ("ocr", WORD, 1),
    ]
    assert document.pages == 2
    [line] = document.passages[1].lines
    assert line.box.polygon[0] == SPOT[:2]


def test_a_large_picture_is_no_bomb(read):
    noise = np.random.default_rng(1).integers(0, 255, (640, 640, 3), np.uint8)
    media = {"image1.png": encoded(Image.fromarray(noise), "PNG")}
    assert len(media["image1.png"]) > 1_000_000
    assert read("a.docx", docx(paragraph("正文"), media=media)).problems == ()


def test_a_document_without_pictures_needs_no_engine(read):
    document = read("a.docx", docx(paragraph("正文")), engine=None)
    assert texts(document) == [("body", "正文")]


def test_ornaments_are_not_worth_the_engine(read, engine):
    media = {"image1.png": encoded(picture((20, 20), (2, 2, 9, 9)), "PNG")}
    assert read("a.docx", docx(paragraph("一"), media=media)).problems == ()
    assert engine.seen == []


def test_a_missing_engine_is_told_to_the_user_and_not_kept_as_a_problem(read):
    class Missing:
        def read(self, image):
            raise MissingPartError("缺少识别引擎")

    media = {"image1.png": encoded(picture(), "PNG")}
    with pytest.raises(MissingPartError):
        read("a.docx", docx(paragraph("一"), media=media), engine=Missing())


UNREAD_PICTURES = {
    "vector": ({"image1.emf": b"\x01\0\0\0"}, ProblemCode.UNSUPPORTED, "矢量图 image1"),
    "no picture": ({"image1.png": b"nonsense"}, ProblemCode.DAMAGED, "图片已损坏"),
    "too large": ({"image1.png": encoded(picture(), "PNG")}, ProblemCode.TOO_LARGE, "上限"),
}


@pytest.mark.parametrize(("media", "code", "words"), UNREAD_PICTURES.values(), ids=UNREAD_PICTURES)
def test_a_picture_that_cannot_be_read_leaves_the_text(read, media, code, words):
    document = read("a.docx", docx(paragraph("正文"), media=media), max_page_pixels=9999)
    assert texts(document) == [("body", "正文")]
    [problem] = document.problems
    assert (problem.code, problem.page) == (code, 0)
    assert words in problem.message


def test_pictures_beyond_the_limit_are_told(read):
    media = {f"image{at}.png": encoded(picture(), "PNG") for at in range(3)}
    document = read("a.docx", docx(paragraph("正文"), media=media), max_pages=2)
    assert [one.page for one in document.passages] == [None, 0, 1]
    assert [(one.code, one.page) for one in document.problems] == [(ProblemCode.TRUNCATED, 2)]


def test_a_failing_engine_leaves_the_text(read):
    media = {"image1.png": encoded(picture(), "PNG")}
    document = read("a.docx", docx(paragraph("正文"), media=media), engine=BrokenEngine())
    assert texts(document) == [("body", "正文")]
    assert [(one.code, one.page) for one in document.problems] == [(ProblemCode.OCR_FAILED, 0)]


def spoilt(data: bytes, member: bytes) -> bytes:
    """Spoil the stored bytes of one member; the package itself stays whole."""
    start = data.index(member) + len(member) + 4
    return (
        data[:start] + bytes(byte ^ 0xFF for byte in data[start : start + 20]) + data[start + 20 :]
    )


def test_a_spoilt_picture_leaves_the_text_and_the_other_pictures(read):
    media = {name: encoded(picture(), "PNG") for name in ("image1.png", "image2.png")}
    data = spoilt(docx(paragraph("正文"), media=media), b"word/media/image1.png")
    document = read("a.docx", data)
    assert [one.text for one in document.passages] == ["正文", WORD]
    [problem] = document.problems
    assert (problem.code, problem.page) == (ProblemCode.DAMAGED, 0)
    assert "image1.png" in problem.message


def test_a_spoilt_part_leaves_the_others(read):
    data = spoilt(
        docx(paragraph("正文" * 20), {"word/header1.xml": paragraph("页眉" * 20)}),
        b"word/header1.xml",
    )
    document = read("a.docx", data)
    assert [one.text for one in document.passages] == ["正文" * 20]
    assert [one.code for one in document.problems] == [ProblemCode.DAMAGED]
    assert "word/header1.xml" in document.problems[0].message


def test_entities_are_not_expanded(read):
    whole = docx(paragraph("&bomb;"))
    bomb = '<!DOCTYPE w [<!ENTITY bomb "包过">]><w:part'.encode()
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(whole)) as package, zipfile.ZipFile(out, "w") as other:
        part = package.read("word/document.xml").replace(b"<w:part", bomb)
        other.writestr("word/document.xml", part)
    assert read("a.docx", out.getvalue()).passages == ()
