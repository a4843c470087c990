"""What a user names → one source for each file, in a fixed order, never an exception."""

from __future__ import annotations

import io
import os
import sys
from pathlib import Path

import pytest

from detector.errors import ProblemCode
from detector.model import Source
from detector.read import find_sources, read_source
from detector.settings import Settings


@pytest.fixture
def tree(tmp_path, monkeypatch):
    """Make a folder of files, step into it, and return it."""
    for name in (
        "in/b.txt",
        "in/a.txt",
        "in/sub/deep/c.TXT",
        "in/sub/d.png",
        "in/.hidden.txt",
        "in/.git/config.txt",
        "in/~$open.docx",
        "in/Thumbs.db",
        "in/desktop.ini",
        "x[1].txt",
        "y*.txt",
        "yz.txt",
        ".alone.txt",
    ):
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("包过", encoding="utf-8")
    (tmp_path / "empty" / "inner").mkdir(parents=True)
    monkeypatch.chdir(tmp_path)
    return tmp_path


def found(*paths: str) -> list[str]:
    return [one.uri for one in find_sources(paths)]


ALL = ["in/a.txt", "in/b.txt", "in/sub/d.png", "in/sub/deep/c.TXT"]
NAMED = {
    "a folder, to the bottom, without hidden and system files": (["in"], ALL),
    "a folder with a slash": (["in/"], ALL),
    "a folder by its dotted name": (["./in"], ["./" + one for one in ALL]),
    "a file": (["in/b.txt"], ["in/b.txt"]),
    "a hidden file that was named": ([".alone.txt"], [".alone.txt"]),
    "a hidden folder that was named": (["in/.git"], ["in/.git/config.txt"]),
    "a pattern": (["in/*.txt"], ["in/a.txt", "in/b.txt"]),
    "a pattern through folders": (["in/**/*.png"], ["in/sub/d.png"]),
    "a pattern through many folders": (["in/**/c.*"], ["in/sub/deep/c.TXT"]),
    "a pattern that matches folders too": (["in/*"], ALL),
    "one sign": (["in/?.txt"], ["in/a.txt", "in/b.txt"]),
    "a name that looks like a pattern": (["x[1].txt"], ["x[1].txt"]),
    "a name that is also a pattern": (["y*.txt"], ["y*.txt"]),
    "each file once": (["in/a.txt", "in", "./in/a.txt", "in/*.txt"], ALL),
    "the order that the user gave": (["in/b.txt", "in/a.txt"], ["in/b.txt", "in/a.txt"]),
    "the standard input": (["-", "in/a.txt", "-"], ["-", "in/a.txt"]),
    "a missing file": (["nowhere.txt"], ["nowhere.txt"]),
    "a pattern without a match": (["in/*.pdf"], ["in/*.pdf"]),
    "a folder without files": (["empty"], ["empty"]),
    "nothing": ([], []),
}


@pytest.mark.parametrize(("paths", "sources"), NAMED.values(), ids=NAMED)
def test_names_become_sources(tree, paths, sources):
    assert found(*paths) == sources


def test_links_are_followed_and_a_ring_of_them_ends(tree):
    (tree / "in" / "ring").symlink_to(tree / "in", target_is_directory=True)
    (tree / "in" / "linked.txt").symlink_to(tree / "x[1].txt")
    assert found("in") == ["in/a.txt", "in/b.txt", "in/linked.txt", "in/sub/d.png", ALL[3]]


def test_a_link_to_itself_and_a_broken_one_are_sources_that_cannot_be_read(tree):
    (tree / "self.txt").symlink_to(tree / "self.txt")
    (tree / "gone.txt").symlink_to(tree / "nowhere.txt")
    assert codes("self.txt", "gone.txt") == [ProblemCode.UNREADABLE, ProblemCode.NOT_FOUND]


def test_a_folder_that_cannot_be_listed_is_a_source_and_says_why(tree, monkeypatch):
    def refuse(folder):
        if Path(folder).name == "sub":
            raise PermissionError(13, "Permission denied")
        return listed(folder)

    listed = os.listdir
    monkeypatch.setattr(os, "listdir", refuse)  # the system lets root list everything
    monkeypatch.setattr(os, "scandir", refuse)
    sources = list(find_sources(["in"]))
    assert [one.uri for one in sources] == ["in/a.txt", "in/b.txt", "in/sub"]
    [problem] = read(sources[-1]).problems
    assert problem.code == ProblemCode.UNREADABLE
    assert "权限" in problem.message


EMPTY = {
    "empty": [],
    "only hidden": [".a.txt"],
    "only system files": ["Thumbs.db", "~$a.docx"],
    "only empty folders": ["b/"],
}


@pytest.mark.parametrize("names", EMPTY.values(), ids=EMPTY)
def test_a_folder_without_files_says_so(tmp_path, names):
    for name in names:
        path = tmp_path / name
        path.mkdir() if name.endswith("/") else path.write_text("包过")
    [source] = find_sources([str(tmp_path)])
    [problem] = read(source).problems
    assert problem.code == ProblemCode.EMPTY
    assert "没有可以读取的文件" in problem.message


def test_a_folder_read_as_a_file_says_how_to_scan_it(tree):
    [problem] = read(Source("in")).problems
    assert problem.code == ProblemCode.UNREADABLE
    assert "shanzhai scan" in problem.message


def test_every_name_found_can_be_read(tree):
    documents = [read(one) for one in find_sources(["in/a.txt", "x[1].txt", ".alone.txt"])]
    assert [one.passages[0].text for one in documents] == ["包过"] * 3


class Input:
    """A standard input of these bytes."""

    def __init__(self, data: bytes) -> None:
        self.buffer = io.BytesIO(data)


def test_the_standard_input_is_read_and_sniffed(monkeypatch):
    monkeypatch.setattr(sys, "stdin", Input("<!doctype html><p>包<b>过</b></p>".encode()))
    document = read(Source("-"))
    assert document.source.media_type == "text/html"
    assert [one.text for one in document.passages] == ["包过"]
    assert document.problems == ()


def test_the_standard_input_has_the_limit_of_files(monkeypatch):
    monkeypatch.setattr(sys, "stdin", Input(b"x" * 11))
    [problem] = read(Source("-"), max_file_bytes=10).problems
    assert problem.code == ProblemCode.TOO_LARGE


def test_an_empty_standard_input_says_so(monkeypatch):
    monkeypatch.setattr(sys, "stdin", Input(b""))
    assert [one.code for one in read(Source("-")).problems] == [ProblemCode.EMPTY]


def read(source: Source, **limits: int):
    return read_source(source, Settings(**limits), None)


def codes(*names: str) -> list[str]:
    return [one.code for source in find_sources(names) for one in read(source).problems]
