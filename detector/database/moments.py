"""Moments as the database keeps them."""

from __future__ import annotations

from datetime import datetime


def now() -> str:
    """Return this moment in ISO 8601 with the offset of the place, to the second."""
    return datetime.now().astimezone().isoformat(timespec="seconds")
