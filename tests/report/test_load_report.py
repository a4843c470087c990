"""A report.json read again is the report that was written, whichever version wrote it."""

from __future__ import annotations

import json

import pytest
from report_values import full_report, pages

from detector.errors import UsageError
from detector.report import write_report
from detector.report.encode import dump, encode
from detector.report.load import load_report


@pytest.fixture
def written(tmp_path):
    (path,) = write_report(full_report(), tmp_path, ["json"], pages)
    return path


def change(path, how):
    raw = json.loads(path.read_text(encoding="utf-8"))
    how(raw)
    path.write_text(dump(raw), encoding="utf-8")
    return path


def test_what_was_written_is_read(written):
    again = load_report(written)
    assert again == full_report()
    assert dump(encode(again)) == written.read_text(encoding="utf-8")
    assert load_report(written.parent) == again


def test_a_report_of_the_first_version_is_upgraded(written):
    def back(raw):
        raw["schema"] = "shanzhai-report/1"
        del raw["totals"]["known"]
        for notice in raw["notices"]:
            del notice["short"]
        for result in raw["results"]:
            del result["certificates"], result["registry"]
            for finding in result["findings"]:
                for name in ("engine", "second", "field"):
                    del finding["anchor"][name]

    first = load_report(change(written, back))
    assert first.schema == full_report().schema
    assert first.totals == full_report().totals
    assert [r.findings[0].fingerprint for r in first.results if r.findings] == [
        r.findings[0].fingerprint for r in full_report().results if r.findings
    ]


@pytest.mark.parametrize(
    ("how", "said"),
    [
        (lambda raw: raw.update(schema="shanzhai-report/99"), "请升级程序"),
        (lambda raw: raw.update(schema="other"), "不是本程序的报告"),
        (lambda raw: raw["results"][0].pop("source"), "results.source：缺少这一项"),
        (lambda raw: raw["totals"].update(pages="many"), "totals.pages：类型不符"),
        (lambda raw: raw["results"][0].update(kind="letter"), "results.kind：内容不合格式"),
        (lambda raw: raw.update(results={}), "results：应为数组"),
    ],
)
def test_what_is_no_report_is_refused_with_its_place(written, how, said):
    with pytest.raises(UsageError, match=said):
        load_report(change(written, how))


def test_a_missing_and_a_broken_file_say_what_to_give(tmp_path):
    with pytest.raises(UsageError, match="无法打开"):
        load_report(tmp_path)
    broken = tmp_path / "report.json"
    broken.write_text("{", encoding="utf-8")
    with pytest.raises(UsageError, match="不是完好的 JSON"):
        load_report(broken)
