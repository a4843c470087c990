"""What a reader learns of the sites that a certificate, an advertisement or a code names."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from detector import Scanner
from detector.judge.hosts import find_hosts, may_hold_hosts
from detector.model import (
    Box,
    Document,
    Mark,
    MarkKind,
    Outcome,
    Passage,
    PassageKind,
    Point,
    Source,
)

SCANNER = Scanner(as_of=date(2026, 11, 25))
NOWHERE = Box(0, (Point(0, 0),) * 4)

HERE = Path(__file__).parent
LAWFUL = (HERE / "lawful_hosts.txt").read_text(encoding="utf-8").split()
IMITATIONS = (HERE / "imitating_hosts.txt").read_text(encoding="utf-8").split()


def said_of(text: str, kind: str = "certificate") -> list[tuple[str, str, str]]:
    findings = SCANNER.scan_text(text, kind).findings
    return [(f.rule, str(f.outcome), f.surface) for f in findings if f.rule.startswith("site.")]


def read_by_ocr(text: str, kind: PassageKind = PassageKind.OCR) -> list[tuple[str, str]]:
    passages = (Passage(0, PassageKind.BODY, "结业证书\n姓名：何某某"), Passage(1, kind, text))
    document = Document(Source("page.png"), passages, marks=(Mark(MarkKind.CODE, NOWHERE),))
    findings = SCANNER.scan_document(document, "certificate").findings
    return [(f.rule, str(f.outcome)) for f in findings if f.rule.startswith("site.")]


@pytest.mark.parametrize("host", LAWFUL)
def test_lawful_sites_are_not_called_imitations(host):
    assert Outcome.REPORT not in {outcome for _, outcome, _ in said_of(f"证书\n查询网址：{host}")}


@pytest.mark.parametrize("host", IMITATIONS)
def test_imitations_of_official_sites_are_reported(host):
    assert said_of(f"证书\n查询网址：{host}") == [("site.imitation", "report", host)]


@pytest.mark.parametrize("host", ["jndj.osta.org.cn", "cx.mem.gov.cn", "rsj.gz.gov.cn"])
def test_an_official_site_is_named_but_stands_dismissed(host):
    assert said_of(f"证书\n查询：{host}") == [("site.lookup", "dismissed", host)]


def test_a_private_site_for_looking_up_is_for_a_person_to_see():
    (found,) = SCANNER.scan_text("证书\n查询：www.zs-chaxun.example", "certificate").findings
    assert (found.rule, found.outcome) == ("site.lookup", Outcome.REVIEW)
    assert "不要在本机打开" in found.message
    assert "zs" in found.reasons[0].detail


def test_a_site_that_nothing_says_is_for_looking_up_is_left_alone():
    assert said_of("结业证书\n校址：某路 1 号，网站 www.zhixing-school.example") == []


def test_what_a_code_says_is_judged_like_printed_words_and_without_doubt_of_reading():
    code = PassageKind.CODE
    assert read_by_ocr("https://jndj.0sta.org.cn/c?id=1", code) == [("site.imitation", "report")]
    assert read_by_ocr("https://t.cn/A6xyz", code) == [("site.lookup", "review")]
    assert read_by_ocr("WIFI:S:office;T:WPA;P:12345678;;", code) == []


def test_a_letter_that_ocr_may_have_misread_is_no_proof():
    assert read_by_ocr("查询：jndj.0sta.org.cn") == [("site.imitation", "review")]
    assert read_by_ocr("查询：jndj-osta.cn.net") == [("site.imitation", "report")]


def test_who_warns_of_an_imitation_is_not_reported():
    warning = "提醒广大考生：近日有人开设假网站 www.mohrss-gov.cn 骗取报名费，请勿上当"
    assert Outcome.REPORT not in {outcome for _, outcome, _ in said_of(warning, "web")}
    assert Outcome.REPORT not in {outcome for _, outcome, _ in said_of(warning, "ad")}
    offer = "考证培训，证书查询 www.mohrss-gov.cn，报名从速"
    assert said_of(offer, "ad") == [("site.imitation", "report", "www.mohrss-gov.cn")]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("查询：http://jndj.osta.org.cn\n机构：http://pjjg.osta.org.cn",
         ["jndj.osta.org.cn", "pjjg.osta.org.cn"]),
        ("ww w. zs-chaxun .com", ["www.zs-chaxun.com"]),
        ("网址 www.zs-chaxun\n.com", ["www.zs-chaxun.com"]),
        ("www.a-b.cn. Next line", ["www.a-b.cn"]),
        ("www.a-b.cn\n2023年10月", ["www.a-b.cn"]),
        ("ＷＷＷ．ＯＳＴＡ．ＯＲＧ．ＣＮ", ["www.osta.org.cn"]),
        ("osta。org。cn", ["osta.org.cn"]),
        ("http://203.0.113.9:8080/q", ["203.0.113.9"]),
        ("https://osta.org.cn@zs.example/a", ["zs.example"]),
        ("登录 zgrczs.net 输入", ["zgrczs.net"]),
        ("hr@zhixing.example，见 terms.csv；Dr. Chu；1. Product；V3.2.1", []),
        ("in class. It is online. So we go.\nNo. 12", []),
    ],
)  # fmt: skip
def test_hosts_are_found_as_scans_and_people_write_them(text, names):
    assert [host.name for host in find_hosts(text)] == names
    assert may_hold_hosts(text) or not names


def test_the_place_of_a_host_is_that_of_its_own_characters():
    text = "证书\n查询：ww w. zs-chaxun .com（扫码）"
    (host,) = find_hosts(text)
    assert text[host.span.start : host.span.end] == "ww w. zs-chaxun .com"


def test_long_texts_of_points_and_letters_take_no_time():
    text = "a." * 20_000 + "\n" + "a-" * 20_000 + "\n" + "www. " * 5_000 + "http://" + "b" * 9_000
    assert all(len(host.name) < 300 for host in find_hosts(text))
