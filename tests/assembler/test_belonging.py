from __future__ import annotations

import pytest

from tests.assembler.conftest import Assemble

RESET = "* Recv failure: Connection reset by peer"
TOLD = "curl: (56) Recv failure: Connection reset by peer"
CLOSED = "* Closing connection 0"
CACHED = "* Hostname shop.example was found in DNS cache"
ASKED = ("> GET / HTTP/1.1", "> Host: shop.example", "> User-Agent: curl/8.5.0", "> ")
LEFT = "* Connection #1 to host shop.example left intact"


def connected(number: int) -> tuple[str, ...]:
    return (CACHED, "*   Trying 192.0.2.7:443...", f"* Connected to shop.example (192.0.2.7) port 443 (#{number})")


def test_a_try_that_curl_does_not_announce_is_of_the_same_transfer(assembled: Assemble) -> None:
    first = ("@opened", *ASKED, RESET, CLOSED)
    (transfer,) = assembled(*first, *connected(1), *ASKED, "@answered", LEFT).transfers
    assert [exchange.superseded for exchange in transfer.exchanges] == [True, False]
    assert [complaint.kind for complaint in transfer.complaints] == ["reset"]
    assert len(transfer.connections) == 2


def test_of_three_tries_the_last_counts(assembled: Assemble) -> None:
    second = (*connected(1), *ASKED, RESET, "* Closing connection 1")
    log = ("@opened", *ASKED, RESET, CLOSED, *second, *connected(2), *ASKED, "@answered")
    (transfer,) = assembled(*log).transfers
    assert [exchange.superseded for exchange in transfer.exchanges] == [True, True, False]


OTHER = ("> GET /other HTTP/1.1", *ASKED[1:])
OF_A_PROGRAM = (*ASKED[:2], "> User-Agent: worker/1.0", "> ")
LONGER = (*ASKED[:-1], "> Content-Length: 7", "> ")


@pytest.mark.parametrize(
    ("first", "second", "number"),
    [
        (ASKED, OTHER, 1),
        (ASKED, ASKED, 0),  # another run, whose name `--resolve` had put into the cache
        (OF_A_PROGRAM, OF_A_PROGRAM, 1),
        (ASKED, LONGER, 1),
    ],
)
def test_another_request_another_run_and_another_program_make_another_transfer(
    assembled: Assemble, first: tuple[str, ...], second: tuple[str, ...], number: int
) -> None:
    log = ("@opened", *first, RESET, CLOSED, *connected(number), *second, "@answered")
    assert len(assembled(*log).transfers) == 2


@pytest.mark.parametrize(("number", "transfers"), [(1, 1), (0, 2)])
def test_a_failure_that_curl_told_the_code_of_is_over_if_another_run_follows(
    assembled: Assemble, number: int, transfers: int
) -> None:
    # 7.84 with -sS --retry tells the code of each try, and not that it tries again.
    log = ("@opened", *ASKED, RESET, CLOSED, TOLD, *connected(number), *ASKED, "@answered", LEFT)
    assert len(assembled(*log).transfers) == transfers


def test_a_status_told_without_a_head_is_retried_as_one_with_it(assembled: Assemble) -> None:
    told = "* The requested URL returned error: 503 Oops"
    (transfer,) = assembled("@opened", *ASKED, told, CLOSED, *connected(1), *ASKED, "@answered", LEFT).transfers
    assert not transfer.complaints
    assert assembled("@opened", *ASKED, told, CLOSED).transfers[0].complaints


def test_a_failure_whose_second_try_the_log_does_not_show_to_its_end_stands(assembled: Assemble) -> None:
    log = ("@opened", *ASKED, RESET, CLOSED, *connected(1), *ASKED)
    assert [len(one.complaints) for one in assembled(*log).transfers] == [1, 0]


def test_a_call_whose_command_has_no_retry_repeats_nothing(assembled: Assemble) -> None:
    rest = ("@opened", *ASKED, RESET, CLOSED, *connected(1), *ASKED, "@answered", LEFT)
    url = "https://shop.example/"
    assert len(assembled(f"$ curl -sv {url} {url}", *rest).transfers) == 2
    assert len(assembled(f"$ curl -sv --retry 2 {url}", *rest).transfers) == 1


def test_git_asks_without_credentials_first(assembled: Assemble) -> None:
    asked = ("> GET /x.git/info/refs?service=git-upload-pack HTTP/1.1", "> Host: shop.example")
    refused = ("< HTTP/1.1 401 Unauthorized", "< Content-Length: 0", "< ", "@left")
    log = ("@opened", *asked, "> ", *refused, "@again", *asked, "> Authorization: Basic x", "> ", "@answered", "@left")
    (transfer,) = assembled(*log).transfers
    assert [exchange.superseded for exchange in transfer.exchanges] == [True, False]


def test_an_address_that_fails_behind_the_answer_is_of_a_transfer_alongside(assembled: Assemble) -> None:
    failed = (
        "* connect to 192.0.2.9 port 80 from 192.0.2.9 port 52890 failed: Connection refused",
        "* Failed to connect to other.example port 80 after 3 ms: Couldn't connect to server", "* Closing connection",
    )  # fmt: skip
    tried = (
        "*   Trying 192.0.2.7:443...",
        "*   Trying 192.0.2.9:80...",
        "* Connected to shop.example (192.0.2.7) port 443 (#0)",
    )
    answered, dead = assembled(*tried, "@asked", "@answered", "@left", *failed).transfers
    assert not answered.complaints
    assert [complaint.kind for complaint in dead.complaints] == ["connect-failed"]
    (alone,) = assembled("@opened", "@asked", "@answered", "@left", *failed).transfers
    assert not alone.complaints


def test_fail_with_retry_all_errors_asks_again_on_the_same_connection(assembled: Assemble) -> None:
    refused = ("< HTTP/1.1 403 Forbidden", "< Content-Length: 10", "* The requested URL returned error: 403", "@left")
    (transfer,) = assembled("@opened", *ASKED, *refused, "@again", *ASKED, "@answered", "@left").transfers
    assert [exchange.superseded for exchange in transfer.exchanges] == [True, False]


def test_a_run_behind_an_answer_that_is_whole_is_another_whatever_stands_between(assembled: Assemble) -> None:
    word = "curl: (7) Failed to connect to other.example port 443 after 0 ms: Could not connect to server"
    for between in (
        ("", "But from the server I get this:", ""),
        ("* Failed to connect to other.example port 443 after 0 ms: Could not connect to server",),
    ):
        answered, dead = assembled("@opened", "@asked", "@answered", "@left", *between, word).transfers
        assert not answered.complaints
        assert [complaint.kind for complaint in dead.complaints] == ["connect-failed"]
    answer = ("< HTTP/1.1 200 OK", "< Content-Length: 300", "< ", "ok")
    (alone,) = assembled("@opened", "@asked", *answer, "@left", "But from the server I get this:", word).transfers
    assert not alone.complaints


def test_a_run_behind_a_whole_answer_needs_no_farewell_before_it(assembled: Assemble) -> None:
    failed = (
        "* Host other.example:443 was resolved.",
        "curl: (7) Failed to connect to other.example port 443 after 0 ms: Could not connect to server",
    )
    answered, dead = assembled("@opened", "@asked", "@answered", *failed).transfers
    assert answered.finished
    assert [connection.host for connection in dead.connections] == ["other.example"]
    answer = ("< HTTP/1.1 200 OK", "< Content-Length: 300", "< ", "ok")
    (alone,) = assembled("@opened", "@asked", *answer, *failed).transfers
    assert not alone.complaints


REFUSED = "* Failed to connect to shop.example port 5000: Connection refused"
NOT_FOUND = "* Could not resolve host: shop.example"
MISNAMED = "* SSL: no alternative certificate subject name matches target host name 'shop.example'"
CUT_OFF = "* OpenSSL SSL_connect: Connection reset by peer in connection to shop.example:5000"


@pytest.mark.parametrize(
    ("told", "then", "transfers"),
    [
        (REFUSED, "* Connected to shop.example (192.0.2.7) port 5000", 1),
        (REFUSED, "* Connected to shop.example (192.0.2.7) port 4001", 2),
        (REFUSED, "* Connected to other.example (192.0.2.7) port 5000", 2),
        (REFUSED, "* Host shop.example:4001 was resolved.", 2),
        (REFUSED, "* About to connect() to shop.example port 4001 (#0)", 2),
        (REFUSED, "*   Trying 192.0.2.7:4001...", 2),
        (REFUSED, "*   Trying 192.0.2.7:5000...", 1),
        (NOT_FOUND, "* Connected to shop.example (192.0.2.7) port 4001", 1),
        (NOT_FOUND, "* Connected to other.example (192.0.2.8) port 4001", 2),
        (MISNAMED, "* Connected to other.example (192.0.2.8) port 443", 2),
        (CUT_OFF, "* Connected to shop.example (192.0.2.7) port 5000", 1),
        (CUT_OFF, "* Connected to shop.example (192.0.2.7) port 4001", 2),
    ],
)
def test_only_a_call_of_the_same_host_and_port_goes_on_behind_what_names_them(
    assembled: Assemble, told: str, then: str, transfers: int
) -> None:
    assert len(assembled(told, "", then, "< HTTP/1.1 200 OK").transfers) == transfers


@pytest.mark.parametrize(
    ("told", "transfers"),
    [
        (REFUSED, 1),
        (REFUSED.replace("5000", "4001"), 2),
        (REFUSED.replace("shop", "other"), 2),
        (REFUSED.replace("* Failed", "curl: (7) Failed").replace("5000", "4001"), 2),
        (REFUSED.replace("port 5000", "port 443 via proxy.example"), 1),
    ],
)
def test_a_call_that_stands_connected_does_not_fail_to_connect_elsewhere(
    assembled: Assemble, told: str, transfers: int
) -> None:
    up = ("* Connected to shop.example (192.0.2.7) port 5000", "< HTTP/1.1 200 OK", "{}")
    assert len(assembled(*up, told).transfers) == transfers


def test_what_a_transfer_adds_in_the_middle_of_an_answer_may_be_of_its_body(assembled: Assemble) -> None:
    up = ("* Connected to shop.example (192.0.2.7) port 4001", "< HTTP/1.1 200 OK", "{}")
    *_, other = assembled(*up, REFUSED).transfers
    assert other.doubt


@pytest.mark.parametrize(("named", "transfers"), [("other.example", 2), ("shop.example", 3)])
def test_the_last_word_on_one_host_does_not_end_the_call_to_another(
    assembled: Assemble, named: str, transfers: int
) -> None:
    told = f"Could not resolve host: {named}"
    log = (f"* {told}", "* shutting down connection #0", "* Host shop.example:443 was resolved.", f"curl: (6) {told}")
    first, *_, last = assembled(*log, "* Connected to shop.example (192.0.2.7) port 443", "< HTTP/1.1 200 OK").transfers
    assert [len(assembled(*log, "* Connected to shop.example (192.0.2.7) port 443").transfers)] == [transfers]
    assert (first.exit is not None) is (named == "other.example")
    assert last.exit is None
