"""What a finder is worth on drawings it has not seen: by style, by wear, by look-alike."""

from __future__ import annotations

import time
from collections import defaultdict
from collections.abc import Iterable

import numpy as np

from detector.marks.emblem import Emblem, EmblemFinder
from detector.marks.emblem_network import KINDS
from scripts.train.emblem.badges import HERE, badge
from scripts.train.emblem.drawing import emblem
from scripts.train.emblem.pages import Shown, page
from scripts.train.emblem.rendering import STYLES
from scripts.train.emblem.windows import BADGE, EMBLEM, Windows

SURE, PERHAPS = 0.9, 0.5
EACH, BARE = 12, 120  # pages by style, and without anything
PALE = ("watermark", "pale-embossed")


def print_windows(finder: EmblemFinder, windows: Windows) -> None:
    """Print how many windows of each sort are taken for emblem or badge."""
    shares = np.concatenate([
        finder.look(windows.large[at : at + 256]) for at in range(0, len(windows.kinds), 256)
    ])  # fmt: skip
    print(f"\n{'window':32} number  emblem > {PERHAPS}  > {SURE}   badge > {PERHAPS}")
    groups = defaultdict(list)
    for number, name in enumerate(windows.names.tolist()):
        what, *rest = name.split("/")
        groups["/".join([what, *rest[:1]])].append(number)
        if what == "emblem":
            groups[f"emblem, {rest[1]}"].append(number)
    for name in sorted(groups):
        s = shares[groups[name]]
        low, high = (s[:, EMBLEM] > PERHAPS).mean(), (s[:, EMBLEM] > SURE).mean()
        other = (s[:, BADGE] > PERHAPS).mean()
        print(f"{name:32} {len(s):6} {low:13.3f} {high:6.3f} {other:13.3f}")


def print_pages(finder: EmblemFinder, seed: int) -> None:
    """Print what is found on whole pages: each style, each badge, and pages without either."""
    print(f"\n{'page':16} number  found > {PERHAPS}  > {SURE}  as other kind  CPU s a page")
    wanted = [(style, "emblem") for style in STYLES] + [(kind, "badge") for kind in HERE]
    for row, (name, what) in enumerate(wanted):
        dice = np.random.default_rng((seed, 7, row))
        found, seconds = [], 0.0
        for _ in range(EACH):
            shown = _shown(dice, name, what)
            pixels = np.rot90(page(dice, shown), turn := int(dice.integers(4)))
            started = time.process_time()
            marks = finder.find(np.ascontiguousarray(pixels), 0.02)
            seconds += time.process_time() - started
            found.append(find_at(marks, shown, pixels.shape, turn))
        right = np.array([m.confidence if m and m.kind == what else 0 for m in found])
        wrong = np.mean([bool(m and m.kind != what and m.confidence > PERHAPS) for m in found])
        print(
            f"{name:16} {EACH:6} {(right > PERHAPS).mean():10.2f} {(right > SURE).mean():6.2f}"
            f" {wrong:13.2f} {seconds / EACH:13.3f}"
        )
    _print_bare(finder, seed)


def _print_bare(finder: EmblemFinder, seed: int) -> None:
    alarms: list[Emblem] = []
    for number in range(BARE):
        alarms += finder.find(page(np.random.default_rng((seed, 8, number))), 0.02)
    for kind in KINDS[1:]:
        highest = sorted((m.confidence for m in alarms if m.kind == kind), reverse=True)[:6]
        print(f"{BARE} pages without any, highest {kind}: {[round(c, 3) for c in highest]}")


def _shown(dice: np.random.Generator, name: str, what: str) -> Shown:
    if what == "badge":
        style = str(dice.choice([s for s in STYLES if s not in PALE]))
        return Shown(badge(dice, name), style, *_place(dice, style))
    return Shown(emblem(dice), name, *_place(dice, name))


def _place(dice: np.random.Generator, style: str) -> tuple[float, float, float]:
    large = style == "foil" or style in PALE
    size = dice.uniform(0.15, 0.45) if large else dice.uniform(0.075, 0.3)
    if dice.random() < 0.6:
        return 0.5, float(dice.uniform(0.3, 0.5) if large else dice.uniform(0.2, 0.4)), float(size)
    return float(dice.uniform(0.25, 0.75)), float(dice.uniform(0.25, 0.75)), float(size)


def find_at(marks: Iterable[Emblem], shown: Shown, shape: tuple, turn: int) -> Emblem | None:
    """Return the mark that lies on what is shown, on a page turned to the left so many times."""
    height, width = shape[:2] if turn % 2 == 0 else shape[1::-1]
    x, y, size = shown.x * width, shown.y * height, shown.size * min(height, width)
    for _ in range(turn):
        x, y = y, width - x
        width, height = height, width
    for mark in marks:
        middle = np.mean(mark.polygon, axis=0)
        side = np.ptp(np.array(mark.polygon)[:, 0])
        if np.hypot(*(middle - (x, y))) < 0.25 * size and 0.65 < side / size < 1.5:
            return mark
    return None
