"""One file of institutions into the lists."""

from __future__ import annotations

from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from detector.database import now, open_database, writing
from detector.model import Roll
from detector.registry.cells import Fault
from detector.registry.columns import read_listing
from detector.registry.rows import read_rows
from detector.registry.store import Batch, Counts, store


@dataclass(frozen=True, slots=True)
class Imported:
    """What an import did, and which rows it kept out."""

    counts: Counts
    faults: tuple[Fault, ...]


def bring_in(
    file: Path,
    where: str,
    roll: Roll | None,
    sheet: str | None = None,
    *,
    actor: str = "",
    whole: bool = False,
) -> Imported:
    """Import a CSV or XLSX file; `roll` is the list of rows that do not name theirs.

    `whole` says that the file is all of its list: what it lacks is taken off, unless rows of it
    could not be read. Raises UsageError where the file is no list, SettingsError where the
    casebook cannot be used.
    """
    listing = read_listing(read_rows(file, sheet), file, roll)
    digest = sha256(file.read_bytes()).hexdigest()
    batch = Batch(file.name, digest, now(), actor, len(listing.faults))
    with writing(open_database(where, create=True)) as connection:
        counts = store(connection, listing.institutions, batch, whole=whole and not listing.faults)
    return Imported(counts, listing.faults)
