"""The bytes of a source, read once and within the limit."""

from __future__ import annotations

import os
import stat
import sys
from pathlib import Path

from detector.errors import ProblemCode, ReadError
from detector.model import Source
from detector.read.sources import STDIN, holds_files


def load_bytes(source: Source, limit: int) -> bytes:
    """Return the source's bytes; "-" is the standard input.

    Raises ReadError where it does not exist, is no file, cannot be opened or is longer than
    `limit` bytes.
    """
    try:
        data = _read_stdin(limit) if source.uri == STDIN else _read_file(Path(source.uri), limit)
    except (FileNotFoundError, NotADirectoryError) as error:
        raise ReadError(ProblemCode.NOT_FOUND, _not_found(source.uri)) from error
    except PermissionError as error:
        raise ReadError(ProblemCode.UNREADABLE, "没有读取权限。请取得读取权限后重试。") from error
    except (OSError, ValueError) as error:
        raise ReadError(
            ProblemCode.UNREADABLE, f"无法打开（{error}）。请检查路径和存储设备后重试。"
        ) from error
    if len(data) > limit:
        raise _too_large(limit)
    return data


def _read_stdin(limit: int) -> bytes:
    return sys.stdin.buffer.read(limit + 1)


def _read_file(path: Path, limit: int) -> bytes:
    status = path.stat()
    if stat.S_ISDIR(status.st_mode):
        raise _is_folder(path)
    if not stat.S_ISREG(status.st_mode):  # opening a pipe could wait for ever
        raise ReadError(
            ProblemCode.UNREADABLE, "不是普通文件（管道、设备等）。请用“-”从标准输入读取。"
        )
    if status.st_size > limit:
        raise _too_large(limit)
    with path.open("rb") as file:
        return file.read(limit + 1)


def _not_found(uri: str) -> str:
    if any(sign in uri for sign in "*?["):
        return "没有与此通配符相符的文件。请检查写法和所在目录。"
    return "文件不存在。请检查路径。"


def _is_folder(path: Path) -> ReadError:
    """Return the error for a folder; raises OSError where it cannot be listed."""
    os.scandir(path).close()
    if holds_files(str(path)):
        return ReadError(
            ProblemCode.UNREADABLE, "这是文件夹，不是文件。请用 shanzhai scan 扫描整个文件夹。"
        )
    return ReadError(ProblemCode.EMPTY, "文件夹中没有可以读取的文件。请检查路径。")


def _too_large(limit: int) -> ReadError:
    return ReadError(
        ProblemCode.TOO_LARGE,
        f"文件超过 {limit} 字节的上限，未读。请拆分文件，或调大设置 max_file_bytes。",
    )
