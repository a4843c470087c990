"""The generator makes what is committed below `samples/`, and the fonts hold what it draws."""

from __future__ import annotations

import importlib
import io
import zipfile
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import pytest
from PIL import Image

ROOT = Path(__file__).parents[2]
SAMPLES = ROOT / "samples"
SUFFIX = ".expected.json"
MEBIBYTE = 1 << 20


@pytest.fixture(scope="module")
def drawing() -> Iterator[ModuleType]:
    """The generator, imported as its command line imports it."""
    with pytest.MonkeyPatch.context() as patch:
        patch.syspath_prepend(ROOT / "scripts")
        yield importlib.import_module("draw_samples")


@pytest.mark.parametrize(
    "name",
    [
        "posters/points-gd.png",
        "posters/lawful-warning.jpg",
        "documents/invitation.docx",
        "pages/agency-gb18030.html",
    ],
)
def test_drawing_again_gives_the_committed_file(drawing: ModuleType, name: str) -> None:
    made = drawing.MAKERS[name]()
    assert content(name, made.data) == content(name, (SAMPLES / name).read_bytes())


def test_expected_results_are_those_of_the_generator(drawing: ModuleType) -> None:
    for name, make in drawing.MAKERS.items():
        beside = (SAMPLES / (name + SUFFIX)).read_text(encoding="utf-8")
        assert make().expected.as_json() == beside, name


def test_every_sample_stands_with_its_expected_result(drawing: ModuleType) -> None:
    files = {p.relative_to(SAMPLES).as_posix() for p in SAMPLES.rglob("*") if p.is_file()}
    others = {name for name in files if not name.startswith("fonts/")}
    assert others == {name + end for name in drawing.MAKERS for end in ("", SUFFIX)}


def test_fonts_hold_every_character_that_is_drawn(drawing: ModuleType) -> None:
    fonts = drawing.fonts
    drawn = fonts.drawn_characters()
    faces = [Path(cut.file).stem for cut in fonts.CUTS]
    assert {face: fonts.missing(face, [drawn]) for face in faces} == dict.fromkeys(faces, "")


def test_fonts_stand_with_their_licence(drawing: ModuleType) -> None:
    licence = (SAMPLES / "fonts" / "LICENSE").read_text(encoding="utf-8")
    assert "SIL OPEN FONT LICENSE" in licence
    committed = {path.name for path in (SAMPLES / "fonts").iterdir()} - {"LICENSE"}
    assert committed == {cut.file for cut in drawing.fonts.CUTS}
    assert all(name in licence for name in committed)


def test_samples_stay_small() -> None:
    assert sum(p.stat().st_size for p in SAMPLES.rglob("*") if p.is_file()) < 8 * MEBIBYTE


def content(name: str, data: bytes) -> object:
    """Return what a file holds, without the compression, which differs between machines."""
    if name.endswith(".docx"):
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            return {member: package.read(member) for member in package.namelist()}
    if name.endswith((".png", ".jpg")):
        with Image.open(io.BytesIO(data)) as picture:
            return picture.size, picture.convert("RGB").tobytes()
    return data
