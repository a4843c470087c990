"""Zip archives: a position is the number of a member in the archive's directory."""

from __future__ import annotations

import zipfile
import zlib
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import partial

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
from detector.batch.inputs.packed import SMALL, most_unpacked, unpacks_to_too_much
from detector.batch.inputs.spool import Spool, rest_unread
from detector.batch.inputs.storage import open_file
from detector.batch.values import Container, Page, Place, Survey
from detector.errors import ProblemCode, ReadError
from detector.model import Problem
from detector.settings import Settings

# What archivers write whose names carry no flag (most Windows ones in China).
NAMES = "gb18030"
_ENCRYPTED = 0x1
_DAMAGED = (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, OSError, ValueError)


def survey(container: Container, start: int, task: Unpacking) -> Survey:
    """List all members, in one step; archives and tables among them are unpacked."""
    places: list[Place] = []
    unpacked: list[Container] = []
    refused = Spool(container, task)
    with _open(container) as archive:
        members = archive.infolist()
        if len(members) > task.settings.max_archive_members:
            raise too_large(task.settings.max_archive_members, "max_archive_members")
        left = most_unpacked(container.size, task.settings)
        for number, member in enumerate(members):
            name = member.filename
            if is_passed_over(name):
                continue
            left -= 0 if _is_bomb(member, task.settings) else member.file_size
            if left < 0:  # members that lie on each other make a small archive a great one
                too_much = unpacks_to_too_much(container.size, task.settings)
                refused.add(rest_unread(container, too_much))
                break
            if not is_container(name):
                places.append(Place(number, member.file_size, lane_of("", name)))
            elif problem := _refusal(member, container, task):
                refused.add(Page(address_of(container, name), problem=problem))
            else:
                _take_container(container, archive, member, task, unpacked, refused)
    return Survey(tuple(places), containers=(*unpacked, *refused.close()))


def read(container: Container, positions: Sequence[int], settings: Settings) -> Iterator[Page]:
    """Yield the pages of some members."""
    with _open(container) as archive:
        members = archive.infolist()
        for position in positions:
            yield _page(archive, members[position], container, settings)


def _take_container(
    container: Container,
    archive: zipfile.ZipFile,
    member: zipfile.ZipInfo,
    task: Unpacking,
    unpacked: list[Container],
    refused: Spool,
) -> None:
    name = member.filename
    try:
        unpacked.append(unpack_container(container, name, task, partial(archive.open, member)))
    except ReadError as error:
        problem = Problem(error.code, str(error))
        refused.add(Page(address_of(container, name), problem=problem))
    except _DAMAGED as error:
        refused.add(Page(address_of(container, name), problem=_damaged(error)))


def _damaged(error: Exception) -> Problem:
    what = f"压缩包中的这个文件已损坏（{type(error).__name__}），未读。请重新取得原件。"
    return Problem(ProblemCode.DAMAGED, what)


@contextmanager
def _open(container: Container) -> Iterator[zipfile.ZipFile]:
    with open_file(container.uri) as file:
        try:
            archive = zipfile.ZipFile(file, metadata_encoding=NAMES)
        except (*_DAMAGED, UnicodeDecodeError) as error:
            what = "压缩包已损坏，无法打开。请重新取得原件。"
            raise ReadError(ProblemCode.DAMAGED, what) from error
        with archive:
            yield archive


def _page(
    archive: zipfile.ZipFile, member: zipfile.ZipInfo, container: Container, settings: Settings
) -> Page:
    address = address_of(container, member.filename)
    if member.flag_bits & _ENCRYPTED:
        return Page(address, problem=_LOCKED)
    if _is_bomb(member, settings):
        return Page(address, problem=_BOMB)
    try:
        with archive.open(member) as source:
            return member_page(address, source, settings.max_file_bytes)
    except _DAMAGED as error:
        return Page(address, problem=_damaged(error))


def _refusal(member: zipfile.ZipInfo, container: Container, task: Unpacking) -> Problem | None:
    """Return why a member that holds pages itself is not unpacked, None where it is."""
    if member.flag_bits & _ENCRYPTED:
        return _LOCKED
    if _is_bomb(member, task.settings):
        return _BOMB
    return TOO_DEEP if too_deep(container, task) else None


def _is_bomb(member: zipfile.ZipInfo, settings: Settings) -> bool:
    """Tell by the sizes that the archive states; what unpacks to more than it states is damaged."""
    return member.file_size > max(member.compress_size, SMALL) * settings.max_archive_ratio


_LOCKED = Problem(ProblemCode.ENCRYPTED, "压缩包设有密码，未读。请解密后再筛查。")
_BOMB = Problem(
    ProblemCode.TOO_LARGE,
    "压缩比超过上限（设置 max_archive_ratio），疑为压缩炸弹，未读。请核对来源。",
)
