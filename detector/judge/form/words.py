"""Entries of a lexicon by the role they play."""

from __future__ import annotations

from collections.abc import Iterator

from detector.model import Entry, Lexicon


def with_role(lexicon: Lexicon, role: str) -> Iterator[Entry]:
    """Yield the entries of a lexicon that play one role."""
    return (entry for entry in lexicon.entries if entry.fields.get("role") == role)
