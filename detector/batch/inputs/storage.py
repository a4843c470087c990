"""Files on this machine and in object storage, opened and listed alike."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO, cast

from detector.errors import MissingPartError, ProblemCode, ReadError, UsageError

# Pages name such addresses; the tool opens none over the web.
_WEB = ("http://", "https://", "ftp://")
_LOCAL = "file://"


@dataclass(frozen=True, slots=True)
class Facts:
    """What tells one version of a file from another: its size, and a time or a tag."""

    size: int
    version: str


def is_remote(uri: str) -> bool:
    """Tell whether an address is one of object storage."""
    return "://" in uri and not uri.startswith(_LOCAL)


def local_path(uri: str) -> Path:
    """Return the path of a file on this machine."""
    return Path(uri.removeprefix(_LOCAL))


def open_file(uri: str) -> BinaryIO:
    """Open a file for reading; it can be sought. Raises ReadError where that fails."""
    try:
        if is_remote(uri):
            return cast(BinaryIO, _filesystem(uri).open(uri, "rb"))
        return local_path(uri).open("rb")
    except (OSError, ValueError) as error:
        raise _unreadable(uri, error) from error


def facts_of(uri: str) -> Facts:
    """Return size and version of a file. Raises ReadError where there is none."""
    try:
        if is_remote(uri):
            info = _filesystem(uri).info(uri)
            version = next(
                (info[k] for k in ("ETag", "etag", "mtime", "LastModified") if info.get(k)), ""
            )
            return Facts(int(info.get("size") or 0), str(version))
        status = local_path(uri).stat()
    except (OSError, ValueError) as error:
        raise _unreadable(uri, error) from error
    return Facts(status.st_size, str(status.st_mtime_ns))


def list_folder(uri: str) -> list[str]:
    """Return the files below a folder of object storage, in the order of names."""
    filesystem = _filesystem(uri)
    return sorted(filesystem.unstrip_protocol(name) for name in filesystem.find(uri))


def is_folder(uri: str) -> bool:
    """Tell whether an address of object storage is a folder."""
    return bool(_filesystem(uri).isdir(uri))


def refuse_web(uri: str) -> None:
    """Raise UsageError for an address on the web."""
    if uri.startswith(_WEB):
        raise UsageError(
            f"{uri} 是网址。本程序不打开网址；请先用抓取工具存成 WARC 等文件，再筛查这些文件。"
        )


def _filesystem(uri: str) -> Any:
    import fsspec

    refuse_web(uri)
    try:
        return fsspec.core.url_to_fs(uri)[0]
    except ImportError as error:
        scheme = uri.partition("://")[0]
        raise MissingPartError(
            f"读取 {scheme}:// 需要另装的 Python 包（{error}）。"
            "请安装后重试，例如 pip install s3fs。"
        ) from error
    except ValueError as error:
        raise UsageError(f"不认识地址 {uri} 的协议（{error}）。请改用本地路径。") from error


def _unreadable(uri: str, error: Exception) -> ReadError:
    if isinstance(error, FileNotFoundError):
        return ReadError(ProblemCode.NOT_FOUND, "文件不存在。请检查路径。")
    reason = os.strerror(error.errno) if isinstance(error, OSError) and error.errno else error
    return ReadError(ProblemCode.UNREADABLE, f"无法打开（{reason}）。请检查路径和权限后重试。")
