"""report.html without a browser: what it says, and that nothing in it can act or reach out."""

from __future__ import annotations

import base64
import io
import re
from dataclasses import replace

from PIL import Image
from report_values import box, finding, full_report, no_pages, pages, picture, report_of, result

from detector.model import Mark, MarkKind, Outcome, Point, Problem, RegistryCheck, Standing
from detector.report.baseline import Baseline, hide_known
from detector.report.html_report import BATCH, render

HOSTILE = "<script>alert(1)</script>\"'><img src=x onerror=alert(2)>\u202e{{ 7*7 }}包过"


def check(name: str, standing: Standing, role: str = "发证机构") -> RegistryCheck:
    return RegistryCheck(name, role, standing, "")


def rows(page: str, group: str) -> list[list[str]]:
    """Return name, detail and the three numbers of each row of a plot."""
    plot = page[page.index(f'aria-labelledby="plot-{group}"') :].split("</section>")[0]
    return [
        [" ".join(re.sub(r"<[^>]+>", "", cell).split()) for cell in cells]
        for cells in re.findall(
            r"<b>(.*?)</b>(.*?)</button>.*?<td[^>]*>(\d+)</td><td[^>]*>(\d+)</td><td[^>]*>(\d+)</td>",
            plot,
            re.S,
        )
    ]


def test_it_is_self_contained():
    page = render(full_report(), pages)
    assert "default-src 'none'" in page
    addresses = re.findall(r'<[^>]*\b(?:src|href|action|srcset)="([^"]{1,20})', page)
    assert addresses
    assert all(address.startswith(("data:image/jpeg;", "#")) for address in addresses)
    assert not re.search(r"https?:|url\((?!#)|@import|<link|<base|<iframe", page)


def test_a_finding_shows_all_that_a_reader_needs():
    page = render(full_report(), pages)
    for words in (
        "“包过”",
        "人社部函〔2022〕25号 <b>一（二）</b>",
        "关于开展技术技能类“山寨证书”专项治理工作的通知",
        "虚假或夸大宣传的概要",
        "疑似违规",
        "需人工核实",
        "句子以机构自己的口气承诺",
        "须核对广告主与发布日期",
        "可写“提供考前辅导”",
        "第 2 页 · 第 1 段 · 2 行 8 列 · 识别把握 97%",
        "夹有零宽字符",
        '包<span class="unseen">U+200B</span>过',
    ):
        assert words in page.replace("&#34;", '"'), words


def test_dismissed_findings_are_hidden():
    page = render(full_report(), pages)
    cards = re.findall(r'<article class="finding \w+ (\w+)"[^>]*?( hidden)?>', page)
    assert [(outcome, bool(hidden)) for outcome, hidden in cards] == [
        ("report", False),
        ("review", False),
        ("dismissed", True),
        ("report", False),
        ("report", False),
    ]


def test_plots_count_findings_by_outcome():
    page = render(full_report(), pages)
    assert rows(page, "clause") == [
        ["人社部函〔2022〕25号 一（一）", "违规使用有关字样和标识", "1", "0", "0"],
        ["人社部函〔2022〕25号 一（二）", "虚假或夸大宣传", "2", "1", "1"],
        ["广东四部门2022年通知 二（二）", "虚假宣传", "1", "0", "0"],
    ]
    assert rows(page, "severity") == [
        ["程度高", "", "2", "0", "1"],
        ["程度中", "", "0", "1", "0"],
        ["程度低", "", "1", "0", "0"],
    ]
    assert rows(page, "kind") == [
        ["广告", "1 份", "1", "1", "1"],
        ["证书", "1 份", "2", "0", "0"],
    ]


def test_bars_are_as_long_as_their_counts():
    page = render(full_report(), pages)
    kinds = page[page.index('aria-labelledby="plot-kind"') :].split("</section>")[0]
    bars = re.findall(r'class="(\w+)" x="([\d.]+)%" width="([\d.]+)%"', kinds)
    assert bars == [
        ("report", "0.00", "33.33"),
        ("review", "33.33", "33.33"),
        ("dismissed", "66.67", "33.33"),
        ("report", "0.00", "66.67"),
    ]


def test_institutions_are_ranked_with_their_standing_and_the_rest_counted():
    found = finding("包过", "包过")
    named = [
        result(f"{n}.png", *[found] * (n + 1), registry=(check(f"机构{n}", Standing.UNLISTED),))
        for n in range(12)
    ]
    again = result("又.png", found, registry=(check("机构11", Standing.BLACK_LISTED),))
    page = render(report_of(*named, again, result("无.txt", found)), no_pages)
    institutions = rows(page, "institution")
    assert institutions[0] == ["机构11", "不在名单内、在黑名单内 · 2 份", "13", "0", "0"]
    assert [row[0] for row in institutions] == [f"机构{n}" for n in range(11, 1, -1)]
    assert "另有 2 家，可在筛选栏的“机构”中选择。" in page
    assert "另有 1 份有线索的材料没有读到机构名称。" in page


def test_a_seal_names_an_institution_only_where_no_print_does():
    found = finding("包过", "包过")
    printed = check("云川培训中心", Standing.NOT_CHECKED)
    misread = check("云川培训中人", Standing.NOT_CHECKED, "印章")
    sealed = check("青屿协会", Standing.NOT_CHECKED, "印章")
    report = report_of(
        result("1.png", found, registry=(printed, misread)),
        result("2.png", found, registry=(sealed,)),
    )
    names = [row[:2] for row in rows(render(report, no_pages), "institution")]
    assert names == [["云川培训中心", "未核对 · 1 份"], ["青屿协会", "未核对 · 1 份"]]


def page_picture(page: str, number: int, index: int) -> Image.Image:
    address = re.search(rf'id="page-{number}-{index}".*?src="data:[^,]*,([^"]+)"', page, re.S)[1]
    return Image.open(io.BytesIO(base64.b64decode(address))).convert("RGB")


def test_pages_are_drawn_without_boxes_which_lie_over_them():
    page = render(full_report(), pages)
    drawn, plain = page_picture(page, 2, 0), picture()
    assert drawn.size == plain.size
    assert min(drawn.getpixel((250, 58))) > 200  # where a box's line would be, the page is light
    boxes = re.findall(
        r'<a class="box (\w+) report" data-finding="(\d)" href="#finding-\d" aria-label="([^"]+)"',
        page,
    )
    assert boxes == [("low", "4", "线索 4：“中华人民共和国”"), ("high", "5", "线索 5：“包过”")]
    outline = re.search(r'data-finding="4" href.*?points="([^"]+)"', page, re.S)[1]
    assert outline == "98,58 402,58 402,90 98,90"


def test_boxes_are_turned_with_a_page_that_lies_on_its_side():
    # Text that runs upwards: its first corner is at the bottom left, the second above it.
    up = Point(100, 400), Point(100, 100), Point(130, 100), Point(130, 400)
    found = finding("包过", "包过", boxes=(replace(box(0, 0, 1, 1), polygon=up),))
    page = render(report_of(result("侧.png", found)), pages)
    assert page_picture(page, 1, 0).size == (560, 800)
    points = re.search(r'data-finding="1" href.*?points="([^"]+)"', page, re.S)[1]
    (left, top), (right, _) = (map(int, p.split(",")) for p in points.split()[:2])
    assert (left, right) == (158, 462)
    assert 90 < top < 110


def test_personal_data_is_covered_on_pages_and_thumbnails():
    found = finding("包过", "包过", boxes=(box(100, 60, 400, 88),))
    secret = Mark(MarkKind.PERSONAL, box(300, 350, 600, 480))
    page = render(report_of(result("a.png", found, marks=(secret,))), pages)
    assert max(page_picture(page, 1, 0).getpixel((450, 342 + 100))) < 60
    data = re.search(r'class="thumbnail".*?src="data:[^,]*,([^"]+)"', page, re.S)[1]
    thumbnail = Image.open(io.BytesIO(base64.b64decode(data))).convert("RGB")
    scale = thumbnail.width / 800
    assert max(thumbnail.getpixel((int(450 * scale), int(442 * scale)))) < 70


def test_a_dismissed_finding_has_a_box_that_waits_for_the_filter():
    shown = finding("包过", "包过", boxes=(box(100, 60, 400, 88),))
    dismissed = finding("包过", "包过", boxes=(box(100, 200, 400, 228),), outcome=Outcome.DISMISSED)
    page = render(report_of(result("a.png", shown, dismissed)), pages)
    boxes = re.findall(r'<a class="box[^>]*data-finding="(\d)"[^>]*?( hidden)?>', page)
    assert sorted(boxes) == [("1", ""), ("2", " hidden")]


def test_long_lists_stand_in_batches_that_a_browser_can_pass_over():
    many = [finding("包过", "包过")] * (BATCH * 2 + 1)
    page = render(report_of(result("a.txt", *many)), no_pages)
    assert page.count('class="run"') == 3
    assert page.count('class="finding ') == BATCH * 2 + 1


def test_what_was_not_read_is_said_and_not_called_clean():
    page = render(full_report(), pages)
    assert "没有读到或没有读全的材料：2 项" in page
    assert "图片不完整，请重新取得原件。" in page
    silent = page[page.index('id="silent-title"') : page.index('id="annex-title"')]
    assert "合规/须知.txt" in silent
    assert "截断.jpg" not in silent


def test_a_clean_source_is_never_called_compliant():
    page = render(report_of(result("a.txt")), no_pages)
    assert "按现有规则未发现" in page
    assert "没有线索" in page
    assert not re.search(r"(?<!不等于)(?<!因此)合规(?!/)", page.split("</style>")[1])


def test_a_partly_read_source_is_not_called_clean():
    half = result("半.txt", problems=(Problem("bad-encoding", "有坏字节"),))
    assert "<b>未读全</b>；已读部分按现有规则未发现" in render(report_of(half), no_pages)


def test_what_a_baseline_knows_is_said_and_its_source_not_called_clean():
    report = full_report()
    baseline = Baseline(
        "上次.json", frozenset(f.fingerprint for r in report.results for f in r.findings)
    )
    page = render(hide_known(report, baseline), no_pages)
    assert "另有 4 处在基准 上次.json 中已知，未列出。" in page
    silent = page[page.index('id="silent-title"') :].split("</table>")[0]
    assert "须知.txt" in silent
    assert "招生.txt" not in silent and "证书.png" not in silent
    assert "下面是已排除的" not in page


def test_hostile_text_is_inert():
    found = finding(HOSTILE, "包过", context=90, message=HOSTILE)
    hostile = result(
        HOSTILE,
        found,
        kind_reason=HOSTILE,
        problems=(Problem(HOSTILE, HOSTILE),),
        registry=(RegistryCheck(HOSTILE, HOSTILE, Standing.NOT_CHECKED, HOSTILE),),
    )
    page = render(report_of(hostile), no_pages)
    assert page.count("<script>") == 1
    assert "<img" not in page.replace('<img alt="放大的页面图">', "")
    assert "\u202e" not in page.split("<main")[1].split("<select")[0]
    assert "{{ 7*7 }}" in page
