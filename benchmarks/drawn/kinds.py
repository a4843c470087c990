"""The kinds of pages: what is drawn, what happens to it, and which file it becomes.

draw("photo", 3)    the third photograph; the same kind and number give the same bytes
"""

from __future__ import annotations

import io
import random
import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any, NamedTuple

from PIL import Image

from benchmarks.drawn import certificates, chats, covers, posters, standard, texts, wear, wording
from benchmarks.drawn.canvas import Canvas
from benchmarks.drawn.truth import Corners, Page, Written

INCH = 25.4
EPOCH = time.gmtime(0)  # a PDF's dates, so that its bytes do not change


class File(NamedTuple):
    """The pages of a file before they are written, how they are written, and how they look."""

    canvases: Sequence[Canvas]
    suffix: str
    quality: int = 80
    dpi: int = 150
    lawful: bool = False
    look: str = ""
    exif: int = 1


def draw(kind: str, seed: int) -> Page:
    """Draw one page of a kind of KINDS."""
    chance = random.Random(f"{kind} {seed}")
    made = KINDS[kind](chance, seed)
    for canvas in made.canvases:  # a screen or a scanner knows no more of a page than its pixels
        canvas.image.load()
    return _page(kind, seed, made)


def _clean(chance: random.Random, seed: int) -> File:
    canvas, look = _certificate(chance, 300 / INCH, seed)
    wear.scan(canvas, chance)
    return File(
        [canvas], chance.choice((".jpg", ".jpg", ".png")), chance.randint(75, 92), 300, look=look
    )


def _coarse(chance: random.Random, seed: int) -> File:
    canvas, look = _certificate(chance, chance.choice((120, 150, 150)) / INCH, seed)
    wear.scan(canvas, chance)
    return File([canvas], chance.choice((".jpg", ".png")), chance.randint(55, 85), 150, look=look)


def _photo(chance: random.Random, seed: int) -> File:
    canvas, look = _certificate(chance, 200 / INCH, seed)
    wear.photograph(canvas, chance)
    return File([canvas], ".jpg", chance.randint(45, 85), look=look)


def _turned(chance: random.Random, seed: int) -> File:
    canvas, look = _certificate(chance, chance.choice((150, 200)) / INCH, seed)
    (wear.photograph if chance.random() < 0.3 else wear.scan)(canvas, chance)
    quarters = 1 + seed % 3
    wear.turn(canvas, quarters)
    return File([canvas], ".jpg", chance.randint(60, 88), look=f"{look} {90 * quarters}")


def _skewed(chance: random.Random, seed: int) -> File:
    canvas, look = _certificate(chance, chance.choice((130, 150, 200)) / INCH, seed)
    wear.skew(canvas, chance)
    return File([canvas], ".jpg", chance.randint(60, 88), look=look)


def _cover(chance: random.Random, seed: int) -> File:
    canvas = covers.draw(chance, chance.choice((150, 200, 300)) / INCH)
    if chance.random() < 0.4:
        wear.photograph(canvas, chance)
    else:
        wear.scan(canvas, chance)
    return File([canvas], ".jpg", chance.randint(55, 88))


def _traditional(chance: random.Random, seed: int) -> File:
    if seed % 4 == 3:
        canvas, look = posters.draw(chance, 10, posters.traditional_copy(chance)), "poster"
        return File([canvas], ".png", look=look)
    layout = certificates.LAYOUTS[seed % len(certificates.LAYOUTS)]
    canvas = layout(chance, chance.choice((150, 200, 300)) / INCH, wording.traditional_form(chance))
    (wear.photograph if chance.random() < 0.3 else wear.scan)(canvas, chance)
    return File([canvas], ".jpg", chance.randint(60, 88), look=layout.__name__)


def _poster(chance: random.Random, seed: int) -> File:
    canvas = posters.draw(chance, chance.choice((7.2, 9, 10.8, 14)), posters.simplified(chance))
    if chance.random() < 0.2:
        wear.photograph(canvas, chance)
    return File([canvas], chance.choice((".jpg", ".jpg", ".png")), chance.randint(45, 90))


def _chat(chance: random.Random, seed: int) -> File:
    canvas = chats.draw(chance, chance.choice((7.2, 7.5, 10.8, 11.7)))
    return File([canvas], chance.choice((".png", ".jpg")), chance.randint(50, 85))


def _grey(chance: random.Random, seed: int) -> File:
    canvas, look = _certificate(chance, chance.choice((150, 200, 300)) / INCH, seed)
    wear.copy_grey(canvas, chance)
    return File([canvas], ".jpg", chance.randint(55, 85), look=look)


def _fax(chance: random.Random, seed: int) -> File:
    canvas, look = _certificate(chance, chance.choice((150, 200, 200)) / INCH, seed)
    wear.fax(canvas, chance)
    return File([canvas], chance.choice((".tif", ".png")), look=look)


def _pdf(chance: random.Random, seed: int) -> File:
    canvases = []
    for part in range(1 + seed % 2):
        canvas, look = _certificate(chance, chance.choice((150, 200, 300)) / INCH, seed + 3 * part)
        (wear.copy_grey if chance.random() < 0.25 else wear.scan)(canvas, chance)
        canvases.append(canvas)
    return File(canvases, ".pdf", chance.randint(60, 85), 200, look=look)


def _standard(chance: random.Random, seed: int) -> File:
    ways: tuple[tuple[str, int, Callable[[Canvas, random.Random], None]], ...] = (
        ("scan", 300, wear.scan), ("scan", 150, wear.scan), ("photo", 200, wear.photograph),
        ("skew", 150, wear.skew), ("grey", 200, wear.copy_grey), ("photo", 200, wear.photograph),
    )  # fmt: skip
    look, dpi, wearing = ways[seed % len(ways)]
    canvas = standard.draw(chance, dpi / INCH, standard.fill(chance))
    wearing(canvas, chance)
    suffix = ".pdf" if look == "scan" and chance.random() < 0.25 else ".jpg"
    return File([canvas], suffix, chance.randint(60, 90), dpi, True, look)


KINDS: dict[str, Callable[[random.Random, int], File]] = {
    "clean": _clean,
    "150dpi": _coarse,
    "photo": _photo,
    "turned": _turned,
    "skewed": _skewed,
    "cover": _cover,
    "traditional": _traditional,
    "poster": _poster,
    "chat": _chat,
    "grey": _grey,
    "fax": _fax,
    "pdf": _pdf,
    "standard": _standard,
}


def _certificate(chance: random.Random, scale: float, seed: int) -> tuple[Canvas, str]:
    layout = certificates.LAYOUTS[seed % len(certificates.LAYOUTS)]
    lawful = chance.random() < 0.25
    return layout(chance, scale, wording.simplified(chance, lawful)), layout.__name__


def _page(kind: str, seed: int, made: File) -> Page:
    things: dict[str, list[Any]] = {
        name: [] for name in ("line", "seal", "emblem", "code", "portrait", "decoy", "term", "form")
    }
    for number, canvas in enumerate(made.canvases):
        for name, points, value in canvas.placed:
            corners: Corners = tuple(
                (float(x) / canvas.image.width, float(y) / canvas.image.height) for x, y in points
            )
            if name == "line":
                value = Written(value, corners, number)
            elif name in ("seal", "emblem", "code"):
                value = replace(value, polygon=corners, page=number)
            things[name].append(corners if name == "portrait" else value)
    lines = tuple(things["line"])
    terms = [term for line in lines for term in texts.listed_in(line.text)]
    return Page(
        kind=kind,
        seed=seed,
        suffix=made.suffix,
        data=_written(made),
        lines=lines,
        terms=(*terms, *things["term"]),
        seals=tuple(things["seal"]),
        emblems=tuple(things["emblem"]),
        codes=tuple(things["code"]),
        fields=things["form"][0] if things["form"] else {},
        portraits=tuple(things["portrait"]),
        lawful=made.lawful,
        decoys=tuple(things["decoy"]),
        pages=len(made.canvases),
        look=made.look,
    )


def _written(made: File) -> bytes:
    """Return the bytes of the file."""
    held = io.BytesIO()
    first, *rest = (canvas.image for canvas in made.canvases)
    if made.suffix == ".pdf":
        first.save(held, "PDF", save_all=True, append_images=rest, resolution=float(made.dpi),
                   quality=made.quality, creationDate=EPOCH, modDate=EPOCH)  # fmt: skip
    elif made.suffix == ".jpg":
        first.save(held, "JPEG", quality=made.quality, dpi=(made.dpi, made.dpi))
    elif made.suffix == ".tif":
        first.convert("L").convert("1", dither=Image.Dither.NONE).save(
            held, "TIFF", compression="group4"
        )
    else:
        first.save(held, "PNG", compress_level=3)
    return held.getvalue()
