"""Picture files: every format, turned upright, each page read, boxes in its pixels."""

from __future__ import annotations

import numpy as np
import pytest
from PIL import Image, ImageFile
from read_files import SPOT, WORD, BrokenEngine, dark_box, encoded, picture

from detector.errors import MissingPartError, ProblemCode
from detector.model import PassageKind, Source, Span
from detector.ocr import ReadLine
from detector.read import page_images, read_source
from detector.settings import Settings

FORMATS = {
    "a.jpg": encoded(picture(), "JPEG", quality=95),
    "a.jpeg": encoded(picture().convert("L"), "JPEG", quality=95),
    "a.cmyk.jpg": encoded(picture().convert("CMYK"), "JPEG", quality=95),
    "a.png": encoded(picture(), "PNG"),
    "a.palette.png": encoded(picture().convert("P"), "PNG"),
    "a.bits.png": encoded(picture().convert("1"), "PNG"),
    "a.tif": encoded(picture(), "TIFF"),
    "a.fax.tiff": encoded(picture().convert("1"), "TIFF", compression="group4"),
    "a.bmp": encoded(picture(), "BMP"),
    "a.webp": encoded(picture(), "WEBP", lossless=True),
    "a.gif": encoded(picture(), "GIF"),
}


@pytest.mark.parametrize(("name", "data"), FORMATS.items(), ids=FORMATS)
def test_every_format_is_read_by_the_engine(read, engine, name, data):
    document = read(name, data)
    [passage] = document.passages
    assert (passage.kind, passage.text, passage.page) == (PassageKind.OCR, WORD, 0)
    assert passage.engine == "spot"
    assert engine.seen == [(200, 320, 3)]
    assert (document.pages, document.problems) == (1, ())


def test_lines_keep_what_the_engine_says_of_them(read):
    [passage] = read("a.png", encoded(picture(), "PNG")).passages
    [line] = passage.lines
    left, top, right, bottom = SPOT
    assert line.span == Span(0, 2)
    assert line.confidence == 0.9
    assert line.box.page == 0
    assert line.box.polygon == ((left, top), (right, top), (right, bottom), (left, bottom))
    assert [one.span for one in line.cells] == [Span(0, 1), Span(1, 2)]
    assert line.cells[0].box.polygon[1] == line.cells[1].box.polygon[0] == (80, top)


# By the EXIF standard: what the tag says, and how a picture lies in the file that bears it.
ORIENTATIONS = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_90,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_270,
}


@pytest.mark.parametrize(("form", "name"), [("JPEG", "a.jpg"), ("PNG", "a.png"), ("TIFF", "a.tif")])
@pytest.mark.parametrize(("orientation", "turn"), ORIENTATIONS.items(), ids=str)
def test_pictures_are_turned_as_their_camera_says(read, orientation, turn, form, name):
    exif = Image.Exif()
    exif[0x0112] = orientation
    document = read(name, encoded(picture().transpose(turn), form, exif=exif))
    [line] = document.passages[0].lines
    assert near(line.box.polygon[0], SPOT[:2])
    assert near(line.box.polygon[2], SPOT[2:])
    [image] = page_images(document.source, Settings())
    assert image.size == (320, 200)
    assert near(dark_box(image), SPOT)


def near(found, wanted) -> bool:
    return all(abs(a - b) <= 2 for a, b in zip(found, wanted, strict=True))


def test_every_page_of_a_tiff_is_read_and_has_its_own_boxes(read):
    spots = [SPOT, None, (200, 100, 280, 140)]
    first, *rest = [picture(spot=spot) for spot in spots]
    document = read("a.tif", encoded(first, "TIFF", save_all=True, append_images=rest))
    assert [(one.page, one.lines[0].box.polygon[0]) for one in document.passages] == [
        (0, (40, 20)),
        (2, (200, 100)),
    ]
    assert {one.lines[0].box.page for one in document.passages} == {0, 2}
    assert document.pages == 3
    assert document.problems == ()
    assert [dark_box(one) for one in page_images(document.source, Settings())] == spots


def test_pages_beyond_the_limit_are_told(read):
    data = encoded(picture(), "TIFF", save_all=True, append_images=[picture()] * 2)
    document = read("a.tif", data, max_pages=2)
    assert [one.page for one in document.passages] == [0, 1]
    [problem] = document.problems
    assert problem.code == ProblemCode.TRUNCATED
    assert "共 3 页，只读了前 2 页" in problem.message


@pytest.mark.parametrize(("form", "name"), [("GIF", "a.gif"), ("WEBP", "a.webp"), ("PNG", "a.png")])
def test_of_a_moving_picture_the_first_frame_is_read_and_the_rest_told(read, form, name):
    rest = [picture(spot=(200, 100, 280, 140)), picture(spot=(10, 10, 90, 50))]
    data = encoded(picture(), form, save_all=True, append_images=rest)
    document = read(name, data)
    assert [one.lines[0].box.polygon[0] for one in document.passages] == [SPOT[:2]]
    [problem] = document.problems
    assert problem.code == ProblemCode.TRUNCATED
    assert "共 3 帧，只读了第一帧" in problem.message


def test_the_depth_maps_of_phones_are_no_pages(read):
    data = encoded(picture(), "MPO", save_all=True, append_images=[picture((100, 90), None)])
    document = read("a.jpg", data)
    assert [one.text for one in document.passages] == [WORD]
    assert (document.pages, document.problems) == (1, ())


def test_transparent_pixels_are_paper(read):
    clear = Image.new("RGBA", (320, 200), (0, 0, 0, 0))
    clear.paste((0, 0, 0, 255), SPOT)
    document = read("a.png", encoded(clear, "PNG"))
    assert document.passages[0].lines[0].box.polygon[0] == SPOT[:2]


def test_deep_grey_keeps_its_contrast(read):
    grey = np.full((200, 320), 4000, np.uint16)
    grey[SPOT[1] : SPOT[3], SPOT[0] : SPOT[2]] = 100
    document = read("a.png", encoded(Image.fromarray(grey), "PNG"))
    assert document.passages[0].lines[0].box.polygon[0] == SPOT[:2]


def test_a_picture_that_shows_something_unread_is_a_problem(read):
    document = read("a.png", encoded(Image.linear_gradient("L"), "PNG"), engine=NoWords())
    assert document.passages == ()
    [problem] = document.problems
    assert (problem.code, problem.page) == (ProblemCode.NO_TEXT, 0)
    assert "不是空白" in problem.message


class NoWords:
    """Finds nothing on any page."""

    name = "no-words"

    def read(self, image):
        return []


def test_a_blank_picture_says_that_there_was_nothing(read):
    document = read("a.png", encoded(picture(spot=None), "PNG"))
    [problem] = document.problems
    assert (problem.code, problem.page) == (ProblemCode.NO_TEXT, None)
    assert "空白" in problem.message


def test_a_failing_engine_is_a_problem_of_the_page(read):
    document = read("a.png", encoded(picture(), "PNG"), engine=BrokenEngine())
    [problem] = document.problems
    assert (problem.code, problem.page) == (ProblemCode.OCR_FAILED, 0)
    assert "boom" in problem.message


def test_a_missing_engine_is_told_to_the_user(tmp_path):
    def missing():
        raise MissingPartError("缺少识别引擎")

    path = tmp_path / "a.png"
    path.write_bytes(encoded(picture(), "PNG"))
    with pytest.raises(MissingPartError):
        read_source(Source(str(path)), Settings(), missing)


def test_a_picture_of_too_many_pixels_is_not_decoded(read):
    document = read("a.png", encoded(picture(), "PNG"), max_page_pixels=10_000)
    [problem] = document.problems
    assert problem.code == ProblemCode.TOO_LARGE
    assert "320×200" in problem.message


def test_reading_leaves_the_limits_of_the_imaging_library_alone(read):
    before = Image.MAX_IMAGE_PIXELS, ImageFile.LOAD_TRUNCATED_IMAGES
    read("a.jpg", encoded(picture(), "JPEG")[:-200])
    assert before == (Image.MAX_IMAGE_PIXELS, ImageFile.LOAD_TRUNCATED_IMAGES)


class Unsure:
    """Reads one line well, one hardly and a speck."""

    name = "unsure"

    def read(self, image):
        where = ((0, 0), (9, 0), (9, 9), (0, 9))
        return [
            ReadLine("职业资格证书", where, 0.93),
            ReadLine("发证机构某某", where, 0.31),
            ReadLine("丶", where, 0.12),
        ]


def test_what_was_hardly_read_is_left_out_and_told(read):
    document = read("a.png", encoded(picture(), "PNG"), engine=Unsure())
    assert [passage.text for passage in document.passages] == ["职业资格证书"]
    (problem,) = document.problems
    assert problem.code == "low-confidence"
    assert "有 1 处文字识别把握不足" in problem.message


def test_how_sure_is_sure_enough_is_a_setting(read):
    document = read("a.png", encoded(picture(), "PNG"), engine=Unsure(), ocr_min_confidence=0.1)
    assert document.passages[0].text == "职业资格证书\n发证机构某某\n丶"
    assert document.problems == ()
