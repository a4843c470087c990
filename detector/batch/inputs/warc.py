"""WARC and WET (ISO 28500): a position is the offset of a record, compressed or not."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import BinaryIO

from fastwarc.warc import ArchiveIterator, WarcRecord, WarcRecordType

from detector.batch.inputs.formats import Unpacking
from detector.batch.inputs.lanes import lane_of
from detector.batch.inputs.spool import Spool
from detector.batch.inputs.storage import open_file
from detector.batch.values import Container, Lane, Page, Place, Survey
from detector.errors import ProblemCode, ReadError
from detector.model import Problem
from detector.settings import Settings

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
        for record in _records(file, parse=True):
            position = record.stream_pos  # in the file, wherever reading began
            if places and position <= places[-1].position:
                return _unpack(container, task)
            if len(places) == most:
                return Survey(tuple(places), position)
            if record.content_length or not record.is_http:
                places.append(Place(position, record.content_length, _lane(record)))
    if not places and start == 0 and container.size:
        raise ReadError(ProblemCode.DAMAGED, "其中没有可读的 WARC 记录。请检查文件是否完整。")
    return Survey(tuple(places))


def read(container: Container, positions: Sequence[int], settings: Settings) -> Iterator[Page]:
    """Yield the page of each record."""
    with open_file(container.uri) as file:
        for position in positions:
            file.seek(position)
            record = next(iter(_records(file, parse=True)), None)
            if record is None:
                what = Problem(ProblemCode.DAMAGED, "此处没有可读的 WARC 记录。请重新取得原件。")
                yield Page(f"{container.origin}#{position}", problem=what)
            else:
                yield _page(record, container, position, settings.max_file_bytes)


def _records(file: BinaryIO, *, parse: bool) -> Iterator[WarcRecord]:
    return ArchiveIterator(file, record_types=HELD, parse_http=parse, auto_decode="all")


def _unpack(container: Container, task: Unpacking) -> Survey:
    spool = Spool(container, task)
    with open_file(container.uri) as file:
        for number, record in enumerate(_records(file, parse=True)):
            spool.add(_page(record, container, number, task.settings.max_file_bytes))
    return Survey(containers=spool.close())


def _page(record: WarcRecord, container: Container, position: int, limit: int) -> Page:
    address = record.headers.get("WARC-Target-URI") or f"{container.origin}#{position}"
    captured = record.record_date
    media_type, charset = _declared(record)
    problem = None
    try:
        data = record.reader.read(limit + 1)
    except (OSError, ValueError) as error:
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
