"""Picture files: each page turned upright and read by OCR.

Boxes are in pixels of the upright picture: after the turn that its EXIF orientation asks for.
"""

from __future__ import annotations

import io
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import numpy as np
from PIL import Image, ImageFile, ImageOps

from detector.errors import ProblemCode, ReadError
from detector.model import Problem
from detector.read.content import Content, Gathered, Task, problem
from detector.read.page_text import read_page
from detector.settings import Settings

PAGED_FORMATS = frozenset({"TIFF"})  # their frames are pages
# Further frames of an MPO file, as phones write it, are depth maps and previews.
MOVING_FORMATS = frozenset({"GIF", "PNG", "WEBP"})
PAPER = (255, 255, 255)  # what transparent pixels lie on
DEEP_MODES = frozenset({"I", "F", "I;16", "I;16B", "I;16L", "I;16N"})
PLACEHOLDER = (1, 1)


@dataclass(frozen=True, slots=True)
class Frame:
    """One page of a picture file; `image` is upright RGB, None where it could not be read."""

    image: Image.Image | None
    problems: tuple[Problem, ...] = ()


def read(task: Task) -> Content:
    """Read every page of a picture file by OCR; raises ReadError where it cannot be opened."""
    gathered, pages, total = Gathered(), 0, _pages_to_read(task)
    for page, frame in enumerate(frames(task.data, task.settings)):
        pages += 1
        gathered.problems += frame.problems
        if frame.image is not None:
            gathered.add(read_page(frame.image, page, task))
        task.on_page(total)
    gathered.problems += _left_out(task)
    return gathered.content(max(1, pages))


def draw_pages(data: bytes, settings: Settings) -> Iterator[Image.Image]:
    """Yield the pages as `read` saw them; one that cannot be read is a single white pixel."""
    for frame in frames(data, settings):
        yield frame.image or Image.new("RGB", PLACEHOLDER, PAPER)


def frames(data: bytes, settings: Settings) -> Iterator[Frame]:
    """Yield the pages of a picture file; the first frame where the others are no pages.

    Raises ReadError where the file cannot be opened at all.
    """
    count, paged = count_frames(data)
    single = count == 1
    for index in range(min(count, settings.max_pages) if paged else 1):
        yield _read_frame(data, index, None if single or not paged else index, settings)


def count_frames(data: bytes) -> tuple[int, bool]:
    """Return the number of frames and whether they are pages; raises ReadError."""
    try:
        with _lenient(truncated=True), Image.open(io.BytesIO(data)) as image:
            return _frame_count(image), image.format in PAGED_FORMATS
    except Exception as error:  # Pillow raises many kinds on damaged headers
        raise ReadError(ProblemCode.DAMAGED, _damaged("无法打开")) from error


def upright(image: Image.Image) -> Image.Image:
    """Return the picture in RGB on white paper, turned as its EXIF orientation asks."""
    try:
        image = ImageOps.exif_transpose(image)
    except Exception:  # broken EXIF data says nothing of the pixels, which stay as they are
        image = image.copy()
    if image.mode in DEEP_MODES:
        image = _shallow(image)
    if image.has_transparency_data:
        layer = image.convert("RGBA")
        paper = Image.new("RGBA", layer.size, (*PAPER, 255))
        return Image.alpha_composite(paper, layer).convert("RGB")
    return image.convert("RGB")


def _read_frame(data: bytes, index: int, page: int | None, settings: Settings) -> Frame:
    try:
        return Frame(_decode(data, index, settings, truncated=False))
    except ReadError as error:
        return Frame(None, (problem(error.code, str(error), page),))
    except Exception:  # damaged: what there is of it may still be decoded
        return _read_damaged(data, index, page, settings)


def _read_damaged(data: bytes, index: int, page: int | None, settings: Settings) -> Frame:
    try:
        image = _decode(data, index, settings, truncated=True)
    except Exception:  # nothing to be had
        return Frame(None, (problem(ProblemCode.DAMAGED, _damaged("无法读取"), page),))
    what = _damaged("不完整，只读了完好的部分")
    return Frame(image, (problem(ProblemCode.DAMAGED, what, page),))


def _decode(data: bytes, index: int, settings: Settings, *, truncated: bool) -> Image.Image:
    with _lenient(truncated=truncated), Image.open(io.BytesIO(data)) as image:
        if index:
            image.seek(index)
        if image.width * image.height > settings.max_page_pixels:
            raise ReadError(ProblemCode.TOO_LARGE, _too_many_pixels(image, settings))
        image.load()
        return upright(image)


@contextmanager
def _lenient(*, truncated: bool) -> Iterator[None]:
    """Set Pillow's two global limits for the time of one decoding, then put them back.

    Size is checked against our own setting, which may be above Pillow's; what Pillow would warn
    of (odd tags, broken EXIF data) is no loss of pixels, and loss of pixels is a problem of ours.
    """
    before = ImageFile.LOAD_TRUNCATED_IMAGES, Image.MAX_IMAGE_PIXELS
    ImageFile.LOAD_TRUNCATED_IMAGES, Image.MAX_IMAGE_PIXELS = truncated, None
    try:
        with warnings.catch_warnings(action="ignore"):
            yield
    finally:
        ImageFile.LOAD_TRUNCATED_IMAGES, Image.MAX_IMAGE_PIXELS = before


def _frame_count(image: Image.Image) -> int:
    try:
        return int(getattr(image, "n_frames", 1))
    except Exception:  # a damaged chain of frames: the first one is there, it was opened
        return 1


def _shallow(image: Image.Image) -> Image.Image:
    """Return a picture of more than 8 bits a pixel with its lightest value as white."""
    values = np.asarray(image, dtype=np.float64)
    top = float(values.max(initial=0)) or 1.0
    return Image.fromarray((values.clip(0) / top * 255).astype(np.uint8))


def _pages_to_read(task: Task) -> int:
    count, paged = count_frames(task.data)
    return min(count, task.settings.max_pages) if paged else 1


def _left_out(task: Task) -> tuple[Problem, ...]:
    count, paged = count_frames(task.data)
    limit = task.settings.max_pages
    if paged and count > limit:
        what = f"共 {count} 页，只读了前 {limit} 页。请拆分文件，或调大设置 max_pages。"
        return (problem(ProblemCode.TRUNCATED, what),)
    if not paged and count > 1 and _moves(task.data):
        what = f"动图共 {count} 帧，只读了第一帧。请把其余各帧另存为图片后重试。"
        return (problem(ProblemCode.TRUNCATED, what),)
    return ()


def _moves(data: bytes) -> bool:
    with _lenient(truncated=True), Image.open(io.BytesIO(data)) as image:
        return image.format in MOVING_FORMATS


def _damaged(how: str) -> str:
    return f"图片已损坏，{how}。请重新取得原件，或用看图程序打开后另存。"


def _too_many_pixels(image: Image.Image, settings: Settings) -> str:
    return (
        f"图片有 {image.width}×{image.height} 像素，超过 {settings.max_page_pixels} 的上限，未读。"
        "请缩小或裁开图片，或调大设置 max_page_pixels。"
    )
