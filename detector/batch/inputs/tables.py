"""Batches of Arrow columns as pages; what Parquet and Arrow files, and engines, have in common."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pyarrow as pa

from detector.batch.inputs.columns import Columns, choose_columns, page_of_row
from detector.batch.values import Lane, Page, Place
from detector.settings import Settings


def pages_of_batch(batch: pa.RecordBatch, settings: Settings, origin: str = "") -> Iterator[Page]:
    """Yield each row of a batch as a page. Raises ReadError where no column holds pages."""
    columns = choose_columns(batch.schema.names, settings)
    for at, row in enumerate(rows_of(batch, columns)):
        yield page_of_row(row, columns, f"{origin}#{at}", settings.max_file_bytes)


def rows_of(batch: pa.RecordBatch, columns: Columns) -> Iterator[dict[str, Any]]:
    """Yield rows one by one: a batch of pages as Python objects would take twice the memory."""
    arrays = {
        name: batch.column(batch.schema.get_field_index(name)) for name in columns.names.values()
    }
    for at in range(batch.num_rows):
        yield {name: array[at].as_py() for name, array in arrays.items()}


def places_of_rows(first: int, count: int, size: int) -> list[Place]:
    """Return places for rows of about one size."""
    return [Place(first + at, size, Lane.TEXT) for at in range(count)]
