"""Prefilter and automaton: texts to hits."""
