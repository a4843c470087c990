"""Screen a table of pages on Spark: `spark-submit spark_screen.py PAGES.parquet FINDINGS`.

For those who run Spark already. Each executor builds its rules once; nothing but Arrow batches
crosses between Spark and Python. What Spark does not have is the runner's care for single pages:
a page that ends its worker is tried again by Spark and then fails the job, so pages that are no
text (pictures, PDF) are better screened with `shanzhai screen`.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator

import pyarrow as pa

from detector import screen


def screen_batches(batches: Iterator[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
    """Screen the batches of one partition, as `DataFrame.mapInArrow` hands them over."""
    for batch in batches:
        yield from screen(batch).to_batches()


def main(pages: str, findings: str) -> None:
    """Read a Parquet table of pages and write one of findings."""
    from pyspark.sql import SparkSession
    from pyspark.sql.pandas.types import from_arrow_schema

    from detector.batch.schema import FINDINGS

    spark = SparkSession.builder.appName("shanzhai").getOrCreate()
    # A batch is what a worker holds at once: some hundred pages are enough to be quick.
    spark.conf.set("spark.sql.execution.arrow.maxRecordsPerBatch", 500)
    screened = spark.read.parquet(pages).mapInArrow(screen_batches, from_arrow_schema(FINDINGS))
    screened.write.mode("overwrite").parquet(findings)
    spark.stop()


if __name__ == "__main__":
    main(*sys.argv[1:])
