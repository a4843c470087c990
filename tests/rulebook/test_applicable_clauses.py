"""Which clauses speak in a case, and which of them comes first."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from detector.model import DocumentKind
from detector.rulebook import load_rules

AD, CERTIFICATE, WEB, REGISTRATION = (
    DocumentKind.AD,
    DocumentKind.CERTIFICATE,
    DocumentKind.WEB,
    DocumentKind.REGISTRATION,
)
FIRST, SECOND, LOCAL, REPEAT = "CN-2022-1#一（二）", "CN-2023-2#五", "GD-2022#二", "HN-2022#二"

# The rule names REPEAT, SECOND, FIRST (for ad, certificate) and LOCAL (for ad), in this order.
# FIRST speaks of ads alone and ends with 2023; REPEAT was issued first of all.
CASES = {
    "national clauses in the order of their dates": (AD, (), "2023-10-01", [FIRST, SECOND]),
    "the nation need not be asked for": (AD, ("CN",), "2023-10-01", [FIRST, SECOND]),
    "a local clause comes first": (AD, ("GD",), "2023-10-01", [LOCAL, FIRST, SECOND]),
    "a local repeat comes last": (AD, ("HN",), "2023-10-01", [FIRST, SECOND, REPEAT]),
    "several places": (AD, ("HN", "GD"), "2023-10-01", [LOCAL, FIRST, SECOND, REPEAT]),
    "a local repeat alone": (WEB, ("HN",), "2022-04-01", [REPEAT]),
    "the day before a clause is in force": (AD, (), "2022-03-15", []),
    "the first day in force": (AD, (), "2022-03-16", [FIRST]),
    "the day before a second one is": (AD, (), "2023-07-05", [FIRST]),
    "its first day": (AD, (), "2023-07-06", [FIRST, SECOND]),
    "the last day of a clause that ends": (AD, (), "2023-12-31", [FIRST, SECOND]),
    "the day after": (AD, (), "2024-01-01", [SECOND]),
    "local clauses have their day too": (AD, ("GD",), "2022-05-16", [FIRST]),
    "material that a clause does not speak of": (WEB, ("GD",), "2023-10-01", [SECOND]),
    "a rule narrows a clause": (CERTIFICATE, ("GD",), "2023-10-01", [SECOND]),
    "a rule cannot widen a clause": (CERTIFICATE, (), "2022-10-01", []),
    "material of no clause": (REGISTRATION, ("GD", "HN"), "2023-10-01", []),
}


@pytest.fixture(scope="module")
def book():
    return load_rules(Path(__file__).parent / "valid")


@pytest.mark.parametrize(("kind", "places", "day", "clauses"), CASES.values(), ids=CASES)
def test_clauses_that_speak(book, kind, places, day, clauses):
    rule = book.rule("sample.pass")
    assert list(book.applicable(rule, kind, places, date.fromisoformat(day))) == clauses


def test_a_rule_is_silent_on_material_that_is_not_its_own(book):
    rule = book.rule("sample.names")  # for certificates; its clause speaks of ads as well
    assert book.applicable(rule, AD, (), date(2023, 1, 1)) == ()
    assert book.applicable(rule, CERTIFICATE, (), date(2023, 1, 1)) == ("CN-2022-1#一（一）",)


SHIPPED = {
    "nation": (
        "guarantee.pass",
        AD,
        (),
        "2024-01-01",
        ["CN-2022-25#一（二）", "CN-2023-SAMR#二（三）5"],
    ),
    "nation before July 2023": ("guarantee.pass", AD, (), "2023-07-05", ["CN-2022-25#一（二）"]),
    "nation before March 2022": ("guarantee.pass", AD, (), "2022-03-15", []),
    "保过 before July 2023": ("guarantee.keep", AD, (), "2023-07-05", []),
    "Guangdong": (
        "guarantee.pass",
        AD,
        ("GD",),
        "2024-01-01",
        ["GD-2022#二（二）", "CN-2022-25#一（二）", "CN-2023-SAMR#二（三）5"],
    ),
    "Hunan": (
        "guarantee.pass",
        AD,
        ("HN",),
        "2024-01-01",
        ["CN-2022-25#一（二）", "CN-2023-SAMR#二（三）5", "HN-2022#二"],
    ),
    "Yangquan": (
        "guarantee.pass",
        AD,
        ("YQ",),
        "2024-01-01",
        ["YQ-2023-196#二（三）5", "CN-2022-25#一（二）", "CN-2023-SAMR#二（三）5"],
    ),
    "words of Guangdong alone": ("gimmick.threshold", AD, (), "2024-01-01", []),
}


@pytest.mark.parametrize(
    ("rule", "kind", "places", "day", "clauses"), SHIPPED.values(), ids=SHIPPED
)
def test_clauses_of_the_shipped_rules(rule, kind, places, day, clauses):
    book = load_rules()
    found = book.applicable(book.rule(rule), kind, places, date.fromisoformat(day))
    assert list(found) == clauses
