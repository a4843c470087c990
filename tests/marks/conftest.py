from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from detector.ocr.rapid_nets import load_nets

# The drawings are those of the generator of samples, imported as its command line does.
sys.path.append(str(Path(__file__).parents[2] / "scripts"))


@pytest.fixture(scope="session")
def read_line() -> Callable[[np.ndarray], tuple[str, float]]:
    nets = load_nets()

    def read(strip: np.ndarray) -> tuple[str, float]:
        (reading,) = nets.recognise([np.ascontiguousarray(strip[:, :, ::-1])])
        return reading.text, reading.confidence

    return read
