"""report.json: its published schema, its golden file, its stability; the other golden files."""

from __future__ import annotations

import json
from datetime import timedelta

import jsonschema
import pytest
from golden_files import GOLDEN, golden
from report_values import CREATED, NOTICES, certificate, full_report, no_pages, result

from detector.report import build_report, write_report
from detector.report.document_json import document_as_json
from detector.report.json_report import load_schema
from detector.settings import Settings


def written(report, folder):
    (path,) = write_report(report, folder, ["json"], no_pages)
    return path.read_text(encoding="utf-8")


def test_the_report_satisfies_its_schema(tmp_path):
    schema = load_schema()
    jsonschema.Draft202012Validator.check_schema(schema)
    jsonschema.validate(json.loads(written(full_report(), tmp_path)), schema)


def test_the_schema_refuses_what_the_report_does_not_say(tmp_path):
    value = json.loads(written(full_report(), tmp_path))
    value["results"][0]["findings"][0]["outcome"] = "proven"
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(value, load_schema())


@pytest.mark.parametrize("name", GOLDEN)
def test_golden_files(name):
    assert GOLDEN[name]() == golden(name)


def test_two_runs_differ_only_in_created_and_seconds(tmp_path):
    values = []
    for late, seconds in ((0, 0.1), (60, 9.0)):
        created = CREATED + timedelta(seconds=late)
        results = [result("a.txt", seconds=seconds)]
        report = build_report(results, NOTICES, "v", Settings(), created)
        value = json.loads(written(report, tmp_path))
        del value["created"], value["results"][0]["seconds"]
        values.append(json.dumps(value))
    assert values[0] == values[1]


def test_read_output_shows_lines_with_their_polygons():
    value = json.loads(document_as_json(certificate()))
    passage = value["passages"][0]
    assert list(value) == [
        "source",
        "kind",
        "kind_reason",
        "pages",
        "passages",
        "marks",
        "problems",
    ]
    assert passage["kind"] == "ocr"
    assert passage["engine"] == "rapid"
    assert passage["lines"][2] == {
        "text": "包过班",
        "polygon": [[100, 180], [160, 180], [160, 204], [100, 204]],
        "confidence": 0.9,
        "second": None,
    }
