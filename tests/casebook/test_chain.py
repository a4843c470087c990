"""What was decided cannot be changed unnoticed; the schema is the one that migrations make."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from book_values import finding, import_results, result, say
from sqlalchemy import delete, func, insert, select, text, update
from sqlalchemy.exc import DBAPIError

from detector.casebook.proof import check_chains
from detector.casebook.values import Verdict
from detector.database import exists, metadata, open_database, reading, writing
from detector.database.migrate import HEAD, MIGRATIONS
from detector.database.tables import decisions
from detector.errors import SettingsError


@pytest.fixture
def book(engine):
    import_results(engine, result("a.txt", finding("1")))
    for verdict in (Verdict.CONFIRMED, Verdict.DISMISSED, Verdict.NEEDS_PAPERS):
        say(engine, "1", verdict)
    return engine


def proof(engine, *known):
    with reading(engine) as connection:
        return check_chains(connection, known)


def tamper(engine, statement):
    """Change rows as one would who goes round the program and takes the guards away."""
    with writing(engine) as connection:
        for guard in _guards(connection):
            connection.execute(text(guard))
        connection.execute(statement)


def _guards(connection):
    if connection.dialect.name == "postgresql":
        return ["DROP TRIGGER decisions_only_grows ON decisions"]
    return ["DROP TRIGGER decisions_no_update", "DROP TRIGGER decisions_no_delete"]


def test_an_untouched_chain_holds(book):
    found = proof(book)
    assert found.holds
    assert [chain.rows for chain in found.chains] == [3, 0]


@pytest.mark.parametrize(
    ("statement", "number", "what"),
    [
        (update(decisions).where(decisions.c.number == 2).values(reviewer="王五"), 2, "改动"),
        (delete(decisions).where(decisions.c.number == 2), 2, "缺少"),
        (delete(decisions).where(decisions.c.number == 1), 1, "缺少"),
    ],
)
def test_a_change_is_found_at_its_place(book, statement, number, what):
    tamper(book, statement)
    found = proof(book)
    assert not found.holds
    assert found.chains[0].broken.number == number
    assert what in found.chains[0].broken.what


def test_a_row_put_in_between_does_not_fit(book):
    with reading(book) as connection:
        first = dict(connection.execute(select(decisions)).mappings().first())
    forged = first | {"id": "x", "number": 4, "previous": "0" * 63 + "1", "hash": "f" * 64}
    tamper(book, insert(decisions).values(forged))
    assert proof(book).chains[0].broken.number == 4


def test_rows_taken_off_the_end_are_missed_by_who_noted_the_last_hash(book):
    noted = proof(book).chains[0].last
    assert proof(book, noted).holds
    tamper(book, delete(decisions).where(decisions.c.number == 3))
    assert proof(book).holds
    assert proof(book, noted).missing == (noted,)


@pytest.mark.parametrize(
    "statement", [update(decisions).values(reviewer="王五"), delete(decisions)]
)
def test_the_database_itself_refuses_to_change_a_decision(book, statement):
    with (
        pytest.raises((DBAPIError, SettingsError), match="only grows"),
        writing(book) as connection,
    ):
        connection.execute(statement)
    assert proof(book).holds


def test_migrations_make_the_schema_of_the_tables(engine):
    with reading(engine) as connection:
        assert compare_metadata(MigrationContext.configure(connection), metadata) == []
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    assert ScriptDirectory.from_config(config).get_current_head() == HEAD


def test_a_database_of_something_else_is_left_alone(new_database):
    where = new_database()
    stranger = open_database(new_database(), create=True)
    with writing(stranger) as connection:
        connection.execute(text("DROP TABLE alembic_version"))
    with pytest.raises(SettingsError, match="不是本程序的案卷库"):
        open_database(stranger.url.render_as_string(hide_password=False))
    open_database(where, create=True)  # an empty one is taken


def test_a_later_version_asks_for_an_upgrade(engine, database):
    with writing(engine) as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    with pytest.raises(SettingsError, match="请升级程序"):
        open_database(database)


def test_what_is_not_there_is_not_made_unasked(tmp_path):
    where = str(tmp_path / "none.db")
    with pytest.raises(SettingsError, match="没有案卷库"):
        open_database(where)
    assert not exists(where)
    (tmp_path / "text.db").write_text("这不是数据库" * 100, encoding="utf-8")
    with pytest.raises(SettingsError, match="无法使用"):
        open_database(str(tmp_path / "text.db"))
    with pytest.raises(SettingsError, match="无法识别"):
        open_database("nothing://somewhere/x")
    with pytest.raises(SettingsError, match="无法使用"):
        open_database(str(tmp_path / "folder" / "none.db"), create=True)


def test_many_who_open_a_new_book_at_once_all_find_it(new_database):
    where = new_database()
    begin = Barrier(10)

    def opened(_):
        begin.wait()
        engine = open_database(where, create=True)
        with writing(engine), reading(engine) as connection:
            return connection.execute(select(func.count()).select_from(decisions)).scalar_one()

    with ThreadPoolExecutor(10) as pool:
        assert list(pool.map(opened, range(10))) == [0] * 10
