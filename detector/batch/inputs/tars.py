"""Tar archives: a position is the offset of a member; compressed ones are unpacked."""

from __future__ import annotations

import tarfile
from collections.abc import Iterator, Sequence
from typing import IO

from detector.batch.inputs.archive import (
    TOO_DEEP,
    address_of,
    is_container,
    is_passed_over,
    member_page,
    too_deep,
    too_large,
    unpack_container,
)
from detector.batch.inputs.formats import Unpacking
from detector.batch.inputs.lanes import lane_of
from detector.batch.inputs.packed import is_packed, measured
from detector.batch.inputs.spool import Spool
from detector.batch.inputs.storage import open_file
from detector.batch.values import Container, Page, Place, Survey
from detector.errors import ProblemCode, ReadError
from detector.model import Problem
from detector.settings import Settings


def survey(container: Container, start: int, task: Unpacking) -> Survey:
    """List all members, in one step; what is compressed, or holds pages itself, is unpacked."""
    if is_packed(container.uri):
        return _unpack(container, task)
    places: list[Place] = []
    unpacked: list[Container] = []
    refused = Spool(container, task)
    with open_file(container.uri) as file, tarfile.open(fileobj=file, mode="r:") as archive:
        for member in _members(archive, task.settings):
            if not is_container(member.name):
                places.append(Place(member.offset, member.size, lane_of("", member.name)))
            else:
                _take_container(container, archive, member, task, unpacked, refused)
    return Survey(tuple(places), containers=(*unpacked, *refused.close()))


def read(container: Container, positions: Sequence[int], settings: Settings) -> Iterator[Page]:
    """Yield the pages of some members."""
    with open_file(container.uri) as file:
        for position in positions:
            file.seek(position)
            with tarfile.open(fileobj=file, mode="r:") as archive:
                member = archive.next()
                if member is None:
                    raise ReadError(ProblemCode.DAMAGED, "压缩包在此中断。请重新取得原件。")
                yield _page(container, archive, member, settings)


def _unpack(container: Container, task: Unpacking) -> Survey:
    """Unpack a compressed archive; where it ends too soon, what came before is kept."""
    spool, unpacked = Spool(container, task), list[Container]()
    stream = measured(container.uri, container.uri, container.size, task.settings)
    try:
        with stream, tarfile.open(fileobj=stream, mode="r|") as archive:
            for member in _members(archive, task.settings):
                if is_container(member.name):
                    _take_container(container, archive, member, task, unpacked, spool)
                else:
                    spool.add(_page(container, archive, member, task.settings))
    except ReadError as error:
        spool.add(Page(container.origin, problem=Problem(error.code, str(error))))
    except (tarfile.TarError, EOFError, OSError, ValueError) as error:
        what = f"压缩包在此中断（{type(error).__name__}），其余未读。请重新取得原件。"
        spool.add(Page(container.origin, problem=Problem(ProblemCode.DAMAGED, what)))
    return Survey(containers=(*unpacked, *spool.close()))


def _members(archive: tarfile.TarFile, settings: Settings) -> Iterator[tarfile.TarInfo]:
    """Yield the members that are files; links and devices are none."""
    for number, member in enumerate(iter(archive.next, None)):
        if number >= settings.max_archive_members:
            raise too_large(settings.max_archive_members, "max_archive_members")
        archive.members.clear()  # type: ignore[attr-defined] # it would hold every member
        if member.isreg() and not is_passed_over(member.name):
            yield member


def _page(
    container: Container, archive: tarfile.TarFile, member: tarfile.TarInfo, settings: Settings
) -> Page:
    with _open(archive, member) as source:
        return member_page(address_of(container, member.name), source, settings.max_file_bytes)


def _take_container(
    container: Container,
    archive: tarfile.TarFile,
    member: tarfile.TarInfo,
    task: Unpacking,
    unpacked: list[Container],
    refused: Spool,
) -> None:
    if too_deep(container, task):
        refused.add(Page(address_of(container, member.name), problem=TOO_DEEP))
    else:
        unpacked.append(
            unpack_container(container, member.name, task, lambda: _open(archive, member))
        )


def _open(archive: tarfile.TarFile, member: tarfile.TarInfo) -> IO[bytes]:
    source = archive.extractfile(member)
    assert source is not None  # it is a file
    return source
