"""Values → what JSON can say, field by field under the names that they have in the model."""

from __future__ import annotations

import json
from dataclasses import fields, is_dataclass
from datetime import date
from enum import Enum
from typing import Any

from detector.model import Notice, Point, Span

# Fields that hold (name, value) pairs and read better as an object.
PAIRS = frozenset({"settings", "scores"})


def encode(value: Any) -> Any:
    """Return dicts, lists, strings and numbers for a value of the model.

    Keys keep the order of the fields; sets are sorted; a point is [x, y] to a tenth of a pixel.
    """
    if isinstance(value, Span):
        return {"start": value.start, "end": value.end}
    if isinstance(value, Point):
        return [round(value.x, 1), round(value.y, 1)]
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, frozenset):
        return sorted(map(encode, value))
    if isinstance(value, tuple | list):
        return [encode(member) for member in value]
    if is_dataclass(value):
        return _encode_fields(value)
    return value


def dump(value: Any) -> str:
    """Return encoded `value` as indented JSON with Chinese characters as they are."""
    return json.dumps(value, ensure_ascii=False, indent=2) + "\n"


def as_bytes(text: str) -> bytes:
    """Return JSON in UTF-8; half a surrogate pair, as odd file names hold, in JSON's own escape."""
    return text.encode("utf-8", errors="backslashreplace")


def _encode_fields(value: Any) -> dict[str, Any]:
    names = [f.name for f in fields(value)]
    if isinstance(value, Notice):
        # The clauses stand in a table of their own; a notice would repeat them.
        names.remove("clauses")
    return {
        name: {key: encode(member) for key, member in getattr(value, name)}
        if name in PAIRS
        else encode(getattr(value, name))
        for name in names
    }
