from __future__ import annotations

import pytest

import curlx


@pytest.mark.parametrize(("code", "already"), [("-25299", True), ("-50", False)])
def test_a_code_of_macos_is_read_and_the_keychain_is_another_way(code: str, already: bool) -> None:
    log = f"""* Connected to api.bank.example (203.0.113.7) port 443 (#0)
* WARNING: SSL: Certificate type not set, assuming PKCS#12 format.
* SSL: Can't load the certificate "mycert.pem" and its private key: OSStatus {code}
* Closing connection 0
"""
    finding = curlx.explain(log).findings[0]
    assert finding.code == "client-certificate-not-loaded"
    assert ("has this item already" in finding.summary) == already
    assert ("may also be" in finding.summary) == already
    assert any('--cert "NAME IN THE KEYCHAIN"' in step for step in finding.remedies[0].steps)
