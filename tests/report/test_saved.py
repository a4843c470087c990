"""Saved reports are found in their folders, and originals from where the report lies."""

from __future__ import annotations

import pytest
from report_values import full_report, no_pages, picture, report_of, result

from detector.errors import ReadError, UsageError
from detector.model import Source
from detector.report import write_report
from detector.report.saved import drawing_settings, find_saved, load_saved, pages_of
from detector.settings import Settings


@pytest.mark.parametrize("name", ["json", "jsonl"])
def test_a_folder_stands_for_the_report_in_it(name, tmp_path):
    (path,) = write_report(full_report(), tmp_path, [name], no_pages)
    assert find_saved(tmp_path) == path
    assert load_saved(tmp_path) == load_saved(path) == full_report()


def test_the_whole_report_comes_before_its_lines(tmp_path):
    write_report(full_report(), tmp_path, ["json", "jsonl"], no_pages)
    assert find_saved(tmp_path).name == "report.json"


def test_a_folder_without_a_report_is_told(tmp_path):
    with pytest.raises(UsageError, match="无法打开"):
        load_saved(tmp_path)


@pytest.fixture
def original(tmp_path):
    """Return a folder with a picture, and the source as a scan started there called it."""
    path = tmp_path / "工作" / "扫描" / "a.png"
    path.parent.mkdir(parents=True)
    picture().save(path)
    return tmp_path / "工作", Source("扫描/a.png", "image/png", path.stat().st_size)


@pytest.mark.parametrize("folder", ["报告", "甲/乙/丙"])
def test_originals_are_found_beside_the_report_wherever_it_is_read_from(
    original, folder, tmp_path, monkeypatch
):
    work, source = original
    monkeypatch.chdir(tmp_path)
    (page,) = pages_of(work / folder / "report.json", Settings())(source)
    assert page.size == picture().size


def test_originals_are_found_from_the_working_directory(original, tmp_path, monkeypatch):
    work, source = original
    monkeypatch.chdir(work)
    assert list(pages_of(tmp_path / "report.json", Settings())(source))


def test_an_original_that_is_gone_is_told(original, tmp_path, monkeypatch):
    work, source = original
    monkeypatch.chdir(tmp_path)
    (work / source.uri).unlink()
    with pytest.raises(ReadError, match="不存在"):
        list(pages_of(work / "报告" / "report.json", Settings())(source))


def test_pages_are_drawn_as_they_were_read():
    report = report_of(result("a"), render_dpi=96)
    assert drawing_settings(report)["render_dpi"] == "96"
