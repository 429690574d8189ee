from __future__ import annotations

import msgspec

import curlx
from curlx.findings import Finding
from curlx.pipeline import explain
from curlx.renderers.sequence import Sequence, Step, sequence
from curlx.report import make_report
from curlx.timeline import ClientCertificate, Connection, Exchange, Request, Response, Timeline, Transfer

PROXY = """\
* Trying 10.20.30.1:3128...
* Connected to proxy.corp.example (10.20.30.1) port 3128 (#0)
* allocate connect buffer!
* Establish HTTP proxy tunnel to shop.example:443
> CONNECT shop.example:443 HTTP/1.1
> Host: shop.example:443
>
< HTTP/1.1 407 Proxy Authentication Required
< Content-Length: 0
<
* CONNECT tunnel failed, response 407
* Closing connection 0
curl: (56) CONNECT tunnel failed, response 407
"""
NO_ANSWER = """\
* Connected to shop.example (203.0.113.14) port 80 (#0)
> GET / HTTP/1.1
> Host: shop.example
>
* Empty reply from server
* Closing connection 0
curl: (52) Empty reply from server
"""
HANDSHAKE = """\
* Connected to api.bank.example (203.0.113.10) port 443 (#0)
* TLSv1.2 (OUT), TLS handshake, Client hello (1):
* TLSv1.2 (IN), TLS handshake, Server hello (2):
* TLSv1.2 (IN), TLS handshake, Certificate (11):
* TLSv1.2 (IN), TLS handshake, Request CERT (13):
* TLSv1.2 (IN), TLS handshake, Server finished (14):
* TLSv1.2 (OUT), TLS handshake, Certificate (11):
* TLSv1.2 (OUT), TLS handshake, Client key exchange (16):
* TLSv1.2 (OUT), TLS change cipher, Change cipher spec (1):
* TLSv1.2 (OUT), TLS handshake, Finished (20):
* TLSv1.2 (IN), TLS handshake, Finished (20):
* SSL connection using TLSv1.2 / ECDHE-RSA-AES256-GCM-SHA384
*  SSL certificate verify ok.
> GET / HTTP/1.1
> Host: api.bank.example
>
< HTTP/1.1 400 Bad Request
< Server: nginx
< Content-Length: 60
<
<title>400 No required SSL certificate was sent</title>
* Connection #0 to host api.bank.example left intact
"""


def drawn(log: str) -> Sequence:
    picture = sequence(explain(log))
    assert picture is not None
    return picture


def told(step: Step) -> str:
    arrow = {"sent": "->", "missing": "-x", "remark": "!"}[step.manner]
    return f"{step.sender.role} {arrow} {step.receiver.role}: {step.text}"


def test_the_missing_client_certificate_is_drawn_behind_the_servers_certificate(
    founding_case: Timeline, missing: Finding
) -> None:
    picture = sequence(make_report(founding_case, (missing,)))
    assert picture is not None
    assert [told(step) for step in picture.steps] == [
        "client -> server: TLS handshake",
        "server -> client: certificate of the server (accepted by curl)",
        "server -> client: asks for a client certificate",
        "client -x server: missing: client certificate",
        "client -> server: GET /v4/admin/health",
        "server -> client: 400 Bad Request",
    ]
    absent = picture.steps[3]
    assert (absent.status, absent.line) == ("problem", 14)


def test_the_messages_of_one_side_in_a_row_are_one_arrow_and_the_request_for_a_certificate_is_its_own() -> None:
    steps = [told(step) for step in drawn(HANDSHAKE).steps]
    assert steps[1:6] == [
        "client -> server: TLS: Client hello",
        "server -> client: TLS: Server hello, Certificate, Server finished",
        "server -> client: asks for a client certificate",
        "client -x server: missing: client certificate (an empty list was sent)",
        "client -> server: TLS: Client key exchange, Finished",
    ]


def test_what_is_only_possible_is_only_perhaps_missing(founding_case: Timeline, missing: Finding) -> None:
    transfer = founding_case.transfers[0]
    tls = transfer.connections[0].tls
    assert tls is not None
    unsure = msgspec.structs.replace(tls, client_certificate=ClientCertificate("yes", "unknown", 4))
    connection = msgspec.structs.replace(transfer.connections[0], tls=unsure)
    timeline = Timeline((msgspec.structs.replace(transfer, connections=(connection,)),), curl_lines=9)
    picture = sequence(make_report(timeline, (msgspec.structs.replace(missing, certainty="possible"),)))
    assert picture is not None
    assert "client -x server: perhaps missing: client certificate" in [told(step) for step in picture.steps]


def test_behind_a_proxy_that_refuses_the_server_is_there_and_gets_no_arrow() -> None:
    picture = drawn(PROXY)
    assert [(party.role, party.name) for party in picture.parties] == [
        ("client", "curl"), ("proxy", "proxy.corp.example"), ("server", "shop.example"),
    ]  # fmt: skip
    assert all("server" not in (step.sender.role, step.receiver.role) for step in picture.steps)
    assert "proxy -> client: 407 Proxy Authentication Required" in [told(step) for step in picture.steps]


def test_an_answer_that_never_came_is_missing_and_stands_before_curls_complaint() -> None:
    steps = [told(step) for step in drawn(NO_ANSWER).steps]
    assert steps[-2:] == ["server -x client: missing: an answer", "client ! client: curl: Empty reply from server"]


def test_a_log_that_ends_before_the_answer_does_not_say_that_none_came() -> None:
    last = drawn("".join(NO_ANSWER.splitlines(keepends=True)[:4])).steps[-1]
    assert (last.text, last.status) == ("missing: an answer (the log ends before one)", "unknown")


def test_a_name_that_is_not_found_leaves_the_server_without_an_arrow() -> None:
    picture = drawn("* Could not resolve host: api.bnak.example\ncurl: (6) Could not resolve host: api.bnak.example\n")
    assert [told(step) for step in picture.steps] == ["client ! client: curl: Could not resolve host: api.bnak.example"]
    assert picture.parties[-1].name == "api.bnak.example"


def test_a_connection_that_is_used_again_is_not_opened_again() -> None:
    again = """\
* Found bundle for host api.bank.example: 0x1 [serially]
* Re-using existing connection! (#0) with host api.bank.example
> GET /two HTTP/1.1
> Host: api.bank.example
>
< HTTP/1.1 200 OK
< Content-Length: 0
<
* Connection #0 to host api.bank.example left intact
"""
    report = explain(HANDSHAKE.replace("400 Bad Request", "200 OK").replace("400 No", "No") + again)
    picture = sequence(msgspec.structs.replace(report, findings=()))
    assert picture is not None
    assert sum(step.text == "TLS: Client hello" for step in picture.steps) <= 1


def test_a_long_loop_is_drawn_by_its_beginning_and_its_end() -> None:
    exchanges = tuple(
        Exchange(-1, line, line, Request("GET", f"/{line}", "1.1", line, line),
                 response=Response(302, "Found", "1.1", line, line))
        for line in range(1, 60)
    )  # fmt: skip
    picture = sequence(make_report(Timeline((Transfer(1, 60, exchanges=exchanges),), curl_lines=60), ()))
    assert picture is not None
    assert len(picture.steps) == 31
    assert "88 more steps" in [step.text for step in picture.steps]


def test_more_servers_than_fit_are_drawn_as_one() -> None:
    exchanges = tuple(
        Exchange(index, index + 1, index + 1, Request("GET", "/", "1.1", index + 1, index + 1)) for index in range(9)
    )
    connections = tuple(Connection(index + 1, index + 1, host=f"{index}.example", port=80) for index in range(9))
    transfer = Transfer(1, 9, connections=connections, exchanges=exchanges)
    picture = sequence(make_report(Timeline((transfer,), curl_lines=9), ()))
    assert picture is not None
    assert [party.name for party in picture.parties] == ["curl", "9 servers"]


def test_without_a_transfer_there_is_no_picture() -> None:
    assert sequence(make_report(Timeline(), ())) is None


def test_a_certificate_that_the_server_does_without_is_not_missing() -> None:
    log = """* Connected to shop.example (192.0.2.10) port 443 (#0)
* TLSv1.2 (OUT), TLS handshake, Client hello (1):
* TLSv1.2 (IN), TLS handshake, Server hello (2):
* TLSv1.2 (IN), TLS handshake, Certificate (11):
* TLSv1.2 (IN), TLS handshake, Request CERT (13):
* TLSv1.2 (IN), TLS handshake, Server finished (14):
* TLSv1.2 (OUT), TLS handshake, Certificate (11):
* TLSv1.2 (OUT), TLS handshake, Client key exchange (16):
* TLSv1.2 (OUT), TLS handshake, Finished (20):
* TLSv1.2 (IN), TLS handshake, Finished (20):
> GET / HTTP/1.1
> Host: shop.example
>
< HTTP/1.1 {}
< Content-Length: 0
<
"""
    texts = {
        answer: [step.text for step in picture.steps if "client certificate (an" in step.text]
        for answer in ("200 OK", "496 SSL Certificate Required")
        if (picture := sequence(curlx.explain(log.format(answer)))) is not None
    }
    assert texts == {
        "200 OK": ["no client certificate (an empty list was sent)"],
        "496 SSL Certificate Required": ["missing: client certificate (an empty list was sent)"],
    }
