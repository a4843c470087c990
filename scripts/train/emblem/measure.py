"""Measure the finder on pages drawn as the samples are, and on the samples: no emblem is in those.

    python -m scripts.train.emblem.measure

Pages, wear and places differ from those that training draws; figures come from other seeds.
"""

from __future__ import annotations

import sys
import time
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

import cv2
import numpy as np
import pypdfium2
from PIL import Image

sys.path.insert(0, str(Path(__file__).parents[2]))  # where the samples' drawing lies

from samples.sheet import SCALE, Sheet, Type

from detector.marks.emblem import Emblem, EmblemFinder
from detector.settings import shipped_emblem
from samples import ornaments, wear
from scripts.train.emblem.badges import HERE, badge
from scripts.train.emblem.check import find_at
from scripts.train.emblem.drawing import emblem
from scripts.train.emblem.lookalikes import KINDS, lookalike
from scripts.train.emblem.pages import Shown
from scripts.train.emblem.rendering import STYLES, render
from scripts.train.emblem.shapes import FILL, Dice, Figure

SAMPLES = Path(__file__).parents[3] / "samples"
SEED = 77
EACH = 10
GOLD, WINE, BLUE = (226, 186, 92), (134, 34, 46), (44, 82, 140)
TITLES = ("职业技能等级证书", "专业技术人员证书", "培训合格证书", "岗位合格证书")
LINES = (
    "赵示例 同志于2023年3月参加收纳整理师岗位能力",
    "培训，修完规定课程，经考核成绩合格，特发此证。",
    "本证书全国通用，终身有效。",
    "证书编号：YC-2023-000018",
    "发证机构：云川匠才评价中心",
    "2023年3月18日",
)
LIMITS = (0.3, 0.5, 0.7, 0.8, 0.9, 0.95)


def main() -> None:
    """Print recall by style and kind, what fires on pages without either, and the time."""
    cv2.setNumThreads(1)
    finder = EmblemFinder.load(shipped_emblem())
    print(
        f"{'shown':16} pages " + " ".join(f"> {limit}" for limit in LIMITS) + "  other kind  CPU s"
    )
    for row, (name, kind) in enumerate(
        [(s, "emblem") for s in STYLES] + [(b, "badge") for b in HERE]
    ):
        _print_shown(finder, np.random.default_rng((SEED, row)), name, kind)
    alarms = defaultdict(list)
    for name, pixels in [*samples(), *bare_pages(np.random.default_rng((SEED, 100)))]:
        marks, _ = _found(finder, pixels)
        alarms[name].append(max(((m.confidence, m.kind) for m in marks), default=(0.0, "")))
    for name, highest in alarms.items():
        top = sorted(highest, reverse=True)[:5]
        print(f"{name:12} {len(highest):4} pages, highest: {[(round(c, 2), k) for c, k in top]}")


def _print_shown(finder: EmblemFinder, dice: Dice, name: str, kind: str) -> None:
    right, wrong, seconds = [], 0, 0.0
    for _ in range(EACH):
        style = (
            name
            if kind == "emblem"
            else str(dice.choice(["colour", "mono", "foil", "red-white", "line"]))
        )
        figure = emblem(dice) if kind == "emblem" else badge(dice, name)
        pixels, shown = drawn(dice, figure, style)
        turn = int(dice.choice([0, 0, 0, 1, 2, 3]))
        turned = np.ascontiguousarray(np.rot90(pixels, turn))
        marks, spent = _found(finder, turned)
        seconds += spent
        mark = find_at(marks, shown, turned.shape, turn)
        right.append(mark.confidence if mark and mark.kind == kind else 0)
        wrong += bool(mark and mark.kind != kind and mark.confidence > 0.5)
    shares = " ".join(f"{np.mean(np.array(right) > limit):5.2f}" for limit in LIMITS)
    print(f"{name:16} {EACH:5} {shares} {wrong:10} {seconds / EACH:8.3f}", flush=True)


def _found(finder: EmblemFinder, pixels: np.ndarray) -> tuple[list[Emblem], float]:
    started = time.process_time()
    return finder.find(pixels, 0.02), time.process_time() - started


def drawn(dice: Dice, figure: Figure, style: str) -> tuple[np.ndarray, Shown]:
    """Return a page that shows a figure, and where: a worn page keeps its places."""
    sheet = _cover(dice) if style == "foil" else _certificate(dice)
    unit = min(sheet.width, sheet.height)
    large = style in ("foil", "watermark", "embossed", "pale-embossed")
    size = float(dice.uniform(0.18, 0.42) if large else dice.uniform(0.08, 0.2))
    x, y = (
        0.5,
        float(dice.uniform(0.32, 0.42)) if large else 0.06 + size * unit / sheet.height / 2 + 0.02,
    )
    if not large and dice.random() < 0.3:
        x = float(dice.choice([0.2, 0.8]))
    paper = sheet.image.getpixel((int(x * sheet.image.width), int(y * sheet.image.height)))
    picture = render(figure, style, dice, paper)
    side = round(size * unit * SCALE / FILL)
    grown = cv2.resize(picture, (side, side), interpolation=cv2.INTER_AREA)
    colour = Image.fromarray(grown[..., :3].clip(0, 255).astype(np.uint8))
    cover = Image.fromarray((grown[..., 3] * 255).astype(np.uint8))
    corner = (round(x * sheet.image.width - side / 2), round(y * sheet.image.height - side / 2))
    sheet.image.paste(colour, corner, cover)
    _write(sheet, dice, y + size * unit / sheet.height / 2 if not large else 0.2, style == "foil")
    return np.asarray(worn(sheet.finish(), dice)), Shown(figure, style, x, y, size)


def _certificate(dice: Dice) -> Sheet:
    size = [(1360, 960), (960, 1360), (1240, 880), (760, 1080)][int(dice.integers(4))]
    sheet = Sheet(*size, [(253, 251, 243), (255, 255, 255), (240, 246, 250)][int(dice.integers(3))])
    if dice.random() < 0.5:
        ornaments.waves(sheet, (240, 232, 214))
    if dice.random() < 0.5:
        ornaments.braid(sheet, 46, [GOLD, BLUE, WINE][int(dice.integers(3))])
    if dice.random() < 0.3:
        ornaments.rosette(sheet, size[0] / 2, size[1] / 2, 240, (238, 226, 204))
    return sheet


def _cover(dice: Dice) -> Sheet:
    sheet = Sheet(760, 1060, (128, 18, 28))
    colour = [(142, 20, 32), (24, 40, 96), (90, 16, 26), (20, 70, 50)][int(dice.integers(4))]
    ground = ornaments.leather(
        sheet.image.width, sheet.image.height, colour, int(dice.integers(99))
    )
    sheet.image.paste(ground, (0, 0))
    if dice.random() < 0.5:
        sheet.box((40, 40, 720, 1020), outline=GOLD, width=3)
    return sheet


def _write(sheet: Sheet, dice: Dice, top: float, foil: bool) -> None:
    width, height, unit = sheet.width, sheet.height, min(sheet.width, sheet.height)
    ink = GOLD if foil else [WINE, BLUE, (30, 30, 34)][int(dice.integers(3))]
    title = TITLES[int(dice.integers(len(TITLES)))]
    if foil:
        sheet.write(width / 2, height * 0.7, title, Type("serif-bold", 72, ink, 8), "m")
        return
    y = height * top + unit * 0.07
    sheet.write(width / 2, y, title, Type("serif-bold", int(unit * 0.07), ink, 6), "m")
    text = Type("serif", int(unit * 0.028))
    sheet.paragraph(width * 0.3, y + unit * 0.1, LINES, text, 1.7)
    ornaments.portrait(
        sheet, width * 0.08, y + unit * 0.1, (int(unit * 0.16), int(unit * 0.22)), (196, 220, 240)
    )
    if dice.random() < 0.7:
        seal = ornaments.Seal(
            "云川匠才评价中心", int(unit * 0.09), turn=float(dice.uniform(-20, 20))
        )
        ornaments.stamp(sheet, width * 0.75, min(height * 0.88, y + unit * 0.4), seal)
    if dice.random() < 0.4:
        sheet.code(width * 0.1, height * 0.8, int(unit * 0.14), "https://www.zs-chaxun.example/q")


def worn(picture: Image.Image, dice: Dice) -> Image.Image:
    """Return the page after one sort of wear."""
    seed, kind = int(dice.integers(999)), int(dice.integers(6))
    if kind == 0:
        return wear.scan(picture, seed, float(dice.uniform(-2, 2)))
    if kind == 1:
        return wear.photocopy(picture, seed).convert("RGB")
    if kind == 2:
        return wear.fade(picture, seed, float(dice.uniform(-2, 2)))
    if kind == 3:
        return wear.squeeze(picture, int(dice.integers(28, 60)))
    if kind == 4:
        small = picture.resize(
            (picture.width * 7 // 10, picture.height * 7 // 10), Image.Resampling.LANCZOS
        )
        return wear.squeeze(small, int(dice.integers(50, 85)))
    return picture


def bare_pages(dice: Dice) -> Iterator[tuple[str, np.ndarray]]:
    """Yield pages with look-alikes where an emblem would stand, and pages with nothing there."""
    for kind in KINDS:
        for _ in range(4):
            style = str(
                dice.choice(
                    ["colour", "mono", "foil", "red-white", "line", "reversed", "watermark"]
                )
            )
            yield f"with {kind}", drawn(dice, lookalike(dice, kind), style)[0]
    for _ in range(20):
        sheet = _cover(dice) if dice.random() < 0.3 else _certificate(dice)
        _write(sheet, dice, 0.05, dice.random() < 0.2)
        yield "plain", np.asarray(worn(sheet.finish(), dice))


def samples() -> Iterator[tuple[str, np.ndarray]]:
    """Yield every picture and every page of a PDF below samples/."""
    for path in sorted(SAMPLES.rglob("*")):
        if path.parent.name == "broken":
            continue
        if path.suffix == ".pdf":
            for page in pypdfium2.PdfDocument(path):
                yield "samples", np.asarray(page.render(scale=200 / 72).to_pil().convert("RGB"))
        elif path.suffix in (".png", ".jpg", ".tif", ".bmp", ".webp", ".gif"):
            with Image.open(path) as image:
                for frame in range(getattr(image, "n_frames", 1)):
                    image.seek(frame)
                    yield "samples", np.asarray(image.convert("RGB"))


if __name__ == "__main__":
    main()
