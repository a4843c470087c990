"""Loose files of folders: a container is a list of them, a position the offset of a line in it."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from detector.batch.inputs.formats import Unpacking
from detector.batch.inputs.lanes import lane_of
from detector.batch.inputs.storage import facts_of, is_remote, open_file
from detector.batch.parts import UNFINISHED
from detector.batch.values import Container, Page, Place, Survey
from detector.errors import ProblemCode, ReadError
from detector.model import Problem, Source
from detector.read import load_bytes
from detector.settings import Settings


def write_list(paths: Iterable[str], origin: str, spool: Path) -> Container:
    """Write a list of files into the spool and return it as a container.

    Its identity changes when a file is added or changed, not when the list is written again.
    """
    lines = [json.dumps([path, *_facts(path)], ensure_ascii=False) for path in paths]
    data = "".join(f"{line}\n" for line in lines).encode("utf-8", "surrogatepass")
    identity = hashlib.sha256(data).hexdigest()[:32]
    path = spool / f"{identity}.files"
    unfinished = path.with_name(path.name + UNFINISHED)
    unfinished.write_bytes(data)
    unfinished.replace(path)
    return Container(str(path), "files", identity, len(data), origin)


def survey(container: Container, start: int, task: Unpacking) -> Survey:
    """List the lines; there are few enough for one step."""
    places: list[Place] = []
    position = 0
    for line in Path(container.uri).read_bytes().splitlines(keepends=True):
        path, size, _ = json.loads(line.decode("utf-8", "surrogatepass"))
        places.append(Place(position, size, lane_of("", path)))
        position += len(line)
    return Survey(tuple(places))


def read(container: Container, positions: Sequence[int], settings: Settings) -> Iterator[Page]:
    """Yield the files of some lines."""
    with Path(container.uri).open("rb") as lines:
        for position in positions:
            lines.seek(position)
            path, *_ = json.loads(lines.readline().decode("utf-8", "surrogatepass"))
            yield _read_file(path, settings.max_file_bytes)


def _read_file(path: str, limit: int) -> Page:
    try:
        return Page(path, _load(path, limit))
    except ReadError as error:
        return Page(path, problem=Problem(error.code, str(error)))


def _load(path: str, limit: int) -> bytes:
    if not is_remote(path):
        return load_bytes(Source(uri=path), limit)
    with open_file(path) as file:
        data = file.read(limit + 1)
    if len(data) > limit:
        raise ReadError(ProblemCode.TOO_LARGE, f"文件超过 {limit} 字节的上限，未读。")
    return data


def _facts(path: str) -> tuple[int, str]:
    try:
        facts = facts_of(path)
    except ReadError:  # reading it will tell why
        return 0, ""
    return facts.size, facts.version
