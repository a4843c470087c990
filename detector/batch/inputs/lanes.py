"""Which pages are pictures, and take a hundred times as long as the others."""

from __future__ import annotations

from detector.batch.values import Lane
from detector.read.formats import PDF, READERS

_SCANS = {name for name in READERS if name.startswith("image/")} | {PDF}
_ENDINGS = tuple(ending for name in _SCANS for ending in READERS[name].extensions)


def lane_of(media_type: str, name: str) -> Lane:
    """Tell by the declared media type, or else by the end of the name."""
    if media_type:
        return Lane.SCAN if media_type.startswith("image/") or media_type == PDF else Lane.TEXT
    return Lane.SCAN if name.lower().endswith(_ENDINGS) else Lane.TEXT
