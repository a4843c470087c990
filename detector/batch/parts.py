"""The Parquet parts of a screening: each whole or not at all, under the name of its chunk."""

from __future__ import annotations

import errno
import os
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from detector.errors import DiskFullError, UsageError

FINDINGS, PAGES = "findings", "pages"
FOLDERS = (FINDINGS, PAGES)
SUFFIX = ".parquet"
UNFINISHED = ".tmp"
_NO_ROOM = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})


def make_folders(out: Path) -> None:
    """Make the folders of the parts; what was left unfinished in them is removed."""
    for name in FOLDERS:
        folder = out / name
        folder.mkdir(parents=True, exist_ok=True)
        for path in folder.glob(f"*{UNFINISHED}"):
            path.unlink()


def part(out: Path, folder: str, key: str) -> Path:
    """Return the path of a chunk's part."""
    return out / folder / f"{key}{SUFFIX}"


def write_parts(out: Path, key: str, findings: pa.Table, pages: pa.Table) -> None:
    """Write the two parts of a chunk. Written again, they are the same.

    Raises DiskFullError where there is no room, UsageError where it cannot be written for
    another reason; what was written before stays.
    """
    try:
        for folder, table in ((FINDINGS, findings), (PAGES, pages)):
            _write(part(out, folder, key), table)
    except OSError as error:
        raise explain_disk(error, out) from error


def explain_disk(error: OSError, out: Path) -> Exception:
    """Return the error to raise for one that writing into `out` met."""
    if error.errno in _NO_ROOM:
        return disk_full(out)
    reason = os.strerror(error.errno) if error.errno else str(error)
    return UsageError(
        f"目录 {out} 无法写入（{reason}）；已完成的部分都已保存。"
        "请检查磁盘和权限后用同样的命令继续。"
    )


def disk_full(out: Path) -> DiskFullError:
    """Return the error that tells the user what to do."""
    return DiskFullError(
        f"目录 {out} 所在的磁盘已满，筛查停在这里；已完成的部分都已保存。"
        "请腾出空间后用同样的命令继续。"
    )


def _write(path: Path, table: pa.Table) -> None:
    # One process alone writes a part, but a part that is done twice may have two writers.
    unfinished = path.with_name(f"{path.name}.{os.getpid()}{UNFINISHED}")
    try:
        with unfinished.open("wb") as file:
            pq.write_table(table, file, compression="zstd")
            file.flush()
            os.fsync(file.fileno())
        unfinished.replace(path)
    except BaseException:
        unfinished.unlink(missing_ok=True)
        raise
    _sync_folder(path.parent)


def _sync_folder(folder: Path) -> None:
    """Let the new name last too (a folder is no file on Windows, which needs none of it)."""
    if os.name != "posix":
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
