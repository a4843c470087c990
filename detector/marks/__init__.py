"""Marks on a page: seals, emblems, codes, portraits."""

from detector.marks.finder import MarkFinder, load_finder

__all__ = ["MarkFinder", "load_finder"]
