"""The summary counts each site over all parts, and is safe to open."""

from __future__ import annotations

import csv
import io
import json
from datetime import UTC, datetime
from pathlib import Path

import jsonschema
import pytest
from test_rows import finding

from detector.batch import summary
from detector.batch.manifest import Manifest, Part
from detector.batch.parts import make_folders, write_parts
from detector.batch.rows import Rows
from detector.batch.schema import VERSION
from detector.batch.values import Page
from detector.model import DocumentKind, Outcome, Problem, Source, SourceResult
from detector.rulebook import load_rules

SCHEMA = Path(summary.__file__).parent / "schemas" / "screen-summary-1.json"
NOTICES = load_rules().notices
CLAUSE = NOTICES[0].clauses[0].id
FOUND = finding(clauses=(CLAUSE,))
HOSTILE = "=cmd|' /c calc'!a1<script>document.title='gone'</script>"
EARLY, LATE = datetime(2023, 1, 2, tzinfo=UTC), datetime(2024, 3, 1, tzinfo=UTC)


def page(address: str, *findings, captured=None, problems=()) -> tuple[Page, SourceResult]:
    result = SourceResult(
        Source(address), DocumentKind.WEB, findings=findings, problems=tuple(problems)
    )
    return Page(address, captured=captured), result


def written(out: Path, *parts: list[tuple[Page, SourceResult]], container: str = "c") -> Path:
    make_folders(out)
    for key, pages in enumerate(parts):
        rows = Rows(container, "r", keep_dismissed=True)
        for position, (one, result) in enumerate(pages):
            rows.add(one, position, result, "", repeated=False)
        write_parts(out, str(key), *rows.tables())
    listed = tuple(Part(str(key), container, len(p), 0) for key, p in enumerate(parts))
    names = ("pages", "unread", "report", "review", "quarantined")
    totals = dict.fromkeys(names, 1)
    day = {"as_of": "2026-11-25"}
    manifest = Manifest(VERSION, "t", "r", LATE.isoformat(), True, day, totals, (), listed)
    summary.write_summary(out, manifest, NOTICES)
    return out


@pytest.fixture
def out(tmp_path) -> Path:
    first = [
        page("http://a.cn/1", FOUND, FOUND, captured=LATE),
        page("http://b.cn/1", captured=LATE),
        page("http://a.cn/2", problems=[Problem("empty", "空")]),
    ]
    second = [
        page("http://A.cn/3", finding(outcome=Outcome.REVIEW), captured=EARLY),
        page("http://b.cn/2", finding(outcome=Outcome.DISMISSED)),
    ]
    return written(tmp_path, first, second)


def sites(out: Path) -> dict[str, dict]:
    value = json.loads((out / "summary.json").read_text("utf-8"))
    return {site["host"]: site for site in value["sites"]}


def test_a_site_is_counted_over_all_parts(out):
    a = sites(out)["a.cn"]
    counted = {n: a[n] for n in ("pages", "unread", "pages_reported", "report", "review")}
    assert counted == {"pages": 3, "unread": 1, "pages_reported": 1, "report": 2, "review": 1}
    assert a["clauses"][CLAUSE] == 2
    assert (a["first"], a["last"]) == (EARLY.isoformat(), LATE.isoformat())


def test_what_was_dismissed_counts_under_no_clause(out):
    b = sites(out)["b.cn"]
    assert (b["dismissed"], b["clauses"], b["rules"]) == (1, {}, {})


def test_the_worst_site_comes_first(out):
    assert list(sites(out)) == ["a.cn", "b.cn"]


def test_it_satisfies_the_published_schema(out):
    schema = json.loads(SCHEMA.read_text("utf-8"))
    jsonschema.Draft202012Validator.check_schema(schema)
    jsonschema.validate(json.loads((out / "summary.json").read_text("utf-8")), schema)


def test_a_spreadsheet_takes_no_name_for_a_formula(tmp_path):
    out = written(tmp_path, [page("a.html")], container=HOSTILE)
    data = (out / "summary.csv").read_bytes()
    assert data.startswith("\ufeff".encode())
    header, row = csv.reader(io.StringIO(data.decode("utf-8-sig")))
    assert header[0] == "网站"
    assert row[0] == "'" + HOSTILE


def test_the_page_escapes_names_and_asks_for_nothing_outside(tmp_path):
    out = written(tmp_path, [page("a.html")], container=HOSTILE)
    text = (out / "summary.html").read_text("utf-8")
    assert "<script>document" not in text
    assert "&lt;script&gt;document" in text
    assert "src=" not in text and "href=" not in text


def test_of_many_sites_the_page_shows_the_worst_and_says_where_the_rest_stands(tmp_path):
    many = [page(f"http://s{n}.cn/", *[FOUND] * (n == 4_999)) for n in range(5_000)]
    out = written(tmp_path, many)
    text = (out / "summary.html").read_text("utf-8")
    assert text.count('class="host"') == summary.SHOWN_SITES
    assert "s4999.cn" in text
    assert f"另有 {5_000 - summary.SHOWN_SITES} 个见 summary.csv" in text
    assert len(sites(out)) == 5_000
