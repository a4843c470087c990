"""What is written into the parts comes back from them as it was."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from detector import Scanner
from detector.batch.parts import make_folders, write_parts
from detector.batch.results import Where, read_results
from detector.batch.rows import Rows, host_of
from detector.batch.values import Page
from detector.errors import ProblemCode
from detector.model import (
    Anchor,
    Box,
    Certificate,
    CertificateForm,
    DocumentKind,
    Effect,
    Evasion,
    Field,
    Finding,
    Mark,
    MarkKind,
    Outcome,
    PassageKind,
    Point,
    Problem,
    Reason,
    RegistryCheck,
    Rereading,
    Severity,
    Source,
    SourceResult,
    Span,
    Standing,
)
from detector.report.encode import encode

SAMPLES = Path(__file__).parents[2] / "samples"
CAPTURED = datetime(2024, 3, 1, 8, tzinfo=UTC)

texts = st.text(max_size=12)  # hypothesis gives no lone surrogates here
counts = st.integers(0, 2**31 - 1)
shares = st.floats(0, 1)
# Marks are kept as reports show them: to a tenth of a pixel.
pixels = st.integers(0, 100_000).map(lambda tenths: tenths / 10)
points = st.builds(Point, pixels, pixels)
boxes = st.builds(Box, counts, st.tuples(points, points, points, points))
spans = st.builds(Span, counts, counts)


def many(values: st.SearchStrategy) -> st.SearchStrategy:
    return st.lists(values, max_size=2).map(tuple)


anchors = st.builds(
    Anchor,
    passage=st.none() | counts,
    line=counts,
    column=counts,
    page=st.none() | counts,
    boxes=many(boxes),
    confidence=st.none() | shares,
    engine=texts,
    second=many(st.builds(Rereading, texts, shares, texts)),
    field=st.none() | st.sampled_from(PassageKind),
)
findings = st.builds(
    Finding,
    fingerprint=texts,
    rule=texts,
    clauses=many(texts),
    term=texts,
    severity=st.sampled_from(Severity),
    outcome=st.sampled_from(Outcome),
    span=spans,
    surface=texts,
    excerpt=texts,
    highlight=spans,
    anchor=anchors,
    message=texts,
    suggestion=texts,
    evasion=st.none() | st.sampled_from(Evasion),
    reasons=many(st.builds(Reason, texts, st.sampled_from(Effect), texts)),
    see_also=many(texts),
)
fields = st.builds(Field, texts, texts, counts, spans, many(boxes), st.none() | shares)
results = st.builds(
    SourceResult,
    source=st.builds(Source, texts, texts, counts, texts),
    kind=st.sampled_from(DocumentKind),
    kind_reason=texts,
    findings=many(findings),
    marks=many(
        st.builds(
            Mark,
            st.sampled_from(MarkKind),
            boxes,
            st.dictionaries(texts, shares, max_size=2).map(lambda d: tuple(d.items())),
            texts,
        )
    ),
    certificates=many(
        st.builds(
            Certificate,
            st.none() | st.sampled_from(CertificateForm),
            texts,
            st.none() | counts,
            many(fields),
        )
    ),
    registry=many(
        st.builds(RegistryCheck, texts, texts, st.sampled_from(Standing), texts, texts, shares)
    ),
    problems=many(
        st.builds(Problem, st.sampled_from(ProblemCode).map(str), texts, st.none() | counts)
    ),
    pages=counts,
)


def there_and_back(given: list[SourceResult]) -> list[SourceResult]:
    rows = Rows("crawl.warc.gz", "rules", keep_dismissed=True)
    for position, result in enumerate(given):
        page = Page(result.source.uri, captured=CAPTURED)
        rows.add(page, position, result, "hash", repeated=False)
    with TemporaryDirectory() as folder:
        make_folders(Path(folder))
        write_parts(Path(folder), "key", *rows.tables())
        read = list(read_results(Path(folder), "key", range(len(given))))
    assert [where for where, _ in read] == [Where("crawl.warc.gz", n) for n in range(len(given))]
    return [result for _, result in read]


@settings(max_examples=40, deadline=None)
@given(st.lists(results, max_size=3))
def test_results_come_back_as_they_were(given):
    assert there_and_back(given) == given


def test_results_of_the_samples_come_back_as_they_were():
    scanner = Scanner()
    paths = [path for path in sorted(SAMPLES.rglob("*")) if path.suffix in (".txt", ".html")]
    scanned = [scanner.scan_file(path) for path in paths]
    assert sum(len(result.findings) for result in scanned) > 10
    # How long it took is not kept: the same pages give the same parts.
    expected = [encode(result) | {"seconds": 0.0} for result in scanned]
    assert [encode(result) for result in there_and_back(scanned)] == expected


def test_lone_surrogates_do_not_keep_a_page_out_of_the_parts():
    reason = Reason("context", Effect.RAISE, "前有“\ud800包过”")
    odd = SourceResult(
        Source("http://a.cn/\udc80"),
        DocumentKind.WEB,
        kind_reason="写有“\ud800”",
        findings=(finding(surface="\ud800包过", reasons=(reason,)),),
        problems=(Problem("failed", "\ud800"),),
        marks=(Mark(MarkKind.CODE, BOX, text="\ud800"),),
    )
    [back] = there_and_back([odd])
    assert back.findings[0].surface == "?包过"
    assert back.findings[0].reasons[0].detail == "前有“?包过”"
    assert back.marks[0].text == "?"


BOX = Box(0, (Point(0, 0), Point(1, 0), Point(1, 1), Point(0, 1)))


def finding(**more: object) -> Finding:
    given = {
        "fingerprint": "f",
        "rule": "guarantee.pass",
        "clauses": ("N#1",),
        "term": "包过",
        "severity": Severity.HIGH,
        "outcome": Outcome.REPORT,
        "span": Span(0, 2),
        "surface": "包过",
        "excerpt": "包过",
        "highlight": Span(0, 2),
        "anchor": Anchor(0, 1, 1),
        "message": "",
        "suggestion": "",
    }
    return Finding(**(given | more))


def test_without_dismissed_findings_the_pages_still_count_them():
    rows = Rows("c", "rules", keep_dismissed=False)
    both = (finding(), finding(outcome=Outcome.DISMISSED))
    rows.add(Page("p"), 0, SourceResult(Source("p"), DocumentKind.WEB, "", both), "", False)
    found, pages = rows.tables()
    assert found["outcome"].to_pylist() == ["report"]
    assert pages["dismissed"].to_pylist() == [1]


@pytest.mark.parametrize(
    ("address", "host"),
    [
        ("https://WWW.Example.CN:8080/a?b", "www.example.cn"),
        ("http://xn--fiq228c.cn/", "xn--fiq228c.cn"),
        ("http://测试.cn/a", "测试.cn"),
        ("http://user:secret@a.cn/", "a.cn"),
        ("http://[broken/", "crawl.zip"),
        ("crawl.zip!a/b.html", "crawl.zip"),
        ("/data/a.html", "crawl.zip"),
    ],
)
def test_a_page_counts_under_its_host_or_its_container(address, host):
    assert host_of(address, "crawl.zip") == host
