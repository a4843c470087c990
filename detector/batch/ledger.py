"""The ledger of a screening: which containers there are, which chunks are done.

SQLite in WAL mode; only the parent process of a run writes it. What it says is done lies on
the disk already, so a run that was cut off anywhere goes on from here exactly.
"""

from __future__ import annotations

import json
import sqlite3
import zlib
from collections.abc import Collection, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from detector.batch.parts import disk_full
from detector.batch.values import Chunk, Container, Done, Lane
from detector.errors import UsageError

FILE = "ledger.sqlite"
_TABLES = """
CREATE TABLE IF NOT EXISTS run (name TEXT PRIMARY KEY, value TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS containers (
    identity TEXT PRIMARY KEY,
    uri TEXT NOT NULL,
    format TEXT NOT NULL,
    size INTEGER NOT NULL,
    origin TEXT NOT NULL,
    parent TEXT,             -- identity of the container that it was unpacked from
    next INTEGER,            -- where the next step of listing begins, NULL when all is listed
    tries INTEGER NOT NULL DEFAULT 0,
    wanted INTEGER NOT NULL  -- whether the present run's inputs name it
);
CREATE TABLE IF NOT EXISTS chunks (
    number INTEGER PRIMARY KEY,
    key TEXT NOT NULL UNIQUE,
    container TEXT NOT NULL REFERENCES containers,
    positions BLOB NOT NULL,
    lane TEXT NOT NULL,
    size INTEGER NOT NULL,   -- pages
    state TEXT NOT NULL,
    tries INTEGER NOT NULL DEFAULT 0,
    pages INTEGER NOT NULL DEFAULT 0,
    unread INTEGER NOT NULL DEFAULT 0,
    report INTEGER NOT NULL DEFAULT 0,
    review INTEGER NOT NULL DEFAULT 0,
    seconds REAL NOT NULL DEFAULT 0,
    address TEXT,            -- of a page that was given up, and why
    reason TEXT
);
CREATE INDEX IF NOT EXISTS chunks_by_state ON chunks (state, number);
CREATE INDEX IF NOT EXISTS chunks_by_container ON chunks (container, state);
"""


# Chunks of the present run that are to be done; the table is small while a run is under way.
_WAITING = (
    "chunks k JOIN containers c ON c.identity = k.container WHERE k.state = 'waiting' AND c.wanted"
)


@dataclass(frozen=True, slots=True)
class Waiting:
    """A chunk that is to be done, and how often it was tried."""

    chunk: Chunk
    tries: int


@dataclass(frozen=True, slots=True)
class Tally:
    """How far a run is; `listed` pages are known so far, all of them once `complete_list`."""

    listed: int = 0
    complete_list: bool = False
    pages: int = 0
    unread: int = 0
    report: int = 0
    review: int = 0
    quarantined: int = 0


@dataclass(frozen=True, slots=True)
class GivenUp:
    """A page that was quarantined, and why."""

    address: str
    container: str
    position: int | None
    reason: str


class Ledger:
    """Open for one run at a time; a second one is refused."""

    def __init__(self, out: Path, signature: Mapping[str, str]) -> None:
        """Open or make the ledger of a folder. `signature` is what results depend on.

        Raises UsageError where another run is writing, or the folder holds results of another
        signature.
        """
        self._out = out
        self.signature = dict(signature)
        self._base = sqlite3.connect(out / FILE, timeout=2)
        try:
            # Held until closed: two parents on one folder would do everything twice.
            self._base.execute("PRAGMA locking_mode = EXCLUSIVE")
            self._base.execute("PRAGMA journal_mode = WAL")
            self._base.executescript(_TABLES)
            self._sign(signature)
        except sqlite3.OperationalError as error:
            self._base.close()
            raise self._explain(error) from error
        except UsageError:
            self._base.close()
            raise

    def close(self) -> None:
        """Let go of the folder."""
        self._base.close()

    def want_none(self) -> None:
        """Forget which containers are wanted, before the inputs are listed again."""
        with self._writing() as cursor:
            cursor.execute("UPDATE containers SET wanted = 0")

    def want(self, container: Container) -> None:
        """Add a container, or note that the present run wants it and what was unpacked of it."""
        with self._writing() as cursor:
            _want(cursor, container, None)
            cursor.execute(
                "WITH RECURSIVE inner (identity) AS (SELECT ? UNION SELECT c.identity"
                " FROM containers c JOIN inner ON c.parent = inner.identity)"
                " UPDATE containers SET wanted = 1 WHERE identity IN (SELECT identity FROM inner)",
                (container.identity,),
            )

    def to_list(self, limit: int) -> list[tuple[Container, int]]:
        """Return the first containers that are not wholly listed, and where to go on in each."""
        rows = self._base.execute(
            "SELECT uri, format, identity, size, origin, next FROM containers"
            " WHERE wanted AND next IS NOT NULL ORDER BY rowid LIMIT ?",
            (limit,),
        )
        return [(Container(*row[:5]), row[5]) for row in rows.fetchall()]

    def listed(
        self,
        container: Container,
        chunks: Iterable[Chunk],
        unpacked: Iterable[Container],
        then: int | None,
    ) -> None:
        """Take in a step of listing a container, all or nothing."""
        with self._writing() as cursor:
            for chunk in chunks:
                _add(cursor, chunk)
            for inner in unpacked:
                _want(cursor, inner, container.identity)
            cursor.execute(
                "UPDATE containers SET next = ?, tries = 0 WHERE identity = ?",
                (then, container.identity),
            )

    def listing_failed(self, container: Container) -> int:
        """Note that listing a container failed once more; return how often it has."""
        with self._writing() as cursor:
            cursor.execute(
                "UPDATE containers SET tries = tries + 1 WHERE identity = ? RETURNING tries",
                (container.identity,),
            )
            return int(cursor.fetchone()[0])

    def count_waiting(self, limit: int) -> int:
        """Return how many chunks wait, or are with workers; counted up to `limit`."""
        (count,) = self._base.execute(
            f"SELECT count(*) FROM (SELECT 1 FROM {_WAITING} LIMIT ?)", (limit,)
        ).fetchone()
        return int(count)

    def next_chunk(self, busy: Collection[str]) -> Waiting | None:
        """Return the first chunk that waits and is not among the `busy` keys."""
        return next(iter(self.waiting(1, busy)), None)

    def waiting(self, limit: int, busy: Collection[str] = ()) -> list[Waiting]:
        """Return the first chunks that wait and are not among the `busy` keys."""
        rows = self._base.execute(
            "SELECT k.key, k.positions, k.lane, k.tries, c.uri, c.format, c.identity, c.size,"
            f" c.origin FROM {_WAITING} AND k.key NOT IN (SELECT value FROM json_each(?))"
            " ORDER BY k.number LIMIT ?",
            (json.dumps(list(busy)), limit),
        )
        return [
            Waiting(Chunk(key, Container(*container), _unpack(positions), Lane(lane)), tries)
            for key, positions, lane, tries, *container in rows.fetchall()
        ]

    def done(self, chunk: Chunk, done: Done) -> None:
        """Note that a chunk's parts are on the disk."""
        with self._writing() as cursor:
            cursor.execute(
                "UPDATE chunks SET state = 'done', pages = ?, unread = ?, report = ?, review = ?,"
                " seconds = ? WHERE key = ?",
                (done.pages, done.unread, done.report, done.review, done.seconds, chunk.key),
            )

    def failed(self, chunk: Chunk) -> None:
        """Note that a chunk ended without success once more; it waits for its next turn."""
        with self._writing() as cursor:
            cursor.execute("UPDATE chunks SET tries = tries + 1 WHERE key = ?", (chunk.key,))

    def split(self, chunk: Chunk, pieces: Iterable[Chunk]) -> None:
        """Replace a chunk by pieces of it."""
        with self._writing() as cursor:
            cursor.execute("UPDATE chunks SET state = 'split' WHERE key = ?", (chunk.key,))
            for piece in pieces:
                _add(cursor, piece)

    def give_up(self, chunk: Chunk, address: str, reason: str) -> None:
        """Note that a page (or what is left of a container) was quarantined; its part is there."""
        with self._writing() as cursor:
            _add(cursor, chunk)
            cursor.execute(
                "UPDATE chunks SET state = 'quarantined', size = 1, pages = 1, unread = 1,"
                " address = ?, reason = ? WHERE key = ?",
                (address, reason, chunk.key),
            )

    def tally(self) -> Tally:
        """Count how far the run is."""
        row = self._base.execute(
            "SELECT total(k.size), total(k.pages), total(k.unread), total(k.report),"
            " total(k.review), total(k.state = 'quarantined')"
            " FROM chunks k JOIN containers c ON c.identity = k.container"
            " WHERE c.wanted AND k.state != 'split'"
        ).fetchone()
        listed, pages, unread, report, review, quarantined = map(int, row)
        return Tally(listed, not self.to_list(1), pages, unread, report, review, quarantined)

    def parts(self) -> Iterator[tuple[str, str, int, int]]:
        """Yield key, container, pages and findings to report or review of each part, in order."""
        yield from self._base.execute(
            "SELECT k.key, c.origin, k.pages, k.report + k.review"
            " FROM chunks k JOIN containers c ON c.identity = k.container"
            " WHERE c.wanted AND k.state IN ('done', 'quarantined') ORDER BY k.number"
        )

    def given_up(self) -> Iterator[GivenUp]:
        """Yield what was quarantined, in order."""
        rows = self._base.execute(
            "SELECT k.address, c.origin, k.positions, k.reason"
            " FROM chunks k JOIN containers c ON c.identity = k.container"
            " WHERE c.wanted AND k.state = 'quarantined' ORDER BY k.number"
        )
        for address, origin, positions, reason in rows:
            yield GivenUp(address, origin, next(iter(_unpack(positions)), None), reason)

    def day(self, today: date) -> date:
        """Return the day whose clauses count: that of the folder's first run, by default today.

        A run that goes on after midnight judges the rest as it judged the beginning.
        """
        with self._writing() as cursor:
            cursor.execute("INSERT OR IGNORE INTO run VALUES ('day', ?)", (today.isoformat(),))
        (day,) = self._base.execute("SELECT value FROM run WHERE name = 'day'").fetchone()
        return date.fromisoformat(day)

    def _sign(self, signature: Mapping[str, str]) -> None:
        known = dict(self._base.execute("SELECT name, value FROM run"))
        changed = [name for name in signature if known and known.get(name) != signature[name]]
        if changed:
            raise UsageError(
                f"目录 {self._out} 中的结果是按别的规则或设置筛查的"
                f"（不同之处：{'、'.join(changed)}）。"
                "请用 --out 换一个目录，或加上 --restart 从头筛查。"
            )
        with self._base:
            self._base.executemany("INSERT OR IGNORE INTO run VALUES (?, ?)", signature.items())

    @contextmanager
    def _writing(self) -> Iterator[sqlite3.Cursor]:
        """Write all or nothing; raises DiskFullError where there is no room."""
        try:
            with self._base:
                yield self._base.cursor()
        except sqlite3.OperationalError as error:
            raise self._explain(error) from error

    def _explain(self, error: sqlite3.OperationalError) -> Exception:
        if error.sqlite_errorcode == sqlite3.SQLITE_FULL:
            return disk_full(self._out)
        if error.sqlite_errorcode == sqlite3.SQLITE_BUSY:
            return UsageError(
                f"另一个筛查正在写入目录 {self._out}。请等它结束，或用 --out 换一个目录。"
            )
        return UsageError(
            f"目录 {self._out} 中的台账 {FILE} 无法读写（{error}）。请检查目录权限和磁盘空间。"
        )


def _add(cursor: sqlite3.Cursor, chunk: Chunk) -> None:
    cursor.execute(
        "INSERT INTO chunks (key, container, positions, lane, size, state)"
        " VALUES (?, ?, ?, ?, ?, 'waiting') ON CONFLICT (key) DO NOTHING",
        (
            chunk.key,
            chunk.container.identity,
            _pack(chunk.positions),
            chunk.lane,
            len(chunk.positions),
        ),
    )


def _want(cursor: sqlite3.Cursor, container: Container, parent: str | None) -> None:
    cursor.execute(
        "INSERT INTO containers (identity, uri, format, size, origin, parent, next, wanted)"
        " VALUES (?, ?, ?, ?, ?, ?, 0, 1) ON CONFLICT (identity) DO UPDATE SET wanted = 1",
        (
            container.identity,
            container.uri,
            container.format,
            container.size,
            container.origin,
            parent,
        ),
    )


def _pack(positions: Iterable[int]) -> bytes:
    return zlib.compress(json.dumps(list(positions)).encode("ascii"))


def _unpack(positions: bytes) -> tuple[int, ...]:
    return tuple(json.loads(zlib.decompress(positions)))
