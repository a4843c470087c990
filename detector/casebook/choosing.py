"""Cases chosen by what they are."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy import Connection

from detector.casebook.cases import load_cases
from detector.casebook.values import Body, Case


@dataclass(frozen=True, slots=True)
class CaseChoice:
    """Which cases are asked for; an empty field leaves nothing out.

    `region` is the place or a part of its name; cases opened from `start` to `end` fit, both
    days among them.
    """

    closed: bool | None = None
    body: Body | None = None
    region: str = ""
    start: date | None = None
    end: date | None = None

    def fits(self, case: Case) -> bool:
        """Tell whether a case is one of those asked for."""
        return (
            (self.closed is None or self.closed is (case.closed is not None))
            and (self.body is None or case.body is self.body)
            and self.region in case.region
            and (self.start is None or self.start <= case.opened)
            and (self.end is None or case.opened <= self.end)
        )


def choose_cases(connection: Connection, choice: CaseChoice) -> tuple[Case, ...]:
    """Return the cases that fit, in the order of their numbers."""
    return tuple(filter(choice.fits, load_cases(connection)))
