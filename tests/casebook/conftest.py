"""Every test of the casebook runs on both databases."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import count

import psycopg
import pytest

from benchmarks.postgres import INSTALL_HINT, find_programs, start_postgres
from detector.database import open_database

_numbers = count()


@pytest.fixture(scope="session")
def postgres():
    """Give the URL of a private server, with `{}` for a database's name."""
    if find_programs() is None:
        pytest.skip(INSTALL_HINT)
    with start_postgres(durable=False) as url:
        yield url


@pytest.fixture(params=["sqlite", "postgresql"])
def new_database(request, tmp_path) -> Iterator[Callable[[], str]]:
    """Give what makes a new, empty database and says where it is."""
    if request.param == "sqlite":
        yield lambda: str(tmp_path / f"book{next(_numbers)}.db")
        return
    url, made = request.getfixturevalue("postgres"), list[str]()

    def make() -> str:
        made.append(f"book{next(_numbers)}")
        execute(url, f"CREATE DATABASE {made[-1]}")
        return url.format(made[-1])

    yield make
    for name in made:
        execute(url, f"DROP DATABASE {name} WITH (FORCE)")


def execute(url: str, statement: str) -> None:
    with psycopg.connect(url.format("postgres"), autocommit=True) as connection:
        connection.execute(statement)


@pytest.fixture
def database(new_database) -> str:
    """Give a new, empty database: a path or a URL."""
    return new_database()


@pytest.fixture
def engine(database):
    """Give an opened, empty casebook."""
    opened = open_database(database, create=True)
    yield opened
    opened.dispose()
