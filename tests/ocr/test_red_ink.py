"""Red ink on a page: what is taken off and what stays."""

from __future__ import annotations

import numpy as np

from detector.ocr.red_ink import without_red_ink

PAPER, INK, SEAL, BOTH, BRIGHT = (
    (250, 250, 248), (20, 20, 20), (214, 40, 44), (30, 8, 9), (255, 0, 0),
)  # fmt: skip


def page(patch: tuple[int, int, int], share: float = 0.1) -> np.ndarray:
    """Return a page whose first rows, of that share, show one colour."""
    pixels = np.full((200, 100, 3), PAPER, np.uint8)
    pixels[: int(200 * share)] = patch
    return pixels


def test_a_seal_fades_and_text_below_it_stays_dark() -> None:
    stamped = page(SEAL)
    stamped[5:10, 20:40] = BOTH
    cleaned = without_red_ink(stamped)
    assert cleaned[0, 0].min() > 200
    assert cleaned[7, 30].max() < 60


def test_bright_red_stays_darker_than_paper() -> None:
    assert without_red_ink(page(BRIGHT))[0, 0].max() < 230


def test_other_colours_stay_as_they_are() -> None:
    for colour in (INK, (20, 60, 200), (240, 200, 40), (30, 140, 60)):
        assert np.array_equal(without_red_ink(page(colour)), page(colour))


def test_a_page_full_of_red_stays_as_it_is() -> None:
    poster = page(SEAL, share=0.4)
    assert np.array_equal(without_red_ink(poster), poster)
