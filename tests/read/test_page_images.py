"""Pages as pictures: those that the boxes were measured on, or none at all."""

from __future__ import annotations

import pytest
from read_files import (
    SPOT,
    Page,
    RawPdf,
    dark_box,
    docx,
    encoded,
    one_page,
    paragraph,
    pdf,
    picture,
)

from detector.errors import ReadError
from detector.model import Source
from detector.read import page_images, read_text
from detector.settings import Settings


def images(document, **settings):
    return list(page_images(document.source, Settings(**settings)))


def test_pages_are_the_pictures_that_the_engine_read(read, engine):
    data = encoded(picture(), "TIFF", save_all=True, append_images=[picture((100, 90), None)])
    pages = images(read("a.tif", data))
    assert [(one.height, one.width, 3) for one in pages] == engine.seen
    assert {one.mode for one in pages} == {"RGB"}


def test_pages_of_a_pdf_are_drawn_at_the_resolution_of_the_settings(read):
    document = read("a.pdf", pdf(Page(picture=picture((400, 300)))), render_dpi=72)
    [page] = images(document, render_dpi=72)
    assert page.size == (400, 300)
    [line] = document.passages[0].lines
    assert dark_box(page) == (*line.box.polygon[0], *line.box.polygon[2])


def test_pages_of_a_word_file_are_its_pictures(read):
    media = {"image1.png": encoded(picture(), "PNG"), "image2.png": b"nonsense"}
    first, second = images(read("a.docx", docx(paragraph("一"), media=media)))
    assert dark_box(first) == SPOT
    assert second.size == (1, 1)


def test_a_page_that_cannot_be_drawn_keeps_its_place(read):
    made = RawPdf()
    document = read("a.pdf", made.write(one_page(made, kids="99 0 R")), engine=None)
    first, second = images(document)
    assert dark_box(first) is not None
    assert second.size == (1, 1)


def test_a_source_need_not_have_been_read_before(tmp_path):
    path = tmp_path / "a.png"
    path.write_bytes(encoded(picture(), "PNG"))
    [page] = page_images(Source(str(path)), Settings())
    assert dark_box(page) == SPOT


@pytest.mark.parametrize(("name", "data"), [("a.txt", b"text"), ("a.html", b"<p>text")])
def test_text_has_no_pages(read, name, data):
    assert images(read(name, data)) == []


def test_a_file_that_changed_gives_no_pages(read, tmp_path):
    document = read("a.png", encoded(picture(), "PNG"))
    (tmp_path / "a.png").write_bytes(encoded(picture(spot=None), "PNG"))
    with pytest.raises(ReadError, match="有改动"):
        images(document)


def test_a_file_that_is_gone_gives_no_pages(read, tmp_path):
    document = read("a.png", encoded(picture(), "PNG"))
    (tmp_path / "a.png").unlink()
    with pytest.raises(ReadError, match="不存在"):
        images(document)


def test_the_standard_input_gives_no_pages():
    with pytest.raises(ReadError, match="标准输入"):
        next(page_images(Source("-"), Settings()))


def test_a_text_that_was_given_is_one_passage_unchanged():
    [passage] = read_text(" 包过\r\n").passages
    assert (passage.text, passage.kind, passage.page) == (" 包过\r\n", "body", None)
