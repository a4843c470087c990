"""A small learned reader of compact texts: how likely each character breaks which rule."""

from detector.tagger.tagger import Reading, Tagged, Tagger

__all__ = ["Reading", "Tagged", "Tagger"]
