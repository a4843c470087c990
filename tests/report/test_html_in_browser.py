"""report.html in a real browser: filters, counts, keyboard, and no request but for the file.

Needs a Chromium on the system; skipped with a message where there is none.
"""

from __future__ import annotations

import importlib.util
import sys
from pathlib import Path

import pytest
from report_values import box, finding, full_report, pages, report_of, result

from detector.model import DocumentKind, Outcome, Severity
from detector.report import write_report

SCRIPT = Path(__file__).parents[2] / "scripts" / "take_screenshot.py"
HOSTILE = "<script>document.title='gone'</script>\"'><img src=x onerror=\"document.title='gone'\">"


def load_script():
    spec = importlib.util.spec_from_file_location("take_screenshot", SCRIPT)
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


screenshots = load_script()
pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(screenshots.find_chromium() is None, reason=screenshots.INSTALL_HINT),
]


@pytest.fixture(scope="module")
def browser():
    with screenshots.start_browser() as browser:
        yield browser


@pytest.fixture(scope="module")
def visit(browser, tmp_path_factory):
    (path,) = write_report(full_report(), tmp_path_factory.mktemp("report"), ["html"], pages)
    with screenshots.open_report(browser, path) as visit:
        yield visit
        assert [url.split("/")[-1] for url in visit.requests if url.startswith("file:")] == [
            "report.html"
        ]
        assert not [u for u in visit.requests if not u.startswith(("file:", "data:"))]
        assert visit.complaints == []


@pytest.fixture
def page(visit):
    visit.page.get_by_role("button", name="清除筛选").click()
    return visit.page


def visible(page) -> list[str]:
    # Cards beyond the window are not drawn, and then have no inner text.
    return page.locator(".finding:visible .number").all_text_contents()


def state(page) -> str:
    return page.locator("#state").inner_text()


def test_dismissed_findings_appear_when_asked_for(page):
    assert visible(page) == ["1", "2", "4", "5"]
    assert state(page) == "显示 4 处，共 5 处"
    page.get_by_label("已排除").check()
    assert visible(page) == ["1", "2", "3", "4", "5"]
    assert state(page) == "显示 5 处，共 5 处"


def test_filters_by_outcome_severity_clause_kind_and_file(page):
    page.get_by_label("疑似违规").uncheck()
    assert visible(page) == ["2"]
    page.get_by_role("button", name="清除筛选").click()
    page.locator('input[data-group="severity"][value="high"]').uncheck()
    assert visible(page) == ["2", "4"]
    page.get_by_role("button", name="清除筛选").click()
    page.get_by_label("条款", exact=True).select_option(
        label="广东四部门2022年通知 二（二） 虚假宣传（1）"
    )
    assert visible(page) == ["1"]
    page.get_by_label("条款", exact=True).select_option("")
    page.get_by_label("类型", exact=True).select_option("certificate")
    assert visible(page) == ["4", "5"]
    page.get_by_label("类型", exact=True).select_option("")
    page.get_by_label("材料", exact=True).select_option("1")
    assert visible(page) == ["1", "2"]


def test_counts_follow_the_other_filters(page):
    count = page.locator('[data-count="severity:high"]')
    assert count.inner_text() == "2"
    page.get_by_label("已排除").check()
    assert count.inner_text() == "3"
    page.get_by_label("类型", exact=True).select_option("certificate")
    assert count.inner_text() == "1"
    assert page.locator('[data-count="outcome:review"]').inner_text() == "0"


def test_search_and_an_empty_result(page):
    page.keyboard.press("/")
    page.keyboard.type("违规使用有关字样")
    assert visible(page) == ["4"]
    page.keyboard.type(" 没有这样的词")
    assert visible(page) == []
    assert page.locator("#nothing").is_visible()
    assert page.locator(".file:visible").count() == 0


def test_the_table_of_clauses_leads_to_its_findings(page):
    page.locator(".jump").filter(has_text="一（一）").click()
    assert visible(page) == ["4"]


def test_pages_open_large_and_close_with_the_keyboard(page):
    page.locator(".zoom").first.press("Enter")
    viewer = page.locator("#viewer")
    assert viewer.is_visible()
    assert viewer.locator("img").evaluate("image => image.naturalWidth") > 300
    page.keyboard.press("Escape")
    assert not viewer.is_visible()


def test_the_live_region_and_the_pictures_are_announced(page):
    assert page.locator("#state").get_attribute("aria-live") == "polite"
    assert page.locator("img:not([alt])").count() == 0


@pytest.mark.parametrize("width", [360, 768, 1280])
def test_nothing_reaches_beyond_the_window(page, width):
    page.set_viewport_size({"width": width, "height": 800})
    wide = page.evaluate("document.documentElement.scrollWidth")
    page.set_viewport_size({"width": 1280, "height": 1600})
    assert wide <= width


def test_hostile_text_does_nothing(browser, tmp_path):
    bad = result(
        HOSTILE,
        finding(
            f"{HOSTILE}\u202e包过",
            "包过",
            context=120,
            message=HOSTILE,
            boxes=(box(100, 60, 400, 88),),
        ),
        kind_reason=HOSTILE,
    )
    (path,) = write_report(report_of(bad), tmp_path, ["html"], pages)
    with screenshots.open_report(browser, path) as visit:
        title = visit.page.title()
        quote = visit.page.locator("blockquote").inner_text()
        assert "核查报告" in title
        assert quote == f"{HOSTILE}U+202E包过"
        assert visit.complaints == []
        assert not [u for u in visit.requests if not u.startswith(("file:", "data:"))]


def test_two_thousand_findings_can_be_filtered(browser, tmp_path):
    text = "报名即包过，内部渠道拿证。"
    many = [finding(text, "包过"), finding(text, "内部渠道", severity=Severity.LOW)] * 1000
    one = finding(text, "包过", outcome=Outcome.REVIEW)
    report = report_of(result("a.txt", *many), result("b", one, kind=DocumentKind.WEB))
    (path,) = write_report(report, tmp_path, ["html"], pages)
    with screenshots.open_report(browser, path) as visit:
        assert state(visit.page) == "显示 2001 处，共 2001 处"
        visit.page.locator('input[data-group="severity"][value="low"]').uncheck()
        assert state(visit.page) == "显示 1001 处，共 2001 处"


def test_a_screenshot_is_taken(browser, tmp_path):
    (path,) = write_report(full_report(), tmp_path, ["html"], pages)
    picture = screenshots.take_screenshot(browser, path, tmp_path / "shot.png", 800, 600)
    assert picture.read_bytes().startswith(b"\x89PNG")
