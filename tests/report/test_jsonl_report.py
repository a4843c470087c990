"""report.jsonl: the same report line by line, read back without holding all of it."""

from __future__ import annotations

import json
from itertools import islice

import pytest
from hostile_values import hostile_report
from report_values import full_report, no_pages, report_of

from detector.errors import UsageError
from detector.report import write_report
from detector.report.jsonl_report import load_lines, read_head, read_results


@pytest.fixture
def written(tmp_path):
    return write(full_report(), tmp_path)


def write(report, folder):
    (path,) = write_report(report, folder, ["jsonl"], no_pages)
    return path


@pytest.mark.parametrize("report", [full_report(), hostile_report(), report_of()])
def test_what_was_written_is_read(report, tmp_path):
    assert load_lines(write(report, tmp_path)) == report


def test_a_line_is_a_source_and_the_first_is_the_report(written):
    head, *lines = [json.loads(line) for line in written.read_text("utf-8").splitlines()]
    assert (head["schema"], head["results"]) == (full_report().schema, 4)
    assert [line["source"]["uri"] for line in lines] == [
        result.source.uri for result in full_report().results
    ]
    assert read_head(written).totals == full_report().totals


def test_results_come_one_at_a_time(written):
    """A broken last line does not keep the first ones from being read."""
    written.write_bytes(written.read_bytes()[:-20])
    results = read_results(written)
    assert list(islice(results, 3)) == list(full_report().results[:3])
    with pytest.raises(UsageError, match="第 5 行已损坏"):
        next(results)


def test_a_file_that_was_cut_off_between_lines_is_refused(written):
    lines = written.read_bytes().splitlines(keepends=True)
    written.write_bytes(b"".join(lines[:-1]))
    with pytest.raises(UsageError, match="应有 4 份材料的结果，只有 3 份"):
        load_lines(written)


def test_lines_of_an_earlier_version_are_upgraded(written):
    head, *lines = written.read_text("utf-8").splitlines()
    first = json.loads(head) | {"schema": "shanzhai-report/1"}
    del first["totals"]["known"]
    written.write_text("\n".join([json.dumps(first), *lines]), "utf-8")
    assert load_lines(written) == full_report()


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "第 1 行不是报告的开头"),
        ('{"a": 1}\n', "第 1 行不是报告的开头"),
        ("x\n", "第 1 行已损坏"),
        ('{"schema": "shanzhai-report/99", "results": 0}\n', "请升级程序"),
    ],
)
def test_what_is_no_report_is_refused(text, said, tmp_path):
    path = tmp_path / "x.jsonl"
    path.write_text(text, "utf-8")
    with pytest.raises(UsageError, match=said):
        load_lines(path)


def test_a_missing_file_and_a_binary_one_are_told(tmp_path):
    with pytest.raises(UsageError, match="无法打开"):
        load_lines(tmp_path / "none.jsonl")
    (tmp_path / "x.jsonl").write_bytes(b"\xff\xfe")
    with pytest.raises(UsageError, match="不是 UTF-8"):
        load_lines(tmp_path / "x.jsonl")
