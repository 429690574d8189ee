from __future__ import annotations

from collections.abc import Callable

import msgspec

from curlx.diagnoses.tls.intercepted import diagnose
from curlx.events import PageMark
from curlx.timeline import Body, Certificate, ClientCertificate, Exchange, Fact, Header, Response, Timeline

ISSUER = "C=NL; O=Acme IT; CN=Acme TLS Inspection CA"
NO_CERTIFICATE = Fact(PageMark("no-required-certificate"), 48)


def inspected(issuer: str = ISSUER) -> Certificate:
    return Certificate("server", 10, 13, subject=Fact("CN=api.example.com", 10), issuer=Fact(issuer, 13))


def answer(status: int, *marks: Fact[PageMark], via: str = "") -> Exchange:
    headers = (Header("Via", via, 43),) if via else ()
    return Exchange(0, 38, 50, response=Response(status, "", "HTTP/1.1", 41, 44, headers, Body(marks=marks)))


def test_a_success_with_such_an_issuer_is_only_a_note(tls_log: Callable[..., Timeline]) -> None:
    (finding,) = diagnose(tls_log(certificate=inspected(), exchanges=(answer(200),)))
    assert finding.severity == "note"


def test_a_missing_client_certificate_makes_it_the_error(tls_log: Callable[..., Timeline]) -> None:
    (finding,) = diagnose(tls_log(certificate=inspected(), exchanges=(answer(400, NO_CERTIFICATE),)))
    assert (finding.severity, finding.certainty) == ("error", "likely")
    assert [proof.line for proof in finding.evidence][:2] == [13, 48]
    assert finding.remedies[0].who == "gateway"


def test_an_untrusted_issuer_makes_it_the_error(tls_log: Callable[..., Timeline]) -> None:
    said = ("certificate-self-signed-in-chain", "self-signed certificate in certificate chain")
    (finding,) = diagnose(tls_log(said, certificate=inspected()))
    assert finding.severity == "error"
    assert "openssl s_client" in finding.remedies[0].commands[0]


def test_an_ordinary_issuer_is_silent(tls_log: Callable[..., Timeline], shop_certificate: Certificate) -> None:
    assert not list(diagnose(tls_log(certificate=shop_certificate, exchanges=(answer(400, NO_CERTIFICATE),))))


def test_the_servers_own_request_speaks_against_it(tls_log: Callable[..., Timeline]) -> None:
    timeline = tls_log(
        certificate=inspected(), exchanges=(answer(400, NO_CERTIFICATE),), messages=(("out", 1), ("in", 2), ("in", 13))
    )
    (finding,) = diagnose(timeline)
    assert finding.severity == "note"


def test_words_that_fit_a_private_ca_too_are_only_a_warning(tls_log: Callable[..., Timeline]) -> None:
    certificate = inspected("O=Acme; CN=Acme Gateway CA")
    (finding,) = diagnose(tls_log(certificate=certificate, exchanges=(answer(400, NO_CERTIFICATE),)))
    assert (finding.severity, finding.certainty) == ("warning", "possible")


def test_a_gateways_via_strengthens_weak_words(tls_log: Callable[..., Timeline]) -> None:
    certificate = inspected("O=Acme; CN=Acme Gateway CA")
    exchange = answer(400, NO_CERTIFICATE, via="1.1 gw.example (squid/5.7)")
    (finding,) = diagnose(tls_log(certificate=certificate, exchanges=(exchange,)))
    assert (finding.severity, finding.certainty) == ("error", "likely")


def test_a_via_alone_may_be_a_reverse_proxy(tls_log: Callable[..., Timeline]) -> None:
    (finding,) = diagnose(tls_log(exchanges=(answer(200, via="1.1 edge.example (squid/5.7)"),)))
    assert (finding.severity, finding.certainty) == ("note", "possible")
    assert any("reverse proxy" in cause for cause in finding.causes)


def test_silence_after_the_request_is_the_error_only_with_a_client_certificate(
    tls_log: Callable[..., Timeline],
) -> None:
    said = ("timeout", "Operation timed out after 3003 milliseconds with 0 bytes received")
    without = tls_log(said, phase="response", certificate=inspected())
    with_one = tls_log(
        said,
        phase="response",
        certificate=inspected(),
        client_certificate=ClientCertificate(configured=Fact("client.pem", 1)),
    )
    assert [finding.severity for log in (without, with_one) for finding in diagnose(log)] == ["warning", "error"]


def test_every_line_is_cited_once(tls_log: Callable[..., Timeline]) -> None:
    own_page = Fact(PageMark("squid-error", "ERR_SECURE_CONNECT_FAIL"), 48)
    exchange = msgspec.structs.replace(answer(503, own_page, via="1.1 gw.example (squid/5.7)"))
    (finding,) = diagnose(tls_log(certificate=inspected(), exchanges=(exchange,)))
    lines = [proof.line for proof in finding.evidence]
    assert len(lines) == len(set(lines))


def test_that_curl_may_have_had_no_certificate_is_said_where_the_log_shows_none(
    tls_log: Callable[..., Timeline],
) -> None:
    given = ClientCertificate(configured=Fact("client.pem", 1))
    for own, said in ((ClientCertificate(), True), (given, False)):
        (finding,) = diagnose(
            tls_log(certificate=inspected(), exchanges=(answer(400, NO_CERTIFICATE),), client_certificate=own)
        )
        assert any("no client certificate (`--cert`)" in cause for cause in finding.causes) == said
        (call,) = (command for each in finding.remedies for command in each.commands if command.startswith("curl"))
        assert "--cert client.pem --key client.key" in call
