"""Train the emblem finder: python -m scripts.train.emblem.

Draws windows, trains the scan's filters and the network, lets them look at pages without an
emblem, adds what they were deceived by, and trains again. Prints what the finder is worth on
drawings it has not seen. Needs only what the package needs; seeds are fixed.
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import fields
from pathlib import Path

import cv2
import numpy as np
from threadpoolctl import threadpool_limits

from detector.marks.emblem import SIDE, EmblemFinder
from detector.marks.emblem_features import cut_windows, grey
from detector.marks.emblem_network import Network
from detector.marks.emblem_scan import CELL, SPAN, Scan, find_places
from detector.settings import shipped_emblem
from scripts.train.emblem.check import print_pages, print_windows
from scripts.train.emblem.fit import Plan, fit_network, fit_scan
from scripts.train.emblem.pages import page
from scripts.train.emblem.windows import OTHER, SCAN_SIDE, Windows, draw_windows

SCENES, CHECKED = 14_000, 3_000
MINED_PAGES, MINED_PLACES = 360, 36
FIRST = Plan(epochs=2)
# Seeds of what is drawn to train, to mine and to check; tests/marks uses others.
TRAIN, MINE, CHECK = 1, 2, 3


def main() -> None:
    """Train, write the weights, print what they are worth."""
    cv2.setNumThreads(1)
    started = time.time()
    windows = draw_windows(SCENES, TRAIN)
    _say(started, f"{len(windows.kinds)} windows drawn")
    # More threads add in another order, and the same seed would give other weights.
    with threadpool_limits(limits=1, user_api="blas"):
        first = EmblemFinder(fit_scan(windows, TRAIN), fit_network(windows, FIRST, TRAIN))
        _say(started, "first network trained")
        mined = list(_mined(first))
        windows = Windows.joined([windows, *mined])
        _say(started, f"{sum(len(m.kinds) for m in mined)} windows mined")
        scan = fit_scan(windows, TRAIN)
        network = fit_network(windows, Plan(), TRAIN)
    write(scan, network, shipped_emblem())
    _say(started, "trained")
    finder = EmblemFinder.load(shipped_emblem())
    print_windows(finder, draw_windows(CHECKED, CHECK))
    print_pages(finder, CHECK)
    _say(started, "checked")


def write(scan: Scan, network: Network, path: Path) -> None:
    """Write what `EmblemFinder.load` reads, as half floats."""
    halves = {name: values.astype(np.float16) for name, values in network.weights.items()}
    halves |= {f.name: getattr(scan, f.name).astype(np.float16) for f in fields(Scan)}
    path.parent.mkdir(parents=True, exist_ok=True)
    np.savez_compressed(path, **halves)


def _mined(finder: EmblemFinder) -> Iterator[Windows]:
    """Yield windows of pages that bear nothing, at the places that deceive the finder most."""
    with ProcessPoolExecutor(2) as pool:
        for plane in pool.map(_bare, range(MINED_PAGES), chunksize=8):
            places = find_places(plane, finder.scan, 2 * MINED_PLACES)
            shares = finder.shares(plane, places)[:, OTHER]
            chosen = places[np.argsort(shares, kind="stable")[:MINED_PLACES]]
            large = cut_windows(plane, chosen[:, :3], SIDE)
            wide = chosen[:, :3] * (1, 1, SCAN_SIDE / (CELL * SPAN))
            small = cut_windows(plane, wide, SCAN_SIDE)
            for number, turn in enumerate(chosen[:, 3].astype(int)):
                large[number] = np.rot90(large[number], turn)
                small[number] = np.rot90(small[number], turn)
            count = len(chosen)
            yield Windows(large, small, np.full(count, OTHER), np.full(count, "mined"))


def _bare(number: int) -> np.ndarray:
    cv2.setNumThreads(1)
    return grey(page(np.random.default_rng((MINE, number))))


def _say(started: float, text: str) -> None:
    print(f"{time.time() - started:4.0f} s  {text}", flush=True)


if __name__ == "__main__":
    main()
