"""The drawn scans are the same each time, their truth holds, and the benchmark counts fairly."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from benchmarks import counting, scans
from benchmarks.counting import count_fields, count_marks, count_reading
from benchmarks.drawn.kinds import KINDS, draw
from benchmarks.drawn.truth import Page, host_of
from benchmarks.reading import Reading, ReadLine, ReadMark


@pytest.fixture(scope="module")
def poster() -> Page:
    return draw("poster", 4)


@pytest.fixture(scope="module")
def standard() -> Page:
    return draw("standard", 1)


def perfect(page: Page) -> list[ReadLine]:
    return [ReadLine(line.text, line.polygon, line.page) for line in page.lines]


@pytest.mark.parametrize(("kind", "seed"), [("photo", 2), ("fax", 1), ("chat", 1), ("pdf", 2)])
def test_the_same_seed_gives_the_same_page(kind: str, seed: int) -> None:
    assert draw(kind, seed) == draw(kind, seed)
    assert draw(kind, seed).data != draw(kind, seed + 1).data


@pytest.mark.parametrize("kind", sorted(KINDS))
def test_what_is_true_of_a_page_stands_on_it(kind: str) -> None:
    page = draw(kind, 0)
    assert page.lines
    assert 0 < len(page.data) < 12_000_000
    written = counting.fold(page.text)
    for term in page.terms:
        assert term in counting._compact(page.text) or term in written
    for thing in (*page.lines, *page.seals, *page.emblems, *page.codes):
        assert np.all((np.array(thing.polygon) > -0.02) & (np.array(thing.polygon) < 1.02)), thing


def test_no_two_lines_lie_on_each_other() -> None:
    for page in (draw("150dpi", 0), draw("150dpi", 2), draw("fax", 3), draw("skewed", 4)):
        for line in perfect(page):
            on = [w for w in page.lines if counting._share_on(line, w) > 0.3]
            assert len(on) == 1, (page.name, line.text)


def test_the_pages_of_all_kinds_are_many_enough() -> None:
    assert scans.PAGES >= 120
    assert scans.PAGES // len(KINDS) >= 8


def test_a_perfect_reading_is_counted_as_perfect_in_any_order(poster: Page) -> None:
    counts = count_reading(poster, Reading(perfect(poster)[::-1], 0.0))
    assert counts["wrong"] == 0
    assert counts["terms_found"] == counts["terms"] > 0
    assert counts["pairs_in_order"] == 0 < counts["pairs"]


def test_two_lines_read_as_one_cost_nothing(standard: Page) -> None:
    lines = perfect(standard)
    at = next(i for i, line in enumerate(lines) if line.text.startswith("证件类型"))
    label, value = lines[at : at + 2]
    joined = (label.corners[0], value.corners[1], value.corners[2], label.corners[3])
    lines[at : at + 2] = [ReadLine(label.text + value.text, joined, 0)]
    assert count_reading(standard, Reading(lines, 0.0))["wrong"] == 0


def test_wrong_missing_and_invented_characters_are_counted(poster: Page) -> None:
    lines = perfect(poster)
    first = lines[0]
    lines[0] = first._replace(text="错" + first.text[1:])
    assert count_reading(poster, Reading(lines, 0.0))["wrong"] == 1
    lines.append(ReadLine("多出来", ((0, 0), (0.001, 0), (0.001, 0.001), (0, 0.001)), 0))
    assert count_reading(poster, Reading(lines, 0.0))["wrong"] == 4
    missing = len(counting.fold(first.text))
    assert count_reading(poster, Reading(perfect(poster)[1:], 0.0))["wrong"] == missing


def test_what_is_read_in_a_seal_is_no_line_of_the_page(standard: Page) -> None:
    seal = standard.seals[0]
    a, b, c, d = (np.array(corner) for corner in seal.polygon)
    middle = (a + b + c + d) / 4
    inside = tuple(tuple(middle + (corner - middle) * 0.1) for corner in (a, b, c, d))
    lines = [*perfect(standard), ReadLine("★★", inside, 0)]
    assert count_reading(standard, Reading(lines, 0.0))["wrong"] == 0


def test_marks_are_counted_by_where_they_lie_and_what_they_say(standard: Page) -> None:
    seal, code = standard.seals[0], standard.codes[0]
    far = tuple((x + 0.5, y + 0.5) for x, y in seal.polygon)
    marks = [
        ReadMark("seal", seal.arc + "\n专用章", seal.polygon, 0),
        ReadMark("seal", "别处", far, 0),
        ReadMark("emblem", "", far, 0),
        ReadMark("code", code.content, code.polygon, 0),
    ]
    counts = count_marks(standard, Reading([], 0.0, marks))
    assert (counts["seals_found"], counts["seals_false"]) == (1, 1)
    assert counts["arc_right"] == counts["arc"] > 0
    assert (counts["emblem_negatives"], counts["emblem_alarms"]) == (1, 1)
    assert counts["hosts_found"] == counts["hosts"] == 1
    assert not count_marks(standard, Reading([], 0.0))


def test_fields_are_counted_by_their_names(standard: Page) -> None:
    read = dict(standard.fields)
    read["等级"] = "九级"
    counts = count_fields(standard, Reading([], 0.0, fields=read, clean=True))
    assert counts["fields_right"] == counts["fields"] - 1 == 8
    assert counts["lawful_clean"] == counts["lawful"] == 1


def test_hosts_are_told_from_other_text() -> None:
    assert host_of("https://www.osta-gov.example/q?no=1") == "www.osta-gov.example"
    assert host_of("cx.gov-osta.test/cert/1") == "cx.gov-osta.test"
    assert host_of("ZJ376846807") == ""


def test_distance_counts_the_fewest_changes() -> None:
    assert counting.distance("岗位合格", "岗位含格证") == 2
    assert counting.distance("", "证书") == counting.distance("证书", "") == 2


def test_the_benchmark_runs_and_prints_a_row_for_each_kind(capsys) -> None:
    results = scans.measure(2, ("cover", "chat"), memory=False)
    assert set(results["kinds"]) == {"cover", "chat", "all"}
    for row in results["kinds"].values():
        assert row["project"]["character_error"] < 0.5
        assert row["stock"]["cpu_seconds_a_page"] > 0
    scans.print_table(results)
    assert "cover" in capsys.readouterr().out


def test_a_page_without_lines_read_is_all_wrong(poster: Page) -> None:
    counts = count_reading(replace(poster), Reading([], 0.0))
    assert counts["wrong"] == counts["characters"] > 0
    assert counts["terms_found"] == 0
