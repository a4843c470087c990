"""The values that cross the files of this room."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import NamedTuple

from detector.model import Problem

# Between the address of an archive and the name of its member, as in `crawl.zip!a/b.html`.
INSIDE = "!"


class Lane(StrEnum):
    """What reading a page takes: parsing alone, or pictures and the nets that read them."""

    TEXT = "text"
    SCAN = "scan"


@dataclass(frozen=True, slots=True)
class Page:
    """One document of a crawl as its container holds it.

    `address` is its URL, path, or `outer!inner`. `media_type` (lower case, no parameters) and
    `charset` are as they were declared outside the bytes, empty where they were not. Words
    that a column held come as UTF-8. A page that the container could not give has a `problem`.
    """

    address: str
    data: bytes = b""
    media_type: str = ""
    charset: str = ""
    captured: datetime | None = None
    problem: Problem | None = None


@dataclass(frozen=True, slots=True)
class Container:
    """A file that holds pages. `identity` is another one when its content is.

    `uri` is a path or an fsspec address; `origin` is what the user knows it by where it is a
    copy that was unpacked on the way, else equal to `uri`.
    """

    uri: str
    format: str
    identity: str
    size: int
    origin: str


class Place(NamedTuple):
    """Where a page stands in its container: a number that the format can go to at once."""

    position: int
    size: int  # bytes, as near as can be told without reading
    lane: Lane


@dataclass(frozen=True, slots=True)
class Survey:
    """One step of listing a container.

    `then` is where the next step begins, None at the end. `containers` hold what cannot be
    gone to at once and was unpacked.
    """

    places: tuple[Place, ...] = ()
    then: int | None = None
    containers: tuple[Container, ...] = ()


@dataclass(frozen=True, slots=True)
class Chunk:
    """Pages of one container that are screened together; `key` names their part for ever."""

    key: str
    container: Container
    positions: tuple[int, ...]
    lane: Lane


@dataclass(frozen=True, slots=True)
class Done:
    """What screening a chunk came to, in numbers."""

    pages: int
    unread: int
    report: int
    review: int
    seconds: float
