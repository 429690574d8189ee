from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

import curlx
from curlx.diagnoses.tls.refused import diagnose
from curlx.timeline import ClientCertificate, Timeline


def test_handshake_failure_after_the_cipher_was_agreed_is_a_refusal(tls_log: Callable[..., Timeline]) -> None:
    timeline = tls_log(
        ("tls-alert", "alert handshake failure"),
        messages=(("out", 1), ("in", 2)),
        alerts=(("in", 40, "handshake failure"),),
    )
    assert list(diagnose(timeline))


def test_handshake_failure_is_certain_where_no_certificate_was_asked_for(tls_log: Callable[..., Timeline]) -> None:
    for requested, certainty in (("no", "certain"), ("unknown", "likely")):
        (finding,) = diagnose(
            tls_log(
                ("tls-alert", "alert handshake failure"),
                messages=(("out", 1), ("in", 2)),
                alerts=(("in", 40, "handshake failure"),),
                client_certificate=ClientCertificate(requested=requested),  # type: ignore[arg-type]
            )
        )
        assert finding.certainty == certainty


def test_an_error_number_of_the_library_is_no_alert(tls_log: Callable[..., Timeline]) -> None:
    (finding,) = diagnose(tls_log(("tls-alert", "received alert fatal error"), number=-313))
    assert "313" not in finding.summary


def test_a_message_that_the_server_cannot_read_was_perhaps_changed_on_the_way(
    tls_log: Callable[..., Timeline],
) -> None:
    (finding,) = diagnose(tls_log(("tls-alert", "alert"), alerts=(("in", 22, "record overflow"),)))
    assert "`record overflow` says that a message of curl's came broken" in finding.summary
    assert "disturbs TLS" in finding.causes[0]
    assert "Take parts of TLS away" in finding.remedies[1].title


def test_a_log_for_the_ticket_is_one_of_the_call_and_not_of_a_trial_that_may_work() -> None:
    report = curlx.explain(
        "* Connected to pier.example (192.0.2.4) port 443\n"
        "* TLSv1.3 (OUT), TLS handshake, Client hello (1):\n"
        "* TLSv1.3 (IN), TLS alert, unsupported extension (622):\n"
        "* OpenSSL/3.0.2: error:0A000456:SSL routines::tlsv1 unsupported extension\n"
        "* Closing connection\n"
    )
    assert "holds an extension that is not allowed" in report.findings[0].summary
    (sent,) = (line for line in curlx.render(report, "reply").splitlines() if "curlx redact >" in line)
    assert "curl -v https://pier.example/ 2>&1" in sent


def test_openssls_reason_alone_names_the_alert() -> None:
    found = curlx.explain("curl error 35: tlsv1 alert internal error\n").findings[0]
    assert (found.code, "alert 80" in found.summary) == ("tls-refused", True)


def test_alerts_about_the_client_certificate_are_another_matter(tls_log: Callable[..., Timeline]) -> None:
    for number in (42, 43, 44, 45, 46, 48, 116):
        assert not list(diagnose(tls_log(("tls-alert", "alert"), alerts=(("in", number, "alert"),))))


def test_an_alert_that_curl_sent_is_not_the_servers(tls_log: Callable[..., Timeline]) -> None:
    assert not list(diagnose(tls_log(("tls-closed", "closed"), alerts=(("out", 80, "internal error"),))))


def test_an_alert_that_curl_misnamed_is_read_from_the_error_text(tls_log: Callable[..., Timeline]) -> None:
    said = ("tls-alert", "sslv3 alert handshake failure")
    assert not list(diagnose(tls_log(said, alerts=(("in", -1, "Server hello"),), number=70)))


def test_without_a_printed_handshake_a_client_certificate_stays_a_cause(tls_log: Callable[..., Timeline]) -> None:
    (finding,) = diagnose(tls_log(("tls-alert", "received alert fatal error"), shows_handshake=False, messages=()))
    assert "client certificate" in finding.causes[0]


def test_an_alert_about_a_client_certificate_that_nobody_asked_for_is_a_refusal(
    tls_log: Callable[..., Timeline],
) -> None:
    for number, said in ((42, "tls-alert"), (45, "certificate-rejected"), (46, "tls-alert"), (48, "tls-alert")):
        (finding,) = diagnose(
            tls_log(
                (said, "what curl says of the alert"),
                alerts=(("in", number, "alert"),),
                client_certificate=ClientCertificate(requested="no", sent="no"),
            )
        )
        assert "nobody asked for one" in finding.summary
        assert finding.causes[0].startswith("Lines are missing in this log")


def test_a_certificate_that_curl_refused_itself_stays_another_matter(tls_log: Callable[..., Timeline]) -> None:
    alerts = (("out", 48, "unknown CA"), ("in", 48, "unknown CA"))
    asked = ClientCertificate(requested="no", sent="no")
    assert not list(diagnose(tls_log(("certificate-rejected", "refused"), alerts=alerts, client_certificate=asked)))


def test_the_commands_own_limits_are_the_first_cause(tls_log: Callable[..., Timeline]) -> None:
    offered = ("--tls-max", "1.1", "--ciphers", "DEFAULT@SECLEVEL=0")
    refused = {"messages": (("out", 1),), "alerts": (("in", 80, "internal error"),)}
    (finding,) = diagnose(tls_log(("tls-alert", "alert internal error"), arguments=offered, **refused))
    assert "`--tls-max 1.1 --ciphers DEFAULT@SECLEVEL=0`" in finding.causes[0]
    assert any(item.line == 1 for item in finding.evidence)
    (free,) = diagnose(tls_log(("tls-alert", "alert internal error"), **refused))
    assert not any("command" in cause for cause in free.causes)


def test_what_windows_calls_an_illegal_message_is_often_a_version_or_a_cipher(tls_log: Callable[..., Timeline]) -> None:
    said = "SEC_E_ILLEGAL_MESSAGE (0x80090326) - This error usually occurs when a fatal SSL/TLS alert is received"
    (finding,) = diagnose(tls_log(("tls-alert", said)))
    assert "TLS versions or ciphers" in finding.causes[0]
    commands = [command for remedy in finding.remedies for command in remedy.commands]
    assert any("--tlsv1.2 --tls-max 1.2" in command for command in commands)


def test_old_versions_on_offer_are_the_first_cause_of_an_internal_error() -> None:
    log = Path(__file__).parents[3] / "fixtures" / "wrapped" / "the-client-offers-tls-1.1-to-an-internal-error.log"
    finding = curlx.explain(log.read_bytes()).findings[0]
    assert "`--tls-max 1.1`" in finding.causes[0]
    assert finding.remedies[1].commands[0] == "curl -v --tlsv1.2 https://api.bank.example/"


def test_an_alert_in_the_place_of_the_first_message_is_about_no_certificate() -> None:
    said = "curl: (35) error:{}:sslv3 alert handshake failure\n"
    early, later = (
        curlx.explain(said.format(code)).findings[0]
        for code in ("14077410:SSL routines:SSL23_GET_SERVER_HELLO", "14094410:SSL routines:SSL3_READ_BYTES")
    )
    assert (early.code, later.code) == ("tls-refused", "tls-refused")
    assert "Nothing that curl offered" in early.causes[0]
    assert [any("client certificate" in cause for cause in each.causes) for each in (early, later)] == [False, True]


def test_an_alert_that_is_not_printed_may_be_about_the_offer() -> None:
    log = "* Connected to old.example (192.0.2.4) port 443\n* ALPN: curl offers h2,http/1.1\n"
    end = "* SSL_connect failed with error -313: received alert fatal error\n* closing connection #0\n"
    finding = curlx.explain(log + end).findings[0]
    assert finding.code == "tls-refused"
    assert any("TLS versions or ciphers" in cause for cause in finding.causes)
    assert any(step.startswith("If both get an answer") for each in finding.remedies for step in each.steps)


def test_what_the_command_narrows_is_left_out_where_a_certificate_may_be_missing_too() -> None:
    """GnuTLS shows no request for one: then both are asked, first what the command itself shows."""
    log = (
        "$ curl -v --ciphers ECDHE-ECDSA-AES128-SHA https://shop.example/\n"
        "* Connected to shop.example (192.0.2.7) port 443 (#0)\n"
        "* gnutls_handshake() failed: A TLS fatal alert has been received. (Handshake failed)\n"
        "curl: (35) gnutls_handshake() failed: A TLS fatal alert has been received. (Handshake failed)\n"
    )
    finding = curlx.explain(log).findings[0]
    assert "try without" in finding.causes[0]
    assert next(remedy.commands[0] for remedy in finding.remedies if remedy.commands) == "curl -v https://shop.example/"


def test_access_denied_is_about_who_is_let_in_first() -> None:
    finding = curlx.explain("curl: (35) gnutls_handshake() failed: Access was denied\n").findings[0]
    assert finding.code == "tls-refused"
    assert "says who is let in" in finding.causes[0]
    assert any("client certificate" in cause for cause in finding.causes)
    assert "from which address" in finding.remedies[0].steps[0]


@pytest.mark.parametrize(("host", "address", "command"), [
    ("127.0.0.1", "127.0.0.1", "curl -v https://localhost/"),
    ("192.0.2.7", "192.0.2.7", "curl -v --resolve www.example.com:443:192.0.2.7 https://www.example.com/"),
    ("shop.example", "192.0.2.7", ""),
])  # fmt: skip
def test_who_asked_by_an_address_sent_no_name(host: str, address: str, command: str) -> None:
    log = f"""$ curl -v https://{host}
* Connected to {host} ({address}) port 443
* (304) (OUT), TLS handshake, Client hello (1):
* LibreSSL/3.3.6: error:1404B438:SSL routines:ST_CONNECT:tlsv1 alert internal error
* Closing connection
curl: (35) LibreSSL/3.3.6: error:1404B438:SSL routines:ST_CONNECT:tlsv1 alert internal error
"""
    finding = curlx.explain(log).findings[0]
    assert finding.code == "tls-refused"
    assert ("No name is sent" in str(finding.causes)) == bool(command)
    assert (command in [each for remedy in finding.remedies for each in remedy.commands]) == bool(command)


def test_what_openssl_prints_of_a_request_that_the_log_lacks_is_explained() -> None:
    log = (
        b"* Connected to a.example (192.0.2.1) port 443 (#0)\n* TLSv1.2 (OUT), TLS handshake, Client hello (1):\n"
        b"* TLSv1.2 (IN), TLS alert, bad certificate (554):\n"
        b"* TLS connect error: error:10000412:SSL routines:OPENSSL_internal:SSLV3_ALERT_BAD_CERTIFICATE\n"
    )
    finding = curlx.explain(log).findings[0]
    steps = [step for remedy in finding.remedies for step in remedy.steps]
    assert finding.code == "tls-refused"
    assert any("Acceptable client certificate CA names" in step for step in steps)
