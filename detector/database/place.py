"""Where a database is: a path of a file, or the URL of a server."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import urlsplit


def is_url(where: str) -> bool:
    """Tell a URL from a path."""
    return "://" in where


def exists(where: str) -> bool:
    """Tell whether there is something to open; a server's database is taken to be there."""
    return is_url(where) or Path(where).exists()


def name_of(where: str) -> str:
    """Return how messages name a database: its path, or its URL without the password."""
    password = urlsplit(where).password if is_url(where) else None
    return where.replace(f":{password}@", ":***@") if password else where
