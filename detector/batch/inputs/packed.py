"""Compressed streams, read front to back."""

from __future__ import annotations

import bz2
import gzip
import io
import lzma
import zlib
from collections.abc import Callable
from typing import Any, BinaryIO, cast

import pyarrow as pa

from detector.batch.inputs.storage import open_file
from detector.errors import ProblemCode, ReadError
from detector.settings import Settings

SMALL = 100_000  # packed bytes below which a high ratio is no bomb
BUFFER = 1 << 20

# What reading a packed stream raises where it is damaged, or unpacks to too much.
DAMAGED = (ReadError, OSError, EOFError, zlib.error, lzma.LZMAError, pa.ArrowException)

PACKINGS = (".gz", ".tgz", ".zst", ".tzst", ".bz2", ".tbz2", ".xz", ".txz")


def is_packed(name: str) -> bool:
    """Tell by the end of its name whether a file is compressed as a whole."""
    return name.lower().endswith(PACKINGS)


def open_packed(uri: str, name: str) -> BinaryIO:
    """Open a file and unpack it on the way, by the end of its name; others as they are."""
    file, lower = open_file(uri), name.lower()
    if lower.endswith((".gz", ".tgz")):
        return cast(BinaryIO, gzip.GzipFile(fileobj=file))
    if lower.endswith((".bz2", ".tbz2")):
        return cast(BinaryIO, bz2.BZ2File(file))
    if lower.endswith((".xz", ".txz")):
        return cast(BinaryIO, lzma.LZMAFile(file))
    if lower.endswith((".zst", ".tzst")):
        return cast(BinaryIO, pa.CompressedInputStream(pa.PythonFile(file, "r"), "zstd"))
    return file


def most_unpacked(packed: int, settings: Settings) -> int:
    """Return how many bytes `packed` bytes may unpack to."""
    return min(settings.max_archive_bytes, max(packed, SMALL) * settings.max_archive_ratio)


def unpacks_to_too_much(packed: int, settings: Settings) -> ReadError:
    """Return the error for what unpacks to more than that."""
    return ReadError(
        ProblemCode.TOO_LARGE,
        f"解压后超过 {most_unpacked(packed, settings)} 字节的上限"
        "（设置 max_archive_bytes、max_archive_ratio），其余未读。请核对来源，必要时调大上限。",
    )


class Measured(io.RawIOBase):
    """A stream that raises ReadError where it unpacks to too much."""

    def __init__(self, stream: BinaryIO, packed: int, settings: Settings) -> None:
        """Wrap a stream that was `packed` bytes."""
        self._stream = stream
        # Reading to a given size would lose what came before damage.
        self._read: Callable[[int], bytes] = getattr(stream, "read1", stream.read)
        self._packed, self._settings = packed, settings
        self._left = most_unpacked(packed, settings)

    def readable(self) -> bool:
        """Tell that it can be read."""
        return True

    def readinto(self, buffer: Any) -> int:
        """Read into a buffer and return how many bytes that were."""
        data = self._read(len(buffer))
        buffer[: len(data)] = data
        self._left -= len(data)
        if self._left < 0:
            raise unpacks_to_too_much(self._packed, self._settings)
        return len(data)

    def close(self) -> None:
        """Close the stream beneath too."""
        self._stream.close()
        super().close()


def measured(uri: str, name: str, size: int, settings: Settings) -> io.BufferedReader:
    """Open a packed file of `size` bytes so that it can unpack to no more than is allowed."""
    stream = open_packed(uri, name)
    return io.BufferedReader(Measured(stream, size, settings), BUFFER)
