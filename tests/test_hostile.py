"""Whoever writes a body, or damages a log, changes no verdict, raises nothing and costs no more than its length."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import time
import unicodedata
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import curlx
from curlx.assembler import assemble
from curlx.lines import split
from curlx.reader import read
from curlx.redaction import Redactor
from curlx.report import Report

LOGS = sorted((Path(__file__).parent.parent / "fixtures" / "logs").glob("*.log"))

# --- bodies that imitate curl -----------------------------------------------------------------------------------------

_LEFT = b"* Connection #0 to host shop.example left intact\n"
_CLOSED = b"* Closing connection 0\n"
_REFUSED = (
    b"*   Trying 192.0.2.1:443...\n* connect to 192.0.2.1 port 443 failed: Connection refused\n"
    b"* Failed to connect to evil.example port 443 after 1 ms: Connection refused\n" + _CLOSED
    + b"curl: (7) Failed to connect to evil.example port 443 after 1 ms: Connection refused\n"
)  # fmt: skip
_TLS = (
    b"* TLSv1.3 (OUT), TLS handshake, Client hello (1):\n* TLSv1.3 (IN), TLS handshake, Server hello (2):\n"
    b"* TLSv1.3 (IN), TLS handshake, Request CERT (13):\n* TLSv1.3 (OUT), TLS handshake, Certificate (11):\n"
    b"* TLSv1.3 (OUT), TLS handshake, CERT verify (15):\n* TLSv1.3 (OUT), TLS handshake, Finished (20):\n"
    b"* SSL connection using TLSv1.3 / TLS_AES_256_GCM_SHA384\n* Server certificate:\n*  subject: CN=attacker.example\n"
    b"*  expire date: Jan  1 00:00:00 2002 GMT\n*  SSL certificate verify ok.\n"
)
_ALERT = b"OpenSSL SSL_read: error:0A00045C:SSL routines::tlsv13 alert certificate required, errno 0\n"
BODIES = {
    "a handshake": b"* Host evil.example:443 was resolved.\n*   Trying 192.0.2.66:443...\n"
    b"* Connected to evil.example (192.0.2.66) port 443 (#0)\n" + _TLS + b"> GET /evil HTTP/1.1\n> Host: evil.example\n> \n"
    b"< HTTP/1.1 500 Internal Server Error\n< Content-Length: 3\n< \nno\n* Connection #0 to host evil.example left intact\n",
    "an alert": b"* TLSv1.3 (IN), TLS alert, certificate required (628):\n* " + _ALERT + _CLOSED + b"curl: (56) " + _ALERT,
    "an exit code": b"curl: (60) SSL certificate problem: self-signed certificate in certificate chain\nMore details here: https://a\n",
    "a reset": b"* Recv failure: Connection reset by peer\n" + _CLOSED + b"curl: (56) Recv failure: Connection reset by peer\n",
    "a timeout": b"* Operation timed out after 5000 milliseconds with 0 bytes received\n" + _CLOSED
    + b"curl: (28) Operation timed out after 5000 milliseconds with 0 bytes received\n",
    "a reset stream": b"* HTTP/2 stream 1 was not closed cleanly: INTERNAL_ERROR (err 2)\n" + _LEFT
    + b"curl: (92) HTTP/2 stream 1 was not closed cleanly: INTERNAL_ERROR (err 2)\n",
    "a certificate that cannot be read": b"* could not load PEM client certificate from bad.pem, OpenSSL error error:80000002:"
    b"system library::No such file or directory, (no key found, wrong pass phrase, or wrong file format?)\n" + _CLOSED,
    "another answer": b"< HTTP/1.1 502 Bad Gateway\r\n< Server: nginx\r\n< \r\n<html>\n",
    "another request": b"* Issue another request to this URL: 'http://evil.example/'\n*   Trying 192.0.2.66:80...\n"
    b"* Connected to evil.example (192.0.2.66) port 80 (#1)\n> GET / HTTP/1.1\n> Host: evil.example\n> \n"
    b"< HTTP/1.1 403 Forbidden\n< Content-Length: 0\n< \n* Connection #1 to host evil.example left intact\n",
    "a farewell and a reused connection": _LEFT + b"* Re-using existing connection #0 with host shop.example\n"
    b"> GET /b HTTP/1.1\r\n> Host: shop.example\r\n> \r\n< HTTP/1.1 503 Service Unavailable\r\n< Content-Length: 4\r\n< \r\nbye\n" + _LEFT,
    "a farewell and a refusal": _LEFT + _REFUSED,
    "a prompt": b"$ curl -v https://evil.example/\n" + _REFUSED,
    "a command alone": b"$ curl -v https://evil.example/\nthen run it\n",
    "a trace": b"== Info: Server certificate:\n== Info:  subject: CN=attacker.example\n<= Recv header, 28 bytes (0x1c)\n"
    b"0000: HTTP/1.1 502 Bad Gateway\n<= Recv data, 5 bytes (0x5)\n0000: hello\n== Info: Closing connection 0\ncurl: (56) " + _ALERT,
    "times and numbers": b"09:10:19.271401 [0-0] * Could not resolve host: evil.example\n[1-0] * Recv failure: Connection reset"
    b" by peer\n09:10:19.271401 * TLSv1.3 (IN), TLS alert, unknown CA (560):\ncurl: (6) Could not resolve host: evil.example\n",
    "a meter": b"  % Total    % Received % Xferd  Average Speed   Time    Time     Time  Current\n\r  0     0    0     0    0     0"
    b"      0      0 --:--:-- --:--:-- --:--:--     0* Could not resolve host: evil.example\ncurl: (6) Could not resolve host: a\n",
    "a renegotiation": b"* TLSv1.2 (IN), TLS handshake, Hello request (0):\n* TLSv1.2 (IN), TLS handshake, Request CERT (13):\n"
    b"* TLSv1.2 (OUT), TLS handshake, Certificate (11):\n",
    "a retry": b"Warning: Problem: HTTP error. Will retry in 1 seconds. 3 retries left.\n* Connection died, retrying a fresh connect\n",
    "lines taken out": b"...\n[...]\n<snip>\n* TLSv1.3 (IN), TLS alert, handshake failure (552):\n",
    "a proxy": b"* CONNECT tunnel failed, response 407\n" + _CLOSED + b"curl: (56) CONNECT tunnel failed, response 407\n"
    b"* Uses proxy env variable https_proxy == 'http://evil:3128'\n",
}  # fmt: skip
PLAIN = b"<p>All is well here.</p>\n" * 3


def told(report: Report) -> tuple[object, ...]:
    """What a body must not change."""
    errors = [(finding.code, finding.transfer) for finding in report.findings if finding.severity == "error"]
    summary = report.summary
    return (report.outcome, errors, summary.client_certificate, summary.server_certificate, summary.tls_version, summary.alpn,
            summary.proxy, summary.http_statuses)  # fmt: skip


def with_body(data: bytes, report: Report, body: bytes) -> bytes | None:
    """The log as it had been with another body; None when it does not show one whole body in its announced length."""
    answers = [
        exchange.response
        for transfer in report.timeline.transfers
        for exchange in transfer.exchanges
        if exchange.response is not None and exchange.response.body.seen
    ]
    if len(answers) != 1 or b"bytes (0x" in data:
        return None
    lines = data.splitlines(keepends=True) if b"\r\r" not in data else [line + b"\n" for line in data.split(b"\n")[:-1]]
    first, last, announced = answers[0].body.first_line, answers[0].body.last_line, answers[0].body.announced
    if first is None or last is None or announced is None or sum(map(len, lines[first - 1 : last])) != announced:
        return None
    length = re.compile(rb"(.*< (?:\[\d-\d\] )?content-length: ?)\d+(\r*\n)", re.IGNORECASE)
    for index in range(answers[0].first_line - 1, answers[0].last_line):
        lines[index] = length.sub(lambda match: match[1] + b"%d" % len(body) + match[2], lines[index])
    data_line = b"{ [%d bytes data]" % announced
    rest = [line.replace(data_line, b"{ [%d bytes data]" % len(body)) for line in lines]
    return b"".join(rest[: first - 1]) + body + b"".join(rest[last:])


@cache
def victims() -> list[tuple[str, bytes]]:
    """One log of each way in which curl prints a body, healthy and failing, out of those that are here."""
    chosen: dict[tuple[str, bool, bool], tuple[str, bytes]] = {}
    for path in LOGS:
        data = path.read_bytes()
        report = curlx.explain(data)
        if with_body(data, report, PLAIN) is not None:
            mode = path.stem.rpartition("-")[2]
            kind = (mode, report.outcome == "success", bool(report.timeline.transfers[-1].connections[-1:]))
            chosen.setdefault(kind, (path.stem, data))
    return list(chosen.values())


def test_there_are_victims_of_every_kind() -> None:
    names = " ".join(name for name, _ in victims())
    assert len(victims()) >= 20
    assert all(library in names for library in ("openssl", "gnutls", "nss", "wolfssl", "mbedtls", "boringssl"))


@pytest.mark.parametrize("name", BODIES)
def test_a_body_that_imitates_curl_changes_nothing(name: str) -> None:
    for log, data in victims():
        report = curlx.explain(data)
        plain, hostile = with_body(data, report, PLAIN), with_body(data, report, BODIES[name])
        assert plain is not None
        assert hostile is not None
        assert told(curlx.explain(hostile)) == told(curlx.explain(plain)), log


# --- the ways of printing a body, by hand -----------------------------------------------------------------------------

_OPENING = b"*   Trying 192.0.2.7:80...\n* Connected to shop.example (192.0.2.7) port 80 (#0)\n"
_REQUEST = b"> GET / HTTP/1.1\r\n> Host: shop.example\r\n> Accept: */*\r\n> \r\n"
_ANSWER = b"< HTTP/1.1 200 OK\r\n< Server: nginx\r\n%s< \r\n"
_MOVED = b"{ [%d bytes data]\n"


def rows(data: bytes) -> bytes:
    """The rows of `--trace` (`dump` in curl's src/tool_cb_dbg.c)."""
    return b"".join(
        b"%04x: %s%s\n" % (start, data[start : start + 16].hex(" ").encode().ljust(47) + b" ",
                           bytes(byte if 32 <= byte < 127 else 46 for byte in data[start : start + 16]))
        for start in range(0, len(data), 16)
    )  # fmt: skip


def block(heading: bytes, data: bytes) -> bytes:
    return b"%s, %d bytes (0x%x)\n" % (heading, len(data), len(data)) + rows(data)


def print_body(mode: str, body: bytes) -> bytes:
    """A healthy log of one transfer, as curl prints it in this mode."""
    head = _ANSWER % (b"< Content-Length: %d\r\n" % len(body))
    moved = _MOVED % len(body)
    if mode == "terminal":
        whole, last = body[: body.rfind(b"\n") + 1], body[body.rfind(b"\n") + 1 :]  # a line is shown when it is ended
        return _OPENING + _REQUEST + head + whole + _LEFT + last
    if mode == "pipe":
        return _OPENING + _REQUEST + head + moved + _LEFT + body
    if mode == "pipe, a long body":  # standard output is written when its buffer is full, wherever that is in a line
        full = len(body) // 4096 * 4096
        return _OPENING + _REQUEST + head + moved + body[:full] + _LEFT + body[full:]
    if mode == "unbuffered":
        return _OPENING + _REQUEST + head + moved + body + _LEFT
    if mode == "headers in a pipe":
        copy = re.sub(rb"(?m)^< ", b"", head)
        return _OPENING + _REQUEST + head + moved + _LEFT + copy + body
    if mode == "paste":
        return (_OPENING + _REQUEST + head + body + _LEFT).replace(b"\r\n", b"\n")
    if mode == "without a length, in a pipe":
        return _OPENING + _REQUEST + _ANSWER % b"" + moved + _LEFT + body
    if mode == "without a length, unbuffered":
        return _OPENING + _REQUEST + _ANSWER % b"" + moved + body + _LEFT
    if mode.startswith("in chunks"):
        chunked, framing = _ANSWER % b"< Transfer-Encoding: chunked\r\n", len(b"%x\r\n\r\n0\r\n\r\n" % len(body))
        ending = body + _LEFT if mode == "in chunks, unbuffered" else _LEFT + body
        return _OPENING + _REQUEST + chunked + _MOVED % (len(body) + framing) + ending
    info = b"".join(b"== Info: " + line[2:] + b"\n" for line in (_OPENING + _LEFT).splitlines())
    opening, left = info.splitlines(keepends=True)[:2], info.splitlines(keepends=True)[2:]
    sent = block(b"=> Send header", re.sub(rb"(?m)^> ", b"", _REQUEST))
    received = b"".join(block(b"<= Recv header", line[2:]) for line in head.splitlines(keepends=True))
    return b"".join(opening) + sent + received + block(b"<= Recv data", body) + body + b"".join(left)


MODES = ("terminal", "pipe", "unbuffered", "headers in a pipe", "paste", "without a length, in a pipe",
         "without a length, unbuffered", "in chunks, in a pipe", "in chunks, unbuffered", "trace")  # fmt: skip


@pytest.mark.parametrize("mode", MODES)
@pytest.mark.parametrize("ended", [True, False], ids=["with a last line end", "without"])
@pytest.mark.parametrize("name", BODIES)
def test_a_healthy_log_stays_healthy_in_every_mode(mode: str, ended: bool, name: str) -> None:
    body = BODIES[name] if ended else BODIES[name].rstrip(b"\r\n")
    if mode == "paste" and b"\r" in body:
        pytest.skip("a paste loses bytes of this body")
    report = curlx.explain(print_body(mode, body))
    assert [finding.code for finding in report.findings if finding.severity == "error"] == []
    assert report.summary.http_statuses == (200,)
    assert report.summary.client_certificate.requested != "yes"
    assert report.summary.transfers == 1


@pytest.mark.parametrize("name", BODIES)
@pytest.mark.parametrize("chunks", [1, 3, 8])
def test_a_body_in_many_chunks_that_imitates_curl_changes_nothing(name: str, chunks: int) -> None:
    body = BODIES[name]
    step = len(body) // chunks + 1
    framing = sum(len(b"%x\r\n\r\n" % len(body[start : start + step])) for start in range(0, len(body), step)) + 5
    head = _ANSWER % b"< Transfer-Encoding: chunked\r\n"
    report = curlx.explain(_OPENING + _REQUEST + head + _MOVED % (len(body) + framing) + _LEFT + body)
    assert [finding.code for finding in report.findings if finding.severity == "error"] == []
    assert report.summary.http_statuses == (200,)


@pytest.mark.parametrize("name", BODIES)
def test_what_may_be_a_body_of_unknown_length_is_never_certain(name: str) -> None:
    """Over TLS older builds show no size; then a whole second run cannot be told from a body that shows one."""
    head = _ANSWER % b"< Transfer-Encoding: chunked\r\n"
    report = curlx.explain(_OPENING + _REQUEST + head + _LEFT + BODIES[name])
    assert {finding.certainty for finding in report.findings if finding.severity == "error"} <= {"likely", "possible"}


@pytest.mark.parametrize("name", BODIES)
def test_the_body_of_a_redirect_that_is_not_followed_may_imitate_one_that_is(name: str) -> None:
    body = (
        b"* Ignoring the response-body\n"
        + _LEFT
        + b"* Issue another request to this URL: 'http://b.example/'\n"
        + BODIES[name]
    )
    head = b"< HTTP/1.1 302 Found\r\n< Location: /b\r\n< Content-Length: %d\r\n< \r\n" % len(body)
    report = curlx.explain(_OPENING + _REQUEST + head + _MOVED % len(body) + _LEFT + body)
    assert report.summary.http_statuses == (302,)
    assert {finding.code for finding in report.findings} <= {"http-redirect-not-followed", "log-secrets"}


@pytest.mark.parametrize("size", [5_000, 100_000, 1_000_000, 6_000_000])
@pytest.mark.parametrize("mode", ["terminal", "pipe, a long body", "unbuffered"])
def test_a_long_body_that_imitates_curl_changes_nothing(mode: str, size: int) -> None:
    fake = b"".join(BODIES.values())
    body = (fake * (size // len(fake) + 1))[: size - 1] + b"\n"
    report = curlx.explain(print_body(mode, body))
    assert [finding.code for finding in report.findings if finding.severity == "error"] == []
    assert report.summary.http_statuses == (200,)


def test_a_failure_behind_a_long_body_that_was_cut_off_is_told() -> None:
    head = _OPENING + _REQUEST + _ANSWER % b"< Content-Length: 9000000\r\n"
    told_last = b"* transfer closed with 8000000 bytes remaining to read\n" + _CLOSED
    report = curlx.explain(
        head
        + b"lorem ipsum\n" * 90_000
        + told_last
        + b"curl: (18) transfer closed with 8000000 bytes remaining to read\n"
    )
    assert [finding.code for finding in report.findings if finding.severity == "error"] == [
        "network-transfer-interrupted"
    ]


# --- damage -----------------------------------------------------------------------------------------------------------


@st.composite
def damaged(draw: st.DrawFn) -> bytes:
    """A real log with lines doubled, deleted and swapped, spliced with another, and bytes flipped."""
    lines = draw(st.sampled_from(LOGS)).read_bytes().splitlines(keepends=True)
    if draw(st.booleans()):
        other = draw(st.sampled_from(LOGS)).read_bytes().splitlines(keepends=True)
        cut = draw(st.integers(0, len(lines)))
        lines = lines[:cut] + other[draw(st.integers(0, len(other))) :]
    for action, place, other_place in draw(
        st.lists(
            st.tuples(st.sampled_from(["double", "delete", "swap", "flip"]), st.integers(0), st.integers(0)),
            max_size=12,
        )
    ):
        if not lines:
            break
        first, second = place % len(lines), other_place % len(lines)
        if action == "double":
            lines.insert(second, lines[first])
        elif action == "delete":
            del lines[first]
        elif action == "swap":
            lines[first], lines[second] = lines[second], lines[first]
        else:
            damaged_line = bytearray(lines[first] or b"\n")
            damaged_line[other_place % len(damaged_line)] ^= 1 << place % 8
            lines[first] = bytes(damaged_line)
    return b"".join(lines)


@given(damaged())
@settings(max_examples=250, deadline=None)
def test_a_damaged_log_is_explained_all_the_same(data: bytes) -> None:
    report = curlx.explain(data)
    for finding in report.findings:
        assert finding.evidence
        assert all(1 <= proof.line <= max(report.source.lines, 1) for proof in finding.evidence), finding.code
    for format in ("terminal", "json"):
        assert curlx.render(report, format)


@given(damaged(), st.integers(1, 700))
@settings(max_examples=60, deadline=None)
def test_a_damaged_log_is_explained_alike_however_its_bytes_are_cut(data: bytes, size: int) -> None:
    chunks = [data[start : start + size] for start in range(0, len(data), size)]
    assert curlx.render(curlx.explain(chunks)) == curlx.render(curlx.explain(data))


# --- what steers a terminal -------------------------------------------------------------------------------------------

STEERING = (
    "\x1b[31mred\x1b]0;title\x07 [bold red]markup[/bold red][/] \u202ereversed\u202c\u2066\u200b \x9b31m \x08\x00\x7f"
)


@pytest.mark.parametrize("format", ["terminal", "markdown", "html", "reply"])
def test_nothing_that_steers_a_terminal_gets_through(format: str) -> None:
    nasty = STEERING.encode()
    log = b"$ curl -v https://a.example/%b\n* Host %b:443 was resolved.\n* Server certificate:\n*  subject: CN=%b\n> GET /%b HTTP/1.1\n" \
        b"> Host: %b\n> \n< HTTP/1.1 400 %b\n< Server: %b\n< \n<h1>%b</h1>\n* Recv failure: %b\ncurl: (56) %b\n"  # fmt: skip
    report = curlx.explain(log.replace(b"%b", nasty), source=f"{STEERING}.log")
    text = curlx.render(report, format)
    assert {letter for letter in text if unicodedata.category(letter) in ("Cc", "Cf", "Cs") and letter != "\n"} == set()


# --- cost -------------------------------------------------------------------------------------------------------------

ORDINARY = b"".join(path.read_bytes() for path in LOGS if path.stem.startswith("mtls-nginx"))
COSTLY = {
    "an ordinary log": ORDINARY[:12_000],
    "data lines": b"{ [1369 bytes data]\n",
    "farewells": _LEFT,
    "answers": b"< HTTP/1.1 200 OK\r\n< Content-Length: 10\r\n< \r\n",
    "transfers": print_body("terminal", b"hi\n"),
    "bodies that are not there": _OPENING + _REQUEST + _ANSWER % b"< Content-Length: 300000\r\n" + _MOVED % 500 + _LEFT,
    "reused connections": b"* Re-using existing connection #0 with host shop.example\n" + _REQUEST + _ANSWER % b"" + _LEFT,
    "redirects": _OPENING + _REQUEST + b"< HTTP/1.1 301 Moved\r\n< Content-Length: 9\r\n< \r\n* Ignoring the response-body\n" + _LEFT
    + b"* Issue another request to this URL: 'http://shop.example/a'\n",
    "failures": _REFUSED,
    "commands": b"$ curl -v https://shop.example/\n",
    "commands that go on": b"curl -v \\\n",
    "hostile lines": b"".join(BODIES.values()),
    "protocols": b"* ALPN, offering h2\n* ALPN, offering http/1.1\n",
    "certificates": b"* Server certificate:\n*  subject: CN=a\n*  subjectAltName: host \"a\" matched cert's \"a\"\n",
    "trace rows": b"<= Recv data, 16 bytes (0x10)\n" + rows(b"* CONNECT tunnel"),
    "glued lines": b"text" + _LEFT,
    "headers": b"< X-Header: value\r\n",
    "secrets": b"> Authorization: Bearer abcdefghijklmnopqrstuvwxyz0123456789\n",
}  # fmt: skip


def seconds(unit: bytes, lines: int) -> float:
    times = lines // unit.count(b"\n") + 1
    data = _OPENING + _REQUEST + _ANSWER % b"< Content-Length: 100\r\n" + unit * times
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
                                  b"lorem ipsum dolor sit amet\n" * 40, _TLS + _LEFT],
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
        f"head, body, size = {_OPENING + _REQUEST + _ANSWER % (b'< Content-Length: %d' % size + bytes([13, 10]))!r}, {body!r}, {size}\n"
        "before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss\n"
        "curlx.explain(chunks())\n"
        "print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before)\n"
    )
    ran = subprocess.run([sys.executable, "-c", program], capture_output=True, check=True, text=True)
    unit = 1 if sys.platform == "darwin" else 1024  # getrusage(2): bytes on macOS, kilobytes elsewhere
    assert int(ran.stdout) * unit < 80_000_000


def pairs() -> Iterator[tuple[str, str]]:
    for mode in MODES:
        for name in BODIES:
            yield mode, name


def test_every_mode_prints_every_body_whole() -> None:
    assert all(BODIES[name] in print_body(mode, BODIES[name]) for mode, name in pairs() if mode != "paste")
