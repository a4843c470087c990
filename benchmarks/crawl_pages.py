"""A crawl to measure on: Chinese web pages as crawlers bring them, in several encodings.

Nothing in it was ever on the web. One page in twenty has a labelled case in it that findings are
expected of, and some have one without, so that ordinary talk of training occurs too. Copies have
the text of an earlier page under another address, with other scripts and other ids.
"""

from __future__ import annotations

import gzip
import json
import math
import random
import uuid
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import islice
from pathlib import Path
from typing import NamedTuple

import pyarrow as pa
import pyarrow.parquet as pq

from benchmarks.crawl_sites import SITES, TRACK, Site, Writer
from benchmarks.crawl_words import Fillers, Words, draw_fillers, draw_words

MEDIAN, SPREAD = 25_000, 0.85  # bytes of a page in UTF-8: log-normal, with a long tail
SHORTEST, LONGEST = 3_000, 300_000
TEXT_SHARE = 0.13, 0.36  # of the bytes; attributes and titles come on top
TELLING, HARMLESS = 0.05, 0.03  # pages with a labelled case
COPIES, COPIED_FROM = 0.08, 400  # how many earlier pages are kept to be copied
DAMAGED = 0.01
STRUCTURED = 0.3  # pages with JSON-LD
FREQUENT_HOSTS, HOST_TAIL = 3, 0.7  # the first has one page in twenty, most have one only
BEGAN = datetime(2026, 10, 1, tzinfo=UTC)
ROWS = 500  # a row group
COMPRESSION = 4


class Charset(NamedTuple):
    """How pages are encoded, what the header and the page itself say of it, and how many."""

    codec: str
    header: str
    meta: str
    share: float
    mark: bytes = b""


CHARSETS = (
    Charset("utf-8", "utf-8", "utf-8", 0.42),
    Charset("utf-8", "", "utf-8", 0.22),
    Charset("utf-8", "", "", 0.07),
    Charset("utf-8", "", "utf-8", 0.03, b"\xef\xbb\xbf"),
    Charset("utf-8", "", "gb2312", 0.01),
    Charset("gbk", "", "gb2312", 0.12),
    Charset("gbk", "gbk", "gbk", 0.06),
    Charset("gbk", "", "", 0.02),
    Charset("gbk", "utf-8", "gbk", 0.01),
    Charset("gbk", "iso-8859-1", "", 0.01),
    Charset("big5", "", "big5", 0.03),
)


@dataclass(frozen=True, slots=True)
class CrawledPage:
    """A page as it was fetched; `media` is what the header says of it."""

    address: str
    captured: datetime
    media: str
    body: bytes

    @property
    def declared(self) -> str:
        """Return the encoding that the header names, "" where it names none."""
        return self.media.partition("charset=")[2]


@dataclass(frozen=True, slots=True)
class _Content:
    """What a page and its copies have in common. `filling` is how long the rest of it is."""

    site: Site
    charset: Charset
    head: str
    body: str
    filling: int


def draw_crawl(count: int, seed: int = 20261125) -> Iterator[CrawledPage]:
    """Yield pages; the same seed gives the same pages."""
    chance = random.Random(seed)
    drawing = _Drawing(chance)
    kept: list[_Content] = []
    for number in range(count):
        is_copy = bool(kept) and chance.random() < COPIES
        content = chance.choice(kept) if is_copy else drawing.content()
        body = drawing.render(content)
        if not is_copy:
            if chance.random() < DAMAGED:
                body = _damaged(chance, body)
            else:
                _keep(chance, kept, content)
        captured = BEGAN + timedelta(seconds=3 * number + chance.randrange(3))
        header = content.charset.header
        media = f"text/html; charset={header}" if header else "text/html"
        yield CrawledPage(drawing.address(content.site, number), captured, media, body)


def _keep(chance: random.Random, kept: list[_Content], content: _Content) -> None:
    """Keep a page to be copied, in the place of any other, so that copies lie near and far."""
    if len(kept) < COPIED_FROM:
        kept.append(content)
    else:
        kept[chance.randrange(COPIED_FROM)] = content


def _damaged(chance: random.Random, body: bytes) -> bytes:
    """Break a few bytes, as bad lines and careless cutting do."""
    broken = bytearray(body)
    for at in chance.choices(range(len(body)), k=chance.randint(1, 3)):
        broken[at] = chance.randrange(0x80, 0x100)
    return bytes(broken)


class _Drawing:
    """Draws pages from the pieces that one seed gives."""

    def __init__(self, chance: random.Random) -> None:
        self._chance = chance
        self._words = draw_words(chance)
        self._traditional = self._words.traditional()
        self._fillers = draw_fillers(chance)
        self._shares = [charset.share for charset in CHARSETS]

    def content(self) -> _Content:
        """Draw what a page says, and how it is laid out and encoded."""
        chance = self._chance
        [charset] = chance.choices(CHARSETS, self._shares)
        words = self._traditional if charset.codec == "big5" else self._words
        size = min(max(chance.lognormvariate(math.log(MEDIAN), SPREAD), SHORTEST), LONGEST)
        characters = round(size * chance.uniform(*TEXT_SHARE) / len("字".encode()))
        writer = Writer(chance, words, characters, _case(chance, words))
        site = chance.choice(SITES)
        title = "".join(writer.phrase() for _ in range(2))
        body = "".join(site.body(writer, title))
        head = _head(writer, charset, title)
        filling = round(size) - len((head + body).encode())
        return _Content(site, charset, head, body, filling)

    def render(self, content: _Content) -> bytes:
        """Return a page with this content; scripts and ids are drawn anew each time."""
        styles, scripts = _filling(self._chance, self._fillers, content.filling)
        page = (
            f"<!DOCTYPE html>\n<html>\n<head>\n{content.head}{styles}</head>\n"
            f'<body class="{content.site.name}">\n{content.body}\n{scripts}</body>\n</html>\n'
        ).replace(TRACK, f"{self._chance.getrandbits(64):016x}")
        return content.charset.mark + page.encode(content.charset.codec, "xmlcharrefreplace")

    def address(self, site: Site, number: int) -> str:
        """Return an address on a host of the site's sort; a few hosts have most pages."""
        rank = int(FREQUENT_HOSTS * (self._chance.paretovariate(HOST_TAIL) - 1))
        day = f"{BEGAN - timedelta(days=number % 900):%Y/%m%d}"
        path = site.path.format(day=day, number=10_000 + number)
        return f"http://www.{site.name}{rank}.example{path}"


def _case(chance: random.Random, words: Words) -> str:
    """Return the labelled case of a page, "" where it has none."""
    drawn = chance.random()
    if drawn < TELLING:
        return chance.choice(words.telling)
    return chance.choice(words.harmless) if drawn < TELLING + HARMLESS else ""


def _head(writer: Writer, charset: Charset, title: str) -> str:
    name = writer.phrase()
    description = writer.phrase() + "，" + writer.phrase()
    lines = [
        f"<title>{title}_{name}</title>",
        f'<meta name="keywords" content="{",".join(writer.phrase() for _ in range(5))}">',
        f'<META NAME="description" CONTENT="{description}">',
        f'<meta property="og:title" content="{title}">',
        '<link rel="stylesheet" href="/css/style.css"/>',
    ]
    if charset.meta:
        said = f"text/html; charset={charset.meta}"
        lines.insert(0, f'<meta http-equiv="Content-Type" content="{said}">')
    if writer.chance.random() < STRUCTURED:
        facts = {"@context": "https://schema.org", "headline": title, "description": description}
        document = json.dumps(facts, ensure_ascii=False)
        lines.append(f'<script type="application/ld+json">{document}</script>')
    return "\n".join(lines) + "\n"


def _filling(chance: random.Random, fillers: Fillers, size: int) -> tuple[str, str]:
    """Draw styles, then scripts and pictures, that are together about `size` bytes long."""
    styles: list[str] = []
    others: list[str] = []
    while size > 0:
        [sort] = chance.choices((fillers.styles, fillers.scripts, fillers.pictures), (1, 3, 3))
        drawn = chance.choice(sort)
        (styles if sort is fillers.styles else others).append(drawn)
        size -= len(drawn)
    return "".join(styles), "".join(others)


def write_warc(pages: Iterable[CrawledPage], path: Path) -> None:
    """Write pages as responses (ISO 28500), each record a gzip member of its own."""
    with path.open("wb") as file:
        for page in pages:
            file.write(gzip.compress(_record(page), COMPRESSION, mtime=0))


def _record(page: CrawledPage) -> bytes:
    response = (
        f"HTTP/1.1 200 OK\r\nServer: nginx\r\nContent-Type: {page.media}\r\n"
        f"Content-Length: {len(page.body)}\r\n\r\n"
    ).encode() + page.body
    header = (
        f"WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: {page.address}\r\n"
        f"WARC-Date: {page.captured:%Y-%m-%dT%H:%M:%SZ}\r\n"
        f"WARC-Record-ID: <{uuid.uuid5(uuid.NAMESPACE_URL, page.address).urn}>\r\n"
        "Content-Type: application/http; msgtype=response\r\n"
        f"Content-Length: {len(response)}\r\n\r\n"
    )
    return header.encode() + response + b"\r\n\r\n"


SCHEMA = pa.schema(
    [
        ("url", pa.string()),
        ("html", pa.binary()),
        ("content_type", pa.string()),
        ("fetched", pa.timestamp("s", "UTC")),
    ]
)


def write_parquet(pages: Iterable[CrawledPage], path: Path) -> None:
    """Write pages as rows of a table."""
    remaining = iter(pages)
    with pq.ParquetWriter(path, SCHEMA) as writer:
        while rows := list(islice(remaining, ROWS)):
            columns = zip(*((p.address, p.body, p.media, p.captured) for p in rows), strict=True)
            writer.write_batch(pa.record_batch([list(c) for c in columns], schema=SCHEMA))
