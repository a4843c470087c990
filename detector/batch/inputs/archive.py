"""What zip and tar archives have in common: members as pages, archives within archives."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import replace
from pathlib import PurePosixPath
from typing import IO

from detector.batch.inputs.formats import Unpacking, format_of
from detector.batch.inputs.packed import BUFFER
from detector.batch.parts import UNFINISHED
from detector.batch.values import INSIDE, Container, Page
from detector.errors import ProblemCode, ReadError
from detector.model import Problem

_IGNORED = ("__MACOSX/", ".DS_Store")
TOO_DEEP = Problem(
    ProblemCode.UNSUPPORTED,
    "压缩包里套压缩包，层数超过上限（设置 max_archive_depth），未读。请解压后再筛查。",
)


def address_of(container: Container, member: str) -> str:
    """Return how a member is named: `outer!inner`."""
    return f"{container.origin}{INSIDE}{member}"


def is_passed_over(name: str) -> bool:
    """Tell whether a member is a folder or one that systems leave in archives."""
    parts = PurePosixPath(name).parts
    return (
        name.endswith("/")
        or not parts
        or any(name.startswith(i) for i in _IGNORED)
        or (parts[-1].startswith("."))
    )


def is_container(name: str) -> bool:
    """Tell whether a member holds pages itself."""
    return format_of(name) is not None


def too_deep(container: Container, task: Unpacking) -> bool:
    """Tell whether what lies in this container may not be opened."""
    return container.origin.count(INSIDE) + 1 >= task.settings.max_archive_depth


def unpack_container(
    container: Container, member: str, task: Unpacking, open_member: Callable[[], IO[bytes]]
) -> Container:
    """Write a member that is a container into the spool. Raises ReadError where it is too large."""
    origin = address_of(container, member)
    format = format_of(member)
    assert format is not None
    identity = hashlib.sha256(f"{container.identity}\x1f{member}".encode("utf-8", "replace"))
    name = f"{identity.hexdigest()[:32]}{''.join(PurePosixPath(member).suffixes[-2:]).lower()}"
    path = task.spool / name
    task.spool.mkdir(parents=True, exist_ok=True)
    unfinished = path.with_name(f"{name}{UNFINISHED}")
    size = 0
    with open_member() as source, unfinished.open("wb") as target:
        while piece := source.read(BUFFER):
            size += len(piece)
            if size > task.settings.max_archive_bytes:
                raise too_large(task.settings.max_archive_bytes, "max_archive_bytes")
            target.write(piece)
    unfinished.replace(path)
    return Container(str(path), format, identity.hexdigest()[:32], size, origin)


def too_large(limit: int, setting: str) -> ReadError:
    """Return the error for what is past a limit."""
    return ReadError(
        ProblemCode.TOO_LARGE, f"超过 {limit} 的上限，其余未读。可调大设置 {setting}。"
    )


def member_page(address: str, source: IO[bytes], limit: int) -> Page:
    """Read a member as a page, up to the limit."""
    data = source.read(limit + 1)
    page = Page(address, data)
    if len(data) > limit:
        what = f"文件超过 {limit} 字节的上限，未读。请拆分文件，或调大设置 max_file_bytes。"
        page = replace(page, data=b"", problem=Problem(ProblemCode.TOO_LARGE, what))
    return page
