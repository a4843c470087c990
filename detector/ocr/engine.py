"""What an OCR engine is, what it returns, and the table of engines.

Nothing here loads an engine, OpenCV or numpy: the table names functions, loaded when asked for.
"""

from __future__ import annotations

from dataclasses import dataclass
from importlib import import_module
from typing import TYPE_CHECKING, Protocol, TypeAlias, cast

from detector.errors import MissingPartError, UsageError
from detector.model import Point, Rereading
from detector.settings import Settings

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

Pixels: TypeAlias = "NDArray[np.uint8]"
Polygon: TypeAlias = tuple[Point, Point, Point, Point]

# Each names "module:function"; the function takes Settings and returns an Engine.
ENGINES = {
    "rapid": "detector.ocr.rapid:load",
    "tesseract": "detector.ocr.tesseract:load",
    "null": "detector.ocr.null:load",
}


@dataclass(frozen=True, slots=True)
class ReadCell:
    """The part [start, end) of a line's text that has a box of its own: usually a character."""

    start: int
    end: int
    polygon: Polygon


@dataclass(frozen=True, slots=True)
class ReadLine:
    """A line of text as an engine read it.

    `polygon` runs clockwise from the text's own top left, so its first edge points in the
    reading direction; pixels are those of the picture that was given. `confidence` is 0 to 1.
    `second` is what another look at the line gave, where it was looked at twice and differs.
    """

    text: str
    polygon: Polygon
    confidence: float | None = None
    cells: tuple[ReadCell, ...] = ()
    second: Rereading | None = None


class Engine(Protocol):
    """Reads pictures. One engine belongs to one process and one thread."""

    @property
    def name(self) -> str:
        """The engine's name in ENGINES."""

    def read(self, image: Pixels) -> list[ReadLine]:
        """Read an RGB picture of shape (height, width, 3); lines come in reading order."""

    def read_strip(self, strip: Pixels) -> tuple[str, float]:
        """Read an RGB picture that holds one line running to the right: text and confidence."""


def load_engine(name: str, settings: Settings) -> Engine:
    """Load the engine of that name.

    Raises UsageError for an unknown name, MissingPartError where what it needs is missing.
    """
    if name not in ENGINES:
        raise UsageError(f"没有名为 {name} 的文字识别引擎。可用：{'、'.join(ENGINES)}。")
    module, function = ENGINES[name].split(":")
    try:
        return cast(Engine, getattr(import_module(module), function)(settings))
    except ImportError as error:
        raise MissingPartError(
            f"文字识别引擎 {name} 所需的 Python 包无法加载（{error}）。"
            "请重新安装：pip install --force-reinstall shanzhai-detector。"
        ) from error
