"""Bringing a database to the schema of this version, once, whoever comes first."""

from __future__ import annotations

from pathlib import Path

from sqlalchemy import Connection, Engine, inspect, text

from detector.errors import SettingsError

HEAD = "0001"  # the last file in `migrations/versions/`; a test holds both together
MIGRATIONS = Path(__file__).parent / "migrations"
_VERSIONS = "alembic_version"
# Of PostgreSQL's advisory locks, which are numbers that programs agree on: "SZCB".
_LOCK = 0x53_5A_43_42


def bring_up_to_date(engine: Engine, name: str) -> None:
    """Make or upgrade the tables in one transaction; `name` is what messages call the database.

    Raises SettingsError where the database holds other things, or is of a later version.
    """
    with engine.connect() as connection:
        if _version(connection, name) == HEAD:
            return
    with engine.execution_options(writing=True).begin() as connection:
        if engine.dialect.name == "postgresql":
            connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": _LOCK})
        if _version(connection, name) != HEAD:
            _upgrade(connection)


def _version(connection: Connection, name: str) -> str:
    """Return the version that a database is of; empty for a new one."""
    tables = inspect(connection).get_table_names()
    if _VERSIONS not in tables:
        if tables:
            raise SettingsError(
                f"{name} 里有别的数据，不是本程序的案卷库。请检查 --casebook，换一个文件或库。"
            )
        return ""
    version = str(connection.execute(text(f"SELECT version_num FROM {_VERSIONS}")).scalar())
    if version > HEAD:
        raise SettingsError(
            f"案卷库 {name} 的格式是第 {version} 版，本程序只认到 {HEAD}。请升级程序。"
        )
    return version


def _upgrade(connection: Connection) -> None:
    # Loaded here: most runs find their database as it should be.
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    config.attributes["connection"] = connection
    command.upgrade(config, "head")
