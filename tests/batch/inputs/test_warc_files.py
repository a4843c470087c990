"""WARC: records in order, damage said, nothing lost before it."""

from __future__ import annotations

import gzip

import holding
import pyarrow as pa
import pytest
from holding import ADDRESSES, BODIES


@pytest.mark.parametrize("name", ["a.warc", "a.warc.gz", "whole.warc.gz", "a.warc.zst"])
def test_every_record_is_a_page(name, tmp_path):
    pack = {
        "a.warc": bytes,
        "a.warc.gz": gzip.compress,
        "whole.warc.gz": bytes,
        "a.warc.zst": lambda data: pa.compress(data, "zstd", asbytes=True),
    }[name]
    data = b"".join(map(pack, holding.records()))
    (tmp_path / name).write_bytes(gzip.compress(data) if name.startswith("whole") else data)
    pages = holding.read_all(tmp_path / name, tmp_path / "spool")
    assert [page.address for page in pages] == ADDRESSES
    assert [page.data.decode() for page in pages] == BODIES
    assert pages[0].captured.isoformat() == "2024-03-01T08:00:00+00:00"
    assert pages[0].media_type == "text/html"


def test_text_of_wet_and_resources_are_pages_and_requests_are_not(tmp_path):
    wet = holding.warc_record("conversion", ADDRESSES[0], "包过".encode(), "text/plain")
    resource = holding.warc_record("resource", ADDRESSES[1], b"%PDF-", "application/pdf")
    request = holding.warc_record("request", ADDRESSES[2], b"GET / HTTP/1.1\r\n\r\n", "x/y")
    (tmp_path / "a.warc").write_bytes(wet + request + resource)
    [listed] = holding.list_all(tmp_path / "a.warc", tmp_path / "spool")
    assert [place.lane for place in listed.places] == ["text", "scan"]
    assert [(p.media_type, p.charset) for p in listed.read()] == [
        ("text/plain", "utf-8"),
        ("application/pdf", ""),
    ]


@pytest.mark.parametrize("cut", [10, 60, 200])
def test_a_file_that_is_cut_off_keeps_what_came_before_and_says_so(cut, tmp_path):
    (tmp_path / "a.warc.gz").write_bytes(holding.warc_gz()[:-cut])
    pages = holding.read_all(tmp_path / "a.warc.gz", tmp_path / "spool")
    assert holding.read_addresses(pages)[:6] == ADDRESSES[:6]
    assert holding.problems(pages)["a.warc.gz"] == "damaged"


def test_a_file_that_is_damaged_in_the_middle_keeps_what_came_before(tmp_path):
    first, second, *rest = map(gzip.compress, holding.records())
    data = first + second[:20] + b"\xff" * 30 + second[50:] + b"".join(rest)
    (tmp_path / "a.warc.gz").write_bytes(data)
    pages = holding.read_all(tmp_path / "a.warc.gz", tmp_path / "spool")
    assert ADDRESSES[0] in holding.read_addresses(pages)
    assert holding.problems(pages)["a.warc.gz"] == "damaged"


@pytest.mark.parametrize("coding", ["gzip", "br", "deflate"])
def test_a_body_that_does_not_decode_is_one_problem(coding, tmp_path):
    bad = holding.record(ADDRESSES[0], b"not packed at all", f"Content-Encoding: {coding}")
    good = holding.record(ADDRESSES[1], gzip.compress(b"<p>x</p>"), "Content-Encoding: gzip")
    (tmp_path / "a.warc").write_bytes(bad + good)
    pages = holding.read_all(tmp_path / "a.warc", tmp_path / "spool")
    assert [page.address for page in pages] == ADDRESSES[:2]
    assert pages[1].data == b"<p>x</p>"
    assert pages[0].problem or pages[0].data == b"not packed at all"


def test_an_answer_without_a_body_is_no_page(tmp_path):
    (tmp_path / "a.warc").write_bytes(
        holding.record(ADDRESSES[0], b"") + holding.record(ADDRESSES[1], b"x")
    )
    pages = holding.read_all(tmp_path / "a.warc", tmp_path / "spool")
    assert [page.address for page in pages] == ADDRESSES[1:2]


def test_one_member_that_unpacks_without_end_is_stopped(tmp_path):
    big = holding.record(ADDRESSES[1], b"\0" * 30_000_000)
    (tmp_path / "a.warc.gz").write_bytes(gzip.compress(holding.records()[0] + big))
    pages = holding.read_all(tmp_path / "a.warc.gz", tmp_path / "spool")
    assert holding.read_addresses(pages) == ADDRESSES[:1]
    assert holding.problems(pages) == {"a.warc.gz": "too-large"}
