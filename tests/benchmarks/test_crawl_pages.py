"""The generated crawl: repeatable, mixed as meant, and the same from the files it is written to."""

from __future__ import annotations

import json
from collections import Counter
from statistics import median

import pyarrow.parquet as pq
import pytest
from fastwarc.warc import ArchiveIterator

from benchmarks import crawl_pages
from benchmarks.crawl_pages import CHARSETS, CrawledPage, draw_crawl, write_parquet, write_warc
from benchmarks.pages import CASES
from detector.model import PassageKind
from detector.read import Task
from detector.read.charset import decode
from detector.read.html import read
from detector.settings import load_settings

COUNT = 600


@pytest.fixture(scope="module")
def pages() -> list[CrawledPage]:
    return list(draw_crawl(COUNT))


@pytest.fixture(scope="module")
def contents(pages):
    settings = load_settings()
    return [read(Task(page.body, settings, None, declared=page.declared)) for page in pages]


@pytest.fixture(scope="module")
def texts(contents):
    """What each page says: nothing is told apart but the sort of its pieces."""
    return [tuple((one.kind, one.text) for one in content.passages) for content in contents]


def test_the_same_seed_gives_the_same_pages(pages):
    assert list(draw_crawl(20)) == pages[:20]
    assert list(draw_crawl(20, seed=1)) != pages[:20]


def test_every_page_has_an_address_of_its_own(pages):
    assert len({page.address for page in pages}) == COUNT


def test_some_hosts_have_many_pages_and_most_have_few(pages):
    hosts = Counter(page.address.split("/")[2] for page in pages)
    assert hosts.most_common(1)[0][1] > 0.03 * COUNT
    assert median(hosts.values()) <= 2


def test_pages_are_as_long_as_real_ones(pages):
    lengths = [len(page.body) for page in pages]
    assert 20_000 < median(lengths) < 32_000
    assert 100_000 < max(lengths) < 400_000


def test_a_fair_share_of_a_page_is_text(pages, texts):
    shares = [
        sum(len(text.encode()) for _, text in said) / len(page.body)
        for page, said in zip(pages, texts, strict=True)
        if page.declared == "utf-8"
    ]
    assert 0.2 < median(shares) < 0.35
    assert sum(0.12 < share < 0.45 for share in shares) > 0.9 * len(shares)


def test_three_pages_in_four_are_utf8_and_the_rest_are_read_too(pages):
    decoded = Counter(decode(page.body, page.declared).encoding for page in pages)
    assert 0.69 < decoded["utf-8"] / COUNT < 0.81
    assert 0.15 < decoded["gb18030"] / COUNT < 0.30
    assert 0.01 < decoded["big5hkscs"] / COUNT < 0.06
    assert decoded.total() == sum(decoded[name] for name in ("utf-8", "gb18030", "big5hkscs"))


def test_headers_say_what_the_charsets_are_meant_to_say(pages):
    said = Counter(page.declared for page in pages)
    assert set(said) == {charset.header for charset in CHARSETS}
    assert sum(charset.share for charset in CHARSETS) == pytest.approx(1)


def test_every_page_is_parsed_and_has_title_description_and_body(contents):
    for content in contents:
        kinds = {passage.kind for passage in content.passages}
        assert {PassageKind.TITLE, PassageKind.META, PassageKind.BODY, PassageKind.ALT} <= kinds


def test_few_pages_have_broken_bytes(contents):
    assert 0 < sum(bool(content.problems) for content in contents) < 0.04 * COUNT


def test_copies_say_the_same_in_other_markup(pages, texts):
    assert 0.05 < 1 - len(set(texts)) / COUNT < 0.11
    assert len({page.body for page in pages}) == COUNT


def test_without_copies_no_two_pages_say_the_same(monkeypatch):
    monkeypatch.setattr(crawl_pages, "COPIES", 0)
    settings = load_settings()
    said = {
        read(Task(page.body, settings, None, declared=page.declared)).passages
        for page in draw_crawl(200)
    }
    assert len(said) == 200


def test_one_page_in_twenty_has_a_case_that_findings_are_expected_of(texts):
    cases = [json.loads(line) for line in CASES.read_text("utf-8").splitlines()]
    assert 0.03 < _share_with(texts, [c["text"] for c in cases if c["violations"]]) < 0.09
    assert 0.01 < _share_with(texts, [c["text"] for c in cases if not c["violations"]]) < 0.06


def _share_with(texts, cases: list[str]) -> float:
    """Return how many pages have one of the cases in their body; short ones occur by chance."""
    written = {text for case in cases if len(text := "".join(case.split())) > 12}
    bodies = [_unbroken(said) for said in texts]
    return sum(any(text in body for text in written) for body in bodies) / len(bodies)


def _unbroken(said: tuple[tuple[PassageKind, str], ...]) -> str:
    return "".join("".join(text.split()) for kind, text in said if kind is PassageKind.BODY)


def test_an_archive_holds_the_same_pages(pages, tmp_path):
    path = tmp_path / "crawl.warc.gz"
    write_warc(pages[:50], path)
    with path.open("rb") as file:
        back = [
            CrawledPage(
                record.headers["WARC-Target-URI"],
                record.record_date,
                record.http_headers["Content-Type"],
                record.reader.read(),
            )
            for record in ArchiveIterator(file)
        ]
    assert back == pages[:50]


def test_each_record_of_an_archive_can_be_read_alone(pages, tmp_path):
    path = tmp_path / "crawl.warc.gz"
    write_warc(pages[:5], path)
    with path.open("rb") as file:
        starts = [record.stream_pos for record in ArchiveIterator(file)]
        file.seek(starts[3])
        record = next(iter(ArchiveIterator(file)))
        assert record.headers["WARC-Target-URI"] == pages[3].address


def test_a_table_holds_the_same_pages(pages, tmp_path, monkeypatch):
    monkeypatch.setattr(crawl_pages, "ROWS", 20)
    path = tmp_path / "crawl.parquet"
    write_parquet(iter(pages[:50]), path)
    assert pq.ParquetFile(path).num_row_groups == 3
    rows = pq.read_table(path).to_pylist()
    back = [CrawledPage(r["url"], r["fetched"], r["content_type"], r["html"]) for r in rows]
    assert back == pages[:50]


def test_writing_twice_gives_the_same_archive(pages, tmp_path):
    first, second = tmp_path / "a.warc.gz", tmp_path / "b.warc.gz"
    for path in (first, second):
        write_warc(pages[:5], path)
    assert first.read_bytes() == second.read_bytes()
