"""Open a report.html in headless Chromium and take its picture.

Usage: python scripts/take_screenshot.py REPORT.html OUT.png [--width 1280] [--height 1600] [--full]

The browser test opens its report through the same function, so that the README's picture shows
what the test has checked.
"""

from __future__ import annotations

import argparse
import shutil
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright

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
    browser: Browser, report: Path, width: int = 1280, height: int = 1600
) -> Iterator[Visit]:
    """Open a report from disk at a window size in pixels, and watch what it does."""
    page = browser.new_page(viewport={"width": width, "height": height}, locale="zh-CN")
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


def main() -> int:
    """Read the command line and take the picture."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("report", type=Path)
    parser.add_argument("picture", type=Path)
    parser.add_argument("--width", type=int, default=1280)
    parser.add_argument("--height", type=int, default=1600)
    parser.add_argument("--full", action="store_true", help="the whole page, not only the window")
    asked = parser.parse_args()
    if find_chromium() is None:
        sys.exit(INSTALL_HINT)
    with start_browser() as browser:
        take_screenshot(browser, asked.report, asked.picture, asked.width, asked.height, asked.full)
    return 0


if __name__ == "__main__":
    sys.exit(main())
