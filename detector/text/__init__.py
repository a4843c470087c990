"""Characters, normalising with exact maps back, and word borders."""

from detector.text.borders import Borders
from detector.text.normalise import Normalised, Normaliser

__all__ = ["Borders", "Normalised", "Normaliser"]
