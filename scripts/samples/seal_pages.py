"""Random pages with seals, and pages with what looks like one: for tests and measurements.

Everything follows from a seed, and nothing from the ways in which seals are found.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

import numpy as np
from PIL import Image, ImageDraw, ImageFilter

from samples import fonts, wear
from samples.seals import Design, Press, names, press

Point = tuple[float, float]


class Pressed(NamedTuple):
    """A seal on a page: its design, where its middle lies and how far it reaches, in pixels."""

    design: Design
    x: float
    y: float
    reach: float


class SealPage(NamedTuple):
    """A page, the kind of trouble it shows and the seals on it."""

    image: Image.Image
    kind: str
    seals: tuple[Pressed, ...]


def _one(rng: np.random.Generator, key: str) -> str:
    return str(rng.choice(names()[key]))


def body_name(rng: np.random.Generator, latin: float = 0.06) -> str:
    """Return an invented name of 8 to 20 characters, or now and then one in Latin letters."""
    if rng.random() < latin:
        return _one(rng, "latin")
    parts = [_one(rng, key) for key in ("place", "name", "trade", "body")]
    if rng.random() < 0.3:
        parts.pop(1)
    if rng.random() < 0.2:
        parts.insert(2, _one(rng, "trade"))
    return "".join(dict.fromkeys(parts))


def round_design(rng: np.random.Generator, radius: int) -> Design:
    """Return a round seal of some lay-out."""
    arc = body_name(rng)
    size = min(rng.uniform(0.22, 0.30), 4.2 / len(arc) / 0.8)
    narrow = float(min(rng.uniform(0.62, 0.9), 3.9 / (len(arc) * size)))
    spread = min(float(rng.uniform(16, 24)) * len(arc), float(rng.uniform(230, 285)))
    inner = (_one(rng, "inner"),) if rng.random() < 0.45 else ()
    number = "".join(map(str, rng.integers(0, 10, 13))) if rng.random() < 0.3 else ""
    return Design(
        arc, inner, number, radius=radius, star=bool(not inner or rng.random() < 0.7),
        rim=float(rng.uniform(0.03, 0.07)),
        second_rim=float(rng.uniform(0.012, 0.02)) if rng.random() < 0.15 else 0.0,
        face=str(rng.choice(["serif", "serif", "sans", "kai"])),
        bold=bool(rng.random() < 0.7), size=float(size), narrow=narrow,
        spread=min(spread, 245.0) if number else spread,
    )  # fmt: skip


def oval_design(rng: np.random.Generator, radius: int) -> Design:
    """Return an oval seal with a line in its middle."""
    design = round_design(rng, radius)
    inner = (_one(rng, "inner"),) if rng.random() < 0.8 else ()
    return design._replace(
        shape="oval", flat=float(rng.uniform(0.64, 0.8)), inner=inner, star=not inner, number="",
        size=min(design.size, 0.21), narrow=min(0.9, design.narrow * 1.1), second_rim=0.0,
        spread=float(rng.uniform(200, 235)),
    )  # fmt: skip


def square_design(rng: np.random.Generator, radius: int) -> Design:
    """Return a square seal of two or three rows or columns."""
    name = _one(rng, "person") + "印"
    if rng.random() < 0.5:
        name = (_one(rng, "place")[:2] + _one(rng, "trade")[:2] + "之印")[:6]
    rows = 2
    step = -(-len(name) // rows)
    inner = tuple(name[i : i + step] for i in range(0, len(name), step))
    if len(set(map(len, inner))) > 1:
        inner = (name[:2], name[-2:])
    return Design(
        inner=inner, shape="square", radius=round(radius * 0.62),
        face=str(rng.choice(["serif", "kai", "sans"])), flat=float(rng.choice([1.0, 0.99])),
        square=str(rng.choice(["rows", "columns"])), solid=bool(rng.random() < 0.35),
    )  # fmt: skip


def any_press(rng: np.random.Generator) -> Press:
    """Return an ordinary way to press a seal."""
    colour = (int(rng.integers(185, 245)), int(rng.integers(15, 70)), int(rng.integers(15, 75)))
    return Press(
        float(rng.normal(0, 14)), float(rng.uniform(0.65, 0.95)), colour,
        float(rng.uniform(0.1, 0.5)), float(rng.uniform(0, 0.06)),
        blur=float(rng.uniform(0.3, 0.9)),
    )  # fmt: skip


def paper_page(rng: np.random.Generator, size: tuple[int, int], red: bool = False) -> Image.Image:
    """Return a page of text as a certificate has it; with red headline and frame if asked."""
    paper = tuple(int(v) for v in 255 - rng.integers(0, 1 + rng.integers(0, 22), 3))
    page = Image.new("RGB", size, paper)
    pen = ImageDraw.Draw(page)
    if red or rng.random() < 0.4:
        _frame(pen, size, rng, red)
    face = str(rng.choice(["serif", "sans", "kai"]))
    colour = (190, 24, 30) if red or rng.random() < 0.5 else (40, 36, 40)
    top = size[1] // 8
    pen.text(
        (size[0] / 2, top), _one(rng, "headline"), colour, fonts.font(face, top * 2 // 3), "mm"
    )
    body = int(rng.integers(22, 34))
    for y in range(2 * top, round(0.6 * size[1]), int(body * rng.uniform(1.7, 3))):
        x = size[0] * rng.uniform(0.08, 0.4)
        pen.text((x, y), _one(rng, "line"), (40, 38, 42), fonts.font(face, body), "lm")
    return page


def _frame(
    pen: ImageDraw.ImageDraw, size: tuple[int, int], rng: np.random.Generator, red: bool
) -> None:
    colour = (186, 30, 36) if red else tuple(int(v) for v in rng.integers(60, 200, 3))
    for inset in (18, 26, 40)[: int(rng.integers(1, 4))]:
        box = [inset, inset, size[0] - inset, size[1] - inset]
        pen.rectangle(box, outline=colour, width=int(rng.integers(1, 6)))


def page_with_seals(seed: int, kind: str) -> SealPage:
    """Return a page of one of `KINDS`."""
    rng = np.random.default_rng(seed)
    return KINDS[kind](rng, kind)


def _sizes(rng: np.random.Generator) -> tuple[int, int]:
    return (1400, 1000) if rng.random() < 0.6 else (1000, 1400)


def _place(rng: np.random.Generator, size: tuple[int, int], reach: int) -> tuple[float, float]:
    x = float(rng.uniform(reach + 20, size[0] - reach - 20))
    return x, float(rng.uniform(size[1] * 0.4, size[1] - reach - 30))


def _plain(rng: np.random.Generator, kind: str) -> SealPage:
    size = _sizes(rng)
    page = paper_page(rng, size, red=kind == "red page")
    radius = int(rng.integers(62, 125))
    make = {"oval": oval_design, "square": square_design}.get(kind, round_design)
    design, how = make(rng, radius), any_press(rng)
    if kind == "faded":
        how = how._replace(strength=float(rng.uniform(0.25, 0.45)), uneven=0.3)
    if kind == "partial ink":
        how = how._replace(lost=float(rng.uniform(0.1, 0.28)))
    if kind == "turned":
        how = how._replace(turn=float(rng.uniform(-180, 180)))
    if kind == "small":
        design = design._replace(radius=int(rng.integers(46, 60)))
    x, y = _place(rng, size, radius)
    if kind == "over text":
        y = size[1] * float(rng.uniform(0.65, 0.8))
    if kind == "off the edge":
        x = float(rng.choice([radius * 0.55, size[0] - radius * 0.55]))
    if kind == "over text":
        _text_below(page, rng, x, y)
    press(page, x, y, design, how, int(rng.integers(1 << 30)))
    if kind == "crossed":
        _cross(page, rng, x, y, radius)
    return SealPage(_scanned(page, rng), kind, (Pressed(design, x, y, design.radius),))


def _text_below(page: Image.Image, rng: np.random.Generator, x: float, y: float) -> None:
    pen = ImageDraw.Draw(page)
    size = int(rng.integers(26, 40))
    for row in range(int(rng.integers(1, 4))):
        at = (x + rng.uniform(-60, 60), y - 40 + row * size * 1.8)
        pen.text(at, body_name(rng, 0), (36, 34, 38), fonts.font("serif", size), "mm")


def _cross(page: Image.Image, rng: np.random.Generator, x: float, y: float, radius: int) -> None:
    pen = ImageDraw.Draw(page)
    for colour in ((30, 40, 120), (190, 30, 36), (60, 60, 60))[: int(rng.integers(1, 4))]:
        angle, shift = rng.uniform(0, np.pi), rng.uniform(-0.5, 0.5, 2) * radius
        dx, dy = np.cos(angle) * radius * 1.6, np.sin(angle) * radius * 1.6
        ends = [(x + shift[0] - dx, y + shift[1] - dy), (x + shift[0] + dx, y + shift[1] + dy)]
        pen.line(ends, colour, int(rng.integers(2, 6)))


def _several(rng: np.random.Generator, kind: str) -> SealPage:
    size = (1400, 1000)
    page = paper_page(rng, size)
    seals = []
    radius = int(rng.integers(70, 105))
    y = float(rng.uniform(450, 850))
    step = radius * (2.02 if kind == "touching" else rng.uniform(2.3, 3.4))
    for i in range(3 if kind == "several" else 2):
        x = 180 + radius + i * step
        make = oval_design if kind == "several" and i == 2 else round_design
        design = make(rng, radius)
        at = y + (0 if kind == "touching" else rng.uniform(-30, 30))
        press(page, x, at, design, any_press(rng), int(rng.integers(1 << 30)))
        seals.append(Pressed(design, x, at, radius))
    if kind == "touching":
        style = (198, 30, 34), fonts.font("serif", 44)
        ImageDraw.Draw(page).text((x + radius - 8, y), _one(rng, "headline"), *style, "lm")
    return SealPage(_scanned(page, rng), kind, tuple(seals))


def _photo(rng: np.random.Generator, kind: str) -> SealPage:
    page = _plain(rng, "round")
    (seal,) = page.seals
    width, height = page.image.size
    pull = rng.uniform(0.02, 0.14, 8) * min(width, height)
    corners = [
        (60 + pull[0], 50 + pull[1]), (width + 40 - pull[2], 50 + pull[3]),
        (width + 40 - pull[4], height + 40 - pull[5]), (60 + pull[6], height + 40 - pull[7]),
    ]  # fmt: skip
    shot = wear.photograph(
        page.image, int(rng.integers(1 << 20)), corners, (width + 120, height + 100)
    )
    # A point of the page lies where the inverse of the photograph's transform puts it.
    c = wear._perspective(corners, page.image.size)
    inverse = np.linalg.inv(np.array([[c[0], c[1], c[2]], [c[3], c[4], c[5]], [c[6], c[7], 1]]))
    x, y, w = inverse @ (seal.x, seal.y, 1)
    moved = seal._replace(x=x / w, y=y / w)
    return SealPage(wear.squeeze(shot, int(rng.integers(45, 80))), kind, (moved,))


def _turned_page(rng: np.random.Generator, kind: str) -> SealPage:
    page = _plain(rng, "round")
    (seal,) = page.seals
    turned = page.image.transpose(Image.Transpose.ROTATE_90)
    moved = seal._replace(x=seal.y, y=page.image.width - seal.x)
    return SealPage(turned, kind, (moved,))


def _grey(rng: np.random.Generator, kind: str) -> SealPage:
    page = _plain(rng, "oval" if rng.random() < 0.15 else "round")
    if kind == "fax":
        image = page.image.convert("L").point(lambda v: 255 if v > 205 else 0)
    elif kind == "copy":
        image = wear.photocopy(page.image, int(rng.integers(1 << 20)), float(rng.uniform(-1, 1)))
    else:
        image = page.image.convert("L")
    return SealPage(image.convert("RGB"), kind, page.seals)


def _scanned(page: Image.Image, rng: np.random.Generator) -> Image.Image:
    if rng.random() < 0.5:
        page = page.filter(ImageFilter.GaussianBlur(float(rng.uniform(0.2, 0.8))))
    if rng.random() < 0.5:
        page = wear.noise(page, float(rng.uniform(1, 4)), int(rng.integers(1 << 20)))
    if rng.random() < 0.3:
        low, gain = rng.uniform(0, 30), rng.uniform(0.75, 1.0)
        page = page.point(lambda v: min(255, int(low + v * gain)))
    return wear.squeeze(page, int(rng.integers(50, 92)))


KINDS: dict[str, Callable[[np.random.Generator, str], SealPage]] = {
    **dict.fromkeys(
        ("round", "oval", "square", "faded", "partial ink", "turned", "small", "off the edge",
         "over text", "crossed", "red page"),
        _plain,
    ),
    "several": _several,
    "touching": _several,
    "photo": _photo,
    "turned page": _turned_page,
    "grey": _grey,
    "copy": _grey,
    "fax": _grey,
}  # fmt: skip
