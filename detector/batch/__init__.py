"""Whole crawls: containers of pages in, Parquet parts of findings out."""
