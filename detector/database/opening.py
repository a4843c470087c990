"""Opening a database: a SQLite file by path, or any other by URL, brought up to the schema.

SQLite keeps a write-ahead log, so that readers and a writer do not wait for each other, and is
flushed at each commit (`synchronous=FULL`): what was said to be done is done. Every writing
transaction takes the write lock at its start, so that none can fail half way for the lock.
"""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event, make_url
from sqlalchemy.exc import (
    ArgumentError,
    DataError,
    DBAPIError,
    IntegrityError,
    NoSuchModuleError,
    ProgrammingError,
)
from sqlalchemy.pool import NullPool

from detector.database.migrate import bring_up_to_date
from detector.database.place import exists, is_url
from detector.errors import DiskFullError, MissingPartError, SettingsError

WAIT_SECONDS = 60  # for another process's transaction
TRY_AGAIN_SECONDS = 0.02
POSTGRESQL = "postgresql+psycopg"
_WRITING = "writing"
# What a driver raises for a statement that is wrong, but for one that is not allowed (SQLSTATE).
_BUGS = (IntegrityError, DataError, ProgrammingError)
_NO_PRIVILEGE = "42501"


def open_database(where: str, *, create: bool = False) -> Engine:
    """Open a database, a path or a URL, and bring it up to the schema of this version.

    Raises SettingsError where it cannot be used or was made by a later version, and
    MissingPartError where the driver of a server is not installed. `create` makes a new file.
    """
    if not create and not exists(where):
        raise SettingsError(f"没有案卷库 {where}。请检查 --casebook；导入名单或报告时会自动建立。")
    engine = _engine(where)
    with _explained(_shown(engine)):
        bring_up_to_date(engine, _shown(engine))
    return engine


@contextmanager
def reading(engine: Engine) -> Iterator[Connection]:
    """Give a connection that sees one state of the database; nothing is kept of it."""
    with _explained(_shown(engine)), engine.connect() as connection:
        yield connection


@contextmanager
def writing(engine: Engine) -> Iterator[Connection]:
    """Give a connection whose work is kept as a whole, or not at all where it raises."""
    with (
        _explained(_shown(engine)),
        engine.execution_options(**{_WRITING: True}).begin() as connection,
    ):
        yield connection


@contextmanager
def _explained(where: str) -> Iterator[None]:
    """Turn what a driver raises into words for the user."""
    try:
        yield
    except DBAPIError as error:
        if isinstance(error, _BUGS) and getattr(error.orig, "sqlstate", "") != _NO_PRIVILEGE:
            raise
        if "database or disk is full" in str(error.orig):
            raise DiskFullError(
                f"磁盘已满，{where} 没有写入；已写入的都在。请腾出空间后重试。"
            ) from error
        raise SettingsError(
            f"案卷库 {where} 无法使用（{error.orig}）：可能不是本程序建立的，或没有读写权限，"
            "或服务器未运行。请检查 --casebook。"
        ) from error


def _engine(where: str) -> Engine:
    try:
        if not is_url(where):
            return _sqlite_engine(f"sqlite:///{Path(where).absolute()}")
        url = make_url(where)
        if url.drivername.startswith("sqlite"):
            return _sqlite_engine(where)
        if url.drivername in ("postgresql", "postgres"):
            url = url.set(drivername=POSTGRESQL)
        return create_engine(url, pool_pre_ping=True, hide_parameters=True)
    except (ArgumentError, NoSuchModuleError) as error:
        raise SettingsError(
            f"案卷库的地址 {where.partition(':')[0]}:… 无法识别。请写文件路径，"
            "或 postgresql://用户@主机/库名。"
        ) from error
    except ModuleNotFoundError as error:
        raise MissingPartError(
            f"缺少数据库驱动 {error.name}。请运行 pip install 'shanzhai-detector[postgres]'。"
        ) from error


def _sqlite_engine(url: str) -> Engine:
    # A connection for each use: one that is kept would be shared with forked processes.
    engine = create_engine(
        url, poolclass=NullPool, connect_args={"timeout": WAIT_SECONDS}, hide_parameters=True
    )
    event.listen(engine, "connect", _prepare_sqlite)
    event.listen(engine, "begin", _begin_sqlite)
    return engine


def _prepare_sqlite(connection: sqlite3.Connection, _: Any) -> None:
    # The driver would begin transactions late, by its own rules; `_begin_sqlite` does instead.
    connection.isolation_level = None
    _keep_a_log(connection)
    for pragma in ("synchronous=FULL", "foreign_keys=ON"):
        connection.execute(f"PRAGMA {pragma}")


def _keep_a_log(connection: sqlite3.Connection) -> None:
    """Switch to a write-ahead log, which a new file does once: SQLite does not wait for that."""
    end = time.monotonic() + WAIT_SECONDS
    while True:
        try:
            connection.execute("PRAGMA journal_mode=WAL")
        except sqlite3.OperationalError as error:
            if "locked" not in str(error) or time.monotonic() > end:
                raise
            time.sleep(TRY_AGAIN_SECONDS)
        else:
            return


def _begin_sqlite(connection: Connection) -> None:
    to_write = connection.get_execution_options().get(_WRITING, False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if to_write else "BEGIN")


def _shown(engine: Engine) -> str:
    file = engine.url.database if engine.dialect.name == "sqlite" else None
    return file or engine.url.render_as_string()
