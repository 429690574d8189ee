"""Executors that are really there: processes, and a Dask cluster of two worker processes on the loopback interface."""

from __future__ import annotations

import importlib
import multiprocessing
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from curlx import batch
from curlx.sources.places import places
from curlx.workers import NoWorkers, cluster, cores, processes

LOGS = Path(__file__).parent.parent / "fixtures" / "logs"

pytestmark = pytest.mark.skipif(
    not os.environ.get("CURLX_FAULTS"), reason="kills processes and waits for it: CURLX_FAULTS=1 runs it"
)


@pytest.fixture(scope="module")
def scheduler() -> Iterator[str]:
    distributed = pytest.importorskip("distributed")
    with pytest.MonkeyPatch.context() as patch:
        patch.syspath_prepend(str(Path(__file__).parent))  # its workers, also those after one died, load hostile_tasks
        with distributed.LocalCluster(
            n_workers=2, threads_per_worker=1, processes=True, host="127.0.0.1", dashboard_address=None, silence_logs=50
        ) as local:
            yield local.scheduler_address


def jsonl(*arguments: str) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(
        [sys.executable, "-m", "curlx", "check", str(LOGS), "--format", "jsonl", *arguments],
        capture_output=True,
        timeout=120,
        check=False,
    )


def test_a_cluster_gives_the_same_bytes_as_one_process(scheduler: str) -> None:
    here, there = jsonl("--jobs", "1"), jsonl("--cluster", scheduler)
    assert here.stdout.count(b"\n") > 100
    assert (there.stdout, there.returncode, there.stderr) == (here.stdout, here.returncode, b"")


def test_a_cluster_worker_that_dies_costs_its_log_and_nothing_else(scheduler: str, tmp_path: Path) -> None:
    hostile: Any = importlib.import_module("hostile_tasks")
    make_executor, jobs = cluster(scheduler)
    for index in range(100):
        (tmp_path / f"{index:03}{'-deadly' if index == 50 else ''}.log").write_bytes(
            b"curl: (6) Could not resolve host: x\n"
        )
    rows = list(batch.check(places([str(tmp_path)]), make_executor, jobs=jobs, task=hostile.dies_of_some))
    assert [row.name for row in rows] == sorted(str(path) for path in tmp_path.iterdir())
    assert [row.outcome for row in rows].count("unreadable") == 1


def test_a_cluster_that_cannot_be_reached_is_said_so() -> None:
    pytest.importorskip("distributed")
    with pytest.raises(NoWorkers, match="cannot reach"):
        cluster("tcp://127.0.0.1:1")


def test_without_the_extra_the_cluster_says_what_to_install() -> None:
    try:
        import distributed  # noqa: F401
    except ImportError:
        with pytest.raises(NoWorkers, match=r"curlx\[cluster\]"):
            cluster("tcp://127.0.0.1:1")


def test_work_that_is_given_up_ends_at_once() -> None:
    before = multiprocessing.active_children()
    executor = processes(2)()
    executor.submit(time.sleep, 600)
    executor.submit(time.sleep, 600)
    time.sleep(0.5)
    began = time.monotonic()
    executor.shutdown(cancel_futures=True)
    assert time.monotonic() - began < 5
    assert set(multiprocessing.active_children()) <= set(before)


def test_there_is_at_least_one_core() -> None:
    assert 1 <= cores() <= (os.cpu_count() or 1)
