"""Evidence of a case: files known by their digests, which stay where they are."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from enum import StrEnum
from pathlib import Path
from typing import NamedTuple

from detector.casebook.values import Evidence
from detector.errors import UsageError


class State(StrEnum):
    """What became of a file since it was added."""

    INTACT = "intact"
    CHANGED = "changed"
    MISSING = "missing"


class Checked(NamedTuple):
    """A file of a case, what became of it, and where it was found."""

    evidence: Evidence
    state: State
    path: Path | None = None


def read_evidence(path: Path, at: str, note: str = "") -> Evidence:
    """Return a file as evidence added at that moment; raises UsageError where it is none."""
    try:
        size, digest = path.stat().st_size, _digest(path)
    except OSError as error:
        raise UsageError(
            f"证据文件 {path} 无法打开（{error.strerror}）。请检查路径和权限，逐个文件登记。"
        ) from error
    return Evidence(path.name, digest, size, at, note)


def check_evidence(evidence: Iterable[Evidence], folder: Path) -> tuple[Checked, ...]:
    """Tell which files are in a folder, or below it, as they were when they were added.

    A file under another name counts. Raises UsageError where there is no such folder.
    """
    if not folder.is_dir():
        raise UsageError(f"没有文件夹 {folder}。请检查 --check 后的路径。")
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    return tuple(_check(one, files) for one in evidence)


def _check(one: Evidence, files: Sequence[Path]) -> Checked:
    same_size = [path for path in files if path.stat().st_size == one.size]
    for path in sorted(same_size, key=lambda path: path.name != one.name):
        if _digest(path) == one.sha256:
            return Checked(one, State.INTACT, path)
    named = next((path for path in files if path.name == one.name), None)
    return Checked(one, State.CHANGED if named else State.MISSING, named)


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
