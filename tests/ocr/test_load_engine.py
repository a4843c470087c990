"""The table of engines: loading by name, what is missing, and what importing it costs."""

from __future__ import annotations

import subprocess
import sys

import numpy as np
import pytest

from detector.errors import ExitCode, MissingPartError, UsageError
from detector.ocr import ENGINES, load_engine
from detector.settings import Settings

HEAVY = ("rapidocr", "onnxruntime", "cv2", "pytesseract", "numpy", "PIL")


def test_the_default_setting_names_an_engine() -> None:
    assert Settings().ocr_engine in ENGINES


def test_an_unknown_engine_is_refused_with_the_choices() -> None:
    with pytest.raises(UsageError, match="没有名为 paddle 的文字识别引擎") as caught:
        load_engine("paddle", Settings())
    assert all(name in str(caught.value) for name in ENGINES)


def test_importing_the_room_loads_no_engine() -> None:
    code = f"import sys, detector.ocr; print([m for m in {HEAVY} if m in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_the_null_engine_reads_nothing() -> None:
    engine = load_engine("null", Settings())
    assert engine.name == "null"
    assert engine.read(np.zeros((40, 60, 3), np.uint8)) == []


def test_a_missing_package_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    for module in ("detector.ocr.rapid", "detector.ocr.rapid_nets"):
        monkeypatch.delitem(sys.modules, module, raising=False)
    monkeypatch.setitem(sys.modules, "rapidocr", None)
    with pytest.raises(MissingPartError, match=r"rapidocr.*pip install") as caught:
        load_engine("rapid", Settings())
    assert caught.value.exit_code == ExitCode.MISSING_PART


def test_a_missing_model_is_named_and_not_downloaded(
    monkeypatch: pytest.MonkeyPatch, tmp_path
) -> None:
    from detector.ocr import rapid_nets

    monkeypatch.setattr(rapid_nets, "MODELS", {"Det": tmp_path / "gone.onnx"})
    with pytest.raises(MissingPartError, match=r"gone\.onnx.*rapidocr==3\.10\.0"):
        load_engine("rapid", Settings())
