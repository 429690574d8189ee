from __future__ import annotations

from collections.abc import Callable

import curlx
from curlx.diagnoses.tls.plaintext_server import diagnose
from curlx.timeline import Timeline

SAID = ("tls-not-tls", "wrong version number")


def test_the_same_port_is_asked_without_tls(tls_log: Callable[..., Timeline]) -> None:
    (finding,) = diagnose(tls_log(("tls-not-tls", "wrong version number")))
    assert finding.remedies[0].commands == ("curl -v http://api.example.com:443/v1/items",)


def test_who_is_greeted_like_a_proxy_may_be_one():
    log = b"""* Host gate.example.com:3129 was resolved.
*   Trying 192.0.2.1:3129...
* GnuTLS priority: NORMAL:-ARCFOUR-128:-CTYPE-ALL:+CTYPE-X509:-VERS-SSL3.0
* ALPN: curl offers http/1.1
* GnuTLS, handshake failed: An unexpected TLS packet was received.
* closing connection #0
"""
    finding = curlx.explain(log).findings[0]
    assert finding.code == "tls-plaintext-server"
    assert "speaks plain HTTP" in finding.causes[0]  # what a curl without HTTP/2 meets as well
    assert "as it does to a proxy" in finding.causes[1]
    assert finding.remedies[0].commands == ("curl -v http://gate.example.com:3129/",)
    assert "`--proxy http://gate.example.com:3129`" in finding.remedies[-1].steps[0]
    offered = curlx.explain(log.replace(b"offers http", b"offers h2,http")).findings[0]
    assert not any("proxy" in cause for cause in offered.causes)
    assert not any("proxy" in each.title for each in offered.remedies)


def test_on_the_port_of_https_what_windows_calls_invalid_may_be_broken_tls(tls_log: Callable[..., Timeline]) -> None:
    said = "schannel: next InitializeSecurityContext failed: SEC_E_INVALID_TOKEN (0x80090308)"
    (usual,) = diagnose(tls_log(("tls-not-tls", said)))
    assert usual.certainty == "possible"
    assert usual.title == "The answer to the TLS handshake may not be TLS"
    (sure,) = diagnose(tls_log(SAID))
    assert sure.certainty == "likely"


def test_the_port_that_an_option_leads_to_is_the_one_that_speaks_no_tls():
    call = "$ curl -v --connect-to shop.example:443:203.0.113.9:80 https://shop.example/x\n"
    log = """* Connecting to hostname: 203.0.113.9
* Connecting to port: 80
*   Trying 203.0.113.9:80...
* TLSv1.3 (OUT), TLS handshake, Client hello (1):
* TLS connect error: error:0A00010B:SSL routines::wrong version number
* closing connection #0
"""
    for told in (call + log, log):
        finding = curlx.explain(told).findings[0]
        assert finding.code == "tls-plaintext-server"
        assert "203.0.113.9:80, where `--connect-to` leads" in finding.summary
        assert finding.causes[0].startswith("Port 80 of 203.0.113.9 ")
        assert finding.remedies[0].title == "Lead the call to a port that speaks TLS"
        assert not any(remedy.commands for remedy in finding.remedies)
