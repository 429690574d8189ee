from __future__ import annotations

import msgspec
import pytest

import curlx
from curlx.findings import Diagnosis, Evidence, Finding
from curlx.sections import Section, sections
from curlx.timeline import (
    Alert,
    Attempt,
    Body,
    Certificate,
    ClientCertificate,
    Complaint,
    Connection,
    Exchange,
    Exit,
    Fact,
    Header,
    Proxy,
    Request,
    Response,
    Timeline,
    Tls,
    Transfer,
)


def of(*findings: Finding, first_line: int = 1, **fields: object) -> tuple[Section, ...]:
    """Return the steps of a log of one transfer."""
    transfer = Transfer(first_line, 99, **fields)  # type: ignore[arg-type]
    return sections(Timeline(transfers=(transfer,), lines=99, curl_lines=99), findings)


def error(code: str, line: int, transfer: int = 0) -> Finding:
    return Diagnosis(code, "x").found("certain", "x", [Evidence(line, "x", "x")], transfer=transfer)


def only(kind: str, steps: tuple[Section, ...]) -> Section:
    (step,) = (step for step in steps if step.kind == kind)
    return step


def test_the_founding_case_is_told_in_five_steps(founding_case: Timeline, missing: Finding) -> None:
    assert [(step.kind, step.status, step.title) for step in sections(founding_case, (missing,))] == [
        ("tls", "ok", "TLS, TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384"),
        ("server-certificate", "ok", "Server certificate CN=engine.sandbox, valid Jan 21 2026 to Apr 20 2026"),
        ("client-certificate", "problem", "Client certificate: asked for, none sent"),
        ("request", "ok", "GET /v4/admin/health"),
        ("response", "problem", "400 Bad Request from nginx"),
    ]


def test_without_a_verdict_nothing_in_the_founding_case_is_a_problem(founding_case: Timeline) -> None:
    assert {step.status for step in sections(founding_case)} == {"ok", "note"}


def test_steps_come_in_the_order_of_their_lines_but_a_late_proof_with_its_handshake(
    founding_case: Timeline, missing: Finding
) -> None:
    assert [step.first_line for step in sections(founding_case, (missing,))] == [1, 2, 14, 7, 10]


def test_each_transfer_numbers_its_own_steps_and_has_its_own_break(founding_case: Timeline, missing: Finding) -> None:
    twice = msgspec.structs.replace(founding_case, transfers=founding_case.transfers * 2)
    steps = sections(twice, (msgspec.structs.replace(missing, transfer=1),))
    assert [step.transfer for step in steps] == [0] * 5 + [1] * 5
    assert {step.transfer for step in steps if step.status == "problem"} == {1}


def test_a_connection_that_answered_is_ok() -> None:
    step = only("connection", of(connections=(
        Connection(1, 9, host="a.example", port=443, attempts=(Attempt("203.0.113.10", 443, 3),),
                   connected=Fact("203.0.113.10", 4)),
    )))  # fmt: skip
    assert (step.title, step.status, step.first_line, step.last_line) == (
        "TCP connection to 203.0.113.10 port 443", "ok", 3, 4)  # fmt: skip


def test_a_connection_that_the_log_confirms_only_by_what_follows_is_ok() -> None:
    connection = Connection(1, 9, port=443, attempts=(Attempt("203.0.113.10", 443, 3),), tls=Tls("origin", 4, 9, True))
    assert only("connection", of(connections=(connection,))).status == "ok"


def test_a_refused_connection_is_a_problem_and_says_what_was_tried() -> None:
    attempts = (
        Attempt("2001:db8::1", 443, 3, Fact("connect-unreachable", 4), "Network is unreachable"),
        Attempt("203.0.113.60", 443, 5, Fact("connect-refused", 6), "Connection refused"),
    )
    step = only("connection", of(connections=(Connection(1, 9, host="a.example", port=443, attempts=attempts),)))
    assert (step.status, step.first_line, step.last_line) == ("problem", 3, 6)
    assert step.title == "TCP connection to 2001:db8::1, 203.0.113.60 port 443 failed"
    assert [(detail.value, detail.line) for detail in step.details] == [
        ("2001:db8::1: Network is unreachable", 4), ("203.0.113.60: Connection refused", 6)]  # fmt: skip


def test_of_many_addresses_that_failed_the_first_are_named() -> None:
    attempts = tuple(
        Attempt(f"203.0.113.{number}", 443, number, Fact("connect-refused", number + 1)) for number in (1, 1, 3, 5, 7)
    )
    step = only("connection", of(connections=(Connection(1, 9, port=443, attempts=attempts),)))
    assert step.title == "TCP connection to 203.0.113.1, 203.0.113.3, 203.0.113.5 and 1 more, port 443 failed"


def test_an_attempt_without_an_end_is_unknown() -> None:
    connection = Connection(1, 3, port=443, attempts=(Attempt("203.0.113.10", 443, 3),))
    assert only("connection", of(connections=(connection,))).status == "unknown"


def test_a_unix_socket_is_called_one() -> None:
    connection = Connection(1, 3, attempts=(Attempt("/run/app.sock", None, 1),), connected=Fact("/run/app.sock", 2))
    assert only("connection", of(connections=(connection,))).title == "Connection to the Unix socket /run/app.sock"


def test_a_reused_connection_is_told_as_such() -> None:
    step = only("connection", of(connections=(Connection(5, 9, number=0, host="a.example", reused=True),)))
    assert step.title == "Connection #0 to a.example used again"


def test_a_connection_reused_within_its_own_transfer_is_told_from_its_beginning() -> None:
    """A redirect to the same host."""
    connection = Connection(1, 30, port=80, attempts=(Attempt("203.0.113.10", 80, 1),), reused=True)
    assert only("connection", of(connections=(connection,))).title == "TCP connection to 203.0.113.10 port 80"


def test_what_an_earlier_transfer_told_of_a_connection_is_not_told_again() -> None:
    tls = Tls("origin", 4, 9, True, verdict="accepted")
    connection = Connection(20, 29, number=0, host="a.example", resolved=Fact("a.example", 1),
                            connected=Fact("203.0.113.10", 3), reused=True, tls=tls)  # fmt: skip
    assert [step.kind for step in of(first_line=20, connections=(connection,))] == ["connection"]


@pytest.mark.parametrize(("established", "status", "title"), [
    (Fact(True, 6), "ok", "Tunnel through proxy.example:3128 to a.example:443"),
    (Fact(False, 6), "problem", "Tunnel through proxy.example:3128 to a.example:443: refused"),
    (None, "unknown", "Tunnel through proxy.example:3128 to a.example:443"),
])  # fmt: skip
def test_a_tunnel_is_ok_refused_or_unknown(established: Fact[bool] | None, status: str, title: str) -> None:
    proxy = Proxy("tunnel", 4, "proxy.example", 3128, established=established)
    connection = Connection(1, 9, target_host="a.example", target_port=443, proxy=proxy)
    step = only("proxy", of(connections=(connection,)))
    assert (step.status, step.title) == (status, title)


@pytest.mark.parametrize(("completed", "status", "title"), [
    (Fact(True, 8), "ok", "TLS 1.3, TLS_AES_256_GCM_SHA384"),
    (Fact(False, 8), "problem", "TLS 1.3, TLS_AES_256_GCM_SHA384 failed"),
])  # fmt: skip
def test_tls_tells_version_and_cipher(completed: Fact[bool], status: str, title: str) -> None:
    tls = Tls("origin", 4, 9, True, completed=completed, version=Fact("TLSv1.3", 8),
              cipher=Fact("TLS_AES_256_GCM_SHA384", 8))  # fmt: skip
    step = only("tls", of(connections=(Connection(1, 9, tls=tls),)))
    assert (step.status, step.title) == (status, title)


def test_a_handshake_without_an_end_is_unknown() -> None:
    step = only("tls", of(connections=(Connection(1, 9, tls=Tls("origin", 4, 9, True)),)))
    assert (step.status, step.title) == ("unknown", "TLS handshake: the log does not show how it ended")


@pytest.mark.parametrize(("verdict", "status"), [
    ("accepted", "ok"), ("rejected", "problem"), ("unverified", "note"), ("unknown", "unknown"), ("none", "unknown"),
])  # fmt: skip
def test_a_server_certificate_is_what_curl_made_of_it(verdict: str, status: str) -> None:
    certificate = Certificate("server", 5, 8, subject=Fact("C=NL; O=Example BV; CN=a.example", 5))
    tls = Tls("origin", 4, 9, True, certificate=certificate, verdict=verdict)  # type: ignore[arg-type]
    step = only("server-certificate", of(connections=(Connection(1, 9, tls=tls),)))
    assert step.status == status
    assert "CN=a.example" in step.title
    assert "O=Example" not in step.title


def test_dates_that_are_spelt_otherwise_are_left_as_they_are() -> None:
    certificate = Certificate("server", 5, 8, not_after=Fact("2026-04-20 04:01:40 UTC", 6))
    step = only("server-certificate", of(connections=(Connection(1, 9, tls=Tls("origin", 4, 9, True,
                                                                              certificate=certificate)),)))  # fmt: skip
    assert step.title == "Server certificate, valid until 2026-04-20 04:01:40 UTC"


@pytest.mark.parametrize(("client", "title"), [
    (ClientCertificate("yes", "yes", 5, 7), "Client certificate: asked for, sent"),
    (ClientCertificate("yes", "no", 5, 7), "Client certificate: asked for, none sent"),
    (ClientCertificate("yes", "unknown", 5), "Client certificate: asked for, the log cannot say whether one was sent"),
    (ClientCertificate("no", "no", configured=Fact("a.pem", 1)),
     "Client certificate: not asked for, one was configured"),
    (ClientCertificate("unknown", "no", None, 7), "Client certificate: none sent"),
])  # fmt: skip
def test_a_client_certificate_is_told_where_there_is_something_to_tell(client: ClientCertificate, title: str) -> None:
    tls = Tls("origin", 4, 9, True, client_certificate=client)
    assert only("client-certificate", of(connections=(Connection(1, 9, tls=tls),))).title == title


def test_who_broke_off_before_its_turn_is_not_said_to_have_withheld_a_certificate() -> None:
    asked = ClientCertificate("yes", "no", requested_line=5)
    tls = Tls("origin", 4, 9, True, client_certificate=asked, verdict="rejected", verdict_line=8)
    step = only("client-certificate", of(connections=(Connection(1, 9, tls=tls),)))
    assert step.title == "Client certificate: asked for, curl broke off before it was its turn to send one"


@pytest.mark.parametrize("client", [ClientCertificate("no", "no"), ClientCertificate()])
def test_a_client_certificate_that_nobody_asked_for_is_no_step(client: ClientCertificate) -> None:
    steps = of(connections=(Connection(1, 9, tls=Tls("origin", 4, 9, True, client_certificate=client)),))
    assert [step.kind for step in steps] == ["tls"]


def test_a_proof_that_comes_later_is_named_and_the_step_stays_where_it_belongs() -> None:
    """nginx tells only in its page that no certificate came."""
    tls = Tls("origin", 1, 5, False, completed=Fact(True, 1),
              client_certificate=ClientCertificate("unknown", "no", None, 13))  # fmt: skip
    answer = Response(400, "Bad Request", "HTTP/1.1", 10, 12)
    exchange = Exchange(0, 7, 19, Request("GET", "/", "HTTP/1.1", 7, 8), (), answer)
    cause = error("client-certificate-missing", 13)
    steps = of(cause, connections=(Connection(1, 19, tls=tls),), exchanges=(exchange,))
    assert [(step.kind, step.first_line, step.last_line) for step in steps[:3]] == [
        ("tls", 1, 5), ("client-certificate", 13, 13), ("request", 7, 8)]  # fmt: skip
    assert only("client-certificate", steps).status == "problem"


def test_a_late_alert_stays_out_of_the_handshake_but_marks_the_client_certificate() -> None:
    """TLS 1.3: the server refuses the empty certificate only after curl has sent the request."""
    tls = Tls("origin", 4, 20, True, completed=Fact(True, 9), version=Fact("TLSv1.3", 9),
              alerts=(Alert("in", 116, "certificate required", 20),),
              client_certificate=ClientCertificate("yes", "no", 6, 8))  # fmt: skip
    exchange = Exchange(0, 12, 15, Request("GET", "/ok", "HTTP/2", 12, 15))
    cause = error("client-certificate-missing", 20)
    steps = of(cause, connections=(Connection(1, 20, tls=tls),), exchanges=(exchange,))
    assert [(step.kind, step.status) for step in steps] == [
        ("tls", "ok"), ("client-certificate", "problem"), ("request", "unknown")]  # fmt: skip
    assert steps[0].last_line == 11


def test_a_refused_server_certificate_is_where_it_broke() -> None:
    tls = Tls("origin", 4, 9, True, completed=Fact(False, 9), verdict="rejected", verdict_line=9,
              verdict_reason="certificate-expired")  # fmt: skip
    steps = of(
        error("server-certificate-expired", 9),
        connections=(Connection(1, 9, tls=tls),),
        complaints=(Complaint("certificate-expired", "SSL certificate problem: certificate has expired", 9, "tls"),),
    )
    assert only("server-certificate", steps).status == "problem"


def test_an_answer_says_who_answered() -> None:
    response = Response(200, "", "HTTP/2", 5, 7, (Header("server", "nginx/1.22.1", 6),))
    step = only("response", of(exchanges=(Exchange(-1, 5, 7, response=response),)))
    assert (step.title, step.status) == ("200 OK from nginx/1.22.1", "ok")


def test_a_status_that_has_no_phrase_is_shown_bare() -> None:
    step = only("response", of(exchanges=(Exchange(-1, 5, 7, response=Response(799, "", "HTTP/2", 5, 7)),)))
    assert (step.title, step.status) == ("799", "note")


def test_a_followed_redirect_says_where_it_led() -> None:
    response = Response(301, "Moved Permanently", "HTTP/1.1", 5, 7, (Header("Location", "https://b.example/", 6),))
    step = only("response", of(exchanges=(Exchange(-1, 5, 7, response=response, complete=True, superseded=True),)))
    assert step.title == "301 Moved Permanently, followed"
    cut = only("response", of(exchanges=(Exchange(-1, 5, 7, response=response, superseded=True),)))
    assert cut.title == "301 Moved Permanently, to be followed"
    assert ("location", "https://b.example/", 6) in [(one.label, one.value, one.line) for one in step.details]


def test_a_body_that_came_behind_curls_last_words_is_not_part_of_the_answers_lines() -> None:
    near = Response(200, "OK", "HTTP/1.1", 5, 7, body=Body(first_line=8, last_line=12))
    far = Response(200, "OK", "HTTP/1.1", 5, 7, body=Body(first_line=30, last_line=40))
    assert only("response", of(exchanges=(Exchange(-1, 5, 40, response=near),))).last_line == 12
    assert only("response", of(exchanges=(Exchange(-1, 5, 40, response=far),))).last_line == 7


def test_a_request_without_an_answer_is_unknown() -> None:
    step = only("request", of(exchanges=(Exchange(-1, 5, 7, Request("GET", "/", "HTTP/1.1", 5, 7)),)))
    assert (step.title, step.status) == ("GET /: the log shows no answer", "unknown")


def test_what_curl_says_of_one_failure_is_one_step() -> None:
    complaints = (
        Complaint("tls-reset", "OpenSSL SSL_connect: Connection reset by peer", 7, "tls"),
        Complaint("tls-reset", "closing", 8, "tls"),
        Complaint("tls-reset", "OpenSSL SSL_connect", 10, "tls", from_exit=True),
    )
    steps = of(error("tls-reset", 7), complaints=complaints, exit=Exit(35, "OpenSSL SSL_connect", 10))
    assert [(step.first_line, step.last_line) for step in steps] == [(7, 8), (10, 10)]
    assert [step.status for step in steps] == ["problem", "problem"]
    assert steps[1].title == "curl: (35) OpenSSL SSL_connect"


def test_a_complaint_that_broke_nothing_is_a_note() -> None:
    (step,) = of(complaints=(Complaint("connection-died", "Connection died, retrying", 7, "request"),))
    assert step.status == "note"


def test_a_line_that_no_step_holds_marks_the_last_step_before_it() -> None:
    response = Response(500, "", "HTTP/1.1", 5, 7)
    exchange = Exchange(-1, 5, 50, Request("GET", "/", "HTTP/1.1", 1, 4), response=response)
    steps = of(error("http-server-error", 40), exchanges=(exchange,))
    assert [(step.kind, step.status) for step in steps] == [("request", "ok"), ("response", "problem")]


def test_a_title_is_never_longer_than_a_few_lines() -> None:
    exchange = Exchange(-1, 1, 1, Request("GET", "/" + "a" * 100_000, "HTTP/1.1", 1, 1))
    assert len(only("request", of(exchanges=(exchange,))).title) < 310


def test_the_port_of_an_attempt_will_do_where_the_connection_has_none() -> None:
    connection = Connection(1, 9, attempts=(Attempt("203.0.113.60", 443, 1, Fact("connect-refused", 2), "refused"),))
    assert only("connection", of(connections=(connection,))).title == "TCP connection to 203.0.113.60 port 443 failed"


def test_the_last_complaint_of_a_failed_transfer_is_a_problem_unless_an_answer_came_after_it() -> None:
    complaints = (Complaint("reset", "Recv failure", 7, "request"),)
    (step,) = of(error("network-reset", 7), complaints=complaints)
    assert step.status == "problem"
    answered = (Exchange(-1, 8, 9, response=Response(500, "", "HTTP/1.1", 8, 9)),)
    assert only("error", of(error("http-server-error", 8), complaints=complaints, exchanges=answered)).status == "note"


def test_a_tunnel_whose_proxy_the_environment_names_is_told_where_it_is_asked_for() -> None:
    log = (
        b"* Uses proxy env variable https_proxy == 'http://proxy.corp.example:3128'\n"
        b"* Hostname proxy.corp.example was found in DNS cache\n"
        b"*   Trying 192.0.2.4:3128...\n"
        b"* Establish HTTP proxy tunnel to shop.example:443\n"
        b"> CONNECT shop.example:443 HTTP/1.1\n"
        b"> Host: shop.example:443\n"
        b"> \n"
        b"< HTTP/1.1 200 OK\n"
        b"< \n"
        b"* CONNECT tunnel established, response 200\n"
    )
    kept = b"* Connection #0 to host proxy.corp.example left intact\n"
    for text, first in ((log, 5), (kept + log, 6)):
        steps = curlx.explain(text).timeline.sections
        assert only("connection", steps).status == "ok"
        assert (only("proxy", steps).first_line, only("proxy", steps).status) == (first, "ok")


@pytest.mark.parametrize(("lines", "last"), [
    (b"* Establish HTTP proxy tunnel to shop.example:443\n> CONNECT shop.example:443 HTTP/1.1\n> \n"
     b"< HTTP/1.1 200 OK\n< \n* CONNECT tunnel established, response 200\n", "ok"),
    (b"* Establish HTTP proxy tunnel to shop.example:443\n> CONNECT shop.example:443 HTTP/1.1\n> \n"
     b"< HTTP/1.1 400 Bad Request\n< \n* CONNECT tunnel failed, response 400\n", "problem"),
])  # fmt: skip
def test_a_tunnel_whose_proxy_the_command_names_is_told_where_it_is_asked_for(lines: bytes, last: str) -> None:
    log = (
        b"$ curl -v -x http://192.0.2.4:3128 https://shop.example/\n*   Trying 192.0.2.4:3128...\n"
        b"* Connected to 192.0.2.4 (192.0.2.4) port 3128\n"
    )
    steps = curlx.explain(log + lines).timeline.sections
    assert only("connection", steps).title == "TCP connection to 192.0.2.4 port 3128 (the proxy)"
    assert (only("proxy", steps).first_line, only("proxy", steps).status) == (5, last)


def test_a_client_certificate_is_no_problem_where_the_verdict_is_about_another_thing() -> None:
    steps = curlx.explain(
        b"$ curl -v --tls-max 1.2 --cert client.pem https://shop.example/\n"
        b"* TLSv1.2 (OUT), TLS handshake, Client hello (1):\n"
        b"* TLSv1.2 (IN), TLS alert, protocol version (582):\n"
        b"curl: (35) error:0A00042E:SSL routines::tlsv1 alert protocol version\n"
    ).timeline.sections
    assert (only("tls", steps).status, only("client-certificate", steps).status) == ("problem", "note")
