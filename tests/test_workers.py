"""Executors that are really there: processes, and a Dask cluster of two worker processes on the loopback interface."""

from __future__ import annotations

import json
import multiprocessing
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest

from curlx import batch
from curlx.sources.places import places
from curlx.workers import NoWorkers, cluster, cores, processes

LOGS = Path(__file__).parent.parent / "fixtures" / "logs"


@contextmanager
def started(folder: Path) -> Iterator[tuple[str, subprocess.Popen[bytes]]]:
    """Start a scheduler and two workers, as the documentation tells; give the address of the scheduler, and itself."""
    pytest.importorskip("distributed")
    file = folder / "scheduler.json"
    # The workers have to load hostile_tasks; a task that ends its worker is not tried on others.
    surroundings = {"PYTHONPATH": str(Path(__file__).parent), "DASK_DISTRIBUTED__SCHEDULER__ALLOWED_FAILURES": "0"}
    common = ("--host", "127.0.0.1", "--no-dashboard", "--scheduler-file", str(file))
    commands = [("scheduler", *common, "--port", "0"), *2 * [("worker", *common, "--nthreads", "1")]]
    processes: list[subprocess.Popen[bytes]] = []
    with ExitStack() as stack:
        for command in commands:
            process = subprocess.Popen(
                [sys.executable, "-m", "dask", *command],
                env={**os.environ, **surroundings},
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
                cwd=file.parent,
            )
            processes.append(process)
            stack.callback(process.wait, 30)
            stack.callback(process.terminate)
            end = time.monotonic() + 60
            while not file.exists():
                assert process.poll() is None
                assert time.monotonic() < end, "the scheduler does not start"
                time.sleep(0.05)
        address: str = json.loads(file.read_text())["address"]
        with import_module("distributed").Client(address, timeout=30, set_as_default=False) as client:
            client.wait_for_workers(2, timeout=60)
        yield address, processes[0]


@pytest.fixture(scope="module")
def scheduler(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with started(tmp_path_factory.mktemp("cluster")) as (address, _):
        yield address


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


def test_a_cluster_worker_that_dies_costs_its_log_and_nothing_else(
    scheduler: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.syspath_prepend(str(Path(__file__).parent))
    hostile: Any = import_module("hostile_tasks")
    executor, jobs = cluster(scheduler)
    for index in range(100):
        (tmp_path / f"{index:03}{'-deadly' if index == 50 else ''}.log").write_bytes(
            b"curl: (6) Could not resolve host: x\n"
        )
    with executor:
        rows = list(batch.check(places([str(tmp_path)]), executor, jobs=jobs, task=hostile.dies_of_some))
    assert [row.name for row in rows] == sorted(str(path) for path in tmp_path.iterdir())
    assert [row.outcome for row in rows].count("unreadable") == 1


def test_a_scheduler_that_dies_is_said_to_be_gone_and_what_was_done_is_kept(tmp_path: Path) -> None:
    log = next(LOGS.glob("*.log")).read_bytes()
    (tmp_path / "logs").mkdir()
    for index in range(3_000):
        (tmp_path / "logs" / f"{index:04}.log").write_bytes(log)
    out = tmp_path / "out.jsonl"
    command = ["check", str(tmp_path / "logs"), "--format", "jsonl", "--output", str(out)]
    with started(tmp_path) as (address, process):
        running = subprocess.Popen(
            [sys.executable, "-m", "curlx", *command, "--cluster", address], stderr=subprocess.PIPE
        )
        partial = tmp_path / "out.jsonl.partial"
        while not (partial.exists() and partial.stat().st_size):
            assert running.poll() is None
            time.sleep(0.01)
        process.kill()
        _, said = running.communicate(timeout=60)
    assert running.returncode == 2
    assert said.startswith(b"curlx: ")
    assert said.endswith(b"; --resume goes on from here\n")
    assert said.count(b"\n") == 1
    assert subprocess.run([sys.executable, "-m", "curlx", *command, "--resume"]).returncode in (0, 1)
    assert out.read_bytes().count(b"\n") == 3_000


def test_without_the_extra_the_cluster_says_what_to_install() -> None:
    try:
        import distributed  # noqa: F401
    except ImportError:
        with pytest.raises(NoWorkers, match=r"pip install .\.\[cluster\]"):
            cluster("tcp://127.0.0.1:1")


def test_work_that_is_given_up_ends_at_once() -> None:
    before = multiprocessing.active_children()
    executor = processes(2)
    executor.submit(time.sleep, 600)
    executor.submit(time.sleep, 600)
    time.sleep(0.5)
    began = time.monotonic()
    executor.shutdown(cancel_futures=True)
    assert time.monotonic() - began < 5
    assert set(multiprocessing.active_children()) <= set(before)


def test_there_is_at_least_one_core() -> None:
    assert 1 <= cores() <= (os.cpu_count() or 1)
