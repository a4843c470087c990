"""Open a report.html in headless Chromium and take its picture.

    python scripts/take_screenshot.py               scan some samples, draw docs/images/report.png
    python scripts/take_screenshot.py REPORT.html OUT.png [--width 1280] [--height 1600] [--full]

The browser test opens its report through the same function, so that the README's picture shows
what the test has checked.
"""

from __future__ import annotations

import argparse
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from PIL import Image
from playwright.sync_api import Browser, Page, sync_playwright

ROOT = Path(__file__).parents[1]
README_PICTURE = ROOT / "docs" / "images" / "report.png"
# Below `samples/`: a certificate on a photograph, a scanned PDF and a screenshot of a chat.
README_SAMPLES = ("certificates/staff-exif.jpg", "documents/scanned.pdf", "posters/chat.png")
# Narrow, since a README shows it at about 830 pixels, and drawn half as large again, for sharpness.
README_WIDTH, README_SCALE, README_END = 1100, 1.5, ".finding"
COLOURS = 256  # a third of the bytes; the octree keeps rare colours, median cut does not
MARGIN = 14  # pixels of the page left below where a picture ends

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
            visit.page.add_style_tag(content=".finding { content-visibility: visible; }")
        visit.page.evaluate(DECODE_PICTURES)
        visit.page.screenshot(path=picture, full_page=full)
    return picture


def draw_readme_picture(browser: Browser, picture: Path = README_PICTURE) -> Path:
    """Scan some samples and save the head of their report, down to the end of the first finding."""
    with tempfile.TemporaryDirectory() as folder:
        command = [sys.executable, "-m", "detector", "scan", *README_SAMPLES, "--out", folder]
        done = subprocess.run([*command, "--format", "html"], cwd=ROOT / "samples", check=False)
        report = Path(folder) / "report.html"
        if not report.is_file():
            sys.exit(f"扫描样例没有写出报告（退出码 {done.returncode}）。请先运行 make demo。")
        with open_report(browser, report, README_WIDTH, scale=README_SCALE) as visit:
            end = visit.page.locator(README_END).first.bounding_box()
            if end is None:
                sys.exit("报告里没有发现，画不出图。请检查规则与识别引擎。")
            height = round(end["y"] + end["height"]) + MARGIN
            visit.page.set_viewport_size({"width": README_WIDTH, "height": height})
            visit.page.evaluate(DECODE_PICTURES)
            picture.parent.mkdir(parents=True, exist_ok=True)
            visit.page.screenshot(path=picture)
    with Image.open(picture) as image:
        few = image.convert("RGB").quantize(
            COLOURS, Image.Quantize.FASTOCTREE, dither=Image.Dither.NONE
        )
    few.save(picture, optimize=True)
    return picture


def main() -> int:
    """Read the command line and take the picture."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("report", type=Path, nargs="?", help="left out: the README's picture")
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
            print(draw_readme_picture(browser))
        else:
            take_screenshot(
                browser, asked.report, asked.picture, asked.width, asked.height, asked.full
            )
    return 0


if __name__ == "__main__":
    sys.exit(main())
