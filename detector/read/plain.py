"""Text files: one passage, unchanged, so that lines and columns are those of the file."""

from __future__ import annotations

from detector.model import PassageKind
from detector.read.charset import decode, encoding_problems
from detector.read.content import Content, Task, passage


def read(task: Task) -> Content:
    """Read a text or Markdown file; only a byte order mark is left out."""
    decoded = decode(task.data, task.declared)
    return Content(
        passages=(passage(PassageKind.BODY, decoded.text),), problems=encoding_problems(decoded)
    )
