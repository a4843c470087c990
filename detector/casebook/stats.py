"""How often the tool was right, by the decisions that stand.

What the tool suspected, what it left to people and what it dismissed are counted apart: they are
three statements, and each may be right at its own rate.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from math import sqrt
from typing import NamedTuple

from sqlalchemy import Connection, func, select

from detector.casebook.findings import join_standing
from detector.casebook.values import Verdict
from detector.database.tables import decisions, findings
from detector.model import Outcome

Z = 1.959964  # of the normal distribution: 95 % lie within
HANDFUL = 5  # below it a rate says next to nothing


class Grouping(StrEnum):
    """What findings are put together by; the names of columns."""

    RULE = "rule"
    CLAUSE = "clause"
    KIND = "kind"
    EVASION = "evasion"


class Interval(NamedTuple):
    """Both ends of a range, from 0 to 1."""

    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Tally:
    """What people said of the findings of one group of which the tool said the same.

    `group` has a value for each grouping that was asked for; that of no disguise is empty.
    """

    group: tuple[str, ...]
    outcome: Outcome
    confirmed: int = 0
    dismissed: int = 0
    needs_papers: int = 0
    undecided: int = 0

    @property
    def decided(self) -> int:
        """Return how many were confirmed or dismissed: what a rate rests on."""
        return self.confirmed + self.dismissed

    @property
    def few(self) -> bool:
        """Tell whether there are too few decisions for the rate to mean much."""
        return self.decided < HANDFUL

    @property
    def precision(self) -> float | None:
        """Return which share of the decided ones was confirmed; None where none was decided."""
        return self.confirmed / self.decided if self.decided else None

    @property
    def interval(self) -> Interval | None:
        """Return the 95 % interval of the precision; None where none was decided."""
        return wilson(self.confirmed, self.decided) if self.decided else None


def wilson(hits: int, of: int) -> Interval:
    """Return the 95 % interval of a rate.

    E. B. Wilson, "Probable Inference, the Law of Succession, and Statistical Inference", Journal
    of the American Statistical Association 22 (1927), 209-212. It stays within 0 and 1 and holds
    for few cases and for rates near both, where the usual one does not.
    """
    rate, share = hits / of, Z * Z / of
    middle = (rate + share / 2) / (1 + share)
    reach = Z / (1 + share) * sqrt(rate * (1 - rate) / of + share / (4 * of))
    return Interval(max(0.0, middle - reach), min(1.0, middle + reach))


def tally(connection: Connection, by: Sequence[Grouping]) -> tuple[Tally, ...]:
    """Count all findings by groups, in the order of their names, and by what the tool said."""
    columns = [findings.c[one.value] for one in by]
    keys = (*columns, findings.c.outcome, decisions.c.verdict)
    query = join_standing(select(*keys, func.count()).select_from(findings)).group_by(*keys)
    counts: dict[tuple[tuple[str, ...], Outcome], dict[str, int]] = defaultdict(dict)
    for *group, outcome, verdict, count in connection.execute(query):
        counts[tuple(group), Outcome(outcome)][_FIELDS[verdict]] = count
    order = tuple(Outcome)
    return tuple(
        Tally(group, outcome, **counts[group, outcome])
        for group, outcome in sorted(counts, key=lambda key: (key[0], order.index(key[1])))
    )


_FIELDS: Mapping[str | None, str] = {
    Verdict.CONFIRMED: "confirmed",
    Verdict.DISMISSED: "dismissed",
    Verdict.NEEDS_PAPERS: "needs_papers",
    None: "undecided",
}
