"""Marks on pages that say who stands behind them: seals."""

from detector.marks.seals import Seal, find_seals

__all__ = ["Seal", "find_seals"]
