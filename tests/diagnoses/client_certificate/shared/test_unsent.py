from __future__ import annotations

import pytest

import curlx


@pytest.mark.parametrize(("command", "by_a_program"), [("$ curl -v https://a.example/\n", False), ("", True)])
def test_a_programs_keystore_is_no_cause_where_a_command_of_curls_is_shown(command: str, by_a_program: bool) -> None:
    log = (
        "* Connected to a.example (192.0.2.1) port 443 (#0)\n* TLSv1.3 (OUT), TLS handshake, Client hello (1):\n"
        "* TLSv1.3 (IN), TLS handshake, Server hello (2):\n* TLSv1.3 (IN), TLS handshake, Request CERT (13):\n"
        "* TLSv1.3 (OUT), TLS handshake, Certificate (11):\n* TLSv1.3 (OUT), TLS handshake, Finished (20):\n"
        "* SSL connection using TLSv1.3 / TLS_AES_256_GCM_SHA384\n> GET / HTTP/1.1\n> Host: a.example\n>\n"
        "* TLSv1.3 (IN), TLS alert, certificate required (628):\n"
        "curl: (56) OpenSSL SSL_read: error:0A00045C:SSL routines::tlsv13 alert certificate required, errno 0\n"
    )
    finding = curlx.explain((command + log).encode()).findings[0]
    assert finding.code == "client-certificate-missing"
    assert any("keystore" in text for text in (*finding.causes, *finding.remedies[0].steps)) is by_a_program
