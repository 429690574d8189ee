"""A log pasted into a terminal: a real one, as the kernel makes it."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import suppress

import pytest

pty = pytest.importorskip("pty", reason="Windows has no pseudo-terminals of this kind")
termios = pytest.importorskip("termios")

COOKIE = "c" * 20_000
LOG = f"""\
* Connected to api.example.com (203.0.113.10) port 80 (#0)
> GET / HTTP/1.1
> Host: api.example.com
>\x20
< HTTP/1.1 503 Service Unavailable
< X-Trace: {COOKIE}
< Content-Length: 5
<\x20
later* Connection #0 to host api.example.com left intact
""".encode()


class Terminal:
    """curlx with a keyboard."""

    def __init__(self, *arguments: str, early: bytes = b"") -> None:
        self.ours, self.its = pty.openpty()
        os.write(self.ours, early)
        self.before = termios.tcgetattr(self.its)
        self.process = subprocess.Popen(
            [sys.executable, "-m", "curlx", *arguments],
            stdin=self.its, stdout=subprocess.PIPE, stderr=subprocess.PIPE, start_new_session=True,
            preexec_fn=lambda: signal.signal(signal.SIGINT, signal.default_int_handler),  # tests in the background have none
        )  # fmt: skip
        assert self.process.stderr is not None
        self.invitation = self.process.stderr.readline().decode()

    def press(self, keys: bytes) -> None:
        """Press keys, and drop what the terminal echoes: nobody would read it, and a full one stops."""
        os.set_blocking(self.ours, False)
        deadline = time.monotonic() + 30
        while keys and time.monotonic() < deadline:
            try:
                keys = keys[os.write(self.ours, keys[:1024]) :]
            except BlockingIOError:
                time.sleep(0.005)
            with suppress(BlockingIOError):
                os.read(self.ours, 1 << 16)
        assert not keys

    def wait_for_the_mode(self) -> None:
        deadline = time.monotonic() + 30
        while termios.tcgetattr(self.its)[3] & termios.ICANON:
            assert time.monotonic() < deadline
            time.sleep(0.01)

    def end(self) -> tuple[int, str]:
        out, _ = self.process.communicate(timeout=60)
        return self.process.returncode, out.decode()


@pytest.fixture
def terminal() -> Iterator[type[Terminal]]:
    opened: list[Terminal] = []

    class Counted(Terminal):
        def __init__(self, *arguments: str, early: bytes = b"") -> None:
            super().__init__(*arguments, early=early)
            opened.append(self)

    yield Counted
    for one in opened:
        if one.process.poll() is None:
            one.process.kill()
        os.close(one.ours)
        os.close(one.its)


def test_a_pasted_line_longer_than_the_terminal_holds_arrives_whole(terminal: type[Terminal]) -> None:
    here = terminal("redact")
    here.wait_for_the_mode()
    here.press(LOG + b"\x04")
    code, out = here.end()
    assert code == 0
    assert out.encode() == LOG


def test_bare_curlx_asks_for_a_paste_and_explains_it(terminal: type[Terminal]) -> None:
    here = terminal()
    assert "paste the output of curl -v here, then press Ctrl-D" in here.invitation
    here.wait_for_the_mode()
    here.press(LOG)
    here.press(b"\x04")
    code, out = here.end()
    assert code == 1
    assert "error[http-unavailable]" in out


def test_what_was_pasted_before_curlx_was_ready_ends_too(terminal: type[Terminal]) -> None:
    here = terminal("redact", early=b"* Connected to a.example (203.0.113.1) port 80\n\x04")
    assert here.end() == (0, "* Connected to a.example (203.0.113.1) port 80\n")


def test_the_terminal_is_left_as_it_was(terminal: type[Terminal]) -> None:
    for key, code in ((b"\x04", 3), (b"\x03", 130)):
        here = terminal()
        here.wait_for_the_mode()
        if key == b"\x03":
            # The pseudo-terminal is not the process's own, so the key itself cannot reach it.
            here.process.send_signal(signal.SIGINT)
        else:
            here.press(key)
        assert here.end()[0] == code
        assert termios.tcgetattr(here.its) == here.before
