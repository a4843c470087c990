"""What the pages say, put together from lists. Persons, bodies, numbers and sites are invented."""

from __future__ import annotations

import random
import re
from collections.abc import Sequence

from benchmarks.drawn import traditional
from benchmarks.drawn.truth import host_of

# Listed terms that the pages bear, longest first where one holds another.
LISTED = (
    "中华人民共和国", "专业技术职务", "职业技能等级", "职业技能鉴定", "专项职业能力",
    "零基础包拿证", "轻松月入过万", "不过退费", "不过包退", "职业资格", "人员资格", "岗位合格",
    "岗位凭证", "积分入户", "积分落户", "不限年龄", "不限专业", "官方认证", "权威证书",
    "政府主推", "就业凭证", "录用依据", "内部推荐", "逢考必过", "保证拿证", "高薪入职", "国务院",
    "人社部", "工信部", "教育部", "包拿证", "包取证", "无门槛", "零门槛", "高补贴", "高收入",
    "包过", "保过", "必过", "稳过", "免考", "代考", "替考", "速成", "挂靠", "国家", "全国",
    "中国", "中华",
)  # fmt: skip
_LISTED = re.compile("|".join(sorted((*LISTED, *traditional.LISTED), key=len, reverse=True)))

PLACES = (
    "云川", "临汐", "青屿", "粤东", "蓝湾", "东桥", "北麓", "汉渠", "南岭湾", "松江源", "望海",
    "泉山",
)  # fmt: skip
TRADES = (
    "匠才", "匠艺", "众才", "英才", "启航", "致远", "博学", "鸿业", "远航", "新程", "德馨",
    "百工",
)  # fmt: skip
BODIES = (
    "{a}{b}职业技能评价有限公司", "{a}市{b}职业培训学校", "{a}{b}教育科技有限公司",
    "{a}人力资源服务集团", "{a}市技师学院", "{a}{b}人才评价中心", "{a}{b}职业技能培训中心",
    "{a}市{b}企业管理咨询有限公司",
)  # fmt: skip
BOASTING = (
    "全国{a}职业能力评审委员会", "中华{a}{b}评价中心", "国家{a}岗位培训管理办公室",
    "中国{a}人才技能考评中心", "中国{a}高级人才评审委员会", "全国{b}职业教育考试管理中心",
    "中华{b}人才协会", "国家{b}人才测评办公室",
)  # fmt: skip
FAMILY = "赵钱孙李周吴郑王冯陈沈韩杨朱秦许何吕张孔曹严华金魏陶姜谢邹苏潘葛范彭郎鲁韦马苗方任袁柳"
GIVEN = (
    "示例", "样张", "试读", "例本", "范本", "样文", "试样", "例子", "示范", "文例", "样", "例",
    "试", "范例",
)  # fmt: skip
OCCUPATIONS = (
    "中式面点师", "电工", "焊工", "养老护理员", "保育师", "中式烹调师", "公共营养师",
    "健康管理师", "茶艺师", "企业人力资源管理师", "消防设施操作员", "育婴员", "家政服务员",
    "美容师", "汽车维修工", "物业管理师", "收纳整理师", "碳排放管理师", "心理咨询师",
    "仓储设备点检员", "无人机驾驶员", "劳动关系协调员", "砌筑工", "起重装卸机械操作工",
    "眼镜验光员", "互联网营销师", "电子商务师",
)  # fmt: skip
DIRECTIONS = ("--", "无", "船舶电工", "西式面点", "新能源汽车维修", "直播销售员", "钢筋焊接")
LEVELS = ("五级/初级工", "四级/中级工", "三级/高级工", "二级/技师", "一级/高级技师")
GRADES = ("初级", "中级", "高级", "三级", "二级", "一级")
DEGREES = ("初中", "高中", "中专", "大专", "本科", "研究生")
PURPOSES = ("证书专用章", "评审专用章", "培训专用章", "考核专用章", "发证专用章", "业务专用章")

BAD_TITLES = (
    "职业技能鉴定证书", "注册职业资格证书", "岗位合格证书", "专业技术职务任职资格证书",
    "职业资格证书", "国家职业资格证书", "专项职业能力证书", "从业人员资格证书",
    "全国岗位能力证书", "职业技能岗位凭证", "中国职业技能证书",
)  # fmt: skip
PLAIN_TITLES = (
    "培训合格证书", "结业证书", "岗位能力培训证书", "聘书", "荣誉证书", "学习证明",
    "继续教育证书", "技能竞赛获奖证书",
)  # fmt: skip
ENGLISH = (
    "CERTIFICATE OF VOCATIONAL SKILL", "Certificate of Professional Training",
    "TRAINING CERTIFICATE", "Certificate of Completion", "VOCATIONAL QUALIFICATION CERTIFICATE",
    "Certificate of Honor",
)  # fmt: skip
BAD_CLAIMS = (
    "本证书全国通用，终身有效。", "经国家统一考核，成绩合格。",
    "本证书可作为就业凭证和录用依据。", "由人社部备案，全国联网可查。",
    "具备相应职业资格，准予从业。", "经全国统一考试合格，特发此证。",
    "持证人符合国家职业标准要求。", "由工信部人才中心监制。",
    "可作为执业、应聘和评定专业技术职务的依据。", "该证书由教育部认可，可用于积分落户。",
    "遵照国务院有关规定制发本证书。",
)  # fmt: skip
PLAIN_CLAIMS = (
    "修完规定课程，经考核成绩合格，准予结业。", "本证书仅证明参加本校培训的经历。",
    "培训期间遵守纪律，学习认真。", "特发此证，以资鼓励。", "共计六十学时，成绩良好。",
    "经评审，授予优秀学员称号。", "本证明不作为其他用途。", "完成全部实操课程，成绩优良。",
)  # fmt: skip
HEADLINES = (
    "健康管理师", "养老护理员", "消防设施操作员", "考证也能领福利", "零基础考证班",
    "技能提升行动", "电工焊工取证", "秋季招生开始啦", "心理咨询师特训营", "公共营养师报名",
    "一证在手就业不愁", "月嫂育婴师培训",
)  # fmt: skip
BAD_ADS = (
    "签约保过，不过退费", "零基础包拿证，最快七天", "工信部认证，国家认可", "全国通用，终身有效",
    "包过班火热报名中", "不限年龄，不限专业", "拿证即可积分入户", "高补贴，最多可领三千元",
    "无门槛，小白均可报名", "官方认证，权威证书", "政府主推项目", "轻松月入过万不是梦",
    "免考直出，内部推荐", "人社部证书，中国职业教育网可查", "逢考必过，老师押题",
    "证书可挂靠，高薪入职", "七天速成，稳过", "一次必过，保证拿证",
)  # fmt: skip
PLAIN_ADS = (
    "小班教学，名额有限", "理论与实操相结合", "周末班、晚班可选", "资深讲师一对一答疑",
    "教材免费，课后可回看", "报名即送精品题库", "团报三人享优惠", "学习时间自由安排",
    "线上线下同步开课", "通过率以考核结果为准", "结业后推荐实习单位", "电话咨询：0000-0000018",
    "开班时间：每月10日和20日", "地址：临汐市虚构路18号三楼", "学费：1980元，分期可谈",
    "报名热线：0000-0000034", "课程由专业团队研发",
)  # fmt: skip
ASKED = (
    "老师您好，这个证好考吗？", "证书有用吗，网上查得到不？", "多少钱一位？",
    "没有基础可以报名吗？", "我只有初中学历，行不行", "什么时候开班呀", "好的，我考虑一下",
    "可以开发票吗？", "需要去现场考试吗？", "那我先转定金给您", "在吗？想咨询一下电工证",
    "请问要准备什么材料？",
)  # fmt: skip
ANSWERED = (
    "亲，很简单的，我们走内部协议，包过的哦", "国家承认，全国联网可查，您放一百个心",
    "团报价1680，今天定的话再送一本人社部的技能证书", "不用来上课，我们老师全程代考",
    "身份证照片发我，三天出证", "这个是工信部发的，含金量很高", "不过退费，签协议的",
    "您可以参加本校的周末班，学完再考", "材料就是身份证和两寸照片",
    "考试由评价机构组织，我们只做培训", "拿证以后可以积分落户，还有高补贴",
    "零门槛，不限年龄，放心报", "最近名额不多了，要抓紧", "开班时间是下个月10日，地址在蓝湾路",
)  # fmt: skip
CHAT_NAMES = (
    "云川捷证-小林老师", "考证顾问阿杰", "青屿众才教育", "王老师（报名处）", "文件传输助手",
    "技能培训2群(186)",
)  # fmt: skip
# Sites of bodies of their own, and sites that pass for the state's.
PLAIN_HOSTS = (
    "www.zs-chaxun.example", "cx.yunchuan-edu.example", "jiangcai.test",
    "m.lanwan-peixun.example",
)  # fmt: skip
FALSE_HOSTS = (
    "www.osta-gov.example", "zscx.mohrss-gov.example", "rsbu-gov-cn.test",
    "www.china-zhengshu.example", "cx.gov-osta.test", "jndj.osta-org.example",
    "guojia-zyzg.example",
)  # fmt: skip
STANDARD_HOSTS = ("zscx.osta.org.cn", "jndj.osta.org.cn")


def listed_in(text: str) -> list[str]:
    """Return the listed terms that stand in a text, one after the other, as notices write them."""
    return [traditional.LISTED.get(term, term) for term in _LISTED.findall(text)]


def body(chance: random.Random, boasting: bool = False) -> str:
    """Invent a body; a boasting one bears a listed word."""
    form = chance.choice(BOASTING if boasting else BODIES)
    return form.format(a=chance.choice(PLACES), b=chance.choice(TRADES))


def host_in(address: str) -> str:
    """Return the host of an address, as certificates print it."""
    return host_of(address)


# Codes of provinces (GB/T 2260), and days of birth of nobody.
PROVINCES = ("11", "13", "23", "32", "35", "41", "44", "51", "61", "65")
BIRTHDAYS = ("19790214", "19840930", "19900101", "19951112")


def person(chance: random.Random) -> str:
    """Invent a person."""
    return chance.choice(FAMILY) + chance.choice(GIVEN)


def identity(chance: random.Random) -> str:
    """Return a number that belongs to nobody: of no region, and most often covered."""
    tail = f"{chance.randint(0, 9999):04d}"
    whole = f"000000{chance.choice(BIRTHDAYS)}{tail[:3]}"
    return chance.choice(
        (f"000000********{tail}", whole + _check(whole), f"000000********{tail[:3]}X")
    )


def _check(digits_before: str) -> str:
    """Return the check character of an identity number (GB 11643)."""
    total = sum(2 ** (17 - at) * int(digit) for at, digit in enumerate(digits_before))
    return "10X98765432"[total % 11]


def digits(chance: random.Random, count: int) -> str:
    """Return so many digits."""
    return "".join(chance.choices("0123456789", k=count))


def number(chance: random.Random) -> str:
    """Return a certificate number of no standard form."""
    year = chance.randint(2016, 2025)
    lead, count = chance.choice(
        ((f"YC-{year}-", 6), ("LX", 13), ("NO.", 8), (f"{year}", 10), ("ZJ", 9))
    )
    return lead + digits(chance, count)


def standard_number(chance: random.Random, letter: str, year: int, level: int) -> str:
    """Return a number in the standard form: a letter and 21 digits."""
    place = f"0000{chance.choice(PROVINCES)}99{digits(chance, 4)}"
    return f"{letter}{place}{year % 100}{level}{digits(chance, 6)}"


def day(chance: random.Random, year: int = 0) -> str:
    """Return a date, of any year where none is given, now and then in Chinese numerals."""
    year = year or chance.randint(2016, 2025)
    month, of = chance.randint(1, 12), chance.randint(1, 28)
    if chance.random() < 0.2:
        return f"{written_year(year)}年{_count(month)}月{_count(of)}日"
    return f"{year}年{month}月{of}日"


def written_year(year: int) -> str:
    """Return a year in Chinese numerals."""
    return "".join("〇一二三四五六七八九"[int(digit)] for digit in str(year))


def _count(value: int) -> str:
    tens, ones = divmod(value, 10)
    return ("", "十", "二十")[tens] + ("一二三四五六七八九"[ones - 1] if ones else "")


def wrap(text: str, room: int) -> list[str]:
    """Break a text into lines of at most `room` characters; no line begins with a sign."""
    lines: list[str] = []
    while len(text) > room:
        cut = room
        while cut > 1 and text[cut] in "，。、；：！？）”’":
            cut -= 1
        lines.append(text[:cut])
        text = text[cut:]
    return [*lines, text]


def proof(chance: random.Random, lawful: bool) -> str:
    """Write what a certificate says of a person."""
    start, end = sorted((chance.randint(1, 11), chance.randint(2, 12)))
    work = chance.choice(OCCUPATIONS)
    year = chance.randint(2016, 2025)
    opening = chance.choice((
        f"{person(chance)} 同志于{year}年{start}月至{end}月参加“{work}”培训，",
        f"兹证明{person(chance)}（证件号码{identity(chance)}）参加{work}培训，",
        f"{person(chance)} 学员在我单位完成{work}课程的学习，",
    ))  # fmt: skip
    claims = (
        chance.sample(PLAIN_CLAIMS, 2)
        if lawful
        else [chance.choice(PLAIN_CLAIMS), *chance.sample(BAD_CLAIMS, 2)]
    )
    return opening + "".join(claims)


def address(chance: random.Random, hosts: Sequence[str]) -> str:
    """Return an address where a certificate is said to be found."""
    host = chance.choice(hosts)
    path = chance.choice(
        (
            "",
            "/",
            "/q?no=" + digits(chance, 10),
            "/cert/" + digits(chance, 6),
            "/zs.html?id=" + digits(chance, 8),
        )
    )
    return chance.choice(("http://", "https://")) + host + path
