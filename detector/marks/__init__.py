"""Marks on a page: seals, emblems, codes, portraits."""
