"""The progress bar: pages against those known so far, shown to terminals only."""

from __future__ import annotations

import os
import pty
import subprocess
import sys

import click
import pytest
from PIL import Image

from detector.cli.progress import PageProgress


@pytest.fixture
def bar():
    with click.progressbar(length=3, hidden=True) as bar:
        yield bar


def test_a_source_is_one_page_until_it_is_opened(bar):
    progress = PageProgress(bar)
    seen = []
    for pages, turned in ((1, 0), (4, 4), (5, 2)):
        for _ in range(turned):
            progress.turn(pages)
            seen.append((bar.pos, bar.length))
        progress.finish(pages)
        seen.append((bar.pos, bar.length))
    assert seen == [
        (1, 3),
        *[(2, 6), (3, 6), (4, 6), (5, 6), (5, 6)],
        *[(6, 10), (7, 10), (10, 10)],
    ]


def test_a_terminal_sees_pages_counted(workplace):
    frames = [Image.new("L", (60, 60), 255)] * 5
    frames[0].save("a.tif", save_all=True, append_images=frames[1:])
    (workplace / "b.txt").write_text("面包", encoding="utf-8")
    master, slave = pty.openpty()
    command = [sys.executable, "-m", "detector", "scan", "a.tif", "b.txt"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=slave) as running:
        os.close(slave)
        running.communicate(timeout=120)
    shown = os.read(master, 100_000).decode("utf-8")
    os.close(master)
    assert "已读页数" in shown
    assert "3/6" in shown
    assert "6/6" in shown
