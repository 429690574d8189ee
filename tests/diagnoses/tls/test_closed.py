from __future__ import annotations

from collections.abc import Callable

import pytest

import curlx
from curlx.diagnoses.tls.closed import diagnose
from curlx.timeline import Fact, Timeline

SAID = ("tls-closed", "OpenSSL SSL_connect: SSL_ERROR_SYSCALL in connection to api.example.com:443")


def test_it_is_less_sure_where_the_build_does_not_show_a_request_for_a_certificate(
    tls_log: Callable[..., Timeline],
) -> None:
    (finding,) = diagnose(tls_log(SAID, shows_handshake=False, messages=()))
    assert finding.certainty == "likely"
    assert any("client certificate" in cause for cause in finding.causes[1:])


def test_a_handshake_that_was_complete_is_not_said_to_have_failed(tls_log: Callable[..., Timeline]) -> None:
    (finding,) = diagnose(tls_log(SAID, shows_handshake=False, messages=(), completed=Fact(True, 10)))
    assert "right after the TLS handshake" in finding.title
    assert "during" not in finding.summary


def test_schannel_does_not_tell_a_close_from_a_reset(tls_log: Callable[..., Timeline]) -> None:
    said = ("tls-closed", "schannel: failed to receive handshake, SSL/TLS connection failed")
    (finding,) = diagnose(tls_log(said, shows_handshake=False, messages=()))
    assert "closed or reset" in finding.title
    assert "closed or reset" in finding.summary


def test_what_this_system_could_not_receive_need_not_be_the_other_sides_doing(
    tls_log: Callable[..., Timeline],
) -> None:
    (finding,) = diagnose(tls_log(("receive-failed", "Recv failure: Bad file descriptor")))
    assert finding.certainty == "likely"


@pytest.mark.parametrize("end", [
    "* schannel: failed to receive handshake, SSL/TLS connection failed",
    "* OpenSSL SSL_connect: Connection reset by peer in connection to shop.example:443",
])  # fmt: skip
def test_a_proxy_that_opened_the_tunnel_may_have_cut_it(end: str) -> None:
    log = f"""*   Trying 192.0.2.1:3128...
* Connected to gate.example (192.0.2.1) port 3128
* Establish HTTP proxy tunnel to shop.example:443
> CONNECT shop.example:443 HTTP/1.1
> Host: shop.example:443
>
< HTTP/1.1 200 Connection established
<
* CONNECT tunnel established, response 200
{end}
* closing connection #0
"""
    finding = curlx.explain(log).findings[0]
    assert finding.code in ("tls-closed", "tls-reset")
    assert finding.causes[0].startswith("The proxy")
    assert "gateway" in [remedy.who for remedy in finding.remedies]
    assert any("--noproxy shop.example" in command for remedy in finding.remedies for command in remedy.commands)


WORDS = "LibreSSL SSL_connect: SSL_ERROR_SYSCALL in connection to"
WITHOUT_ANSWER = f"""```
curl: (35) {WORDS} shop.example:443
```

$ curl -v https://shop.example/
...
* Connected to shop.example (192.0.2.1) port 443 (#0)
* (304) (OUT), TLS handshake, Client hello (1):
* {WORDS} shop.example:443
* Closing connection 0
curl: (35) {WORDS} shop.example:443
"""


@pytest.mark.parametrize(("log", "may_be"), [
    (WITHOUT_ANSWER, False),
    (WITHOUT_ANSWER.replace("```\ncurl: (35)", "```\n", 1), False),
    (WITHOUT_ANSWER.replace("...\n", ""), False),
    (WITHOUT_ANSWER.replace("shop.example:443", "news.example:443", 1), True),
    (WITHOUT_ANSWER.replace("...\n", "").replace(" (1):\n", " (1):\n...\n"), True),
])  # fmt: skip
def test_who_has_not_answered_at_all_cannot_have_missed_a_certificate(log: str, may_be: bool) -> None:
    findings = (each for each in curlx.explain(log).findings if each.code == "tls-closed")
    finding = min(findings, key=lambda each: each.transfer)  # of the last word alone
    assert any("client certificate" in cause for cause in finding.causes) == may_be
    assert finding.certainty == "likely"
    assert "does not speak TLS" in finding.causes[-1]  # on the port of https


def test_an_option_that_leaves_old_versions_alone_is_the_first_cause() -> None:
    log = """$ curl -v --sslv3 https://shop.example/
* Connected to shop.example (192.0.2.1) port 443 (#0)
* SSLv3, TLS handshake, Client hello (1):
* Unknown SSL protocol error in connection to shop.example:443
curl: (35) Unknown SSL protocol error in connection to shop.example:443
"""
    finding = curlx.explain(log).findings[0]
    assert finding.code == "tls-closed"
    assert "`--sslv3`" in finding.causes[0]
