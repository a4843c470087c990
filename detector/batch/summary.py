"""The summary for each site: how many pages, how many suspected, which clauses.

Read from the parts one after the other; memory grows with the number of sites only.
"""

from __future__ import annotations

import csv
import io
import json
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq
from jinja2 import Environment

from detector.batch.manifest import Manifest
from detector.batch.parts import FINDINGS, PAGES, part
from detector.model import Notice, Outcome
from detector.report.files import write_text
from detector.report.labels import NOTHING_FOUND, OUTCOMES
from detector.report.pages import open_templates

SCHEMA = "shanzhai-screen-summary/1"
SUMMARIES = "summary.*"
TEMPLATES = Path(__file__).parent / "templates"
SHOWN_SITES = 2_000  # in the page; the other files hold all
_BOM = "\ufeff"  # without it Excel takes the file for the system's own encoding
_FORMULA = ("=", "+", "-", "@", "\t", "\r")
_STANDING = pa.array([Outcome.REPORT.value, Outcome.REVIEW.value])
CSV_COLUMNS = (
    "网站",
    "网页数",
    "未读",
    "有疑似违规的网页",
    "疑似违规",
    "需人工核实",
    "已排除",
    "与前文重复的网页",
    "最早抓取",
    "最晚抓取",
    "条款（处数）",
)


@dataclass(slots=True)
class Site:
    """What was counted of one host; `clauses` and `rules` leave out what was dismissed."""

    host: str
    pages: int = 0
    unread: int = 0
    repeated: int = 0
    pages_reported: int = 0
    report: int = 0
    review: int = 0
    dismissed: int = 0
    first: datetime | None = None
    last: datetime | None = None
    clauses: Counter[str] = field(default_factory=Counter)
    rules: Counter[str] = field(default_factory=Counter)


def write_summary(out: Path, manifest: Manifest, notices: Sequence[Notice]) -> list[Path]:
    """Write summary.json, summary.csv and summary.html, the sites with most findings first."""
    sites = count_sites(out, (part.key for part in manifest.parts))
    clauses = _name_clauses(sites, notices)
    return [
        write_text(out / "summary.json", _as_json(manifest, sites, clauses)),
        write_text(out / "summary.csv", _as_csv(sites, clauses)),
        write_text(out / "summary.html", _as_html(manifest, sites, clauses)),
    ]


def count_sites(out: Path, keys: Iterable[str]) -> list[Site]:
    """Count over the parts."""
    sites: dict[str, Site] = {}
    for key in keys:
        _count_pages(sites, part(out, PAGES, key))
        _count_findings(sites, part(out, FINDINGS, key))
    return sorted(sites.values(), key=lambda s: (-s.report, -s.review, -s.pages, s.host))


def _count_pages(sites: dict[str, Site], path: Path) -> None:
    names = ["host", "unread", "repeated", "report", "review", "dismissed", "captured"]
    table = pq.read_table(path, columns=names)
    reported = pc.greater(table["report"], 0)
    table = table.append_column("reported", reported)
    sums = ["unread", "repeated", "report", "review", "dismissed", "reported"]
    grouped = table.group_by("host").aggregate(
        [
            ("host", "count"),
            *((name, "sum") for name in sums),
            ("captured", "min"),
            ("captured", "max"),
        ]
    )
    for row in grouped.to_pylist():
        site = sites.setdefault(row["host"], Site(row["host"]))
        site.pages += row["host_count"]
        site.pages_reported += row["reported_sum"]
        for name in sums[:-1]:
            setattr(site, name, getattr(site, name) + row[f"{name}_sum"])
        site.first = min(filter(None, (site.first, row["captured_min"])), default=None)
        site.last = max(filter(None, (site.last, row["captured_max"])), default=None)


def _count_findings(sites: dict[str, Site], path: Path) -> None:
    table = pq.read_table(path, columns=["host", "outcome", "rule", "clauses"])
    standing = table.filter(pc.is_in(table["outcome"], value_set=_STANDING))
    for host, rule, clauses in zip(
        *(standing[name].to_pylist() for name in ("host", "rule", "clauses")), strict=True
    ):
        sites[host].rules[rule] += 1
        sites[host].clauses.update(clauses)


def _name_clauses(sites: Iterable[Site], notices: Iterable[Notice]) -> dict[str, str]:
    """Return how the clauses that were counted are cited."""
    counted = {id for site in sites for id in site.clauses}
    return {
        clause.id: f"{notice.number or notice.short or notice.title} {clause.path} {clause.heading}"
        for notice in notices
        for clause in notice.clauses
        if clause.id in counted
    }


def _as_json(manifest: Manifest, sites: Iterable[Site], clauses: Mapping[str, str]) -> str:
    value = {
        "schema": SCHEMA,
        "tool": manifest.tool,
        "rules": manifest.rules,
        "created": manifest.created,
        "complete": manifest.complete,
        "settings": manifest.settings,
        "totals": manifest.totals,
        "clauses": clauses,
        "sites": [_site_value(site) for site in sites],
    }
    return json.dumps(value, ensure_ascii=False, indent=1) + "\n"


def _site_value(site: Site) -> dict[str, Any]:
    value = {name: getattr(site, name) for name in Site.__slots__}
    return value | {
        "first": site.first.isoformat() if site.first else None,
        "last": site.last.isoformat() if site.last else None,
        "clauses": dict(site.clauses.most_common()),
        "rules": dict(site.rules.most_common()),
    }


def _as_csv(sites: Iterable[Site], clauses: Mapping[str, str]) -> str:
    text = io.StringIO(newline="")
    rows = csv.writer(text)
    rows.writerow(CSV_COLUMNS)
    rows.writerows([_cell(value) for value in _csv_row(site, clauses)] for site in sites)
    return _BOM + text.getvalue()


def _csv_row(site: Site, clauses: Mapping[str, str]) -> Iterator[object]:
    yield from (site.host, site.pages, site.unread, site.pages_reported)
    yield from (site.report, site.review, site.dismissed, site.repeated)
    yield from (_day(site.first), _day(site.last))
    yield "；".join(f"{clauses.get(id, id)}（{n}）" for id, n in site.clauses.most_common())


def _cell(value: object) -> object:
    """Return a cell that a spreadsheet takes for text: names of hosts come from anywhere."""
    return f"'{value}" if isinstance(value, str) and value.startswith(_FORMULA) else value


def _day(moment: datetime | None) -> str:
    return moment.date().isoformat() if moment else ""


def _as_html(manifest: Manifest, sites: Sequence[Site], clauses: Mapping[str, str]) -> str:
    return (
        _environment()
        .get_template("summary.html")
        .render(
            manifest=manifest,
            sites=sites[:SHOWN_SITES],
            more=len(sites[SHOWN_SITES:]),
            site_count=len(sites),
            clauses=clauses,
            outcomes=OUTCOMES,
            nothing_found=NOTHING_FOUND,
        )
    )


@cache
def _environment() -> Environment:
    environment = open_templates(TEMPLATES)
    environment.filters["day"] = _day
    return environment
