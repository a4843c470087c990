"""How far a screening is: pages, rate, and an estimate from this run's own rate alone."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import TYPE_CHECKING, TextIO

from detector.cli.output import say

if TYPE_CHECKING:
    from detector.batch.ledger import Tally

SHOW_EVERY = 0.5  # seconds on a terminal
LOG_EVERY = 60.0  # seconds where lines go to a file
SOON = 10.0  # seconds of work before an estimate means anything


class RateLine:
    """One line that is written over on a terminal; in a log, a line now and then."""

    def __init__(self, stream: TextIO, clock: Callable[[], float] = time.monotonic) -> None:
        """Begin to count with the first tally that is shown."""
        self._clock = clock
        self._live = stream.isatty()
        self._started = self._shown = clock()
        self._begin: int | None = None  # pages that an earlier run had done

    def show(self, tally: Tally) -> None:
        """Show how far the run is, if the last time is long enough ago."""
        now = self._clock()
        if self._begin is None:
            self._begin = tally.pages
        if now - self._shown < (SHOW_EVERY if self._live else LOG_EVERY):
            return
        self._shown = now
        text = describe(tally, tally.pages - self._begin, now - self._started)
        say(f"\r{text}\033[K" if self._live else text, to_stderr=True, newline=not self._live)

    def end(self) -> None:
        """Leave the line."""
        if self._live and self._begin is not None:
            say("", to_stderr=True)


def describe(tally: Tally, done_now: int, seconds: float) -> str:
    """Say how far a run is; what an earlier run did counts as done, not as speed."""
    known = f"{tally.listed}" if tally.complete_list else f"至少 {tally.listed}"
    parts = [f"已筛查 {tally.pages} / {known} 个网页"]
    rate = done_now / seconds if seconds > 0 else 0.0
    if rate:
        parts.append(f"每秒 {rate:.0f} 个")
    if rate and seconds >= SOON:
        left = _duration((tally.listed - tally.pages) / rate)
        parts.append(f"约还需 {left}" if tally.complete_list else f"至少还需 {left}")
    parts.append(f"疑似违规 {tally.report} 处")
    if tally.quarantined:
        parts.append(f"隔离 {tally.quarantined} 个")
    return "，".join(parts)


def _duration(seconds: float) -> str:
    minutes = round(seconds / 60)
    if minutes < 1:
        return "不到 1 分钟"
    hours, minutes = divmod(minutes, 60)
    return f"{hours} 小时 {minutes} 分钟" if hours else f"{minutes} 分钟"
