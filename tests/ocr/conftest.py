from __future__ import annotations

import pytest

from detector.ocr import Engine, load_engine
from detector.settings import Settings


@pytest.fixture(scope="session")
def rapid() -> Engine:
    return load_engine("rapid", Settings())
