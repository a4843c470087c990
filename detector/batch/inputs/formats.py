"""The table of container formats: a format is one line here and a file beside this one.

Each file has `survey(container, start, task) -> Survey`, one bounded step of listing, and
`read(container, positions, settings) -> Iterator[Page]`, one page for each position.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from types import ModuleType

from detector.batch.values import Container, Page, Survey
from detector.errors import ProblemCode, ReadError
from detector.model import Problem
from detector.settings import Settings


@dataclass(frozen=True, slots=True)
class Unpacking:
    """What listing a container may need: the settings, and a folder for what is unpacked."""

    settings: Settings
    spool: Path


@dataclass(frozen=True, slots=True)
class ContainerFormat:
    """How a container is known by the end of its name, and the module that reads it."""

    module: str
    endings: tuple[str, ...] = ()


_PACKED = ("", ".gz", ".zst", ".bz2", ".xz")


def _packed(*endings: str) -> tuple[str, ...]:
    return tuple(ending + packing for ending in endings for packing in _PACKED)


FORMATS: dict[str, ContainerFormat] = {
    "warc": ContainerFormat(
        "detector.batch.inputs.warc",
        tuple(f".{name}{packing}" for name in ("warc", "wet") for packing in ("", ".gz", ".zst")),
    ),
    "parquet": ContainerFormat("detector.batch.inputs.parquet", (".parquet", ".pq")),
    "arrow": ContainerFormat("detector.batch.inputs.arrow", (".arrow", ".feather", ".ipc")),
    "jsonl": ContainerFormat("detector.batch.inputs.jsonl", _packed(".jsonl", ".ndjson")),
    "csv": ContainerFormat("detector.batch.inputs.csv_rows", _packed(".csv", ".tsv")),
    "zip": ContainerFormat("detector.batch.inputs.zips", (".zip",)),
    "tar": ContainerFormat(
        "detector.batch.inputs.tars", (*_packed(".tar"), ".tgz", ".tbz2", ".txz", ".tzst")
    ),
    "files": ContainerFormat("detector.batch.inputs.files"),
    "spool": ContainerFormat("detector.batch.inputs.spool"),
}


def format_of(name: str) -> str | None:
    """Return the format that the end of a file's name tells; None for a document."""
    lower = name.lower()
    for format, known in FORMATS.items():
        if lower.endswith(known.endings):
            return format
    return None


def survey(container: Container, start: int, settings: Settings, spool: Path) -> Survey:
    """List one step of a container, from `start` on: at most `settings.survey_pages` places.

    What cannot be gone to at once (a compressed table, an archive in an archive) is unpacked
    into `spool` and returned as containers of its own. The same container gives the same steps.
    Raises ReadError where the container cannot be read, or not any further.
    """
    module = _load(container)
    try:
        found: Survey = module.survey(container, start, Unpacking(settings, spool))
    except ReadError:
        raise
    except MemoryError:
        raise
    except Exception as error:  # parsers raise anything on bytes that they were not written for
        raise ReadError(
            ProblemCode.DAMAGED,
            f"内容已损坏，从第 {start} 处起无法读取（{type(error).__name__}）。请重新取得原件。",
        ) from error
    return found


def read_pages(
    container: Container, positions: Sequence[int], settings: Settings
) -> Iterator[Page]:
    """Yield one page for each position; what cannot be read has a problem.

    Positions ascend, as a survey lists them.
    """
    given = 0
    what = Problem(ProblemCode.DAMAGED, "此处没有可读的内容。请重新取得原件。")
    try:
        for page in _load(container).read(container, positions, settings):
            yield page
            given += 1
    except ReadError as error:
        what = Problem(error.code, str(error))
    except MemoryError:
        raise
    except Exception as error:
        name = type(error).__name__
        what = Problem(ProblemCode.DAMAGED, f"读取时出错（{name}）。请重新取得原件。")
    for position in positions[given:]:
        yield Page(f"{container.origin}#{position}", problem=what)


def _load(container: Container) -> ModuleType:
    return import_module(FORMATS[container.format].module)
