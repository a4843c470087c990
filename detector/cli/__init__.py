"""The command line: options to settings to a library call to an exit code."""

from detector.cli.app import main

__all__ = ["main"]
