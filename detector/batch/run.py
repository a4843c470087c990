"""One screening on one machine: inputs listed, chunks given to workers, all of it in the ledger.

A chunk that ends its worker has a second try, page by page; then it is split round the page
that the worker was at, down to the one page, which has two tries alone and is quarantined.
"""

from __future__ import annotations

import os
import shutil
import signal
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager, suppress
from dataclasses import replace
from datetime import date, datetime
from functools import partial
from pathlib import Path
from types import FrameType

from detector import __version__
from detector.batch.chunks import Cutter, sign
from detector.batch.inputs import find_containers
from detector.batch.ledger import FILE, Ledger, Tally
from detector.batch.manifest import MANIFEST, Manifest, build_manifest, write_manifest
from detector.batch.parts import FOLDERS, explain_disk, make_folders
from detector.batch.summary import SUMMARIES, write_summary
from detector.batch.values import Chunk, Container, Done, Lane, Survey
from detector.batch.work import SPOOL, Listing, Screening, Unlisted, prepare, write_problem
from detector.batch.workers import Ended, Fault, Limits, Workers
from detector.errors import ProblemCode, UsageError
from detector.model import Problem
from detector.rulebook import RuleBook, load_rules
from detector.settings import Engine, Settings

TRIES = 2
AHEAD = 4  # chunks for each worker that are listed before they are needed
LOST_STARTS = 5  # workers in a row that end before they are ready
# Told how far the run is, each time that the workers are looked at.
Listener = Callable[[Tally], None]

_REASONS = {
    Fault.DIED: "处理时工作进程意外终止（退出码 {}）",
    Fault.TOO_SLOW: "处理超过 {} 秒（可用 --max-seconds-per-document 放宽）",
    Fault.TOO_LARGE: "处理时占用内存超过 {} 字节（可用 --max-memory 放宽）",
    Fault.FAILED: "处理时程序出错（{}），这是程序的缺陷，请报告给维护者",
}


def ignore_tally(tally: Tally) -> None:
    """Tell nobody how far the run is."""


def screen_inputs(
    inputs: Sequence[str],
    settings: Settings,
    *,
    exclude: Sequence[str] = (),
    restart: bool = False,
    listener: Listener = ignore_tally,
) -> Tally:
    """Screen inputs into `settings.out`, or go on where an earlier run of the same was cut off.

    Raises UsageError for a folder that holds other results, DiskFullError, and KeyboardInterrupt
    (also for SIGTERM). All that was done is kept then, and the same call goes on from there.
    """
    rulebook = load_rules(settings.rules)
    rulebook.check_jurisdictions(settings.jurisdiction)
    _make_out(settings.out, restart)
    ledger = Ledger(settings.out, sign(settings, rulebook.version, __version__))
    try:
        settings = replace(settings, as_of=ledger.day(settings.as_of or date.today()))
        make_folders(settings.out)
        run = Run(settings, rulebook, ledger, listener)
        with _terminable():
            run.take_inputs(inputs, exclude)
            run.go_on_cluster() if settings.engine == Engine.RAY else run.go()
        return run.tally
    finally:
        ledger.close()


def count_workers(settings: Settings) -> int:
    """Return how many workers a run has: as many as asked for, else one for each processor."""
    return settings.workers or len(os.sched_getaffinity(0))


class Run:
    """What one call of `screen_inputs` knows while it lasts."""

    def __init__(
        self, settings: Settings, rulebook: RuleBook, ledger: Ledger, listener: Listener
    ) -> None:
        """Take what was opened; `settings.as_of` is set."""
        self._settings = settings
        self._rulebook = rulebook
        self._ledger = ledger
        self._listener = listener
        self._cutter = Cutter(settings, ledger.signature)
        self._lost_starts = 0
        self.tally = Tally()

    def take_inputs(self, inputs: Sequence[str], exclude: Sequence[str]) -> None:
        """Note which containers there are to screen."""
        self._ledger.want_none()
        spool = self._settings.out / SPOOL
        spool.mkdir(exist_ok=True)
        found = 0
        for container in find_containers(inputs, self._settings, spool, exclude):
            self._ledger.want(container)
            found += 1
        if not found:
            raise UsageError("所给的输入中没有可以筛查的文件。请检查路径和 --exclude。")
        self.tally = self._ledger.tally()

    def go(self) -> None:
        """Work until all is done; the manifest is written however it ends."""
        limits = Limits(self._settings.max_seconds_per_document, self._settings.max_memory)
        make = partial(prepare, self._settings)
        workers = Workers(count_workers(self._settings), make, limits)
        with self._publishing(), closing(workers):
            while self._give(workers) or workers.tasks():
                for ended in workers.ended():
                    self._take(ended)
                self._listener(self.tally)

    def go_on_cluster(self) -> None:
        """Work until all is done, on the cluster that the settings name."""
        from detector.batch.ray_engine import WAVE, RayPool

        with self._publishing(), closing(RayPool(self._settings)) as pool:
            while wave := self._next_wave(WAVE):
                for ended in pool.do(wave):
                    self._take(ended)
                    self._listener(self.tally)

    def _next_wave(self, most: int) -> list[Listing | Screening]:
        """Return what can be done at once: first steps of listing, then chunks."""
        waiting = [Screening(one.chunk, one.tries) for one in self._ledger.waiting(most)]
        if len(waiting) == most:
            return [*waiting]
        return [*(Listing(*one) for one in self._ledger.to_list(most)), *waiting]

    @contextmanager
    def _publishing(self) -> Iterator[None]:
        """Write manifest and summary at the end, the manifest also where the run was cut off."""
        try:
            yield
        except BaseException:
            # What is done stands in the ledger; on a full disk the manifest stays as it was.
            with suppress(OSError):
                self._remove_summary()
                self._publish()
            raise
        try:
            manifest = self._publish()
            write_summary(self._settings.out, manifest, self._rulebook.notices)
        except OSError as error:
            raise explain_disk(error, self._settings.out) from error
        # What was unpacked on the way has been screened.
        shutil.rmtree(self._settings.out / SPOOL, ignore_errors=True)

    def _give(self, workers: Workers) -> bool:
        """Give the free workers something to do; tell whether anything was given."""
        given = False
        while workers.free():
            task = self._next(workers)
            if task is None:
                break
            workers.give(task)
            given = True
        return given

    def _next(self, workers: Workers) -> Listing | Screening | None:
        """Return the next task: chunks are listed some way ahead, not all at once."""
        busy = {t.chunk.key for t in workers.tasks() if isinstance(t, Screening)}
        ahead = AHEAD * count_workers(self._settings) + len(busy)
        if self._ledger.count_waiting(ahead) < ahead and (listing := self._next_listing(workers)):
            return listing
        waiting = self._ledger.next_chunk(busy)
        return Screening(waiting.chunk, waiting.tries) if waiting else None

    def _next_listing(self, workers: Workers) -> Listing | None:
        """Return a step of listing a container that no worker is listing now."""
        busy = {task.container.identity for task in workers.tasks() if isinstance(task, Listing)}
        open_ones = self._ledger.to_list(len(busy) + 1)
        return next((Listing(*one) for one in open_ones if one[0].identity not in busy), None)

    def _take(self, ended: Ended) -> None:
        """Take in how a task ended."""
        if ended.fault is Fault.NOT_STARTED:
            self._count_lost_start()
        elif isinstance(ended.task, Listing):
            self._take_listing(ended.task.container, ended)
        else:
            self._take_screening(ended.task, ended)

    def _count_lost_start(self) -> None:
        """Another worker will do what one that never became ready was to do, up to a limit."""
        self._lost_starts += 1
        if self._lost_starts > LOST_STARTS:
            raise UsageError(
                "工作进程一再在启动时终止。请检查内存是否足够，或用 --workers 减少进程数。"
            )

    def _take_listing(self, container: Container, ended: Ended) -> None:
        if isinstance(ended.value, Survey):
            survey = ended.value
            chunks = list(self._cutter.cut(container, survey.places))
            self._ledger.listed(container, chunks, survey.containers, survey.then)
            self._count(listed=len(survey.places))
        elif isinstance(ended.value, Unlisted):
            self._give_up_container(container, ended.value.problem)
        elif self._ledger.listing_failed(container) >= TRIES:
            what = f"列出其中内容时{_reason(ended)}，其余未读。"
            self._give_up_container(container, Problem(ProblemCode.QUARANTINED, what))

    def _take_screening(self, task: Screening, ended: Ended) -> None:
        chunk = task.chunk
        if isinstance(ended.value, Done):
            done = ended.value
            self._lost_starts = 0
            self._ledger.done(chunk, done)
            self._count(
                pages=done.pages, unread=done.unread, report=done.report, review=done.review
            )
        elif task.tries + 1 < TRIES:
            self._ledger.failed(chunk)
        elif len(chunk.positions) == 1:
            what = f"{_reason(ended)}，试过 {TRIES} 次，已隔离，未读。"
            address = ended.address or f"{chunk.container.origin}#{chunk.positions[0]}"
            self._give_up(chunk, address, Problem(ProblemCode.QUARANTINED, what))
        else:
            self._split(chunk, ended)

    def _split(self, chunk: Chunk, ended: Ended) -> None:
        """Split a chunk round the page that its worker was at.

        The pieces have their tries before them: a worker may also have been killed by others.
        """
        self._ledger.split(chunk, self._cutter.split(chunk, ended.first, ended.count))

    def _give_up_container(self, container: Container, problem: Problem) -> None:
        """Note that a container could not be listed (to its end)."""
        self._ledger.listed(container, (), (), None)
        self._give_up(self._cutter.chunk(container, (), Lane.TEXT), container.origin, problem)
        self._count(listed=1)

    def _give_up(self, chunk: Chunk, address: str, problem: Problem) -> None:
        write_problem(self._settings, chunk, address, problem, self._rulebook.version)
        self._ledger.give_up(chunk, address, problem.message)
        self._count(pages=1, unread=1, quarantined=1)

    def _count(self, **more: int) -> None:
        added = {name: getattr(self.tally, name) + count for name, count in more.items()}
        complete = not self._ledger.to_list(1)
        self.tally = replace(self.tally, complete_list=complete, **added)

    def _remove_summary(self) -> None:
        """Remove the summary of an earlier run: going over all parts takes too long to wait for."""
        for path in self._settings.out.glob(SUMMARIES):
            path.unlink()

    def _publish(self) -> Manifest:
        """Write down which parts count."""
        tool = f"shanzhai-detector {__version__}"
        now = datetime.now().astimezone()
        manifest = build_manifest(self._ledger, tool, self._rulebook.version, now)
        write_manifest(self._settings.out, manifest)
        return manifest


def _reason(ended: Ended) -> str:
    assert ended.fault is not None
    return _REASONS[ended.fault].format(ended.detail)


def _make_out(out: Path, restart: bool) -> None:
    """Make the folder of a run; with `restart` what an earlier run left in it is removed."""
    try:
        out.mkdir(parents=True, exist_ok=True)
        if restart:
            for name in (*FOLDERS, SPOOL):
                shutil.rmtree(out / name, ignore_errors=True)
            for path in (*out.glob(f"{FILE}*"), *out.glob(SUMMARIES), out / MANIFEST):
                path.unlink(missing_ok=True)
    except OSError as error:
        raise UsageError(
            f"目录 {out} 无法建立或清空（{error.strerror}）。请用 --out 换一个目录。"
        ) from error


@contextmanager
def _terminable() -> Iterator[None]:
    """Let SIGTERM end the run as Ctrl-C does."""

    def interrupt(number: int, frame: FrameType | None) -> None:
        raise KeyboardInterrupt

    if threading.current_thread() is not threading.main_thread():
        yield
        return
    before = signal.signal(signal.SIGTERM, interrupt)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)
