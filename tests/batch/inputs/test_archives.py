"""Zip and tar: members in order, archives within archives, and what must not break them."""

from __future__ import annotations

import bz2
import gzip
import io
import lzma
import tarfile
import zipfile

import holding
import pyarrow as pa
import pytest

PACKINGS = {
    "a.tar": bytes,
    "a.tar.gz": gzip.compress,
    "a.tgz": gzip.compress,
    "a.tar.bz2": bz2.compress,
    "a.tar.xz": lzma.compress,
    "a.tar.zst": lambda data: pa.compress(data, "zstd", asbytes=True),
}


def read(tmp_path, name, data, **changes):
    (tmp_path / name).write_bytes(data)
    settings = holding.replace(holding.STEP, **changes)
    return holding.read_all(tmp_path / name, tmp_path / "spool", settings)


@pytest.mark.parametrize("name", [*PACKINGS, "a.zip"])
def test_every_member_is_a_page(name, tmp_path):
    of = holding.zip_of if name == "a.zip" else holding.tar_of
    pages = read(tmp_path, name, PACKINGS.get(name, bytes)(of(holding.members())))
    assert [page.data.decode() for page in pages] == holding.BODIES
    assert pages[3].address == f"{tmp_path / name}!页/3.html"


def test_names_that_windows_wrote_are_chinese(tmp_path):
    data = holding.zip_of([("XXXX.html", b"x")]).replace(b"XXXX", "培训".encode("gbk"))
    assert [p.address for p in read(tmp_path, "a.zip", data)] == [f"{tmp_path}/a.zip!培训.html"]


def test_containers_within_are_opened_and_documents_are_not(tmp_path):
    inner = holding.zip_of([("x.html", b"in"), ("a.docx", holding.zip_of([("w.xml", b"")]))])
    warc = gzip.compress(holding.records()[0])
    lines = b"".join(holding.lines())
    members = [("a/in.zip", inner), ("b.warc.gz", warc), ("c.jsonl.gz", gzip.compress(lines))]
    for name, of in (("o.zip", holding.zip_of), ("o.tar", holding.tar_of)):
        pages = read(tmp_path, name, of(members))
        addresses = [page.address for page in pages]
        outer = f"{tmp_path / name}!a/in.zip!"
        assert addresses[:2] == [f"{outer}x.html", f"{outer}a.docx"]
        assert sorted(addresses[2:]) == sorted([holding.ADDRESSES[0], *holding.ADDRESSES])


def test_archives_nested_too_deep_are_said(tmp_path):
    data = holding.zip_of([("x.html", b"x")])
    for number in range(5):
        data = holding.zip_of([(f"{number}.zip", data)])
    [page] = read(tmp_path, "a.zip", data)
    assert page.problem.code == "unsupported"
    assert "max_archive_depth" in page.problem.message


def test_bombs_are_said_and_leave_the_others(tmp_path):
    bombs = [("b.html", b"\0" * 30_000_000), ("b.csv", b"\0" * 30_000_000), ("ok.html", b"ok")]
    pages = read(tmp_path, "a.zip", holding.zip_of(bombs))
    assert holding.problems(pages) == {
        "a.zip!b.html": "too-large",
        "a.zip!b.csv": "too-large",
    }
    assert b"ok" in [page.data for page in pages]


def test_all_members_together_are_bounded(tmp_path):
    pages = read(tmp_path, "a.zip", holding.zip_of(holding.members()), max_archive_bytes=60)
    assert 0 < len(holding.read_addresses(pages)) < 7
    assert holding.problems(pages) == {"a.zip": "too-large"}


def test_a_packed_tar_without_end_is_stopped(tmp_path):
    data = holding.tar_of([("a.html", b"a"), ("b.html", b"\0" * 30_000_000)])
    pages = read(tmp_path, "a.tgz", gzip.compress(data))
    assert len(holding.read_addresses(pages)) == 1
    assert holding.problems(pages) == {"a.tgz": "too-large"}


def test_locked_members_are_said(tmp_path):
    data = bytearray(holding.zip_of([("a.html", b"a"), ("b.html", b"b")]))
    data[data.index(b"PK\1\2") + 8] |= 1
    pages = read(tmp_path, "a.zip", bytes(data))
    assert holding.problems(pages) == {"a.zip!a.html": "encrypted"}


def test_a_damaged_archive_within_leaves_the_others(tmp_path):
    inner = holding.zip_of([("x.html", b"x" * 99)])
    data = bytearray(holding.zip_of([("in.zip", inner), ("c.html", b"c")]))
    at = data.index(b"in.zip") + 16
    data[at : at + 20] = b"\xff" * 20
    pages = read(tmp_path, "a.zip", bytes(data))
    assert [page.data for page in pages if not page.problem] == [b"c"]
    assert holding.problems(pages) == {"a.zip!in.zip": "damaged"}


@pytest.mark.parametrize("packed", [False, True])
def test_a_damaged_header_of_a_tar_is_no_end(packed, tmp_path):
    data = holding.tar_of([("a.html", b"a"), ("b.html", b"b"), ("c.html", b"c")])
    data = data[:1024] + b"\xff" * 512 + data[1536:]
    name = "a.tgz" if packed else "a.tar"
    pages = read(tmp_path, name, gzip.compress(data) if packed else data)
    assert [page.data for page in pages if not page.problem] == [b"a"]
    assert holding.problems(pages) == {name: "damaged"}


def test_a_tar_that_is_cut_off_is_said(tmp_path):
    data = holding.tar_of([("a.html", b"a"), ("b.html", b"b" * 5000)])[:3000]
    pages = read(tmp_path, "a.tar", data)
    assert [page.data for page in pages if not page.problem] == [b"a"]
    assert set(holding.problems(pages).values()) == {"damaged"}


def test_links_and_names_that_climb_write_nothing_and_read_nothing(tmp_path):
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w") as archive:
        link = tarfile.TarInfo("link.html")
        link.type, link.linkname = tarfile.SYMTYPE, "/etc/passwd"
        archive.addfile(link)
    assert read(tmp_path, "a.tar", out.getvalue()) == []
    read(tmp_path, "b.zip", holding.zip_of([("../../evil.jsonl", b"".join(holding.lines()))]))
    assert not list(tmp_path.parent.rglob("evil*"))


def test_a_file_that_is_no_archive_is_told(tmp_path):
    from detector.errors import ReadError

    with pytest.raises(ReadError, match="压缩包已损坏"):
        read(tmp_path, "a.zip", b"no archive")
    assert not zipfile.is_zipfile(tmp_path / "a.zip")
