"""The engine that reads nothing: for tests, and for runs that want no OCR."""

from __future__ import annotations

from detector.ocr.engine import Pixels, ReadLine
from detector.settings import Settings


class NullEngine:
    """Finds no line on any picture."""

    name = "null"

    def read(self, image: Pixels) -> list[ReadLine]:
        """Return no line."""
        return []

    def read_strip(self, strip: Pixels) -> tuple[str, float]:
        """Return no text."""
        return "", 0.0


def load(settings: Settings) -> NullEngine:
    """Return the engine; `settings` do not matter to it."""
    return NullEngine()
