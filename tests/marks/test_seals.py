"""Seals on a page: where they are, what they say, and what is none."""

from __future__ import annotations

import math

import numpy as np
import pytest
from PIL import Image, ImageDraw
from samples.seal_lookalikes import LOOKALIKES, lookalike_page
from samples.seals import Design, Press, press

from detector.marks.seals import Seal, find_seals
from samples import fonts, wear

NAME = "云川市职业技能培训中心"
SIZE = (900, 640)
AT = (450, 360)
NUMBER = "5301020012345"
ROUND = Design(NAME, radius=92, size=0.25, spread=230)


def page() -> Image.Image:
    paper = Image.new("RGB", SIZE, (250, 249, 245))
    pen = ImageDraw.Draw(paper)
    pen.text((450, 70), "培训合格证书", (40, 38, 42), fonts.font("serif", 56), "mm")
    pen.text(
        (80, 160), "参加养老护理员岗位培训，成绩合格。", (40, 38, 42), fonts.font("kai", 28), "lm"
    )
    return paper


def stamped(design: Design, at: tuple[int, int] = AT, how: Press = Press()) -> Image.Image:  # noqa: B008
    sheet = page()
    press(sheet, *at, design, how, seed=3)
    return sheet


def found(picture: Image.Image, read_line) -> list[Seal]:
    return find_seals(np.asarray(picture.convert("RGB")), read_line)


def middle(seal: Seal) -> tuple[float, float]:
    return sum(p.x for p in seal.polygon) / 4, sum(p.y for p in seal.polygon) / 4


def tilt(seal: Seal) -> float:
    """Return how far the seal's own top edge is turned, in degrees clockwise."""
    a, b = seal.polygon[:2]
    return math.degrees(math.atan2(b.y - a.y, b.x - a.x))


def right(texts: str, said: str) -> float:
    """Return the share of the characters of `texts` that are said."""
    return sum(character in said for character in texts) / len(texts)


def test_a_round_seal_is_found_where_it_is_and_read(read_line) -> None:
    (seal,) = found(stamped(ROUND), read_line)
    assert (seal.shape, seal.ink, seal.arc, seal.inner) == ("round", "red", NAME, ())
    assert middle(seal) == pytest.approx(AT, abs=4)
    width = math.dist(seal.polygon[0], seal.polygon[1])
    assert width == pytest.approx(2 * ROUND.radius, rel=0.05)
    assert 0.8 < seal.confidence <= 1
    assert dict(seal.scores)["star"] > 0.5


@pytest.mark.parametrize("degrees", [0, 35, 120, 180, -80])
def test_a_turned_seal_reads_like_an_upright_one(read_line, degrees: int) -> None:
    design = ROUND._replace(inner=("合同专用章",), radius=110)
    (seal,) = found(stamped(design, how=Press(turn=-degrees)), read_line)
    assert (seal.arc, seal.inner) == (NAME, ("合同专用章",))
    assert abs((tilt(seal) - degrees + 180) % 360 - 180) < 8


def test_a_seal_without_a_star_is_read(read_line) -> None:
    design = ROUND._replace(star=False, inner=("财务专用章",), radius=105)
    (seal,) = found(stamped(design), read_line)
    assert (seal.arc, seal.inner) == (NAME, ("财务专用章",))


def test_the_number_at_the_foot_is_no_part_of_the_name(read_line) -> None:
    design = ROUND._replace(number=NUMBER, radius=120, spread=215)
    (seal,) = found(stamped(design), read_line)
    assert seal.arc == NAME
    assert right(NUMBER, "".join(seal.inner)) == 1


def test_an_oval_seal_with_a_line_in_its_middle_is_read(read_line) -> None:
    oval = Design(
        NAME, ("业务专用章",), shape="oval", radius=115, flat=0.7, star=False, size=0.19, spread=225
    )
    (seal,) = found(stamped(oval), read_line)
    assert (seal.shape, seal.arc, seal.inner) == ("oval", NAME, ("业务专用章",))


@pytest.mark.parametrize("solid", [False, True])
def test_rows_and_columns_of_a_square_seal_are_read(read_line, solid: bool) -> None:
    design = Design(inner=("张样", "本印"), shape="square", radius=52, solid=solid)
    (seal,) = found(stamped(design), read_line)
    assert (seal.shape, seal.arc) == ("square", "")
    assert seal.inner == ("张样本印", "样印张本")
    assert middle(seal) == pytest.approx(AT, abs=4)


def test_black_text_below_a_seal_does_not_hide_its_name(read_line) -> None:
    sheet = page()
    ImageDraw.Draw(sheet).text(
        (450, 375), "发证日期：2022年6月30日", (40, 38, 42), fonts.font("serif", 30), "mm"
    )
    press(sheet, *AT, ROUND, Press(), 3)
    (seal,) = found(wear.squeeze(sheet, 75), read_line)
    assert right(NAME, seal.arc) > 0.8
    assert not any(sign in seal.arc for sign in "发证日期年月0236")


def test_faded_ink_on_a_photograph_is_found(read_line) -> None:
    corners = ((40, 60), (900, 30), (930, 640), (20, 610))
    sheet = stamped(ROUND, how=Press(strength=0.5))
    (seal,) = found(wear.photograph(sheet, 7, corners, (960, 680)), read_line)
    assert right(NAME, seal.arc) > 0.8


def test_seals_that_touch_are_told_apart_and_come_in_order(read_line) -> None:
    sheet = page()
    other = "青屿众才教育科技有限公司"
    press(sheet, 560, 360, ROUND._replace(arc=other), Press(), 5)
    press(sheet, 376, 362, ROUND, Press(), 3)
    press(sheet, 700, 180, ROUND._replace(radius=70), Press(), 4)
    seals = found(sheet, read_line)
    assert [round(middle(seal)[0], -1) for seal in seals] == [700, 560, 380]
    assert [seal.arc for seal in seals[1:]] == [other, NAME]


def test_a_seal_cut_by_the_edge_of_the_page_is_found(read_line) -> None:
    (seal,) = found(stamped(ROUND, at=(40, 360)), read_line)
    assert middle(seal) == pytest.approx((40, 360), abs=6)


def test_a_grey_copy_of_a_seal_is_found(read_line) -> None:
    (seal,) = found(wear.photocopy(stamped(ROUND), 4), read_line)
    assert seal.ink == "grey"
    assert right(NAME, seal.arc) > 0.8


@pytest.mark.parametrize("kind", LOOKALIKES)
def test_what_only_looks_like_a_seal_is_none(read_line, kind: str) -> None:
    assert found(lookalike_page(31, kind), read_line) == []


@pytest.mark.parametrize("size", [(1, 1), (3, 700), SIZE])
def test_an_empty_page_is_not_read_at_all(size: tuple[int, int]) -> None:
    def never(strip: np.ndarray) -> tuple[str, float]:
        raise AssertionError("nothing is there to read")

    assert found(Image.new("RGB", size, (250, 249, 245)), never) == []
