"""The lists as a scan needs them: read once, and known by a digest."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from dataclasses import asdict

from detector.database.place import exists
from detector.model import Institution


def load_institutions(where: str) -> tuple[Institution, ...]:
    """Return all that a casebook (path or URL) lists now; empty where there is no file.

    Raises SettingsError where it cannot be used.
    """
    if not exists(where):
        return ()
    # Loaded here: a scan without a casebook needs no database.
    from detector.database import open_database, reading
    from detector.registry.store import read_institutions

    with reading(open_database(where)) as connection:
        return read_institutions(connection)


def digest(listed: Sequence[Institution]) -> str:
    """Return the SHA-256 of lists, empty for none: what depends on them is told apart by it."""
    if not listed:
        return ""
    rows = json.dumps([asdict(one) for one in listed], default=str, sort_keys=True)
    return hashlib.sha256(rows.encode()).hexdigest()
