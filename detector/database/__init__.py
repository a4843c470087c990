"""The database behind lists, findings, decisions and cases: opened, kept up to date, chained.

Names are loaded on first use: a scan without a casebook needs no database.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from detector.database.chain import Broken, append, verify, wait_for_turn
    from detector.database.moments import now
    from detector.database.opening import open_database, reading, writing
    from detector.database.place import exists, name_of
    from detector.database.tables import metadata

__all__ = [
    "Broken",
    "append",
    "exists",
    "metadata",
    "name_of",
    "now",
    "open_database",
    "reading",
    "verify",
    "wait_for_turn",
    "writing",
]

_HOMES = {
    "Broken": "chain",
    "append": "chain",
    "exists": "place",
    "metadata": "tables",
    "name_of": "place",
    "now": "moments",
    "open_database": "opening",
    "reading": "opening",
    "verify": "chain",
    "wait_for_turn": "chain",
    "writing": "opening",
}


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module 'detector.database' has no attribute {name!r}")
    return getattr(import_module(f"detector.database.{_HOMES[name]}"), name)
