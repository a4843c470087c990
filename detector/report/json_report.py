"""Report → report.json, as `schema/report-2.json` describes it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from detector.model import Report
from detector.report.encode import as_bytes, dump, encode
from detector.report.files import write_bytes
from detector.report.formats import PageImages

FILE_NAME = "report.json"
SCHEMA_FILE = Path(__file__).parent / "schema" / "report-2.json"


def write(report: Report, folder: Path, pages: PageImages) -> list[Path]:
    """Write report.json; needs no pictures."""
    return [write_bytes(folder / FILE_NAME, as_bytes(dump(encode(report))))]


def load_schema() -> dict[str, Any]:
    """Return the JSON Schema that every report.json satisfies."""
    schema: dict[str, Any] = json.loads(SCHEMA_FILE.read_text(encoding="utf-8"))
    return schema
