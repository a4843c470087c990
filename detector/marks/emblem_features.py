"""Directions of edges in small cells, which is what the emblem finder looks at.

A direction and its opposite count as one, and each cell is compared with its surroundings: gold
on red, red on white, black line art and a pale watermark of the same drawing look alike.
"""

from __future__ import annotations

from typing import TypeAlias

import cv2
import numpy as np
from numpy.typing import NDArray

from detector.ocr.engine import Pixels

Floats: TypeAlias = NDArray[np.float32]

BINS = 8  # directions of edges, 22.5 degrees apart
# How much of red, green and blue: gold on white, gold on red and gold on blue all keep contrast.
MIX = (0.25, 0.45, 0.30)
_SHARP = np.float32(0.7)  # cosine at which the next direction takes over
_NOISE = np.float32(2.0)  # grey levels of slope that are no edge yet: paper and JPEG
_NEAR = 2  # cells on each side that a cell is compared with
_STRIP = 96  # rows worked at once, so that they stay in the processor's cache


def grey(page: Pixels) -> Pixels:
    """Return the plane (h, w) of an RGB page (h, w, 3) that edges are looked for in."""
    plane = cv2.transform(page, np.array([MIX], np.float32))
    return np.asarray(plane, np.uint8).reshape(page.shape[:2])


def describe(planes: Pixels, cell: int) -> Floats:
    """Return (..., h/cell, w/cell, BINS) for grey planes (..., h, w), multiples of cell."""
    *lead, height, width = planes.shape
    pixels = planes.astype(np.float32)
    across, down = np.zeros_like(pixels), np.zeros_like(pixels)
    across[..., 1:-1] = pixels[..., 2:] - pixels[..., :-2]
    down[..., 1:-1, :] = pixels[..., 2:, :] - pixels[..., :-2, :]
    across, down = across.reshape(-1, width), down.reshape(-1, width)
    step = _STRIP // cell * cell
    strips = [
        _pooled(across[top : top + step], down[top : top + step], cell)
        for top in range(0, len(across), step)
    ]
    cells = np.concatenate(strips).reshape(*lead, height // cell, width // cell, BINS)
    return _compared(cells)


def _pooled(across: Floats, down: Floats, cell: int) -> Floats:
    """Return the mean strength of each direction by cell: (rows, columns, BINS)."""
    size = (across.shape[1] // cell, across.shape[0] // cell)
    strength = np.sqrt(across * across + down * down) + np.float32(1e-6)
    # Twice the angle makes a direction and its opposite the same.
    level = (across * across - down * down) / strength
    slant = across * down
    slant *= np.float32(2) / strength
    strength *= _SHARP
    cells = np.empty((size[1], size[0], BINS), np.float32)
    half = BINS // 2
    for number in range(half):
        angle = np.pi * number / half
        along = np.float32(np.cos(angle)) * level + np.float32(np.sin(angle)) * slant
        for place, signed in ((number, along), (number + half, -along)):
            signed = signed - strength
            np.maximum(signed, 0, out=signed)
            cells[..., place] = cv2.resize(signed, size, interpolation=cv2.INTER_AREA)
    cells *= 1 / (1 - _SHARP)
    return cells


def _compared(cells: Floats) -> Floats:
    """Return the root of each cell's share in the strength around it."""
    strength = _mean_near(_mean_near(cells.sum(axis=-1)).swapaxes(-1, -2)).swapaxes(-1, -2)
    result: Floats = np.sqrt(cells / (strength[..., None] + _NOISE))
    return result


def _mean_near(values: Floats) -> Floats:
    """Return the mean of each value and its neighbours along the last axis."""
    edges = [(0, 0)] * (values.ndim - 1) + [(_NEAR, _NEAR)]
    padded = np.pad(values, edges, "edge")
    total = np.zeros_like(values)
    for shift in range(2 * _NEAR + 1):
        total += padded[..., shift : shift + values.shape[-1]]
    return total / np.float32(2 * _NEAR + 1)


def cut_windows(plane: Pixels, places: NDArray[np.floating], side: int) -> Pixels:
    """Return squares (n, side, side) of a plane, each made as large as `side`.

    `places` (n, 3) holds middle x, middle y and the side in pixels of the plane.
    """
    windows = np.empty((len(places), side, side), np.uint8)
    for window, (x, y, size) in zip(windows, places.tolist(), strict=True):
        whole = max(2, round(size))
        part = cv2.getRectSubPix(plane, (whole, whole), (x - 0.5, y - 0.5))
        how = cv2.INTER_AREA if whole > side else cv2.INTER_LINEAR
        window[:] = cv2.resize(part, (side, side), interpolation=how)
    return windows
