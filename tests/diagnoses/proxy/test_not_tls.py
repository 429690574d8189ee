from __future__ import annotations

import pytest

import curlx
from curlx.diagnoses.proxy.not_tls import diagnose


def test_plain_text_from_an_https_proxy_is_found(log):
    (finding,) = diagnose(log(("tls-not-tls", "tls", "wrong version number"), secure=True))
    assert "--proxy http://proxy.example.com:3128" in finding.remedies[0].commands[0]


def test_plain_text_from_the_server_is_not(log):
    assert not list(diagnose(log(("tls-not-tls", "tls", ""), secure=True, established=True, tls=True)))
    assert not list(diagnose(log(("tls-not-tls", "tls", ""), known=False)))


@pytest.mark.parametrize(("options", "place", "code"), [
    ("", "gate.example:8080", "proxy-not-tls"),
    ("-L ", "192.0.2.7:9393", "proxy-not-tls"),
    ("", "shop.example:8443", "tls-closed"),
    ("-L ", "cdn.example:443", "tls-closed"),
    ("--connect-to ::gate.example:8080 ", "gate.example:8080", "tls-closed"),
])  # fmt: skip
def test_a_host_that_the_url_does_not_name_is_a_proxys(options: str, place: str, code: str):
    said = f"curl: (35) Unknown SSL protocol error in connection to {place} \n"
    finding = curlx.explain(f"$ curl {options}https://shop.example/a\n{said}").findings[0]
    assert finding.code == code
    if code == "proxy-not-tls":
        (command,) = finding.remedies[0].commands
        assert command == f"curl -v {options}--proxy http://{place} https://shop.example/a"
        assert any("A redirect led to" in cause for cause in finding.causes) == bool(options)


@pytest.mark.parametrize(("asked", "met"), [
    ("https://$HOST:8443/", "shop.example"),
    ("https://${SHOP}.example:8443/", "shop.example"),
    ("'https://{{ host }}:8443/'", "shop.example"),
    ("'https://<host>:8443/'", "shop.example"),
    ("https://%HOST%:8443/", "shop.example"),
    ("https://REDACTED:8443/", "shop.example"),
    ("'https://{shop,till}.example:8443/'", "shop.example"),
    ("https://läden.example:8443/", "xn--lden-loa.example"),
    ("https://shop.example.:8443/", "shop.example"),
    ("https://SHOP.example:8443/", "shop.example"),
    ("https://127.1:8443/", "127.0.0.1"),
    ("'https://[2001:DB8:0::1]:8443/'", "2001:db8::1"),
    ("--doh-url https://names.example:8443/q https://shop.example/", "names.example"),
    ("https://till.example:8443/ https://shop.example:8443/", "shop.example"),
    ("--url https://till.example/ --next --url shop.example:8443", "shop.example"),
    ("-K shop.conf https://till.example/", "shop.example"),
])  # fmt: skip
def test_a_host_that_the_command_may_name_is_none(asked: str, met: str):
    said = f"curl: (35) Unknown SSL protocol error in connection to {met}:8443 \n"
    assert curlx.explain(f"$ curl {asked}\n{said}").findings[0].code == "tls-closed"
