"""Cutting a container into chunks, and a chunk that ends its worker into smaller ones."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import pairwise

from detector.batch.schema import VERSION
from detector.batch.values import Chunk, Container, Lane, Place
from detector.registry import digest, load_institutions
from detector.report.build import REPORTED_SETTINGS, as_text
from detector.settings import Settings

KEY_DIGITS = 32
# Settings on which it depends what a chunk's parts hold; rules and version stand beside them.
TELLING_SETTINGS = (
    *(name for name in REPORTED_SETTINGS if name != "threshold"),  # which moves the exit code alone
    "layer_check_lines",
    "keep_dismissed",
    "url_column",
    "text_column",
    "html_column",
    "time_column",
    "chunk_pages",
    "chunk_scans",
    "chunk_bytes",
    "survey_pages",
)


# What stands beside the settings in a signature.
MADE_WITH = ("schema", "version", "rules", "registry_sha256")


def sign(settings: Settings, rules: str, version: str) -> dict[str, str]:
    """Return what a run's results depend on, beside its inputs, as names and text."""
    made_with = VERSION, version, rules, digest(load_institutions(settings.casebook))
    values = {name: as_text(getattr(settings, name)) for name in TELLING_SETTINGS}
    return dict(zip(MADE_WITH, made_with, strict=True)) | values


class Cutter:
    """Cuts under one signature, which goes into each key."""

    def __init__(self, settings: Settings, signature: Mapping[str, str]) -> None:
        """Take the bounds of a chunk from the settings."""
        self._settings = settings
        self._signature = _digest(f"{name}={value}" for name, value in sorted(signature.items()))

    def cut(self, container: Container, places: Iterable[Place]) -> Iterator[Chunk]:
        """Yield chunks of the places, in order within each lane."""
        positions: dict[Lane, list[int]] = {lane: [] for lane in Lane}
        sizes = dict.fromkeys(Lane, 0)
        for position, size, lane in places:
            taken = positions[lane]
            if taken and self._is_full(lane, len(taken), sizes[lane] + size):
                yield self.chunk(container, taken, lane)
                taken.clear()
                sizes[lane] = 0
            taken.append(position)
            sizes[lane] += size
        for lane, taken in positions.items():
            if taken:
                yield self.chunk(container, taken, lane)

    def chunk(self, container: Container, positions: Sequence[int], lane: Lane) -> Chunk:
        """Return a chunk with its key."""
        parts = (self._signature, container.identity, ",".join(map(str, positions)))
        return Chunk(_digest(parts), container, tuple(positions), lane)

    def split(self, chunk: Chunk, first: int, count: int) -> list[Chunk]:
        """Split a chunk before and behind the pages that its worker was at; else in two halves.

        Pieces keep the order of pages; the suspected one is in the list where it can be told.
        """
        whole = len(chunk.positions)
        borders = {0, whole, max(0, first), min(whole, first + count)}
        if len(borders) == 2 or not 0 <= first < whole:
            borders = {0, whole // 2, whole}
        edges = sorted(borders)
        return [
            self.chunk(chunk.container, chunk.positions[start:end], chunk.lane)
            for start, end in pairwise(edges)
        ]

    def _is_full(self, lane: Lane, count: int, size: int) -> bool:
        settings = self._settings
        most = settings.chunk_scans if lane is Lane.SCAN else settings.chunk_pages
        return count >= most or size > settings.chunk_bytes


def _digest(parts: Iterable[str]) -> str:
    return hashlib.sha256("\x1f".join(parts).encode("utf-8", "surrogatepass")).hexdigest()[
        :KEY_DIGITS
    ]
