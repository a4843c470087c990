"""Findings become cases of the institutions that their sources name."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from book_values import finding, import_results, result, say

from detector.casebook.cases import load_cases, save_case
from detector.casebook.groups import group_findings
from detector.casebook.values import Body, Verdict
from detector.database import now, reading, writing
from detector.model import Institution, Outcome, RegistryCheck, Roll, Standing
from detector.registry.store import Batch, store

TODAY = date(2025, 3, 1)
SCHOOL, OTHER = "广州市越某职业培训学校", "深圳市鹏某技能评价中心"


def named(*checks):
    return tuple(
        RegistryCheck(name, role, standing, "", entry) for name, role, standing, entry in checks
    )


def group(engine, **options):
    with writing(engine) as connection:
        return group_findings(connection, "张三", now(), opened=TODAY, **options)


def cases(engine):
    with reading(engine) as connection:
        return {case.institution: case for case in load_cases(connection)}


def test_confirmed_findings_are_put_to_a_case_of_each_institution(engine):
    import_results(
        engine,
        result("a.txt", finding("1"), finding("2"), named=(SCHOOL,)),
        result("b.txt", finding("3"), named=(SCHOOL,)),
        result("c.txt", finding("4"), named=(OTHER,)),
        result("d.txt", finding("5")),
    )
    for one in ("1", "3", "4", "5"):
        say(engine, one, Verdict.CONFIRMED)
    say(engine, "2", Verdict.DISMISSED)
    done = group(engine)
    assert [(one.case.institution, one.findings) for one in done.opened] == [
        (SCHOOL, 2),
        (OTHER, 1),
    ]
    assert done.homeless == ["5"]
    found = cases(engine)
    assert found[SCHOOL].fingerprints == ("1", "3")
    assert (found[SCHOOL].lead, found[SCHOOL].opened) == ("扫描", TODAY)
    again = group(engine)
    assert (again.opened, again.added) == ([], [])
    assert cases(engine) == found


def test_undecided_findings_are_those_that_the_rules_report(engine):
    import_results(
        engine,
        result(
            "a.txt",
            finding("1"),
            finding("2", outcome=Outcome.REVIEW),
            finding("3"),
            finding("4"),
            named=(SCHOOL,),
        ),
    )
    say(engine, "3", Verdict.DISMISSED)
    say(engine, "4", Verdict.NEEDS_PAPERS)
    assert group(engine).opened == []
    group(engine, undecided=True)
    (case,) = cases(engine).values()
    assert case.fingerprints == ("1",)
    assert "未经人工审核" in case.note


def test_an_open_case_takes_the_findings_and_a_closed_one_does_not(engine):
    import_results(engine, result("a.txt", finding("1"), finding("2"), named=(SCHOOL,)))
    say(engine, "1", Verdict.CONFIRMED)
    (first,) = group(engine).opened
    say(engine, "2", Verdict.CONFIRMED)
    assert [one.case.number for one in group(engine).added] == [first.case.number]
    with writing(engine) as connection:
        (case,) = load_cases(connection)
        assert case.fingerprints == ("1", "2")
        save_case(connection, replace(case, closed=TODAY), "张三", now())
    import_results(engine, result("b.txt", finding("3"), named=(SCHOOL,)))
    say(engine, "3", Verdict.CONFIRMED)
    (second,) = group(engine).opened
    assert second.case.number != first.case.number


@pytest.mark.parametrize(
    ("kind", "body", "said"),
    [
        (None, Body.SELF_RUN, "不在名单内"),
        ("", Body.SKILL_LEVEL, "名单未写类别"),
        ("社会培训评价组织", Body.SKILL_LEVEL, "名单中为“社会培训评价组织”"),
        ("职业资格鉴定机构", Body.QUALIFICATION, "名单中为“职业资格鉴定机构”"),
    ],
)
def test_the_body_is_guessed_from_the_white_list_and_the_note_says_how(engine, kind, body, said):
    if kind is not None:
        listed = Institution(SCHOOL, Roll.WHITE, body=kind)
        with writing(engine) as connection:
            store(connection, [listed], Batch("a.xlsx", "", now(), "张三", 0))
    import_results(engine, result("a.txt", finding("1"), named=(SCHOOL,)))
    say(engine, "1", Verdict.CONFIRMED)
    group(engine)
    (case,) = cases(engine).values()
    assert case.body is body
    assert said in case.note


def test_the_issuer_answers_before_the_owner_of_a_seal_and_ministries_never(engine):
    issued = named(
        (SCHOOL, "发证机构", Standing.UNLISTED, ""), (OTHER, "印章", Standing.UNLISTED, "")
    )
    sealed = named(
        (OTHER, "印章", Standing.UNLISTED, ""), ("某某部", "发证机构", Standing.UNLISTED, "")
    )
    import_results(
        engine,
        replace(result("a.txt", finding("1")), registry=issued),
        replace(result("b.txt", finding("2")), registry=sealed),
    )
    for one in ("1", "2"):
        say(engine, one, Verdict.CONFIRMED)
    group(engine, organs={"某某部"})
    assert {name: case.fingerprints for name, case in cases(engine).items()} == {
        SCHOOL: ("1",),
        OTHER: ("2",),
    }


def test_writings_of_a_listed_name_are_one_and_branches_and_copies_are_others(engine):
    checks = [
        ("广州越某职业培训学校", Standing.LISTED, SCHOOL, SCHOOL),
        (SCHOOL, Standing.LISTED, SCHOOL, SCHOOL),
        (f"{SCHOOL}番禺分校", Standing.LISTED, SCHOOL, f"{SCHOOL}番禺分校"),
        ("广州市越某职业教育学校", Standing.LOOK_ALIKE, SCHOOL, "广州市越某职业教育学校"),
    ]
    for number, (name, standing, entry, _) in enumerate(checks):
        registry = named((name, "广告主", standing, entry))
        import_results(
            engine, replace(result(f"{number}.txt", finding(str(number))), registry=registry)
        )
        say(engine, str(number), Verdict.CONFIRMED)
    group(engine)
    assert {name: case.fingerprints for name, case in cases(engine).items()} == {
        SCHOOL: ("0", "1"),
        checks[2][3]: ("2",),
        checks[3][3]: ("3",),
    }


def test_a_page_that_names_several_is_put_to_each_with_a_word_of_caution(engine):
    import_results(engine, result("a.txt", finding("1"), named=(SCHOOL, OTHER)))
    say(engine, "1", Verdict.CONFIRMED)
    group(engine)
    assert {case.fingerprints for case in cases(engine).values()} == {("1",)}
    assert all("核对线索归属" in case.note for case in cases(engine).values())
