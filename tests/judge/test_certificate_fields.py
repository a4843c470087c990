"""What a reader of a certificate's fields notices: which are read, from which layout, and where."""

from __future__ import annotations

import math
import random
from collections.abc import Sequence

import pytest

from detector import Scanner
from detector.judge.form.forms import Forms
from detector.model import (
    Box,
    Certificate,
    CertificateForm,
    Document,
    DocumentKind,
    Line,
    Passage,
    PassageKind,
    Point,
    Source,
    Span,
)
from detector.read import read_text
from detector.report.mask import protect, read_labels
from detector.rulebook import load_rules

BOOK = load_rules()
FORMS = Forms.of(BOOK.lexicons)
SIZE = 20.0  # height of a line, in pixels

FIELDS = {
    "姓名": "林示例",
    "性别": "女",
    "证件类型": "居民身份证",
    "证件号码": "1101**********0020",
    "职业名称": "养老护理员",
    "工种/职业方向": "失智老年人照护员",
    "等级": "三级/高级工",
    "证书编号": "S000035010021233000012",
    "发证机构": "福州示例职业培训学校",
    "发证日期": "2021年6月30日",
    "查询网址": "http://jndj.osta.org.cn",
}


def read(text: str) -> Certificate:
    (certificate,) = FORMS.read(read_text(text))
    return certificate


def values(certificate: Certificate) -> dict[str, str]:
    found: dict[str, str] = {}
    for field in certificate.fields:
        found.setdefault(field.name, field.value)
    return found


def box(left: float, top: float, width: float, height: float, angle: float = 0.0) -> Box:
    corners = ((left, top), (left + width, top), (left + width, top + height), (left, top + height))
    cos, sin = math.cos(angle), math.sin(angle)
    a, b, c, d = (Point(x * cos - y * sin, x * sin + y * cos) for x, y in corners)
    return Box(0, (a, b, c, d))


def page(placed: Sequence[tuple[float, float, str]], angle: float = 0.0) -> Document:
    """Put texts at their places, in the order of an engine that reads row by row."""
    texts, lines, start = [], [], 0
    for x, y, text in placed:
        span = Span(start, start + len(text))
        lines.append(Line(span, box(x, y, SIZE * len(text), SIZE, angle), 0.9))
        texts.append(text)
        start = span.end + 1
    passage = Passage(0, PassageKind.OCR, "\n".join(texts), 0, tuple(lines))
    return Document(Source("page.png"), (passage,), DocumentKind.CERTIFICATE)


def of_page(document: Document) -> Certificate:
    (certificate,) = FORMS.read(document)
    return certificate


@pytest.mark.parametrize("sign", ["：", ":", " ", "　", "  ： "])
def test_every_field_is_read_by_its_label(sign: str):
    text = "职业技能等级证书\n" + "\n".join(f"{name}{sign}{said}" for name, said in FIELDS.items())
    certificate = read(text)
    assert certificate.form is CertificateForm.SKILL_LEVEL
    assert values(certificate) == FIELDS
    for field in certificate.fields:
        assert text[field.span.start : field.span.end] == field.value


@pytest.mark.parametrize(
    ("text", "name", "value"),
    [
        ("证书\n姓　名　张某某　性　别　男", "姓名", "张某某"),
        ("证书\n姓　名　张某某　性　别　男", "性别", "男"),
        ("证书\n姓名张三性别男", "性别", "男"),
        ("证书\n证件类型居民身份证", "证件类型", "居民身份证"),
        ("证书\n姓名 Name：张三", "姓名", "张三"),
        ("证书\nName: ZHANG SAN\nCertificate No.: AB-2021-0017", "证书编号", "AB-2021-0017"),
        ("证书\n职业（工种）及等级 汽车修理工 四级/中级技能", "等级", "四级/中级技能"),
        ("证书\n姓名 性别 出生日期\n张三 男 1990年1月2日", "出生日期", "1990年1月2日"),
        ("证书\n评审单位：某某行业协会\n", "发证机构", "某某行业协会"),
        (
            "证书\n姓名：张三\n杭州示例技能评价有限公司\n二〇二三年六月三十日",
            "发证日期",
            "二〇二三年六月三十日",
        ),
        (
            "证书\n姓名：张三\n杭州示例技能评价有限公司\n二〇二三年六月三十日",
            "发证机构",
            "杭州示例技能评价有限公司",
        ),
        (
            "证书\n发证机构：杭州示例职业技能评价\n有限公司",
            "发证机构",
            "杭州示例职业技能评价有限公司",
        ),
        (
            "证书\n证书编号\nS000035010021233000012\n姓名：张三",
            "证书编号",
            "S000035010021233000012",
        ),
    ],
)
def test_labels_and_values_in_the_ways_of_certificates(text: str, name: str, value: str):
    assert values(read(text)).get(name) == value


@pytest.mark.parametrize(
    ("title", "form"),
    [
        ("职业资格证书", CertificateForm.QUALIFICATION),
        ("职 业 技 能 等 级 证 书", CertificateForm.SKILL_LEVEL),
        ("职业技能等級證书", CertificateForm.SKILL_LEVEL),
        ("职业技能等级\n证书", CertificateForm.SKILL_LEVEL),
        ("专项职业能力证书", CertificateForm.SPECIAL_SKILL),
        ("培训合格证书", CertificateForm.TRAINING),
        ("岗位能力证书", None),
    ],
)
def test_the_title_tells_which_form_a_page_claims(title: str, form: CertificateForm | None):
    certificate = read(f"{title}\n姓名：张三\n等级：高级")
    assert certificate.form is form
    assert certificate.title.replace(" ", "") == title.replace(" ", "").replace("\n", "")


def test_prose_is_no_field():
    text = (
        "培训合格证书\n本证书表明持证人通过职业技能等级认定，具备该职业（工种）相应技能等级水平。"
    )
    assert values(read(text)) == {}


def test_an_advertisement_has_no_certificates():
    result = Scanner().scan_text("职业技能等级证书\n姓名：张三", "ad")
    assert result.certificates == ()


@pytest.mark.parametrize("angle", [0.0, 0.04, math.pi / 2, math.pi])
@pytest.mark.parametrize("columns", [1, 2])
def test_values_apart_from_their_labels_are_found_by_place(columns: int, angle: float):
    names = [name for name in FIELDS if name not in ("发证机构", "发证日期")]
    placed: list[tuple[float, float, str]] = [(300, 40, "职业技能等级证书")]
    for at, name in enumerate(names):
        x, y = 40 + 700 * (at % columns), 100 + 40 * (at // columns)
        placed += [(x, y, name), (x + 170, y, FIELDS[name])]
    placed += [(500, 700, FIELDS["发证机构"]), (560, 740, FIELDS["发证日期"])]
    certificate = of_page(page(placed, angle))
    assert values(certificate) == FIELDS
    assert all(field.boxes for field in certificate.fields)


def test_the_order_of_lines_does_not_matter_where_places_are_known():
    placed = [(300.0, 40.0, "职业技能等级证书")]
    for at, (name, said) in enumerate(FIELDS.items()):
        placed += [(40, 100 + 40 * at, name + "："), (260, 100 + 40 * at, said)]
    chance = random.Random(7)
    for _ in range(10):
        chance.shuffle(placed)
        assert values(of_page(page(placed))) == FIELDS


@pytest.mark.parametrize("tail", ["名", "名："])
def test_a_label_that_was_read_as_two_lines_is_one(tail: str):
    placed = [
        (40.0, 100.0, "姓"),
        (110.0, 100.0, tail),
        (240.0, 100.0, "林示例"),
        (40.0, 140.0, "等级：三级/高级工"),
    ]
    assert values(of_page(page(placed))) == {"姓名": "林示例", "等级": "三级/高级工"}


def test_values_stand_below_their_labels_in_a_table():
    names, said = ["姓名", "职业名称", "等级"], ["林示例", "养老护理员", "三级/高级工"]
    placed = [(40.0 + 200 * at, 100.0, name) for at, name in enumerate(names)]
    placed += [(40.0 + 200 * at, 140.0, value) for at, value in enumerate(said)]
    assert values(of_page(page(placed))) == dict(zip(names, said, strict=True))


def test_a_label_without_a_value_takes_none_from_its_neighbours():
    placed = [
        (40.0, 100.0, "工种/职业方向："),
        (40.0, 140.0, "等级："),
        (240.0, 140.0, "三级/高级工"),
        (40.0, 180.0, "姓名：林示例"),
    ]
    found = values(of_page(page(placed)))
    assert found["等级"] == "三级/高级工"
    assert not found.get("工种/职业方向")


def test_reports_cover_names_and_identity_numbers_in_fields_and_on_pages():
    scanner = Scanner()
    placed = [
        (300.0, 40.0, "培训合格证书"),
        (40.0, 100.0, "姓名"),
        (40.0, 140.0, "身份证号"),
        (240.0, 140.0, "110105194912310021"),
        (240.0, 100.0, "林示例"),
    ]
    document = page(placed)
    result = scanner.scan_document(document, "certificate")
    assert values(result.certificates[0])["姓名"] == "林示例"
    shown = protect(result, document, read_labels(BOOK.lexicons["personal-data"]))
    assert values(shown.certificates[0])["姓名"] == "林＊＊"
    assert values(shown.certificates[0])["证件号码"] == "11**************21"
    covered = {round(mark.box.polygon[0].y) for mark in shown.marks}
    assert covered == {100, 140}
    for finding in result.findings:
        assert all("1949" not in reason.detail for reason in finding.reasons)
