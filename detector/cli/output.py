"""What goes to the terminal: UTF-8 always, silent where nobody looks."""

from __future__ import annotations

import io
import logging
import os
import sys

import click


def prepare_streams() -> None:
    """Write UTF-8 whatever the locale, and keep the libraries' own logging off the terminal."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="replace")
    # Without any handler Python prints the libraries' warnings, in English, between our words.
    logging.getLogger().addHandler(logging.NullHandler())


def say(text: str, *, to_stderr: bool = False, newline: bool = True) -> None:
    """Print text; where the reader has gone, the rest is dropped and the work goes on."""
    try:
        click.echo(text, err=to_stderr, nl=newline)
    except BrokenPipeError:
        stream = sys.stderr if to_stderr else sys.stdout
        os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())
