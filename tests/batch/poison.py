"""Workers that some pages end, hang or swell, as hostile pages do; run in processes of their own.

`python poison.py INPUT OUT` screens with them, to be killed by a test.
"""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Callable
from pathlib import Path

from detector.batch import run, work
from detector.batch.screener import Screener
from detector.settings import Settings

ENDS, HANGS, SWELLS, FAILS = (
    f"<!--{name}-->".encode() for name in ("ends", "hangs", "swells", "fails")
)
SMALL = {"workers": 2, "chunk_pages": 20, "max_seconds_per_document": 3, "survey_pages": 60}


def settings(out: Path, **more: object) -> Settings:
    return Settings(out=out, **(SMALL | more))


class PoisonedScreener(Screener):
    """Reads pages as usual, but for those that do harm."""

    def _read_one(self, page):
        if ENDS in page.data:
            os._exit(9)
        if HANGS in page.data:
            time.sleep(600)
        if SWELLS in page.data:
            held = bytearray(os.urandom(1 << 20)) * 600
            time.sleep(600)
            del held
        if FAILS in page.data:
            raise RuntimeError("a fault that no rule of ours foresees")
        return super()._read_one(page)


def prepare(settings: Settings) -> Callable:
    work.Screener = PoisonedScreener
    return work_prepare(settings)


work_prepare = work.prepare


def poison() -> None:
    """Let the runs of this process have such workers."""
    run.prepare = prepare


def main() -> None:
    poison()
    run.screen_inputs([sys.argv[1]], settings(Path(sys.argv[2])))


if __name__ == "__main__":
    main()
