"""Web pages: what a visitor reads, what he does not see, and what markup must not part."""

from __future__ import annotations

import pytest

from detector.errors import ProblemCode
from detector.model import PassageKind


@pytest.fixture
def page(read):
    """Read a page; give the texts of each kind, in order."""

    def read_page(source: str) -> dict[str, list[str]]:
        texts: dict[str, list[str]] = {}
        for one in read("a.html", source.encode()).passages:
            texts.setdefault(one.kind, []).append(one.text)
        return texts

    return read_page


def test_each_sort_of_text_is_a_passage_of_its_own_in_a_fixed_order(read):
    source = """<!doctype html><html><head><title>考证 | 包过</title>
      <meta name="description" content="国家认可"><meta property="og:title" content="全国通用">
      <meta name="viewport" content="width=device-width">
      <script type="application/ld+json">{"@type": "Course", "name": "保过班"}</script></head>
      <body><img alt="国徽" src="x.png"><p>报名</p><div hidden>暗处</div></body></html>"""
    passages = read("a.html", source.encode()).passages
    assert [(one.kind, one.text) for one in passages] == [
        (PassageKind.TITLE, "考证 | 包过"),
        (PassageKind.META, "国家认可"),
        (PassageKind.META, "全国通用"),
        (PassageKind.BODY, "报名"),
        (PassageKind.ALT, "国徽"),
        (PassageKind.HIDDEN, "暗处"),
        (PassageKind.JSON_LD, "保过班"),
    ]
    assert [one.index for one in passages] == list(range(7))


BODIES = {
    "markup within a word": ("<p>包<b>过</b>班</p>", "包过班"),
    "nested markup within a word": ("<p>国<span><i>家</i></span>认可</p>", "国家认可"),
    "a comment within a word": ("<p>包<!-- x -->过</p>", "包过"),
    "a break hint within a word": ("<p>包<wbr>过</p>", "包过"),
    "blocks": ("<div>一<p>二</p>三</div><h2>四</h2>", "一\n二\n三\n四"),
    "spans made blocks": ('<span style="display:block">一</span><span>二</span>', "一\n二"),
    "a line break": ("一<br>二<br><br>三", "一\n二\n\n三"),
    "a list": ("<ul><li>一<li>二</ul>", "一\n二"),
    "a table": ("<table><tr><td>姓名<td>张三<tr><td>证号<td>44</table>", "姓名\t张三\n证号\t44"),
    "white space": ("<p>  一 \n\n 二\t三  </p>", "一 二 三"),
    "white space that is kept": ("<pre>一\n  二</pre>", "一\n  二"),
    "entities": ("<p>&#21253;&#x8fc7;&nbsp;&lt;b&gt;</p>", "包过\xa0<b>"),
    "a character without width": ("<p>包&#8203;过</p>", "包\u200b过"),
    "buttons": ('<input type="submit" value="报名"><button>咨询</button>', "报名\n咨询"),
    "options": ("<select><option>甲<option>乙</select>", "甲\n乙"),
    "scripts and styles": ("<p>一</p><script>var a='包过'</script><style>p{}</style>", "一"),
    "unclosed and crossed tags": ("<div><p>包<b>过</div></b>班", "包过\n班"),
    "pinyin above a word": (
        "<ruby>包<rt>bāo</rt>过<rt>guò</rt></ruby>班",
        "包(bāo)过(guò)班",
    ),
    "pinyin with brackets of its own": (
        "<ruby>包<rp>(</rp><rt>bāo</rt><rp>)</rp></ruby>过",
        "包(bāo)过",
    ),
    "no tags": ("只有文字", "只有文字"),
    "a comment that holds tags": ("<p>包<!-- <div hidden>暗</div> -->过</p>", "包过"),
    "text that looks like attributes": (
        '<p>包 class="x" &lt;b hidden=""&gt; 过</p>',
        '包 class="x" <b hidden=""> 过',
    ),
    "text that looks like an entity": ("<p>&amp;lt;包&amp;nbsp;过</p>", "&lt;包&nbsp;过"),
    "tags that are text": ("<xmp>包<b>过 &amp;</xmp>班", "包<b>过 &amp;\n班"),
    "white space kept beside folded": ("一 <pre>\n\n  二\r\n</pre> \n三", "一\n\n  二\n三"),
    "tags of unknown names": ("<x-a>包</x-a><x-b hiddenx>过</x-b>", "包过"),
    "an empty cell": ("<table><tr><td>一<td><td>三<td></table>二", "一\t\t三\t\n二"),
    "nested tags of one odd name": (
        '<span style="display:block">一<span>二</span>三</span>四',
        "一二三\n四",
    ),
    "tags nested deeper than calls may be": ("<div>" * 5000 + "深", "深"),
}


@pytest.mark.parametrize(("source", "text"), BODIES.values(), ids=BODIES)
def test_the_body_reads_as_on_the_screen(page, source, text):
    assert page(source) == {"body": [text]}


def test_something_unseen_does_not_part_a_word(page):
    source = '<p>包<i style="display:none">x</i>过</p>'
    assert page(source) == {"body": ["包过"], "hidden": ["x"]}


UNSEEN = {
    "hidden": "<p hidden>暗</p>",
    "display": '<div style="display: none !important">暗</div>',
    "visibility": '<p style="visibility:hidden">暗</p>',
    "opacity": '<p style="opacity:0">暗</p>',
    "size": '<p style="font-size:0">暗</p>',
    "tiny": '<p style="font-size:0.5px">暗</p>',
    "far off": '<p style="position:absolute;left:-9999px">暗</p>',
    "indented away": '<p style="text-indent:-999em">暗</p>',
    "clipped": '<p style="position:absolute;clip:rect(0,0,0,0)">暗</p>',
    "shut": '<div style="height:0;overflow:hidden">暗</div>',
    "without colour": '<p style="color:transparent">暗</p>',
    "without scripts": "<noscript>暗</noscript>",
}


@pytest.mark.parametrize("source", UNSEEN.values(), ids=UNSEEN)
def test_what_nobody_sees_is_read_apart(page, source):
    assert page(f"<body><p>明</p>{source}</body>") == {"body": ["明"], "hidden": ["暗"]}


SEEN = {
    "made visible inside": '<p style="visibility:hidden"><b style="visibility:visible">明</b></p>',
    "made large inside": '<div style="font-size:0"><b style="font-size:14px">明</b></div>',
    "coloured inside": '<div style="color:transparent"><b style="color:red">明</b></div>',
    "letters cut out of a picture": '<h1 style="background-clip:text;color:transparent">明</h1>',
    "hidden from screen readers only": '<p aria-hidden="true">明</p>',
    "cut at its border": '<div style="height:20px;overflow:hidden">明</div>',
    "grown beyond no height": '<div style="height:0">明</div>',
    "indented": '<p style="text-indent:2em;margin-left:-10px;opacity:.5">明</p>',
}


@pytest.mark.parametrize("source", SEEN.values(), ids=SEEN)
def test_what_a_visitor_sees_counts_as_seen(page, source):
    assert page(source) == {"body": ["明"]}


def test_words_of_attributes_are_read_once_and_addresses_are_not(page):
    source = """<img alt="包过"><img alt="包过"><a title="全国通用" href="/x">一</a>
      <img alt="https://example.com/a.png"><img alt="https://example.com 报名">
      <input placeholder="搜证书"><input type="hidden" value="暗">
      <svg><title>国徽</title></svg><i aria-label="官方认证"></i>"""
    assert page(source)["alt"] == [
        "包过",
        "全国通用",
        "https://example.com 报名",
        "搜证书",
        "国徽",
        "官方认证",
    ]


def test_what_stands_in_one_attribute_is_not_taken_for_another(page):
    source = """<p title=' alt="包" hidden style="display:none"'>一</p><br alt="无">"""
    assert page(source) == {"body": ["一"], "alt": ['alt="包" hidden style="display:none"']}


def test_what_is_hidden_and_what_is_shown_within_it_lie_apart(page):
    source = """<p style="visibility:hidden">甲<b style="visibility:visible">乙
      <i hidden>丙</i></b>丁<img alt="戊"></p>己"""
    assert page(source) == {"body": ["乙 己"], "hidden": ["丙", "戊", "甲丁"]}


def test_attributes_of_what_is_hidden_are_hidden(page):
    assert page('<div hidden><img alt="包过"></div>') == {"hidden": ["包过"]}


JSON_LD = {
    "nested values": ('{"a": {"b": ["甲", {"c": "乙"}]}, "n": 5}', "甲\n乙"),
    "types and addresses": ('{"@type": "Course", "url": "https://a.cn/b", "name": "甲"}', "甲"),
    "no valid JSON": ("{'name': '甲',}", "{'name': '甲',}"),
}


@pytest.mark.parametrize(("source", "text"), JSON_LD.values(), ids=JSON_LD)
def test_values_of_structured_data_are_read(page, source, text):
    found = page(f'<script type="application/ld+json">{source}</script>')
    assert found == {"json-ld": [text]}


DECLARED = {
    "gbk": "gbk",
    "gb2312, as old pages say": "gb2312",
    "nothing": "",
    "utf-8, wrongly": "utf-8",
    "latin, wrongly": "iso-8859-1",
    "no encoding at all": "klingon",
}


@pytest.mark.parametrize("declared", DECLARED.values(), ids=DECLARED)
def test_a_page_in_gbk_is_read_whatever_it_declares(read, declared):
    text = "健康管理师新班开课，包过，想学的私信报名"
    source = f'<html><head><meta charset="{declared}"></head><body><p>{text}</p></body></html>'
    document = read("a.html", source.encode("gb18030"))
    assert document.passages[0].text == text
    assert document.problems == ()


@pytest.mark.parametrize("declared", ["gb2312", "big5", "iso-8859-1"])
def test_a_page_in_utf_8_is_read_whatever_it_declares(read, declared):
    source = f'<meta http-equiv="Content-Type" content="text/html; charset={declared}"><p>包过</p>'
    assert read("a.html", source.encode()).passages[0].text == "包过"


def test_a_declared_encoding_decides_where_few_bytes_would_not(read):
    source = '<?xml version="1.0" encoding="Big5"?><html><body>聯通</body></html>'
    assert read("a.html", source.encode("big5")).passages[0].text == "聯通"


def test_bad_bytes_in_a_page_are_a_problem(read):
    data = "<p>职业培训学校开班招生".encode() + b"\xff" + "包过</p>".encode()
    document = read("a.html", data)
    assert document.passages[0].text == "职业培训学校开班招生\ufffd包过"
    assert [one.code for one in document.problems] == [ProblemCode.BAD_ENCODING]


def test_a_page_without_words_says_that_nothing_was_read(read):
    document = read("a.html", b"<!doctype html><html><body><img src=x></body></html>")
    assert [one.code for one in document.problems] == [ProblemCode.NO_TEXT]
