from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

import curlx
from curlx.diagnoses.tls.version_mismatch import diagnose
from curlx.timeline import Timeline

FIXTURES = Path(__file__).parents[3] / "fixtures" / "diagnoses" / "tls-version-mismatch"
SAID = ("tls-version", "unsupported protocol")


def test_what_windows_does_not_support_need_not_be_the_version(tls_log: Callable[..., Timeline]) -> None:
    words = "schannel: next InitializeSecurityContext failed: SEC_E_UNSUPPORTED_FUNCTION (0x80090302)"
    (finding,) = diagnose(tls_log(("tls-version", words)))
    assert finding.certainty == "likely"


def test_the_servers_alert_is_cited_before_curls_words(tls_log: Callable[..., Timeline]) -> None:
    timeline = tls_log(("tls-alert", "tlsv1 alert protocol version"), alerts=(("in", 70, "protocol version"),))
    (finding,) = diagnose(timeline)
    assert [proof.line for proof in finding.evidence][:2] == [15, 20]


def test_an_option_that_limits_the_versions_is_the_first_cause(tls_log: Callable[..., Timeline]) -> None:
    timeline = tls_log(("tls-version", "unsupported protocol"), arguments=("--tls-max", "1.1"))
    (finding,) = diagnose(timeline)
    assert "`--tls-max 1.1`" in finding.causes[0]
    assert not any("knows only old versions" in cause for cause in finding.causes)


def test_a_lower_limit_that_most_servers_allow_is_not_the_first_cause(tls_log: Callable[..., Timeline]) -> None:
    (finding,) = diagnose(tls_log(("tls-version", "unsupported protocol"), arguments=("--tlsv1.2",)))
    assert "`--tlsv1.2`" in finding.causes[1]


def test_a_library_with_nothing_to_offer_is_no_matter_of_the_server(tls_log: Callable[..., Timeline]) -> None:
    said = ("tls-version", "OpenSSL/3.0.17: error:0A0000BF:SSL routines::no protocols available")
    (finding,) = diagnose(tls_log(said, messages=()))
    assert "client's settings" in finding.title
    assert not any("knows only old versions" in cause for cause in finding.causes)


def test_the_words_of_libressl_alone_do_not_tell_a_version_from_plain_http(tls_log: Callable[..., Timeline]) -> None:
    words = "LibreSSL/3.3.6: error:1404B42E:SSL routines:ST_CONNECT:tlsv1 alert protocol version"
    (alone,) = diagnose(tls_log(("tls-alert", words), number=70))
    assert alone.certainty == "possible"
    assert "plain HTTP" in alone.causes[0]
    (alerted,) = diagnose(tls_log(("tls-alert", words), alerts=(("in", 70, "protocol version"),)))
    assert alerted.certainty == "certain"


def commands(timeline: Timeline) -> list[str]:
    return [command for finding in diagnose(timeline) for remedy in finding.remedies for command in remedy.commands]


def test_a_server_that_answers_with_an_old_version_is_asked_for_that() -> None:
    log = (
        b"$ curl -v https://old.example/\n* TLSv1.3 (OUT), TLS handshake, Client hello (1):\n"
        b"* TLSv1.3 (IN), TLS handshake, Server hello (2):\n* TLSv1.3 (OUT), TLS alert, protocol version (582):\n"
        b"* OpenSSL/3.0.19: error:0A000102:SSL routines::unsupported protocol\n"
    )
    (finding,) = (each for each in curlx.explain(log).findings if each.code == "tls-version-mismatch")
    assert "answered with a version older" in finding.causes[0]
    assert finding.remedies[0].commands == (
        "curl -v --tlsv1.0 --tls-max 1.1 --ciphers DEFAULT@SECLEVEL=0 https://old.example/",
    )


def test_what_the_command_asked_for_is_not_tried_again(tls_log: Callable[..., Timeline]) -> None:
    (only,) = commands(tls_log(SAID, arguments=("--tlsv1.3",)))
    assert "--tls-max 1.2" in only
    assert any("--tlsv1.3" in command for command in commands(tls_log(SAID, arguments=("--tls-max", "1.2"))))


def test_a_signature_that_openssl_3_does_not_take_is_of_an_old_version():
    log = (FIXTURES / "fires-openssl-3-legacy-sigalg.log").read_bytes()
    (finding,) = curlx.explain(log).findings
    assert "before any request was sent" in finding.summary  # the certificate had come
    assert "answered with a version older" in finding.causes[0]
    assert finding.remedies[0].commands == (
        "curl -v --tlsv1.0 --tls-max 1.1 --ciphers DEFAULT@SECLEVEL=0 https://old.example.com/",
    )


WRAPPED = Path(__file__).parents[3] / "fixtures" / "wrapped"
OPENSSL, BORINGSSL = "OpenSSL/3.0.11: error:0A00042E:SSL routines::", "error:1000042e:SSL routines:OPENSSL_internal:"


@pytest.mark.parametrize(
    ("label", "words", "first"),
    [
        ("TLSv1.3", OPENSSL, "knows only old versions"),
        ("TLSv1.2", OPENSSL, "`--tls-max 1.2`"),
        ("TLSv1.2", BORINGSSL, "knows only old versions"),  # it writes 1.2 whatever it offers
        ("TLSv1.1", BORINGSSL, "`--tls-max 1.1`"),
    ],
)
def test_what_curl_offered_is_the_first_cause_where_its_clienthello_tells(label: str, words: str, first: str) -> None:
    log = (WRAPPED / "the-client-offers-no-tls-1.3.log").read_bytes().decode()
    report = curlx.explain(log.replace("TLSv1.2", label).replace(OPENSSL, words).encode())
    assert report.findings[0].code == "tls-version-mismatch"
    assert first in report.findings[0].causes[0]


def test_what_failed_in_the_log_is_not_asked_for_again() -> None:
    report = curlx.explain((WRAPPED / "the-client-offers-no-tls-1.3.log").read_bytes())
    given = [command for remedy in report.findings[0].remedies for command in remedy.commands]
    assert given == ["curl -v --tlsv1.3 https://api.bank.example/"]


@pytest.mark.parametrize("said", ["NSS error -12168", "NSS error -12168 (SSL_ERROR_INVALID_VERSION_RANGE)"])
def test_nss_takes_no_old_version_at_all_and_asks_nobody(said: str) -> None:
    log = f"""$ curl -v --sslv2 https://shop.example/
* Connected to shop.example (192.0.2.1) port 443 (#0)
* Initializing NSS with certpath: sql:/etc/pki/nssdb
* {said}
* SSL connect error
curl: (35) SSL connect error
"""
    finding = curlx.explain(log).findings[0]
    assert (finding.code, finding.certainty) == ("tls-version-mismatch", "certain")
    assert "`--sslv2`" in finding.causes[0]
    assert "openssl" not in str((finding.causes, finding.remedies))
    assert finding.remedies[0].commands[0] == "curl -v https://shop.example/"
