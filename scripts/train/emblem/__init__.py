"""Training of the finder in `detector/marks/emblem.py`: python -m scripts.train.emblem.

Everything is drawn here, from shapes; no picture of an emblem or badge is copied. The drawings
live in memory only.
"""
