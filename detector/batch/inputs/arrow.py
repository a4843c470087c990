"""Arrow IPC, files (Feather) and streams: a position is a row."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager

import pyarrow as pa

from detector.batch.inputs.columns import choose_columns, page_of_row
from detector.batch.inputs.formats import Unpacking
from detector.batch.inputs.storage import open_file
from detector.batch.inputs.tables import places_of_rows, rows_of
from detector.batch.values import Container, Page, Place, Survey
from detector.settings import Settings

MAGIC = b"ARROW1"


def survey(container: Container, start: int, task: Unpacking) -> Survey:
    """List the rows of batch after batch."""
    places: list[Place] = []
    first = 0
    with _batches(container) as batches:
        try:
            for batch in batches:
                choose_columns(batch.schema.names, task.settings)
                skipped = min(batch.num_rows, max(0, start - first))
                size = batch.nbytes // max(1, batch.num_rows)
                places += places_of_rows(first + skipped, batch.num_rows - skipped, size)
                first += batch.num_rows
                if len(places) > task.settings.survey_pages:
                    break
            else:
                return Survey(tuple(places))
        except (pa.ArrowException, OSError):
            if not places:
                raise
            # The next step begins at the damage, and tells of it.
    places = places[: task.settings.survey_pages]
    return Survey(tuple(places), places[-1].position + 1)


def read(container: Container, positions: Sequence[int], settings: Settings) -> Iterator[Page]:
    """Yield the pages of rows in ascending order."""
    remaining = iter(positions)
    position = next(remaining, None)
    first = 0
    with _batches(container) as batches:
        for batch in batches:
            if position is None:
                return
            columns = choose_columns(batch.schema.names, settings)
            while position is not None and position < first + batch.num_rows:
                [row] = rows_of(batch.slice(position - first, 1), columns)
                place = f"{container.origin}#{position}"
                yield page_of_row(row, columns, place, settings.max_file_bytes)
                position = next(remaining, None)
            first += batch.num_rows


@contextmanager
def _batches(container: Container) -> Iterator[Iterator[pa.RecordBatch]]:
    with open_file(container.uri) as file:
        is_file = file.read(len(MAGIC)) == MAGIC
        file.seek(0)
        if is_file:
            reader = pa.ipc.open_file(file)
            yield (reader.get_batch(number) for number in range(reader.num_record_batches))
        else:
            yield iter(pa.ipc.open_stream(file))
