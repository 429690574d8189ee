"""`curlx check` takes no more memory for a longer log."""

from __future__ import annotations

import csv
import subprocess
import sys
from pathlib import Path

import pytest

from .running import FINE

# What `getrusage` tells of itself is at least what the process had that started it.
_MEASURED = """
import resource, sys
from curlx.cli import app
if __name__ == "__main__":
    app(sys.argv[1:])
    own = next(int(line.split()[1]) for line in open("/proc/self/status") if line.startswith("VmHWM"))
    print(max(own, resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss) >> 10, file=sys.stderr)
"""


@pytest.mark.skipif(sys.platform != "linux", reason="/proc tells how much memory a process had")
def test_memory_does_not_grow_with_the_runs_of_a_log(tmp_path: Path) -> None:
    script, log = tmp_path / "run.py", tmp_path / "cron.log"
    script.write_text(_MEASURED)
    run = b"*   Trying 203.0.113.10:80...\n" + FINE
    used: list[int] = []
    for runs in (1_500, 15_000):
        log.write_bytes(run * runs)
        ran = subprocess.run(
            [sys.executable, str(script), "check", str(log), "--format", "csv", "--jobs", "1"],
            capture_output=True, timeout=280, check=False,
        )  # fmt: skip
        records = [*csv.DictReader(ran.stdout.decode().splitlines())]
        assert [record["run"] for record in records] == [str(number) for number in range(1, runs + 1)]
        assert {(record["lines"], record["size"]) for record in records} == {(str(9 * runs), str(len(run) * runs))}
        used.append(int(ran.stderr.split()[-1]))
    assert used[1] < 150, "megabytes"
    assert used[1] < used[0] + 40
