"""HTML pages in several encodings, offending and lawful. Everything named is invented."""

from __future__ import annotations

from functools import partial
from typing import NamedTuple

from samples.expected import (
    PUBLICITY,
    UNFILED,
    WORDS,
    Expected,
    Makers,
    Sample,
    Violation,
    mentions,
)


class Page(NamedTuple):
    """A page, the encoding of its file, the sentences a reader must find, and the verdict.

    A page that promotes is an ad, whatever its channel; news, notices and the like are web.
    """

    path: str
    kind: str
    encoding: str
    note: str
    html: str
    reads: tuple[str, ...]
    violations: tuple[Violation, ...] = ()


PAGES = (
    Page(
        "pages/traditional-pinyin.html",
        "ad",
        "utf-8",
        "traditional characters spoilt by a converter, with pinyin in brackets after many of them",
        """<!DOCTYPE html>
<html lang="zh-CN">
<head><meta charset="utf-8">
<title>碳排放管理師崗位培訓招生-職業(ye)技能學(xue)習(xi)網</title></head>
<body>
<h1>碳排放管理師崗位培訓招生 | 職業(ye)技能學(xue)習(xi)網</h1>
<p>發布日期:2023-07-06 08:07&nbsp;來源:雲川眾才教育</p>
<p>　　本期培訓麵向企業(ye)管理人員(yuan) ,結業(ye)後發給證書(shu) ,國(guo)家(jia)承認(ren) 。</p>
<p>　　證書(shu) 信息錄入人才庫,全(quan)國(guo)聯(lian)網(wang)可查(cha) ,長期有(you)效(xiao) 。</p>
<p>　　簽(qian) 約(yue) 學(xue)員(yuan) 包(bao)過(guo),一次交費,資(zi)料終身更新。</p>
<p>　　工(gong)信(xin)部(bu)專(zhuan) 家全程授課,名額(e)有限。</p>
<p>聯(lian) 係電(dian) 話:0000-0000157</p>
</body>
</html>
""",
        (
            "結業(ye)後發給證書(shu) ,國(guo)家(jia)承認(ren) 。",
            "全(quan)國(guo)聯(lian)網(wang)可查(cha)",
            "包(bao)過(guo),一次交費",
            "工(gong)信(xin)部(bu)專(zhuan) 家全程授課",
        ),
        mentions(
            (PUBLICITY, "国家", "國(guo)家(jia)"),
            (PUBLICITY, "全国", "全(quan)國(guo)"),
            (PUBLICITY, "包过", "包(bao)過(guo)"),
            (PUBLICITY, "×××部", "工(gong)信(xin)部(bu)"),
        ),
    ),
    Page(
        "pages/agency-gb18030.html",
        "ad",
        "gb18030",
        "GB18030 with a meta charset; one character needs the four-byte form",
        """<html>
<head>
<meta http-equiv="Content-Type" content="text/html; charset=gb18030">
<title>云川捷证咨询 - 技能证书报名</title>
</head>
<body>
<h1>技能证书报名入口</h1>
<table>
<tr><td>项目</td><td>说明</td></tr>
<tr><td>收纳整理师</td><td>中华云川匠才评价中心颁发，全国联网</td></tr>
<tr><td>家庭教育指导师</td><td>国家级证书，保过</td></tr>
</table>
<p>咨询：㐱老师 0000-0000165</p>
</body>
</html>
""",
        (
            "技能证书报名入口",
            "中华云川匠才评价中心颁发，全国联网",
            "国家级证书，保过",
            "咨询：㐱老师 0000-0000165",
        ),
        mentions(
            (PUBLICITY, "中华"),
            (PUBLICITY, "全国"),
            (PUBLICITY, "国家"),
            (UNFILED, "保过"),
        ),
    ),
    Page(
        "pages/hidden-places.html",
        "ad",
        "utf-8",
        "listed words in the title, the description, structured data, an alt text and hidden text",
        """<!DOCTYPE html>
<html lang="zh-CN">
<head>
<meta charset="utf-8">
<title>收纳整理师考证_全国通用证书报名</title>
<meta name="description" content="国家认可的收纳整理师证书，三步完成报名。">
<script type="application/ld+json">
{"@context": "https://schema.org", "@type": "Course", "name": "收纳整理师培训",
 "description": "人社部认证课程，结业发证。"}
</script>
<style>.quiet { display: none }</style>
</head>
<body>
<h1>收纳整理师培训</h1>
<p>线上学习，每周两课，结业发给本公司培训证明。</p>
<img src="banner.png" alt="签约学员包过">
<div class="quiet">职业资格证书报名通道</div>
<p style="display:none">收纳整理师考试保过班</p>
<p>青屿众才教育科技有限公司 电话0000-0000173</p>
</body>
</html>
""",
        (
            "收纳整理师考证_全国通用证书报名",
            "国家认可的收纳整理师证书，三步完成报名。",
            "人社部认证课程，结业发证。",
            "线上学习，每周两课，结业发给本公司培训证明。",
            "签约学员包过",
            "职业资格证书报名通道",
            "收纳整理师考试保过班",
        ),
        mentions(
            (PUBLICITY, "全国"),
            (PUBLICITY, "国家"),
            (PUBLICITY, "×××部", "人社部"),
            (PUBLICITY, "包过"),
            (WORDS, "职业资格"),
            (UNFILED, "保过"),
        ),
    ),
    Page(
        "pages/lawful-warning.html",
        "web",
        "utf-8",
        "lawful: a regulator's warning, which quotes what it warns of",
        """<!DOCTYPE html>
<html lang="zh-CN">
<head><meta charset="utf-8"><title>关于防范技能类山寨证书的风险提示</title></head>
<body>
<h1>关于防范技能类山寨证书的风险提示</h1>
<p>来源：临汐市人力资源和社会保障局　日期：2024年5月8日</p>
<p>近期，有不法机构打着“国家认可”“人社部颁发”的旗号招揽学员，并以“包过”为诱饵收取高额费用。</p>
<p>我局提示：凡声称无需考试即可取得证书的，均属虚假宣传，请勿相信，不要转账。</p>
<p>市民如发现上述行为，请拨打举报电话0000-0000181。</p>
</body>
</html>
""",
        (
            "关于防范技能类山寨证书的风险提示",
            "近期，有不法机构打着“国家认可”“人社部颁发”的旗号招揽学员",
            "凡声称无需考试即可取得证书的，均属虚假宣传",
        ),
    ),
    Page(
        "pages/lawful-filed-gb2312.html",
        "web",
        "gb2312",
        "lawful: a filed body publishes results; the page says GB2312",
        """<html>
<head>
<meta http-equiv="Content-Type" content="text/html; charset=gb2312">
<title>职业技能等级认定结果公示</title>
</head>
<body>
<h1>职业技能等级认定结果公示</h1>
<p>云川匠艺职业技能评价有限公司第三批次认定工作已经结束，理论和操作成绩均合格者共十八人。</p>
<p>公示期为五个工作日。对结果有异议的，可向云川市人社局反映。</p>
<p>证书信息可在技能人才评价证书联网查询系统查询。</p>
</body>
</html>
""",
        (
            "职业技能等级认定结果公示",
            "理论和操作成绩均合格者共十八人。",
            "证书信息可在技能人才评价证书联网查询系统查询。",
        ),
    ),
)


def _sample(page: Page) -> Sample:
    expected = Expected(
        kind=page.kind,
        lines=page.reads,
        note=page.note,
        violations=page.violations,
    )
    return Sample(page.html.encode(page.encoding), expected)


MAKERS: Makers = {page.path: partial(_sample, page) for page in PAGES}
