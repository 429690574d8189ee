"""`curlx check`: the file or the stream that it writes to."""

from __future__ import annotations

import contextlib
import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

from .checking import POSIX, check, names, start


def test_the_output_file_is_there_whole(folder: Path, tmp_path: Path) -> None:
    out = tmp_path / "out.jsonl"
    ran = check(folder, "-f", "jsonl", "-o", out)
    assert (ran.stdout, len(names(out.read_bytes()))) == (b"", 4)
    assert sorted(tmp_path.iterdir()) == [folder, out]


@POSIX
@pytest.mark.parametrize("format", ["table", "jsonl"])
def test_a_full_disk_is_said_to_be_full(format: str, many: Path) -> None:
    if not os.path.exists("/dev/full"):
        pytest.skip("there is no full disk")
    ran = check(many, "-f", format, "-o", "/dev/full")
    assert (ran.returncode, ran.stderr) == (2, b"curlx: cannot write /dev/full: no space left on device\n")
    assert os.path.exists("/dev/full")
    with open("/dev/full", "wb") as full:
        process = subprocess.run([sys.executable, "-m", "curlx", "check", str(many), "-f", format], stdout=full,
                                 stderr=subprocess.PIPE, check=False)  # fmt: skip
    assert process.returncode == 2
    assert b"cannot write standard output: no space left on device\n" in process.stderr


def test_a_file_that_cannot_be_written_is_known_before_the_work(many: Path, tmp_path: Path) -> None:
    began = time.monotonic()
    ran = check(many, "-o", tmp_path / "none" / "out.txt")
    assert ran.returncode == 2
    assert b"cannot write" in ran.stderr
    assert time.monotonic() - began < 10


@POSIX
def test_a_reader_that_has_gone_is_no_error(many: Path) -> None:
    process = start(many, "-f", "jsonl")
    assert process.stdout is not None
    assert process.stderr is not None
    process.stdout.readline()
    process.stdout.close()
    assert process.wait(60) == 0
    assert process.stderr.read() == b""


@POSIX
def test_the_bar_is_gone_before_the_table_is_written(folder: Path) -> None:
    import pty

    terminal, side = pty.openpty()
    with start(folder, stdout=side, stderr=side):
        os.close(side)
    shown = b""
    with contextlib.suppress(OSError):  # Linux says so when the other side is closed
        while piece := os.read(terminal, 4096):
            shown += piece
    os.close(terminal)
    assert b"\xe2\xa0" in shown, "a bar was there"
    assert 0 < shown.rindex(b"\x1b[2K") < shown.index(b"4 logs: "), "and its line was cleared"
