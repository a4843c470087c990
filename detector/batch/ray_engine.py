"""The same run on a Ray cluster: Ray Data maps the tasks, the ledger stays with the driver.

Ray starts a task again for ever when its process dies, so a page that ends its process would
loop. Each of Ray's processes therefore keeps a killable child of its own (workers.py), which
does the work under the usual limits; Ray sees only how it ended. A node that dies takes its
tasks with it, and Ray does them again elsewhere: parts that are written twice are the same.
"""

from __future__ import annotations

import atexit
import logging
import pickle
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import partial
from typing import Any

from detector.batch.values import Lane
from detector.batch.work import Listing, Screening, prepare
from detector.batch.workers import Ended, Limits, Perform, Workers
from detector.errors import MissingPartError, ShanzhaiError, UsageError
from detector.settings import Settings

# Chunks that are handed to Ray at a time: enough to keep a large cluster busy, few enough that
# the driver's memory stays small.
WAVE = 20_000
# Ray Data itself needs a processor now and then; actors that take them all stop it for ever.
ACTOR_CPUS = 0.5
TASK, ENDED = "task", "ended"
Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Make:
    """How a process of the cluster starts its child."""

    settings: Settings
    prepare: Callable[[], Perform]


class RayPool:
    """Does waves of tasks on a cluster."""

    def __init__(self, settings: Settings) -> None:
        """Join the cluster that `settings.ray_address` names, or start one on this machine.

        Raises MissingPartError without Ray, UsageError where the cluster cannot be joined.
        """
        try:
            import ray
            import ray.data
        except ImportError as error:
            raise MissingPartError(
                "没有安装 Ray。请运行 pip install 'shanzhai-detector[ray]' 后重试，"
                "或去掉 --engine ray。"
            ) from error
        self._ray = ray
        self._settings = settings
        self._make = Make(settings, partial(prepare, settings))
        self._own = not ray.is_initialized()
        if self._own:
            try:
                ray.init(
                    address=settings.ray_address or None,
                    log_to_driver=False,
                    logging_level=logging.ERROR,
                )
            except (ConnectionError, RuntimeError, ValueError) as error:
                raise UsageError(
                    f"无法加入 Ray 集群 {settings.ray_address or '（本机）'}（{error}）。"
                    "请检查地址、集群是否在运行、令牌是否一致（见 docs/cluster.md）。"
                ) from error
        context = ray.data.DataContext.get_current()
        logging.getLogger("ray.data").setLevel(logging.ERROR)
        context.enable_progress_bars = False
        context.print_on_execution_start = False

    def do(self, tasks: Iterable[Listing | Screening]) -> Iterator[Ended]:
        """Yield how tasks ended, as they do; raises the ShanzhaiError that one met.

        What needs the nets goes to actors, which keep them (and a GPU, where asked for); the
        rest goes to tasks.
        """
        lanes: dict[Lane, list[Listing | Screening]] = {lane: [] for lane in Lane}
        for task in tasks:
            lanes[task.chunk.lane if isinstance(task, Screening) else Lane.TEXT].append(task)
        yield from self._map(lanes[Lane.TEXT], partial(_do, self._make), {"num_cpus": 1})
        actors = {
            "fn_constructor_args": (self._make,),
            "concurrency": (1, self._most_actors()),
            "num_cpus": ACTOR_CPUS,
            "num_gpus": self._settings.ocr_gpus,
        }
        yield from self._map(lanes[Lane.SCAN], Reader, actors)

    def close(self) -> None:
        """Leave the cluster; one that was started here ends."""
        if self._own:
            self._ray.shutdown()

    def _map(self, tasks: list[Any], function: Any, how: dict[str, Any]) -> Iterator[Ended]:
        if not tasks:
            return
        rows = [{TASK: pickle.dumps(task)} for task in tasks]
        dataset = self._ray.data.from_items(rows, override_num_blocks=len(rows))
        for row in dataset.map(function, **how).iter_rows():
            ended = pickle.loads(row[ENDED])
            if isinstance(ended, ShanzhaiError):
                raise ended
            yield ended

    def _most_actors(self) -> int:
        resources: dict[str, float] = self._ray.cluster_resources()  # type: ignore[no-untyped-call]
        if self._settings.ocr_gpus:
            return max(1, int(resources.get("GPU", 0) / self._settings.ocr_gpus))
        return max(1, int(resources.get("CPU", 1)))


class Reader:
    """An actor that keeps the nets for reading pictures in a child process."""

    def __init__(self, make: Make) -> None:
        """Take what its child is to be started with."""
        self._make = make

    def __call__(self, row: Row) -> Row:
        """Do one task."""
        return _do(self._make, row)


def _do(make: Make, row: Row) -> Row:
    """Do one task in this process's child, and return how it ended."""
    child = _child(make)
    child.give(pickle.loads(row[TASK]))
    try:
        while not (ended := child.ended()):
            pass
    except ShanzhaiError as error:
        return {ENDED: pickle.dumps(error)}
    return {ENDED: pickle.dumps(ended[0])}


def _child(make: Make) -> Workers:
    """Return this process's worker, which is started once and lasts as long as the process."""
    settings = make.settings
    if settings not in _CHILDREN:
        limits = Limits(settings.max_seconds_per_document, settings.max_memory)
        _CHILDREN[settings] = Workers(1, make.prepare, limits)
        atexit.register(_CHILDREN[settings].close)
    return _CHILDREN[settings]


_CHILDREN: dict[Settings, Workers] = {}
