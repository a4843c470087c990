"""Exit codes, problem codes and the exceptions that carry them.

An exception's message is Chinese, is shown to the user as it is, and says what to do next.
"""

from __future__ import annotations

from enum import IntEnum, StrEnum
from pathlib import Path


class ExitCode(IntEnum):
    """What the process tells its caller."""

    CLEAN = 0  # nothing at or above the threshold was found by these rules
    FINDINGS = 1
    USAGE = 2  # wrong usage, settings or rules
    INCOMPLETE = 3  # something was not read, and nothing was found in what was
    MISSING_PART = 4  # an optional part is not installed
    BUG = 70
    INTERRUPTED = 130


class ProblemCode(StrEnum):
    """Why a source or a page was not read, or not fully."""

    NOT_FOUND = "not-found"
    EMPTY = "empty"
    UNREADABLE = "unreadable"
    DAMAGED = "damaged"
    ENCRYPTED = "encrypted"
    UNSUPPORTED = "unsupported"
    WRONG_EXTENSION = "wrong-extension"
    BAD_ENCODING = "bad-encoding"
    TOO_LARGE = "too-large"
    TRUNCATED = "truncated"
    NO_TEXT = "no-text"
    OCR_FAILED = "ocr-failed"
    LOW_CONFIDENCE = "low-confidence"
    LAYER_DIFFERS = "layer-differs"  # a PDF says in its text layer what the page does not show
    NOT_REACHED = "not-reached"  # the run ended before this source had its turn
    FAILED = "failed"  # a bug of ours
    QUARANTINED = "quarantined"  # it ended or hung its worker again and again


class ShanzhaiError(Exception):
    """Base of all errors that a user can do something about."""

    exit_code = ExitCode.BUG


class UsageError(ShanzhaiError):
    """A wrong option or combination of options."""

    exit_code = ExitCode.USAGE


class SettingsError(ShanzhaiError):
    """A setting that is unknown or out of range; says where it came from."""

    exit_code = ExitCode.USAGE


class RuleError(ShanzhaiError):
    """An invalid rule file: names the file, the line, the key and the remedy."""

    exit_code = ExitCode.USAGE

    def __init__(self, path: Path, line: int, key: str, what: str, remedy: str) -> None:
        """Build the message from its parts, which stay readable as attributes."""
        super().__init__(f"{path}:{line}: {key}: {what}。请{remedy}。")
        self.path, self.line, self.key, self.what, self.remedy = path, line, key, what, remedy


class MissingPartError(ShanzhaiError):
    """An optional part (a program, an extra) is missing; says how to install it."""

    exit_code = ExitCode.MISSING_PART


class DiskFullError(ShanzhaiError):
    """The disk that a run writes to is full; what was written before is kept."""

    exit_code = ExitCode.INCOMPLETE


class ReadError(ShanzhaiError):
    """A source or page that cannot be read; becomes a Problem and never ends a run."""

    exit_code = ExitCode.INCOMPLETE

    def __init__(self, code: ProblemCode, message: str) -> None:
        """Keep the problem code beside the message."""
        super().__init__(message)
        self.code = code
