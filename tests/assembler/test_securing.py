from __future__ import annotations

from collections.abc import Callable

import pytest

from curlx.timeline import Timeline, Tls

Assemble = Callable[..., Timeline]

HANDSHAKE = ("* TLSv1.3 (IN), TLS handshake, Request CERT (13):", "* TLSv1.3 (OUT), TLS handshake, CERT verify (15):",
             "* Server certificate:", "*  subject: CN=attacker.example", "* SSL connection using TLSv1.2 / AES",
             "*  SSL certificate verify result: self signed certificate (18), continuing anyway.", "* ALPN: server accepted h3",
             "* SSL Trust: peer verification disabled")  # fmt: skip


def tls(timeline: Timeline) -> Tls | None:
    return timeline.transfers[0].connections[0].tls


@pytest.mark.parametrize("line", HANDSHAKE)
@pytest.mark.parametrize(
    "headers", [("< HTTP/1.1 200 OK", "< "), ("< HTTP/2 200 ", "< Content-Length: 900", "< ")], ids=["open", "length"]
)
def test_a_body_sets_up_no_tls(assembled: Assemble, line: str, headers: tuple[str, ...]) -> None:
    without = assembled("@opened", "@secured", "@asked", *headers, "a", "b", "@left")
    body = assembled("@opened", "@secured", "@asked", *headers, "a", line, "b", "@left")
    plain, hostile = tls(without), tls(body)
    assert plain is not None
    assert hostile is not None
    assert (hostile.verdict, hostile.version, hostile.alpn, hostile.certificate) == (
        plain.verdict,
        plain.version,
        plain.alpn,
        plain.certificate,
    )
    assert hostile.client_certificate.sent == "no"


@pytest.mark.parametrize("line", [*HANDSHAKE, "* TLSv1.3 (IN), TLS alert, unknown CA (560):"])
def test_tls_is_not_set_up_behind_a_request_in_clear(assembled: Assemble, line: str) -> None:
    timeline = assembled("@opened", "@asked", "< HTTP/1.1 200 OK", "< ", line, "@left")
    assert tls(timeline) is None


def test_tls_says_nothing_behind_the_farewell(assembled: Assemble) -> None:
    timeline = assembled(
        "@opened",
        "@secured",
        "@asked",
        "@answered",
        "@left",
        *HANDSHAKE,
        "* TLSv1.3 (IN), TLS alert, unknown CA (560):",
    )
    found = tls(timeline)
    assert found is not None
    assert found.verdict == "accepted"
    assert found.alerts == ()
    assert found.client_certificate.requested == "no"


def test_the_size_of_a_message_is_told_by_the_next_line(assembled: Assemble) -> None:
    sent = ("* TLSv1.3 (OUT), TLS handshake, Certificate (11):", "} [8 bytes data]")
    found = tls(assembled("@opened", "@hello", *sent))
    assert found is not None
    assert [message.size for message in found.messages if message.number == 11] == [8]


def test_an_alert_that_closes_is_no_news(assembled: Assemble) -> None:
    found = tls(assembled("@opened", "@secured", "@asked", "* TLSv1.3 (IN), TLS alert, close notify (256):"))
    assert found is not None
    assert found.alerts == ()


def test_tickets_are_no_news_at_any_time(assembled: Assemble) -> None:
    ticket = "* TLSv1.3 (IN), TLS handshake, Newsession Ticket (4):"
    found = tls(assembled("@opened", "@secured", "@asked", ticket, "< HTTP/1.1 200 OK", "< ", ticket, "a", "@left"))
    assert found is not None
    assert 4 not in {message.number for message in found.messages}


def test_a_log_that_repeats_itself_grows_nothing(assembled: Assemble) -> None:
    repeated = ("* ALPN, offering h2", "* Server certificate:", "* TLSv1.3 (IN), TLS handshake, Server hello (2):",
                "* TLSv1.3 (IN), TLS alert, unknown CA (560):", "*   CAfile: a.pem", "* subjectAltName: a.example matched",
                "* NSS: client certificate not found (nickname not specified)") * 3_000  # fmt: skip
    found = tls(assembled("@opened", "@hello", *repeated))
    assert found is not None
    assert len(found.messages) <= 1_000
    assert len(found.alerts) <= 100
    assert len(found.trust) <= 20
    assert found.alpn_offered == ("h2",)


def test_protocols_without_end_are_not_all_kept(assembled: Assemble) -> None:
    found = tls(assembled("@opened", *(f"* ALPN, offering h{number}" for number in range(5_000))))
    assert found is not None
    assert len(found.alpn_offered) <= 40


@pytest.mark.parametrize(("line", "library"), [
    ("* schannel: a client certificate has been requested", "Schannel"),
    ("* NSS: client certificate not found (nickname not specified)", "NSS"),
])  # fmt: skip
def test_a_note_on_the_client_certificate_names_the_library_that_prints_it(
    assembled: Assemble, line: str, library: str
) -> None:
    found = tls(assembled("@opened", line))
    assert found is not None
    assert (found.backend, found.client_certificate.requested) == (library, "yes")


@pytest.mark.parametrize(
    ("message", "version"),
    [
        ("TLSv1.2 (IN), TLS handshake, Server key exchange (12)", "TLSv1.2"),
        ("TLSv1.1 (IN), TLS handshake, Server finished (14)", "TLSv1.1"),
        ("TLSv1.0 (OUT), TLS handshake, Client key exchange (16)", "TLSv1.0"),
        ("TLSv1.3 (IN), TLS handshake, Encrypted Extensions (8)", "TLSv1.3"),
        ("TLSv1.2 (IN), TLS handshake, Certificate (11)", None),  # both have one, and a record shows what it likes
        ("TLSv1.2 (IN), TLS handshake, Server hello (2)", None),
        ("SSLv3, TLS handshake, Server key exchange (12)", None),  # curl before 7.48 writes it in front of all
    ],
)
def test_messages_of_one_version_tell_it_before_the_handshake_is_over(
    assembled: Assemble, message: str, version: str | None
) -> None:
    log = ("@opened", "* TLSv1.3 (OUT), TLS handshake, Client hello (1):", f"* {message}:")
    failed = tls(assembled(*log, "* TLSv1.2 (IN), TLS alert, certificate expired (557):"))
    assert failed is not None
    assert (failed.version.value if failed.version else None) == version


def test_where_the_handshake_is_over_its_last_line_tells_the_version(assembled: Assemble) -> None:
    told = "* SSL connection using TLSv1.2 / ECDHE-RSA-AES128-GCM-SHA256"
    timeline = assembled("@opened", "* TLSv1.2 (IN), TLS handshake, Server key exchange (12):", told)
    made = tls(timeline)
    assert made is not None
    assert made.version is not None
    assert timeline.text_of(made.version.line) == told
