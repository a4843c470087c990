"""Open a report.html in headless Chromium and take its picture.

    python scripts/take_screenshot.py               scan some samples, draw docs/images/report*.png
    python scripts/take_screenshot.py REPORT.html OUT.png [--width 1280] [--height 1600] [--full]

The browser test opens its report through the same function, so that the README's picture shows
what the test has checked.
"""

from __future__ import annotations

import argparse
import io
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pypdfium2
from PIL import Image
from playwright.sync_api import Browser, Page, sync_playwright

ROOT = Path(__file__).parents[1]
PICTURES = ROOT / "docs" / "images"
SAMPLES = ("certificates", "posters")  # below `samples/`
SCAN = ("--jurisdiction", "GD", "--exclude", "*.expected.json", "--format", "html")
WIDTH, HEIGHT = 1280, 900
PHONE_WIDTH, PHONE_HEIGHT, PHONE_SCALE = 390, 844, 2
PRINT_SCALE = 1.6  # pixels to the point of a printed page
COLOURS = 256  # a third of the bytes; the octree keeps rare colours, median cut does not
BEHIND = (221, 224, 228)
SETTLE = 400  # milliseconds until scrolling and what follows it have come to rest
MARGIN = 20  # pixels of the page left below where a picture ends

CHROMIUM_NAMES = ("chromium", "chromium-browser", "google-chrome")
INSTALL_HINT = "系统里没有 Chromium。请运行 apt-get install chromium 后重试。"
FLAGS = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
# Chromium decodes pictures when it has the time; a screenshot must not be sooner.
DECODE_PICTURES = (
    "Promise.all([...document.images].filter(i => i.src).map(i => i.decode().catch(() => 0)))"
)


@dataclass
class Visit:
    """A page that was opened, the addresses it asked for, and what it complained of."""

    page: Page
    requests: list[str] = field(default_factory=list)
    complaints: list[str] = field(default_factory=list)


def find_chromium() -> Path | None:
    """Return the system's Chromium, None where there is none."""
    found = (shutil.which(name) for name in CHROMIUM_NAMES)
    return next((Path(path) for path in found if path), None)


@contextmanager
def start_browser() -> Iterator[Browser]:
    """Start the system's Chromium; raises FileNotFoundError where there is none."""
    chromium = find_chromium()
    if chromium is None:
        raise FileNotFoundError(INSTALL_HINT)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=list(FLAGS))
        yield browser
        browser.close()


@contextmanager
def open_report(
    browser: Browser,
    report: Path,
    width: int = 1280,
    height: int = 1600,
    scale: float = 1,
    **options: Any,
) -> Iterator[Visit]:
    """Open a report from disk at a window size in pixels, and watch what it does.

    `options` are those of playwright's `Browser.new_page`.
    """
    page = browser.new_page(
        viewport={"width": width, "height": height},
        device_scale_factor=scale,
        locale="zh-CN",
        **options,
    )
    visit = Visit(page)
    page.on("request", lambda request: visit.requests.append(request.url))
    page.on("pageerror", lambda error: visit.complaints.append(str(error)))
    page.on("console", lambda message: visit.complaints.append(message.text))
    page.goto(report.resolve().as_uri())
    yield visit
    page.close()


def take_screenshot(
    browser: Browser,
    report: Path,
    picture: Path,
    width: int = 1280,
    height: int = 1600,
    full: bool = False,
) -> Path:
    """Save what the window shows, or with `full` the whole page; returns the picture's path."""
    with open_report(browser, report, width, height) as visit:
        if full:
            # Chromium skips what lies outside the window unless it is told to draw it.
            visit.page.add_style_tag(content=".file, .run { content-visibility: visible; }")
        visit.page.evaluate(DECODE_PICTURES)
        visit.page.screenshot(path=picture, full_page=full)
    return picture


def draw_pictures(browser: Browser, folder: Path = PICTURES) -> list[Path]:
    """Scan some samples and save how their report looks in a window, on a phone and on paper."""
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as place:
        report = _scan_samples(Path(place))
        return [
            draw_overview(browser, report, folder / "report.png"),
            draw_list(browser, report, folder / "report-list.png"),
            draw_viewer(browser, report, folder / "report-viewer.png"),
            draw_phone(browser, report, folder / "report-phone.png"),
            draw_paper(browser, report, folder / "report-print.png"),
        ]


def _scan_samples(folder: Path) -> Path:
    command = [sys.executable, "-m", "detector", "scan", *SAMPLES, "--out", str(folder), *SCAN]
    done = subprocess.run(command, cwd=ROOT / "samples", check=False)
    report = folder / "report.html"
    if not report.is_file():
        sys.exit(f"扫描样例没有写出报告（退出码 {done.returncode}）。请先运行 make demo。")
    return report


def draw_overview(browser: Browser, report: Path, picture: Path) -> Path:
    """Save the head of the report with its plots, down to the end of the thumbnails."""
    with open_report(browser, report, WIDTH, HEIGHT) as visit:
        end = visit.page.locator(".gallery").bounding_box()
        if end is None:
            sys.exit("报告里没有页面，画不出图。请检查规则与识别引擎。")
        height = round(end["y"] + end["height"]) + MARGIN
        visit.page.set_viewport_size({"width": WIDTH, "height": height})
        return _save(visit.page, picture)


def draw_list(browser: Browser, report: Path, picture: Path) -> Path:
    """Save the filter and the first findings with their page and their clauses."""
    with open_report(browser, report, WIDTH, HEIGHT) as visit:
        visit.page.evaluate("document.querySelector('.file').scrollIntoView()")
        return _save(visit.page, picture)


def draw_viewer(browser: Browser, report: Path, picture: Path) -> Path:
    """Save a page enlarged, at one of its boxes."""
    with open_report(browser, report, WIDTH, HEIGHT) as visit:
        visit.page.locator(".page .zoom").nth(1).press("Enter")
        for _ in range(2):
            visit.page.keyboard.press("n")
        return _save(visit.page, picture)


def draw_phone(browser: Browser, report: Path, picture: Path) -> Path:
    """Save the overview, a finding and its clauses beside each other, as a phone shows them."""
    with open_report(
        browser, report, PHONE_WIDTH, PHONE_HEIGHT, PHONE_SCALE, is_mobile=True, has_touch=True
    ) as visit:
        views = []
        for step in (
            "scrollTo(0, document.querySelector('.totals').offsetTop - 20)",
            "document.querySelector('.file').scrollIntoView()",
            "document.getElementById('unfold').click()",
        ):
            visit.page.evaluate(step)
            visit.page.wait_for_timeout(SETTLE)
            views.append(Image.open(io.BytesIO(visit.page.screenshot())))
    return _shrink_colours(_side_by_side(views), picture)


def draw_paper(browser: Browser, report: Path, picture: Path) -> Path:
    """Save the first page of the printed report and the first that shows a picture."""
    with open_report(browser, report, WIDTH, HEIGHT) as visit:
        visit.page.evaluate(DECODE_PICTURES)
        document = pypdfium2.PdfDocument(visit.page.pdf())
    first = next(
        number
        for number, page in enumerate(document)
        if any(page.get_objects(filter=[pypdfium2.raw.FPDF_PAGEOBJ_IMAGE]))
    )
    pages = [document[n].render(scale=PRINT_SCALE).to_pil() for n in (0, first)]
    return _shrink_colours(_side_by_side(pages), picture)


def _save(page: Page, picture: Path) -> Path:
    page.evaluate(DECODE_PICTURES)
    page.wait_for_timeout(SETTLE)
    return _shrink_colours(Image.open(io.BytesIO(page.screenshot())), picture)


def _side_by_side(images: Sequence[Image.Image]) -> Image.Image:
    gap = images[0].width // 16
    width = sum(image.width for image in images) + gap * (len(images) + 1)
    sheet = Image.new("RGB", (width, max(image.height for image in images) + 2 * gap), BEHIND)
    left = gap
    for image in images:
        sheet.paste(image, (left, gap))
        left += image.width + gap
    return sheet


def _shrink_colours(image: Image.Image, picture: Path) -> Path:
    few = image.convert("RGB").quantize(
        COLOURS, Image.Quantize.FASTOCTREE, dither=Image.Dither.NONE
    )
    few.save(picture, optimize=True)
    return picture


def main() -> int:
    """Read the command line and take the picture."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("report", type=Path, nargs="?", help="left out: docs/images")
    parser.add_argument("picture", type=Path, nargs="?")
    parser.add_argument("--width", type=int, default=1280)
    parser.add_argument("--height", type=int, default=1600)
    parser.add_argument("--full", action="store_true", help="the whole page, not only the window")
    asked = parser.parse_args()
    if asked.report and not asked.picture:
        parser.error("REPORT.html needs OUT.png beside it")
    if find_chromium() is None:
        sys.exit(INSTALL_HINT)
    with start_browser() as browser:
        if asked.report is None:
            print(*draw_pictures(browser), sep="\n")
        else:
            take_screenshot(
                browser, asked.report, asked.picture, asked.width, asked.height, asked.full
            )
    return 0


if __name__ == "__main__":
    sys.exit(main())
