"""The rates are those that a count by hand gives, and their interval is Wilson's."""

from __future__ import annotations

import random
from collections import defaultdict
from itertools import product

import pytest
from book_values import finding, import_results, result, say

from detector.casebook.stats import HANDFUL, Grouping, Tally, tally, wilson
from detector.casebook.values import Verdict
from detector.database import reading
from detector.model import DocumentKind, Evasion, Outcome

RULES = ("guarantee.pass", "state.backing")
CLAUSES = ("CN-2022-25#一（二）", "GD-2022#二（一）")
KINDS = (DocumentKind.AD, DocumentKind.CERTIFICATE)
EVASIONS = (None, Evasion.HOMOPHONE)
SAID = ("confirmed", "confirmed", "dismissed", "needs-papers")


def ask(engine, *by: Grouping) -> tuple[Tally, ...]:
    with reading(engine) as connection:
        return tally(connection, by)


@pytest.fixture
def decided(engine):
    """Return a book with findings of all sorts, and what stands on each, drawn at random."""
    draw = random.Random(7)
    facts = []
    for number, (rule, clause, kind, evasion, outcome) in enumerate(
        product(RULES, CLAUSES, KINDS, EVASIONS, Outcome)
    ):
        name = f"{number:03}"
        one = finding(name, rule=rule, clause=clause, evasion=evasion, outcome=outcome)
        import_results(engine, result(f"{name}.txt", one, kind=kind))
        said = [draw.choice(list(Verdict)) for _ in range(draw.randrange(3))]
        for verdict in said:
            say(engine, name, verdict)
        stands = said[-1] if said and said[-1] is not Verdict.WITHDRAWN else None
        facts.append((rule, clause, kind.value, evasion or "", outcome, stands))
    return engine, facts


@pytest.mark.parametrize(
    "by",
    [(), *((one,) for one in Grouping), (Grouping.RULE, Grouping.KIND), tuple(Grouping)],
    ids=lambda by: "-".join(by) or "all",
)
def test_the_counts_are_those_of_a_count_by_hand(decided, by):
    engine, facts = decided
    expected = defaultdict(lambda: defaultdict(int))
    for *values, outcome, stands in facts:
        group = tuple(values[list(Grouping).index(one)] for one in by)
        expected[group, outcome][stands] += 1
    got = {(one.group, one.outcome): one for one in ask(engine, *by)}
    assert got.keys() == expected.keys()
    for key, one in got.items():
        counts = (one.confirmed, one.dismissed, one.needs_papers, one.undecided)
        verdicts = (Verdict.CONFIRMED, Verdict.DISMISSED, Verdict.NEEDS_PAPERS, None)
        assert counts == tuple(expected[key][verdict] for verdict in verdicts)


def test_a_rate_rests_on_what_was_confirmed_or_dismissed(engine):
    import_results(engine, result("a.txt", *map(finding, "12345")))
    for fingerprint, verdict in zip("1234", SAID, strict=True):
        say(engine, fingerprint, Verdict(verdict))
    [one] = ask(engine)
    assert (one.decided, one.needs_papers, one.undecided) == (3, 1, 1)
    assert one.precision == pytest.approx(2 / 3)
    assert one.few


def test_nothing_decided_gives_no_rate(engine):
    import_results(engine, result("a.txt", finding("1")))
    [one] = ask(engine)
    assert (one.precision, one.interval) == (None, None)


def test_an_empty_book_has_no_rates(engine):
    assert ask(engine, Grouping.RULE) == ()


@pytest.mark.parametrize("decided", [HANDFUL - 1, HANDFUL])
def test_less_than_a_handful_is_few(decided):
    assert Tally((), Outcome.REPORT, confirmed=decided).few == (decided < HANDFUL)


# Newcombe (1998), Statistics in Medicine 17, 857-872, table I, method 3 (score interval).
@pytest.mark.parametrize(
    ("hits", "of", "low", "high"),
    [
        (81, 263, 0.2553, 0.3662),
        (15, 148, 0.0624, 0.1605),
        (0, 20, 0.0, 0.1611),
        (1, 29, 0.0061, 0.1718),
    ],
)
def test_the_interval_is_the_published_one(hits, of, low, high):
    assert wilson(hits, of) == pytest.approx((low, high), abs=5e-5)


def test_the_interval_of_all_right_ends_at_one():
    assert wilson(5, 5) == pytest.approx((0.5655, 1.0), abs=5e-5)
