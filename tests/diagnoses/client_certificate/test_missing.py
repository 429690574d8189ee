"""No client certificate was sent: when curlx says so, how surely, and what it adds."""

from __future__ import annotations

import shlex
from pathlib import Path

import msgspec
import pytest

import curlx
from curlx.diagnoses.client_certificate.missing import diagnose
from curlx.events import PageMark
from curlx.findings import Finding
from curlx.timeline import Body, ClientCertificate, Fact, Timeline, Tls

from .timelines import SERVER, alert, asked_in_the_open, complaint, page, silent, timeline

FIXTURES = Path(__file__).parents[3] / "fixtures" / "diagnoses" / "client-certificate-missing"
CODE = "client-certificate-missing"


def only(log: Timeline) -> Finding:
    (finding,) = diagnose(log)
    return finding


def with_alert(tls: Tls, number: int) -> Tls:
    return msgspec.structs.replace(tls, alerts=(alert(number),))


def test_the_servers_page_is_certain_even_without_a_handshake() -> None:
    finding = only(timeline(silent(), page(400, "no-required-certificate")))
    assert finding.certainty == "certain"
    assert [item.line for item in finding.evidence][:2] == [60, 50]
    assert "unknown, which is not the same as no" in finding.summary


def test_the_status_496_says_it_without_a_page() -> None:
    finding = only(timeline(silent(), page(496)))
    assert finding.certainty == "certain"
    assert finding.evidence[0].line == 50


def test_the_page_alone_is_likely() -> None:
    finding = only(Timeline(lines=3, loose=Body(seen=9, marks=(Fact(PageMark("no-required-certificate"), 2),))))
    assert finding.certainty == "likely"
    assert finding.evidence[0].line == 2


def test_a_page_about_client_certificates_that_was_asked_for_is_no_refusal() -> None:
    assert not list(diagnose(timeline(silent(), page(200, "no-required-certificate", "client-certificate-required"))))


def test_the_empty_certificate_message_is_explained() -> None:
    finding = only(timeline(asked_in_the_open(sent=False), page(400, "no-required-certificate")))
    assert "The server asked for a client certificate (line 12)" in finding.summary
    assert "the Certificate (11) message on line 18 is sent even when there is nothing to put in it" in finding.summary
    assert "CERT verify (15)" in finding.summary
    assert {12, 18} <= {item.line for item in finding.evidence}


def test_the_server_certificate_is_named_as_innocent() -> None:
    finding = only(timeline(asked_in_the_open(sent=False), page(400, "no-required-certificate")))
    assert "(CN=api.example) is the server's own" in finding.summary
    assert "the log has no date of its own" in finding.summary
    assert "curl accepted it, as line 36 shows" in finding.summary
    assert "expired" not in finding.summary


@pytest.mark.parametrize(
    ("clock", "words"),
    [("2026-03-01T10:00:00Z", "lies between the two"), ("2026-11-23T10:00:00Z", "outside of that")],
)
def test_the_dates_are_judged_by_the_logs_own_clock(clock: str, words: str) -> None:
    assert words in only(timeline(silent(), page(400, "no-required-certificate"), clock=clock)).summary


def test_an_unverified_server_certificate_is_not_called_accepted() -> None:
    tls = silent(verdict="unverified", verdict_line=36)
    summary = only(timeline(tls, page(400, "no-required-certificate"))).summary
    assert "(-k)" in summary
    assert "curl accepted" not in summary


@pytest.mark.parametrize("number", [40, 42, 116])
def test_an_alert_after_an_empty_answer_is_certain(number: int) -> None:
    tls = with_alert(asked_in_the_open(sent=False, version="TLSv1.2"), number)
    assert only(timeline(tls, None, complaint("tls-alert", number=number))).certainty == "certain"


def test_certificate_required_needs_no_handshake_lines() -> None:
    finding = only(timeline(silent(alerts=(alert(116),)), None, complaint("tls-alert", number=116)))
    assert finding.certainty == "certain"
    assert finding.evidence[0].line == 45


@pytest.mark.parametrize("kind", ["reset", "empty-reply", "tls-closed", "send-failed", "http2-error"])
def test_hanging_up_after_an_empty_answer_is_likely(kind: str) -> None:
    assert only(timeline(asked_in_the_open(sent=False), None, complaint(kind))).certainty == "likely"


def test_an_unnamed_alert_after_the_handshake_is_possible_and_says_what_decides() -> None:
    finding = only(timeline(silent(), None, complaint("tls-alert")))
    assert finding.certainty == "possible"
    assert "does not say which alert" in finding.summary
    assert any("s_client" in command for remedy in finding.remedies for command in remedy.commands)


def test_an_unnamed_alert_during_the_handshake_says_nothing() -> None:
    tls = silent(completed=Fact(False, 30), certificate=None, verdict="none")
    assert not list(diagnose(timeline(tls, None, complaint("tls-alert"), request=None)))


def test_an_unnamed_alert_after_the_servers_certificate_is_possible() -> None:
    tls = silent("mbedTLS", None, completed=Fact(False, 46), certificate=SERVER, verdict="none")
    assert only(timeline(tls, None, complaint("tls-alert"), request=None)).certainty == "possible"


def test_an_optional_certificate_that_was_not_sent_is_no_error() -> None:
    assert not list(diagnose(timeline(asked_in_the_open(sent=False), page(200))))


@pytest.mark.parametrize("status", [401, 403])
def test_a_bare_refusal_after_an_empty_answer_is_possible(status: int) -> None:
    finding = only(timeline(asked_in_the_open(sent=False), page(status)))
    assert (finding.severity, finding.certainty) == ("error", "possible")
    assert "perhaps" in finding.title


def test_a_refusal_that_gives_a_reason_of_its_own_leaves_only_a_note() -> None:
    bare = page(403)
    body = msgspec.structs.replace(bare.body, sentence=Fact("the quota is used up", 50))
    told = msgspec.structs.replace(bare, body=body)
    finding = only(timeline(asked_in_the_open(sent=False), told))
    assert (finding.severity, finding.certainty) == ("note", "possible")


def test_a_certificate_that_was_sent_is_not_missing() -> None:
    tls = with_alert(asked_in_the_open(sent=True), 42)
    assert not list(diagnose(timeline(tls, None, complaint("tls-alert", number=42))))


def test_an_alert_where_nobody_asked_is_not_about_a_client_certificate() -> None:
    tls = msgspec.structs.replace(
        with_alert(asked_in_the_open(sent=False), 40), client_certificate=ClientCertificate("no", "no")
    )
    assert not list(diagnose(timeline(tls, None, complaint("tls-alert", number=40))))


def test_an_application_that_demands_one_is_believed() -> None:
    finding = only(timeline(asked_in_the_open(sent=False), page(403, "client-certificate-required")))
    assert finding.certainty == "certain"
    assert only(timeline(silent(), page(403, "client-certificate-required"))).certainty == "likely"


def test_a_certificate_that_arrived_and_a_page_that_denies_it_point_at_whoever_ended_tls() -> None:
    finding = only(timeline(asked_in_the_open(sent=True), page(400, "no-required-certificate")))
    assert finding.certainty == "likely"
    assert "passed the request on without it" in finding.summary


def test_the_remedies_are_for_this_host_and_path() -> None:
    finding = only(timeline(asked_in_the_open(sent=False), page(400, "no-required-certificate")))
    commands = [command for remedy in finding.remedies for command in remedy.commands]
    assert "curl -v --cert client.pem --key client.key 'https://api.example/v1/accounts?page=2'" in commands
    assert any(c.startswith("openssl s_client -connect api.example:443 -servername api.example") for c in commands)
    assert "tls.handshake.type == 13 || tls.handshake.type == 11 || tls.handshake.type == 15" in commands
    assert any("SSLKEYLOGFILE" in step for remedy in finding.remedies for step in remedy.steps)
    assert finding.remedies[0].who == "client"
    assert finding.remedies[-1].who == "network"


def test_a_gateway_that_shows_itself_comes_first() -> None:
    issued = msgspec.structs.replace(SERVER, issuer=Fact("CN=Zscaler Intermediate Root CA; O=Zscaler Inc.", 34))
    finding = only(timeline(silent(certificate=issued), page(400, "no-required-certificate")))
    assert finding.remedies[0].who == "gateway"


def test_the_files_of_the_command_are_used() -> None:
    arguments = ("-v", "--cert", "me.pem:secret", "--key", "my key.pem", "https://api.example/")
    finding = only(timeline(silent(), page(400, "no-required-certificate"), arguments=arguments))
    commands = " ".join(command for remedy in finding.remedies for command in remedy.commands)
    assert "--cert me.pem --key 'my key.pem'" in commands
    assert "secret" not in commands


def test_the_proxys_own_demand_is_told_apart() -> None:
    tls = msgspec.structs.replace(with_alert(asked_in_the_open(sent=False), 116), role="proxy")
    log = timeline(None, None, complaint("tls-alert", number=116), request=None)
    transfer = log.transfers[0]
    connection = msgspec.structs.replace(transfer.connections[0], host="proxy.example", port=3443, proxy_tls=tls)
    log = msgspec.structs.replace(log, transfers=(msgspec.structs.replace(transfer, connections=(connection,)),))
    finding = only(log)
    assert "proxy" in finding.title
    assert any("--proxy-cert" in command for command in finding.remedies[0].commands)


def test_a_librarys_own_error_code_is_no_alert() -> None:
    finding = only(timeline(silent("wolfSSL"), None, complaint("tls-alert", number=-313)))
    assert finding.certainty == "possible"


def test_where_one_may_have_been_refused_the_causes_say_so_and_no_gateway_is_taken_for_granted() -> None:
    finding = only(timeline(silent("wolfSSL"), None, complaint("tls-alert", number=-313)))
    assert any(cause.startswith("One was sent, and refused") for cause in finding.causes)
    assert "url.domain" not in repr(finding.remedies)


def test_an_older_gnutls_that_was_given_one_has_withheld_it() -> None:
    report = curlx.explain(FIXTURES.joinpath("fires-withheld-by-an-older-gnutls.log").read_bytes())
    assert report.curl.tls_library == "GnuTLS"
    assert report.findings[0].causes[0].startswith("An older GnuTLS withholds a certificate")


def test_the_mislabelled_alert_of_an_old_curl_does_not_hide_the_real_one() -> None:
    tls = msgspec.structs.replace(asked_in_the_open(sent=False, version="TLSv1.2"), alerts=(alert(2, 44), alert(40)))
    finding = only(timeline(tls, None, complaint("tls-alert", number=40)))
    assert (finding.certainty, finding.evidence[0].line) == ("certain", 45)


@pytest.mark.parametrize(("library", "number"), [("GnuTLS", 40), ("mbedTLS", None)])
def test_a_second_handshake_that_curl_followed_is_possible(library: str, number: int | None) -> None:
    tls = silent(library, "TLSv1.2")
    assert only(timeline(tls, None, complaint("tls-alert", number=number))).certainty == "possible"


def test_what_a_page_calls_refused_was_missing_when_none_was_sent() -> None:
    log = timeline(asked_in_the_open(sent=False), page(403, "client-certificate-rejected", detail="invalid"))
    assert only(log).certainty == "likely"


def test_the_certificate_of_a_gateway_is_not_called_the_servers() -> None:
    issued = msgspec.structs.replace(SERVER, issuer=Fact("CN=Zscaler Intermediate Root CA; O=Zscaler Inc.", 34))
    finding = only(timeline(silent(certificate=issued), page(400, "no-required-certificate")))
    assert "a gateway shows it for the server" in finding.summary
    assert "server's own" not in finding.summary


def test_where_nobody_asked_who_ends_tls_is_the_cause_and_no_certificate_is_to_be_sent() -> None:
    never = ClientCertificate("no", "no")
    tls = msgspec.structs.replace(asked_in_the_open(sent=False), messages=(), client_certificate=never)
    finding = only(timeline(tls, page(400, "no-required-certificate")))
    assert finding.title == "No client certificate reached the server that wants one"
    assert any(cause.startswith("A gateway on the way decrypts TLS") for cause in finding.causes)
    assert not any("--cert" in command for remedy in finding.remedies for command in remedy.commands)


def test_a_cdn_that_never_asked_is_who_was_refused() -> None:
    (finding, *_) = curlx.explain(FIXTURES.joinpath("fires-behind-a-cdn-that-never-asked.log").read_bytes()).findings
    assert finding.causes[0].startswith("Cloudflare ends TLS in front of that server")
    assert any(item.text.endswith("server: cloudflare") for item in finding.evidence)
    assert "the origin refused Cloudflare, not the caller" in repr(finding.remedies)
    assert not any("--cert" in command for remedy in finding.remedies for command in remedy.commands)


def test_a_certificate_that_was_sent_is_not_to_be_sent_again() -> None:
    (finding, *_) = curlx.explain(FIXTURES.joinpath("fires-sent-and-not-passed-on.log").read_bytes()).findings
    assert finding.title == "No client certificate reached the server that wants one"
    assert not any("was not told" in cause or "keystore" in cause for cause in finding.causes)
    assert not any(remedy.commands for remedy in finding.remedies)


def test_a_host_that_is_no_host_cannot_break_out_of_a_command() -> None:
    log = timeline(silent(), page(400, "no-required-certificate"))
    hostile = msgspec.structs.replace(log.transfers[0], url="https://a.example/$(touch x)';id;'")
    finding = only(msgspec.structs.replace(log, transfers=(hostile,)))
    (command,) = [c for c in finding.remedies[0].commands if c.startswith("curl ")]
    assert shlex.split(command)[-1] == "https://a.example/$(touch x)';id;'"


def test_a_request_that_reached_curl_leaves_no_place_for_a_gateway() -> None:
    finding = only(timeline(asked_in_the_open(sent=False), page(400, "no-required-certificate")))
    assert not any("gateway" in cause for cause in finding.causes)
    assert not any(remedy.who == "gateway" for remedy in finding.remedies)


def test_without_a_word_from_curl_a_request_may_have_been_sent_under_k() -> None:
    tls = silent(verdict_line=40)
    summary = only(timeline(tls, page(400, "no-required-certificate"))).summary
    assert "it sent a request, which it does only after that (or under -k, of which this log has no sign)" in summary


@pytest.mark.parametrize(("name", "words"), [("client.pem", "nickname"), ("./client.pem", "is not there")])
def test_a_certificate_that_nss_did_not_find_is_the_cause(name: str, words: str) -> None:
    tls = silent("NSS", client_certificate=ClientCertificate("yes", "no", 7, 7, configured=Fact(name, 7)))
    (cause, *_) = only(timeline(tls, page(400, "no-required-certificate"))).causes
    assert f"{name} (line 7)" in cause
    assert words in cause


def test_a_pkcs12_file_is_given_as_one() -> None:
    log = timeline(silent(), page(400, "no-required-certificate"), arguments=("--cert", "me.p12"))
    commands = only(log).remedies[0].commands
    assert "--cert-type P12 --cert me.p12" in commands[0]
    assert "--key" not in commands[0]


PAGE = b"""> GET /api HTTP/1.1
> Host: internal.bank.example
>
< HTTP/1.1 400 Bad Request
< Content-Type: text/html
<
<html>
<head><title>400 No required SSL certificate was sent</title></head>
</html>
"""


def test_a_page_that_came_over_plain_http_speaks_of_another_connection() -> None:
    shown = b"* Connected to internal.bank.example (10.0.0.8) port 80 (#0)\n" + PAGE
    finding = curlx.explain(shown).findings[0]
    assert finding.code == "client-certificate-missing"
    assert "plain http" in finding.summary
    commands = [command for remedy in finding.remedies for command in remedy.commands]
    assert any(command.endswith("https://internal.bank.example/api") for command in commands)
    assert not any(":80 " in command for command in commands)


def test_lines_of_tls_that_are_missing_do_not_make_it_plain_http() -> None:
    assert "plain http" not in curlx.explain(PAGE).findings[0].summary


@pytest.mark.parametrize(("version", "options"), [(b"7.81.0", "--tls-max 1.2"), (b"7.29.0", "--tlsv1.2")])
def test_where_nss_cannot_sign_the_command_keeps_to_tls_1_2(version: bytes, options: str) -> None:
    log = (FIXTURES.parents[1] / "logs" / "mtls-apache-server-ok-tls13--7.81.0-nss-far.log").read_bytes()
    (finding,) = (each for each in curlx.explain(log.replace(b"7.81.0", version)).findings if each.code == CODE)
    assert any(f"try {options}," in cause for cause in finding.causes)
    command = next(command for remedy in finding.remedies for command in remedy.commands if command.startswith("curl"))
    assert command.startswith(f"curl -v {options} --cert ")


def test_schannel_is_offered_a_bundle_and_no_key() -> None:
    log = (FIXTURES / "fires-nginx-page-schannel.log").read_bytes()
    (finding,) = (each for each in curlx.explain(log).findings if each.code == CODE)
    (remedy,) = (each for each in finding.remedies if each.title == "Send a client certificate")
    assert "--cert-type P12 --cert client.p12 https" in remedy.commands[0]
    assert not any("--key" in command or ".pem" in command for command in remedy.commands)
    assert any("reads no PEM" in step for step in remedy.steps)


def test_where_no_line_tells_of_tls_the_certificate_is_to_go_over_https() -> None:
    report = curlx.explain((FIXTURES / "fires-demanded-without-tls.log").read_bytes())
    finding, other = report.findings
    assert "without it no certificate can be sent" in finding.summary
    assert finding.causes[0].startswith("The URL begins with http://")
    commands = [command for remedy in finding.remedies for command in remedy.commands]
    assert commands[0] == "curl -v --cert client.pem --key client.key https://intern.example.com:18084/cert"
    assert {remedy.who for remedy in finding.remedies} == {"client", "server"}  # there is nothing to decrypt
    assert (other.code, other.severity) == ("http-forbidden", "note")  # the same answer is no second error


def test_whom_kubernetes_took_for_nobody_was_let_in_without_a_certificate() -> None:
    folder = FIXTURES.parent / "http-forbidden"
    data = (FIXTURES / "fires-bare-403.log").read_bytes()
    nobody = (folder / "fires-nobody-kubernetes.log").read_bytes()
    log = data[: data.index(b"< HTTP/")] + nobody[nobody.index(b"< HTTP/") :]
    forbidden, missing = curlx.explain(log).findings
    assert (missing.code, missing.certainty, missing.severity) == (CODE, "likely", "note")
    assert "took the caller for nobody" in missing.summary
    assert forbidden.code == "http-forbidden"
    assert not any("rule on the way" in cause for cause in forbidden.causes)


def test_a_curl_that_may_have_withheld_the_certificate_is_not_simply_run_again():
    log = """$ curl -v {} https://api.example.com/
* Connected to api.example.com (192.0.2.10) port 443 (#0)
* found 137 certificates in /etc/ssl/certs/ca-certificates.crt
* SSL connection using TLS1.2 / ECDHE_RSA_AES_256_GCM_SHA384
> GET / HTTP/1.1
> Host: api.example.com
>
< HTTP/1.1 400 Bad Request
< Content-Length: 44
<
<center>No required SSL certificate was sent</center>
* Connection #0 to host api.example.com left intact
"""
    told = [" ".join(curlx.explain(log.format(option)).findings[0].remedies[0].steps)
            for option in ("--cert c.pem --key k.pem", "")]  # fmt: skip
    assert ["a curl built with OpenSSL" in steps for steps in told] == [True, False]


def test_where_the_clients_flight_was_left_out_nobody_knows_what_it_sent() -> None:
    (finding, *_) = curlx.explain((FIXTURES / "fires-second-flight-left-out.log").read_bytes()).findings
    assert finding.certainty == "possible"


def test_the_clients_own_certificate_is_named_where_nss_found_it_and_did_not_send_it() -> None:
    log = FIXTURES.parents[1] / "wrapped" / "a-client-certificate-that-nss-found-and-did-not-send.log"
    finding = curlx.explain(log.read_bytes()).findings[0]
    assert "client certificate: CN=crane-7,O=Quayside Works,C=SE, issued by CN=Quayside Machines CA" in finding.summary
    assert "to Mar 01 08:00:00 2025 GMT, and the log's own date is outside of that.\n" in finding.summary
    assert "The other certificate that the log shows (CN=ledger.harbour.example" in finding.summary
    assert {8, 9, 10, 12} <= {item.line for item in finding.evidence}
    (sending,) = (each for each in finding.remedies if each.title == "Send a client certificate")
    assert "Check the issuer and the dates of that certificate first" in sending.steps[2]
    assert sending.steps[-1].startswith("`client.pem` and `client.key` stand for your own files")
