"""Identity numbers (GB 11643-1999): region 6, birth date 8, sequence 3 (odd: male), check 1."""

from __future__ import annotations

import unicodedata
from datetime import date

import regex

from detector.judge.form.numbering import is_masked

_BLANKS = regex.compile(r"[\s\-]+")
_NUMBER = regex.compile(r"\d{17}[\dX]")
_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_CHECKS = "10X98765432"


def plain_identity(value: str) -> str | None:
    """Return an unmasked number of 18 places without blanks; None for anything else."""
    if is_masked(value):
        return None
    plain = _BLANKS.sub("", unicodedata.normalize("NFKC", value)).upper()
    return plain if _NUMBER.fullmatch(plain) else None


def check_place(number: str) -> str:
    """Return what the last of 18 places must be."""
    total = sum(weight * int(digit) for weight, digit in zip(_WEIGHTS, number[:17], strict=True))
    return _CHECKS[total % 11]


def born(number: str) -> date | None:
    """Return the date of birth in a number, None where that is no day of the calendar."""
    try:
        return date(int(number[6:10]), int(number[10:12]), int(number[12:14]))
    except ValueError:
        return None


def is_male(number: str) -> bool:
    """Tell what the sequence says: odd numbers are given to men."""
    return int(number[16]) % 2 == 1
