"""The one way in which these tests read: bytes to a file, the file to a Document."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from read_files import SpotEngine

from detector.model import Document, Source
from detector.read import read_source
from detector.settings import Settings

ReadBytes = Callable[..., Document]


@pytest.fixture
def engine() -> SpotEngine:
    return SpotEngine()


@pytest.fixture
def read(tmp_path: Path, engine: SpotEngine) -> ReadBytes:
    def read_bytes(name: str, data: bytes, engine: object = engine, **settings: object) -> Document:
        path = tmp_path / name
        path.write_bytes(data)
        return read_source(Source(str(path)), Settings(**settings), lambda: engine)

    return read_bytes
