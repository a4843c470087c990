"""Pictures to the bytes of their files."""

from __future__ import annotations

import io
from collections.abc import Sequence

from PIL import Image

ORIENTATION = 0x0112  # the EXIF tag that says how the camera was held


def jpeg(picture: Image.Image, quality: int = 72, orientation: int = 1) -> bytes:
    """Return a JPEG; an orientation other than 1 goes into its EXIF data."""
    exif = Image.Exif()
    exif[ORIENTATION] = orientation
    extra = {"exif": exif.tobytes()} if orientation != 1 else {}
    return _saved(picture, "JPEG", quality=quality, optimize=True, **extra)


def png(picture: Image.Image, colours: int = 0) -> bytes:
    """Return a PNG, with a palette of that many colours where one is asked for."""
    if colours:
        picture = _palette(picture, colours)
    return _saved(picture, "PNG", optimize=True)


def webp(picture: Image.Image, quality: int = 70) -> bytes:
    """Return a lossy WebP."""
    return _saved(picture, "WEBP", quality=quality, method=6)


def gif(picture: Image.Image, colours: int = 64) -> bytes:
    """Return a GIF of one frame."""
    return _saved(_palette(picture, colours), "GIF", optimize=True)


def bmp(picture: Image.Image) -> bytes:
    """Return a BMP in the picture's own mode."""
    return _saved(picture, "BMP", dpi=(150, 150))


def tiff(pages: Sequence[Image.Image]) -> bytes:
    """Return a TIFF that holds `pages` in their order."""
    first, *rest = pages
    return _saved(
        first, "TIFF", save_all=True, append_images=rest, compression="jpeg", dpi=(150, 150)
    )


def _palette(picture: Image.Image, colours: int) -> Image.Image:
    # Two rounds of clustering keep the red of a seal red among much white.
    method, plain = Image.Quantize.MAXCOVERAGE, Image.Dither.NONE
    return picture.quantize(colours, method, kmeans=2, dither=plain)


def _saved(picture: Image.Image, form: str, **options: object) -> bytes:
    held = io.BytesIO()
    picture.save(held, form, **options)
    return held.getvalue()
