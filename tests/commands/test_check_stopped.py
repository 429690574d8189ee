"""`curlx check` that is stopped, or loses a process, and goes on where it was."""

from __future__ import annotations

import os
import signal
import subprocess
import tarfile
import time
from pathlib import Path

from .checking import POSIX, check, lines, names, start


def children(process: subprocess.Popen[bytes]) -> list[int]:
    """Return the processes that read logs (and not the one that multiprocessing keeps for its own use)."""
    found = subprocess.run(
        ["ps", "-ww", "-o", "pid=,args=", "--ppid", str(process.pid)], capture_output=True, text=True, check=False
    )
    return [int(line.split()[0]) for line in found.stdout.splitlines() if "spawn_main" in line]


def running(process: subprocess.Popen[bytes], out: Path) -> list[int]:
    """Wait until results come, and return the processes that read logs."""
    end = time.monotonic() + 30
    while time.monotonic() < end:
        if out.exists() and out.stat().st_size > 0:
            return children(process)
        time.sleep(0.02)
    raise AssertionError("nothing was written in time")


@POSIX
def test_a_worker_that_is_killed_costs_nothing(many: Path, tmp_path: Path) -> None:
    out = tmp_path / "out.jsonl"
    process = start(many, "-f", "jsonl", "-o", out, "-j", "2")
    victims = running(process, tmp_path / "out.jsonl.partial")
    assert victims
    os.kill(victims[0], signal.SIGKILL)
    process.communicate(timeout=120)
    assert process.returncode == 0
    assert names(out.read_bytes()) == sorted(str(path) for path in many.iterdir())
    assert {document["outcome"] for document in lines(out.read_bytes())} == {"success"}


@POSIX
def test_ctrl_c_stops_and_resume_goes_on_where_it_stopped(many: Path, tmp_path: Path) -> None:
    with tarfile.open(many / "1500.tar", "w") as tar:
        for name in ("0001.log", "0002.log"):
            tar.add(many / name, name)
    out, whole = tmp_path / "out.jsonl", tmp_path / "whole.jsonl"
    process = start(many, "-f", "jsonl", "-o", out, "-j", "2")
    running(process, tmp_path / "out.jsonl.partial")
    os.killpg(process.pid, signal.SIGINT)
    _, stderr = process.communicate(timeout=60)
    assert process.returncode == 130
    assert stderr.startswith(b"curlx: stopped: ")
    assert stderr.endswith(b"--resume goes on from here\n")
    assert not out.exists()
    partial = tmp_path / "out.jsonl.partial"
    done = len(names(partial.read_bytes()))
    assert 0 < done < 3_000
    with partial.open("ab") as file:
        file.write(b'{"format":1,"outcome":"succ')  # as if it had been killed while writing
    assert check(many, "-f", "jsonl", "-o", out, "--resume").returncode == 0
    assert check(many, "-f", "jsonl", "-o", whole).returncode == 0
    assert out.read_bytes() == whole.read_bytes()
    assert not partial.exists()


def test_resume_with_nothing_to_resume_begins(folder: Path, tmp_path: Path) -> None:
    out = tmp_path / "out.jsonl"
    assert check(folder, "-f", "jsonl", "-o", out, "--resume").returncode == 1
    assert len(names(out.read_bytes())) == 4


def test_resume_counts_what_was_found_before(folder: Path, tmp_path: Path) -> None:
    (tmp_path / "out.jsonl.partial").write_bytes(check(folder / "1.log", "-f", "jsonl").stdout)
    (folder / "3.log").unlink()
    assert check(folder, "-f", "jsonl", "-o", tmp_path / "out.jsonl", "--resume").returncode == 1


@POSIX
def test_ctrl_c_prints_the_table_of_what_was_done(many: Path) -> None:
    process = start(many, "-j", "2")
    end = time.monotonic() + 30
    while not children(process):
        assert time.monotonic() < end
        time.sleep(0.01)
    time.sleep(0.4)
    os.killpg(process.pid, signal.SIGINT)
    stdout, stderr = process.communicate(timeout=60)
    assert process.returncode == 130
    assert int(stdout.split()[0]) < 4 * 3_000  # "0 logs" on a machine that is slow to begin, else so many runs
    assert b"Traceback" not in stderr
    assert stderr.startswith(b"curlx: stopped: ")


@POSIX
def test_workers_do_not_outlive_a_program_that_is_killed(many: Path, tmp_path: Path) -> None:
    process = start(many, "-f", "jsonl", "-o", tmp_path / "out.jsonl", "-j", "2")
    workers = running(process, tmp_path / "out.jsonl.partial")
    process.kill()
    process.communicate(timeout=60)
    end = time.monotonic() + 10
    while alive(workers) and time.monotonic() < end:
        time.sleep(0.05)
    assert workers
    assert alive(workers) == []


def alive(pids: list[int]) -> list[int]:
    found = []
    for pid in pids:
        try:
            os.kill(pid, 0)
            state = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
        except (ProcessLookupError, FileNotFoundError):
            continue
        if state != "Z":
            found.append(pid)
    return found
