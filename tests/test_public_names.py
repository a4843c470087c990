"""What users import stays, and importing it costs next to nothing."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

import detector

ROOT = Path(__file__).parents[1]
PUBLIC = ["Clause", "Finding", "Report", "Scanner", "__version__", "load_rules", "screen"]
HEAVY = {"PIL", "cv2", "jieba", "lxml", "numpy", "onnxruntime", "pdfplumber", "rapidocr", "yaml"}


def test_the_public_names_are_these():
    assert sorted(detector.__all__) == PUBLIC
    assert dir(detector) == PUBLIC


@pytest.mark.parametrize("name", PUBLIC)
def test_every_public_name_is_there_and_documented(name):
    value = getattr(detector, name)
    assert value
    assert isinstance(value, str) or value.__doc__


def test_other_names_are_not():
    with pytest.raises(AttributeError, match="Scaner"):
        detector.Scaner  # noqa: B018


def modules_after(statement: str) -> set[str]:
    """Return the top packages that a fresh interpreter has loaded after a statement."""
    code = f"{statement}\nimport sys\nprint(*{{name.split('.')[0] for name in sys.modules}})"
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True
    )
    return set(done.stdout.split())


def test_importing_the_package_loads_nothing_heavy():
    loaded = modules_after("import detector")
    assert "detector" in loaded
    assert loaded & HEAVY == set()


def test_the_command_line_answers_before_anything_heavy_is_loaded():
    assert modules_after("import detector.cli") & HEAVY == set()


def test_reading_a_text_file_loads_no_imaging():
    read = (
        "from detector.model import Source\nfrom detector.read import read_source\n"
        "from detector.settings import Settings\n"
        "assert read_source(Source('LICENSE'), Settings(), None).passages"
    )
    assert modules_after(read) & HEAVY == set()
