"""summary.html in a real browser: filters, sorting, and no request but for the file."""

from __future__ import annotations

import pytest
from test_rows import finding
from test_summary import CLAUSE, HOSTILE, NOTICES, page, written

from scripts import take_screenshot as screenshots

OTHER = NOTICES[0].clauses[1].id
pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(screenshots.find_chromium() is None, reason=screenshots.INSTALL_HINT),
]


@pytest.fixture(scope="module")
def opened(tmp_path_factory):
    one, other = finding(clauses=(CLAUSE,)), finding(clauses=(OTHER,))
    pages = [
        *(page(f"http://many.cn/{n}") for n in range(10)),
        page("http://few.cn/1", one, one),
        page("http://some.cn/1", other),
        page("http://some.cn/2"),
        page("loose.html"),
    ]
    out = written(tmp_path_factory.mktemp("summary"), pages, container=HOSTILE)
    with screenshots.start_browser() as browser:
        tab = browser.new_page()
        asked, complaints = [], []
        tab.on("request", lambda request: asked.append(request.url))
        tab.on("console", lambda message: complaints.append(message.text))
        tab.on("pageerror", lambda error: complaints.append(str(error)))
        address = (out / "summary.html").as_uri()
        tab.goto(address)
        yield tab
        assert asked and set(asked) == {address}
        assert complaints == []


@pytest.fixture
def tab(opened):
    opened.reload()
    return opened


def hosts(tab) -> list[str]:
    return tab.locator("td.host:visible").all_inner_texts()


def test_names_from_anywhere_run_nothing(tab):
    assert tab.title() == "筛查汇总"
    assert HOSTILE in hosts(tab)


def test_sites_are_filtered_by_a_piece_of_their_name_and_by_clause(tab):
    tab.get_by_label("网站", exact=True).fill("SOME")
    assert hosts(tab) == ["some.cn"]
    assert tab.locator("#count").inner_text() == "显示 1 个"
    tab.get_by_label("网站", exact=True).fill("")
    tab.get_by_label("条款").select_option(CLAUSE)
    assert hosts(tab) == ["few.cn"]


def test_a_column_sorts_down_then_up_and_tells_which(tab):
    button = tab.get_by_role("button", name="网页", exact=True)
    head = button.locator("..")
    button.click()
    assert hosts(tab)[0] == "many.cn"
    assert head.get_attribute("aria-sort") == "descending"
    button.click()
    assert hosts(tab)[-1] == "many.cn"
    assert head.get_attribute("aria-sort") == "ascending"
    tab.get_by_role("button", name="疑似违规", exact=True).click()
    assert hosts(tab)[:2] == ["few.cn", "some.cn"]
    assert head.get_attribute("aria-sort") is None


def test_it_fits_a_telephone(tab):
    tab.set_viewport_size({"width": 390, "height": 800})
    assert tab.evaluate("document.documentElement.scrollWidth") <= 390
    tab.set_viewport_size({"width": 1280, "height": 800})
