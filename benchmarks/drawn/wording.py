"""What one certificate says: title, persons, claims, who issued it and where to ask."""

from __future__ import annotations

import random
from typing import NamedTuple

from benchmarks.drawn import texts, traditional


class Wording(NamedTuple):
    """The texts of a certificate; `site` is the address in its code, empty without one."""

    title: str
    english: str
    prose: str
    pairs: tuple[tuple[str, str], ...]
    issuer: str
    day: str
    seal: str
    purpose: str
    site: str
    note: str
    state: str = ""


def simplified(chance: random.Random, lawful: bool) -> Wording:
    """Word a certificate that offends the notices, or one that does not."""
    issuer = texts.body(chance, boasting=not lawful and chance.random() < 0.7)
    hosts = texts.PLAIN_HOSTS if lawful else texts.FALSE_HOSTS
    site = texts.address(chance, hosts) if chance.random() < 0.7 else ""
    return Wording(
        chance.choice(texts.PLAIN_TITLES if lawful else texts.BAD_TITLES),
        chance.choice(texts.ENGLISH) if chance.random() < 0.6 else "",
        texts.proof(chance, lawful),
        _pairs(chance, site),
        issuer,
        texts.day(chance),
        issuer,
        chance.choice(texts.PURPOSES),
        site,
        chance.choice(("扫码验证", "扫码查询证书信息", "证书查询")),
        "中华人民共和国" if not lawful and chance.random() < 0.45 else "",
    )


def _pairs(chance: random.Random, site: str) -> tuple[tuple[str, str], ...]:
    pool = [
        ("性别", chance.choice("男女")),
        ("出生日期", f"{chance.randint(1965, 2003)}年{chance.randint(1, 12)}月"),
        ("文化程度", chance.choice(texts.DEGREES)),
        ("证件号码", texts.identity(chance)),
        ("职业名称", chance.choice(texts.OCCUPATIONS)),
        ("职业等级", chance.choice(texts.GRADES)),
        ("理论成绩", str(chance.randint(60, 99))),
        ("实操成绩", str(chance.randint(60, 99))),
        ("评定结果", chance.choice(("合格", "良好", "优秀"))),
    ]
    kept = sorted(chance.sample(range(len(pool)), chance.randint(3, 6)))
    pairs = [("姓名", texts.person(chance)), *(pool[i] for i in kept)]
    pairs.append(("证书编号", texts.number(chance)))
    if site and chance.random() < 0.6:
        pairs.append(("查询网址", texts.host_in(site)))
    return tuple(pairs)


def traditional_form(chance: random.Random) -> Wording:
    """Word a certificate in traditional characters."""
    issuer = chance.choice(traditional.BODIES)
    return Wording(
        chance.choice(traditional.TITLES),
        chance.choice(texts.ENGLISH) if chance.random() < 0.7 else "",
        chance.choice(traditional.OPENINGS).format(name=chance.choice(traditional.PERSONS))
        + "".join(chance.sample(traditional.CLAIMS, 2)),
        (
            ("姓名", chance.choice(traditional.PERSONS)),
            ("職業名稱", chance.choice(traditional.OCCUPATIONS)),
            ("等級", chance.choice(("初級", "中級", "高級"))),
            ("證書編號", texts.number(chance)),
        ),
        issuer,
        texts.day(chance),
        issuer,
        chance.choice(traditional.PURPOSES),
        texts.address(chance, texts.FALSE_HOSTS) if chance.random() < 0.5 else "",
        "掃碼查詢",
    )
