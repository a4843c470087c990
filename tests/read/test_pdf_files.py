"""PDF files: the text layer with its places, and the engine where the layer says too little."""

from __future__ import annotations

import numpy as np
import pytest
from read_files import (
    LETTERS,
    WORD,
    Page,
    RawPdf,
    Words,
    corners,
    dark_box,
    one_page,
    pdf,
    picture,
)

from detector.errors import ProblemCode
from detector.model import PassageKind
from detector.ocr import ReadLine
from detector.read import page_images
from detector.settings import Settings

TITLE = Words(30, 250, 24, "职业培训包过班")
ROW = (Words(30, 200, 12, "姓名 abc 100%"), Words(250, 200, 12, "张三"))
BEYOND = 6  # pixels
LONG = Words(30, 100, 12, "本校面向全国招生，二十个校区统一教案，周末开班授课。")


def texts(document) -> list[tuple[str, int | None, str]]:
    return [(one.text, one.page, one.engine) for one in document.passages]


def test_a_text_layer_is_read_line_by_line_from_top_to_bottom(read):
    document = read("a.pdf", pdf(Page((LONG, *ROW, TITLE)), Page((TITLE,))), engine=None)
    assert texts(document) == [
        (f"职业培训包过班\n姓名 abc 100%\t张三\n{LONG.text}", 0, "text-layer"),
        ("职业培训包过班", 1, "text-layer"),
    ]
    assert {one.kind for one in document.passages} == {PassageKind.BODY}
    assert (document.pages, document.problems) == (2, ())


VIEWS = {
    "upright": Page((TITLE, *ROW)),
    "turned by 90": Page((TITLE, *ROW), turn=90),
    "turned by 180": Page((TITLE, *ROW), turn=180),
    "turned by 270": Page((TITLE, *ROW), turn=270),
    "cropped": Page((TITLE, *ROW), crop=(20, 150, 390, 290)),
    "cropped and turned by 90": Page((TITLE, *ROW), crop=(20, 150, 390, 290), turn=90),
    "cropped and turned by 180": Page((TITLE, *ROW), crop=(20, 150, 390, 290), turn=180),
    "cropped and turned by 270": Page((TITLE, *ROW), crop=(20, 150, 390, 290), turn=270),
    "cropped beyond the page": Page((TITLE, *ROW), crop=(-100, 150, 390, 900)),
}


@pytest.mark.parametrize("page", VIEWS.values(), ids=VIEWS)
def test_boxes_lie_on_the_characters_of_the_page_image(read, page):
    document = read("a.pdf", pdf(page))
    assert document.passages[0].text == "职业培训包过班\n姓名 abc 100%\t张三"
    check_boxes(document)


def test_boxes_lie_right_where_the_page_inherits_its_size(read):
    made = RawPdf()
    root = one_page(made, extra="/CropBox [20 100 380 250] /Rotate 90")
    document = read("a.pdf", made.write(root))
    assert document.passages[0].text == LETTERS
    check_boxes(document)


def check_boxes(document) -> None:
    """Hold every character's box against the ink of the page, and all ink against the boxes."""
    [image] = page_images(document.source, Settings())
    ink = np.asarray(image.convert("L")) < 128
    [passage] = document.passages
    boxed = np.zeros_like(ink)
    for line in passage.lines:
        for cell in line.cells:
            place = area(cell.box)
            boxed[place] = True
            blank = passage.text[cell.span.start : cell.span.end].isspace()
            assert blank or ink[place].any()
    assert not (ink & ~boxed).any()


def area(box) -> tuple[slice, slice]:
    """Return the pixels of a box, and a few beyond: strokes may reach out of a character's box."""
    xs, ys = [corner.x for corner in box.polygon], [corner.y for corner in box.polygon]
    across = slice(max(0, int(min(xs)) - BEYOND), int(max(xs)) + BEYOND)
    return slice(max(0, int(min(ys)) - BEYOND), int(max(ys)) + BEYOND), across


def test_every_character_of_the_layer_has_a_cell(read):
    [passage] = read("a.pdf", pdf(Page((TITLE, *ROW)))).passages
    cells = [passage.text[c.span.start : c.span.end] for one in passage.lines for c in one.cells]
    assert "".join(cells) == passage.text.replace("\n", "").replace("\t", "")
    assert [passage.text[one.span.start : one.span.end] for one in passage.lines] == (
        passage.text.split("\n")
    )


def test_columns_of_running_text_are_read_one_after_the_other(read):
    left = [Words(20, 280 - 20 * row, 12, f"左栏的文字第{row}行在此") for row in range(6)]
    right = [Words(220, 280 - 20 * row, 12, f"右栏的文字第{row}行在此") for row in range(6)]
    words = [one for pair in zip(left, right, strict=True) for one in pair]
    [passage] = read("a.pdf", pdf(Page(words))).passages
    assert passage.text.split("\n") == [one.text for one in (*left, *right)]


def test_words_of_letters_are_parted_by_their_gap_alone(read):
    words = (Words(30, 200, 12, "pass"), Words(60, 200, 12, "100"), Words(90, 200, 12, "包过"))
    [passage] = read("a.pdf", pdf(Page((*words, LONG)))).passages
    assert passage.text.split("\n")[0] == "pass 100包过"


def test_wide_set_titles_stay_one_word(read):
    words = [Words(30 + 60 * at, 200, 24, sign) for at, sign in enumerate("职业资格证书")]
    [passage] = read("a.pdf", pdf(Page((*words, LONG)))).passages
    assert passage.text.split("\n")[0] == "职业资格证书"


@pytest.mark.parametrize("slope", [90, 180, 270, 45])
def test_words_that_run_another_way_are_lines_of_their_own_after_the_others(read, slope):
    turned = Words(200, 150, 12, "内部资料包过", slope)
    document = read("a.pdf", pdf(Page((turned, TITLE))))
    assert document.passages[0].text == "职业培训包过班\n内部资料包过"
    if slope % 90 == 0:  # boxes of slanting letters are upright and wider than their ink
        check_boxes(document)


def test_letters_struck_twice_to_look_bold_are_read_once(read):
    again = TITLE._replace(x=TITLE.x + 0.4)
    [passage] = read("a.pdf", pdf(Page((TITLE, again)))).passages
    assert passage.text == "职业培训包过班"


def test_letters_of_a_font_without_widths_are_all_read(read):
    made = RawPdf()
    font = "/BaseFont /Odd /FontDescriptor << /FontName /Odd /Flags 4 >>"
    document = read("a.pdf", made.write(one_page(made, font)), engine=None)
    assert document.passages[0].text == LETTERS


def test_a_page_without_a_layer_is_drawn_and_read_by_the_engine(read, engine):
    document = read("a.pdf", pdf(Page((LONG,)), Page(picture=picture())), layer_check_lines=0)
    assert texts(document) == [(LONG.text, 0, "text-layer"), (WORD, 1, "spot")]
    assert len(engine.seen) == 1
    [line] = document.passages[1].lines
    _, second = page_images(document.source, Settings())
    left, top, right, bottom = dark_box(second)
    assert [tuple(corner) for corner in line.box.polygon] == [
        (left, top), (right, top), (right, bottom), (left, bottom),
    ]  # fmt: skip
    assert line.box.page == 1


def test_a_picture_beside_a_layer_is_read_too_and_known_words_are_not_repeated(read):
    shown = picture((400, 300), (300, 20, 380, 60))
    document = read("a.pdf", pdf(Page((LONG, TITLE), picture=shown)), engine=ByName(300, 20))
    assert [(one.text, one.engine) for one in document.passages] == [
        (f"{TITLE.text}\n{LONG.text}", "text-layer"),
        ("图中字", "by-name"),
    ]


class ByName:
    """Reads the layer's title again, and words of a picture at a place given in points."""

    name = "by-name"

    def __init__(self, left: float, top: float) -> None:
        self.left, self.top = left, top

    def read(self, image):
        scale = image.shape[1] / 400
        title = corners(30 * scale, 25 * scale, 198 * scale, 52 * scale)
        left, top = self.left * scale, self.top * scale
        return [
            ReadLine("职业培训包过班", title, 0.9),
            ReadLine("图中字", corners(left, top, left + 80 * scale, top + 40 * scale), 0.9),
        ]


def test_a_small_picture_beside_much_text_needs_no_engine(read):
    page = Page((LONG,), picture=picture(), frame=(300, 250, 40, 30))
    assert texts(read("a.pdf", pdf(page), engine=None)) == [(LONG.text, 0, "text-layer")]


def test_a_layer_of_few_letters_does_not_speak_for_a_page_that_shows_more(read):
    page = Page((Words(30, 20, 12, "第1页"),), picture=picture(), frame=(300, 250, 40, 30))
    assert [text for text, *_ in texts(read("a.pdf", pdf(page)))] == ["第1页", WORD]


def test_a_layer_without_meaning_is_given_up_for_the_engine(read):
    made = RawPdf()
    rows = "\n".join(f"<{code:02x}> <{0xE000 + code:04x}>" for code in range(256))
    space = "begincmap 1 begincodespacerange <00> <ff> endcodespacerange"
    cmap = made.add("", f"{space} 256 beginbfchar {rows} endbfchar endcmap")
    root = one_page(made, font=f"/BaseFont /Helvetica /ToUnicode {cmap} 0 R")
    assert texts(read("a.pdf", made.write(root))) == [(WORD, 0, "spot")]


def test_a_page_that_is_missing_is_a_problem_and_the_others_are_read(read):
    made = RawPdf()
    document = read("a.pdf", made.write(one_page(made, kids="99 0 R")))
    assert [one.text for one in document.passages] == [LETTERS]
    [problem] = document.problems
    assert (problem.code, problem.page) == (ProblemCode.DAMAGED, 1)
    assert problem.message.startswith("第 2 页：")


def test_a_blank_page_is_no_problem_beside_one_that_was_read(read):
    document = read("a.pdf", pdf(Page(), Page((LONG,)), Page(picture=picture(spot=None))))
    assert [one.page for one in document.passages] == [1]
    assert (document.pages, document.problems) == (3, ())


def test_pages_beyond_the_limit_are_told(read):
    document = read("a.pdf", pdf(*[Page((LONG,))] * 3), max_pages=2)
    assert [one.page for one in document.passages] == [0, 1]
    assert document.pages == 3
    [problem] = document.problems
    assert problem.code == ProblemCode.TRUNCATED
    assert "共 3 页，只读了前 2 页" in problem.message


def test_a_huge_page_is_drawn_within_the_limit_of_pixels(read, engine):
    page = Page(picture=picture(), size=(4000, 3000), frame=(0, 0, 4000, 3000))
    document = read("a.pdf", pdf(page), max_page_pixels=1_000_000)
    [shape] = engine.seen
    assert shape[0] * shape[1] <= 1_010_000
    assert document.passages[0].text == WORD
