"""Drawn pages through the project and, beside it, through the stock engine as it comes.

What the project's parts are called stands here and nowhere else in the benchmark.
"""

from __future__ import annotations

import logging
import tempfile
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, NamedTuple

import cv2
import numpy as np
from threadpoolctl import threadpool_limits

from benchmarks.drawn.truth import Corners, Page
from detector import Scanner
from detector.model import Institution, Mark, Outcome, PassageKind, Source

MODELS = {
    "Det.model_path": "PP-OCRv6_det_small.onnx",
    "Cls.model_path": "ch_ppocr_mobile_v2.0_cls_mobile.onnx",
    "Rec.model_path": "PP-OCRv6_rec_small.onnx",
}
THREADS = "EngineConfig.onnxruntime.{}_op_num_threads"


class ReadLine(NamedTuple):
    """A line as it was read; its corners are shares of the page."""

    text: str
    corners: Corners
    page: int


class ReadMark(NamedTuple):
    """A mark as it was found; its corners are shares of the page."""

    kind: str
    text: str
    corners: Corners
    page: int


@dataclass
class Reading:
    """What an engine made of a file. `marks` is None where the engine knows no marks."""

    lines: list[ReadLine]
    seconds: float
    marks: list[ReadMark] | None = None
    mark_seconds: float | None = None
    fields: Mapping[str, str] | None = None
    clean: bool | None = None


@dataclass
class _Timed:
    """An engine that remembers the pictures it was given and how long it took."""

    engine: Any
    images: list[np.ndarray] = field(default_factory=list)
    seconds: float = 0.0

    def __getattr__(self, name: str) -> Any:
        """Lend what the engine can do besides reading pages."""
        return getattr(self.engine, name)

    def read(self, image: np.ndarray) -> Any:
        """Read a page and remember it."""
        started = time.process_time()
        lines = self.engine.read(image)
        self.seconds += time.process_time() - started
        self.images.append(image)
        return lines


@dataclass
class _TimedFinder:
    """What finds marks, with how long it took."""

    finder: Any
    seconds: float = 0.0

    def __getattr__(self, name: str) -> Any:
        """Lend what the finder has besides."""
        return getattr(self.finder, name)

    def find(self, *arguments: Any) -> Any:
        """Find the marks of a page."""
        started = time.process_time()
        marks = self.finder.find(*arguments)
        self.seconds += time.process_time() - started
        return marks


class Project:
    """The project, reading files the way a scan reads them."""

    def __init__(self, filed: Sequence[Institution] = ()) -> None:
        """Load rules and nets; `filed` are the bodies that the registry lists."""
        self.scanner = Scanner(institutions=filed)
        self._timed = _Timed(self.scanner._engine)
        self.scanner.__dict__["_engine"] = self._timed
        finder = getattr(self.scanner, "_finder", None)  # None where no marks are looked for
        self._finder = _TimedFinder(finder) if finder else None
        self.scanner.__dict__["_finder"] = self._finder

    def read(self, page: Page) -> tuple[Reading, list[np.ndarray]]:
        """Read and judge a page's file; return the pictures too that the engine was given."""
        self._timed.images, self._timed.seconds = [], 0.0
        if self._finder:
            self._finder.seconds = 0.0
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / page.name
            path.write_bytes(page.data)
            document = self.scanner.read_source(Source(uri=str(path)))
        images = self._timed.images
        lines = [
            ReadLine(passage.text[slice(*line.span)], *_shares(line.box, images))
            for passage in document.passages
            if passage.kind is PassageKind.OCR
            for line in passage.lines
        ]
        result = self.scanner.scan_document(document)
        marks = [_mark(mark, images) for mark in document.marks]
        return Reading(
            lines,
            self._timed.seconds,
            marks if self._finder else None,
            self._finder.seconds if self._finder else None,
            _fields(result) if page.fields else None,
            all(f.outcome is Outcome.DISMISSED for f in result.findings),
        ), images


def _fields(result: Any) -> Mapping[str, str] | None:
    """Return the fields of the first certificate, None where this version reads none."""
    certificates = getattr(result, "certificates", None)
    if certificates is None:
        return None
    first = certificates[0].fields if certificates else ()
    return {f.name: f.value for f in reversed(first)}


def _mark(mark: Mark, images: Sequence[np.ndarray]) -> ReadMark:
    return ReadMark(mark.kind, mark.text, *_shares(mark.box, images))


def _shares(box: Any, images: Sequence[np.ndarray]) -> tuple[Corners, int]:
    tall, wide = images[box.page].shape[:2]
    return tuple((x / wide, y / tall) for x, y in box.polygon), box.page


class Stock:
    """rapidocr as it comes, on one thread, with the models inside its wheel."""

    def __init__(self) -> None:
        """Load the nets."""
        import rapidocr

        logging.getLogger("RapidOCR").setLevel(logging.CRITICAL)
        folder = Path(rapidocr.__file__).parent / "models"
        files = {name: str(folder / file) for name, file in MODELS.items()}
        threads = {THREADS.format(which): 1 for which in ("intra", "inter")}
        self._read = rapidocr.RapidOCR(params={**files, **threads})

    def read(self, images: Sequence[np.ndarray]) -> Reading:
        """Read the RGB pictures of a file's pages."""
        lines: list[ReadLine] = []
        started = time.process_time()
        for page, image in enumerate(images):
            found = self._read(np.ascontiguousarray(image[:, :, ::-1]))
            if found.boxes is None:
                continue
            tall, wide = image.shape[:2]
            for text, box in zip(found.txts, found.boxes, strict=True):
                corners = tuple((float(x) / wide, float(y) / tall) for x, y in box)
                lines.append(ReadLine(text, corners, page))
        return Reading(lines, time.process_time() - started)


def on_one_thread() -> None:
    """Hold the libraries to one thread, for the rest of the process."""
    cv2.setNumThreads(1)
    threadpool_limits(1)
