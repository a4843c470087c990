"""What a reader of findings notices: what stands, what is dismissed and why, under which clause."""

from __future__ import annotations

import json
import re
from datetime import date

import pytest

from detector import Scanner
from detector.judge.second_reader import DOUBT, STEP
from detector.model import Document, DocumentKind, Evasion, Outcome, Passage, PassageKind, Source
from detector.settings import shipped_rules

SCANNER = Scanner(as_of=date(2026, 11, 25))


def outcomes(text: str, term: str, kind: str = "ad", scanner: Scanner = SCANNER) -> list[str]:
    return [f.outcome for f in scanner.scan_text(text, kind).findings if f.term == term]


def reasons(text: str, kind: str = "ad") -> set[str]:
    return {r.kind for f in SCANNER.scan_text(text, kind).findings for r in f.reasons}


def test_a_promise_is_reported_with_words_place_and_clause():
    text = "电工证培训\n本校签约包过，报名从速"
    (finding,) = SCANNER.scan_text(text, "ad").findings
    assert finding.outcome is Outcome.REPORT
    assert (finding.surface, finding.term) == ("包过", "包过")
    assert text[finding.span.start : finding.span.end] == "包过"
    assert (finding.anchor.line, finding.anchor.column) == (2, 5)
    assert finding.excerpt[finding.highlight.start : finding.highlight.end] == "包过"
    assert finding.clauses[0] == "CN-2022-25#一（二）"
    assert "CN-2023-SAMR#二（三）5" in finding.clauses
    assert "疑似" in finding.message


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("讲员拿着钱包过马路，培训改到下午", "border"),
        ("本校绝不包过，考试成绩以评价机构公布为准，报名自愿", "denial"),
        ("凡是承诺包过的培训都是骗局", "denial"),
        ("记者暗访发现，培训机构以“包过”招揽学员，执法人员已立案", "mention"),
        ("法院审理查明：培训合同写明包过，被告人判处有期徒刑一年", "speaker"),
    ],
)
def test_other_roles_of_the_words_are_dismissed_with_the_reason(text, why):
    found = outcomes(text, "包过")
    assert found
    assert set(found) == {Outcome.DISMISSED}
    assert why in reasons(text)


def test_a_denial_does_not_cleanse_a_promise_that_follows():
    text = "别人的包过是噱头。本校培训，签协议包过，报名从速"
    assert Outcome.REPORT in outcomes(text, "包过")


def test_titles_and_lawful_names_cover_the_words_in_them():
    text = "课程依据《国家职业技能标准》编写，培训合格发结业证书，报名从速"
    assert set(outcomes(text, "国家")) <= {Outcome.DISMISSED}


def test_local_notices_speak_only_where_asked_for():
    text = "佛山电工考证班，不限年龄，报名咨询"
    assert outcomes(text, "不限年龄") == []
    assert outcomes(text, "不限年龄", scanner=Scanner(jurisdiction="GD")) == [Outcome.REPORT]


def test_a_local_clause_that_lists_the_term_comes_first():
    text = "电工证培训，包过，报名从速"
    first = {
        code: Scanner(jurisdiction=code).scan_text(text, "ad").findings[0].clauses[0]
        for code in ("GD", "YQ", "HN", "JS")
    }
    assert first == {
        "GD": "GD-2022#二（二）",
        "YQ": "YQ-2023-196#二（三）5",
        "HN": "CN-2022-25#一（二）",
        "JS": "CN-2022-25#一（二）",
    }


def test_a_clause_that_was_not_in_force_does_not_fire():
    text = "电工证培训，保过，报名从速"
    assert outcomes(text, "保过", scanner=Scanner(as_of=date(2023, 6, 1))) == []
    assert outcomes(text, "保过", scanner=Scanner(as_of=date(2023, 8, 1))) == [Outcome.REPORT]
    earlier = Scanner(as_of=date(2022, 1, 1))
    assert outcomes("电工证培训，包过，报名", "包过", scanner=earlier) == []


def test_one_mention_is_one_finding():
    text = "证书由中华人民共和国人力资源和社会保障部监制，全国通用，报名从速"
    standing = [f for f in SCANNER.scan_text(text, "ad").findings if f.outcome is Outcome.REPORT]
    spans = [f.span for f in standing]
    assert len(spans) == len(set(spans))
    assert not any(a != b and a.start <= b.start and b.end <= a.end for a in spans for b in spans)


def test_an_evasion_is_named():
    findings = SCANNER.scan_text("电工证培训，包*过，报名从速", "ad").findings
    (finding,) = [f for f in findings if f.term == "包过"]
    assert finding.evasion is Evasion.SEPARATOR
    assert finding.surface == "包*过"


def test_a_spaced_title_is_no_evasion():
    text = "职 业 资 格 证 书\n姓名：李某\n职业：整理收纳师\n发证单位：某某文化传播公司"
    (finding,) = [
        f for f in SCANNER.scan_text(text, "certificate").findings if f.term == "职业资格"
    ]
    assert finding.outcome is Outcome.REPORT
    assert finding.evasion is None


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("职业能力证书\n姓名：张某\n证书编号：X123\n发证机构：某某中心\n特发此证", "certificate"),
        ("公司名称：某某咨询有限公司\n经营范围：职业资格考试\n法定代表人：李某", "registration"),
        ("电工证考证，包过，前二十名优惠三百元，加微信报名咨询", "ad"),
        ("记者获悉，三家培训机构因宣称包过被立案。来源：某日报  编辑：王某", "web"),
    ],
)
def test_the_kind_is_inferred_with_its_reason(text, kind):
    result = SCANNER.scan_text(text)
    assert result.kind == kind
    assert result.kind_reason


def test_a_given_kind_is_kept():
    result = SCANNER.scan_text("电工证考证，包过，加微信", "web")
    assert result.kind is DocumentKind.WEB


def fingerprints(text: str, uri: str = "a.txt") -> set[str]:
    document = Document(Source(uri), (Passage(0, PassageKind.BODY, text),))
    return {f.fingerprint for f in SCANNER.scan_document(document, "ad").findings}


def test_fingerprints_survive_moves_and_layout():
    text = "电工证培训班，老师签约包过，报名从速"
    assert fingerprints(text) == fingerprints("新增一段说明，关于学校环境。\n\n" * 9 + text)
    assert fingerprints(text) == fingerprints("电工证培训班，老师签约 包 过，报\n名从速")
    assert fingerprints(text) != fingerprints(text, "b.txt")
    assert fingerprints(text) == fingerprints(text, "./b/../a.txt")
    page, other = "http://a.cn/./x", "http://a.cn/x"
    assert fingerprints(text, page) != fingerprints(text, other)
    assert fingerprints(text) != fingerprints("电工证培训班，老师口头包过，报名从速")


def test_a_passage_of_another_kind_is_judged_with_its_document():
    passages = (
        Passage(0, PassageKind.TITLE, "电工证培训"),
        Passage(1, PassageKind.HIDDEN, "电工证培训，包过"),
    )
    findings = SCANNER.scan_document(Document(Source("a.html"), passages), "ad").findings
    assert [(f.anchor.passage, f.term) for f in findings] == [(1, "包过")]


def test_a_rule_can_be_spared_only_steps_that_exist():
    schema = (shipped_rules() / "schema" / "pack.json").read_text(encoding="utf-8")
    (allowed,) = re.findall(r'"skip": \{[^{}]*"items": \{\s*"enum": (\[[^\]]*\])', schema)
    assert set(json.loads(allowed)) == {*SCANNER._judge._steps, STEP, DOUBT} - {"cue", "border"}
