"""Parquet: a position is a row. Only the columns that hold pages are read, a group at a time."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby

import pyarrow.parquet as pq

from detector.batch.inputs.columns import Columns, choose_columns, page_of_row
from detector.batch.inputs.formats import Unpacking
from detector.batch.inputs.storage import open_file
from detector.batch.inputs.tables import places_of_rows, rows_of
from detector.batch.values import Container, Page, Place, Survey
from detector.settings import Settings

BATCH_ROWS = 256


def survey(container: Container, start: int, task: Unpacking) -> Survey:
    """List the rows, group by group; their sizes are means of their group."""
    with open_file(container.uri) as file:
        table = pq.ParquetFile(file)
        columns = choose_columns(table.schema_arrow.names, task.settings)
        places: list[Place] = []
        first = 0
        for number in range(table.num_row_groups):
            rows = table.metadata.row_group(number).num_rows
            if first + rows > start:
                size = _mean_size(table, number, columns)
                skipped = max(0, start - first)
                places += places_of_rows(first + skipped, rows - skipped, size)
            first += rows
            if len(places) >= task.settings.survey_pages:
                return _step(places, task.settings.survey_pages, table.metadata.num_rows)
    return Survey(tuple(places))


def read(container: Container, positions: Sequence[int], settings: Settings) -> Iterator[Page]:
    """Yield the pages of rows in ascending order."""
    with open_file(container.uri) as file:
        table = pq.ParquetFile(file)
        columns = choose_columns(table.schema_arrow.names, settings)
        bounds = _bounds(table)
        for group, rows in groupby(positions, key=lambda row: _group_of(bounds, row)):
            yield from _read_group(
                table, group, bounds[group], list(rows), columns, container, settings
            )


def _read_group(
    table: pq.ParquetFile,
    group: int,
    first: int,
    wanted: list[int],
    columns: Columns,
    container: Container,
    settings: Settings,
) -> Iterator[Page]:
    names = list(columns.names.values())
    remaining = iter(wanted)
    position = next(remaining, None)
    for batch in table.iter_batches(BATCH_ROWS, [group], names, use_threads=False):
        if position is None:
            return
        if position < first + batch.num_rows:
            for at, row in enumerate(rows_of(batch, columns), start=first):
                if at == position:
                    place = f"{container.origin}#{at}"
                    yield page_of_row(row, columns, place, settings.max_file_bytes)
                    position = next(remaining, None)
        first += batch.num_rows


def _step(places: list[Place], most: int, rows: int) -> Survey:
    then = places[:most][-1].position + 1
    return Survey(tuple(places[:most]), then if then < rows else None)


def _mean_size(table: pq.ParquetFile, group: int, columns: Columns) -> int:
    metadata = table.metadata.row_group(group)
    size = sum(
        metadata.column(at).total_uncompressed_size
        for at in range(metadata.num_columns)
        if metadata.column(at).path_in_schema.partition(".")[0] == columns.body
    )
    return int(size // max(1, metadata.num_rows))


def _bounds(table: pq.ParquetFile) -> list[int]:
    """Return the first row of each group, and the number of rows at the end."""
    bounds = [0]
    for number in range(table.num_row_groups):
        bounds.append(bounds[-1] + table.metadata.row_group(number).num_rows)
    return bounds


def _group_of(bounds: list[int], row: int) -> int:
    return next(at for at, end in enumerate(bounds[1:]) if row < end)
