"""Writing files whole or not at all, under names that are safe."""

from __future__ import annotations

import re
from pathlib import Path, PurePosixPath

from detector.model import Source

LONGEST_NAME = 40
# Separators, what Windows refuses, blanks, and characters that steer rather than show.
_UNSAFE = re.compile(r"[^\w.()（）\-]+")


def empty_folder(folder: Path, names: str) -> None:
    """Make a folder, or remove from it what an earlier report wrote under such names.

    It would pass for evidence of the new one. `names` is a regular expression.
    """
    folder.mkdir(exist_ok=True)
    for path in folder.iterdir():
        if re.fullmatch(names, path.name):
            path.unlink()


def write_text(path: Path, text: str) -> Path:
    """Write UTF-8 text with plain newlines beside the target, then move it there."""
    return write_bytes(path, text.encode("utf-8", errors="replace"))


def write_bytes(path: Path, data: bytes) -> Path:
    """Write bytes beside the target, then move them there, so that no half file is seen."""
    unfinished = path.with_name(path.name + ".tmp")
    unfinished.write_bytes(data)
    return unfinished.replace(path)


def short_name(source: Source) -> str:
    """Return the source's own name as a file name: no folder, no extension, nothing unsafe."""
    address = (source.member or source.uri).replace("\\", "/")
    stem = PurePosixPath(address).stem
    return _UNSAFE.sub("_", stem).strip("._")[:LONGEST_NAME] or "source"
