"""One file of institutions into the registry."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from pathlib import Path

from detector.model import Roll
from detector.registry.columns import Fault, read_listing
from detector.registry.rows import read_rows
from detector.registry.store import Batch, Counts, store


@dataclass(frozen=True, slots=True)
class Imported:
    """What an import did, and which rows it kept out."""

    counts: Counts
    faults: tuple[Fault, ...]


def bring_in(file: Path, registry: Path, roll: Roll | None, sheet: str | None = None) -> Imported:
    """Import a CSV or XLSX file; `roll` is the list of rows that do not name theirs.

    Raises UsageError where the file is no list, SettingsError where the registry cannot be used.
    """
    listing = read_listing(read_rows(file, sheet), file, roll)
    digest = sha256(file.read_bytes()).hexdigest()
    at = datetime.now().astimezone().isoformat(timespec="seconds")
    batch = Batch(file.name, digest, at, len(listing.faults))
    return Imported(store(registry, listing.institutions, batch), listing.faults)
