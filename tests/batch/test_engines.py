"""The same findings whatever runs the screening: this machine, a Ray cluster, Spark."""

from __future__ import annotations

import importlib.util
import os
import signal
import subprocess
import sys
import threading
import time
from datetime import UTC, datetime
from pathlib import Path

import crawls
import poison
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from detector.batch.run import screen_inputs
from detector.batch.schema import FINDINGS
from detector.settings import Engine

ROOT = Path(__file__).parents[2]
RECIPE = ROOT / "docs" / "recipes" / "spark_screen.py"
PAGES = 120


@pytest.fixture(scope="module")
def crawl(tmp_path_factory) -> Path:
    path = tmp_path_factory.mktemp("crawl") / "crawl.warc.gz"
    return crawls.write_warc(path, crawls.pages(PAGES))


@pytest.fixture(scope="module")
def table() -> pa.Table:
    rows = [
        {"url": address, "html": body, "fetched": datetime(2024, 3, 1, tzinfo=UTC)}
        for address, body in crawls.pages(PAGES)
    ]
    return pa.Table.from_pylist(rows)


@pytest.fixture(scope="module")
def local(crawl, tmp_path_factory) -> Path:
    out = tmp_path_factory.mktemp("local") / "out"
    screen_inputs([str(crawl)], poison.settings(out))
    return out


def known(rows: list[dict]) -> list[tuple]:
    """Return what does not depend on how a table was cut into batches."""
    return sorted((row["address"], row["fingerprint"], row["start"], row["end"]) for row in rows)


def test_a_batch_is_screened_as_a_crawl_is(table, local):
    from detector import screen

    [batch] = table.to_batches()
    found = screen(batch)
    assert found.schema == FINDINGS
    expected = crawls.rows(local, "findings", "address", "fingerprint", "start", "end")
    assert known(found.to_pylist()) == expected


def test_the_function_brings_no_engine_with_it():
    code = (
        "import sys, pyarrow as pa; from detector import screen;"
        "screen(pa.RecordBatch.from_pylist([{'text': '电工证培训，包过'}]));"
        "print({'ray', 'pyspark', 'onnxruntime', 'cv2'} & set(sys.modules))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True)
    assert done.stdout.strip() == b"set()"


def recipe():
    spec = importlib.util.spec_from_file_location("spark_screen", RECIPE)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_the_recipe_for_spark_maps_batches(table):
    batches = table.to_batches(max_chunksize=50)
    found = list(recipe().screen_batches(iter(batches)))
    assert all(batch.schema == FINDINGS for batch in found)
    assert len({row["address"] for batch in found for row in batch.to_pylist()}) == PAGES / 5


@pytest.mark.slow
def test_spark_itself_finds_the_same(table, local, tmp_path):
    pytest.importorskip("pyspark", reason="pyspark is not installed")
    pq.write_table(table, tmp_path / "pages.parquet")
    environment = os.environ | {"PYSPARK_PYTHON": sys.executable}
    command = [sys.executable, RECIPE, tmp_path / "pages.parquet", tmp_path / "findings"]
    subprocess.run(command, check=True, env=environment, timeout=300)
    expected = crawls.rows(local, "findings", "address", "fingerprint", "start", "end")
    assert known(pq.read_table(tmp_path / "findings").to_pylist()) == expected


@pytest.fixture
def cluster(monkeypatch):
    """Start two nodes with one processor each on this machine, apart from the driver."""
    ray = pytest.importorskip("ray", reason="ray is not installed")
    from ray.cluster_utils import Cluster

    monkeypatch.setenv("PYTHONPATH", str(Path(__file__).parent))  # the nodes know poison.py

    head = {"num_cpus": 1, "include_dashboard": False}
    try:
        nodes = Cluster(initialize_head=True, head_node_args=head)
        nodes.add_node(num_cpus=1)
        nodes.wait_for_nodes()
    except Exception as error:
        pytest.skip(f"Ray cannot start nodes on this machine: {error}")
    yield nodes
    ray.shutdown()
    nodes.shutdown()


def on_ray(cluster, out: Path, **more: object):
    return poison.settings(
        out, engine=Engine.RAY, ray_address=cluster.address, **({"chunk_pages": 10} | more)
    )


@pytest.mark.slow
def test_two_nodes_find_the_same(cluster, crawl, local, tmp_path):
    screen_inputs([str(crawl)], on_ray(cluster, tmp_path / "out"))
    assert crawls.findings(tmp_path / "out") == crawls.findings(local)
    assert crawls.screened(tmp_path / "out") == crawls.screened(local)


@pytest.mark.slow
def test_a_worker_of_the_cluster_that_is_killed_changes_nothing(cluster, crawl, local, tmp_path):
    out, killed = tmp_path / "out", []

    def kill() -> None:
        deadline = time.monotonic() + 60
        while time.monotonic() < deadline and not killed:
            if list(out.glob("pages/*.parquet")):
                for pid in ray_workers()[:1]:
                    os.kill(pid, signal.SIGKILL)
                    killed.append(pid)
            time.sleep(0.02)

    killer = threading.Thread(target=kill)
    killer.start()
    screen_inputs([str(crawl)], on_ray(cluster, out, chunk_pages=2))
    killer.join()
    assert killed
    assert crawls.findings(out) == crawls.findings(local)
    assert crawls.screened(out) == crawls.screened(local)


def ray_workers() -> list[int]:
    """Return the processes of Ray that have a worker of ours as their child."""
    found = []
    for path in Path("/proc").glob("[0-9]*/cmdline"):
        try:
            if b"multiprocessing.spawn" in path.read_bytes():
                parent = int((path.parent / "stat").read_text().rpartition(")")[2].split()[1])
                if b"ray::" in Path(f"/proc/{parent}/cmdline").read_bytes():
                    found.append(parent)
        except OSError:
            continue
    return found


@pytest.mark.slow
def test_a_page_that_ends_its_process_is_quarantined_on_a_cluster_too(
    cluster, crawl, local, tmp_path, monkeypatch
):
    monkeypatch.setattr("detector.batch.ray_engine.prepare", poison.prepare)
    given = list(crawls.pages(PAGES))
    address, body = given[63]
    given[63] = (address, body + poison.ENDS)
    crawl = crawls.write_warc(tmp_path / "crawl.warc.gz", given)
    tally = screen_inputs([str(crawl)], on_ray(cluster, tmp_path / "out"))
    assert (tally.pages, tally.quarantined) == (PAGES, 1)
    expected = [row[:1] + row[2:] for row in crawls.findings(local) if row[0] != address]
    found = [row[:1] + row[2:] for row in crawls.findings(tmp_path / "out")]
    assert found == expected
