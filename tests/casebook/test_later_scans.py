"""Decisions stay with their words: through edits round them, and when a page is read anew."""

from __future__ import annotations

from pathlib import Path

import pytest
from book_values import import_results, say
from PIL import Image

from detector import Scanner
from detector.casebook.decisions import standing_decisions, take_over
from detector.casebook.values import Verdict
from detector.database import reading
from detector.model import Outcome

POSTER = Path(__file__).parents[2] / "samples" / "posters" / "points-gd.png"
ADVERT = "电工证培训，签约包过，不过退费。\n国家承认，全国通用。\n"


@pytest.fixture(scope="module")
def scanner():
    return Scanner(jurisdiction="GD")


@pytest.fixture(scope="module")
def scan(scanner, tmp_path_factory):
    """Return a function that puts a picture or text at the same place each time and scans it."""
    folder = tmp_path_factory.mktemp("scans")

    def put(content: str | Image.Image, quality: int = 95):
        if isinstance(content, str):
            file = folder / "ad.txt"
            file.write_text(content, encoding="utf-8")
        else:
            file = folder / "page.jpg"
            content.convert("RGB").save(file, quality=quality)
        return scanner.scan_file(file)

    return put


@pytest.fixture(scope="module")
def poster_twice(scan):
    """Return what a page gave when first read, and after a smaller, coarser copy took its place."""
    with Image.open(POSTER) as picture:
        first = scan(picture)
        smaller = picture.resize((picture.width * 9 // 10, picture.height * 9 // 10))
    return first, scan(smaller, quality=60)


def later(engine, result):
    with reading(engine) as connection:
        [followed] = take_over([result], standing_decisions(connection))
    return followed


def decide_all(engine, result) -> dict[str, Outcome]:
    """Decide on what stands so that each outcome is turned; return what is then expected."""
    expected = {}
    for one in result.findings:
        right = one.outcome is Outcome.DISMISSED
        say(engine, one.fingerprint, Verdict.CONFIRMED if right else Verdict.DISMISSED)
        expected[one.fingerprint] = Outcome.REPORT if right else Outcome.DISMISSED
    return expected


def test_decisions_survive_edits_round_the_words(engine, scan):
    first = scan(ADVERT)
    import_results(engine, first)
    expected = decide_all(engine, first)
    assert len(expected) >= 3
    edited = f"最新公告：本校迁址。\n\n开班通知。{ADVERT}\n地址：解放路1号。欢迎咨询！\n"
    followed = later(engine, scan(edited))
    assert {one.fingerprint: one.outcome for one in followed.findings} == expected
    assert all(one.anchor.line > 2 for one in followed.findings)


def test_a_decision_ends_with_the_words_that_it_was_made_on(engine, scan):
    first = scan(ADVERT)
    import_results(engine, first)
    decide_all(engine, first)
    [changed] = later(engine, scan("电工证培训，绝不包过。\n")).findings
    assert all(reason.kind != "decision" for reason in changed.reasons)


def test_decisions_survive_another_reading_of_a_page(engine, poster_twice):
    first, second = poster_twice
    assert first.source.sha256 != second.source.sha256
    import_results(engine, first)
    expected = decide_all(engine, first)
    assert len(expected) >= 6
    followed = later(engine, second)
    assert {one.fingerprint: one.outcome for one in followed.findings} == expected
