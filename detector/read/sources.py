"""From what a user names (folders, files, patterns, "-") to sources, one for each file."""

from __future__ import annotations

import glob
import os
from collections.abc import Iterator, Sequence
from fnmatch import fnmatch
from pathlib import Path

from detector.model import Source

STDIN = "-"
# Files that systems and editors leave in folders; they hold nothing that a user put there.
SYSTEM_FILES = frozenset({"thumbs.db", "desktop.ini", "ehthumbs.db", "icon\r"})
LOCK_PREFIX = "~$"  # Word's own note that a document is open


def find_sources(paths: Sequence[str], exclude: Sequence[str] = ()) -> Iterator[Source]:
    """Yield a source for each file that the paths name, each file once.

    Folders are walked to the bottom in the order of names; hidden and system files are passed
    over there, all others are yielded, readable or not. Patterns (`*`, `?`, `[…]`, `**`) are
    expanded; a name that exists as it stands is no pattern. Never raises: a path that names
    nothing, and a folder that holds nothing or cannot be listed, is yielded as it is, and
    reading it tells why. `exclude` holds patterns for names of files and folders that are
    passed over wherever they stand.
    """
    seen: set[str] = set()
    for path in paths:
        for found in _expand(path):
            if _is_excluded(found, exclude):
                continue
            key = found if found == STDIN else os.path.abspath(found)  # noqa: PTH100 links stay
            if key not in seen:
                seen.add(key)
                yield Source(uri=found)


def _is_excluded(path: str, patterns: Sequence[str]) -> bool:
    return any(fnmatch(part, pattern) for part in Path(path).parts for pattern in patterns)


def _expand(path: str) -> Iterator[str]:
    if path == STDIN:
        yield path
        return
    named = [path] if os.path.lexists(path) or not glob.has_magic(path) else _matches(path)
    for name in named or [path]:
        if _is_folder(name):
            yield from _walk_named(name)
        else:
            yield name


def _matches(pattern: str) -> list[str]:
    return sorted(
        name
        for name in glob.glob(pattern, recursive=True)  # noqa: PTH207 Path drops "./"
        if not _is_ignored(Path(name).name)
    )


def holds_files(folder: str) -> bool:
    """Tell whether a walk of the folder comes upon anything to read."""
    return next(_walk(folder, set()), None) is not None


def _walk_named(folder: str) -> Iterator[str]:
    """Yield the files of a folder that was named, or the folder itself where there are none."""
    if holds_files(folder):
        yield from _walk(folder, set())
    else:
        yield folder


def _walk(folder: str, visited: set[tuple[int, int]]) -> Iterator[str]:
    """Yield files below a folder; a folder reached twice through links is walked once."""
    try:
        status = Path(folder).stat()
        names = sorted(os.listdir(folder))  # noqa: PTH208 names as the user wrote the folder
    except OSError:
        yield folder
        return
    if (identity := (status.st_dev, status.st_ino)) in visited:
        return
    visited.add(identity)
    for name in names:
        path = os.path.join(folder, name)  # noqa: PTH118 Path would drop a leading "./"
        if _is_ignored(name):
            continue
        if _is_folder(path):
            yield from _walk(path, visited)
        else:
            yield path


def _is_ignored(name: str) -> bool:
    return name.startswith((".", LOCK_PREFIX)) or name.lower() in SYSTEM_FILES


def _is_folder(path: str) -> bool:
    try:
        return Path(path).is_dir()
    except (OSError, ValueError):  # a link that leads to itself, a name with a NUL
        return False
