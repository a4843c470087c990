"""What a user can name: folders, lists of paths, object storage; and what is refused."""

from __future__ import annotations

import gzip
import os

import fsspec
import holding
import pytest

from detector.batch.inputs import find_containers
from detector.errors import UsageError


def containers(tmp_path, *names, settings=holding.STEP, exclude=()):
    (tmp_path / "spool").mkdir(exist_ok=True)
    return list(find_containers([str(n) for n in names], settings, tmp_path / "spool", exclude))


def test_a_folder_is_walked_in_order_and_hidden_files_are_passed_over(tmp_path):
    crawl = tmp_path / "crawl"
    for name in ("b/2.html", "b/1.html", "a/x.png", ".hidden/y.html", "c.txt", "b/~$z.docx"):
        (crawl / name).parent.mkdir(parents=True, exist_ok=True)
        (crawl / name).write_bytes(b"x")
    (crawl / "b" / "d.warc").write_bytes(holding.records()[0])
    (crawl / "b" / "loop").symlink_to(crawl)
    (crawl / "self").symlink_to("self")
    pages = holding.read_all(crawl, tmp_path / "spool")
    assert sorted(page.address.removeprefix(f"{crawl}/") for page in pages) == sorted(
        ["a/x.png", "b/1.html", "b/2.html", "c.txt", "self", holding.ADDRESSES[0]]
    )
    assert list(holding.problems(pages)) == ["self"]
    [pictures] = holding.list_all(crawl / "a", tmp_path / "spool")
    assert [place.lane for place in pictures.places] == ["scan"]


def test_a_file_that_is_added_changes_the_list_of_its_folder_alone(tmp_path):
    for name in ("a/1.html", "b/1.html"):
        (tmp_path / "crawl" / name).parent.mkdir(parents=True)
        (tmp_path / "crawl" / name).write_bytes(b"x")
    before = {c.identity for c in containers(tmp_path, tmp_path / "crawl")}
    (tmp_path / "crawl" / "b" / "2.html").write_bytes(b"x")
    after = {c.identity for c in containers(tmp_path, tmp_path / "crawl")}
    assert len(before & after) == 1


def test_long_folders_are_listed_in_pieces(tmp_path):
    (tmp_path / "crawl").mkdir()
    for number in range(7):
        (tmp_path / "crawl" / f"{number}.html").write_bytes(b"x")
    assert len(containers(tmp_path, tmp_path / "crawl")) == 3


def test_what_is_not_there_or_too_large_is_said(tmp_path):
    (tmp_path / "big.html").write_bytes(b"x" * 99)
    small = holding.replace(holding.STEP, max_file_bytes=50)
    [gone] = holding.read_all(tmp_path / "gone.html", tmp_path / "spool")
    [big] = holding.read_all(tmp_path / "big.html", tmp_path / "spool", small)
    assert [gone.problem.code, big.problem.code] == ["not-found", "too-large"]


def test_a_list_names_inputs(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "a.warc").write_bytes(holding.records()[0])
    text = b"# crawl of March\n\na.warc\n  # more\ngone.html\n"
    for name, data in (("paths.txt", text), ("paths.gz", gzip.compress(text))):
        (tmp_path / name).write_bytes(data)
        pages = holding.read_all(f"@{name}", tmp_path / "spool")
        assert [page.address for page in pages] == [holding.ADDRESSES[0], "gone.html"]
    with pytest.raises(UsageError, match=r"missing\.txt"):
        containers(tmp_path, "@missing.txt")


def test_names_that_are_no_utf8_are_read(tmp_path):
    (tmp_path / "crawl").mkdir()
    (tmp_path / "crawl" / os.fsdecode(b"\xff\xfe.html")).write_bytes(b"x")
    [page] = holding.read_all(tmp_path / "crawl", tmp_path / "spool")
    assert page.data == b"x"


@pytest.mark.parametrize("uri", ["http://a.cn/x.warc", "https://a.cn/x.warc"])
def test_the_web_is_refused(uri, tmp_path):
    with pytest.raises(UsageError, match="不打开网址"):
        containers(tmp_path, uri)


def test_object_storage_is_read_like_a_folder(tmp_path):
    storage = fsspec.filesystem("memory")
    crawl = {
        "a.warc.gz": holding.warc_gz(),
        "b.jsonl": b"".join(holding.lines()),
        "c.zip": holding.zip_of(holding.members()),
        "d.jsonl.gz": gzip.compress(b"".join(holding.lines())),
        "x/e.html": b"e",
    }
    for name, data in crawl.items():
        storage.pipe(f"/crawl/{name}", data)
    pages = holding.read_all("memory://crawl", tmp_path / "spool")
    assert len(pages) == 4 * 7 + 1
    assert not holding.problems(pages)
    assert "memory:///crawl/x/e.html" in [page.address for page in pages]
    storage.pipe("/crawl/b.jsonl", b"{}")
    first, again = ({c.identity for c in containers(tmp_path, "memory://crawl")} for _ in range(2))
    assert first == again
