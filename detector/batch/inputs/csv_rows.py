"""CSV and TSV, in the encodings that offices use: unpacked, since rows have no offsets to go to."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from typing import TextIO

from detector.batch.inputs.columns import choose_columns, page_of_row
from detector.batch.inputs.formats import Unpacking
from detector.batch.inputs.packed import DAMAGED, measured
from detector.batch.inputs.spool import unpack
from detector.batch.values import Container, Page, Survey
from detector.errors import ProblemCode, ReadError
from detector.read.charset import SAMPLE, decode
from detector.settings import Settings

DELIMITERS = ",\t;|"
BYTE_ORDER_MARK = "\ufeff"
_LONGEST = (1 << 31) - 1  # what the csv module can be told


def survey(container: Container, start: int, task: Unpacking) -> Survey:
    """Unpack the whole file, in one step."""
    return unpack(container, task, _rows(container, task.settings))


def _rows(container: Container, settings: Settings) -> Iterator[Page]:
    encoding = _encoding(container, settings)
    with (
        _longest_field(min(_LONGEST, settings.max_file_bytes)),
        measured(container.uri, container.uri, container.size, settings) as stream,
    ):
        sample = stream.peek(SAMPLE)[:SAMPLE]
        text = io.TextIOWrapper(stream, encoding, errors="replace", newline="")
        rows = csv.DictReader(_lines(text, settings), delimiter=_delimiter(sample, encoding))
        columns = choose_columns(rows.fieldnames or (), settings)
        for row in rows:
            place = f"{container.origin}#{rows.line_num}"
            yield page_of_row(row, columns, place, settings.max_file_bytes)


@contextmanager
def _longest_field(characters: int) -> Iterator[None]:
    """Bound a field while rows are read: the bound is the whole process's."""
    before = csv.field_size_limit(characters)
    try:
        yield
    finally:
        csv.field_size_limit(before)


def read(container: Container, positions: Sequence[int], settings: Settings) -> Iterator[Page]:
    """Yield nothing: a file of rows has no places of its own."""
    return iter(())


def _lines(text: TextIO, settings: Settings) -> Iterator[str]:
    """Yield lines without a byte order mark. Raises ReadError for one that is past the limit."""
    limit = settings.max_file_bytes
    line = text.readline(limit).removeprefix(BYTE_ORDER_MARK)
    while line:
        if len(line) == limit and not line.endswith("\n"):
            what = f"有一行超过 {limit} 个字符的上限，其余未读。可调大设置 max_file_bytes。"
            raise ReadError(ProblemCode.TOO_LARGE, what)
        yield line
        line = text.readline(limit)


def _encoding(container: Container, settings: Settings) -> str:
    """Return the encoding, told from the first piece on that is not all ASCII."""
    sample = b""
    with (
        measured(container.uri, container.uri, container.size, settings) as stream,
        suppress(*DAMAGED),  # reading the rows comes upon it again, and tells
    ):
        while len(sample) < SAMPLE and (piece := stream.read1(SAMPLE)):
            if sample or not piece.isascii():
                sample += piece
    return decode(sample).encoding if sample else "utf-8"


def _delimiter(sample: bytes, encoding: str) -> str:
    """Return the separator that the line of names has most of."""
    names = sample.decode(encoding, "replace").partition("\n")[0]
    return max(DELIMITERS, key=names.count)
