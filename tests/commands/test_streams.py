"""Standard input and output: terminals, pipes that close, full disks, and consoles without Unicode."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from curlx.sources import UntilStopped

from .running import FINE, MISSING, curlx


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="there is no /dev/full")
@pytest.mark.parametrize(
    "command",
    [
        ("explain",),
        ("explain", "-", "--format", "json"),
        ("redact",),
        ("why",),
        ("why", "http-not-found"),
        ("--version",),
        ("--help",),
        ("explain", "--help"),
    ],
)
def test_a_full_disk_is_said_and_fails(command: tuple[str, ...]) -> None:
    with open("/dev/full", "wb") as full:
        ran = subprocess.run(
            [sys.executable, "-m", "curlx", *command], input=FINE, stdout=full, stderr=subprocess.PIPE, timeout=60
        )
    assert (ran.returncode, ran.stderr) == (2, b"curlx: cannot write standard output: no space left on device\n")


@pytest.mark.skipif(sys.platform == "win32", reason="there is no sh")
@pytest.mark.parametrize("command", ["explain", "explain - --format json", "redact", "why", "why http-not-found"])
def test_a_standard_output_that_is_closed_is_said(command: str) -> None:
    ran = subprocess.run(
        ["/bin/sh", "-c", f'exec "$0" -m curlx {command} >&-', sys.executable],
        input=FINE,
        stderr=subprocess.PIPE,
        timeout=60,
    )
    assert (ran.returncode, ran.stderr) == (2, b"curlx: cannot write standard output: it is closed\n")


def test_a_console_without_unicode_gets_ascii(saved: str) -> None:
    ran = curlx("explain", saved, PYTHONIOENCODING="ascii")
    assert ran.stdout.isascii()
    assert b"x broke here" in ran.stdout


def test_a_console_without_unicode_gets_placeholders_and_arrows_that_can_be_read(saved: str, tmp_path: Path) -> None:
    (tmp_path / "good.log").write_bytes(FINE)
    ran = curlx("diff", str(tmp_path / "good.log"), saved, PYTHONIOENCODING="ascii")
    assert b"Answer: 204 No Content -> 400 Bad Request" in ran.stdout
    (tmp_path / "token.log").write_bytes(FINE.replace(b"GET / ", b"GET /?access_token=opensesame-opensesame "))
    assert (
        b"GET /?access_token=<parameter 1>"
        in curlx("explain", str(tmp_path / "token.log"), PYTHONIOENCODING="ascii").stdout
    )


@pytest.mark.skipif(sys.platform == "win32", reason="there is no head")
def test_a_reader_that_has_gone_is_no_error(tmp_path: Path) -> None:
    path = tmp_path / "long.log"
    path.write_bytes(FINE * 2_000)
    for command in (("explain", str(path), "--format", "json"), ("redact", str(path))):
        process = subprocess.Popen(
            [sys.executable, "-m", "curlx", *command], stdout=subprocess.PIPE, stderr=subprocess.PIPE
        )
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.read(10)
        process.stdout.close()
        assert process.stderr.read() == b""
        process.stderr.close()
        assert process.wait(60) == 0


def on_a_terminal(*arguments: str, typed: bytes = b"", **environment: str) -> tuple[int, bytes, bytes]:
    """Run a command whose standard input and output are a terminal: its exit code, what is shown, standard error."""
    import pty

    variables = {name: value for name, value in os.environ.items() if name != "NO_COLOR"}
    outer, inner = pty.openpty()
    process = subprocess.Popen(
        [sys.executable, "-m", "curlx", *arguments], stdin=inner, stdout=inner, stderr=subprocess.PIPE,
        env={**variables, "TERM": "xterm", "PYTHONIOENCODING": "utf-8", **environment},
    )  # fmt: skip
    os.close(inner)
    os.write(outer, typed)
    shown = b""
    while True:
        try:
            piece = os.read(outer, 4096)
        except OSError:  # Linux ends a pseudo-terminal with EIO
            break
        if not piece:
            break
        shown += piece
    assert process.stderr is not None
    said = process.stderr.read()
    process.stderr.close()
    os.close(outer)
    return process.wait(60), shown, said


TERMINALS = pytest.mark.skipif(sys.platform == "win32", reason="there are no pseudo-terminals")


@TERMINALS
@pytest.mark.parametrize(
    ("environment", "coloured"), [({}, True), ({"NO_COLOR": "1"}, False), ({"TERM": "dumb"}, False)]
)
def test_a_terminal_asks_for_a_paste_and_gets_colour_unless_it_says_no(
    environment: dict[str, str], coloured: bool
) -> None:
    code, shown, asked = on_a_terminal(typed=MISSING + b"\x04", **environment)
    assert code == 1
    assert b"paste the output of curl -v" in asked
    assert "✖ broke here".encode() in shown
    assert (b"\x1b[1;31m" in shown) is coloured


@TERMINALS
@pytest.mark.parametrize("command", [("-h",), ("explain", "-h"), ("why", "http-not-found")])
def test_pages_are_bold_on_a_terminal_unless_it_says_no(command: tuple[str, ...]) -> None:
    assert b"\x1b[1" in on_a_terminal(*command)[1]
    code, shown, said = on_a_terminal(*command, NO_COLOR="1")
    assert (code, said) == (0, b"")
    assert b"\x1b" not in shown


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no SIGINT for one process")
def test_ctrl_c_on_a_call_that_hangs_explains_what_came_until_then() -> None:
    process = subprocess.Popen(
        [sys.executable, "-m", "curlx"], stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.default_int_handler),  # tests in the background have none
    )  # fmt: skip
    assert process.stdin is not None
    process.stdin.write(b"*   Trying 203.0.113.10:443...\n" * 4000)  # more than a pipe holds: curlx reads by now
    process.stdin.flush()
    time.sleep(1)  # until it has read the rest, and waits
    process.send_signal(signal.SIGINT)
    out, said = process.communicate(timeout=60)
    assert process.returncode == 130
    assert b"203.0.113.10" in out
    assert b"Somebody stopped curl while curl was connecting" in b" ".join(out.split())
    assert said == b"curlx: stopped with Ctrl-C: the log goes no further than that\n"


@pytest.mark.parametrize(
    ("came", "end"), [([b"one"], [b"\n^C\n"]), ([b"one\n"], [b"^C\n"]), ([b"one\n", b""], [b"^C\n"]), ([], [])]
)
def test_what_comes_is_read_until_it_is_stopped(came: list[bytes], end: list[bytes]) -> None:
    def pieces() -> Iterator[bytes]:
        yield from came
        raise KeyboardInterrupt

    watched = UntilStopped(pieces())
    assert [*watched] == came + end
    assert watched.stopped
