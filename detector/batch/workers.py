"""Processes that can be killed: what one page does to its worker is nobody else's matter.

Each worker has a pipe of its own, so that none can leave a lock behind for the others when it
is killed (docs/decisions/screening.md has the pools that were tried), and a scrap of shared
memory where it says which page it is at.
"""

from __future__ import annotations

import contextlib
import ctypes
import multiprocessing
import os
import signal
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from enum import StrEnum
from multiprocessing.connection import Connection, wait
from multiprocessing.context import SpawnProcess
from multiprocessing.sharedctypes import RawValue
from pathlib import Path
from typing import Any

from detector.errors import ShanzhaiError

# Python and its libraries have threads by now; a fork could copy a lock that is held.
_SPAWN = multiprocessing.get_context("spawn")
LOOK_EVERY = 0.2  # seconds between two looks at what the workers are at
STARTING_SECONDS = 120.0  # for loading the rules
ADDRESS_BYTES = 2048
_PR_SET_PDEATHSIG = 1  # linux/prctl.h


class Fault(StrEnum):
    """What ended a task before it was done; `NOT_STARTED` is no fault of the task."""

    NOT_STARTED = "not-started"
    DIED = "died"
    TOO_SLOW = "too-slow"
    TOO_LARGE = "too-large"
    FAILED = "failed"


class Stand(ctypes.Structure):
    """Where a worker is: at pages first … first + count of its task, and since when.

    `since` is on the monotonic clock, which the processes of a machine share; 0 while idle.
    `address` is that of the page read last.
    """

    _fields_ = (
        ("first", ctypes.c_int64),
        ("count", ctypes.c_int64),
        ("since", ctypes.c_double),
        ("address", ctypes.c_char * ADDRESS_BYTES),
    )

    def at(self, first: int, count: int) -> None:
        """Say that work on these pages begins now."""
        self.first, self.count, self.since = first, count, time.monotonic()

    def name(self, address: str) -> None:
        """Say which page is worked on."""
        self.address = address.encode("utf-8", "replace")[: ADDRESS_BYTES - 1]


# Does one task and returns its value; made once in each worker.
Perform = Callable[[Any, Stand], Any]


@dataclass(frozen=True, slots=True)
class Limits:
    """When a worker is killed: seconds at one place, bytes of resident memory."""

    seconds: float
    memory: int


@dataclass(frozen=True, slots=True)
class Ended:
    """A task that came to its end: its value, or a fault and where the worker stood then.

    `detail` is an exit code, a number of seconds or bytes, or the name of an exception.
    """

    task: Any
    value: Any = None
    fault: Fault | None = None
    detail: str = ""
    first: int = 0
    count: int = 0
    address: str = ""


@dataclass(slots=True)
class _Worker:
    process: SpawnProcess
    pipe: Connection
    stand: Stand
    started: float = field(default_factory=time.monotonic)
    ready: bool = False
    task: Any = None


class Workers:
    """A fixed number of workers, started when there is work for them."""

    def __init__(self, count: int, prepare: Callable[[], Perform], limits: Limits) -> None:
        """`prepare` is called in each worker to make what performs its tasks."""
        self._count = count
        self._prepare = prepare
        self._limits = limits
        self._workers: list[_Worker] = []

    def free(self) -> int:
        """Return how many more tasks can be given at once."""
        return self._count - len(self.tasks())

    def tasks(self) -> list[Any]:
        """Return the tasks that are being done."""
        return [worker.task for worker in self._workers if worker.task is not None]

    def give(self, task: Any) -> None:
        """Let a free worker do a task."""
        worker = next((w for w in self._workers if w.task is None), None) or self._start()
        worker.task = task
        with contextlib.suppress(OSError):  # it died idle: the next look tells
            worker.pipe.send(task)

    def ended(self) -> list[Ended]:
        """Wait a moment and return the tasks that ended; workers past their limits are killed.

        Raises the ShanzhaiError that a worker met: the user must mend it before going on.
        """
        waiting = [w.pipe for w in self._workers], [w.process.sentinel for w in self._workers]
        wait([*waiting[0], *waiting[1]], LOOK_EVERY)
        return [ended for worker in list(self._workers) for ended in self._look_at(worker)]

    def close(self) -> None:
        """Kill all workers; what they were at is not done."""
        for worker in self._workers:
            _kill(worker)
        self._workers.clear()

    def _start(self) -> _Worker:
        ours, theirs = _SPAWN.Pipe()
        stand = RawValue(Stand)
        process = _SPAWN.Process(
            target=_work, args=(self._prepare, theirs, stand, os.getpid()), daemon=True
        )
        process.start()
        theirs.close()
        worker = _Worker(process, ours, stand)
        self._workers.append(worker)
        return worker

    def _look_at(self, worker: _Worker) -> Iterator[Ended]:
        try:
            while worker.pipe.poll():
                yield from self._hear(worker, *worker.pipe.recv())
        except (EOFError, OSError):
            yield from self._lose(worker, Fault.DIED)
            return
        if not worker.process.is_alive():
            yield from self._lose(worker, Fault.DIED)
        elif worker.task is not None:
            yield from self._watch(worker)

    def _hear(self, worker: _Worker, word: str, said: Any) -> Iterator[Ended]:
        """Take in what a worker says: that it is ready, or how its task ended."""
        if word == "ready":
            worker.ready = True
            return
        if isinstance(said, ShanzhaiError):
            raise said
        task, worker.task = worker.task, None
        if word == "done":
            yield Ended(task, said)
        else:
            yield _fault(worker, task, Fault.FAILED, said)
        worker.stand.since = 0

    def _watch(self, worker: _Worker) -> Iterator[Ended]:
        since = worker.stand.since if worker.ready else worker.started
        limit = self._limits.seconds if worker.ready else STARTING_SECONDS
        if since and time.monotonic() - since > limit:
            yield from self._lose(worker, Fault.TOO_SLOW, f"{limit:g}")
        elif _resident(worker.process.pid) > self._limits.memory:
            yield from self._lose(worker, Fault.TOO_LARGE, str(self._limits.memory))

    def _lose(self, worker: _Worker, fault: Fault, detail: str = "") -> Iterator[Ended]:
        """Remove a worker that died or must; yield its task, if it had one."""
        _kill(worker)
        self._workers.remove(worker)
        if worker.task is not None:
            fault = fault if worker.ready else Fault.NOT_STARTED
            yield _fault(worker, worker.task, fault, detail or str(worker.process.exitcode))


def _fault(worker: _Worker, task: Any, fault: Fault, detail: str) -> Ended:
    stand = worker.stand
    address = bytes(stand.address).decode("utf-8", "replace")
    return Ended(task, None, fault, detail, stand.first, stand.count, address)


def _kill(worker: _Worker) -> None:
    worker.process.kill()
    worker.process.join()
    worker.pipe.close()


def _resident(pid: int | None) -> int:
    """Return a process's resident bytes; 0 where the system does not tell (no /proc)."""
    try:
        pages = int(Path(f"/proc/{pid}/statm").read_text("ascii").split()[1])
    except (OSError, IndexError, ValueError):
        return 0
    return pages * os.sysconf("SC_PAGE_SIZE")


def _work(prepare: Callable[[], Perform], pipe: Connection, stand: Stand, parent: int) -> None:
    """Be a worker: do what comes through the pipe until its other end is gone."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the parent to answer
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    _end_with(parent)
    with contextlib.suppress(EOFError, BrokenPipeError):
        try:
            perform = prepare()
        except ShanzhaiError as error:
            pipe.recv()
            pipe.send(("failed", error))
            return
        pipe.send(("ready", None))
        while True:
            task = pipe.recv()
            stand.at(0, 0)
            pipe.send(_answer(perform, task, stand))


def _answer(perform: Perform, task: Any, stand: Stand) -> tuple[str, Any]:
    try:
        return "done", perform(task, stand)
    except ShanzhaiError as error:
        return "failed", error
    except MemoryError:
        return "failed", "MemoryError"
    except Exception as error:
        return "failed", type(error).__name__


def _end_with(parent: int) -> None:
    """Let the system end this process when the parent dies, however busy it is then (Linux)."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)
        if os.getppid() != parent:  # it died in between
            os._exit(1)
