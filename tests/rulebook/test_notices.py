"""Holds notices and packs against the notices' own text in tests/notices_text/.

What a notice puts in quotation marks is a term that its clause lists, or it stands in NOT_TERMS
with the reason why it is none.
"""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

import pytest
from opencc import OpenCC

from detector.rulebook import load_rules

TEXTS = Path(__file__).parents[1] / "notices_text"
BOOK = load_rules()
# The text of this one is not at hand; its terms are held by a test of their own.
WITHOUT_TEXT = "CN-2022-CAC"
NOTICES = [notice for notice in BOOK.notices if notice.id != WITHOUT_TEXT]

# Quoted, but not words that anybody is told not to use.
NOT_TERMS = {
    "山寨证书": "the notices' own name for what they fight",
    "黑名单": "a measure of the authorities",
    "吃": "in 吃培训: irony of the authors, part of a sentence on their aims",
    "十四五": "in the title of a plan",
    "当下改": "a slogan on how to work",
    "长久立": "a slogan on how to work",
    "平台企业协同共治系统": "the name of a computer system of the ministry",
}
# Clauses that quote terms and yet can be keyed to by no rule.
NOT_KEYED = {
    ("CN-2023-SAMR", "一"): "the aims of the campaign; 二（三）3 says the same of conduct",
    ("YQ-2023-196", "一"): "the aims of the campaign; 二（三）3 says the same of conduct",
}
# Notices whose text shows no date: the note of each says where its date is from.
UNDATED = {"CN-2022-25", "CN-2023-86", "CN-2023-SAMR"}
# The Guangdong text bears no title; its note says so.
UNTITLED = {"GD-2022"}
# The annex of this notice is the forwarded notice itself, whose terms stand there.
ANNEX = ("JS-2023-64", "附件1")

NUMBERS = "一二三四五六七八九十"
LEVELS = (
    re.compile(rf"[#\s]*([{NUMBERS}])、"),
    re.compile(rf"[#\s]*[(（]([{NUMBERS}])[)）]"),
    re.compile(r"[#\s]*(\d)[.．]"),
)


@cache
def text_of(notice: str) -> str:
    """Return the text of one notice; two files hold a notice and the one that it forwards."""
    files = {path.name[:3]: path.read_text(encoding="utf-8") for path in TEXTS.glob("*.txt")}
    jiangsu, annex = re.split(r"附件 1\n+(?=中华)", files["000"], maxsplit=1)
    hunan, forwarded = re.split(
        r"(?=中华人民共和国人力资源和社会保障部\n)", files["002"], maxsplit=1
    )
    return {
        "JS-2023-64": jiangsu,
        "CN-2023-86": annex,
        "YQ-2023-196": files["001"],
        "HN-2022": hunan,
        "CN-2022-25": forwarded,
        "GD-2022": files["003"],
        "CN-2023-SAMR": undamaged(files["004"]),
    }[notice]


def undamaged(text: str) -> str:
    """Return the crawled page in simplified characters, without the pinyin behind them."""
    return OpenCC("t2s").convert(re.sub(r"[(（][a-zü]+[)）] ?", "", text))


@cache
def clauses_of(notice: str) -> dict[str, str]:
    """Cut a notice at its numbering: path, as in 二（三）5, → the clause's own words."""
    path, clauses = ["", "", ""], {}
    for line in text_of(notice).splitlines():
        for level, pattern in enumerate(LEVELS):
            if number := pattern.match(line):
                path[level:] = [number[1], *[""] * (2 - level)]
                break
        name = path[0] + (f"（{path[1]}）" if path[1] else "") + path[2]
        clauses[name] = clauses.get(name, "") + line.strip()
    return clauses


def terms_in(text: str) -> list[str]:
    return [one for one in re.findall("“([^”]+)”", text) if one not in NOT_TERMS]


QUOTED = [
    (notice.id, path, term)
    for notice in NOTICES
    for path, text in clauses_of(notice.id).items()
    for term in terms_in(text)
    if (notice.id, path) not in NOT_KEYED
]


def test_the_texts_were_cut_into_their_clauses():
    assert len(QUOTED) == 84
    assert len(clauses_of("CN-2023-SAMR")["二（三）5"]) > 200


@pytest.mark.parametrize("notice", NOTICES, ids=lambda notice: notice.id)
def test_every_clause_of_a_notice_file_stands_in_the_text(notice):
    paths = {one.path for one in notice.clauses} - {path for id, path in [ANNEX] if id == notice.id}
    assert paths <= clauses_of(notice.id).keys()


@pytest.mark.parametrize("notice", NOTICES, ids=lambda notice: notice.id)
def test_a_clause_lists_exactly_the_terms_that_it_quotes(notice):
    quoted = {path: terms_in(text) for path, text in clauses_of(notice.id).items()}
    keyed = {one.path: list(one.lists) for one in notice.clauses}
    assert {path: terms for path, terms in keyed.items() if terms} == {
        path: terms
        for path, terms in quoted.items()
        if terms and (notice.id, path) not in NOT_KEYED
    }


@pytest.mark.parametrize(("notice", "path", "term"), QUOTED, ids=" ".join)
def test_a_rule_keyed_to_the_clause_looks_for_the_term(notice, path, term):
    assert term in BOOK.clause(f"{notice}#{path}").lists
    listing = [
        rule.id
        for rule in BOOK.rules
        if any(ref.clause == f"{notice}#{path}" for ref in rule.clauses)
        and any(one.listed == term for one in (*rule.terms, *rule.patterns))
    ]
    assert listing


def test_every_exception_is_still_needed():
    everything = "".join(text_of(notice.id) for notice in NOTICES)
    assert [term for term in NOT_TERMS if f"“{term}”" not in everything] == []
    assert [one for one in NOT_KEYED if not terms_in(clauses_of(one[0])[one[1]])] == []
    lists = [term for notice in NOTICES for one in notice.clauses for term in one.lists]
    assert set(NOT_TERMS).isdisjoint(lists)


def test_every_clause_that_a_rule_cites_exists():
    known = {one.id for notice in BOOK.notices for one in notice.clauses}
    assert {ref.clause for rule in BOOK.rules for ref in rule.clauses} <= known


@pytest.mark.parametrize("notice", NOTICES, ids=lambda notice: notice.id)
def test_number_title_issuers_and_date_are_those_of_the_text(notice):
    text = re.sub(r"[\s#]", "", text_of(notice.id))
    assert notice.number in text
    assert notice.id in UNTITLED or joined(notice.title) in text
    assert all(joined(one) in text for one in notice.issuers)
    day = f"{notice.issued.year}年{notice.issued.month}月{notice.issued.day}日"
    assert (day in text) == (notice.id not in UNDATED)
    assert notice.note or notice.id not in UNDATED | UNTITLED


def joined(text: str) -> str:
    return re.sub(r"\s", "", text)


def test_a_forwarding_notice_repeats_and_lists_nothing_of_its_own():
    forwarding = [notice for notice in NOTICES if notice.forwards]
    assert {notice.id for notice in forwarding} == {"HN-2022", "JS-2023-64"}
    for notice in forwarding:
        assert BOOK.notice(notice.forwards).number in text_of(notice.id)
        assert all(one.local_repeat and not one.lists for one in notice.clauses)


def test_only_forwarding_notices_repeat():
    repeats = {n.id for n in NOTICES for one in n.clauses if one.local_repeat}
    assert repeats == {"HN-2022", "JS-2023-64"}


def test_the_terms_of_the_online_notice_are_looked_for():
    notice = BOOK.notice(WITHOUT_TEXT)
    listed = {one.listed for rule in BOOK.rules for one in (*rule.terms, *rule.patterns)}
    assert [
        term for one in notice.clauses for term in one.lists if term not in listed - {"代考"}
    ] == [
        "代考"  # stands for 违规评价 (CN-2023-SAMR 二（三）4)
    ]
