"""A name is listed, a copy of a listed one, or another institution's."""

from __future__ import annotations

from datetime import date

import pytest

from detector.model import Institution, Roll, Standing
from detector.registry import Named, Registry, look_up
from detector.rulebook import load_rules

ON = date(2024, 1, 1)
LISTED = (
    Institution("中国室内装饰协会", Roll.WHITE, occupations=("室内装饰设计员",)),
    Institution(
        "深圳市宝安区鹏程职业技能培训有限公司",
        Roll.WHITE,
        occupations=("电工（三级）", "茶艺师（评茶员、茶叶加工工）"),
        valid_from=date(2023, 1, 1),
        valid_to=date(2025, 12, 31),
    ),
    Institution("广东省物流行业协会", Roll.WHITE),
    Institution("泰州市新某职业培训学校", Roll.WHITE),
    Institution("华夏人才测评中心", Roll.BLACK, reason="违规发证"),
)
COMPANY = LISTED[1].name


@pytest.fixture(scope="module")
def registry():
    return Registry(LISTED, load_rules().lexicons["institutions"])


def standing(registry, name, **more):
    return look_up(registry, Named(name, "发证机构", ON, **more)).standing


@pytest.mark.parametrize(
    "name",
    [
        "中国室内装饰协会",
        "中国　室内 装饰协会",
        "深圳市宝安区鹏程职业技能培训有限责任公司",
        "深圳市（宝安区）鹏程职业技能培训有限公司",
        "深圳宝安鹏程职业技能培训有限公司",
        "深圳市宝安区鹏程职业技能培训有限公司福田分公司",
    ],
)
def test_ways_of_writing_a_listed_name_are_that_name(registry, name):
    assert standing(registry, name) is Standing.LISTED


@pytest.mark.parametrize(
    "name",
    [
        "中国室内装修协会",
        "中国室内装饰学会",
        "全国室内装饰协会",
        "中国国际室内装饰协会",
        "中国室内装饬协会",
        "中国内室装饰协会",
        "广东省物流协会",
        "深圳市宝安区鹏成职业技能培训有限公司",
        "深圳市宝安区鹏程职业技术培训有限公司",
        "华夏人才评测中心",
        "华夏人才鉴定中心",
    ],
)
def test_copies_of_a_listed_name_are_called_so(registry, name):
    assert standing(registry, name) is Standing.LOOK_ALIKE


@pytest.mark.parametrize(
    "name",
    [
        "深圳市龙岗区鹏程职业技能培训有限公司",
        "东莞市鹏程职业技能培训有限公司",
        "广东省物业行业协会",
        "湖南省物流行业协会",
        "中国建筑装饰协会",
        "北京市室内装饰协会",
        "深圳市宝安区鹏飞职业技能培训有限公司",
        "台州市新某职业培训学校",
        "某某文化传播有限公司",
    ],
)
def test_bodies_of_another_town_trade_or_brand_are_just_not_listed(registry, name):
    assert standing(registry, name) is Standing.UNLISTED


def test_one_misread_character_is_no_copy_where_the_reading_was_doubtful(registry):
    found = look_up(registry, Named("中国室内装饬协会", "发证机构", ON, doubtful=True))
    assert found.standing is Standing.LISTED
    assert "识别误差" in found.detail
    assert found.entry == "中国室内装饰协会"
    second = {"readings": ("发证机构：中国室内装饰协会",)}
    assert standing(registry, "中国室内装饬协会", **second) is Standing.LISTED
    assert standing(registry, "中国室内装修协会", doubtful=True) is Standing.LOOK_ALIKE


@pytest.mark.parametrize(
    ("occupation", "day", "expected"),
    [
        ("电工", ON, Standing.LISTED),
        ("电工（二级/技师）", ON, Standing.LISTED),
        ("评茶员", ON, Standing.LISTED),
        ("茶艺师", ON, Standing.LISTED),
        ("养老护理员", ON, Standing.OUT_OF_SCOPE),
        ("焊工", ON, Standing.OUT_OF_SCOPE),
        ("电工", date(2026, 1, 1), Standing.EXPIRED),
        ("电工", date(2022, 12, 31), Standing.EXPIRED),
    ],
)
def test_scope_and_time_of_a_filing_count(registry, occupation, day, expected):
    named = Named(COMPANY, "发证机构", day, occupations=(occupation,))
    assert look_up(registry, named).standing is expected


def test_who_is_black_listed_is_so_with_the_reason(registry):
    found = look_up(registry, Named("华夏人才测评中心", "广告主", ON))
    assert found.standing is Standing.BLACK_LISTED
    assert "违规发证" in found.detail


@pytest.mark.parametrize(
    ("start", "end", "also", "standing", "said"),
    [
        (date(2023, 1, 1), date(2024, 6, 30), False, Standing.BLACK_LISTED, "在黑名单内"),
        (None, date(2023, 12, 31), False, Standing.UNLISTED, "现已期满"),
        (None, date(2023, 12, 31), True, Standing.LISTED, "曾在黑名单内"),
        (date(2024, 3, 1), None, True, Standing.BLACK_LISTED, "晚于所查的 2024-01-01"),
    ],
)
def test_a_black_list_counts_for_its_time(start, end, also, standing, said):
    name = "某市某某技能测评中心"
    listed = [Institution(name, Roll.BLACK, reason="违规发证", valid_from=start, valid_to=end)]
    listed += [Institution(name, Roll.WHITE)] if also else []
    registry = Registry(listed, load_rules().lexicons["institutions"])
    found = look_up(registry, Named(name, "发证机构", ON))
    assert found.standing is standing
    assert said in found.detail
