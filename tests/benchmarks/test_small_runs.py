"""The benchmarks run, small, so that they keep working; their figures are not judged here."""

from __future__ import annotations

import json

import pytest

from benchmarks import accuracy, casebook, record, report_page, speed
from benchmarks.pages import draw_pages
from scripts.take_screenshot import INSTALL_HINT, find_chromium


def test_accuracy_measures_every_method_on_every_file():
    results = accuracy.measure(small=True)
    assert set(results) == {"dev", "train"}
    assert set(results["dev"]) == set(accuracy.METHODS)
    for methods in results.values():
        assert {"naive list", "rules"} <= set(methods)
        for rows in methods.values():
            everything = rows["all"]["strict"]
            assert everything["cases"] > 0
            assert 0 <= everything["f1"] <= 1
    f1 = {name: rows["all"]["strict"]["f1"] for name, rows in results["dev"].items()}
    assert f1["naive list"] < min(f1["rules"], f1["tagger"])


def test_accuracy_prints_a_row_for_each_group(capsys):
    accuracy.print_table(accuracy.measure([accuracy.DEFAULT[0]], small=True))
    shown = capsys.readouterr().out
    assert "naive list" in shown
    assert "kind certificate" in shown


def test_speed_compares_all_methods_on_the_same_text():
    results = speed.measure_text(pages=40, rounds=1)
    methods = results["methods"]
    alone = methods["pyahocorasick alone, all words"]
    assert alone["finds"] == methods["daachorse alone, all words"]["finds"]
    assert alone["times_pyahocorasick"] == 1
    assert methods["daachorse alone, all words"]["times_daachorse"] == 1
    assert methods["whole pipeline, 50 pages a batch"]["megabytes_a_second"] > 0


def test_an_ad_alone_is_measured():
    measured = speed.measure_ad(ads=3)
    assert measured["ads"] == 3
    assert 0 < measured["milliseconds_best"] <= measured["milliseconds_median"]


def test_the_cost_of_importing_is_measured():
    assert speed.measure_import(rounds=1)["cpu_seconds"] < 5


def test_an_import_into_the_casebook_is_measured_and_killed(tmp_path):
    where = str(tmp_path / "book.db")
    measured = casebook.measure_import(where, count=400)
    assert measured["held_after_both"] == 400
    assert measured["findings_a_second"] > 0
    killed = casebook.measure_kill(where, count=400)
    assert sum(killed.values()) == 3
    assert "a part" not in killed


@pytest.mark.browser
@pytest.mark.skipif(find_chromium() is None, reason=INSTALL_HINT)
def test_every_step_in_the_report_page_is_timed():
    measured = report_page.measure(small=True)
    assert [layout["sources"] > 1 for layout in measured.values()] == [True, False]
    for layout in measured.values():
        assert layout["findings"] >= 60
        assert set(layout["milliseconds"]) == set(report_page.STEPS)
        assert all(0 < s["best"] <= s["worst"] for s in layout["milliseconds"].values())


def test_pages_are_the_same_for_the_same_seed():
    assert list(draw_pages(5)) == list(draw_pages(5))
    assert list(draw_pages(5)) != list(draw_pages(5, seed=1))


def test_results_are_written_with_versions(tmp_path, monkeypatch):
    monkeypatch.setattr(record, "FOLDER", tmp_path)
    written = json.loads(record.write_results("trial", {"a": 1}).read_text(encoding="utf-8"))
    assert written["results"] == {"a": 1}
    assert {"python", "rules", "packages", "detector"} <= set(written)
