"""A body that prints what curl prints changes no verdict: what curl says behind it shows what it was."""

from __future__ import annotations

import pytest

import curlx
from tests.assembler.conftest import Assemble

CHUNKED = ("< HTTP/1.1 200 OK", "< Transfer-Encoding: chunked", "< ")
LONG = ("< HTTP/1.1 200 OK", "< Content-Length: 5000", "< ")
RUN = (
    "$ curl -v https://pay.example/", "*   Trying 192.0.2.9:443...", "* connect to 192.0.2.9 port 443 failed: Connection refused",
    "* Failed to connect to pay.example port 443: Connection refused", "* Closing connection 0",
    "curl: (7) Failed to connect to pay.example port 443: Connection refused",
)  # fmt: skip
RESET = ("* Recv failure: Connection reset by peer", "* Closing connection 0")
TOLD = "curl: (56) Recv failure: Connection reset by peer"


def kinds(assembled: Assemble, *lines: str) -> list[list[str]]:
    timeline = assembled("@opened", "@asked", *lines)
    return [[complaint.kind for complaint in transfer.complaints] for transfer in timeline.transfers]


def test_a_run_before_the_farewell_is_of_the_body(assembled: Assemble) -> None:
    assert kinds(assembled, *CHUNKED, "first", *RUN, "@left") == [[]]


def test_a_run_behind_the_farewell_may_be_another(assembled: Assemble) -> None:
    assert kinds(assembled, *CHUNKED, "first", "@left", *RUN) == [[], ["connect-refused"]]


def test_a_run_before_the_connection_broke_is_of_the_body(assembled: Assemble) -> None:
    assert kinds(assembled, *LONG, "first", *RUN, *RESET, TOLD) == [["reset"]]


def test_a_run_behind_which_only_another_run_speaks_stays(assembled: Assemble) -> None:
    told = kinds(assembled, *LONG, "first", *RUN, *RUN)
    assert told == [[], ["connect-refused"], ["connect-refused"]]


def test_a_failure_that_text_follows_is_of_the_body(assembled: Assemble) -> None:
    assert kinds(assembled, *CHUNKED, "first", *RESET, TOLD, "second", "@left") == [[]]


def test_a_failure_that_text_follows_before_a_close_is_doubted(assembled: Assemble) -> None:
    (transfer,) = assembled(
        "@opened", "@asked", *CHUNKED, "first", *RESET, "second", "* Closing connection 0"
    ).transfers
    assert [complaint.kind for complaint in transfer.complaints] == ["reset"]
    assert transfer.doubt


def test_a_failure_behind_all_text_is_curls(assembled: Assemble) -> None:
    assert kinds(assembled, *CHUNKED, "first", *RESET, TOLD) == [["reset"]]


def test_a_farewell_that_text_follows_does_not_hide_the_failure(assembled: Assemble) -> None:
    broken = ("* transfer closed with outstanding read data remaining", "* Closing connection 0")
    assert kinds(assembled, *CHUNKED, "first", "* Closing connection 0", "second", *broken) == [
        ["transfer-interrupted"]
    ]


def test_an_answer_that_has_begun_is_not_asked_for_again(assembled: Assemble) -> None:
    died = ("* Connection died, retrying a fresh connect", "second", *RESET, TOLD)
    (transfer,) = assembled("@opened", "@asked", *LONG, "first", *died).transfers
    assert not transfer.exchanges[0].superseded
    assert [complaint.kind for complaint in transfer.complaints] == ["reset"]


def test_no_certificate_is_missed_behind_an_answer(assembled: Assemble) -> None:
    alert = "* TLSv1.3 (IN), TLS alert, unknown (628):"
    (transfer,) = assembled("@opened", "@secured", "@asked", *LONG, "first", alert, *RESET, TOLD).transfers
    tls = transfer.connections[0].tls
    assert tls is not None
    assert tls.alerts == ()


def test_the_tool_repeats_the_reason_that_curl_named(assembled: Assemble) -> None:
    other = "curl: (6) Could not resolve host: other.example"
    body = (*LONG, "* transfer closed with 4990 bytes remaining to read", "* Closing connection 0", "first", other)
    transfer = assembled("@opened", "@asked", *body).transfers[0]
    assert transfer.exit is None
    assert [complaint.kind for complaint in transfer.complaints] == ["transfer-interrupted"]


def test_the_port_of_a_farewell_is_that_of_the_connection(assembled: Assemble) -> None:
    elsewhere = "* Connection #0 to host shop.example:8443 left intact"
    assert kinds(assembled, *CHUNKED, "first", *RESET, TOLD, elsewhere) == [["reset"]]
    literal = "* Connection #0 to host 2001:db8::7 left intact"
    opened = ("*   Trying 2001:db8::7:443...", "* Connected to 2001:db8::7 (2001:db8::7) port 443 (#0)")
    (transfer,) = assembled(*opened, "@asked", "@answered", literal).transfers
    closed = transfer.connections[0].closed
    assert closed is not None
    assert not closed.value


@pytest.mark.parametrize(
    ("body", "certainty"), [("River bank.\n", "likely"), ('{"a": 1}\n', "certain"), ("<html>x</html>\n", "certain")]
)
def test_behind_a_body_of_unknown_length_nothing_is_certain(body: str, certainty: str) -> None:
    head = (
        "*   Trying 192.0.2.7:80...\n* Connected to shop.example (192.0.2.7) port 80 (#0)\n> GET / HTTP/1.1\r\n"
        "> Host: shop.example\r\n> \r\n< HTTP/1.1 200 OK\r\n< Transfer-Encoding: chunked\r\n< \r\n"
        "* Connection #0 to host shop.example left intact\n"
    )
    run = "\n".join(RUN) + "\n"
    first = curlx.explain((head + body + run).encode()).findings[0]
    assert (first.code, first.certainty) == ("network-refused", certainty)
    told = head.replace("Transfer-Encoding: chunked", f"Content-Length: {len(body)}")
    first = curlx.explain((told + body + run).encode()).findings[0]
    assert (first.code, first.certainty) == ("network-refused", "certain")


def test_an_answer_without_a_head_casts_doubt_on_what_follows() -> None:
    log = (
        "*   Trying 192.0.2.7:80...\n* Connected to shop.example (192.0.2.7) port 80 (#0)\n> GET / HTTP/1.1\r\n"
        "> Host: shop.example\r\n> \r\n{ [12 bytes data]\n* Closing connection 0\nRiver bank.\n"
    )
    assert curlx.explain(log.encode()).outcome == "success"
    first = curlx.explain((log + "\n".join(RUN) + "\n").encode()).findings[0]
    assert (first.code, first.certainty) == ("network-refused", "likely")


@pytest.mark.parametrize(
    ("row", "codes"), [("100  {size}    0  {size}", []), ("100  9000    0  9000", ["network-refused"])]
)
def test_the_meter_tells_how_long_a_body_is(row: str, codes: list[str]) -> None:
    body = "River bank.\n" + "\n".join(RUN) + "\n"
    row = row.format(size=len(body))
    log = (
        "*   Trying 192.0.2.7:443...\n* Connected to shop.example (192.0.2.7) port 443 (#0)\n> GET / HTTP/1.1\r\n"
        "> Host: shop.example\r\n> \r\n< HTTP/1.1 200 OK\r\n< Transfer-Encoding: chunked\r\n< \r\n{ [5 bytes data]\n"
        f"\r{row}    0     0  10000      0 --:--:-- --:--:-- --:--:-- 10000\n"
        "* Connection #0 to host shop.example left intact\n"
    )
    assert [finding.code for finding in curlx.explain((log + body).encode()).findings] == codes


SURE = "* Closing connection 0"


@pytest.mark.parametrize(
    "lines",
    [
        (*LONG, "first", *RESET, TOLD, "It always ends with this line:", SURE, "Thanks!"),
        (*LONG, "first", RESET[0], "(here it hung for a minute)", SURE, TOLD),
        (*CHUNKED, *RESET, TOLD, "first", SURE),
    ],
)
def test_a_farewell_in_somebodys_words_takes_no_failure_away(assembled: Assemble, lines: tuple[str, ...]) -> None:
    assert kinds(assembled, *lines)[0] == ["reset"]


def test_a_run_that_never_connected_owns_its_farewell(assembled: Assemble) -> None:
    secret = ("< HTTP/1.1 200 OK", "< Content-Length: 5000", "< ", "{ [5 bytes data]", "@left")
    unknown = ("$ curl -v https://nope.example/", "* Could not resolve host: nope.example", SURE)
    told = [
        [complaint.kind for complaint in transfer.complaints]
        for transfer in assembled("@opened", "@secured", "@asked", *secret, *RUN, *unknown).transfers
    ]
    assert told == [[], ["connect-refused"], ["host-not-found"]]


def test_an_answer_without_a_head_is_as_long_as_curl_tells() -> None:
    body = "curl: (56) Recv failure: Connection reset by peer\n* Send failure: Broken pipe\n"
    log = (
        "*   Trying 192.0.2.7:80...\n* Connected to shop.example (192.0.2.7) port 80 (#0)\n> GET / HTTP/1.1\r\n"
        f"> Host: shop.example\r\n> \r\n{{ [{len(body)} bytes data]\n* Closing connection 0\n{body}"
    )
    assert curlx.explain(log.encode()).findings == ()
    shorter = log.replace(f"[{len(body)} ", f"[{len(body) - 30} ")
    assert curlx.explain(shorter.encode()).findings[0].severity == "error"


SECURED = ("{ [5 bytes data]",)  # of a TLS record curl tells the head alone: nothing tells how long the body is


def test_what_fails_at_the_close_does_not_fail_where_the_connection_is_kept(assembled: Assemble) -> None:
    fails = "* Failed sending HTTP2 data is now retried"
    assert kinds(assembled, *CHUNKED, *SECURED, "@left", fails) == [[]]
    assert kinds(assembled, *CHUNKED, *SECURED, "* Closing connection 0", fails) == [["send-failed"]]


def test_what_fails_at_the_close_does_not_fail_behind_a_body_that_a_pipe_put_last(assembled: Assemble) -> None:
    fails = "* Send failure: Broken pipe"
    assert kinds(assembled, *CHUNKED, *SECURED, "* Closing connection 0", "# Changelog", fails) == [[]]


def test_half_a_log_that_a_pipe_put_last_asks_for_nothing() -> None:
    begun = (
        "*   Trying 192.0.2.7:443...", "* Connected to shop.example (192.0.2.7) port 443 (#0)", "* ALPN: offers http/1.1",
        "* SSL connection using TLSv1.3 / TLS_AES_256_GCM_SHA384", "> GET /ok HTTP/1.1", "> Host: shop.example", "> ",
    )  # fmt: skip
    half = (
        "ader, Unknown (23):", "* TLSv1.3 (OUT), TLS handshake, Finished (20):", "> GET /ok HTTP/2", "> Host: pay.example", "> ",
        "* TLSv1.3 (IN), TLS alert, unknown (628):", "* OpenSSL SSL_read: error:0A00045C:SSL routines::tlsv13 alert "
        "certificate required, errno 0", "* Connection #0 to host pay.example left intact",
    )  # fmt: skip
    lines = (*begun, *CHUNKED, *SECURED, "* Connection #0 to host shop.example left intact", *half)
    log = "".join(f"{line}\r\n" if line[:2] in ("> ", "< ") else f"{line}\n" for line in lines)
    assert not curlx.explain(log).findings


@pytest.mark.parametrize("line", [
    "* SSL connection timeout", "* Unsupported protocol", "* read function returned funny value", "* SSL: EOF without close notify",
    "* Failed writing body no longer aborts", "* Failed sending HTTP2 data",
])  # fmt: skip
def test_a_connection_that_curl_keeps_has_not_failed(assembled: Assemble, line: str) -> None:
    assert kinds(assembled, *CHUNKED, line, "@left") == [[]]


@pytest.mark.parametrize("line", ["* SSL connection timeout", "* Unsupported protocol"])
def test_what_fails_before_an_answer_does_not_fail_behind_its_head(assembled: Assemble, line: str) -> None:
    assert kinds(assembled, *CHUNKED, line, "* Closing connection 0") == [[]]


def test_the_last_word_comes_behind_the_close(assembled: Assemble) -> None:
    told = "curl: (28) Operation timed out after 5001 milliseconds with 0 bytes received"
    (early,) = assembled("@opened", "@asked", *CHUNKED, "first", told, "* Closing connection 0").transfers
    (late,) = assembled("@opened", "@asked", *CHUNKED, "first", "* Closing connection 0", told).transfers
    assert early.doubt
    assert not late.doubt


def test_no_run_is_the_body_of_an_answer_that_the_command_throws_away(assembled: Assemble) -> None:
    answer = ("< HTTP/1.1 200 OK", f"< Content-Length: {sum(len(line) + 1 for line in RUN)}", "< ", "{ [15 bytes data]")
    first = ("@opened", "@asked", *answer, *RESET, TOLD, *RUN)
    for command, told in (
        ("$ curl -v -o /dev/null https://shop.example/", [["reset"], ["connect-refused"]]),
        ("$ curl -v https://shop.example/", [["reset"]]),
        ("$ curl -v -o /dev/null https://shop.example/ https://shop.example/2", [["reset"]]),
    ):
        timeline = assembled(command, *first)
        assert [[one.kind for one in transfer.complaints] for transfer in timeline.transfers] == told


def test_a_request_behind_an_answer_without_a_body_is_curls_also_where_the_log_lacks_lines(assembled: Assemble) -> None:
    moved = ("< HTTP/1.1 302 Found", "< Location: https://other.example/", "< Content-Length: {}", "< ", "@left")
    asked = ("* Server certificate:", "*  subject: CN=other.example", "*  SSL certificate verify ok.", "@asked")
    failed = ("* Empty reply from server", "* Closing connection 1")
    for length, told in (("0", [["empty-reply"]]), ("300", [[]])):
        answer = (line.format(length) for line in moved)
        assert kinds(assembled, *answer, *asked, *failed) == told


def test_a_body_that_imitates_is_over_where_the_run_counts_on(assembled: Assemble) -> None:
    packed = ("< HTTP/1.1 200 OK", "< Content-Encoding: gzip", "< ", "{ [300 bytes data]", "@left", "first", TOLD)
    failed = "SSL certificate problem: certificate has expired"
    again = (
        "* Connected to pay.example (192.0.2.9) port 443 (#{})",
        "@hello",
        f"* {failed}",
        "* Closing connection {}",
        f"curl: (60) {failed}",
    )
    for number, told in ((1, [[], ["certificate-expired"]]), (0, [[]])):
        assert kinds(assembled, *packed, *(line.format(number) for line in again)) == told
    *_, doubted = assembled("@opened", "@asked", *packed, *(line.format(1) for line in again)).transfers
    assert doubted.doubt
