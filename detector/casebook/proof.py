"""Whether the book's chained tables are as they were written."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from sqlalchemy import Connection, func, select

from detector.database.chain import START, Broken, last_hash, verify
from detector.database.tables import CHAINED


@dataclass(frozen=True, slots=True)
class Chain:
    """One table: how many rows it has, its last hash, and where it breaks, if it does."""

    name: str
    rows: int
    last: str
    broken: Broken | None


@dataclass(frozen=True, slots=True)
class Proof:
    """What a check of all chains gave; `missing` are hashes that were noted and are gone."""

    chains: tuple[Chain, ...]
    missing: tuple[str, ...]

    @property
    def holds(self) -> bool:
        """Tell whether nothing was changed, as far as can be told."""
        return not self.missing and all(chain.broken is None for chain in self.chains)


def check_chains(connection: Connection, known: Collection[str] = ()) -> Proof:
    """Go over every chained table; `known` are last hashes that were noted earlier."""
    chains = []
    for table in CHAINED:
        rows = connection.execute(select(func.count()).select_from(table)).scalar_one()
        broken = verify(connection, table)
        chains.append(Chain(table.name, rows, last_hash(connection, table), broken))
    missing = [hash for hash in known if hash != START and not _is_held(connection, hash)]
    return Proof(tuple(chains), tuple(missing))


def _is_held(connection: Connection, hash: str) -> bool:
    return any(
        connection.execute(select(table.c.number).where(table.c.hash == hash)).first()
        for table in CHAINED
    )
