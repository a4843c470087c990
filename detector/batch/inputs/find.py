"""From what a user names to containers: archives and tables each, loose files in lists."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterator, Sequence
from itertools import chain, groupby
from pathlib import Path, PurePosixPath

from detector.batch.inputs.files import write_list
from detector.batch.inputs.formats import format_of
from detector.batch.inputs.packed import open_packed
from detector.batch.inputs.storage import (
    facts_of,
    is_folder,
    is_remote,
    list_folder,
    local_path,
    refuse_web,
)
from detector.batch.values import Container
from detector.errors import ReadError, UsageError
from detector.read import find_sources
from detector.settings import Settings

LIST = "@"  # in front of the name of a file that lists inputs
COMMENT = "#"
HEAD = 64 * 1024


def find_containers(
    inputs: Sequence[str], settings: Settings, spool: Path, exclude: Sequence[str] = ()
) -> Iterator[Container]:
    """Yield the containers that inputs name: files, folders, patterns, object storage, `@list`.

    Loose files of a folder are gathered in lists, which are written into `spool`. A path that
    names nothing is in a list too: reading it tells why. Raises UsageError for addresses on the
    web and for a list that cannot be read.
    """
    named = chain.from_iterable(map(_lines_of, inputs))
    files = chain.from_iterable(_files_of(name, settings, exclude) for name in named)
    for folder, group in groupby(files, key=_folder_of):
        loose: list[str] = []
        for path in group:
            format = _format_of(path)
            if format is None:
                loose.append(path)
            else:
                yield _container(path, format, settings)
            if len(loose) == settings.survey_pages:
                yield write_list(loose, folder, spool)
                loose = []
        if loose:
            yield write_list(loose, folder, spool)


def _lines_of(name: str) -> Iterator[str]:
    """Yield an input itself, or those that a list of inputs names."""
    if not name.startswith(LIST):
        yield name
        return
    path = name.removeprefix(LIST)
    try:
        with open_packed(path, path) as file:
            text = file.read().decode("utf-8-sig")
    except (ReadError, OSError, UnicodeDecodeError) as error:
        raise UsageError(
            f"清单 {path} 无法读取（{error}）。请检查路径，清单应为 UTF-8 文本。"
        ) from error
    for line in map(str.strip, text.splitlines()):
        if line and not line.startswith(COMMENT):
            yield line


def _files_of(name: str, settings: Settings, exclude: Sequence[str]) -> Iterator[str]:
    refuse_web(name)
    if name == "-":
        raise UsageError("筛查不读标准输入。请先存成文件；少量文字请用 shanzhai check。")
    if is_remote(name):
        yield from list_folder(name) if is_folder(name) else [name]
        return
    for source in find_sources([str(local_path(name))], exclude):
        if not _is_within(source.uri, settings.out):
            yield source.uri


def _is_within(path: str, folder: Path) -> bool:
    """Tell whether a file is of the results themselves, which may lie in a screened folder."""
    absolute = os.path.abspath(path)  # noqa: PTH100 resolving raises on links in a circle
    return Path(absolute).is_relative_to(folder.absolute())


def _format_of(path: str) -> str | None:
    format = format_of(path)
    if format is None and path.lower().endswith((".json", ".json.gz")) and _holds_lines(path):
        return "jsonl"
    return format


def _holds_lines(path: str) -> bool:
    """Tell whether a JSON file is one object a line, as crawlers write them."""
    try:
        with open_packed(path, path) as file:
            line = file.readline(HEAD).strip()
    except (ReadError, OSError, EOFError):
        return False
    return line.startswith(b"{") and (line.endswith(b"}") or len(line) >= HEAD)


def _container(path: str, format: str, settings: Settings) -> Container:
    try:
        facts = facts_of(path)
        size, version = facts.size, facts.version
    except ReadError:  # listing it will tell why
        size, version = 0, ""
    parts = (path if is_remote(path) else os.path.abspath(path), str(size), version)  # noqa: PTH100
    digest = hashlib.sha256("\x1f".join(parts).encode("utf-8", "surrogatepass"))
    return Container(path, format, digest.hexdigest()[:32], size, path)


def _folder_of(path: str) -> str:
    return str(PurePosixPath(path).parent) if is_remote(path) else str(Path(path).parent)
