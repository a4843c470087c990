"""Numbers, dates and the standard form: consistent ones are clean, odd ones are to be reviewed."""

from __future__ import annotations

import random
from datetime import date

import pytest

from detector import Scanner
from detector.judge.form.identity import born, check_place, is_male, plain_identity
from detector.judge.form.numbering import is_masked
from detector.model import Outcome
from detector.rulebook import load_rules

ON = date(2026, 11, 25)
SCANNER = Scanner(as_of=ON)
GUANGDONG = Scanner(as_of=ON, jurisdiction="GD")
PROVINCES = [
    entry.text
    for entry in load_rules().lexicons["certificate-numbers"].entries
    if entry.fields["role"] == "province"
]
LEVELS = {
    "5": "五级/初级工",
    "4": "四级/中级工",
    "3": "三级/高级工",
    "2": "二级/技师",
    "1": "一级/高级技师",
}


def digits(chance: random.Random, count: int) -> str:
    return "".join(chance.choices("0123456789", k=count))


def number(chance: random.Random, year: int, level: str) -> str:
    body, place = digits(chance, 4), chance.choice(PROVINCES)
    head = chance.choice("SY") + body + place + digits(chance, 6)
    return f"{head}{year % 100:02d}{level}{digits(chance, 6)}"


def standard(said: str, level: str, issued: str) -> str:
    return (
        "职业技能等级证书\nOccupational Skill Level Certificate\n"
        "本证书表明持证人通过本机构组织的职业技能等级认定，具备该职业（工种）相应技能等级水平。\n"
        "姓名：林某某\n证件类型：居民身份证\n证件号码：3501**********4417\n职业名称：电工\n"
        f"工种/职业方向：--\n职业技能等级：{level}\n证书编号：{said}\n"
        f"机构名称：福州示例职业培训学校\n发证日期：{issued}\n"
        "证书信息查询：http://jndj.osta.org.cn\n机构信息查询：http://pjjg.osta.org.cn"
    )


def old(said: str, level: str, year: int) -> str:
    return (
        "中华人民共和国\n职业资格证书\n姓名 徐某某 性别 男\n出生日期 1985年7月 文化程度 大专\n"
        f"发证日期 {year}年12月25日\n证书编号 {said}\n身份证号 3201**********1513\n"
        f"职业（工种）及等级 汽车修理工 {level}\n职业技能鉴定（指导）中心（印）"
    )


def standing(text: str, scanner: Scanner = SCANNER) -> dict[str, Outcome]:
    findings = scanner.scan_text(text, "certificate").findings
    return {f.rule: f.outcome for f in findings if f.outcome is not Outcome.DISMISSED}


@pytest.mark.parametrize("seed", range(12))
def test_a_lawful_standard_certificate_is_clean(seed: int):
    chance = random.Random(seed)
    year, level = chance.randint(2019, 2026), chance.choice("12345")
    text = standard(number(chance, year, level), LEVELS[level], f"{year}年3月1日")
    assert standing(text) == {}
    assert standing(text, GUANGDONG) == {}


@pytest.mark.parametrize("seed", range(6))
def test_a_lawful_old_certificate_is_clean(seed: int):
    chance = random.Random(seed)
    year, level = chance.randint(2005, 2019), chance.choice("12345")
    said = f"{year % 100:02d}{digits(chance, 8)}{level}{digits(chance, 5)}"
    name = LEVELS[level].replace("工", "技能")
    assert standing(old(said, name, year)) == {}


@pytest.mark.parametrize("seed", range(12))
def test_each_mutation_of_a_number_is_for_review_and_never_reported(seed: int):
    chance = random.Random(seed)
    year, level = chance.randint(2019, 2026), chance.choice("12345")
    good = number(chance, year, level)
    other_level = chance.choice([digit for digit in LEVELS if digit != level])
    other_year = chance.choice([y for y in range(19, 27) if y != year % 100])
    mutations = {
        "form.number-coding": [good[:-1], good + "7", good[1:], "证字" + good[5:]],
        "form.number-class": [chance.choice("ABCXZ") + good[1:]],
        "form.number-province": [good[:5] + chance.choice(["00", "99", "16", "77"]) + good[7:]],
        "form.number-year": [f"{good[:13]}{other_year:02d}{good[15:]}"],
        "form.number-level": [good[:15] + other_level + good[16:], good[:15] + "8" + good[16:]],
    }
    for rule, numbers in mutations.items():
        for said in numbers:
            found = standing(standard(said, LEVELS[level], f"{year}年3月1日"))
            assert found == {rule: Outcome.REVIEW}, said


def test_mutations_of_an_old_number_are_for_review():
    assert standing(old("1410003004401268", "四级/中级技能", 2015)) == {
        "form.old-number-year": Outcome.REVIEW
    }
    assert standing(old("1410003004401268", "三级/高级技能", 2014)) == {
        "form.old-number-level": Outcome.REVIEW
    }
    # The certificate is no longer taken for a lawful one, so its state words stand as well.
    assert standing(old("141000300440126", "四级/中级技能", 2014))["form.old-number-coding"] is (
        Outcome.REVIEW
    )


@pytest.mark.parametrize(
    "said", ["S0000350100212340000**", "S0000********34000012", "SXXXX35010021234000012"]
)
def test_covered_numbers_are_left_alone(said: str):
    assert standing(standard(said, "四级/中级工", "2023年6月30日")) == {}


def test_spaces_and_wide_characters_in_a_number_do_not_matter():
    text = standard("Ｓ0000 35010021 23 4 000012", "四级/中级工", "2023年6月30日")
    assert standing(text) == {}


@pytest.mark.parametrize("sample", ["11010519491231002X", "440524188001010014"])
def test_published_samples_of_identity_numbers_hold(sample: str):
    assert check_place(sample) == sample[-1]
    assert born(sample) is not None
    assert is_male(sample) is (int(sample[16]) % 2 == 1)


@pytest.mark.parametrize("seed", range(20))
def test_one_wrong_digit_or_two_swapped_ones_break_the_check(seed: int):
    chance = random.Random(seed)
    first = f"11010519{digits(chance, 1)}01225{digits(chance, 3)}"
    good = first + check_place(first + "0")
    at = chance.randrange(17)
    wrong = good[:at] + str((int(good[at]) + chance.randint(1, 9)) % 10) + good[at + 1 :]
    assert check_place(good) == good[-1]
    assert check_place(wrong) != wrong[-1]
    if good[at] != good[at - 1] and at:
        swapped = good[: at - 1] + good[at] + good[at - 1] + good[at + 1 :]
        assert check_place(swapped) != swapped[-1]


def test_only_whole_identity_numbers_are_checked():
    assert plain_identity("1101 0519 4912 3100 2x") == "11010519491231002X"
    for said in ("1101**********002X", "11010519491231XXXX", "E12345678", "00000019900000123X"):
        assert plain_identity(said) is None
    assert is_masked("3201××××××××0027")
    assert not is_masked("11010519491231002X")


def test_no_reason_quotes_an_identity_number():
    text = (
        "培训合格证书\n姓名：王某\n性别：男\n出生日期：1950年1月1日\n身份证号：110105194912310021"
    )
    findings = SCANNER.scan_text(text, "certificate").findings
    assert {f.rule for f in findings} == {
        "form.identity-check",
        "form.identity-birth",
        "form.identity-sex",
    }
    assert all(f.outcome is Outcome.REVIEW for f in findings)
    assert not any("11010519" in reason.detail for f in findings for reason in f.reasons)


def test_form_faults_are_reported_in_guangdong_and_silent_elsewhere():
    text = standard("S000035010021234000012", "四级", "2023年6月30日").replace("：--", "：")
    assert standing(text) == {}
    assert standing(text, GUANGDONG) == {
        "form.direction-blank": Outcome.REPORT,
        "form.level-form": Outcome.REPORT,
    }
