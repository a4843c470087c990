"""Dates as certificates print them."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

import regex

from detector.model import Span

_DIGITS = {c: str(i) for i, c in enumerate("零一二三四五六七八九")} | {
    "〇": "0",
    "○": "0",
    "O": "0",
}
_ARABIC = regex.compile(
    r"(?<!\d)(?P<year>(?:19|20)\d\d)[\s]*(?:年|[-./])[\s]*(?P<month>\d{1,2})[\s]*(?:月|[-./])"
    r"[\s]*(?P<day>\d{1,2})(?!\d)[\s]*(?:日|号)?"
)
_COMPACT = regex.compile(r"(?<!\d)(?P<year>(?:19|20)\d\d)(?P<month>[01]\d)(?P<day>[0-3]\d)(?!\d)")
_HAN = regex.compile(
    r"(?P<year>[一二][九〇○零O][〇○零O一二三四五六七八九]{2})[\s]*年[\s]*"
    r"(?P<month>[一二三四五六七八九十]{1,2})[\s]*月[\s]*(?P<day>[一二三四五六七八九十]{1,3})[\s]*日"
)


class FoundDate(NamedTuple):
    """A date and where it stands in its text."""

    day: date
    span: Span


def find_date(text: str) -> FoundDate | None:
    """Return the first date in a text; what is no day of any calendar is none."""
    for pattern in (_ARABIC, _HAN, _COMPACT):
        for match in pattern.finditer(text):
            numbers = [_number(match[part]) for part in ("year", "month", "day")]
            try:
                return FoundDate(date(*numbers), Span(*match.span()))
            except ValueError:
                continue
    return None


def _number(text: str) -> int:
    """Return a number in digits, in Han digits (二〇二三) or counted with tens (二十七)."""
    if text.isascii():
        return int(text) if text.isdigit() else 0
    if "十" in text:
        tens, _, ones = text.partition("十")
        return 10 * int(_DIGITS.get(tens, "1")) + int(_DIGITS.get(ones, "0"))
    return int("".join(_DIGITS[character] for character in text))
