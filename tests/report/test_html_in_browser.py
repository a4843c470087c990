"""report.html in a real browser: filters, keys, viewer, print, phone, and no outside request.

Needs a Chromium on the system; skipped with a message where there is none.
"""

from __future__ import annotations

from dataclasses import replace

import pypdfium2
import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect
from report_values import box, finding, full_report, pages, report_of, result

from detector.model import DocumentKind, Outcome, RegistryCheck, Severity, Standing
from detector.report import write_report
from scripts import take_screenshot as screenshots

HOSTILE = "<script>document.title='gone'</script>\"'><img src=x onerror=\"document.title='gone'\">"
INSTITUTION = "某某培训中心"
HIGH_WASH = (251, 220, 216)  # behind a highlighted term of high severity, also on paper
pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(screenshots.find_chromium() is None, reason=screenshots.INSTALL_HINT),
]


def report_with_institution():
    """Return the full report, its scanned certificate with an issuer on no list."""
    report = full_report()
    text, scan, *others = report.results
    check = RegistryCheck(INSTITUTION, "发证机构", Standing.UNLISTED, "不在导入的名单内")
    return replace(report, results=(text, replace(scan, registry=(check,)), *others))


@pytest.fixture(scope="module")
def browser():
    with screenshots.start_browser() as browser:
        yield browser


@pytest.fixture(scope="module")
def path(tmp_path_factory):
    folder = tmp_path_factory.mktemp("report")
    (path,) = write_report(report_with_institution(), folder, ["html"], pages)
    return path


@pytest.fixture(scope="module")
def visit(browser, path):
    with screenshots.open_report(browser, path) as visit:
        visit.page.set_default_timeout(5_000)
        yield visit
        assert {url.split("#")[0] for url in visit.requests if url.startswith("file:")} == {
            path.resolve().as_uri()
        }
        assert not [u for u in visit.requests if not u.startswith(("file:", "data:"))]
        assert visit.complaints == []


@pytest.fixture
def page(visit, path):
    visit.page.goto("about:blank")
    visit.page.goto(path.resolve().as_uri())
    return visit.page


@pytest.fixture
def phone(browser, path):
    options = {"has_touch": True, "is_mobile": True}
    with screenshots.open_report(browser, path, 390, 844, **options) as visit:
        visit.page.set_default_timeout(5_000)
        yield visit.page


def visible(page) -> list[str]:
    # Cards beyond the window are not drawn, and then have no inner text.
    return page.locator(".finding:visible .number").all_text_contents()


def state(page) -> str:
    return page.locator("#state").inner_text()


def current(page) -> str:
    return page.locator(".finding[aria-current] .number").text_content()


def expect_focus(page, name: str) -> None:
    """Wait for the focus: a dialog that closes hands it on a moment later."""
    expect(page.locator(f"#{name}")).to_be_focused()


def expect_in_window(page, name: str) -> None:
    """Wait until an element begins in the window: what comes near it is laid out only then."""
    page.wait_for_function(
        "name => { const top = document.getElementById(name).getBoundingClientRect().top;"
        " return top >= 0 && top < window.innerHeight; }",
        arg=name,
    )


def lit(page, within: str = ".page") -> list[str]:
    return page.locator(f"{within} .box.lit").evaluate_all("b => b.map(x => x.dataset.finding)")


def zoom(page) -> int:
    return int(page.locator("#zoom-level").inner_text().rstrip("%"))


def centre(page, selector: str) -> tuple[float, float]:
    shape = page.locator(selector).bounding_box()
    return shape["x"] + shape["width"] / 2, shape["y"] + shape["height"] / 2


def test_dismissed_findings_appear_when_asked_for(page):
    assert visible(page) == ["1", "2", "4", "5"]
    assert state(page) == "显示 4 处，共 5 处"
    page.get_by_label("已排除").check()
    assert visible(page) == ["1", "2", "3", "4", "5"]
    assert state(page) == "显示 5 处，共 5 处"


def test_filters_by_outcome_and_severity(page):
    page.get_by_label("疑似违规").uncheck()
    assert visible(page) == ["2"]
    page.get_by_role("button", name="清除筛选").click()
    page.locator('input[data-group="severity"][value="high"]').uncheck()
    assert visible(page) == ["2", "4"]


@pytest.mark.parametrize(
    ("group", "value", "shown"),
    [
        ("clause", "2", ["1"]),
        ("kind", "certificate", ["4", "5"]),
        ("institution", "1", ["4", "5"]),
        ("institution", "0", ["1", "2"]),
        ("file", "1", ["1", "2"]),
    ],
)
def test_filters_by_lists(page, group, value, shown):
    page.locator(f"#{group}").select_option(value)
    assert visible(page) == shown


def test_counts_follow_the_other_filters(page):
    count = page.locator('[data-count="severity:high"]')
    assert count.inner_text() == "2"
    page.get_by_label("已排除").check()
    assert count.inner_text() == "3"
    page.get_by_label("类型", exact=True).select_option("certificate")
    assert count.inner_text() == "1"
    assert page.locator('[data-count="outcome:review"]').inner_text() == "0"
    assert "违规使用有关字样和标识（1）" in page.locator("#clause").inner_text()


def test_search_finds_words_of_cards_and_names_of_sources(page):
    page.keyboard.press("/")
    page.keyboard.type("违规使用有关字样")
    assert visible(page) == ["4"]
    page.keyboard.type(" 没有这样的词")
    assert visible(page) == []
    assert page.locator("#nothing").is_visible()
    assert page.locator(".file:visible").count() == 0
    page.locator("#search").fill("招生.TXT")
    assert visible(page) == ["1", "2"]


def test_a_bar_shows_its_findings_alone_and_all_again(page):
    bar = page.locator('.only[data-group="institution"]')
    assert INSTITUTION in bar.inner_text()
    assert "不在名单内" in bar.inner_text()
    bar.press("Enter")
    assert visible(page) == ["4", "5"]
    assert bar.get_attribute("aria-pressed") == "true"
    bar.press("Enter")
    assert visible(page) == ["1", "2", "4", "5"]


def test_the_drawn_part_of_a_bar_can_be_clicked_too(page):
    row = page.locator("tr", has=page.locator('.only[data-value="medium"]'))
    row.locator("svg.bar").scroll_into_view_if_needed()
    x, y = centre(page, 'tr:has(.only[data-value="medium"]) svg.bar')
    page.mouse.click(x, y)
    assert visible(page) == ["2"]


def test_a_bar_of_dismissed_findings_shows_them(page):
    page.locator("#search").fill("否定了承诺")
    assert visible(page) == []
    page.locator('.only[data-group="kind"][data-value="ad"]').click()
    assert visible(page) == ["3"]


def test_keys_move_over_shown_findings(page):
    for key, number in (("j", "2"), ("ArrowRight", "4"), ("j", "5"), ("j", "5"), ("k", "4")):
        page.keyboard.press(key)
        assert current(page) == number
        expect_focus(page, f"finding-{number}")
    page.keyboard.press("ArrowLeft")
    assert current(page) == "2"


def test_keys_reach_search_filter_and_help_and_come_back(page):
    page.keyboard.press("j")
    page.keyboard.press("/")
    page.keyboard.type("jk")
    expect_focus(page, "search")
    assert current(page) == "2"
    page.keyboard.press("Escape")
    assert page.locator("#search").input_value() == ""
    page.keyboard.press("Escape")
    expect_focus(page, "finding-2")
    page.keyboard.press("f")
    assert page.evaluate("document.activeElement.value") == "report"
    page.keyboard.press("Escape")
    expect_focus(page, "finding-2")
    page.keyboard.press("?")
    assert page.get_by_role("dialog", name="键盘操作").is_visible()
    page.get_by_label("启用单键操作").uncheck()
    page.keyboard.press("Escape")
    page.keyboard.press("j")
    assert current(page) == "2"


def test_everything_that_acts_can_be_reached_with_the_tab_key(page):
    reached = set()
    for _ in range(80):
        page.keyboard.press("Tab")
        reached.add(
            page.evaluate(
                "(e => e.id || e.className.baseVal || e.className)(document.activeElement)"
            )
        )
    assert {"only", "search", "clause", "institution", "clear", "number", "zoom", "next"} <= reached
    assert any("box" in name.split() for name in reached)
    assert any("show-page" in name.split() for name in reached)


def test_the_clauses_of_the_current_finding_stand_beside_it(page):
    clauses = page.locator("#beside-clauses")
    assert "“包过”" in page.locator("#beside-number").inner_text()
    assert clauses.locator(".clause").count() == 2
    assert clauses.locator(".clause").first.inner_text().startswith("广东四部门2022年通知 二（二）")
    assert clauses.locator(".own").all_text_contents() == ["“包过”", "“包过”"]
    page.locator("#finding-4 blockquote").click()
    assert "违规使用有关字样和标识的概要" in clauses.inner_text()
    assert clauses.locator(".listed").all_text_contents() == ["“中华人民共和国”", "“职业资格”"]


def test_no_two_things_have_the_same_name_in_the_page(page):
    names = page.locator("[id]").evaluate_all("elements => elements.map(e => e.id)")
    assert len(names) == len(set(names))


def test_reading_on_takes_the_clauses_along(page):
    page.locator("#finding-5").evaluate("card => card.scrollIntoView()")
    page.mouse.wheel(0, 40)
    page.wait_for_function("document.querySelector('[aria-current]').id !== 'finding-1'")
    assert current(page) != "1"


def test_the_clauses_are_in_the_page_once(path):
    assert path.read_text("utf-8").count("虚假或夸大宣传的概要") == 1


def test_a_box_leads_to_its_finding_and_back(page):
    page.locator('.page .box[data-finding="5"]').press("Enter")
    expect_focus(page, "finding-5")
    assert current(page) == "5"
    assert lit(page) == ["5"]
    page.locator("#finding-4").click(position={"x": 30, "y": 60})
    assert lit(page) == ["4"]
    assert page.locator('.gallery .box[data-finding="4"].lit').count() == 1


def test_boxes_go_with_the_findings_that_a_filter_hides(page):
    page.locator('input[data-group="severity"][value="low"]').uncheck()
    assert page.locator('.page .box[data-finding="4"]').is_hidden()
    assert page.locator('.page .box[data-finding="5"]').is_visible()


def test_thumbnails_lead_to_their_pages(page):
    links = page.locator(".thumbnail")
    assert links.count() == 2
    for link in links.all():
        target = link.get_attribute("href")
        assert page.locator(f"figure{target} img").count() == 1
    links.last.click()
    assert page.locator("#page-2-1").is_visible()


def test_thumbnails_go_with_the_sources_that_a_filter_hides(page):
    page.locator("#kind").select_option("ad")
    assert page.locator(".thumbnail:visible").count() == 0
    page.locator("#kind").select_option("")
    assert page.locator(".thumbnail:visible").count() == 2


def test_enter_opens_the_page_at_the_box_and_escape_comes_back(page):
    for _ in range(2):
        page.keyboard.press("j")
    page.keyboard.press("Enter")
    viewer = page.locator("#viewer")
    assert viewer.is_visible()
    assert viewer.locator("img").evaluate("image => image.naturalWidth") == 800
    assert lit(page, "#viewer") == ["4"]
    assert "中华人民共和国" in page.locator("#told-title").inner_text()
    page.keyboard.press("Escape")
    assert not viewer.is_visible()
    expect_focus(page, "finding-4")


def test_the_viewer_zooms_with_keys_buttons_and_the_wheel(page):
    page.locator(".zoom").first.press("Enter")
    fitted = zoom(page)
    page.keyboard.press("+")
    page.keyboard.press("+")
    assert zoom(page) > fitted * 1.5
    page.keyboard.press("-")
    assert fitted < zoom(page) < fitted * 1.5
    page.keyboard.press("0")
    assert zoom(page) == fitted
    page.get_by_role("button", name="放大", exact=True).click()
    assert zoom(page) > fitted
    page.get_by_role("button", name="适合").click()
    page.mouse.move(*centre(page, ".stage"))
    page.mouse.wheel(0, -400)
    page.wait_for_function(
        f"parseInt(document.getElementById('zoom-level').textContent) > {fitted}"
    )


def test_the_wheel_keeps_the_place_under_the_pointer(page):
    page.locator(".zoom").first.press("Enter")
    box_ = '#viewer .box[data-finding="4"] .edge'
    x, y = centre(page, box_)
    page.mouse.move(x, y)
    page.mouse.wheel(0, -1000)
    page.wait_for_timeout(100)
    assert centre(page, box_) == pytest.approx((x, y), abs=3)


def test_a_zoomed_page_is_moved_with_arrows_and_the_mouse(page):
    page.locator(".zoom").first.press("Enter")
    for _ in range(5):
        page.keyboard.press("+")
    place = "(s => [s.scrollLeft, s.scrollTop])(document.querySelector('.stage'))"
    before = page.evaluate(place)
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowDown")
    arrows = page.evaluate(place)
    assert arrows[0] > before[0] and arrows[1] > before[1]
    x, y = centre(page, ".stage")
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x + 90, y + 60, steps=5)
    page.mouse.up()
    assert page.evaluate(place) == pytest.approx([arrows[0] - 90, arrows[1] - 60], abs=3)


def test_boxes_in_the_viewer_are_stepped_through_over_pages(page):
    page.locator(".zoom").first.press("Enter")
    page.keyboard.press("n")
    assert lit(page, "#viewer") == ["4"]
    page.keyboard.press("n")
    assert lit(page, "#viewer") == ["5"]
    assert "第 2 页" in page.locator("#viewer-title").inner_text()
    page.keyboard.press("p")
    assert lit(page, "#viewer") == ["4"]


def test_a_box_in_the_viewer_selects_its_finding(page):
    page.locator(".zoom").last.press("Enter")
    page.locator('#viewer .box[data-finding="5"]').press("Enter")
    assert current(page) == "5"
    page.get_by_role("button", name="回到这条线索").click()
    expect_focus(page, "finding-5")


def test_two_fingers_zoom_on_a_phone(phone):
    phone.locator(".zoom").first.tap()
    fitted = zoom(phone)
    x, y = centre(phone, ".stage")
    client = phone.context.new_cdp_session(phone)

    def touch(kind, *apart):
        points = [{"x": x + side * by, "y": y, "id": side} for by in apart for side in (-1, 1)]
        client.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": points})

    touch("touchStart", 40)
    for by in (60, 90, 120):
        touch("touchMove", by)
    touch("touchEnd")
    assert zoom(phone) == pytest.approx(fitted * 3, rel=0.1)


def test_on_a_phone_the_filter_and_the_clauses_unfold(phone):
    assert phone.locator("#choices").is_hidden()
    phone.locator("#more").tap()
    assert phone.locator("#clause").is_visible()
    phone.locator("#more").tap()
    assert phone.locator("#beside-clauses").is_hidden()
    phone.get_by_role("button", name="看条款").tap()
    assert "虚假宣传的概要" in phone.locator("#beside-clauses").inner_text()
    phone.get_by_role("button", name="收起").tap()
    assert phone.locator("#beside-clauses").is_hidden()


def test_what_fingers_touch_on_a_phone_is_large_enough(phone):
    phone.locator("#more").tap()
    for selector in (
        "#search",
        "#more",
        ".option",
        ".filter select",
        "#previous",
        "#next",
        ".only",
    ):
        for shape in phone.locator(f"{selector}:visible").all():
            assert shape.bounding_box()["height"] >= 40, selector


@pytest.mark.parametrize("width", [320, 360, 768, 1000, 1280, 1600])
def test_nothing_reaches_beyond_the_window(page, width):
    page.set_viewport_size({"width": width, "height": 800})
    wide = page.evaluate("document.documentElement.scrollWidth")
    page.set_viewport_size({"width": 1280, "height": 1600})
    assert wide <= width


def test_the_live_region_and_the_pictures_are_announced(page):
    assert page.locator("#state").get_attribute("aria-live") == "polite"
    assert page.locator("img:not([alt])").count() == 0


@pytest.mark.parametrize("opened", ["", "viewer", "keys"])
@pytest.mark.parametrize(
    ("width", "scheme"), [(1280, "light"), (1280, "dark"), (390, "light"), (390, "dark")]
)
def test_axe_finds_no_fault(browser, path, width, scheme, opened):
    options = {"bypass_csp": True, "color_scheme": scheme}  # axe is a script of its own
    with screenshots.open_report(browser, path, width, 900, **options) as visit:
        visit.page.get_by_role("button", name="筛选", exact=True).or_(
            visit.page.locator("#show-keys")
        ).first.evaluate("button => button.id === 'more' && button.click()")
        visit.page.locator("input[value=dismissed]").evaluate("box => box.click()")
        if opened == "viewer":
            visit.page.locator(".zoom").first.press("Enter")
            visit.page.keyboard.press("n")
        elif opened == "keys":
            visit.page.evaluate("document.getElementById('keys').showModal()")
        found = Axe().run(visit.page).response["violations"]
    assert [(v["impact"], v["id"], [n["html"][:120] for n in v["nodes"][:3]]) for v in found] == []


def test_print_shows_what_the_filter_left_and_says_so(page):
    page.locator('input[data-group="severity"][value="low"]').uncheck()
    page.locator("#search").fill("包过")
    page.emulate_media(media="print")
    try:
        assert page.locator("#applied").inner_text() == (
            "筛选：结论 疑似违规、需人工核实；程度 高、中；查找“包过”。显示 3 处，共 5 处。"
        )
        for selector in ("#filter", "#beside", ".skip", ".hint", ".gallery"):
            assert not page.locator(f"{selector}:visible").count(), selector
        assert visible(page) == ["1", "2", "5"]
        assert page.locator("#finding-1 mark").evaluate(
            "mark => getComputedStyle(mark).backgroundColor"
        ) == "rgb({}, {}, {})".format(*HIGH_WASH)
        assert page.locator('.page .box[data-finding="5"]').is_visible()
    finally:
        page.emulate_media(media="null")


def test_paper_keeps_highlights(page, tmp_path):
    page.pdf(path=tmp_path / "report.pdf", print_background=False)
    document = pypdfium2.PdfDocument(tmp_path / "report.pdf")
    colours, text = set(), ""
    for sheet in document:
        text += "".join(sheet.get_textpage().get_text_range().split())
        colours |= {c for _, c in sheet.render(scale=2).to_pil().convert("RGB").getcolors(1 << 24)}
    assert HIGH_WASH in colours
    assert "筛选：结论疑似违规、需人工核实" in text
    assert "违规使用有关字样和标识的概要" in text


def test_without_script_everything_is_there(browser, path):
    with screenshots.open_report(browser, path, java_script_enabled=False) as visit:
        page = visit.page
        assert visible(page) == ["1", "2", "3", "4", "5"]
        assert page.locator("#filter").is_hidden()
        assert page.locator(".plot .bar rect").count() > 0
        assert page.locator('.page .box[data-finding="5"]').get_attribute("href") == "#finding-5"
        page.locator("#finding-4 .basis").click()
        assert (
            page.locator(".clause:target").inner_text().startswith("人社部函〔2022〕25号 一（一）")
        )


def test_a_report_without_findings_opens_without_complaint(browser, tmp_path):
    (path,) = write_report(report_of(result("a.txt")), tmp_path, ["html"], pages)
    with screenshots.open_report(browser, path) as visit:
        visit.page.keyboard.press("j")
        assert visit.page.locator("#beside, #filter, .plot").locator("visible=true").count() == 0
        assert visit.complaints == []


def test_an_address_with_a_number_opens_at_that_finding(browser, path):
    with screenshots.open_report(browser, path) as visit:
        visit.page.goto(f"{path.resolve().as_uri()}#finding-3")
        assert current(visit.page) == "3"
        assert visit.page.locator("#finding-3").is_visible()


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
        registry=(RegistryCheck(HOSTILE, HOSTILE, Standing.NOT_CHECKED, HOSTILE),),
    )
    (path,) = write_report(report_of(bad), tmp_path, ["html"], pages)
    with screenshots.open_report(browser, path) as visit:
        visit.page.locator(".zoom").press("Enter")
        visit.page.keyboard.press("n")
        assert "核查报告" in visit.page.title()
        quote = visit.page.locator("blockquote").inner_text()
        assert quote == f"{HOSTILE}U+202E包过"
        assert visit.page.locator("#told-excerpt").inner_text() == quote
        assert HOSTILE in visit.page.locator(".only[data-group=institution]").inner_text()
        assert visit.complaints == []
        assert not [u for u in visit.requests if not u.startswith(("file:", "data:"))]


def test_two_thousand_findings_can_be_filtered_and_stepped_through(browser, tmp_path):
    text = "报名即包过，内部渠道拿证。"
    many = [finding(text, "包过"), finding(text, "内部渠道", severity=Severity.LOW)] * 1000
    one = finding(text, "包过", outcome=Outcome.REVIEW)
    report = report_of(result("a.txt", *many), result("b", one, kind=DocumentKind.WEB))
    (path,) = write_report(report, tmp_path, ["html"], pages)
    with screenshots.open_report(browser, path) as visit:
        assert state(visit.page) == "显示 2001 处，共 2001 处"
        visit.page.locator('input[data-group="severity"][value="low"]').uncheck()
        assert state(visit.page) == "显示 1001 处，共 2001 处"
        visit.page.locator("#finding-1999 .number").press("j")
        assert current(visit.page) == "2001"
        expect_in_window(visit.page, "finding-2001")


def test_a_screenshot_is_taken(browser, tmp_path):
    (path,) = write_report(full_report(), tmp_path, ["html"], pages)
    picture = screenshots.take_screenshot(browser, path, tmp_path / "shot.png", 800, 600)
    assert picture.read_bytes().startswith(b"\x89PNG")
