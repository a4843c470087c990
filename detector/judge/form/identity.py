"""Numbers of identity cards: GB 11643-1999."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

# Of the first 17 digits; their weighted sum, mod 11, names the check character.
WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
CHECKS = "10X98765432"
LENGTH = 18


class Identity(NamedTuple):
    """What a number says; `born` is None where it is no day, `check` is what should stand last."""

    born: date | None
    is_male: bool
    check: str


def read_identity(number: str) -> Identity | None:
    """Read a number of 18 characters; None for one that is masked or has another form."""
    if len(number) != LENGTH or not number[:-1].isdigit():
        return None
    try:
        born = date(int(number[6:10]), int(number[10:12]), int(number[12:14]))
    except ValueError:
        born = None
    total = sum(weight * int(digit) for weight, digit in zip(WEIGHTS, number[:-1], strict=True))
    return Identity(born, int(number[16]) % 2 == 1, CHECKS[total % len(CHECKS)])
