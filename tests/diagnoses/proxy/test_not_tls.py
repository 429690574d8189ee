from __future__ import annotations

from curlx.diagnoses.proxy.not_tls import diagnose


def test_plain_text_from_an_https_proxy_is_found(log):
    (finding,) = diagnose(log(("tls-not-tls", "tls", "wrong version number"), secure=True))
    assert "--proxy http://proxy.example.com:3128" in finding.remedies[0].commands[0]


def test_plain_text_from_the_server_is_not(log):
    assert not list(diagnose(log(("tls-not-tls", "tls", ""), secure=True, established=True, tls=True)))
    assert not list(diagnose(log(("tls-not-tls", "tls", ""), known=False)))
