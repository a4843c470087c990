"""The registry's file: SQLite, one table of institutions and one of imports."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import closing, contextmanager
from datetime import date
from pathlib import Path
from typing import NamedTuple

from detector.errors import SettingsError
from detector.model import Institution, Roll

SCHEMA = 1
APPLICATION = 0x53_5A_52_47  # "SZRG": tells the file from other SQLite files
_TABLES = """
CREATE TABLE institutions (
    roll TEXT NOT NULL, name TEXT NOT NULL, code TEXT NOT NULL, occupations TEXT NOT NULL,
    province TEXT NOT NULL, valid_from TEXT, valid_to TEXT, reason TEXT NOT NULL,
    document TEXT NOT NULL, PRIMARY KEY (roll, name, code));
CREATE TABLE imports (
    at TEXT NOT NULL, file TEXT NOT NULL, sha256 TEXT NOT NULL, rows INTEGER NOT NULL,
    added INTEGER NOT NULL, changed INTEGER NOT NULL, kept_out INTEGER NOT NULL);
"""
_COLUMNS = "roll, name, code, occupations, province, valid_from, valid_to, reason, document"
_Stored = tuple[str, str, str, str, str, str | None, str | None, str, str]


class Batch(NamedTuple):
    """What an import came from: the file's name and digest, and how many rows were kept out."""

    file: str
    sha256: str
    at: str
    kept_out: int


class Counts(NamedTuple):
    """What an import did to the registry."""

    added: int
    changed: int
    same: int


def store(path: Path, institutions: Iterable[Institution], batch: Batch) -> Counts:
    """Take institutions into the registry in one transaction; the file is made where missing.

    One with the list, name and code of a stored one takes its place. Raises SettingsError where
    the file is no registry or cannot be written.
    """
    rows = {row[:3]: row for row in map(_as_row, institutions)}
    with _open(path, to_write=True) as db, db:
        known = {row[:3]: row for row in db.execute(f"SELECT {_COLUMNS} FROM institutions")}
        added = sum(key not in known for key in rows)
        changed = sum(key in known and known[key] != row for key, row in rows.items())
        places = ", ".join("?" * len(_COLUMNS.split(",")))
        db.executemany(f"INSERT OR REPLACE INTO institutions VALUES ({places})", rows.values())
        db.execute(
            "INSERT INTO imports VALUES (?, ?, ?, ?, ?, ?, ?)",
            (batch.at, batch.file, batch.sha256, len(rows), added, changed, batch.kept_out),
        )
    return Counts(added, changed, len(rows) - added - changed)


def load_institutions(path: Path) -> tuple[Institution, ...]:
    """Return all that the registry holds, by list and name; empty where there is no file.

    Raises SettingsError where the file is no registry.
    """
    if not path.exists():
        return ()
    with _open(path) as db:
        rows = db.execute(f"SELECT {_COLUMNS} FROM institutions ORDER BY roll DESC, name, code")
        return tuple(map(_from_row, rows))


@contextmanager
def _open(path: Path, *, to_write: bool = False) -> Iterator[sqlite3.Connection]:
    mode = "rwc" if to_write else "ro"
    try:
        with closing(sqlite3.connect(f"{path.absolute().as_uri()}?mode={mode}", uri=True)) as db:
            _prepare(db, path, to_write)
            yield db
    except sqlite3.Error as error:
        raise SettingsError(
            f"机构名单 {path} 无法使用（{error}）：可能不是本程序建立的名单，或没有读写权限。"
            "请检查 --registry，或换一个文件重新导入。"
        ) from error


def _prepare(db: sqlite3.Connection, path: Path, to_write: bool) -> None:
    """Check that the file is a registry of this version; make the tables in a new one."""
    (application,) = db.execute("PRAGMA application_id").fetchone()
    (version,) = db.execute("PRAGMA user_version").fetchone()
    (tables,) = db.execute("SELECT count(*) FROM sqlite_master").fetchone()
    if to_write and not tables and not application:
        db.executescript(
            f"BEGIN; {_TABLES} PRAGMA application_id={APPLICATION};"
            f"PRAGMA user_version={SCHEMA}; COMMIT;"
        )
    elif application != APPLICATION:
        raise SettingsError(
            f"{path} 不是本程序建立的机构名单。请检查 --registry，"
            "或用 shanzhai registry import 建立一个。"
        )
    elif version != SCHEMA:
        raise SettingsError(
            f"机构名单 {path} 的格式是第 {version} 版，本程序只认第 {SCHEMA} 版。"
            "请升级程序，或换一个文件重新导入。"
        )


def _as_row(one: Institution) -> _Stored:
    return (
        one.roll.value,
        one.name,
        one.code,
        "\n".join(one.occupations),
        one.province,
        one.valid_from.isoformat() if one.valid_from else None,
        one.valid_to.isoformat() if one.valid_to else None,
        one.reason,
        one.document,
    )


def _from_row(row: _Stored) -> Institution:
    roll, name, code, occupations, province, start, end, reason, document = row
    return Institution(
        name=name,
        roll=Roll(roll),
        code=code,
        occupations=tuple(filter(None, occupations.split("\n"))),
        province=province,
        valid_from=date.fromisoformat(start) if start else None,
        valid_to=date.fromisoformat(end) if end else None,
        reason=reason,
        document=document,
    )
