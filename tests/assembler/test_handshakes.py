"""What each TLS library lets one know of the client certificate: yes, no, and more often than one would like, unknown."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from curlx.timeline import ClientCertificate, Timeline, Tls

Assemble = Callable[..., Timeline]

REQUEST = "* TLSv1.3 (IN), TLS handshake, Request CERT (13):"
SENT = "* TLSv1.3 (OUT), TLS handshake, Certificate (11):"
PROVEN = "* TLSv1.3 (OUT), TLS handshake, CERT verify (15):"
FLIGHT = ("* TLSv1.3 (IN), TLS handshake, Certificate (11):", "* TLSv1.3 (IN), TLS handshake, CERT verify (15):",
          "* TLSv1.3 (IN), TLS handshake, Finished (20):")  # fmt: skip
DONE = ("* TLSv1.3 (OUT), TLS handshake, Finished (20):", "* SSL connection using TLSv1.3 / TLS_AES_256_GCM_SHA384")
ALERT = "* TLSv1.3 (IN), TLS alert, unknown (628):"
PAGE = ("< HTTP/1.1 400 Bad Request", "< Content-Length: 43", "< ", "<h1>400 No required SSL certificate was sent")
SILENT = {
    "GnuTLS": ("* GnuTLS priority: NORMAL:-ARCFOUR-128", "* SSL connection using TLS1.3 / ECDHE_RSA_AES_256_GCM_SHA384"),
    "wolfSSL": ("* ALPN: curl offers h2,http/1.1", "* SSL connection using TLSv1.3 / TLS_AES_256_GCM_SHA384"),
    "mbedTLS": ("* mbedTLS: Connecting to shop.example:443", "* mbedTLS: Handshake complete, cipher is TLS1-3-AES-256-GCM-SHA384"),
    "Schannel": ("* schannel: disabled automatic use of client certificate", "* ALPN: curl offers http/1.1", "* ALPN: server accepted http/1.1"),
}  # fmt: skip


def tls(timeline: Timeline) -> Tls:
    found = timeline.transfers[0].connections[0].tls
    assert found is not None
    return found


def facts(timeline: Timeline) -> tuple[str, str]:
    client = tls(timeline).client_certificate
    return client.requested, client.sent


def client(timeline: Timeline) -> ClientCertificate:
    return tls(timeline).client_certificate


def test_openssl_shows_that_the_server_asked_and_a_certificate_was_sent(assembled: Assemble) -> None:
    timeline = assembled("@opened", "@hello", REQUEST, *FLIGHT, SENT, PROVEN, *DONE, "@asked", "@answered", "@left")
    assert facts(timeline) == ("yes", "yes")
    assert (client(timeline).requested_line, client(timeline).sent_line) == (6, 11)


def test_openssl_shows_that_the_server_asked_and_none_was_sent(assembled: Assemble) -> None:
    """OpenSSL prints `Certificate (11)` for an empty list as well; only `CERT verify (15)` tells."""
    timeline = assembled("@opened", "@hello", REQUEST, *FLIGHT, SENT, *DONE, "@asked", "@answered", "@left")
    assert facts(timeline) == ("yes", "no")


def test_openssl_shows_that_the_server_did_not_ask(assembled: Assemble) -> None:
    assert facts(assembled("@opened", "@secured", "@asked", "@answered", "@left")) == ("no", "no")


def test_the_servers_own_proof_is_not_the_clients(assembled: Assemble) -> None:
    timeline = assembled("@opened", "@hello", REQUEST, *FLIGHT, SENT, *DONE, "@asked", "@answered", "@left")
    assert any(message.number == 15 and message.direction == "in" for message in tls(timeline).messages)
    assert client(timeline).sent == "no"


def test_a_log_that_ends_before_the_server_could_ask_does_not_know(assembled: Assemble) -> None:
    assert facts(assembled("@opened", "* TLSv1.3 (OUT), TLS handshake, Client hello (1):"))[0] == "unknown"


def test_a_log_with_lines_taken_out_does_not_know(assembled: Assemble) -> None:
    timeline = assembled(
        "@opened", "* TLSv1.3 (OUT), TLS handshake, Client hello (1):", "[...]", *DONE, "@asked", "@answered", "@left"
    )
    assert facts(timeline)[0] == "unknown"


def test_the_alert_116_says_both(assembled: Assemble) -> None:
    timeline = assembled("@opened", *SILENT["wolfSSL"], "@asked", ALERT, "* Closing connection 0")
    assert facts(timeline) == ("yes", "no")


def test_the_alert_116_before_any_word_of_the_server_does_not_say_that_it_asked(assembled: Assemble) -> None:
    hello = "* TLSv1.3 (OUT), TLS handshake, Client hello (1):"
    assert facts(assembled("@opened", hello, ALERT, "* Closing connection 0")) == ("unknown", "no")


@pytest.mark.parametrize("library", SILENT)
def test_a_library_that_prints_no_handshake_lets_one_know_nothing(assembled: Assemble, library: str) -> None:
    assert facts(assembled("@opened", *SILENT[library], "@asked", "@answered", "@left")) == ("unknown", "unknown")


@pytest.mark.parametrize("library", SILENT)
def test_the_page_of_nginx_says_that_none_was_sent(assembled: Assemble, library: str) -> None:
    timeline = assembled("@opened", *SILENT[library], "@asked", *PAGE, "@left")
    assert client(timeline).sent == "no"
    assert client(timeline).sent_line is not None


def test_nss_says_that_the_server_asked_and_nothing_was_configured(assembled: Assemble) -> None:
    timeline = assembled(
        "@opened", "* Initializing NSS with certpath: sql:/etc/pki/nssdb", "* NSS: client certificate not found (nickname not specified)",
        "* SSL connection using TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384", "@asked", "@answered", "@left",
    )  # fmt: skip
    assert facts(timeline) == ("yes", "no")


def test_nss_names_the_certificate_that_it_sends(assembled: Assemble) -> None:
    timeline = assembled(
        "@opened", "* NSS: client certificate from file", "*  subject: CN=client", "*  issuer: CN=Clients",
        "* SSL connection using TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384", "* Server certificate:", "*  subject: CN=shop.example",
        "@asked", "@answered", "@left",
    )  # fmt: skip
    mine, theirs = client(timeline).certificate, tls(timeline).certificate
    assert mine is not None
    assert mine.subject is not None
    assert mine.subject.value == "CN=client"
    assert theirs is not None
    assert theirs.subject is not None
    assert theirs.subject.value == "CN=shop.example"
    assert client(timeline).requested == "yes"


def test_a_server_may_ask_after_the_request(assembled: Assemble) -> None:
    timeline = assembled(
        "@opened", "@secured", "@asked", REQUEST, SENT, PROVEN, "* TLSv1.3 (OUT), TLS handshake, Finished (20):", "@answered", "@left",
    )  # fmt: skip
    assert facts(timeline) == ("yes", "yes")
    assert client(timeline).late


def test_the_command_says_that_a_certificate_was_configured(assembled: Assemble) -> None:
    timeline = assembled(
        "$ curl -v --cert me.pem https://shop.example/", "@opened", "@secured", "@asked", "@answered", "@left"
    )
    configured = client(timeline).configured
    assert configured is not None
    assert (configured.value, configured.line) == ("me.pem", 1)


@pytest.mark.parametrize(
    ("lines", "verdict"),
    [
        (("*  SSL certificate verify ok.", "@asked"), "accepted"),
        (
            ("*  SSL certificate verify result: self signed certificate (18), continuing anyway.", "@asked"),
            "unverified",
        ),
        (("* SSL certificate problem: certificate has expired", "* Closing connection 0"), "rejected"),
        (("* TLSv1.3 (OUT), TLS alert, unknown CA (560):",), "rejected"),
        (("@asked",), "accepted"),
        (("* \t common name: shop (does not match 'shop.example')", "@asked"), "unverified"),  # GnuTLS, with -k
    ],
)
def test_what_became_of_the_servers_certificate(assembled: Assemble, lines: tuple[str, ...], verdict: str) -> None:
    timeline = assembled("@opened", "@hello", "* TLSv1.3 (IN), TLS handshake, Certificate (11):", *lines)
    assert tls(timeline).verdict == verdict


def test_a_refusal_of_the_clients_certificate_is_not_one_of_the_servers(assembled: Assemble) -> None:
    timeline = assembled(
        "@opened", "@hello", REQUEST, *FLIGHT, SENT, PROVEN, *DONE, "@asked", "* TLSv1.3 (IN), TLS alert, unknown CA (560):",
        "* OpenSSL SSL_read: error:0A000418:SSL routines::tlsv1 alert unknown ca, errno 0", "* Closing connection 0",
    )  # fmt: skip
    assert tls(timeline).verdict == "accepted"
    assert [(alert.direction, alert.description) for alert in tls(timeline).alerts] == [("in", 48)]


def test_where_no_message_of_curls_is_shown_nobody_knows_what_it_answered(assembled: Assemble) -> None:
    timeline = assembled("@opened", REQUEST, "* TLSv1.3 (IN), TLS alert, bad certificate (554):", "@left")
    assert facts(timeline) == ("yes", "unknown")


def test_only_who_was_asked_sends_a_certificate(assembled: Assemble) -> None:
    own = ("* TLSv1.3 (OUT), TLS handshake, Client hello (1):", SENT)
    assert facts(assembled("@opened", *own, *DONE, "@asked", "@answered", "@left")) == ("yes", "no")
    assert facts(assembled("@opened", *own, PROVEN, *DONE, "@asked", "@answered", "@left")) == ("yes", "yes")


def test_where_the_servers_flight_was_left_out_nobody_knows_whether_it_asked(assembled: Assemble) -> None:
    hellos = ("* TLSv1.3 (OUT), TLS handshake, Client hello (1):", "* TLSv1.3 (IN), TLS handshake, Server hello (2):")
    assert facts(assembled("@opened", *hellos, DONE[1], "@asked", "@answered", "@left")) == ("unknown", "unknown")
    assert facts(assembled("@opened", hellos[0], DONE[0], ALERT.replace("unknown (628)", "handshake failure (552)"),
                           "@left")) == ("unknown", "unknown")  # fmt: skip
    assert facts(assembled("@opened", *hellos, *FLIGHT, *DONE, "@asked", "@answered", "@left")) == ("no", "no")
