"""One large scan, for measuring how much memory reading it takes."""

from __future__ import annotations

import io
import random

from benchmarks.drawn import certificates, wear, wording


def draw_large(megapixels: float) -> bytes:
    """Return the JPEG of an upright certificate of that many millions of pixels."""
    chance = random.Random(f"large {megapixels}")
    said = wording.simplified(chance, lawful=False)
    sheet = certificates.table(chance, (megapixels * 1e6 / (210 * 297)) ** 0.5, said)
    wear.skew(sheet, chance)
    held = io.BytesIO()
    sheet.image.save(held, "JPEG", quality=85)
    return held.getvalue()
