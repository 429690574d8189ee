from __future__ import annotations

import json
from pathlib import Path

import msgspec
import pytest

from curlx.findings import Diagnosis, Evidence, Finding
from curlx.pipeline import explain
from curlx.report import Report, make_report, report_schema
from curlx.timeline import (
    Attempt,
    ClientCertificate,
    Complaint,
    Connection,
    Curl,
    Exchange,
    Exit,
    Fact,
    Proxy,
    Request,
    Response,
    Timeline,
    Tls,
    Transfer,
)

UP = {"port": 443, "attempts": (Attempt("203.0.113.10", 443, 1),)}


def log(*transfers: Transfer, **fields: object) -> Timeline:
    return Timeline(transfers=transfers, **{"lines": 99, "curl_lines": 99, **fields})  # type: ignore[arg-type]


def finding(code: str, line: int = 1, severity: str = "error", transfer: int = 0) -> Finding:
    diagnosis = Diagnosis(code, "x", severity)  # type: ignore[arg-type]
    return diagnosis.found("certain", "x", [Evidence(line, "x", "x")], transfer=transfer)


def exchange(connection: int, line: int, status: int | None, method: str = "GET") -> Exchange:
    response = Response(status, "", "HTTP/1.1", line + 1, line + 2) if status is not None else None
    target = "shop.example:443" if method == "CONNECT" else "/"  # of a tunnel; `-X CONNECT` has a path
    return Exchange(connection, line, line + 2, Request(method, target, "HTTP/1.1", line, line), response=response)


@pytest.mark.parametrize(("findings", "curl_lines", "outcome"), [
    ((), 9, "success"),
    ((finding("log-secrets", severity="warning"),), 9, "success"),
    ((finding("http-not-found"),), 9, "failure"),
    ((finding("http-not-found"),), 0, "failure"),
    ((finding("log-unfinished"),), 9, "unfinished"),
    ((finding("log-unfinished", severity="note"),), 9, "unfinished"),
    ((finding("network-refused"), finding("log-unfinished")), 9, "failure"),
    ((finding("log-not-curl"),), 0, "not-curl"),
    ((), 0, "not-curl"),
])  # fmt: skip
def test_the_outcome_follows_from_the_findings(findings: tuple[Finding, ...], curl_lines: int, outcome: str) -> None:
    assert make_report(log(Transfer(1, 9), curl_lines=curl_lines), findings).outcome == outcome


def test_the_source_is_described_as_it_was_given(founding_case: Timeline) -> None:
    source = make_report(founding_case, (), "health.log").source
    assert (source.name, source.lines, source.bytes, source.encoding) == ("health.log", 20, 612, "utf-8")


def test_a_name_that_utf_8_cannot_spell_does_no_harm(founding_case: Timeline) -> None:
    assert make_report(founding_case, (), "a\udcff.log").source.name == "a?.log"


def test_the_facts_about_curl_are_those_of_the_transfer_that_failed() -> None:
    first = Transfer(1, 4, command=Fact("curl https://a.example", 1), exit=Exit(7, "Failed to connect", 4))
    second = Transfer(5, 9, command=Fact("curl https://b.example", 5), exit=Exit(0, "", 9))
    timeline = log(first, second, curl=Curl(Fact("8.14.1", 1), Fact("OpenSSL/3.5.1", 1)))
    curl = make_report(timeline, (finding("network-refused"),)).curl
    assert (curl.version, curl.tls_library, curl.exit_code) == ("8.14.1", "OpenSSL/3.5.1", 7)
    assert (curl.command, curl.error) == ("curl https://a.example", "Failed to connect")


def test_without_a_final_line_the_error_is_what_curl_complained_of_last() -> None:
    transfer = Transfer(1, 4, complaints=(Complaint("reset", "Recv failure: Connection reset by peer", 3, "response"),))
    failed = make_report(log(transfer), (finding("network-reset", 3),))
    assert failed.curl.error == "Recv failure: Connection reset by peer"
    assert make_report(log(transfer), ()).curl.error is None


def test_the_summary_of_an_empty_log_knows_nothing() -> None:
    summary = make_report(Timeline(), ()).summary
    assert (summary.transfers, summary.proxy, summary.server_certificate) == (0, "unknown", "unknown")


def test_the_statuses_are_the_final_ones_of_the_whole_log_without_connect() -> None:
    first = Transfer(1, 20, exchanges=(exchange(0, 1, 200, "CONNECT"), exchange(0, 4, 401), exchange(0, 7, 200)))
    second = Transfer(21, 40, exchanges=(exchange(0, 21, None), exchange(0, 25, 503)))
    assert make_report(log(first, second), ()).summary.http_statuses == (401, 200, 503)


def test_tls_facts_are_of_the_connection_that_carried_the_decisive_exchange() -> None:
    old = Tls("origin", 1, 3, True, version=Fact("TLSv1.2", 2), alpn=Fact("http/1.1", 2), verdict="accepted")
    new = Tls("origin", 11, 13, True, version=Fact("TLSv1.3", 12), alpn=Fact("h2", 12), verdict="unverified")
    transfer = Transfer(
        1, 20,
        connections=(Connection(1, 9, tls=old, **UP), Connection(11, 19, tls=new, **UP)),
        exchanges=(exchange(0, 4, 500), exchange(1, 14, 200)),
    )  # fmt: skip
    summary = make_report(log(transfer), (finding("http-server-error", 5),)).summary
    assert (summary.tls_version, summary.alpn, summary.server_certificate) == ("TLSv1.2", "http/1.1", "accepted")
    summary = make_report(log(transfer), ()).summary
    assert (summary.tls_version, summary.alpn, summary.server_certificate) == ("TLSv1.3", "h2", "unverified")


def test_a_failed_connection_is_not_described_by_the_one_before_it() -> None:
    """A redirect from https to https where the second handshake fails."""
    good = Tls("origin", 1, 3, True, version=Fact("TLSv1.3", 2), verdict="accepted")
    bad = Tls("origin", 11, 13, True, completed=Fact(False, 13), verdict="rejected", verdict_line=13)
    transfer = Transfer(
        1, 14,
        connections=(Connection(1, 9, tls=good, **UP), Connection(10, 14, tls=bad, **UP)),
        exchanges=(exchange(0, 4, 302),),
    )  # fmt: skip
    summary = make_report(log(transfer), (finding("server-certificate-expired", 13),)).summary
    assert (summary.tls_version, summary.server_certificate) == (None, "rejected")


def test_the_tls_of_an_https_proxy_is_never_taken_for_the_origins() -> None:
    proxy_tls = Tls("proxy", 1, 3, True, version=Fact("TLSv1.3", 2), alpn=Fact("http/1.1", 2), verdict="accepted")
    connection = Connection(1, 9, proxy=Proxy("tunnel", 4), proxy_tls=proxy_tls, **UP)
    summary = make_report(log(Transfer(1, 9, connections=(connection,), finished=True)), ()).summary
    assert (summary.tls_version, summary.alpn) == (None, None)
    assert (summary.proxy, summary.server_certificate) == ("tunnel", "none")


def test_a_reused_connection_is_described_as_it_was_when_it_was_opened() -> None:
    tls = Tls("origin", 1, 3, True, version=Fact("TLSv1.3", 2), verdict="accepted")
    first = Transfer(1, 9, connections=(Connection(1, 9, number=0, tls=tls, **UP),), exchanges=(exchange(0, 4, 200),))
    again = Connection(10, 19, number=0, reused=True)
    second = Transfer(10, 19, connections=(again,), exchanges=(exchange(0, 11, 200),))
    summary = make_report(log(first, second), ()).summary
    assert (summary.tls_version, summary.server_certificate, summary.proxy) == ("TLSv1.3", "accepted", "none")


@pytest.mark.parametrize(("printed", "version"), [("TLSv1.3", "TLSv1.3"), ("TLS1.3", "TLSv1.3"), ("SSLv3", "SSLv3")])
def test_a_tls_version_is_spelt_one_way(printed: str, version: str) -> None:
    tls = Tls("origin", 1, 3, True, version=Fact(printed, 2))
    summary = make_report(log(Transfer(1, 9, connections=(Connection(1, 9, tls=tls),))), ()).summary
    assert summary.tls_version == version


def test_plain_http_has_no_server_certificate_and_no_client_certificate() -> None:
    connection = Connection(1, 9, port=80, attempts=(Attempt("203.0.113.10", 80, 1),))
    summary = make_report(log(Transfer(1, 9, connections=(connection,), exchanges=(exchange(0, 4, 200),))), ()).summary
    assert (summary.server_certificate, summary.proxy) == ("none", "none")
    assert (summary.client_certificate.requested, summary.client_certificate.sent) == ("no", "no")


def test_over_quic_a_certificate_that_the_log_does_not_show_is_unknown() -> None:
    log = b"*   Trying 192.0.2.1:8443...\n* Connected to h3.example.com (192.0.2.1) port 8443\n* using HTTP/3\n"
    log += b"> GET / HTTP/3\n> Host: h3.example.com:8443\n> \n< HTTP/3 200 \n< content-length: 0\n< \n"
    log += b"* Connection #0 to host h3.example.com left intact\n"
    assert explain(log).summary.server_certificate == "unknown"


def test_a_log_that_begins_at_the_answer_does_not_say_how_the_origin_was_reached() -> None:
    summary = make_report(log(Transfer(1, 9, exchanges=(exchange(-1, 4, 200),))), ()).summary
    assert (summary.server_certificate, summary.proxy) == ("unknown", "unknown")
    assert summary.client_certificate.requested == "unknown"


def test_the_founding_case_does_not_say_whether_there_was_a_proxy(founding_case: Timeline, missing: Finding) -> None:
    summary = make_report(founding_case, (missing,)).summary
    assert summary.proxy == "unknown"
    assert summary.server_certificate == "accepted"


@pytest.mark.parametrize("kind", ["tunnel", "forward", "socks"])
def test_a_proxy_is_told_by_its_kind(kind: str) -> None:
    connection = Connection(1, 9, proxy=Proxy(kind, 2), **UP)  # type: ignore[arg-type]
    assert make_report(log(Transfer(1, 9, connections=(connection,))), ()).summary.proxy == kind


def test_a_refused_connection_to_an_odd_port_may_have_been_to_a_proxy() -> None:
    connection = Connection(1, 9, port=3128, attempts=(Attempt("203.0.113.10", 3128, 1, Fact("connect-refused", 2)),))
    summary = make_report(log(Transfer(1, 9, connections=(connection,), finished=True)), ()).summary
    assert (summary.proxy, summary.server_certificate) == ("unknown", "none")


@pytest.mark.parametrize(("kind", "proxy"), [("host-not-found", "none"), ("proxy-not-found", "unknown")])
def test_a_name_that_is_not_found_tells_whose_name_it_is(kind: str, proxy: str) -> None:
    transfer = Transfer(1, 2, complaints=(Complaint(kind, "Could not resolve", 1, "resolve"),))  # type: ignore[arg-type]
    summary = make_report(log(transfer), ()).summary
    assert (summary.proxy, summary.server_certificate) == (proxy, "none")


def test_client_certificate_facts_stay_three_valued() -> None:
    tls = Tls("origin", 1, 3, False, client_certificate=ClientCertificate("unknown", "no", None, 3))
    summary = make_report(log(Transfer(1, 9, connections=(Connection(1, 9, tls=tls),))), ()).summary
    assert (summary.client_certificate.requested, summary.client_certificate.sent) == ("unknown", "no")


def test_the_schema_names_every_field_of_a_report() -> None:
    schema = report_schema()
    document = json.loads(msgspec.json.encode(make_report(Timeline(), ())))
    assert set(schema["$defs"]["Report"]["properties"]) == set(document) == set(Report.__struct_fields__)
    assert json.dumps(schema) == json.dumps(report_schema())


def test_a_connection_that_never_came_up_leaves_the_tls_facts_to_the_one_before_it() -> None:
    tls = Tls("origin", 1, 3, True, version=Fact("TLSv1.3", 2), verdict="accepted")
    first = Transfer(1, 9, connections=(Connection(1, 9, tls=tls, **UP),), exchanges=(exchange(0, 4, 200),))
    refused = Connection(10, 12, port=443, attempts=(Attempt("203.0.113.60", 443, 10, Fact("connect-refused", 11)),))
    second = Transfer(10, 12, connections=(refused,), finished=True)
    summary = make_report(log(first, second), (finding("network-refused", 11, transfer=1),)).summary
    assert (summary.tls_version, summary.server_certificate, summary.proxy) == ("TLSv1.3", "accepted", "none")


def test_curls_own_word_on_socks_is_enough_to_know_the_proxy() -> None:
    connection = Connection(1, 3, attempts=(Attempt("203.0.113.7", 1080, 1),))
    complaint = Complaint("socks-authentication", "No authentication method was acceptable.", 2, "connect")
    summary = make_report(log(Transfer(1, 3, connections=(connection,), complaints=(complaint,))), ()).summary
    assert summary.proxy == "socks"


def test_a_log_that_ends_after_an_interim_answer_has_no_status_yet() -> None:
    assert make_report(log(Transfer(1, 9, exchanges=(exchange(-1, 4, 100),))), ()).summary.http_statuses == ()


def test_curls_final_word_alone_can_tell_that_the_certificate_was_refused() -> None:
    text = "SSL certificate problem: certificate has expired"
    complaint = Complaint("certificate-expired", text, 1, "start", from_exit=True)
    transfer = Transfer(1, 1, exit=Exit(60, text, 1), complaints=(complaint,), finished=True)
    report = make_report(log(transfer), (finding("server-certificate-expired"),))
    assert report.summary.server_certificate == "rejected"


@pytest.mark.parametrize(
    ("offer", "proxy"),
    [("", "unknown"), ("* ALPN: offers http/1.1\n", "unknown"), ("* ALPN: offers h2,http/1.1\n", "none")],
)
def test_tls_that_failed_may_be_a_proxys_where_curl_offered_what_it_offers_to_one(offer: str, proxy: str) -> None:
    told = explain(
        f"*   Trying 203.0.113.5:8943...\n* Connected to secure.example (203.0.113.5) port 8943 (#0)\n{offer}"
        "* TLSv1.3 (OUT), TLS handshake, Client hello (1):\n* TLSv1.3 (IN), TLS handshake, Certificate (11):\n"
        "* TLSv1.3 (OUT), TLS alert, unknown CA (560):\n* SSL certificate problem: self-signed certificate\n"
        "* Closing connection 0\ncurl: (60) SSL certificate problem: self-signed certificate\n"
    )
    assert told.summary.proxy == proxy


def test_what_a_body_tells_is_quoted_and_not_what_curl_said_behind_it_on_the_line() -> None:
    log = Path(__file__).parents[1] / "fixtures/diagnoses/http-bad-request/fires-reason-before-curls-line.log"
    (proof,) = (each for each in explain(log.read_bytes()).findings[0].evidence if each.line == 17)
    assert proof.text == '{"error":"malformed JSON"}'
