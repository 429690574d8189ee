from __future__ import annotations

from collections.abc import Callable

import pytest

from curlx.timeline import Timeline

Assemble = Callable[..., Timeline]
RESET = "* Recv failure: Connection reset by peer"


def test_a_complaint_knows_where_in_the_transfer_it_was_made(assembled: Assemble) -> None:
    refused = assembled("* Failed to connect to a.example port 443 after 1 ms: Connection refused").transfers[0]
    reset = assembled("@opened", "@secured", "@asked", RESET).transfers[0]
    assert reset.complaints[0].phase == "request"
    assert refused.complaints[0].phase in ("start", "connect")


@pytest.mark.parametrize(
    "line",
    [
        RESET,
        "* SSL certificate problem: certificate has expired",
        "* Operation timed out after 5000 milliseconds with 0 bytes received",
        "* could not load PEM client certificate from a.pem, OpenSSL error error:0, (no key found, wrong pass phrase, or wrong file format?)",
    ],
)
def test_behind_a_whole_answer_curl_complains_of_nothing(assembled: Assemble, line: str) -> None:
    (transfer,) = assembled("@opened", "@secured", "@asked", "@answered", "@left", line).transfers
    assert transfer.complaints == ()


@pytest.mark.parametrize(
    "line",
    [
        "* SSL certificate problem: certificate has expired",
        "* Could not resolve host: evil.example",
        "* CONNECT tunnel failed, response 407",
        "* Failed to connect to evil.example port 443 after 1 ms: Connection refused",
    ],
)
def test_what_fails_only_before_an_answer_does_not_fail_behind_its_headers(assembled: Assemble, line: str) -> None:
    (transfer,) = assembled("@opened", "@asked", "< HTTP/1.1 200 OK", "< ", line, "more").transfers
    assert transfer.complaints == ()


def test_an_answer_that_breaks_off_is_complained_of(assembled: Assemble) -> None:
    (transfer,) = assembled(
        "@opened", "@asked", "< HTTP/1.1 200 OK", "< ", "half", RESET, "* Closing connection 0"
    ).transfers
    assert [complaint.kind for complaint in transfer.complaints] == ["reset"]


@pytest.mark.parametrize("code", [60, 6, 7, 35, 58])
def test_an_exit_code_from_before_any_answer_is_not_curls_behind_one(assembled: Assemble, code: int) -> None:
    (transfer, *_) = assembled(
        "@opened", "@secured", "@asked", "@answered", "@left", f"curl: ({code}) SSL certificate problem"
    ).transfers
    assert transfer.exit is None


def test_an_exit_code_that_nothing_was_said_of_is_not_curls_behind_a_farewell(assembled: Assemble) -> None:
    last = "curl: (56) Recv failure: Connection reset by peer"
    (transfer, *_) = assembled("@opened", "@asked", "@answered", "@left", last).transfers
    assert transfer.exit is None


def test_fail_with_body_ends_with_a_code_alone(assembled: Assemble) -> None:
    answer = ("< HTTP/1.1 404 Not Found", "< Content-Length: 3", "< ", "no")
    (transfer,) = assembled(
        "@opened", "@asked", *answer, "@left", "curl: (22) The requested URL returned error: 404"
    ).transfers
    assert transfer.exit is not None
    assert transfer.exit.code == 22


def test_the_exit_code_repeats_no_complaint(assembled: Assemble) -> None:
    (transfer,) = assembled(
        "@opened", "@asked", RESET, "* Closing connection 0", "curl: (56) Recv failure: Connection reset by peer"
    ).transfers
    assert [(complaint.kind, complaint.from_exit) for complaint in transfer.complaints] == [("reset", False)]


def test_the_exit_code_alone_is_a_complaint(assembled: Assemble) -> None:
    (transfer,) = assembled("curl: (6) Could not resolve host: shop.example").transfers
    assert [(one.kind, one.subject, one.from_exit) for one in transfer.complaints] == [
        ("host-not-found", "shop.example", True)
    ]


def test_a_failure_that_repeats_on_another_connection_is_told_twice(assembled: Assemble) -> None:
    (transfer,) = assembled(
        "@opened", "@asked", RESET, RESET, "* Connection died, retrying a fresh connect",
        "*   Trying 192.0.2.7:443...", "* Connected to shop.example (192.0.2.7) port 443 (#1)", "@asked", RESET, "* Closing connection 1",
    ).transfers  # fmt: skip
    assert [complaint.line for complaint in transfer.complaints if complaint.kind == "reset"] == [6, 14]


def test_an_error_code_of_wolfssl_is_no_alert(assembled: Assemble) -> None:
    line = "* SSL_connect failed with error -313: received alert fatal error"
    (transfer,) = assembled("@opened", "* ALPN: curl offers h2,http/1.1", line).transfers
    (complaint,) = transfer.complaints
    assert complaint.number is None or complaint.kind != "tls-alert"
    tls = transfer.connections[0].tls
    assert tls is None or tls.alerts == ()


def test_a_warning_of_a_retry_goes_on(assembled: Assemble) -> None:
    answer = ("< HTTP/1.1 503 Service Unavailable", "< Content-Length: 3", "< ", "no")
    warning = "Warning: Problem: HTTP error. Will retry in 1 seconds. 3 retries left."
    (transfer,) = assembled(
        "@opened", "@asked", *answer, "@left", warning, "@again", "@asked", "@answered", "@left"
    ).transfers
    assert [exchange.superseded for exchange in transfer.exchanges] == [True, False]
    assert [exchange.response.status for exchange in transfer.exchanges if exchange.response] == [503, 200]
    assert [fact.value for fact in transfer.warnings] == [warning]


GIT = "fatal: unable to access 'https://a.example/x.git/': Could not resolve host: a.example"


def test_gits_last_word_names_the_repository(assembled: Assemble) -> None:
    (transfer,) = assembled(GIT).transfers
    assert (transfer.git, transfer.url) == (True, "https://a.example/x.git/")
    assert [complaint.kind for complaint in transfer.complaints] == ["host-not-found"]


@pytest.mark.parametrize(
    "line",
    [GIT, "error: RPC failed; HTTP 413 curl 22 The requested URL returned error: 413",
     "error: RPC failed; curl 92 HTTP/2 stream 5 was not closed cleanly: CANCEL (err 8)"],
)  # fmt: skip
@pytest.mark.parametrize(
    "before",
    [("@opened", "@secured", "@asked", "< HTTP/1.1 200 OK", "< "), ("HTTP/1.1 500 Internal Server Error", "")],
)
def test_gits_last_word_in_an_answer_to_curl_is_a_body(assembled: Assemble, before: tuple[str, ...], line: str) -> None:
    (transfer,) = assembled(*before, line).transfers
    assert (transfer.git, transfer.exit, transfer.complaints) == (False, None, ())


def test_gits_last_word_behind_a_command_of_curl_is_another_programs(assembled: Assemble) -> None:
    (transfer,) = assembled("$ curl -v https://b.example/", GIT).transfers
    assert (transfer.git, transfer.complaints) == (False, ())


def test_a_request_of_gits_names_git(assembled: Assemble) -> None:
    asked = ("> GET /x.git/info/refs HTTP/1.1", "> Host: a.example", "> User-Agent: git/2.39.5", "> ")
    (transfer,) = assembled("@opened", "@secured", *asked, "< HTTP/1.1 401 Unauthorized", "< ").transfers
    assert transfer.git


GUZZLE = "cURL error 6: Could not resolve host: a.example (see https://curl.se/libcurl) for https://a.example/v1"


def test_a_programs_last_word_is_curls_where_curl_says_nothing(assembled: Assemble) -> None:
    timeline = assembled("Building ...", GUZZLE, GUZZLE.replace("/v1", "/v2"))
    (first, second) = timeline.transfers
    assert first.exit
    assert second.url == "https://a.example/v2"
    assert (first.exit.code, first.exit.line, first.url) == (6, 2, "https://a.example/v1")
    assert timeline.text_of(2) == GUZZLE


def test_a_program_that_says_the_same_once_more_tells_of_one_failure(assembled: Assemble) -> None:
    (only,) = assembled(GUZZLE, "Trying again ...", GUZZLE, GUZZLE).transfers
    assert only.exit
    assert only.exit.line == 1


ANSWERED = ("@opened", "@secured", "@asked")
OPEN = ("< HTTP/1.1 200 OK", "< ", "ok", "@left")


@pytest.mark.parametrize("before", [(*ANSWERED, *OPEN), ("HTTP/1.1 500 Internal Server Error", "")])
def test_a_programs_last_word_behind_curls_own_is_a_body_whose_end_is_not_known(
    assembled: Assemble, before: tuple[str, ...]
) -> None:
    (transfer,) = assembled(*before, GUZZLE).transfers
    assert (transfer.exit, transfer.complaints) == (None, ())


@pytest.mark.parametrize("answer", [("@answered", "@left"), ("< HTTP/1.1 204 No Content", "< ", "@left")])
def test_behind_a_whole_answer_a_program_tells_of_a_call_of_its_own_likely(
    assembled: Assemble, answer: tuple[str, ...]
) -> None:
    first, other = assembled(*ANSWERED, *answer, "", "But in my program:", GUZZLE).transfers
    assert (first.exit, first.complaints, first.doubt) == (None, (), "")
    assert other.exit is not None
    assert other.doubt


def test_what_a_program_tells_of_an_answer_that_the_log_shows_is_no_other_call(assembled: Assemble) -> None:
    refused = ("< HTTP/1.1 404 Not Found", "< Content-Length: 3", "< ", "no", "@left")
    told = "Client error: `GET https://shop.example/` resulted in a `404 Not Found` response:"
    assert len(assembled(*ANSWERED, *refused, told).transfers) == 1


def test_a_socks_proxy_that_curl_names_twice_is_one_complaint(assembled: Assemble) -> None:
    (transfer,) = assembled(
        "* Could not resolve host: sox.example", "* Couldn't resolve proxy 'sox.example'", "* Closing connection 0"
    ).transfers
    assert [complaint.kind for complaint in transfer.complaints] == ["proxy-not-found"]


@pytest.mark.parametrize("line", ["* CONNECT tunnel failed, response 0", "* CONNECT Response Status 0"])
def test_what_curl_says_of_a_tunnel_is_a_body_behind_the_head_of_an_answer(assembled: Assemble, line: str) -> None:
    head = ("< HTTP/1.1 200 OK", "< Transfer-Encoding: chunked", "< ")
    (transfer,) = assembled("@opened", "@asked", *head, line, "@left").transfers
    assert not transfer.complaints


MOVED = ("HTTP/1.1 301 Moved Permanently", "Location: https://gone.example/", "")
NOT_FOUND = "curl: (6) Could not resolve host: gone.example"


def test_curl_goes_on_behind_the_head_of_a_redirect_and_fails_there(assembled: Assemble) -> None:
    (transfer,) = assembled("$ curl -sSiL http://a.example/", *MOVED, NOT_FOUND).transfers
    assert [complaint.phase for complaint in transfer.complaints] == ["connect"]


@pytest.mark.parametrize(
    "lines",
    [
        ("$ curl -sSi http://a.example/", *MOVED, NOT_FOUND),  # it was not told to follow
        ("$ curl -sSiL http://a.example/", *MOVED, "<p>Moved</p>", NOT_FOUND),  # of a redirect it prints no body
    ],
)
def test_behind_an_answer_that_curl_stays_at_its_last_word_is_a_line_of_the_body(
    assembled: Assemble, lines: tuple[str, ...]
) -> None:
    (transfer, *_) = assembled(*lines).transfers
    assert transfer.exit is None


def test_a_connection_of_http1_has_no_streams_that_could_fail(assembled: Assemble) -> None:
    short = ("< HTTP/1.1 200 OK", "< Transfer-Encoding: chunked", "< ")
    said = "transfer closed with outstanding read data remaining"
    word = "curl: (92) HTTP/2 stream 1 was not closed cleanly: INTERNAL_ERROR (err 2)"
    (transfer,) = assembled(
        "@opened", "@asked", *short, f"* {said}", "* closing connection #0", "first", word
    ).transfers
    assert transfer.exit is None
    assert [complaint.kind for complaint in transfer.complaints] == ["transfer-interrupted"]


@pytest.mark.parametrize(
    "word",
    ["curl: (60) SSL certificate problem: certificate has expired", "curl: (47) Maximum (50) redirects followed"],
)
def test_behind_a_value_of_unknown_length_a_word_that_curl_did_not_say_is_of_the_body(
    assembled: Assemble, word: str
) -> None:
    answer = ("< HTTP/2 200", "< content-type: text/plain", "< ", "{ [5 bytes data]", "@left", '{"status": "ok"}')
    (transfer,) = assembled("@opened", "@secured", "@asked", *answer, word).transfers
    assert (transfer.complaints, transfer.exit) == ((), None)


def test_nothing_tells_how_long_a_body_is_that_was_packed(assembled: Assemble) -> None:
    answer = (
        "> GET /packed HTTP/1.1",
        "> Accept-Encoding: gzip",
        "> ",
        "< HTTP/1.1 200 OK",
        "< Content-Encoding: gzip",
        "< Content-Length: 40",
        "< ",
        "{ [40 bytes data]",
        "@left",
    )
    word = "curl: (22) The requested URL returned error: 404"
    (transfer,) = assembled("@opened", *answer, word, "first").transfers
    assert (transfer.complaints, transfer.exit) == ((), None)
    (transfer,) = assembled("@opened", *answer, '{"status": "ok", "note": "first of all"}', word).transfers
    assert (transfer.complaints, transfer.exit) == ((), None)


@pytest.mark.parametrize(
    "said",
    ["* transfer closed with 100 bytes remaining to read", "* Maximum (50) redirects followed"],
)
def test_what_the_head_rules_out_is_of_the_body(assembled: Assemble, said: str) -> None:
    (transfer,) = assembled("@opened", "@asked", "< HTTP/2 200", "< ", "first", said, "@left").transfers
    assert transfer.complaints == ()


@pytest.mark.parametrize(
    ("head", "said", "kind"),
    [
        ("< content-length: 300", "* transfer closed with 100 bytes remaining to read", "transfer-interrupted"),
        (
            "< transfer-encoding: chunked",
            "* transfer closed with outstanding read data remaining",
            "transfer-interrupted",
        ),
    ],
)
def test_what_the_head_allows_is_curls(assembled: Assemble, head: str, said: str, kind: str) -> None:
    (transfer,) = assembled(
        "@opened", "@asked", "< HTTP/1.1 200", head, "< ", "first", said, "* Closing connection 0"
    ).transfers
    assert [complaint.kind for complaint in transfer.complaints] == [kind]


@pytest.mark.parametrize(
    ("between", "calls"),
    [
        pytest.param((), 2, id="the other call goes on"),
        pytest.param(("$ curl -v https://shop.example/",), 3, id="another run"),
    ],
)
def test_what_the_tool_says_last_is_of_the_transfer_of_which_curl_said_it(
    assembled: Assemble, between: tuple[str, ...], calls: int
) -> None:
    said = "Failed to connect to b.example port 8443 after 1 ms: Could not connect to server"
    refused = ("*   Trying 192.0.2.2:8443...", f"* {said}", "* closing connection #1")
    transfers = assembled(*refused, *between, "@opened", "@asked", "@answered", "@left", f"curl: (7) {said}").transfers
    assert len(transfers) == calls
    assert (transfers[0].exit is not None) is (calls == 2)
