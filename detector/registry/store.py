"""The lists in the database: as they are now, and as they were.

A row is an institution as a list had it for some time. A change ends the row and begins another,
so that the list of any day can be told; who brought it in, and from which file, goes into the
audit log.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import fields
from typing import Any, NamedTuple

from sqlalchemy import Connection, insert, select, update

from detector.database import append
from detector.database.tables import audit, institutions
from detector.errors import UsageError
from detector.model import Institution, Roll

_NAMES = tuple(one.name for one in fields(Institution))
_Key = tuple[str, str, str]


class Batch(NamedTuple):
    """What an import came from: the file's name and digest, when, by whom."""

    file: str
    sha256: str
    at: str
    actor: str
    kept_out: int


class Counts(NamedTuple):
    """What an import did to the lists."""

    added: int
    changed: int
    same: int
    removed: int


class Version(NamedTuple):
    """An institution as a list had it: since when, until when (empty: still), from which file."""

    institution: Institution
    since: str
    until: str
    origin: str


def store(
    connection: Connection, listed: Iterable[Institution], batch: Batch, *, whole: bool = False
) -> Counts:
    """Take institutions into the lists; one of the list, name and code of another replaces it.

    With `whole`, what stands on the same lists and is not among them is taken off.
    """
    rows = {_key(one): one for one in listed}
    known = {_key(version.institution): version for version in _current(connection)}
    changed = {key for key, one in rows.items() if key in known and known[key].institution != one}
    added = rows.keys() - known.keys()
    rolls = {roll for roll, _, _ in rows}
    removed = {key for key in known.keys() - rows.keys() if whole and key[0] in rolls}
    _end(connection, changed | removed, batch.at)
    new = [_as_row(rows[key], batch) for key in rows if key in added or key in changed]
    if new:
        connection.execute(insert(institutions), new)
    counts = Counts(len(added), len(changed), len(rows) - len(added) - len(changed), len(removed))
    detail = {"sha256": batch.sha256, "kept_out": batch.kept_out, **counts._asdict()}
    _log(connection, batch.at, batch.actor, "list-imported", batch.file, detail)
    return counts


def remove(connection: Connection, roll: Roll, name: str, reason: str, actor: str, at: str) -> int:
    """Take an institution off a list, and return how many rows that ended.

    Raises UsageError where it does not stand there.
    """
    found = {
        _key(version.institution)
        for version in _current(connection)
        if (version.institution.roll, version.institution.name) == (roll, name)
    }
    if not found:
        raise UsageError(f"名单中没有“{name}”。请用 shanzhai registry list 核对名称。")
    _end(connection, found, at)
    _log(connection, at, actor, "list-removed", name, {"roll": roll.value, "reason": reason})
    return len(found)


def read_institutions(connection: Connection) -> tuple[Institution, ...]:
    """Return all that stand on a list now, black lists last, by name and code."""
    return tuple(version.institution for version in _current(connection))


def read_history(connection: Connection, name: str) -> tuple[Version, ...]:
    """Return all that lists ever said of a name, in the order in which it was said."""
    query = select(institutions).where(institutions.c.name == name).order_by(institutions.c.id)
    return tuple(map(_as_version, connection.execute(query).mappings()))


def _current(connection: Connection) -> Sequence[Version]:
    table = institutions.c
    query = (
        select(institutions)
        .where(table.until.is_(None))
        .order_by(table.roll.desc(), table.name, table.code)
    )
    return [_as_version(row) for row in connection.execute(query).mappings()]


def _end(connection: Connection, keys: Iterable[_Key], at: str) -> None:
    table = institutions.c
    for roll, name, code in keys:
        connection.execute(
            update(institutions)
            .where(table.roll == roll, table.name == name, table.code == code)
            .where(table.until.is_(None))
            .values(until=at)
        )


def _log(
    connection: Connection, at: str, actor: str, action: str, subject: str, detail: Any
) -> None:
    values = {"at": at, "actor": actor, "action": action, "subject": subject, "detail": detail}
    append(connection, audit, values)


def _key(one: Institution) -> _Key:
    return one.roll.value, one.name, one.code


def _as_row(one: Institution, batch: Batch) -> dict[str, Any]:
    row = {name: getattr(one, name) for name in _NAMES}
    own = {"roll": one.roll.value, "occupations": list(one.occupations)}
    return {**row, **own, "since": batch.at, "until": None, "origin": batch.file}


def _as_version(row: Any) -> Version:
    values = {name: row[name] for name in _NAMES}
    own = {"roll": Roll(row["roll"]), "occupations": tuple(row["occupations"])}
    return Version(
        Institution(**{**values, **own}), row["since"], row["until"] or "", row["origin"]
    )
