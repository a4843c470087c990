"""How far a scan is, in pages; silent where no terminal shows it."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from click._termui_impl import ProgressBar


class PageProgress:
    """Counts pages against those known so far: a source is one page until it is opened."""

    def __init__(self, bar: ProgressBar[int]) -> None:
        """Count on `bar`, which has one step for each source."""
        self._bar = bar
        self._pages = 1  # of the present source, as far as is known
        self._turned = 0

    def turn(self, pages: int) -> None:
        """Count one page of the present source, which has `pages`."""
        self._expect(pages)
        self._turned += 1
        self._bar.update(1)

    def finish(self, pages: int) -> None:
        """Count the pages of the present source that were not turned, and begin the next one."""
        self._expect(pages)
        self._bar.update(pages - self._turned)
        self._pages, self._turned = 1, 0

    def _expect(self, pages: int) -> None:
        self._bar.length = (self._bar.length or 0) + pages - self._pages
        self._pages = pages


@contextmanager
def page_progress(sources: int) -> Iterator[PageProgress]:
    """Show a bar on the standard error while sources are read."""
    hidden = not sys.stderr.isatty()
    with click.progressbar(
        length=sources, label="已读页数", show_pos=True, file=sys.stderr, hidden=hidden
    ) as bar:
        yield PageProgress(bar)
