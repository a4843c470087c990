"""Tar archives: a position is the offset of a member; compressed ones are unpacked."""

from __future__ import annotations

import tarfile
from collections.abc import Iterator, Sequence
from functools import partial
from tarfile import (  # type: ignore[attr-defined]
    InvalidHeaderError,
    TruncatedHeaderError,
)
from typing import IO, BinaryIO, Literal, Self

from detector.batch.inputs import packed
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
from detector.batch.inputs.spool import Spool, rest_unread
from detector.batch.inputs.storage import open_file
from detector.batch.values import Container, Page, Place, Survey
from detector.errors import ProblemCode, ReadError
from detector.model import Problem
from detector.settings import Settings

DAMAGED = (*packed.DAMAGED, tarfile.TarError, ValueError)
_CUT = Problem(ProblemCode.DAMAGED, "压缩包在此损坏或中断，未读。请重新取得原件。")


class _Member(tarfile.TarInfo):
    """A member whose damaged header is an error: the library takes it for the end."""

    @classmethod
    def fromtarfile(cls, tarfile: tarfile.TarFile) -> Self:
        try:
            return super().fromtarfile(tarfile)
        except (InvalidHeaderError, TruncatedHeaderError) as error:
            raise ReadError(ProblemCode.DAMAGED, _CUT.message) from error


def _open_archive(file: BinaryIO, mode: Literal["r:", "r|"]) -> tarfile.TarFile:
    return tarfile.open(fileobj=file, mode=mode, tarinfo=_Member)


def survey(container: Container, start: int, task: Unpacking) -> Survey:
    """List all members, in one step; what is compressed, or holds pages itself, is unpacked."""
    if is_packed(container.uri):
        return _unpack(container, task)
    places: list[Place] = []
    unpacked: list[Container] = []
    refused = Spool(container, task)
    with (
        open_file(container.uri) as file,
        _open_archive(file, "r:") as archive,
    ):
        try:
            for member in _members(archive, task.settings):
                if not is_container(member.name):
                    places.append(Place(member.offset, member.size, lane_of("", member.name)))
                else:
                    _take_container(container, archive, member, task, unpacked, refused)
        except DAMAGED as error:
            refused.add(rest_unread(container, error))
    return Survey(tuple(places), containers=(*unpacked, *refused.close()))


def read(container: Container, positions: Sequence[int], settings: Settings) -> Iterator[Page]:
    """Yield the pages of some members."""
    with open_file(container.uri) as file:
        for position in positions:
            file.seek(position)
            with _open_archive(file, "r:") as archive:
                member = archive.next()
                assert member is not None  # it was listed
                try:
                    page = _page(container, archive, member, settings)
                except DAMAGED:
                    page = Page(address_of(container, member.name), problem=_CUT)
                yield page


def _unpack(container: Container, task: Unpacking) -> Survey:
    """Unpack a compressed archive; where it ends too soon, what came before is kept."""
    spool, unpacked = Spool(container, task), list[Container]()
    stream = measured(container.uri, container.uri, container.size, task.settings)
    try:
        with stream, _open_archive(stream, "r|") as archive:
            for member in _members(archive, task.settings):
                if is_container(member.name):
                    _take_container(container, archive, member, task, unpacked, spool)
                else:
                    spool.add(_page(container, archive, member, task.settings))
    except DAMAGED as error:
        spool.add(rest_unread(container, error))
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
        return
    try:
        source = partial(_open, archive, member)
        unpacked.append(unpack_container(container, member.name, task, source))
    except ReadError as error:
        problem = Problem(error.code, str(error))
        refused.add(Page(address_of(container, member.name), problem=problem))


def _open(archive: tarfile.TarFile, member: tarfile.TarInfo) -> IO[bytes]:
    source = archive.extractfile(member)
    assert source is not None  # it is a file
    return source
