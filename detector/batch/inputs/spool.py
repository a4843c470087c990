"""What cannot be gone to at once, unpacked into Arrow files: a position is a row."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import count
from pathlib import Path
from typing import Any

import pyarrow as pa

from detector.batch.inputs.formats import Unpacking
from detector.batch.inputs.lanes import lane_of
from detector.batch.parts import UNFINISHED
from detector.batch.values import Container, Page, Place, Survey
from detector.errors import ProblemCode, ReadError
from detector.model import Problem
from detector.settings import Settings

SCHEMA = pa.schema(
    [
        ("address", pa.string()),
        ("data", pa.large_binary()),
        ("media_type", pa.string()),
        ("charset", pa.string()),
        ("captured", pa.timestamp("s", tz="UTC")),
        ("code", pa.string()),
        ("message", pa.string()),
    ]
)
FILE_BYTES = 256_000_000  # of pages in one file, so that work on the first can begin early


class Spool:
    """Writes pages into files beside each other, each whole or not at all."""

    def __init__(self, container: Container, task: Unpacking) -> None:
        """Unpack `container`; the files are named by its identity, so that they are found again."""
        self._container = container
        self._task = task
        self._files = count()
        self._rows: list[dict[str, Any]] = []
        self._batch_bytes = self._file_bytes = self._file_rows = 0
        self._writer: pa.RecordBatchFileWriter | None = None
        self._path = Path()
        self._done: list[Container] = []

    def add(self, page: Page) -> None:
        """Append a page."""
        self._rows.append(_row(page))
        self._batch_bytes += len(page.data)
        self._file_bytes += len(page.data)
        self._file_rows += 1
        settings = self._task.settings
        if self._batch_bytes >= settings.chunk_bytes or len(self._rows) >= settings.chunk_pages:
            self._write_batch()
        if self._file_bytes >= FILE_BYTES or self._file_rows >= settings.survey_pages:
            self._end_file()

    def close(self) -> tuple[Container, ...]:
        """End the last file and return the containers of all."""
        self._end_file()
        return tuple(self._done)

    def _write_batch(self) -> None:
        if self._writer is None:
            name = f"{self._container.identity}-{next(self._files):04d}.arrow"
            self._path = self._task.spool / name
            self._task.spool.mkdir(parents=True, exist_ok=True)
            self._writer = pa.ipc.new_file(self._unfinished(), SCHEMA)
        self._writer.write_batch(pa.RecordBatch.from_pylist(self._rows, schema=SCHEMA))
        self._rows, self._batch_bytes = [], 0

    def _end_file(self) -> None:
        if self._rows:
            self._write_batch()
        if self._writer is None:
            return
        self._writer.close()
        Path(self._unfinished()).replace(self._path)
        identity = self._path.stem
        size = self._path.stat().st_size
        origin = self._container.origin
        self._done.append(Container(str(self._path), "spool", identity, size, origin))
        self._writer, self._file_bytes, self._file_rows = None, 0, 0

    def _unfinished(self) -> str:
        return f"{self._path}{UNFINISHED}"


def unpack(container: Container, task: Unpacking, pages: Iterable[Page]) -> Survey:
    """Write pages into files; where they end in an error, those before it are kept.

    Raises that error where none came before it.
    """
    spool = Spool(container, task)
    for page in _with_rest(container, pages):
        spool.add(page)
    return Survey(containers=spool.close())


def rest_unread(container: Container, error: Exception) -> Page:
    """Return the page that stands for all that comes after an error."""
    if isinstance(error, ReadError):
        return Page(container.origin, problem=Problem(error.code, str(error)))
    what = f"文件在此损坏或中断（{type(error).__name__}），其余未读。请重新取得原件。"
    return Page(container.origin, problem=Problem(ProblemCode.DAMAGED, what))


def _with_rest(container: Container, pages: Iterable[Page]) -> Iterator[Page]:
    given = False
    try:
        for page in pages:
            yield page
            given = True
    except MemoryError:
        raise
    except Exception as error:  # parsers raise anything on bytes that they were not written for
        if not given:
            raise
        yield rest_unread(container, error)


def survey(container: Container, start: int, task: Unpacking) -> Survey:
    """List the rows of a file; they are few enough for one step."""
    places: list[Place] = []
    with pa.memory_map(container.uri) as source:
        reader = pa.ipc.open_file(source)
        for number in range(reader.num_record_batches):
            batch = reader.get_batch(number)
            sizes = pa.compute.binary_length(batch["data"]).to_pylist()
            rows = zip(
                sizes, batch["media_type"].to_pylist(), batch["address"].to_pylist(), strict=True
            )
            places += [
                Place(at, size, lane_of(media_type, address))
                for at, (size, media_type, address) in enumerate(rows, start=len(places))
            ]
    return Survey(tuple(places))


def read(container: Container, positions: Sequence[int], settings: Settings) -> Iterator[Page]:
    """Yield the pages of some rows."""
    with pa.memory_map(container.uri) as source:
        reader = pa.ipc.open_file(source)
        wanted = iter(positions)
        position = next(wanted, None)
        first = 0
        for number in range(reader.num_record_batches):
            batch = reader.get_batch(number)
            while position is not None and position < first + batch.num_rows:
                yield _page(batch.slice(position - first, 1).to_pylist()[0])
                position = next(wanted, None)
            first += batch.num_rows


def _row(page: Page) -> dict[str, Any]:
    row: dict[str, Any] = {name: getattr(page, name) for name in SCHEMA.names[:5]}
    row["address"] = page.address.encode("utf-8", "replace").decode()
    problem = page.problem
    return row | {
        "code": problem.code if problem else None,
        "message": problem.message if problem else None,
    }


def _page(row: dict[str, Any]) -> Page:
    code, message = row.pop("code"), row.pop("message")
    page = Page(**row)
    return replace(page, problem=Problem(code, message)) if code else page
