"""What a list of institutions changes for a certificate and for an advertisement."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from detector import Scanner
from detector.examples import NOWHERE
from detector.model import (
    Certificate,
    CertificateForm,
    DocumentKind,
    Field,
    Institution,
    Line,
    Mark,
    MarkKind,
    Outcome,
    Passage,
    PassageKind,
    Roll,
    Span,
    Standing,
)
from detector.read import mark_passage, read_text
from detector.settings import Settings

ON = date(2024, 6, 1)
SCHOOL = "广州市越某职业培训学校"
LISTED = (
    Institution(SCHOOL, Roll.WHITE, occupations=("茶艺师",), valid_to=date(2024, 12, 31)),
    Institution("华某职业技能测评中心", Roll.BLACK, reason="违规发证"),
    Institution("中国室内装饰协会", Roll.WHITE),
)
SETTINGS = Settings(jurisdiction=("GD",), as_of=ON, tagger=None)
WITH = Scanner(SETTINGS, institutions=LISTED)
WITHOUT = Scanner(SETTINGS, institutions=())
PAGE = "职业技能等级证书\n姓名：王某\n职业名称：{}\n发 证 机 构：{}（盖章）\n发证日期：{}"


def page(issuer=SCHOOL, occupation="茶艺师", issued="2023年5月6日"):
    return PAGE.format(occupation, issuer, issued)


def certificate(text, scanner=WITH):
    return scanner.scan_text(text, "certificate")


def found(result, rule):
    return [f for f in result.findings if f.rule == rule and f.outcome is not Outcome.DISMISSED]


def with_seal(text, seal):
    document = read_text(text)
    mark = Mark(MarkKind.SEAL, NOWHERE, (), seal)
    passage = replace(mark_passage(mark), index=1)
    return replace(document, passages=(*document.passages, passage), marks=(mark,))


def test_words_that_a_filed_body_may_print_are_lowered():
    (level,) = found(certificate(page()), "status.level")
    assert level.outcome is Outcome.REVIEW
    assert level.reasons[-1].kind == "registry"
    (stays,) = found(certificate(page("东某文化传播有限公司")), "status.level")
    assert stays.outcome is Outcome.REPORT
    (stays,) = found(certificate(page(occupation="养老护理员")), "status.level")
    assert stays.outcome is Outcome.REPORT


@pytest.mark.parametrize(
    ("text", "rule", "outcome"),
    [
        (page("华某职业技能测评中心"), "registry.black-listed", Outcome.REPORT),
        (page("中国室内装修协会"), "registry.look-alike", Outcome.REPORT),
        (page(occupation="养老护理员"), "registry.beyond-filing", Outcome.REVIEW),
        (page(issued="2025.01.02"), "registry.beyond-filing", Outcome.REVIEW),
        (page("东某文化传播有限公司"), "registry.unlisted", Outcome.REVIEW),
    ],
)
def test_each_standing_is_a_finding_at_the_name(text, rule, outcome):
    (finding,) = found(certificate(text), rule)
    assert finding.outcome is outcome
    assert text[finding.span.start : finding.span.end] == finding.surface
    assert finding.surface in finding.reasons[0].detail
    assert finding.clauses
    assert [f.rule for f in certificate(text).findings if f.rule.startswith("registry.")] == [rule]


def test_without_a_list_a_certificate_says_that_its_issuer_was_not_checked():
    result = certificate(page("华某职业技能测评中心"), WITHOUT)
    (check,) = result.registry
    assert (check.standing, check.role) == (Standing.NOT_CHECKED, "发证机构")
    assert "registry import" in check.detail
    assert not [f for f in result.findings if f.rule.startswith("registry.")]
    assert WITHOUT.scan_text(f"{SCHOOL}茶艺师培训招生", "ad").registry == ()
    assert certificate("结业证明\n姓名：王某", WITHOUT).registry == ()


@pytest.mark.parametrize(
    ("text", "standing"),
    [
        (f"茶艺师证书由{SCHOOL}颁发，报名从速", Standing.LISTED),
        ("欢迎咨询华某职业技能测评中心，茶艺师证书三天可取", Standing.BLACK_LISTED),
        ("报名联系中国室内装修协会，领取设计师证书", Standing.LOOK_ALIKE),
        ("报名联系佛山市越某职业培训学校", Standing.UNLISTED),
    ],
)
def test_an_advertiser_is_looked_up(text, standing):
    (check,) = WITH.scan_text(text, "ad").registry
    assert (check.standing, check.role) == (standing, "广告主")


def test_an_issuer_without_a_label_is_the_name_on_a_line_of_its_own():
    result = certificate(f"培训证书\n王某同志参加本中心培训，成绩合格\n{SCHOOL}\n2023年5月6日")
    assert [(c.name, c.standing) for c in result.registry] == [(SCHOOL, Standing.LISTED)]


def test_fields_that_were_read_from_a_certificate_stand_before_the_printed_text():
    text = f"职业技能等级证书\n{SCHOOL}\n茶艺师"
    document = read_text(text)
    at = text.index(SCHOOL)
    fields = (
        Field("发证机构", SCHOOL, 0, Span(at, at + len(SCHOOL))),
        Field("职业名称", "养老护理员", 0, Span(0, 1)),
        Field("发证日期", "2023-05-06", 0, Span(0, 1)),
    )
    pages = (Certificate(CertificateForm.SKILL_LEVEL, "职业技能等级证书", None, fields),)
    (check,) = WITH._judge.look_up(document, DocumentKind.CERTIFICATE, pages, ON)
    assert check.standing is Standing.OUT_OF_SCOPE


@pytest.mark.parametrize(
    ("seal", "differs"),
    [
        (f"{SCHOOL}职业技能等级认定专用章", False),
        ("广州市越某职业培川字校\n4401000000001", False),
        ("职业培训学校证书专用章", False),
        ("国际人才交流促进会证书专用章", True),
        ("证书专用章", False),
    ],
)
def test_a_seal_of_another_body_is_for_a_person_to_look_at(seal, differs):
    for scanner in (WITH, WITHOUT):
        result = scanner.scan_document(with_seal(page(), seal), "certificate")
        findings = found(result, "registry.seal-owner")
        assert bool(findings) is differs
        assert all(finding.outcome is Outcome.REVIEW for finding in findings)


@pytest.mark.parametrize(
    ("confidence", "standing"), [(0.99, Standing.LOOK_ALIKE), (0.6, Standing.LISTED)]
)
def test_a_misread_character_counts_only_where_the_reading_was_sure(confidence, standing):
    text = "培训证书\n发证机构：中国室内装饬协会"
    lines = tuple(
        Line(Span(start, start + len(line)), None, confidence)
        for start, line in ((0, text[:4]), (5, text[5:]))
    )
    document = read_text(text)
    passage = Passage(0, PassageKind.OCR, text, 0, lines, "rapid")
    result = WITH.scan_document(replace(document, passages=(passage,)), "certificate")
    assert [check.standing for check in result.registry] == [standing]
