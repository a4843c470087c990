"""docs/forms.md shows every form and names every key and value."""

from __future__ import annotations

import json
import re

import pytest
from form_values import FORMS, ROOT
from PIL import Image

from detector.forms.load import VALUES

DOCS = ROOT / "docs"
TEXT = (DOCS / "forms.md").read_text(encoding="utf-8")
SCHEMA = json.loads((ROOT / "rules" / "schema" / "form.json").read_text(encoding="utf-8"))


@pytest.mark.parametrize("name", FORMS)
def test_every_form_is_shown(name):
    heading = re.search(rf"^### .*\b{name}\b", TEXT, re.M)
    assert heading
    assert f"![{name}](images/forms/{name}.png)" in TEXT


@pytest.mark.parametrize("address", sorted(set(re.findall(r"\((images/\S+)\)", TEXT))))
def test_every_picture_is_there_and_small(address):
    path = DOCS / address
    assert path.stat().st_size < 200_000
    with Image.open(path) as image:
        assert image.width == 1400


def test_every_key_and_value_is_named():
    column = SCHEMA["$defs"]["column"]["properties"]
    term = SCHEMA["properties"]["due"]["items"]["properties"]
    names = {*SCHEMA["properties"], *column, *term, *frozenset().union(*VALUES.values())}
    assert sorted(name for name in names if f"`{name}`" not in TEXT) == []
