"""What lists show of an institution, and which of its lines are in force."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from detector.forms.filled import Period, Value
from detector.model import Institution


def is_valid(one: Institution, period: Period) -> bool:
    """Tell whether a line of a list is in force on the last day of a period."""
    return (one.valid_from is None or one.valid_from <= period.end) and (
        one.valid_to is None or period.end <= one.valid_to
    )


def _validity(one: Institution) -> str:
    start = f"{one.valid_from} 起" if one.valid_from else ""
    return f"{start} 至 {one.valid_to}".strip() if one.valid_to else start


INSTITUTION_VALUES: Mapping[str, Callable[[Institution], Value]] = {
    "name": lambda one: one.name,
    "code": lambda one: one.code,
    "province": lambda one: one.province,
    "occupations": lambda one: "、".join(one.occupations),
    "validity": _validity,
    "reason": lambda one: one.reason,
    "document": lambda one: one.document,
}
