"""Lines of several transfers that nothing tells apart are no proof of anything."""

from __future__ import annotations

from collections.abc import Callable

import pytest

import curlx
from curlx.timeline import Timeline

Assemble = Callable[..., Timeline]
METER = "DL% UL%  Dled  Uled  Xfers  Live Total     Current  Left    Speed\n"
FIRST = "*   Trying 192.0.2.1:443...\n"
SECOND = "*   Trying 192.0.2.2:8443...\n"
CONNECTED = (
    "* Connected to a.example (192.0.2.1) port 443 (#0)\n",
    "* Connected to b.example (192.0.2.2) port 8443 (#1)\n",
)
EXPIRED = "* TLSv1.3 (OUT), TLS alert, certificate expired (557):\n* SSL certificate problem: certificate has expired\n"
ENDS = "* Closing connection 1\n* Connection #0 to host a.example left intact\n"


def request(host: str) -> str:
    return f"> GET / HTTP/1.1\n> Host: {host}\n> \n"


def answer(status: int) -> str:
    return f"< HTTP/1.1 {status} X\n< Content-Length: 0\n< \n"


def certainties(log: str) -> set[str]:
    return {finding.certainty for finding in curlx.explain(log).findings if finding.severity == "error"}


def test_two_connections_at_once_make_nothing_certain() -> None:
    log = FIRST + SECOND + "".join(CONNECTED) + EXPIRED + request("a.example") + answer(200) + ENDS
    report = curlx.explain(log)
    assert all(transfer.doubt for transfer in report.timeline.transfers)
    assert certainties(log) <= {"likely", "possible"}
    assert report.summary.server_certificate == "unknown"
    assert report.summary.tls_version is None


def test_two_requests_without_an_answer_between_are_of_two_transfers() -> None:
    log = FIRST + CONNECTED[0] + request("a.example") + request("b.example") + answer(200) + answer(500)
    assert all(transfer.doubt for transfer in curlx.explain(log).timeline.transfers)
    assert certainties(log) <= {"likely", "possible"}


def test_the_meter_of_parallel_transfers_tells_that_they_are_mixed() -> None:
    one = FIRST + CONNECTED[0] + request("a.example") + answer(500) + "* Connection #0 to host a.example left intact\n"
    two = "* Re-using existing connection #0 with host a.example\n" + request("a.example") + answer(404)
    assert certainties(METER + one) == {"certain"}  # there is nothing to be mixed with
    assert certainties(METER + one + two) == {"likely"}
    assert certainties(one + two) == {"certain"}


def test_numbers_of_transfers_keep_them_apart() -> None:
    lines = (
        (FIRST + CONNECTED[0] + request("a.example")).splitlines(),
        (SECOND + CONNECTED[1] + request("b.example")).splitlines(),
    )
    log = "".join(
        f"[{number}-{number}] {line}\n" for pair in zip(*lines, strict=True) for number, line in enumerate(pair)
    )
    log += "".join(f"[1-1] {line}\n" for line in answer(500).splitlines())
    log += "".join(f"[0-0] {line}\n" for line in answer(200).splitlines())
    log += "[1-1] * Connection #1 to host b.example left intact\n"
    report = curlx.explain(METER + log)
    assert not any(transfer.doubt for transfer in report.timeline.transfers)
    assert [finding.code for finding in report.findings if finding.severity == "error"] == ["http-server-error"]
    assert certainties(METER + log) == {"certain"}


def test_happy_eyeballs_and_retries_are_one_transfer() -> None:
    eyeballs = "* Host a.example:443 was resolved.\n*   Trying [2001:db8::1]:443...\n*   Trying 192.0.2.1:443...\n"
    died = "* Connection died, retrying a fresh connect (retry count: 1)\n* Closing connection 0\n"
    log = (
        eyeballs
        + CONNECTED[0]
        + request("a.example")
        + died
        + FIRST
        + CONNECTED[0].replace("#0", "#1")
        + request("a.example")
        + answer(500)
    )
    assert not any(transfer.doubt for transfer in curlx.explain(log).timeline.transfers)


def test_another_command_is_another_run() -> None:
    mixed = FIRST + SECOND + request("a.example") + answer(200) + ENDS
    alone = "$ curl -v https://c.example/\n" + FIRST + CONNECTED[0] + request("c.example") + answer(500)
    report = curlx.explain("$ curl -Z -v https://a.example/ https://b.example/\n" + mixed + alone)
    assert [bool(transfer.doubt) for transfer in report.timeline.transfers][-1] is False
    assert report.timeline.transfers[0].doubt


HELLO = "* TLSv1.3 (IN), TLS handshake, Server hello (2):"


@pytest.mark.parametrize("word", [
    "curl: (60) SSL certificate problem: certificate has expired",
    "curl: (35) OpenSSL SSL_connect: Connection reset by peer in connection to mirror.example.org:443 ",
    "fatal: unable to access 'https://git.example.com/x/y/': SSL certificate problem: self signed certificate",
])  # fmt: skip
def test_a_last_word_within_a_handshake_is_anothers(assembled: Assemble, word: str) -> None:
    begun = ("* Host shop.example:443 was resolved.", "*   Trying 192.0.2.7:443...", "*  CAfile: /etc/ca.crt")
    log = assembled(*begun, word, HELLO, "@secured", "@asked", "@answered", "@left")
    other, own = log.transfers
    assert [one.line for one in other.complaints] == [4]
    assert not other.connections
    assert not own.complaints
    assert own.exit is None
    assert own.exchanges[-1].response is not None


def test_a_last_word_behind_which_a_handshake_begins_or_something_is_left_out_is_curls(assembled: Assemble) -> None:
    begun = ("*   Trying 192.0.2.7:443...", "* Connected to shop.example (192.0.2.7) port 443 (#0)")
    word = "curl: (35) OpenSSL SSL_connect: Connection reset by peer in connection to shop.example:443 "
    for then in (("...", HELLO), ("* TLSv1.3 (OUT), TLS handshake, Client hello (1):",)):
        first = assembled(*begun, word, *then).transfers[0]
        assert first.exit is not None
        assert first.connections


def test_what_is_refused_within_anothers_handshake_is_refused() -> None:
    log = (
        "* Host a.example:443 was resolved.\n*   Trying 192.0.2.1:443...\n"
        "* Host a.example:8443 was resolved.\n*   Trying 192.0.2.1:8443...\n"
        "* ALPN: curl offers h2,http/1.1\n* TLSv1.2 (OUT), TLS handshake, Client hello (1):\n"
        "* connect to 192.0.2.1 port 8443 from 192.0.2.7 port 34472 failed: Connection refused\n"
        "* Failed to connect to a.example:8443 after 0 ms: Could not connect to server\n* closing connection #1\n"
        "curl: (7) Failed to connect to a.example:8443 after 0 ms: Could not connect to server\n"
        "* TLSv1.2 (IN), TLS handshake, Server hello (2):\n"
    )
    (finding,) = (each for each in curlx.explain(log).findings if each.severity == "error")
    assert (finding.code, finding.certainty) == ("network-refused", "likely")
    assert finding.summary.startswith("a.example:8443 (192.0.2.1) refused")
    assert [proof.line for proof in finding.evidence][:1] == [7]
