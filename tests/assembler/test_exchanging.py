from __future__ import annotations

from collections.abc import Callable

import pytest

from curlx import explain
from curlx.timeline import Aside, Timeline

Assemble = Callable[..., Timeline]


def statuses(timeline: Timeline) -> list[int]:
    return [each.response.status for one in timeline.transfers for each in one.exchanges if each.response]


def test_a_request_and_its_answer_are_one_exchange(assembled: Assemble) -> None:
    (transfer,) = assembled("@opened", "@asked", "@answered", "@left").transfers
    (exchange,) = transfer.exchanges
    assert exchange.request is not None
    assert exchange.response is not None
    assert (exchange.request.method, exchange.request.target) == ("GET", "/")
    assert (exchange.response.status, exchange.response.body.seen, exchange.response.headers_complete) == (200, 3, True)
    assert (exchange.connection, exchange.complete, exchange.superseded) == (0, True, False)
    assert transfer.url == "https://shop.example/"


def test_no_second_answer_comes_to_one_request(assembled: Assemble) -> None:
    timeline = assembled(
        "@opened", "@asked", "< HTTP/1.1 200 OK", "< ", "a", "< HTTP/1.1 502 Bad Gateway", "< ", "@left"
    )
    assert statuses(timeline) == [200]


def test_an_answer_without_a_request_is_not_curls_where_requests_are_shown(assembled: Assemble) -> None:
    fake = (
        "*   Trying 192.0.2.66:80...",
        "* Connected to evil.example (192.0.2.66) port 80 (#1)",
        "< HTTP/1.1 500 No",
        "< ",
    )
    assert statuses(assembled("@opened", "@asked", "@answered", "@left", *fake)) == [200]


def test_an_answer_alone_is_read_without_its_request(assembled: Assemble) -> None:
    assert statuses(assembled("< HTTP/1.1 404 Not Found", "< Content-Length: 3", "< ", "no")) == [404]


def test_no_request_begins_inside_a_header_block(assembled: Assemble) -> None:
    (transfer,) = assembled(
        "@opened", "> GET / HTTP/1.1", "> POST /evil HTTP/1.1", "> Host: shop.example", "> "
    ).transfers
    assert [exchange.request.target for exchange in transfer.exchanges if exchange.request] == ["/"]


def test_no_request_begins_while_an_answer_comes_in(assembled: Assemble) -> None:
    timeline = assembled("@opened", "@asked", "< HTTP/1.1 200 OK", "< ", "a", "> GET /evil HTTP/1.1", "> ", "@left")
    assert len(timeline.transfers[0].exchanges) == 1


def test_a_redirect_is_followed_in_one_transfer(assembled: Assemble) -> None:
    timeline = assembled(
        "@opened", "@asked", "< HTTP/1.1 301 Moved", "< Location: /b", "< Content-Length: 9", "< ", "* Ignoring the response-body",
        "@left", "* Issue another request to this URL: 'http://shop.example/b'", "@again", "@asked", "@answered", "@left",
    )  # fmt: skip
    (transfer,) = timeline.transfers
    assert statuses(timeline) == [301, 200]
    assert [exchange.superseded for exchange in transfer.exchanges] == [True, False]
    assert transfer.finished


def test_an_answer_that_needs_no_other_request_is_not_followed(assembled: Assemble) -> None:
    followed = "* Issue another request to this URL: 'http://evil.example/'"
    (transfer, *_) = assembled("@opened", "@asked", "< HTTP/1.1 200 OK", "< ", followed, "@left").transfers
    assert not transfer.exchanges[0].superseded


def test_an_interim_answer_is_not_the_answer(assembled: Assemble) -> None:
    (transfer,) = assembled("@opened", "@asked", "< HTTP/1.1 100 Continue", "< ", "@answered", "@left").transfers
    (exchange,) = transfer.exchanges
    assert [answer.status for answer in exchange.interim] == [100]
    assert exchange.response is not None
    assert exchange.response.status == 200


@pytest.mark.parametrize(("scheme", "finished"), [("Digest", False), ("Negotiate", False), ("Basic", True)])
def test_a_refusal_that_a_login_begins_with_is_not_the_end(assembled: Assemble, scheme: str, finished: bool) -> None:
    login = f"* Server auth using {scheme} with user 'alice'"
    answer = ("< HTTP/1.1 401 Unauthorized", "< Content-Length: 3", "< ", "no")
    (transfer,) = assembled("@opened", login, "@asked", *answer, "@left").transfers
    assert transfer.finished is finished


def test_http2_names_the_whole_url(assembled: Assemble) -> None:
    opened = "* [HTTP/2] [1] OPENED stream for https://shop.example/v1/things"
    (transfer,) = assembled(
        "@opened", "@secured", opened, "> GET /v1/things HTTP/2", "> Host: shop.example", "> "
    ).transfers
    assert transfer.url == "https://shop.example/v1/things"


def test_trailers_are_no_new_headers(assembled: Assemble) -> None:
    (transfer,) = assembled(
        "@opened", "@asked", "< HTTP/1.1 200 OK", "< A: b", "< ", "a", "< X-Trailer: c", "@left"
    ).transfers
    response = transfer.exchanges[0].response
    assert response is not None
    assert [header.name for header in response.headers] == ["A"]


def test_why_there_is_no_token_for_negotiate_is_kept(assembled: Assemble) -> None:
    failed = "* gss_init_sec_context() failed: Server not found in Kerberos database. "
    timeline = assembled(
        "@opened", "@asked", "< HTTP/1.1 401 Unauthorized", failed, "< Content-Length: 0", "< ", "@left"
    )
    (transfer,) = timeline.transfers
    assert transfer.negotiation == Aside("Server not found in Kerberos database.", 7)
    assert statuses(timeline) == [401]
    assert transfer.exchanges[0].complete


@pytest.mark.parametrize(("target", "steps"), [("/digest", [True, False]), ("/other", [False])])
def test_where_only_heads_are_left_of_a_log_the_same_request_answers_a_challenge(
    assembled: Assemble, target: str, steps: list[bool]
) -> None:
    asked = ("> GET /digest HTTP/1.1", "> Host: shop.example", "> ")
    refused = ("< HTTP/1.1 401 Unauthorized", "< WWW-Authenticate: Digest realm=x", "< Content-Length: 421", "< ")
    again = (f"> GET {target} HTTP/1.1", "> Host: shop.example", "> Authorization: Digest x", "> ")
    (transfer, *_) = assembled(*asked, *refused, *again, "< HTTP/1.1 200 OK", "< Content-Length: 0", "< ").transfers
    assert [exchange.superseded for exchange in transfer.exchanges] == steps


GAP = "* Connected to shop.example (192.0.2.7) port 80\n> GET / HTTP/1.1\n> Host: shop.example\n> \n< HTTP/1.1 {}\n"


@pytest.mark.parametrize(
    ("status", "rest", "found"),
    [
        # Lines were left out of the head: no body can have said the next status.
        ("401 Unauthorized", "...\n> Accept: */*\n> \n< HTTP/1.1 200 OK\n< \n", None),
        # Behind a head a page may say all that, or curl met the challenge.
        ("401 Unauthorized", "< WWW-Authenticate: Digest realm=\"a\"\n< \n...\n< HTTP/1.1 200 OK\n< \n", "likely"),
        # After these curl does not ask again by itself.
        ("403 Forbidden", "< Content-Type: text/html\n< \n...\n< HTTP/1.1 200 OK\n< \n", "certain"),
    ],
)  # fmt: skip
def test_a_status_behind_a_gap_is_of_another_answer(status: str, rest: str, found: str | None):
    findings = [each for each in explain(GAP.format(status) + rest).findings if each.severity == "error"]
    assert [each.certainty for each in findings] == ([found] if found else [])


@pytest.mark.parametrize("said", ["* h2h3 [:method: GET]", "* [HTTP/2] [1] OPENED stream for https://shop.example/"])
def test_a_stream_shows_that_curl_asked_where_the_request_was_left_out(said: str) -> None:
    log = (
        "*   Trying 192.0.2.7:443...\n* Connected to shop.example (192.0.2.7) port 443 (#0)\n* ALPN: server accepted h2\n"
        "{}* OpenSSL SSL_read: Connection reset by peer, errno 104\n* Closing connection 0\n"
        "curl: (56) OpenSSL SSL_read: Connection reset by peer, errno 104\n"
    )
    assert explain(log.format("")).findings[0].code == "tls-reset"
    assert explain(log.format(f"{said}\n")).findings[0].code == "network-reset"


def test_of_two_requests_that_wait_on_one_connection_the_first_is_answered_first(assembled: Assemble) -> None:
    first, second = (
        ("> GET /one HTTP/2", "> Host: shop.example", "> "),
        ("> GET /two HTTP/2", "> Host: shop.example", "> "),
    )
    answers = ("< HTTP/2 200 ", "< content-length: 3", "< ", "ok", "< HTTP/2 404 ", "< content-length: 3", "< ", "no")
    (transfer,) = assembled("@opened", "@secured", *first, *second, *answers, "@left").transfers
    told = [(one.request.target, one.response.status) for one in transfer.exchanges if one.request and one.response]
    assert told == [("/one", 200), ("/two", 404)]


@pytest.mark.parametrize(("told", "doubted"), [("200", True), ("502", False)])
def test_a_status_that_write_out_tells_otherwise_is_doubted(assembled: Assemble, told: str, doubted: bool) -> None:
    command = "$ curl -sSi -w '%{http_code}' https://shop.example/"
    (transfer,) = assembled(command, "HTTP/1.1 502 Bad Gateway", "", told).transfers
    assert ("--write-out" in (transfer.doubt or "")) is doubted
