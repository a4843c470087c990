"""Whoever waits for a long file hears of each page."""

from __future__ import annotations

import pytest
from read_files import Page, SpotEngine, docx, encoded, paragraph, pdf, picture

from detector.model import Source
from detector.read import read_source
from detector.settings import Settings

PNG = encoded(picture(), "PNG")
PAGED = {
    "a.tif": (encoded(picture(), "TIFF", save_all=True, append_images=[picture()] * 2), [3, 3, 3]),
    "a.png": (PNG, [1]),
    "a.pdf": (pdf(Page(picture=picture()), Page()), [2, 2]),
    "a.docx": (docx(paragraph("一"), media={"1.png": PNG, "2.png": b"nonsense"}), [2, 2]),
    "a.txt": (b"text", []),
}


@pytest.mark.parametrize("name", PAGED)
def test_the_number_of_pages_is_told_after_each(tmp_path, name):
    data, told = PAGED[name]
    path, heard = tmp_path / name, []
    path.write_bytes(data)
    read_source(Source(str(path)), Settings(), SpotEngine, heard.append)
    assert heard == told
