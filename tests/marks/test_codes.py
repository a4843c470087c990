"""What codes on a page say, in the states that scans and photographs leave them in."""

from __future__ import annotations

from collections.abc import Callable

import cv2
import numpy as np
import pytest
import zxingcpp

from detector.marks.codes import clean_text, read_codes
from detector.ocr.engine import Pixels

LOOKUP = "https://www.zs-chaxun.example/q?no=YC-2023-000018"
FORMATS = zxingcpp.BarcodeFormat
RED = (205, 25, 35)


def draw_code(symbology: zxingcpp.BarcodeFormat, content: str | bytes, width: int) -> Pixels:
    code = np.asarray(zxingcpp.create_barcode(content, symbology).to_image(scale=4))
    size = (width, round(code.shape[0] * width / code.shape[1]))
    return cv2.resize(code, size, interpolation=cv2.INTER_AREA)


def draw_page(*codes: tuple[Pixels, int, int], size: tuple[int, int] = (1400, 1000)) -> Pixels:
    page = np.full((*size, 3), 250, np.uint8)
    for line in range(60, size[0] - 40, 44):
        place, face = (70, line), cv2.FONT_HERSHEY_DUPLEX
        cv2.putText(page, "Certificate of completed training 2023", place, face, 1.0, (40,) * 3, 2)
    for code, x, y in codes:
        height, width = code.shape
        page[y - 20 : y + height + 20, x - 20 : x + width + 20] = 255
        page[y : y + height, x : x + width] = code[:, :, None]
    return page


def stamped(page: Pixels) -> Pixels:
    ink = np.zeros(page.shape[:2], np.uint8)
    cv2.circle(ink, (700, 880), 130, 255, 14)
    for turn in range(0, 360, 24):
        x, y = 700 + 95 * np.cos(np.radians(turn)), 880 + 95 * np.sin(np.radians(turn))
        cv2.rectangle(ink, (int(x) - 16, int(y) - 20), (int(x) + 16, int(y) + 20), 255, 8)
    cv2.circle(ink, (700, 880), 40, 255, -1)
    pressed = (page.astype(np.uint16) * np.array(RED) // 255).astype(np.uint8)
    return np.where(ink[:, :, None] > 0, pressed, page)


def lit_from_one_side(page: Pixels) -> Pixels:
    shade = np.linspace(0.3, 1.0, page.shape[1])[None, :, None]
    return (page * shade).astype(np.uint8)


def photographed(page: Pixels) -> Pixels:
    height, width = page.shape[:2]
    corners = np.float32([[0, 0], [width, 0], [width, height], [0, height]])
    laid = np.float32([[110, 60], [width - 30, 20], [width - 90, height - 70], [20, height - 20]])
    transform = cv2.getPerspectiveTransform(corners, laid)
    shot = cv2.warpPerspective(page, transform, (width, height), borderValue=(90, 70, 55))
    noise = np.random.default_rng(7).normal(0, 5, shot.shape)
    return (cv2.GaussianBlur(shot, (0, 0), 0.8) + noise).clip(0, 255).astype(np.uint8)


def turned_on_its_side(page: Pixels) -> Pixels:
    return np.ascontiguousarray(np.rot90(page))


def scanned_at_600_dpi(page: Pixels) -> Pixels:
    return cv2.resize(page, None, fx=4.5, fy=4.5, interpolation=cv2.INTER_CUBIC)


@pytest.mark.parametrize(
    ("symbology", "said", "width"),
    [
        (FORMATS.QRCode, LOOKUP, 150),
        (FORMATS.QRCode, "证书编号：ZS-2023-0018 查询请扫码", 150),
        (FORMATS.DataMatrix, LOOKUP, 120),
        (FORMATS.Aztec, LOOKUP, 120),
        (FORMATS.PDF417, "YC-2023-000018", 360),
        (FORMATS.Code128, "YC-2023-000018", 360),
        (FORMATS.Code39, "ZS20230018", 420),
        (FORMATS.EAN13, "6901234567892", 300),
    ],
)
def test_says_what_the_code_says(symbology: zxingcpp.BarcodeFormat, said: str, width: int) -> None:
    (code,) = read_codes(draw_page((draw_code(symbology, said, width), 400, 800)))
    assert (code.text, code.symbology) == (said, symbology.name)


@pytest.mark.parametrize(
    "happened",
    [stamped, lit_from_one_side, photographed, turned_on_its_side, scanned_at_600_dpi],
)
def test_reads_a_code_whatever_happened_to_the_page(happened: Callable[[Pixels], Pixels]) -> None:
    page = draw_page((draw_code(FORMATS.QRCode, LOOKUP, 160), 620, 800))
    assert [code.text for code in read_codes(happened(page))] == [LOOKUP]


def test_reads_bars_that_stand_askew() -> None:
    page = draw_page((draw_code(FORMATS.Code128, "YC-2023-000018", 420), 300, 640))
    turn = cv2.getRotationMatrix2D((500, 700), 33, 1)
    askew = cv2.warpAffine(page, turn, (1000, 1400), flags=cv2.INTER_CUBIC, borderValue=(240,) * 3)
    (code,) = read_codes(askew)
    assert code.text == "YC-2023-000018"
    x, y = np.mean(code.polygon, axis=0)
    wanted = turn @ (510, 640 + 50, 1)
    assert np.hypot(x - wanted[0], y - wanted[1]) < 60


def test_says_where_the_code_stands_in_pixels_of_a_large_scan() -> None:
    page = scanned_at_600_dpi(draw_page((draw_code(FORMATS.QRCode, LOOKUP, 160), 620, 800)))
    (code,) = read_codes(page)
    assert np.allclose(np.mean(code.polygon, axis=0), (700 * 4.5, 880 * 4.5), atol=40)


def test_reads_each_code_once_and_from_the_top() -> None:
    lower = draw_code(FORMATS.Code128, "YC-2023-000018", 360)
    upper = draw_code(FORMATS.QRCode, LOOKUP, 150)
    codes = read_codes(draw_page((lower, 300, 1100), (upper, 500, 200)))
    assert [code.text for code in codes] == [LOOKUP, "YC-2023-000018"]


def test_finds_no_code_among_words_and_lines() -> None:
    page = draw_page()
    for x in range(30, 960, 6):
        cv2.line(page, (x, 1250), (x + 40, 1390), (150, 190, 170), 1)
        cv2.line(page, (x, 20), (x, 24 + x % 17), (0, 0, 0), 2)
    assert read_codes(page) == []


@pytest.mark.parametrize("size", [(1, 1), (3, 900), (40, 40)])
def test_takes_pages_of_any_size(size: tuple[int, int]) -> None:
    assert read_codes(np.zeros((*size, 3), np.uint8)) == []


def test_bytes_that_are_no_text_say_nothing() -> None:
    content = bytes(range(128, 256)) + b"\0\1\2"
    (code,) = read_codes(draw_page((draw_code(FORMATS.QRCode, content, 260), 400, 700)))
    assert code.text == ""


@pytest.mark.parametrize(
    ("content", "shown"),
    [
        ("a\x1b[31mb\x00c", "a [31mb c"),
        ("http://moc.\u202eexample", "http://moc.example"),
        ("姓名：张\r\n编号：1\r", "姓名：张\n编号：1"),
        ("x" * 5000, "x" * 2000 + "…"),
    ],
)
def test_what_a_code_says_can_be_shown(content: str, shown: str) -> None:
    assert clean_text(content) == shown
