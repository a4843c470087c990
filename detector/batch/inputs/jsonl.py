"""JSON Lines: a position is the offset of a line; compressed files are unpacked."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from typing import BinaryIO

from detector.batch.inputs.columns import Columns, choose_columns, page_of_row
from detector.batch.inputs.formats import Unpacking
from detector.batch.inputs.packed import is_packed, measured
from detector.batch.inputs.spool import unpack
from detector.batch.inputs.storage import open_file
from detector.batch.values import Container, Lane, Page, Place, Survey
from detector.errors import ProblemCode, ReadError
from detector.model import Problem
from detector.settings import Settings


def survey(container: Container, start: int, task: Unpacking) -> Survey:
    """List the lines that are not blank; a compressed file is unpacked, all of it in one step."""
    if is_packed(container.uri):
        return unpack(container, task, _unpacked(container, task.settings))
    places: list[Place] = []
    with open_file(container.uri) as file:
        file.seek(start)
        position = start
        while size := _skip_line(file, task.settings.max_file_bytes):
            if len(places) == task.settings.survey_pages:
                return Survey(tuple(places), position)
            places.append(Place(position, size, Lane.TEXT))
            position += size
    return Survey(tuple(places))


def read(container: Container, positions: Sequence[int], settings: Settings) -> Iterator[Page]:
    """Yield the pages of some lines."""
    with open_file(container.uri) as file:
        for position in positions:
            file.seek(position)
            line = file.readline(settings.max_file_bytes + 1)
            yield page_of_line(line, f"{container.origin}#{position}", settings)


def page_of_line(line: bytes, place: str, settings: Settings) -> Page:
    """Return the page of a line; one that is no JSON object has a problem."""
    limit = settings.max_file_bytes
    if len(line) > limit:
        what = f"这一行超过 {limit} 字节的上限，未读。可调大设置 max_file_bytes。"
        return Page(place, problem=Problem(ProblemCode.TOO_LARGE, what))
    if not line.strip():
        return Page(place, problem=Problem(ProblemCode.EMPTY, "这一行是空的。"))
    try:
        row = json.loads(line)
    except (ValueError, RecursionError):
        row = None
    if not isinstance(row, dict):
        what = "这一行不是有效的 JSON 对象，未读。请检查文件是否完整。"
        return Page(place, problem=Problem(ProblemCode.DAMAGED, what))
    try:
        columns: Columns = choose_columns(row, settings)
    except ReadError as error:
        return Page(place, problem=Problem(error.code, str(error)))
    return page_of_row(row, columns, place, limit)


def _skip_line(file: BinaryIO, most: int) -> int:
    """Read past a line, however long, and return its size."""
    size = 0
    while piece := file.readline(most):
        size += len(piece)
        if piece.endswith(b"\n"):
            break
    return size


def _unpacked(container: Container, settings: Settings) -> Iterator[Page]:
    with measured(container.uri, container.uri, container.size, settings) as stream:
        number = 1
        while line := stream.readline(settings.max_file_bytes + 1):
            yield page_of_line(line, f"{container.origin}#{number}", settings)
            number += 1
