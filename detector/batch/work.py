"""What a worker does, here or on a cluster: list a step of a container, screen a chunk."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass

import pyarrow as pa
import pyarrow.compute as pc

from detector.batch.inputs import read_pages, survey
from detector.batch.parts import write_parts
from detector.batch.rows import Rows
from detector.batch.screener import Screener, Standing, ignore_standing
from detector.batch.values import Chunk, Container, Done, Page, Survey
from detector.batch.workers import Perform, Stand
from detector.errors import ReadError
from detector.model import DocumentKind, Problem, Source, SourceResult
from detector.scanner import Scanner
from detector.settings import Settings

SPOOL = "spool"


@dataclass(frozen=True, slots=True)
class Listing:
    """A step of listing a container: from `start` on."""

    container: Container
    start: int


@dataclass(frozen=True, slots=True)
class Screening:
    """A chunk to be screened, and how often it was tried.

    On a second try its pages are judged one at a time, to find the one at fault.
    """

    chunk: Chunk
    tries: int = 0


@dataclass(frozen=True, slots=True)
class Unlisted:
    """What a listing came to that could not be done: the container cannot be read (further)."""

    problem: Problem


class Work:
    """Does the tasks of one process, with rules that are loaded once."""

    def __init__(self, settings: Settings) -> None:
        """Load the rules; `settings.out` is the folder that all workers of a run write to."""
        pa.set_cpu_count(1)  # the workers are what runs side by side
        self._settings = settings
        scanner = Scanner(settings)
        scanner.warm_up()  # or the first page would be timed for it
        self._screener = Screener(scanner)

    def list(self, task: Listing) -> Survey | Unlisted:
        """List one step of a container."""
        try:
            return survey(task.container, task.start, self._settings, self._settings.out / SPOOL)
        except ReadError as error:
            return Unlisted(Problem(error.code, str(error)))

    def screen(
        self,
        task: Screening,
        standing: Standing = ignore_standing,
        name: Callable[[str], None] = lambda _: None,
    ) -> Done:
        """Screen a chunk and write its parts; returns when they are safe on the disk.

        `standing` is told which pages are worked on, `name` the address of each.
        Raises DiskFullError.
        """
        started = time.perf_counter()
        chunk, rulebook = task.chunk, self._screener.scanner.rulebook
        rows = Rows(chunk.container.origin, rulebook.version, self._settings.keep_dismissed)
        pages = _named(read_pages(chunk.container, chunk.positions, self._settings), name)
        batch = 1 if task.tries else self._settings.batch_passages
        screened = self._screener.screen(pages, batch, standing)
        for position, one in zip(chunk.positions, screened, strict=True):
            rows.add(one.page, position, one.result, one.content, one.repeated)
        findings, pages_table = rows.tables()
        write_parts(self._settings.out, chunk.key, findings, pages_table)
        return _done(pages_table, time.perf_counter() - started)


def _done(pages: pa.Table, seconds: float) -> Done:
    """Return what a chunk came to, by the rows of its pages."""
    unread, report, review = (pc.sum(pages[n]).as_py() for n in ("unread", "report", "review"))
    return Done(pages.num_rows, unread, report, review, seconds)


def prepare(settings: Settings) -> Perform:
    """Return what a worker process of this machine does with a task."""
    work = Work(settings)

    def perform(task: Listing | Screening, stand: Stand) -> Survey | Unlisted | Done:
        if isinstance(task, Listing):
            return work.list(task)
        return work.screen(task, stand.at, stand.name)

    return perform


def write_problem(
    settings: Settings, chunk: Chunk, address: str, problem: Problem, rules: str
) -> None:
    """Write the parts of a page that was given up, so that it is not passed over in silence."""
    result = SourceResult(Source(uri=address), kind=DocumentKind.WEB, problems=(problem,))
    rows = Rows(chunk.container.origin, rules, settings.keep_dismissed)
    position = chunk.positions[0] if chunk.positions else 0
    rows.add(Page(address, problem=problem), position, result, "", repeated=False)
    write_parts(settings.out, chunk.key, *rows.tables())


def _named(pages: Iterator[Page], name: Callable[[str], None]) -> Iterator[Page]:
    for page in pages:
        name(page.address)
        yield page
