"""Small containers made for tests, listed and read to the end."""

from __future__ import annotations

import gzip
import io
import json
import tarfile
import zipfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from detector.batch.inputs import find_containers, read_pages, survey
from detector.batch.values import Container, Page, Place
from detector.settings import Settings

STEP = replace(Settings(), survey_pages=3)
ADDRESSES = [f"http://a.example.cn/{number}" for number in range(7)]
BODIES = [f"<p>第{number}页，{'签约包过' * number}</p>" for number in range(7)]
ROWS = [{"url": a, "html": b} for a, b in zip(ADDRESSES, BODIES, strict=True)]


@dataclass
class Listed:
    """One container and all its places."""

    container: Container
    places: list[Place]

    def read(self, settings: Settings = STEP) -> list[Page]:
        return list(read_pages(self.container, [p.position for p in self.places], settings))


def list_all(path: str | Path, spool: Path, settings: Settings = STEP) -> list[Listed]:
    """List what an input holds, unpacked containers behind the one that held them."""
    spool.mkdir(exist_ok=True)
    waiting = list(find_containers([str(path)], settings, spool))
    done = []
    while waiting:
        container, places, start = waiting.pop(0), [], 0
        while start is not None:
            step = survey(container, start, settings, spool)
            places += step.places
            waiting += step.containers
            start = step.then
        done.append(Listed(container, places))
    return done


def read_all(path: str | Path, spool: Path, settings: Settings = STEP) -> list[Page]:
    return [page for one in list_all(path, spool, settings) for page in one.read(settings)]


def problems(pages: Iterable[Page]) -> dict[str, str]:
    """Return the pages that were not read: the end of their address and why."""
    return {p.address.rpartition("/")[2]: str(p.problem.code) for p in pages if p.problem}


def read_addresses(pages: Iterable[Page]) -> list[str]:
    return [p.address for p in pages if not p.problem]


def record(address: str, body: bytes, headers: str = "Content-Type: text/html") -> bytes:
    """Return a WARC response record."""
    block = f"HTTP/1.1 200 OK\r\n{headers}\r\nContent-Length: {len(body)}\r\n\r\n".encode() + body
    return warc_record("response", address, block, "application/http; msgtype=response")


def warc_record(kind: str, address: str, block: bytes, media_type: str) -> bytes:
    head = (
        f"WARC/1.0\r\nWARC-Type: {kind}\r\nWARC-Target-URI: {address}\r\n"
        "WARC-Record-ID: <urn:uuid:12345678-1234-1234-1234-123456789abc>\r\n"
        "WARC-Date: 2024-03-01T08:00:00Z\r\n"
        f"Content-Type: {media_type}\r\nContent-Length: {len(block)}\r\n\r\n"
    )
    return head.encode() + block + b"\r\n\r\n"


def records() -> list[bytes]:
    return [record(a, b.encode()) for a, b in zip(ADDRESSES, BODIES, strict=True)]


def warc_gz() -> bytes:
    return b"".join(gzip.compress(one) for one in records())


def lines() -> list[bytes]:
    return [json.dumps(row, ensure_ascii=False).encode() + b"\n" for row in ROWS]


def zip_of(members: Iterable[tuple[str, bytes]]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members:
            archive.writestr(name, data)
    return out.getvalue()


def tar_of(members: Iterable[tuple[str, bytes]]) -> bytes:
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w") as archive:
        for name, data in members:
            info = tarfile.TarInfo(name)
            info.size = len(data)
            archive.addfile(info, io.BytesIO(data))
    return out.getvalue()


def members() -> Iterator[tuple[str, bytes]]:
    for number, body in enumerate(BODIES):
        yield f"页/{number}.html", body.encode()
