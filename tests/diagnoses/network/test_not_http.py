from __future__ import annotations

import pytest

import curlx
from curlx.diagnoses.network.not_http import diagnose


def test_a_plain_request_may_have_met_tls(log):
    (finding,) = diagnose(log(("not-http", "request", "Received HTTP/0.9 when not allowed"), requested=True))
    assert any("TLS" in cause for cause in finding.causes)


def test_inside_tls_the_scheme_is_not_suspected(log):
    (finding,) = diagnose(log(("not-http", "request", ""), tls=True, requested=True))
    assert not any("TLS" in cause for cause in finding.causes)


@pytest.mark.parametrize(("greeting", "service"), [
    ("SSH-2.0-OpenSSH_9.2p1 Debian-2", "SSH"),
    ("220 ftp.example FTP server ready", "FTP"),
    ("220 mail.example ESMTP Postfix", "mail (SMTP)"),
    ("J\x00\x00\x00\n8.0.36\x00AbCd\x00caching_sha2_password\x00", "MySQL"),
    ("-ERR wrong number of arguments for 'get' command", "Redis"),
])  # fmt: skip
def test_a_greeting_in_the_place_of_the_answer_names_the_service(greeting: str, service: str) -> None:
    log = ("* Connected to shop.example (192.0.2.1) port 22\n> GET / HTTP/1.1\n> Host: shop.example:22\n> \n"
           f"{{ [32 bytes data]\n* Closing connection 0\n{greeting}\n")  # fmt: skip
    (finding,) = curlx.explain(log).findings
    assert (finding.code, finding.severity) == ("network-not-http", "note")
    assert f"By its greeting it is {service}." in finding.summary
    assert finding.evidence[0].line == 7


def test_a_greeting_that_curl_prints_as_a_header_names_the_service() -> None:
    log = """* Connected to shop.example (192.0.2.1) port 22
> GET / HTTP/1.1
> Host: shop.example:22
>\x20
* Received HTTP/0.9 when not allowed
< SSH-2.0-OpenSSH_9.2p1 Debian-2
* Invalid response header
* closing connection #0
"""
    finding, other = curlx.explain(log).findings
    assert finding.code == "network-not-http"
    assert "By its greeting it is SSH." in finding.summary
    assert [proof.line for proof in finding.evidence][:3] == [5, 6, 7]
    assert finding.causes == ()
    assert not any(remedy.commands or "https" in str(remedy) for remedy in finding.remedies)
    assert other.severity == "note"


@pytest.mark.parametrize(("scheme", "plain"), [("http", True), ("https", False)])
def test_without_a_line_of_the_connection_the_url_tells_whether_tls_was_left_out(scheme: str, plain: bool) -> None:
    log = f"$ curl {scheme}://192.0.2.100:5000/\ncurl: (1) Received HTTP/0.9 when not allowed\n"
    (finding,) = curlx.explain(log).findings
    assert ("http instead of https" in str(finding.causes)) == plain
    assert ("write https://" in str(finding.remedies)) == plain
