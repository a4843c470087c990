"""What stands on a drawn page: the values that the readings are measured against.

Polygons are four corners, clockwise from the text's own top left, as shares (0 to 1) of the
width and height of the picture as its file holds it; so they hold at any rendering.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from urllib.parse import urlsplit

Corners = tuple[tuple[float, float], ...]


@dataclass(frozen=True, slots=True)
class Written:
    """A piece of text that a reader sees as one line."""

    text: str
    polygon: Corners
    page: int = 0


@dataclass(frozen=True, slots=True)
class Seal:
    """A seal: the text along its rim (of a square one all of it) and the lines within."""

    arc: str
    polygon: Corners
    inner: tuple[str, ...] = ()
    shape: str = "round"
    ink: str = "red"
    page: int = 0


@dataclass(frozen=True, slots=True)
class Emblem:
    """The national emblem; `style` is how it is printed."""

    style: str
    polygon: Corners
    page: int = 0


@dataclass(frozen=True, slots=True)
class Code:
    """A QR code or a bar code and what it says."""

    content: str
    polygon: Corners
    symbology: str = "qr"
    page: int = 0

    @property
    def host(self) -> str:
        """Return the host of the address it holds, empty where it holds none."""
        return host_of(self.content)


@dataclass(frozen=True, slots=True)
class Page:
    """A drawn file and the truth about it. `terms` are listed terms, as often as they stand.

    `lawful` marks a certificate in the standard form that a filed body issued as it should.
    `decoys` name what might be taken for an emblem or a seal and is none.
    """

    kind: str
    seed: int
    suffix: str
    data: bytes
    lines: tuple[Written, ...]
    terms: tuple[str, ...] = ()
    seals: tuple[Seal, ...] = ()
    emblems: tuple[Emblem, ...] = ()
    codes: tuple[Code, ...] = ()
    fields: Mapping[str, str] = field(default_factory=dict)
    portraits: tuple[Corners, ...] = ()
    lawful: bool = False
    decoys: tuple[str, ...] = ()
    pages: int = 1
    look: str = ""

    @property
    def name(self) -> str:
        """Return the name that its file goes by."""
        return f"{self.kind}-{self.seed:03d}{self.suffix}"

    @property
    def text(self) -> str:
        """Return the lines below each other, in reading order."""
        return "\n".join(line.text for line in self.lines)


def host_of(address: str) -> str:
    """Return the host of an address with or without a scheme, empty for other text."""
    if "://" in address:
        return urlsplit(address).hostname or ""
    head = address.partition("/")[0]
    return head if "." in head else ""
