"""The default engine on drawn pages: what it reads, in which order, and where."""

from __future__ import annotations

import socket

import numpy as np
import pytest
from drawn_pages import CERTIFICATE, Text, draw, pixels, stamp, turned
from PIL import ImageDraw

from detector.ocr import Engine, ReadLine, load_engine
from detector.ocr.rapid import is_ornament
from detector.settings import Settings

WRITTEN = [text.text for text in CERTIFICATE]
# Full-width signs are folded with all others in the text room, not by the engine.
FOLDED = str.maketrans("（），：！", "(),:!")


def texts(lines: list[ReadLine]) -> list[str]:
    return [line.text.translate(FOLDED).replace(" ", "") for line in lines]


def written(*drawn: Text) -> list[str]:
    return [text.text.translate(FOLDED) for text in drawn]


def bounds(polygon) -> tuple[float, float, float, float]:
    xs, ys = [point.x for point in polygon], [point.y for point in polygon]
    return min(xs), min(ys), max(xs), max(ys)


def centre(polygon) -> tuple[float, float]:
    left, top, right, bottom = bounds(polygon)
    return (left + right) / 2, (top + bottom) / 2


def overlap(a, b) -> float:
    """Return the intersection over the union of two boxes."""
    width = min(a[2], b[2]) - max(a[0], b[0])
    height = min(a[3], b[3]) - max(a[1], b[1])
    shared = max(0, width) * max(0, height)
    area = (a[2] - a[0]) * (a[3] - a[1]) + (b[2] - b[0]) * (b[3] - b[1])
    return shared / (area - shared)


def test_every_line_of_a_page_is_read_in_order(rapid: Engine) -> None:
    lines = rapid.read(pixels(draw(CERTIFICATE)))
    assert texts(lines) == written(*CERTIFICATE)
    assert all(line.confidence is not None and 0.9 < line.confidence <= 1 for line in lines)


@pytest.mark.parametrize("degrees", [90, 180, 270, 5, -5])
def test_a_turned_page_reads_like_an_upright_one(rapid: Engine, degrees: int) -> None:
    lines = rapid.read(turned(draw(CERTIFICATE), degrees))
    assert texts(lines) == written(*CERTIFICATE)
    for line in lines:
        start, end = line.polygon[0], line.polygon[1]
        runs = np.degrees(np.arctan2(start.y - end.y, end.x - start.x))
        assert abs((runs - degrees + 180) % 360 - 180) < 3


@pytest.mark.parametrize("size", [(400, 272), (2600, 1768)])
def test_small_and_large_pictures_are_read(rapid: Engine, size: tuple[int, int]) -> None:
    lines = rapid.read(pixels(draw(CERTIFICATE).resize(size)))
    assert texts(lines) == written(*CERTIFICATE)
    assert bounds(lines[0].polygon)[2] < size[0]


@pytest.mark.parametrize("seal", [(660, 540, 100), (560, 483, 121)])
def test_text_under_a_seal_is_read_and_the_seal_is_not(
    rapid: Engine, seal: tuple[int, int, int]
) -> None:
    page = stamp(draw(CERTIFICATE), *seal)
    assert texts(rapid.read(pixels(page))) == written(*CERTIFICATE)


def test_headlines_in_bright_red_are_read(rapid: Engine) -> None:
    headlines = (
        Text(60, 120, "零基础包过班", 110, colour=(255, 0, 0)),
        Text(60, 300, "国家承认，全国通用", 60, colour=(255, 40, 40)),
        Text(60, 440, "权威证书，企业抢着要", 30, colour=(255, 0, 0)),
        Text(60, 560, "报名热线：0000-0000034", 30),
    )
    page = draw(headlines)
    assert texts(rapid.read(pixels(page))) == written(*headlines)
    dim = (pixels(page) * 0.7).astype(np.uint8)
    assert texts(rapid.read(dim)) == written(*headlines)


def test_white_on_a_round_red_badge_is_read(rapid: Engine) -> None:
    words = (
        Text(120, 100, "秋季特惠班招生", 60),
        Text(730, 470, "签约", 70, colour=(255, 255, 255)),
    )
    page = draw(words[:1])
    pen = ImageDraw.Draw(page)
    pen.ellipse((680, 350, 920, 590), fill=(228, 20, 30))
    pen.text((730, 470), words[1].text, words[1].colour, words[1].font, anchor="lm")
    assert texts(rapid.read(pixels(page))) == written(*words)


def test_gold_on_a_red_cover_is_read(rapid: Engine) -> None:
    gold = (226, 190, 110)
    cover = (
        Text(250, 200, "职业资格证书", 80, "serif.otf", gold),
        Text(250, 500, "云川职业能力评定中心", 48, "serif.otf", gold),
    )
    page = draw(cover, paper=(140, 20, 26))
    assert texts(rapid.read(pixels(page))) == written(*cover)


def test_a_line_stands_where_it_was_drawn(rapid: Engine) -> None:
    lines = rapid.read(pixels(draw(CERTIFICATE)))
    for line, text in zip(lines, CERTIFICATE, strict=True):
        places = text.places()
        drawn = (places[0][0], places[0][1], places[-1][2], places[-1][3])
        assert overlap(bounds(line.polygon), drawn) > 0.6


def test_a_cell_stands_on_its_own_character(rapid: Engine) -> None:
    lines = rapid.read(pixels(draw(CERTIFICATE)))
    for line, text in zip(lines, CERTIFICATE, strict=True):
        assert [(cell.start, cell.end) for cell in line.cells] == [
            (place, place + 1) for place in range(len(text.text))
        ]
        for cell, (left, _, right, _) in zip(line.cells, text.places(), strict=True):
            x, y = centre(cell.polygon)
            assert left < x < right
            assert abs(y - text.y) < text.size / 3


@pytest.mark.parametrize("degrees", [0, 90, 180, 5])
def test_cells_follow_each_other_inside_their_line(rapid: Engine, degrees: int) -> None:
    for line in rapid.read(turned(draw(CERTIFICATE), degrees)):
        start, end = np.array(line.polygon[0]), np.array(line.polygon[1])
        along = (end - start) / np.linalg.norm(end - start)
        places = [along @ (np.array(centre(cell.polygon)) - start) for cell in line.cells]
        assert places == sorted(places)
        left, top, right, bottom = bounds(line.polygon)
        for cell in line.cells:
            inner = bounds(cell.polygon)
            assert inner[0] >= left - 1 and inner[1] >= top - 1
            assert inner[2] <= right + 1 and inner[3] <= bottom + 1


def test_spaces_have_no_cell(rapid: Engine) -> None:
    (line,) = rapid.read(pixels(draw([Text(60, 100, "VOCATIONAL TRAINING CERTIFICATE", 36)])))
    assert line.text == "VOCATIONAL TRAINING CERTIFICATE"
    assert "".join(line.text[c.start : c.end] for c in line.cells) == line.text.replace(" ", "")


def test_a_vertical_line_is_read_downwards(rapid: Engine) -> None:
    column = [
        Text(760, 140 + 46 * place, sign, 40) for place, sign in enumerate("国家承认终身有效")
    ]
    rows = (Text(60, 100, "考前辅导班招生简章", 40), Text(60, 180, "咨询电话：0000-0000018", 40))
    lines = rapid.read(pixels(draw([*rows, *column])))
    assert sorted(texts(lines)) == sorted([*written(*rows), "国家承认终身有效"])
    (standing,) = (line for line in lines if line.text == "国家承认终身有效")
    for cell, sign in zip(standing.cells, column, strict=True):
        assert abs(centre(cell.polygon)[1] - sign.y) < 20


def test_every_line_of_a_long_page_is_read_once(rapid: Engine) -> None:
    wordings = ("证书全国通用，终身有效", "零基础也能拿证", "考试不过全额退款", "报名热线")
    page = [
        Text(60, 80 + 560 * block + 32 * row, f"{block + 101}{wording}", 22)
        for block in range(12)
        for row, wording in enumerate(wordings)
    ]
    lines = rapid.read(pixels(draw(page, (1080, 7000))))
    assert texts(lines) == written(*page)


def test_the_pages_of_a_booklet_are_read_one_after_the_other(rapid: Engine) -> None:
    left = [
        Text(60, 100 + 70 * row, f"左页第{sign}行文字内容") for row, sign in enumerate("一二三四")
    ]
    right = [
        Text(700, 110 + 70 * row, f"右页第{sign}行文字内容") for row, sign in enumerate("一二三四")
    ]
    lines = rapid.read(pixels(draw([*right, *left], (1200, 480))))
    assert texts(lines) == written(*left, *right)


@pytest.mark.parametrize("size", [(1, 1), (3, 900), (900, 3), (600, 400)])
def test_a_picture_without_text_has_no_lines(rapid: Engine, size: tuple[int, int]) -> None:
    assert rapid.read(pixels(draw([], size))) == []


def test_how_sure_it_is_of_a_line_is_told(rapid: Engine) -> None:
    blurred = pixels(draw(CERTIFICATE).resize((110, 75)).resize((1000, 680)))
    assert min(line.confidence for line in rapid.read(blurred)) < 0.5
    assert min(line.confidence for line in rapid.read(pixels(draw(CERTIFICATE)))) > 0.8


def test_loading_and_reading_need_no_network(
    monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    def closed(*_: object, **__: object) -> None:
        raise OSError("the network is closed")

    monkeypatch.setattr(socket, "socket", closed)
    monkeypatch.setattr(socket, "create_connection", closed)
    monkeypatch.setattr(socket, "getaddrinfo", closed)
    lines = load_engine("rapid", Settings()).read(pixels(draw(CERTIFICATE[:2])))
    assert texts(lines) == written(*CERTIFICATE[:2])
    assert capfd.readouterr() == ("", "")


@pytest.mark.parametrize(
    ("text", "ornament"),
    [
        ("xxxxxxxxxxxxxx", True),
        ("0-0-0-0-0-0-0", True),
        ("00----0----0----0", True),
        ("D--0--0-----0----0--0-0000-0000-000000-0000-00000O", True),
        ("S000044000001223000018", False),
        ("000000********", False),
        ("2023-000018-11", False),
        ("哈哈哈", False),
    ],
)
def test_borders_that_look_like_signs_are_no_text(text: str, ornament: bool) -> None:
    assert is_ornament(text) is ornament
