"""The time for a log, diagnoses included, grows with the lines that differ and with their length, and no faster.

Measured as ratios within one run and with a wide margin: ten times the work may take thirty times as long; what is
quadratic takes a hundred times. What holds for the lines of a body, and for memory, is in hostile/test_cost.py.
"""

import time

import pytest

import curlx
from curlx.redaction.copy import copy

CONNECTED = "*   Trying 192.0.2.1:443...\n* Connected to a.example (192.0.2.1) port 443 (#0)\n"
ASKED = "> GET / HTTP/1.1\n> Host: a.example\n> \n< HTTP/1.1 200 OK\n"
LEFT = "* Connection #0 to host a.example left intact\n"


def many(count: int, *lines: str) -> str:
    return "".join("".join(lines).replace("%d", str(number)) for number in range(count))


LOGS = {
    "failures": lambda n: many(n, "* Could not resolve host: a%d.example\n* Closing connection\ncurl: (6) no host\n"),
    "failed handshakes": lambda n: many(
        n,
        CONNECTED,
        "* TLSv1.3 (OUT), TLS handshake, Client hello (1):\n* OpenSSL SSL_connect: error %d\ncurl: (35) x\n",
    ),
    "failed attempts": lambda n: many(
        n, "*   Trying 192.0.2.%d:443...\n* connect to 192.0.2.%d port 443 failed: Connection refused\n"
    ),
    "retries": lambda n: (
        CONNECTED
        + many(
            n,
            ASKED.replace("200 OK", "503 Busy"),
            "< Content-Length: 0\n< \n",
            LEFT,
            "Warning: Problem: HTTP error. Will retry in 1 second. 3 retries left.\n"
            "* Re-using existing connection #0 with host a.example\n",
        )
    ),
    "status lines alone": lambda n: many(n, "< HTTP/1.1 200 OK\n"),
    "status lines of refusals alone": lambda n: many(n, "< HTTP/1.1 502 Bad Gateway\n"),
    "heads without ends": lambda n: many(n, "< HTTP/1.1 404 Not Found\n< Server: a\n"),
    "handshake messages": lambda n: CONNECTED + many(n, "* TLSv1.3 (IN), TLS handshake, Certificate (11):\n"),
    "alerts": lambda n: CONNECTED + many(n, "* TLSv1.3 (IN), TLS alert, handshake failure (552):\n"),
    "complaints": lambda n: CONNECTED + ASKED + many(n, "* OpenSSL SSL_read: error %d, errno 0\n") + "curl: (56) x\n",
    "certificates": lambda n: CONNECTED + many(n, "* Server certificate:\n*  subject: CN=a%d\n*  issuer: CN=b%d\n"),
    "names": lambda n: CONNECTED + many(n, '*  subjectAltName: host "a.example" matched cert\'s "%d.example"\n'),
    "warnings": lambda n: CONNECTED + many(n, "Warning: something %d\n"),
    "transfers with ids": lambda n: many(n, "10:00:00.000000 [%d-%d] *   Trying 192.0.2.1:443...\n"),
    "answers with ids": lambda n: many(
        n, "".join(f"[%d-0] {line}\n" for line in f"{CONNECTED}{ASKED}".splitlines() * 4)
    ),
}


def seconds(log: str) -> float:
    def once() -> float:
        start = time.process_time()
        curlx.explain(log)
        return time.process_time() - start

    return min(once() for _ in range(2))


@pytest.mark.parametrize("name", LOGS)
def test_ten_times_the_lines_take_about_ten_times_as_long(name):
    small, big = LOGS[name](300), LOGS[name](3_000)
    curlx.explain(small)
    assert seconds(big) < 30 * max(seconds(small), 0.002)


STARTS = (
    "* ",
    "< ",
    "",
    "curl: (56) ",
    "< Set-Cookie: a=",
    "> Authorization: Basic ",
    "$ curl -H ",
    "*  subject: ",
    "{ [",
)
PUMPS = (" ", "a", "0", "a ", "-a", "a.", "a: ", '"', '\\"', "&a=", "; a", "a:b@", "key", "<p>", "`", "**", "> ", "\t")


@pytest.mark.parametrize(("before", "start"), [("", ""), *((CONNECTED, start) for start in STARTS)])
def test_ten_times_the_length_of_a_line_takes_about_ten_times_as_long(before, start):
    for pump in PUMPS:
        small, big = (before + f"{start}{pump * (size // len(pump))}!\n" for size in (3_000, 30_000))
        curlx.explain(small)
        assert seconds(big) < 30 * max(seconds(small), 0.002), pump


def test_ten_times_the_secrets_of_a_line_are_hidden_in_about_ten_times_as_long():
    def hiding(count: int) -> float:
        log = b"$ curl " + b"-u " * count + b"\n"
        start = time.process_time()
        assert b"".join(copy([log])) != log
        return time.process_time() - start

    small = min(hiding(1_500) for _ in range(2))
    assert hiding(15_000) < 30 * max(small, 0.002)
