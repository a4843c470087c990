"""Whether an element of a page can be seen, and how it stands in the line.

Only what stands at the element itself is looked at: its tag, the `hidden` attribute and its
inline style. `aria-hidden` is no sign: such text is on the screen for everyone to see.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from enum import StrEnum


class Flow(StrEnum):
    """How an element stands in the text.

    Within the line, on lines of its own, as a cell, or small above what it explains.
    """

    INLINE = "inline"
    BLOCK = "block"
    CELL = "cell"
    GLOSS = "gloss"


@dataclass(frozen=True, slots=True)
class Look:
    """What an element inherits from those around it.

    `gone` cannot be undone inside; the others can. `verbatim` keeps white space.
    """

    gone: bool = False
    invisible: bool = False
    clear: bool = False
    tiny: bool = False
    verbatim: bool = False

    @property
    def hidden(self) -> bool:
        """Tell whether a visitor cannot see the text."""
        return self.gone or self.invisible or self.clear or self.tiny


# Elements that stand on lines of their own (HTML standard, 15.3 "Non-replaced elements").
BLOCKS = frozenset(
    "address article aside blockquote body button caption center dd details dialog "  # noqa: SIM905
    "dir div dl dt fieldset figcaption figure footer form frameset h1 h2 h3 h4 h5 h6 header "
    "hgroup hr html legend li listing main menu nav ol optgroup option p plaintext pre search "
    "section select summary table tbody textarea tfoot thead tr ul xmp".split()
)
FLOWS = {
    **dict.fromkeys(BLOCKS, Flow.BLOCK),
    **dict.fromkeys(("td", "th"), Flow.CELL),
    "rt": Flow.GLOSS,
}
VERBATIM = frozenset({"pre", "textarea", "listing", "xmp", "plaintext"})
UNSEEN = frozenset({"noscript", "datalist"})  # nobody sees these in a usual browser
INLINE_DISPLAYS = frozenset({"inline", "inline-block", "inline-flex", "inline-grid", "contents"})
BLOCK_DISPLAYS = frozenset({"block", "flex", "grid", "table", "table-row", "list-item"})

OFF_SCREEN = -900.0  # pixels: pages push text about this far out of sight, or much farther
LEGIBLE = 1.0  # pixels of font size below which nothing can be read
TRANSPARENT = 0.02
_MOVERS = ("left", "top", "right", "bottom", "text-indent", "margin-left", "margin-top")
_LENGTH = re.compile(r"([-+]?(?:\d+\.?\d*|\.\d+))\s*([a-z%]*)$")
# Pixels for each unit, with the usual 16 pixels of text; a percentage is of that size.
_UNITS = {"": 1.0, "px": 1.0, "pt": 4 / 3, "em": 16.0, "rem": 16.0, "%": 0.16, "vw": 10.0}


def look_at(tag: str, attributes: Mapping[str, str | None], around: Look) -> tuple[Look, Flow]:
    """Return how an element looks, given the look of the element around it."""
    look = replace(around, verbatim=True) if tag in VERBATIM else around
    if tag in UNSEEN or "hidden" in attributes:
        look = replace(look, gone=True)
    flow = FLOWS.get(tag, Flow.INLINE)
    written = attributes.get("style")
    if not written:
        return look, flow
    style = _declarations(written)
    return _styled(look, style), _displayed(flow, style.get("display", ""))


def _declarations(style: str) -> dict[str, str]:
    pairs = (part.partition(":") for part in style.lower().split(";"))
    return {
        name.strip(): value.replace("!important", "").strip() for name, _, value in pairs if value
    }


def _displayed(flow: Flow, display: str) -> Flow:
    if display in INLINE_DISPLAYS:
        return Flow.INLINE
    return Flow.BLOCK if display in BLOCK_DISPLAYS else flow


def _styled(look: Look, style: Mapping[str, str]) -> Look:
    if visibility := style.get("visibility"):
        look = replace(look, invisible=visibility in ("hidden", "collapse"))
    if colour := style.get("color"):
        look = replace(look, clear=colour == "transparent" and not _is_cut_out(style))
    if (size := _pixels(style.get("font-size", ""))) is not None:
        look = replace(look, tiny=size < LEGIBLE)
    if "white-space" in style:
        look = replace(look, verbatim=style["white-space"].startswith("pre"))
    return replace(look, gone=look.gone or _is_gone(style))


def _is_cut_out(style: Mapping[str, str]) -> bool:
    """Tell whether the background shows through the letters, as in headlines of many colours."""
    return "text" in (style.get("background-clip"), style.get("-webkit-background-clip"))


def _is_gone(style: Mapping[str, str]) -> bool:
    opacity = _pixels(style.get("opacity", ""))
    return (
        style.get("display") == "none"
        or (opacity is not None and opacity < TRANSPARENT)
        or re.match(r"rect\(\s*(0|1px)", style.get("clip", "")) is not None
        or _is_off_screen(style)
        or _is_shut(style)
    )


def _is_off_screen(style: Mapping[str, str]) -> bool:
    moves = (_pixels(style.get(name, "")) for name in _MOVERS)
    return any(move is not None and move <= OFF_SCREEN for move in moves)


def _is_shut(style: Mapping[str, str]) -> bool:
    """Tell whether an element has no room and shows nothing beyond it."""
    sizes = [_pixels(style.get(name, "")) for name in ("width", "height", "max-height")]
    return style.get("overflow", "") == "hidden" and any(size == 0 for size in sizes)


def _pixels(value: str) -> float | None:
    found = _LENGTH.match(value)
    if not found or found[2] not in _UNITS:
        return None
    return float(found[1]) * _UNITS[found[2]]
