"""The database behind lists, findings, decisions and cases: opened, kept up to date, chained."""

from detector.database.chain import Broken, append, verify
from detector.database.moments import now
from detector.database.opening import exists, name_of, open_database, reading, writing
from detector.database.tables import metadata

__all__ = [
    "Broken",
    "append",
    "exists",
    "metadata",
    "name_of",
    "now",
    "open_database",
    "reading",
    "verify",
    "writing",
]
