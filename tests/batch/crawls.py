"""Small crawls made for tests, and a look into the folder that a screening leaves."""

from __future__ import annotations

import gzip
from collections.abc import Iterable, Iterator
from pathlib import Path

import pyarrow.parquet as pq

ADVERT = "电工证培训，签约包过，不过退费。"
PLAIN = "本店新到面包，欢迎品尝。第{}号公告：明日照常营业。"
DATE = "2024-03-01T08:00:00Z"


def pages(count: int) -> Iterator[tuple[str, bytes]]:
    """Yield addresses and bodies; every fifth page advertises, every seventh repeats the first."""
    for number in range(count):
        words = ADVERT if number % 5 == 0 else PLAIN.format(0 if number % 7 == 0 else number)
        body = (
            f"<html><head><title>第{number % 3}页</title></head><body><p>{words}</p></body></html>"
        )
        yield f"http://site{number % 4}.example.cn/{number}.html", body.encode()


def record(address: str, body: bytes, media: str = "text/html; charset=utf-8") -> bytes:
    """Return a WARC response record."""
    answer = f"HTTP/1.1 200 OK\r\nContent-Type: {media}\r\nContent-Length: {len(body)}\r\n\r\n"
    block = answer.encode() + body
    head = (
        "WARC/1.0\r\nWARC-Type: response\r\n"
        "WARC-Record-ID: <urn:uuid:12345678-1234-1234-1234-123456789abc>\r\n"
        f"WARC-Target-URI: {address}\r\nWARC-Date: {DATE}\r\n"
        f"Content-Type: application/http; msgtype=response\r\nContent-Length: {len(block)}\r\n\r\n"
    )
    return head.encode() + block + b"\r\n\r\n"


def write_warc(path: Path, given: Iterable[tuple[str, bytes]]) -> Path:
    """Write a WARC, one gzip member a record where its name says so."""
    pack = gzip.compress if path.suffix == ".gz" else bytes
    path.write_bytes(b"".join(pack(record(*page)) for page in given))
    return path


def rows(out: Path, folder: str, *columns: str) -> list[tuple]:
    """Return all rows of the parts that a folder's manifest names, sorted."""
    import json

    manifest = json.loads((out / "manifest.json").read_text("utf-8"))
    found = []
    for one in manifest["parts"]:
        table = pq.read_table(out / folder / f"{one['key']}.parquet")
        found += [tuple(row[name] for name in columns) for row in table.to_pylist()]
    return sorted(found, key=repr)


FINDING = ("address", "position", "fingerprint", "rule", "outcome", "start", "end", "surface")


def findings(out: Path) -> list[tuple]:
    """Return what was found, so that two screenings can be compared."""
    return rows(out, "findings", *FINDING)


def screened(out: Path) -> list[tuple]:
    """Return the pages, each with whether it was read."""
    return rows(out, "pages", "address", "position", "unread")
