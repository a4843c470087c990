"""A figure where it is met: on paper or leather, amid text and patterns, copied and worn."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import NamedTuple

import cv2
import numpy as np
from PIL import Image, ImageDraw, ImageFont

from scripts.train.emblem.lookalikes import KINDS, lettering, lookalike
from scripts.train.emblem.rendering import INKS, SIDE, STYLES, render
from scripts.train.emblem.shapes import FILL, Dice, Figure, Part, Role, arc, framed

FONTS = Path(__file__).parents[3] / "samples" / "fonts"
FACES = ("serif.otf", "sans.otf", "kai.ttf")
WORDS = (
    "中华人民共和国职业资格证书技能等级培训合格专业技术人员"
    "编号姓名性别出生年月日发证机关样张照片项目成绩查询网址"
)
PAPERS = (
    (255, 255, 255),
    (252, 250, 244),
    (248, 240, 220),
    (232, 240, 248),
    (240, 232, 236),
    (230, 242, 230),
)
LEATHERS = (
    (142, 20, 32),
    (110, 14, 24),
    (30, 50, 110),
    (20, 70, 50),
    (60, 30, 20),
    (30, 30, 34),
    (170, 20, 40),
)
PALE = ("watermark", "embossed", "pale-embossed")  # what text is printed over
ROOM = 1.9  # sides of a scene to those of its figure

Pixels = np.ndarray  # shape (h, w, 3), uint8


class Scene(NamedTuple):
    """A square picture with the figure in its middle, `size` pixels large, and how it was shown."""

    picture: Pixels
    size: float
    style: str
    wear: str


def scene(figure: Figure, dice: Dice, style: str | None = None) -> Scene:
    """Show a figure."""
    style = style or str(dice.choice(STYLES, p=_SHARES))
    size = float(np.exp(dice.uniform(np.log(44), np.log(230))))
    side = round(size * ROOM)
    leather = style == "foil" or (style in ("relief", "embossed") and dice.random() < 0.4)
    paper = _one(dice, LEATHERS if leather else PAPERS)
    if not leather and dice.random() < 0.12 and style in ("colour", "red-white"):
        paper = tuple(dice.uniform(0, 255, 3))
    ground = background(dice, (side, side), paper, leather)
    write_around(ground, size, dice, leather)
    lay(ground, render(figure, style, dice, paper), (side / 2, side / 2), size, dice)
    if style in PALE and dice.random() < 0.5:
        _write_over(ground, size, dice)
    picture, worn = wear(ground, dice, style)
    return Scene(picture, size, style, worn)


_SHARES = np.array([3, 3, 2.5, 2, 1.5, 3, 1, 2.5, 1, 1]) / 20.5


def background(
    dice: Dice, shape: tuple[int, int], colour: Sequence[float], leather: bool
) -> np.ndarray:
    """Return paper or leather of that colour, (h, w, 3) floats, with or without patterns."""
    ground = np.empty((*shape, 3), np.float32)
    ground[:] = colour
    if leather:
        grain = cv2.GaussianBlur(
            dice.normal(0, 1, shape).astype(np.float32), (0, 0), dice.uniform(0.7, 1.8)
        )
        ground += (grain / grain.std() * dice.uniform(1, 9))[..., None]
    elif dice.random() < 0.4:
        _waves(ground, dice)
    elif dice.random() < 0.25:
        tone = np.add(colour, dice.uniform(-40, -10, 3))
        _overlay(
            ground,
            render(lookalike(dice, "rosette"), "line", dice, colour),
            tone,
            dice.uniform(0.2, 0.8),
        )
    light = np.linspace(1, dice.uniform(0.8, 1.05), shape[int(dice.integers(2))])
    ground *= light[:, None, None] if len(light) == shape[0] else light[None, :, None]
    return ground


def _waves(ground: np.ndarray, dice: Dice) -> None:
    height, width = ground.shape[:2]
    xs = np.linspace(0, width, 40)
    colour = (ground[0, 0] + dice.uniform(-70, -8, 3)).tolist()
    swing, pace = dice.uniform(2, 14), dice.uniform(0.01, 0.12)
    for y in np.arange(-10, height + 10, dice.uniform(4, 14)):
        line = np.stack([xs, y + swing * np.sin(xs * pace + y * 0.05)], 1)
        cv2.polylines(
            ground, [np.round(line * 16).astype(np.int32)], False, colour, 1, cv2.LINE_AA, 4
        )


def _overlay(ground: np.ndarray, picture: np.ndarray, tone: np.ndarray, strength: float) -> None:
    cover = cv2.resize(picture[..., 3], ground.shape[1::-1], interpolation=cv2.INTER_AREA)[
        ..., None
    ]
    ground += (tone - ground) * cover * strength


@cache
def _line_of_text(face: str, start: int, length: int) -> np.ndarray:
    font = ImageFont.truetype(FONTS / face, 40, layout_engine=ImageFont.Layout.BASIC)
    words = (WORDS * 3)[start : start + length]
    image = Image.new("L", (40 * length, 48))
    ImageDraw.Draw(image).text((0, 24), words, 255, font, anchor="lm")
    return np.asarray(image, np.float32) / 255


def text_line(dice: Dice, length: int) -> np.ndarray:
    """Return the cover of a line of text 48 pixels high."""
    return _line_of_text(FACES[int(dice.integers(3))], int(dice.integers(len(WORDS))), length)


def put_text(
    ground: np.ndarray, dice: Dice, at: tuple[float, float], tall: float, ink: Sequence[float]
) -> None:
    """Write a line of about any length whose left end and top are at (x, y)."""
    line = text_line(dice, int(dice.integers(2, 14)))
    scale = tall / line.shape[0]
    move = np.array([[scale, 0, at[0]], [0, scale, at[1]]], np.float32)
    # A line far larger than it will be is first made small, or its strokes would break.
    if scale < 0.6:
        line = cv2.resize(line, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
        move = np.array([[1, 0, at[0]], [0, 1, at[1]]], np.float32)
    cover = cv2.warpAffine(line, move, ground.shape[1::-1])[..., None]
    ground += (np.array(ink, np.float32) - ground) * cover


def write_around(ground: np.ndarray, size: float, dice: Dice, leather: bool) -> None:
    """Write lines above and below the middle, seldom beside or under it, and draw a frame."""
    side = len(ground)
    ink = (226, 186, 92) if leather else _one(dice, INKS)
    for _ in range(int(dice.integers(0, 4))):
        tall = size * dice.uniform(0.1, 0.4)
        free = (side - size * 1.05) / 2
        place = dice.random()
        y = free - tall if place < 0.4 else side - free
        if place > 0.92:  # across the middle
            y = dice.uniform(0, side)
        put_text(ground, dice, (dice.uniform(-side * 0.5, side * 0.6), y), tall, ink)
    if dice.random() < 0.2:
        edge = dice.uniform(0.02, 0.2) * side
        low, high = round(edge), round(side - edge * dice.uniform(-1, 1))
        cv2.rectangle(
            ground, (low, low), (high, high * 2), ink, int(dice.integers(1, 5)), cv2.LINE_AA
        )
    if dice.random() < 0.08:
        _ring_around(ground, size, dice, ink)


def _write_over(ground: np.ndarray, size: float, dice: Dice) -> None:
    """Write lines over the middle, as a certificate's text goes over its watermark."""
    side, ink = len(ground), _one(dice, INKS) if dice.random() < 0.4 else (34, 32, 36)
    tall = size * float(np.exp(dice.uniform(np.log(0.05), np.log(0.2))))
    y, step = dice.uniform(0, side), tall * dice.uniform(1.3, 2.8)
    for line in range(int(dice.integers(1, 7))):
        put_text(ground, dice, (dice.uniform(-side * 0.4, side * 0.5), y + line * step), tall, ink)


def _ring_around(ground: np.ndarray, size: float, dice: Dice, ink: Sequence[float]) -> None:
    """Draw a ring of lettering around the middle, as an authority's seal has it."""
    ring = framed([*lettering(dice, 0.8), Part(Role.MOTIF, arc(1, 0, 2 * np.pi), 0.5, 0.04)])
    picture = render(ring, "mono", dice, (255, 255, 255))
    grown = cv2.resize(
        picture, None, fx=(side := size * 1.85 / SIDE), fy=side, interpolation=cv2.INTER_AREA
    )
    low = (len(ground) - len(grown)) // 2
    part = ground[low : low + len(grown), low : low + len(grown)]
    part += (np.array(ink) - part) * grown[..., 3:]


def lay(
    ground: np.ndarray,
    picture: np.ndarray,
    middle: tuple[float, float],
    size: float,
    dice: Dice,
    turn: float | None = None,
) -> None:
    """Lay a rendered figure on the ground, a little turned and seen a little from the side."""
    scale = size / FILL / len(picture)
    small = cv2.resize(picture, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
    small[..., :3] *= small[..., 3:]
    side = len(small)
    tilt = np.radians(dice.normal(0, 3.0) if turn is None else turn)
    corners = np.array([(0, 0), (side, 0), (side, side), (0, side)], np.float32) - side / 2
    seen = corners * dice.uniform(0.95, 1.0, 2) * (1 + dice.normal(0, 0.015, (4, 1)))
    rotation = np.array([[np.cos(tilt), np.sin(tilt)], [-np.sin(tilt), np.cos(tilt)]])
    target = (seen @ rotation + middle).astype(np.float32)
    warp = cv2.getPerspectiveTransform(corners + side / 2, target)
    laid = cv2.warpPerspective(small, warp, ground.shape[1::-1], flags=cv2.INTER_LINEAR)
    cover = laid[..., 3:] * dice.uniform(0.85, 1.0)
    ground *= 1 - cover
    ground += laid[..., :3] * cover / np.maximum(laid[..., 3:], 1e-6)


def wear(ground: np.ndarray, dice: Dice, style: str) -> tuple[Pixels, str]:
    """Return the picture after copiers, phones and messengers, and the name of the worst."""
    pale = style in ("watermark", "pale-embossed")
    name = str(
        dice.choice(
            ["none", "grey", "bilevel", "inverted", "channel"], p=[0.68, 0.16, 0.05, 0.05, 0.06]
        )
    )
    if pale and name == "bilevel":
        name = "grey"
    picture = ground.clip(0, 255)
    blur = abs(dice.normal(0, 0.7)) * (len(ground) / 250 + 0.4)
    if blur > 0.3:
        picture = cv2.GaussianBlur(picture, (0, 0), blur)
    low, high = dice.uniform(0, 60) if dice.random() < 0.3 else 0, dice.uniform(190, 262)
    picture = low + picture * (high - low) / 255
    picture = (
        picture + dice.normal(0, dice.uniform(0, 1.2 if pale else 4), picture.shape[:2])[..., None]
    )
    if name == "grey":
        picture = picture.mean(2, keepdims=True).repeat(3, 2)
    elif name == "bilevel":
        plain = cv2.GaussianBlur(picture.mean(2).astype(np.float32), (0, 0), 0.6)
        edge = len(plain) // 4
        middle = plain[edge:-edge, edge:-edge].clip(0, 255).astype(np.uint8)
        limit = cv2.threshold(middle, 0, 255, cv2.THRESH_OTSU)[0] + dice.normal(0, 6)
        picture = np.where(plain > limit, 255.0, 0.0)[..., None].repeat(3, 2)
    elif name == "inverted":
        picture = 255 - picture
    elif name == "channel":
        picture = picture[..., int(dice.integers(3))][..., None].repeat(3, 2)
    pixels = picture.clip(0, 255).astype(np.uint8)
    if dice.random() < 0.6:
        quality = int(dice.integers(55 if pale else 22, 92))
        _, data = cv2.imencode(".jpg", pixels, [cv2.IMWRITE_JPEG_QUALITY, quality])
        pixels = cv2.imdecode(data, cv2.IMREAD_COLOR)
    return pixels, name


def texture(dice: Dice, kind: str, side: int = 160) -> Pixels:
    """Return a picture without any figure, of a kind in TEXTURES."""
    leather = dice.random() < 0.15
    paper = _one(dice, LEATHERS if leather else PAPERS)
    ground = background(dice, (side, side), paper, leather)
    _TEXTURES[kind](ground, dice)
    return wear(ground, dice, "colour")[0]


def _text(ground: np.ndarray, dice: Dice) -> None:
    side, y, tall = len(ground), dice.uniform(-20, 10), dice.uniform(8, 70)
    ink = _one(dice, INKS)
    while y < side:
        put_text(ground, dice, (dice.uniform(-100, 40), y), tall, ink)
        y += tall * dice.uniform(1.0, 2.2)


def _code(ground: np.ndarray, dice: Dice) -> None:
    cells = int(dice.integers(21, 42))
    code = (dice.random((cells, cells)) < 0.5).astype(np.float32)
    for x, y in ((0, 0), (cells - 7, 0), (0, cells - 7)):
        code[y : y + 7, x : x + 7] = 1
        code[y + 1 : y + 6, x + 1 : x + 6] = 0
        code[y + 2 : y + 5, x + 2 : x + 5] = 1
    side = round(len(ground) * dice.uniform(0.4, 1.0))
    low = (len(ground) - side) // 2
    large = cv2.resize(code, (side, side), interpolation=cv2.INTER_NEAREST)
    ground[low : low + side, low : low + side] = 255 - 235 * large[..., None]


def _blots(ground: np.ndarray, dice: Dice) -> None:
    """Draw what photographs look like from far: blots of all sizes, with edges."""
    picture = np.zeros_like(ground)
    for size in (2, 4, 8, 16, 40):
        noise = dice.normal(0, 1, (len(ground) // size + 2,) * 2 + (3,)).astype(np.float32)
        picture += cv2.resize(noise, ground.shape[1::-1], interpolation=cv2.INTER_CUBIC) * size**0.5
    picture = picture / picture.std() * dice.uniform(20, 60) + dice.uniform(60, 200)
    if dice.random() < 0.5:
        picture = np.round(picture / 60) * 60
    ground[:] = picture


def _person(ground: np.ndarray, dice: Dice) -> None:
    side = len(ground)
    x, head = side / 2 + dice.normal(0, 8), side * dice.uniform(0.12, 0.22)
    ground[:] = _one(dice, ((196, 220, 240), (200, 30, 40), (70, 120, 190), (240, 240, 240)))
    if dice.random() < 0.5:
        cv2.circle(
            ground,
            (int(x), side // 2),
            int(side * 0.45),
            dice.uniform(0, 255, 3).tolist(),
            int(dice.integers(1, 9)),
        )
    cloth, hair = dice.uniform(20, 240, 3).tolist(), dice.uniform(10, 60, 3).tolist()
    cv2.ellipse(
        ground,
        (int(x), int(side * 1.05)),
        (int(head * 2.2), int(side * 0.36)),
        0,
        0,
        360,
        cloth,
        -1,
        cv2.LINE_AA,
    )
    cv2.ellipse(
        ground,
        (int(x), int(side * 0.36)),
        (int(head * 1.12), int(head * 1.3)),
        0,
        0,
        360,
        hair,
        -1,
        cv2.LINE_AA,
    )
    cv2.ellipse(
        ground,
        (int(x), int(side * 0.44)),
        (int(head), int(head * 1.26)),
        0,
        0,
        360,
        (224, 190, 164),
        -1,
        cv2.LINE_AA,
    )
    for eye in (-1, 1):
        cv2.circle(
            ground,
            (int(x + eye * head * 0.4), int(side * 0.4)),
            max(1, int(head * 0.1)),
            (50, 40, 40),
            -1,
        )


def _frame(ground: np.ndarray, dice: Dice) -> None:
    ink, x = _one(dice, INKS), int(dice.integers(5, len(ground) - 5))
    y = int(dice.integers(5, len(ground) - 5))
    for _ in range(int(dice.integers(1, 4))):
        thick = int(dice.integers(1, 7))
        cv2.rectangle(ground, (x, y), (3 * len(ground),) * 2, ink, thick)
        x, y = x + 2 * thick + 4, y + 2 * thick + 4
    step = int(dice.integers(6, 30))
    if dice.random() < 0.6:
        for at in range(0, len(ground), step):
            cv2.circle(ground, (at, y), step // 2, ink, int(dice.integers(1, 3)), cv2.LINE_AA)
            cv2.circle(ground, (x, at), step // 2, ink, int(dice.integers(1, 3)), cv2.LINE_AA)


def _shapes(ground: np.ndarray, dice: Dice) -> None:
    for _ in range(int(dice.integers(1, 6))):
        kind = list(KINDS)[int(dice.integers(len(KINDS)))]
        picture = render(lookalike(dice, kind), str(dice.choice(STYLES)), dice, (250, 250, 245))
        lay(
            ground,
            picture,
            tuple(dice.uniform(0, len(ground), 2)),
            dice.uniform(30, 200),
            dice,
            dice.uniform(-180, 180),
        )


_TEXTURES = {
    "text": _text,
    "code": _code,
    "photo": _blots,
    "portrait": _person,
    "frame": _frame,
    "mixed": _shapes,
}
TEXTURES = tuple(_TEXTURES)


def _one(dice: Dice, choices: Sequence) -> Sequence[float]:
    return choices[int(dice.integers(len(choices)))]
