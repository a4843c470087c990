"""docs/screen-output.md names what is there, and its way of reading the parts works."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from pathlib import Path

import pytest
from test_rows import finding

from detector.batch.manifest import Manifest, Part, write_manifest
from detector.batch.parts import make_folders, write_parts
from detector.batch.rows import Rows
from detector.batch.schema import FINDINGS, PAGES, VERSION
from detector.batch.values import Page
from detector.model import DocumentKind, Source, SourceResult

DOCUMENT = (Path(__file__).parents[2] / "docs" / "screen-output.md").read_text("utf-8")


def documented(*headings: str) -> list[str]:
    """Return the columns that the tables under some headings name, in order."""
    names = []
    for heading in headings:
        section = DOCUMENT.split(f"\n## {heading}\n")[1].split("\n## ")[0]
        for row in re.findall(r"^\| (`.*?) \|", section, re.M):
            names += re.findall(r"`(\w+)`", row)
    return names


@pytest.mark.parametrize(("table", "schema"), [("findings/", FINDINGS), ("pages/", PAGES)])
def test_every_column_is_documented_in_its_order(table, schema):
    assert documented("Columns of both tables", table) == schema.names


def test_the_version_is_the_present_one():
    assert f"`{VERSION}`" in DOCUMENT


def test_the_snippets_read_what_the_manifest_lists_and_nothing_else(tmp_path, monkeypatch):
    make_folders(tmp_path / "DIR")
    for key in ("listed", "left"):
        rows = Rows("c", "r", keep_dismissed=True)
        result = SourceResult(Source("http://a.cn/"), DocumentKind.AD, findings=(finding(),))
        rows.add(Page("http://a.cn/"), 0, result, "", repeated=False)
        write_parts(tmp_path / "DIR", key, *rows.tables())
    created = datetime(2026, 11, 25, tzinfo=UTC).isoformat()
    parts = (Part("listed", "c", 1, 1),)
    manifest = Manifest(VERSION, "t", "r", created, True, {}, {"pages": 1}, (), parts)
    write_manifest(tmp_path / "DIR", manifest)
    monkeypatch.chdir(tmp_path)
    names: dict = {}
    for snippet in re.findall(r"^```python\n(.*?)^```$", DOCUMENT, re.M | re.S):
        exec(snippet, names)
    assert names["table"].num_rows == 1
    assert dict(names["worst"]) == {"a.cn": 1}
