"""The default engine: rapidocr's nets with the steps that made it read certificates.

Steps and what each is worth: docs/decisions/ocr.md. The ink of seals is taken off; lines are
found on a smaller copy and cut from the full page; one turn is chosen for the whole page.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from detector.model import Rereading
from detector.ocr.engine import Pixels, ReadLine
from detector.ocr.find_lines import find_lines
from detector.ocr.order import reading_order
from detector.ocr.quads import Quad, cells, cut, polygon
from detector.ocr.rapid_nets import Nets, Reading, load_nets
from detector.ocr.seal_ink import without_seal_ink
from detector.ocr.turn import along_text
from detector.ocr.under_seals import look_again
from detector.settings import Settings

ORNAMENT = 10  # signs from which a line of one or two kinds of them is no text
VARIED = 8  # signs of text in which at least one is new, on the long run
MASKS = frozenset("*＊×")


@dataclass(frozen=True, slots=True)
class RapidEngine:
    """Reads a page; how sure it is of a line is for the caller to weigh."""

    nets: Nets
    long_side: int
    name: str = "rapid"

    def read(self, image: Pixels) -> list[ReadLine]:
        """Read an RGB page of any turn; lines come in reading order."""
        cleaned = without_seal_ink(image)
        page = np.ascontiguousarray(cleaned[:, :, ::-1])  # the nets know BGR
        quads = find_lines(self.nets.detector, page, self.long_side)
        quads = along_text(page, quads, self.nets)
        quads = quads[reading_order(quads)]
        readings = self.nets.recognise([cut(page, quad) for quad in quads])
        looked = look_again(image, cleaned, quads, readings, self.nets.recognise)
        return [
            _line(quad, reading, second)
            for quad, (reading, second) in zip(quads, looked, strict=True)
            if reading.text.strip() and not is_ornament(reading.text)
        ]

    def read_strip(self, strip: Pixels) -> tuple[str, float]:
        """Read an RGB picture of one line."""
        [reading] = self.nets.recognise([np.ascontiguousarray(strip[:, :, ::-1])])
        return reading.text, reading.confidence


def is_ornament(text: str) -> bool:
    """Tell whether a line is a braid or chain of a border that was read as signs (xxxxxx, 0-0-0-).

    Stars are none: they mask numbers.
    """
    signs = "".join(text.split())
    kinds = max(2, len(signs) // VARIED)
    return len(signs) >= ORNAMENT and len(set(signs)) <= kinds and not MASKS & set(signs)


def load(settings: Settings) -> RapidEngine:
    """Load the nets; raises MissingPartError where a model file is missing."""
    return RapidEngine(load_nets(), settings.ocr_long_side)


def _line(quad: Quad, reading: Reading, second: Rereading | None) -> ReadLine:
    return ReadLine(
        reading.text,
        polygon(quad),
        reading.confidence,
        cells(quad, reading.text, reading.centres),
        second,
    )
