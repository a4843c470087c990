"""CSV and TSV, in the encodings that offices use: unpacked, since rows have no offsets to go to."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Sequence
from functools import partial
from typing import TextIO

from detector.batch.inputs.columns import choose_columns, page_of_row
from detector.batch.inputs.formats import Unpacking
from detector.batch.inputs.packed import measured
from detector.batch.inputs.spool import unpack
from detector.batch.values import Container, Page, Survey
from detector.read.charset import SAMPLE, decode
from detector.settings import Settings

DELIMITERS = ",\t;|"
_LONGEST = (1 << 31) - 1  # what the csv module can be told


def survey(container: Container, start: int, task: Unpacking) -> Survey:
    """Unpack the whole file, in one step."""
    return unpack(container, task, _rows(container, task.settings))


def _rows(container: Container, settings: Settings) -> Iterator[Page]:
    csv.field_size_limit(min(_LONGEST, settings.max_file_bytes))
    with measured(container.uri, container.uri, container.size, settings) as stream:
        sample = stream.peek(SAMPLE)[:SAMPLE]
        encoding = decode(sample).encoding if sample else "utf-8"
        codec = "utf-8-sig" if encoding == "utf-8" else encoding
        text = io.TextIOWrapper(stream, codec, errors="replace", newline="")
        rows = csv.DictReader(_lines(text, settings), delimiter=_delimiter(sample, encoding))
        columns = choose_columns(rows.fieldnames or (), settings)
        for row in rows:
            place = f"{container.origin}#{rows.line_num}"
            yield page_of_row(row, columns, place, settings.max_file_bytes)


def read(container: Container, positions: Sequence[int], settings: Settings) -> Iterator[Page]:
    """Yield nothing: a file of rows has no places of its own."""
    return iter(())


def _lines(text: TextIO, settings: Settings) -> Iterator[str]:
    """Yield lines, the endless ones in pieces, so that none fills the memory."""
    return iter(partial(text.readline, settings.max_file_bytes), "")


def _delimiter(sample: bytes, encoding: str) -> str:
    """Return the separator that the line of names has most of."""
    names = sample.decode(encoding, "replace").partition("\n")[0]
    return max(DELIMITERS, key=names.count)
