"""Personal data: what is masked, what stays, and that offsets stay valid."""

from __future__ import annotations

import base64
import io
import re
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image, ImageChops
from report_values import LABELS, certificate, finding, pages, picture, report_of, result

from detector.errors import UsageError
from detector.model import Box, Entry, Lexicon, Mark, MarkKind, Point
from detector.report import write_report
from detector.report.annotate import cover, number_from
from detector.report.evidence import Budget, collect_evidence
from detector.report.mask import (
    find_personal,
    mask_document,
    mask_text,
    protect,
    read_labels,
)
from detector.rulebook import load_rules
from detector.settings import shipped_rules

LABELLED = read_labels(LABELS)
IDS = st.builds(
    "{:06d}{:04d}{:02d}{:02d}{:03d}{}".format,
    st.integers(110000, 659999),
    st.integers(1930, 2020),
    st.integers(1, 12),
    st.integers(1, 28),
    st.integers(0, 999),
    st.sampled_from("0123456789Xx"),
)
GAPS = st.sampled_from(["", "", "", " ", "  ", "-", "\u200b", "\u3000"])


@pytest.mark.parametrize(
    ("text", "masked"),
    [
        ("身份证110101199003071234。", "身份证11**************34。"),
        ("1101 0119 9003 0712 3X", "11** **** **** **** 3X"),
        ("１１０１０１１９９００３０７１２３Ｘ", "１１＊＊＊＊＊＊＊＊＊＊＊＊＊＊３Ｘ"),
        ("旧号110101900307123", "旧号11***********23"),
        ("电话13812345678", "电话138****5678"),
        ("138 1234 5678", "138 **** 5678"),
        ("+8613812345678", "+86138****5678"),
        ("卡号6222021234567890123", "卡号6222***********0123"),
        ("卡号 6222 0212 3456 7890", "卡号 6222 **** **** 7890"),
        ("姓名：张三丰 性别：男", "姓名：张＊＊ 性别：男"),
        ("姓名：张三性别男", "姓名：张＊性别男"),
        ("姓　名\n李四", "姓　名\n李＊"),
        ("姓名：Zhang San", "姓名：Z**** ***"),
        ("学员：王五，成绩合格", "学员：王＊，成绩合格"),
        ("住址：湖南省长沙市岳麓区1号。", "住址：湖南省＊＊＊＊＊＊*＊。"),
        ("护照号：E12345678", "护照号：E1*****78"),
    ],
)
def test_personal_data_is_masked(text, masked):
    assert mask_text(text, LABELLED) == masked


@pytest.mark.parametrize(
    "text",
    [
        "学员反映强烈",
        "发证日期 2024-03-16",
        "证书编号 S20240316001",
        "热线 400-123-4567",
        "010-12345678",
        "100%包过，全国通用",
        "学费 12800 元，2022年3月16日 14:30",
    ],
)
def test_what_is_no_personal_data_stays(text):
    assert mask_text(text, LABELLED) == text


def test_a_certificate_number_keeps_its_ends():
    assert mask_text("编号 2203000000400123") == "编号 2203********0123"


@given(st.text(max_size=12), IDS, st.lists(GAPS, min_size=17, max_size=17), st.text(max_size=12))
def test_no_identity_number_survives(before, number, gaps, after):
    spaced = "".join(a + b for a, b in zip(number, [*gaps, ""], strict=True))
    text = f"{before} {spaced} {after}"
    masked = mask_text(text)
    assert len(masked) == len(text)
    assert number not in re.sub(r"[\s\-\u200b]", "", masked)
    assert sum(c == "*" for c in masked) >= 14


@given(st.text(alphabet="姓名：张三 0123456789学员X\n-性别", max_size=60))
def test_masking_keeps_length_lines_and_blanks_and_is_stable(text):
    masked = mask_text(text, LABELLED)
    assert len(masked) == len(text)
    assert [c.isspace() for c in masked] == [c.isspace() for c in text]
    for before, after in zip(text, masked, strict=True):
        assert after in (before, "*", "＊")


@given(st.text(alphabet="姓名：张三0123456789学员\n", max_size=60))
def test_spans_are_in_order_and_apart(text):
    spans = find_personal(text, LABELLED)
    flat = [place for span in spans for place in span]
    assert flat == sorted(set(flat))


def test_a_finding_keeps_its_evidence_and_its_place():
    text = "学员：包过班，姓名：张三丰，身份证110101199003071234"
    document = replace(certificate(), passages=())
    document = replace(
        document, passages=(replace(certificate().passages[0], text=text, lines=()),)
    )
    found = finding(text, "包过班", context=14)
    (shown,) = protect(result("a", found), document, LABELLED).findings
    assert (shown.span, shown.highlight, shown.surface) == (found.span, found.highlight, "包过班")
    assert shown.excerpt[slice(*shown.highlight)] == "包过班"
    assert "张＊＊" in shown.excerpt
    assert len(shown.excerpt) == len(found.excerpt)


def test_a_name_whose_label_is_outside_the_excerpt_is_masked():
    passage = replace(certificate().passages[0], text="姓名：张三丰承诺包过", lines=())
    document = replace(certificate(), passages=(passage,))
    found = finding(passage.text, "包过", context=4)
    (shown,) = protect(result("a", found), document, LABELLED).findings
    assert found.excerpt == "三丰承诺包过"
    assert shown.excerpt == "＊＊承诺包过" or shown.excerpt == "＊＊＊诺包过"


def test_the_report_masks_a_number_that_the_excerpt_cut():
    text = "110101199003071234报名即包过"
    found = finding(text, "包过", context=18)
    (shown,) = report_of(result("a", found)).results[0].findings
    assert not re.search(r"\d{5}", shown.excerpt)


def test_show_personal_data_leaves_all_as_it_is():
    found = finding("电话13812345678包过", "包过")
    kept = report_of(
        result(
            "a", found, marks=(Mark(MarkKind.PERSONAL, certificate().passages[0].lines[0].box),)
        ),
        show_personal_data=True,
    ).results[0]
    assert kept.findings == (found,)
    assert kept.marks == ()


def test_a_photograph_is_covered_unless_personal_data_is_to_be_shown():
    corners = (Point(100, 100), Point(200, 100), Point(200, 240), Point(100, 240))
    photo = Mark(MarkKind.PORTRAIT, Box(0, corners))
    for shown in (False, True):
        marks = report_of(result("a", marks=(photo,)), show_personal_data=shown).results[0].marks
        assert photo in marks
        page = picture()
        cover(page, marks, 0)
        untouched = page.getpixel((150, 170)) == picture().getpixel((150, 170))
        assert untouched is shown
        assert page.getpixel((150, 255)) == picture().getpixel((150, 255))  # words below stay


def test_places_on_the_page_are_covered():
    marks = protect(result("a"), certificate(), LABELLED).marks
    assert [mark.kind for mark in marks] == [MarkKind.PERSONAL] * 2
    by_share, by_cells = (mark.box.polygon for mark in marks)
    # 三丰 are characters 4 and 5 of a line without cells; the number's 14 digits have cells.
    assert (by_share[0].x, by_share[1].x) == pytest.approx((180, 220))
    assert (by_cells[0].x, by_cells[1].x) == (100 + 7 * 20, 100 + 21 * 20)
    page = picture()
    cover(page, marks, 0)
    changed = ImageChops.difference(page, picture()).getbbox()
    assert changed is not None
    assert page.getpixel((200, 112)) == page.getpixel((300, 152)) == (38, 42, 48)
    assert page.getpixel((140, 112)) == picture().getpixel((140, 112))


def test_a_masked_document_keeps_its_lines():
    masked = mask_document(certificate(), LABELLED).passages[0]
    assert masked.text == "姓名：张＊＊ 性别：男\n身份证号 11**************37\n包过班"
    assert masked.lines == certificate().passages[0].lines


def test_an_unknown_pattern_says_which_exist():
    with pytest.raises(UsageError, match="name、named、number、address、titled、stop"):
        read_labels(Lexicon("personal-data", "", (Entry("姓名", fields={"pattern": "nmae"}),)))


@pytest.mark.parametrize(
    ("excerpt", "shown"),
    [
        ("9003071234，包过", "**********，包过"),
        ("包过，电话138 1234 5", "包过，电话*** **** *"),
        ("包过，2024-03-16", "包过，2024-03-16"),
        ("20240316起包过", "20240316起包过"),
    ],
)
def test_what_is_left_of_a_cut_number_is_masked_but_a_date_stays(excerpt, shown):
    (found,) = report_of(result("a", finding(excerpt, "包过"))).results[0].findings
    assert found.excerpt == shown


def test_pictures_of_every_format_are_covered(tmp_path):
    text = certificate().passages[0].text
    at = certificate().passages[0].lines[1].box
    found = finding(text, "包过", boxes=(at,))
    shown = protect(result("a.png", found), certificate(), LABELLED)
    (path,) = write_report(report_of(shown), tmp_path, ["pages"], pages)
    with Image.open(path) as page:
        assert max(page.getpixel((300, 152))) < 60
        assert min(page.getpixel((150, 135))) > 60
    evidence = collect_evidence(shown, number_from(shown.findings, 1), pages, Budget())
    page = evidence.pages[0]
    for picture_ in (evidence.crops[1], page.picture, page.thumbnail):
        data = base64.b64decode(picture_.address.partition(",")[2])
        with Image.open(io.BytesIO(data)) as image:
            dark = sum(image.convert("L").histogram()[:60])
            assert dark > 0.01 * image.width * image.height


@pytest.fixture(scope="module")
def shipped():
    return read_labels(load_rules(shipped_rules()).lexicons["personal-data"])


@pytest.mark.parametrize(
    ("text", "masked"),
    [
        ("兹有学员姓名：李小明，性别男", "兹有学员姓名：李＊＊，性别男"),
        ("身份证号码：110101199003071234", "身份证号码：11**************34"),
        ("持证人：欧阳修 证书编号 A1", "持证人：欧＊＊ 证书编号 A1"),
        ("参加培训的学员和考生，证书全国通用", "参加培训的学员和考生，证书全国通用"),
        ("联系人：王老师 13912345678", "联系人：王＊＊ 139****5678"),
    ],
)
def test_the_shipped_labels(shipped, text, masked):
    assert mask_text(text, shipped) == masked


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("姓名陈样页", "姓名陈＊＊"),
        ("姓\n名李试读\n性别女", "姓\n名李＊＊\n性别女"),
        ("兹证明赵示例同志参加培训", "兹证明赵＊＊同志参加培训"),
        ("姓名职业名称", "姓名职业名称"),
        ("各位同志请注意", "各＊同志请注意"),
    ],
)
def test_names_that_ocr_joins_to_their_labels(written, shown):
    labels = read_labels(load_rules().lexicons["personal-data"])
    assert mask_text(written, labels) == shown
