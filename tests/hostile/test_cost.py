"""No log costs more time or memory than its length."""

from __future__ import annotations

import os
import subprocess
import sys
import time

import pytest

import curlx
from curlx.assembler import assemble
from curlx.lines import split
from curlx.reader import read
from curlx.redaction import Redactor

from .bodies import ANSWER, BODIES, LEFT, LOGS, MOVED, OPENING, REFUSED, REQUEST, TLS, print_body, rows

ORDINARY = b"".join(path.read_bytes() for path in LOGS if path.stem.startswith("mtls-nginx"))
COSTLY = {
    "an ordinary log": ORDINARY[:12_000],
    "data lines": b"{ [1369 bytes data]\n",
    "farewells": LEFT,
    "answers": b"< HTTP/1.1 200 OK\r\n< Content-Length: 10\r\n< \r\n",
    "transfers": print_body("terminal", b"hi\n"),
    "bodies that are not there": OPENING + REQUEST + ANSWER % b"< Content-Length: 300000\r\n" + MOVED % 500 + LEFT,
    "reused connections": b"* Re-using existing connection #0 with host shop.example\n" + REQUEST + ANSWER % b"" + LEFT,
    "redirects": OPENING + REQUEST + b"< HTTP/1.1 301 Moved\r\n< Content-Length: 9\r\n< \r\n* Ignoring the response-body\n" + LEFT
    + b"* Issue another request to this URL: 'http://shop.example/a'\n",
    "failures": REFUSED,
    "commands": b"$ curl -v https://shop.example/\n",
    "commands that go on": b"curl -v \\\n",
    "hostile lines": b"".join(BODIES.values()),
    "protocols": b"* ALPN, offering h2\n* ALPN, offering http/1.1\n",
    "certificates": b"* Server certificate:\n*  subject: CN=a\n*  subjectAltName: host \"a\" matched cert's \"a\"\n",
    "trace rows": b"<= Recv data, 16 bytes (0x10)\n" + rows(b"* CONNECT tunnel"),
    "glued lines": b"text" + LEFT,
    "headers": b"< X-Header: value\r\n",
    "secrets": b"> Authorization: Bearer abcdefghijklmnopqrstuvwxyz0123456789\n",
}  # fmt: skip


def seconds(unit: bytes, lines: int) -> float:
    times = lines // unit.count(b"\n") + 1
    data = OPENING + REQUEST + ANSWER % b"< Content-Length: 100\r\n" + unit * times
    start = time.process_time()
    assemble(read(map(Redactor().hide, split([data]))))
    return time.process_time() - start


@pytest.mark.parametrize("name", COSTLY)
def test_the_time_for_a_line_does_not_grow_with_the_log(name: str) -> None:
    unit = COSTLY[name]
    seconds(unit, 1_000)
    short = min(seconds(unit, 4_000) for _ in range(3))
    long = min(seconds(unit, 32_000) for _ in range(2))
    assert long < 8 * 3 * short + 0.1


@pytest.mark.parametrize(
    ("data", "limit"),
    [
        (b"* " + b"a * b" * 4_000_000, 2.0),
        (b"".join(b"> " * depth + b"* Trying 192.0.2.1:80...\n" for depth in range(0, 10_000, 20)), 4.0),
        ((b"> " * 10_000 + b"\n") * 200, 4.0),
        (b"* " + b"[" * 2_000_000 + b"\n", 2.0),
        ((b"\x1b]0" * 20_000 + b"\n") * 20, 4.0),
        (b'"password": "' * 200_000, 4.0),
        (b"curl " + b"-H 'a: b' " * 50_000 + b"\n", 4.0),
        (b"\r  0     0    0     0    0     0      0      0 --:--:-- --:--:-- --:--:--     0" * 50_000, 4.0),
    ],
    ids=["one long line", "quotes", "deep quotes", "brackets", "titles", "open strings", "a long command", "meters"],
)
def test_no_line_is_expensive(data: bytes, limit: float) -> None:
    start = time.process_time()
    curlx.explain(data)
    assert time.process_time() - start < limit


@pytest.mark.skipif(os.name != "posix", reason="needs resource")
@pytest.mark.parametrize("body", [b"a" * 1_000, bytes(1_000), "\U0001f600".encode() * 5_000 + b"\n",
                                  b"lorem ipsum dolor sit amet\n" * 40, TLS + LEFT],
                         ids=["one line", "NUL bytes", "long lines", "many lines", "many lines that imitate curl"])  # fmt: skip
def test_memory_does_not_grow_with_a_body(body: bytes) -> None:
    size = 300_000_000 if b"\n" not in body else 20_000_000
    program = (
        "import resource, sys, curlx\n"
        "curlx.explain(b'* x\\n')\n"
        "def chunks():\n"
        "    yield head\n"
        "    for _ in range(size // len(body) // 60):\n"
        "        yield body * 60\n"
        f"head, body, size = {OPENING + REQUEST + ANSWER % (b'< Content-Length: %d' % size + bytes([13, 10]))!r}, {body!r}, {size}\n"
        "before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss\n"
        "curlx.explain(chunks())\n"
        "print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before)\n"
    )
    ran = subprocess.run([sys.executable, "-c", program], capture_output=True, check=True, text=True)
    unit = 1 if sys.platform == "darwin" else 1024  # getrusage(2): bytes on macOS, kilobytes elsewhere
    assert int(ran.stdout) * unit < 80_000_000
