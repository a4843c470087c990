"""Tables that only grow, each row's hash covering the hash before it.

A row that is changed, removed or put in breaks the chain at its place. Rows taken off the end
leave no trace in what remains: whoever noted the last hash elsewhere finds it missing.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from typing import Any, NamedTuple

from sqlalchemy import Connection, Table, func, insert, select, text

START = "0" * 64  # what the first row has for the hash before it


class Broken(NamedTuple):
    """Where a chain breaks, by the number of the row, and how."""

    number: int
    what: str


def append(connection: Connection, table: Table, values: Mapping[str, Any]) -> int:
    """Append a row and return its number; the caller's transaction keeps it.

    Where two transactions append at once, one waits for the other: each row has one before it.
    """
    wait_for_turn(connection, table)
    number, previous = _last(connection, table)
    row = {**values, "number": number + 1, "previous": previous}
    connection.execute(insert(table).values({**row, "hash": hash_row(row)}))
    return number + 1


def wait_for_turn(connection: Connection, table: Table) -> None:
    """Keep other writers out until the transaction ends: what was read stays true.

    SQLite does so from the start of a writing transaction.
    """
    if connection.dialect.name == "postgresql":
        connection.execute(text(f"LOCK TABLE {table.name} IN SHARE ROW EXCLUSIVE MODE"))


def hash_row(row: Mapping[str, Any]) -> str:
    """Return the SHA-256 of a row's columns but its own hash, as JSON with sorted keys."""
    said = {name: value for name, value in row.items() if name != "hash"}
    encoded = json.dumps(said, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(encoded.encode()).hexdigest()


def last_hash(connection: Connection, table: Table) -> str:
    """Return the hash of the last row, which stands for the whole chain."""
    return _last(connection, table)[1]


def verify(connection: Connection, table: Table) -> Broken | None:
    """Go over a chain and return where it breaks first, None where it holds."""
    previous = START
    rows = connection.execute(select(table).order_by(table.c.number)).mappings()
    for number, row in enumerate(map(dict, rows), start=1):
        if row["number"] != number:
            return Broken(number, "缺少这一条")
        if row["previous"] != previous:
            return Broken(number, "与前一条接不上")
        if row["hash"] != hash_row(row):
            return Broken(number, "内容被改动")
        previous = row["hash"]
    return None


def _last(connection: Connection, table: Table) -> tuple[int, str]:
    newest = select(func.max(table.c.number)).scalar_subquery()
    found = connection.execute(
        select(table.c.number, table.c.hash).where(table.c.number == newest)
    ).first()
    return (found.number, found.hash) if found else (0, START)
