"""`curlx check`: the file or the stream that it writes to."""

from __future__ import annotations

import contextlib
import os
import re
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


def on_a_terminal(folder: Path) -> bytes:
    """Check a folder where both outputs are a terminal, and return what it shows."""
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
    return shown


@POSIX
def test_the_bar_is_gone_before_the_table_is_written(folder: Path) -> None:
    shown = on_a_terminal(folder)
    assert 0 < shown.rindex(b"\x1b[2K") < shown.index(b"4 logs: "), "and its line was cleared"


@POSIX
@pytest.mark.parametrize(("no_color", "coloured"), [("", True), ("1", False)])
def test_bar_and_table_have_colour_unless_the_terminal_says_no(
    folder: Path, no_color: str, coloured: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TERM", "xterm-256color")
    monkeypatch.setenv("NO_COLOR", no_color)
    bar, table = on_a_terminal(folder).split(b"4 logs: ")
    styled = rb"\x1b\[[\d;]*m"
    assert [re.search(styled, part) is not None for part in (bar, table)] == [coloured, coloured]
