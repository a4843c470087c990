"""WARC and WET (ISO 28500): a position is the offset of a record, compressed or not."""

from __future__ import annotations

import zlib
from collections.abc import Iterator, Sequence
from contextlib import suppress
from datetime import datetime
from typing import BinaryIO, Literal

from fastwarc.warc import ArchiveIterator, WarcRecord, WarcRecordType

from detector.batch.inputs.formats import Unpacking
from detector.batch.inputs.lanes import lane_of
from detector.batch.inputs.packed import BUFFER, most_unpacked, unpacks_to_too_much
from detector.batch.inputs.spool import rest_unread, unpack
from detector.batch.inputs.storage import open_file
from detector.batch.values import Container, Lane, Page, Place, Survey
from detector.errors import ProblemCode, ReadError
from detector.model import Problem
from detector.settings import Settings

DAMAGED = (OSError, EOFError, ValueError, RuntimeError, zlib.error)
GZIP_MAGIC, ZSTD_MAGIC, GZIP = b"\x1f\x8b\x08", b"\x28\xb5\x2f", 31  # zlib's sign for gzip
HELD = WarcRecordType.response | WarcRecordType.conversion | WarcRecordType.resource
ENCODINGS = ("content-encoding", "transfer-encoding")


def survey(container: Container, start: int, task: Unpacking) -> Survey:
    """List the records that hold pages.

    A file that was compressed as a whole has no offsets to go to: it is unpacked.
    """
    most = task.settings.survey_pages
    with open_file(container.uri) as file:
        file.seek(start)
        places: list[Place] = []
        then, rest = None, Survey()
        try:
            for record in _records(file):
                position = record.stream_pos  # in the file, wherever reading began
                if places and position <= places[-1].position:
                    return unpack(container, task, _unpacked(container, task.settings))
                if len(places) == most:
                    then = position
                    break
                if record.content_length or not record.is_http:
                    places.append(Place(position, record.content_length, _lane(record)))
            else:
                _check_end(file, places[-1].position if places else start)
        except DAMAGED as error:
            if not places:
                raise
            rest = unpack(container, task, [rest_unread(container, error)])
        if not _can_be_gone_to(file, places):
            return unpack(container, task, _unpacked(container, task.settings))
    if not places and start == 0 and container.size:
        raise ReadError(ProblemCode.DAMAGED, "其中没有可读的 WARC 记录。请检查文件是否完整。")
    return Survey(tuple(places), then, rest.containers)


def _can_be_gone_to(file: BinaryIO, places: Sequence[Place]) -> bool:
    """Tell whether records begin where their places say: not in what was packed as a whole."""
    file.seek(0)
    magic = file.read(len(GZIP_MAGIC))
    if magic not in (GZIP_MAGIC, ZSTD_MAGIC):
        return True
    for place in (*places[:2], *places[-1:]):
        file.seek(place.position)
        if file.read(len(magic)) != magic:
            return False
    return True


def _check_end(file: BinaryIO, start: int) -> None:
    """Raise EOFError where the last gzip member is cut off, which the parser takes for the end."""
    file.seek(start)
    member, data = zlib.decompressobj(GZIP), file.read(BUFFER)
    if not data.startswith(GZIP_MAGIC):
        return
    while data:
        member.decompress(data, BUFFER)
        data = member.unconsumed_tail or member.unused_data or file.read(BUFFER)
        if member.eof and data:
            member = zlib.decompressobj(GZIP)
    if not member.eof:
        raise EOFError


def read(container: Container, positions: Sequence[int], settings: Settings) -> Iterator[Page]:
    """Yield the page of each record; those that stand close are read in one go."""
    with open_file(container.uri) as file:
        records: Iterator[WarcRecord] = iter(())
        reached: int | None = None  # where `records` are, None where they are of no more use
        for position in positions:
            if reached is None or position - reached > BUFFER:
                file.seek(position)
                records = _records(file, "all")
            record = _find(records, position)
            if record is None:
                page = _page_at(file, position, container, settings)
            else:
                page = _page(record, container, position, settings.max_file_bytes)
            reached = None if record is None or page.problem else position
            yield page


def _find(records: Iterator[WarcRecord], position: int) -> WarcRecord | None:
    """Return the record that begins there, None where going on from the last one misses it."""
    with suppress(*DAMAGED):
        record = next((one for one in records if one.stream_pos >= position), None)
        if record is not None and record.stream_pos == position:
            return record
    return None


def _page_at(file: BinaryIO, position: int, container: Container, settings: Settings) -> Page:
    decodings: tuple[Literal["all", "none"], ...] = ("all", "none")
    for decode in decodings:  # a body that does not decode still has an address
        file.seek(position)
        try:
            record = next(_records(file, decode), None)
        except DAMAGED:
            continue
        if record is not None and record.stream_pos == position:
            if decode == "none":
                return _undecoded(record, container, position)
            return _page(record, container, position, settings.max_file_bytes)
    what = Problem(ProblemCode.DAMAGED, "此处没有可读的 WARC 记录。请重新取得原件。")
    return Page(f"{container.origin}#{position}", problem=what)


def _records(file: BinaryIO, decode: Literal["all", "none"] = "none") -> Iterator[WarcRecord]:
    return iter(ArchiveIterator(file, record_types=HELD, auto_decode=decode))


def _unpacked(container: Container, settings: Settings) -> Iterator[Page]:
    allowed = most_unpacked(container.size, settings)
    with open_file(container.uri) as file:
        for number, record in enumerate(_records(file, "all")):
            if record.content_length or not record.is_http:
                page = _page(record, container, number, settings.max_file_bytes)
                allowed -= len(page.data)
                if allowed < 0:
                    raise unpacks_to_too_much(container.size, settings)
                yield page


def _address(record: WarcRecord, container: Container, position: int) -> str:
    return record.headers.get("WARC-Target-URI") or f"{container.origin}#{position}"


def _undecoded(record: WarcRecord, container: Container, position: int) -> Page:
    what = "网页内容无法解压，未读。请重新抓取。"
    address, captured = _address(record, container, position), _moment(record.record_date)
    return Page(address, captured=captured, problem=Problem(ProblemCode.DAMAGED, what))


def _page(record: WarcRecord, container: Container, position: int, limit: int) -> Page:
    address = _address(record, container, position)
    captured = record.record_date
    media_type, charset = _declared(record)
    problem = None
    try:
        data = _body(record, limit)
    except DAMAGED as error:
        data = b""
        problem = Problem(
            ProblemCode.DAMAGED, f"网页内容无法解压（{type(error).__name__}），未读。请重新抓取。"
        )
    if len(data) > limit:
        what = f"超过 {limit} 字节的上限，未读。可调大设置 max_file_bytes。"
        data, problem = b"", Problem(ProblemCode.TOO_LARGE, what)
    elif problem is None and _is_cut(record, len(data)):
        what = "记录不完整（文件在此中断），只读到一部分。请重新取得原件。"
        data, problem = b"", Problem(ProblemCode.DAMAGED, what)
    elif problem is None and not data:
        problem = Problem(ProblemCode.EMPTY, "网页内容是空的（0 字节）。")
    return Page(address, data, media_type, charset, _moment(captured), problem)


def _body(record: WarcRecord, limit: int) -> bytes:
    """Return the body, or somewhat more than the limit of it.

    It comes in pieces because the library sets aside all that it is asked for.
    """
    pieces, size = [], 0
    while size <= limit and (piece := record.reader.read(BUFFER)):
        pieces.append(piece)
        size += len(piece)
    return b"".join(pieces)


def _is_cut(record: WarcRecord, size: int) -> bool:
    """Tell whether a record ends before the length that it says; bodies in codings say another."""
    headers = record.http_headers
    coded = headers is not None and any(headers.get(name) for name in ENCODINGS)
    return not coded and size < record.content_length


def _declared(record: WarcRecord) -> tuple[str, str]:
    """Return media type and charset as the server, or the archive, declared them."""
    if record.is_http and record.http_headers is not None:
        return (record.http_content_type or "").lower(), record.http_charset or ""
    media_type = (record.headers.get("Content-Type") or "").partition(";")[0].strip().lower()
    charset = "utf-8" if record.record_type == WarcRecordType.conversion else ""
    return media_type, charset


def _lane(record: WarcRecord) -> Lane:
    return lane_of(_declared(record)[0], record.headers.get("WARC-Target-URI") or "")


def _moment(captured: datetime | None) -> datetime | None:
    return captured.replace(microsecond=0) if captured is not None else None
