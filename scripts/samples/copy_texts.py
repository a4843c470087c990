"""Advertising copy and business registrations as plain text. Everything named is invented."""

from __future__ import annotations

from functools import partial
from typing import NamedTuple

from samples.expected import (
    GD_PUBLICITY,
    GD_REGISTRATION,
    PUBLICITY,
    TITLED,
    UNFILED,
    Expected,
    KnownFailure,
    Makers,
    Sample,
    Violation,
    mentions,
)


class Copy(NamedTuple):
    """A text file and its verdict."""

    path: str
    kind: str
    note: str
    text: str
    violations: tuple[Violation, ...] = ()
    jurisdiction: str = "CN"
    known_failures: tuple[KnownFailure, ...] = ()


COPIES = (
    Copy(
        "ads/moments-evasions.txt",
        "ad",
        "disguises: a dot, an asterisk, brackets, wide space, pinyin beside traditional characters",
        """健康管理师最后一期，零基础也能报，包·过！
證書國(guo)家(jia)認可，扫码可查，终身有效。
心理咨询方向 包*过 班只剩3席，早鸟价1580。
人*社*部 备案项目，放心报名。
催乳师证书【包】【过】，学员好评如潮。
收纳整理师协议班，包　过，考前两天发资料。
报名微信：yangli-0018
""",
        mentions(
            (PUBLICITY, "包过", "包·过"),
            (PUBLICITY, "国家", "國(guo)家(jia)"),
            (PUBLICITY, "包过", "包*过"),
            (PUBLICITY, "×××部", "人*社*部"),
            (PUBLICITY, "包过", "包】【过"),
            (PUBLICITY, "包过", "包　过"),
        ),
    ),
    Copy(
        "ads/live-script.md",
        "ad",
        "Markdown script of a live sale; a homophone and a full-width line among plain ones",
        """# 直播话术：养老护理方向

## 开场

家人们晚上好，今天只讲一本证书，**中国云川康养人才中心**颁发的高级养老护理师。

## 卖点

- 国家承认，全国通用，走到哪里都认。
- 我们和教育部的专家合作，课程一流。
- 协议班宝过，不用担心基础。

## 逼单

１００％通过，今天直播间只要九百八，名额还剩最后５个！
""",
        mentions(
            (PUBLICITY, "中国"),
            (PUBLICITY, "国家"),
            (PUBLICITY, "全国"),
            (PUBLICITY, "×××部", "教育部"),
            (UNFILED, "保过", "宝过"),
            (PUBLICITY, "包过", "１００％通过"),
        ),
    ),
    Copy(
        "ads/leaflet-gd.txt",
        "ad",
        "Guangdong: the gimmick words and a provincial department as a backer",
        """云川好学教育·春季招生
保育师、养老护理员、中式烹调师三大热门证书
不限专业，不限年龄，来了就能学
拿证可积分入学，孩子上学更轻松
广东省人社厅指导项目，评职称、高收入一步到位
报名电话：0000-0000117
""",
        mentions(
            (GD_PUBLICITY, "不限专业"),
            (GD_PUBLICITY, "不限年龄"),
            (GD_PUBLICITY, "积分入学"),
            (GD_PUBLICITY, "×××厅(局)", "广东省人社厅"),
            (GD_PUBLICITY, "评职称"),
            (GD_PUBLICITY, "高收入"),
        ),
        "GD",
    ),
    Copy(
        "ads/vertical.txt",
        "ad",
        "one character a line, as a scroll on a shop door is typed off",
        """考证找云川众才
零基础班热招中
包
过
保
过
电话0000-0000125
""",
        mentions((PUBLICITY, "包过", "包\n过"), (UNFILED, "保过", "保\n过")),
    ),
    Copy(
        "ads/lawful-exam.txt",
        "ad",
        "lawful: preparation for an examination of the catalogue, with facts only",
        """注册消防工程师考前辅导，青屿市蓝湾职业培训学校开班。
该考试列入《国家职业资格目录（2021年版）》，由考试机构统一组织，全国统一命题。
本校讲教材、讲真题、带练习，不押题，不承诺成绩。
学费3600元，七日内可无理由退费。
办学许可证号：人社民000000000000号
""",
    ),
    Copy(
        "ads/lawful-denial.md",
        "ad",
        "lawful: the words of guarantee are denied, asked about and reported",
        """# 报名前必读

**问：你们包过吗？**

答：不包过。任何人都不能替您保证考试结果，遇到承诺“包过”“保过”的，请直接举报。

**问：结业证书是职业资格证书吗？**

答：不是。本校只发培训合格证书，它不是职业资格证书，也不是职业技能等级证书。
""",
    ),
    Copy(
        "ads/lawful-platform-rules.txt",
        "web",
        "lawful: a platform lists the words that its sellers may not use",
        """教育培训类目发布规范（节选）
一、商品标题和详情页不得出现下列词语：“国家级”“全国通用”“包过”“保过”“免考”。
二、不得假冒行政机关名义，不得使用“人社部认证”“工信部颁发”等说法。
三、违反上述规定的，平台将下架商品并扣除保证金。
""",
    ),
    Copy(
        "ads/lawful-bakery.txt",
        "ad",
        "off the subject: listed words only across the borders of other words",
        """样例烘焙坊早市公告
昨天剩下的面包过期下架，今天的现烤面包过八点开卖。
本店原料通过环保过滤，奶油来自中国北部牧场。
安全国标我们每季度送检一次，报告贴在门口。
""",
    ),
    Copy(
        "registrations/appraisal.txt",
        "registration",
        "business registration: a listed word in the name, qualification business in the scope",
        """统一社会信用代码：9100000000000000XX
名称：云川启智职业技能鉴定有限公司
类型：有限责任公司
住所：云川市虚构路133号
经营范围：职业资格考试、发证；会议服务
""",
        mentions(
            (UNFILED, "职业技能鉴定"),
            (TITLED, "职业资格", "职业资格考试、发证"),
        ),
    ),
    Copy(
        "registrations/centre-gd.txt",
        "registration",
        "Guangdong: a company that calls itself a centre of skill-level evaluation",
        """名称：云川湾畔职业技能等级评价中心有限公司
类型：有限责任公司
经营范围：企业管理咨询；技能类资格证书的培训考试及发证
""",
        mentions(
            (
                GD_REGISTRATION,
                "职业技能等级鉴定(建设/评价)中心",
                "职业技能等级评价中心",
            ),
            (
                GD_REGISTRATION,
                "技术技能类资格证书培训考试发证",
                "技能类资格证书的培训考试及发证",
            ),
        ),
        "GD",
    ),
    Copy(
        "registrations/lawful-school.txt",
        "registration",
        "lawful: a licensed school",
        """统一社会信用代码：9100000000000000XX
名称：青屿市蓝湾职业培训学校有限公司
住所：青屿市样例大道141号
许可项目：营利性民办职业技能培训机构（经批准后方可开展经营活动）
一般项目：会议及展览服务；图书零售
""",
    ),
    Copy(
        "registrations/lawful-furniture.txt",
        "registration",
        "lawful and off the subject",
        """名称：临汐木语家具有限公司
类型：有限责任公司（自然人独资）
住所：临汐市样例大道149号
经营范围：家具制造；家具零售；木材加工；货物进出口
""",
    ),
)


def _sample(copy: Copy) -> Sample:
    expected = Expected(
        kind=copy.kind,
        lines=tuple(line for line in copy.text.splitlines() if line),
        note=copy.note,
        violations=copy.violations,
        jurisdiction=copy.jurisdiction,
        known_failures=copy.known_failures,
    )
    return Sample(copy.text.encode(), expected)


MAKERS: Makers = {copy.path: partial(_sample, copy) for copy in COPIES}
