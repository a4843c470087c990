"""Pictures in the report of a screening are drawn from the very bytes that were judged, or not."""

from __future__ import annotations

import hashlib
import io
import zipfile
from datetime import UTC, datetime
from pathlib import Path

import pytest
from PIL import Image
from test_rows import BOX, finding

from detector.batch.inputs import find_containers, survey
from detector.batch.manifest import Manifest, Part
from detector.batch.parts import make_folders, write_parts
from detector.batch.render import Choice, Selection, select
from detector.batch.rows import Rows
from detector.batch.schema import VERSION
from detector.batch.values import Page
from detector.errors import ReadError
from detector.model import Anchor, DocumentKind, PassageKind, Source, SourceResult
from detector.settings import Settings

NOW = datetime(2026, 11, 25, tzinfo=UTC)


def picture(colour: str) -> bytes:
    data = io.BytesIO()
    Image.new("RGB", (120, 80), colour).save(data, "PNG")
    return data.getvalue()


def packed(path: Path, colour: str) -> Path:
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("other.html", "<p>本店新到面包</p>")
        archive.writestr("poster.png", picture(colour))
    return path


def selected(out: Path, archive: Path, container: str = "") -> Selection:
    """Write the parts of a screening that found something on the poster, and choose from them."""
    make_folders(out)
    settings = Settings(out=out)
    [found] = find_containers([str(archive)], settings, out)
    places = survey(found, 0, settings, out).places
    on_poster = finding(anchor=Anchor(0, 1, 1, 0, (BOX,), field=PassageKind.OCR))
    source = Source(
        f"{archive}!poster.png", "image/png", 1, hashlib.sha256(picture("red")).hexdigest()
    )
    result = SourceResult(source, DocumentKind.AD, findings=(on_poster,))
    rows = Rows(container or found.origin, "r", keep_dismissed=True)
    rows.add(Page(source.uri), places[1].position, result, "", repeated=False)
    write_parts(out, "key", *rows.tables())
    manifest = Manifest(VERSION, "t", "r", "", True, {}, {}, (), (Part("key", found.origin, 1, 1),))
    return select(out, manifest, Choice(limit=10), (), settings, NOW)


def drawn(selection: Selection) -> list[Image.Image]:
    [result] = selection.report.results
    return list(selection.pages(result.source))


def test_a_picture_in_an_archive_is_drawn(tmp_path):
    archive = packed(tmp_path / "crawl.zip", "red")
    [page] = drawn(selected(tmp_path / "out", archive))
    assert (page.size, page.getpixel((5, 5))) == ((120, 80), (255, 0, 0))


def test_another_picture_in_its_place_is_not_shown_as_evidence(tmp_path):
    archive = packed(tmp_path / "crawl.zip", "blue")
    with pytest.raises(ReadError, match="有改动"):
        drawn(selected(tmp_path / "out", archive))


def test_what_was_unpacked_on_the_way_is_told_to_be_out_of_reach(tmp_path):
    archive = packed(tmp_path / "crawl.zip", "red")
    with pytest.raises(ReadError):
        drawn(selected(tmp_path / "out", archive, container=f"{archive}!inner"))


def test_an_archive_that_is_gone_is_told(tmp_path):
    archive = packed(tmp_path / "crawl.zip", "red")
    selection = selected(tmp_path / "out", archive)
    archive.unlink()
    with pytest.raises(ReadError):
        drawn(selection)
