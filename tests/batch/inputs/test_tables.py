"""Parquet, Arrow, JSON Lines and CSV: rows in order, columns found, damage said."""

from __future__ import annotations

import bz2
import csv
import gzip
import io
from dataclasses import replace

import holding
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from holding import ADDRESSES, BODIES, ROWS, STEP

from detector.errors import ReadError


def parquet(rows=ROWS) -> bytes:
    out = io.BytesIO()
    pq.write_table(pa.Table.from_pylist(rows), out, row_group_size=2)
    return out.getvalue()


def arrow(new) -> bytes:
    out, table = io.BytesIO(), pa.Table.from_pylist(ROWS)
    with new(out, table.schema) as writer:
        writer.write_table(table, max_chunksize=2)
    return out.getvalue()


def csv_of(delimiter=",") -> str:
    out = io.StringIO()
    writer = csv.writer(out, delimiter=delimiter)
    writer.writerows([("网址", "网页"), *zip(ADDRESSES, BODIES, strict=True)])
    return out.getvalue()


LINES = b"".join(holding.lines())
TABLES = {
    "a.parquet": parquet(),
    "a.arrow": arrow(pa.ipc.new_file),
    "b.arrow": arrow(pa.ipc.new_stream),
    "a.jsonl": LINES,
    "a.json": LINES,
    "a.jsonl.gz": gzip.compress(LINES),
    "a.ndjson.bz2": bz2.compress(LINES),
    "a.jsonl.zst": pa.compress(LINES, "zstd", asbytes=True),
    "a.csv": csv_of().encode(),
    "bom.csv": csv_of().encode("utf-8-sig"),
    "gbk.csv": csv_of().encode("gbk"),
    "utf16.tsv": csv_of("\t").encode("utf-16"),
    "a.csv.gz": gzip.compress(csv_of().encode("gbk")),
}


def read(tmp_path, name, data, **changes):
    (tmp_path / name).write_bytes(data)
    return holding.read_all(tmp_path / name, tmp_path / "spool", replace(STEP, **changes))


@pytest.mark.parametrize("name", TABLES)
def test_every_row_is_a_page_in_order(name, tmp_path):
    pages = read(tmp_path, name, TABLES[name])
    assert [page.address for page in pages] == ADDRESSES
    assert [page.data.decode() for page in pages] == BODIES


@pytest.mark.parametrize("name", ["a.parquet", "a.arrow", "a.csv"])
def test_columns_that_do_not_fit_are_named(name, tmp_path):
    table = pa.table({"甲": ["x"], "乙": ["y"]})
    out = io.BytesIO()
    if name == "a.parquet":
        pq.write_table(table, out)
    elif name == "a.arrow":
        with pa.ipc.new_file(out, table.schema) as writer:
            writer.write_table(table)
    else:
        out.write("甲,乙\r\nx,y\r\n".encode())
    with pytest.raises(ReadError, match=r"甲、乙.*--html-column"):
        read(tmp_path, name, out.getvalue())
    [page] = read(tmp_path, name, out.getvalue(), html_column="乙")
    assert page.data == b"y"


def test_an_empty_row_is_said(tmp_path):
    rows = [{"url": "http://a/", "html": None}, {"url": "http://b/", "html": b"x"}]
    pages = read(tmp_path, "a.parquet", parquet(rows))
    assert [page.problem and page.problem.code for page in pages] == ["empty", None]


def test_bad_lines_are_said_one_by_one(tmp_path):
    deep = b'{"html":' + b"[" * 100_000 + b"\n"
    data = holding.lines()[0] + b"{bad\n" + deep + b"[1]\n" + holding.lines()[1]
    for name, packed in (("a.jsonl", data), ("a.jsonl.gz", gzip.compress(data))):
        pages = read(tmp_path, name, packed)
        assert [page.problem is None for page in pages] == [True, False, False, False, True]


@pytest.mark.parametrize("name", ["a.jsonl.gz", "a.csv.gz", "b.arrow"])
def test_what_came_before_damage_is_kept(name, tmp_path):
    (tmp_path / name).write_bytes(TABLES[name][:-40])
    pages = []
    try:
        for one in holding.list_all(tmp_path / name, tmp_path / "spool"):
            pages += one.read()
    except ReadError as error:
        assert name == "b.arrow" and error.code == "damaged"
    else:
        assert holding.problems(pages) == {name: "damaged"}
        assert 1 < len(pages) < 8


def test_chinese_behind_a_long_beginning_of_ascii_is_read_in_its_encoding(tmp_path):
    data = b"url,html\r\n" + b"".join(b"http://a/,%0999d\r\n" % n for n in range(99))
    pages = read(tmp_path, "a.csv", data + "http://b/,签约包过\r\n".encode("gbk"))
    assert pages[-1].data.decode() == "签约包过"


def test_a_line_past_the_limit_ends_the_file_and_is_said(tmp_path):
    data = b"url,html\r\nhttp://a/,x\r\nhttp://b/," + b"y" * 3000 + b"\r\n"
    pages = read(tmp_path, "a.csv", data, max_file_bytes=1000)
    assert holding.read_addresses(pages) == ["http://a/"]
    assert holding.problems(pages) == {"a.csv": "too-large"}
    assert csv.field_size_limit() > 1000  # other readers of tables in this process keep theirs


def test_packed_lines_without_end_are_stopped(tmp_path):
    data = gzip.compress(LINES + b"\0" * 30_000_000)
    pages = read(tmp_path, "a.jsonl.gz", data)
    assert holding.read_addresses(pages) == ADDRESSES
    assert holding.problems(pages) == {"a.jsonl.gz": "too-large"}


def test_a_damaged_group_of_rows_does_not_take_those_before_it(tmp_path):
    data = bytearray(parquet())
    at = len(data) // 3
    data[at : at + 40] = b"\xff" * 40
    pages = read(tmp_path, "a.parquet", bytes(data))
    assert len(pages) == 7
    assert pages[0].data.decode() == BODIES[0]
    assert "damaged" in holding.problems(pages).values()
