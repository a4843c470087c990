"""What a reviewer sees of a finding, whatever the book holds of it."""

from __future__ import annotations

from dataclasses import replace

import pytest
from book_values import CLAUSE, finding

from detector.casebook.findings import Held
from detector.casebook.screen import Screen
from detector.casebook.values import Decision, Verdict
from detector.casebook.walk import Look
from detector.model import DocumentKind, RegistryCheck, Source, Span, Standing
from detector.report.mask import NO_LABELS
from detector.rulebook import load_rules
from detector.settings import shipped_rules

EXCERPT = "电话 13812345678\n签约包过\n名额有限"


@pytest.fixture(scope="module")
def screen():
    notices = load_rules(shipped_rules()).notices
    clauses = {one.id: (notice, one) for notice in notices for one in notice.clauses}
    return Screen(clauses, NO_LABELS, colour=False, width=80)


def look(*, seen: bool = True, member: str | None = None, page: int | None = None, **options):
    one = finding("1", excerpt=EXCERPT)
    anchor = replace(one.anchor, page=page)
    one = replace(one, highlight=Span(17, 19), anchor=anchor, clauses=(CLAUSE, "GONE#一"))
    held = Held(one, Source("甲.zip", member=member), DocumentKind.AD, "2026", seen)
    parts = {"history": (), "named": (), "alike": (), "overtaken": False} | options
    return Look(place=1, held=held, **parts)


def shown(screen: Screen, one: Look) -> str:
    return "\n".join(screen.show(one, 3))


def decision(reason: str = "") -> Decision:
    return Decision("x", "1", Verdict.DISMISSED, "李四", "2026-11-25T10:00:00+08:00", reason)


def test_the_page_to_look_at_is_named(screen):
    text = shown(screen, look(member="b/页.pdf", page=2))
    assert "甲.zip › b/页.pdf，第 3 页（广告）" in text


def test_what_the_newest_scan_no_longer_has_is_said_to_be_gone(screen):
    assert "最近一次扫描中已没有这处" in shown(screen, look(seen=False))
    assert "已没有这处" not in shown(screen, look())


def test_the_lines_round_the_words_are_shown_masked(screen):
    text = shown(screen, look())
    assert "电话 138****5678 / 签约包过 / 名额有限" in text
    open_ = replace(screen, labels=None)
    assert "13812345678" in shown(open_, look())


def test_the_clause_is_shown_with_what_it_lists_and_others_by_name(screen):
    text = shown(screen, look())
    assert "人社部函〔2022〕25号 一（二）" in text and "列举" in text and "包过" in text
    assert "另据    GONE#一" in text  # of rules that are not at hand


def test_institutions_are_shown_with_their_standing(screen):
    check = RegistryCheck("甲学校", "广告主", Standing.LOOK_ALIKE, "", "甲技工学校")
    many = [replace(check, name=f"{number}学校") for number in range(9)]
    assert "甲学校，广告主：与名单内机构名称近似（甲技工学校）" in shown(
        screen, look(named=(check,))
    )
    assert "另有 3 个" in shown(screen, look(named=tuple(many)))


def test_what_was_said_before_is_shown_with_who_and_when(screen):
    text = shown(screen, look(history=(decision("是引述"),)))
    assert "2026-11-25 10:00 李四 排除：是引述" in text
    alike = replace(look().held, decision=decision())
    assert "相近的一处" in shown(screen, look(alike=(alike,)))
