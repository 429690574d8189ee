"""The server refused the client certificate: what may lie behind it."""

from __future__ import annotations

from pathlib import Path

import pytest

import curlx

LOGS = Path(__file__).parents[3] / "fixtures" / "logs"


def test_under_tls_1_3_nss_may_have_sent_none_although_it_names_one() -> None:
    log = (LOGS / "mtls-caddy-otherca-tls13--7.29.0-nss-far.log").read_bytes()
    finding = curlx.explain(log).findings[0]
    assert finding.code == "client-certificate-rejected"
    assert "cannot sign with it under TLS 1.3" in finding.causes[0]
    assert any("--tlsv1.2" in command for remedy in finding.remedies for command in remedy.commands)
    older = curlx.explain(log.replace(b"TLS_AES_128_GCM_SHA256", b"TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256")).findings[0]
    assert "TLS 1.3" not in " ".join(older.causes)


def test_libressl_never_sends_a_handshake_failure_about_a_certificate():
    """Of that alert its words are not in doubt: it came from the server, and says nothing of a certificate."""
    said = "LibreSSL/3.3.6: error:1404B410:SSL routines:ST_CONNECT:sslv3 alert handshake failure"
    report = curlx.explain(f"$ curl -v https://api.example/\n* {said}\n* Closing connection\ncurl: (35) {said}\n")
    assert [each.code for each in report.findings if each.severity == "error"] == ["tls-refused"]


@pytest.mark.parametrize(("server", "length", "code"), [
    ("nginx/1.22.1", 215, "client-certificate-rejected"),
    ("nginx", 208, "client-certificate-rejected"),
    ("nginx/1.22.1", 157, "http-bad-request"),
    ("envoy/1.22.1", 215, "http-bad-request"),
])  # fmt: skip
def test_the_page_of_nginx_is_known_by_its_length_where_it_is_left_out(server: str, length: int, code: str) -> None:
    log = (LOGS.parent / "wrapped" / "nginx-refuses-a-certificate-with-a-page-that-is-left-out.log").read_text()
    told = log.replace("Server: nginx/1.22.1", f"Server: {server}").replace("Length: 215", f"Length: {length}")
    finding = curlx.explain(told).findings[0]
    assert (finding.code, finding.certainty == "certain") == (code, code.startswith("http"))
