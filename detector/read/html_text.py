"""Text laid out the way a browser would: white space folded, blocks on lines of their own."""

from __future__ import annotations

import re

# White space of HTML only: the ideographic and the no-break space are text.
SPACES = " \t\n\r\f"
_SPACE = re.compile(f"[{SPACES}]+")


class Layout:
    """Collects the text of one stretch of a page, in order."""

    __slots__ = ("_at_start", "_parts", "_space")

    def __init__(self) -> None:
        """Begin with an empty line."""
        self._parts: list[str] = []
        self._at_start = True
        self._space = False

    def add(self, text: str, *, verbatim: bool = False) -> None:
        """Append text to the line; runs of white space become one space unless `verbatim`."""
        if verbatim:
            self._put(text.replace("\r\n", "\n"))
            return
        words = text.strip(SPACES)
        if not words:
            self._space = self._space or bool(text)
            return
        self._space = self._space or text[0] in SPACES
        self._put(_SPACE.sub(" ", words))
        self._space = text[-1] in SPACES

    def end_line(self) -> None:
        """Let what follows begin a line, as at the border of a block."""
        if not self._at_start:
            self.break_line()

    def break_line(self) -> None:
        """Begin a new line, even if this one is empty."""
        if self._parts and self._parts[-1] == "\t":  # the last cell of a row
            self._parts.pop()
        self._parts.append("\n")
        self._at_start, self._space = True, False

    def end_cell(self) -> None:
        """Separate what follows from the cell before it in the same row."""
        if not self._at_start:
            self._parts.append("\t")
            self._space = False

    def text(self) -> str:
        """Return the lines, without empty ones at either end."""
        return "".join(self._parts).strip(" \t\n")

    def _put(self, text: str) -> None:
        if self._space and not self._at_start:
            self._parts.append(" ")
        self._parts.append(text)
        self._at_start, self._space = text.endswith("\n"), False
