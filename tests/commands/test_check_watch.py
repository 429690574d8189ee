"""`curlx check --watch`: logs are read as they arrive."""

from __future__ import annotations

import os
import signal
from pathlib import Path

import pytest

from .checking import POSIX, REFUSED, start


@POSIX
def test_a_watched_folder_is_read_as_logs_arrive(folder: Path, request: pytest.FixtureRequest) -> None:
    for path in folder.iterdir():
        os.utime(path, (1_700_000_000, 1_700_000_000))
    process = start(folder, "--watch")
    request.addfinalizer(process.kill)
    assert process.stdout is not None
    first = [process.stdout.readline().split(b":")[0] for _ in range(4)]
    assert first == [os.fsencode(folder / name) for name in ("1.log", "2.log", "3.log", "4.txt")]
    (folder / "0.log").write_bytes(REFUSED % b"late.example.com")
    assert process.stdout.readline().startswith(os.fsencode(folder / "0.log:3: error[network-refused]"))
    os.killpg(process.pid, signal.SIGINT)
    stdout, stderr = process.communicate(timeout=60)
    assert (process.returncode, stdout) == (130, b"")
    assert stderr == b"curlx: stopped: 5 logs checked, 3 with something found\n"
