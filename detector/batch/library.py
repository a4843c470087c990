"""Screening as a function of Arrow batches, for engines that bring their own workers.

Nothing here imports an engine: Spark's `mapInArrow`, Ray Data, Flink or a loop of one's own
call it alike (docs/cluster.md).
"""

from __future__ import annotations

from functools import cache

import pyarrow as pa

from detector.batch.inputs import pages_of_batch
from detector.batch.rows import Rows
from detector.batch.screener import Screener
from detector.scanner import Scanner


def screen(batch: pa.RecordBatch, scanner: Scanner | None = None) -> pa.Table:
    """Screen the pages of a batch and return their findings, one a row.

    Columns are chosen as for tables on disk: markup or text, and, where there are such, url,
    time, content_type and charset (settings `html_column` … name others). The result's columns
    are `detector.batch.schema.FINDINGS`; `position` is the row in the batch. Personal data is
    masked unless the settings say otherwise. A scanner is built once for a process where none
    is given. Raises ReadError where no column holds pages.
    """
    screener = _screener(scanner or _default_scanner())
    settings = screener.scanner.settings
    rows = Rows("", screener.scanner.rulebook.version, settings.keep_dismissed)
    pages = pages_of_batch(batch, settings)
    for position, one in enumerate(screener.screen(pages, settings.batch_passages)):
        rows.add(one.page, position, one.result, one.content, one.repeated)
    return rows.tables()[0]


@cache
def _default_scanner() -> Scanner:
    return Scanner()


@cache
def _screener(scanner: Scanner) -> Screener:
    return Screener(scanner)
