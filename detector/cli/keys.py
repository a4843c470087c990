"""Keys and lines typed at a terminal: one key without Enter, one line with it."""

from __future__ import annotations

import locale
import sys
import unicodedata

import click

from detector.errors import UsageError


def require_terminal(instead: str) -> None:
    """Raise UsageError where nobody sees the screen or types; `instead` says what scripts use."""
    if not (sys.stdin.isatty() and sys.stdout.isatty()):
        raise UsageError(
            f"这个命令要在终端里逐条按键，不能用管道或重定向。{instead}远程运行请用 ssh -t。"
        )


def read_key() -> str:
    """Wait for a key and return it in lower case and half width.

    What was typed before is thrown away, since it was meant for another screen; of several
    characters at once, as of an arrow or something pasted, the whole is returned: no key at all.
    Ctrl-C raises KeyboardInterrupt, Ctrl-D EOFError.
    """
    return unicodedata.normalize("NFKC", click.getchar()).lower()


def read_line(prompt: str) -> str:
    """Read a line of text in any script; Ctrl-C and Ctrl-D raise as for `read_key`."""
    if locale.getencoding().lower().replace("-", "") == "utf8":
        # On import it takes over from the terminal's own editing, which erases half a
        # character where one is two columns wide; in another locale it garbles Chinese.
        import readline  # noqa: F401
    return " ".join(input(prompt).split())
