from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import msgspec
import pytest

import curlx
from curlx.diagnoses.server_certificate.name_mismatch import diagnose
from curlx.timeline import Certificate, Fact, Timeline

FIXTURES = Path(__file__).parents[3] / "fixtures"
SAID = ("certificate-name-mismatch", "no alternative certificate subject name matches target host name '203.0.113.14'")


def test_the_name_in_the_certificate_is_told(tls_log: Callable[..., Timeline], shop_certificate: Certificate) -> None:
    (finding,) = diagnose(tls_log(SAID, url="https://203.0.113.14/ok", certificate=shop_certificate))
    assert "Its common name is shop.example, which does not count beside its alternative names." in finding.summary
    assert "It is for" not in finding.summary
    assert finding.remedies[1].commands == (
        "curl -v --connect-to shop.example:443:203.0.113.14:443 https://shop.example/ok",
    )


def test_without_names_in_the_log_none_is_invented(tls_log: Callable[..., Timeline]) -> None:
    (finding,) = diagnose(tls_log(SAID))
    assert "The log does not show which names it holds" in finding.summary
    assert all("--connect-to" not in command for remedy in finding.remedies for command in remedy.commands)


@pytest.mark.parametrize(
    ("common", "asked"), [("localhost", "localhost"), ("*.shop.example", "NAME"), ("Some CA", "NAME")]
)
def test_a_server_that_was_asked_by_its_address_can_be_asked_by_a_name(
    tls_log: Callable[..., Timeline], shop_certificate: Certificate, common: str, asked: str
) -> None:
    named = msgspec.structs.replace(shop_certificate, subject=Fact(f"CN={common}", 10))
    (finding,) = diagnose(tls_log(SAID, url="https://203.0.113.14/ok", certificate=named))
    use = finding.remedies[1]
    assert use.commands == (f"curl -v --connect-to {asked}:443:203.0.113.14:443 https://{asked}/ok",)
    assert ("`NAME` stands for" in use.steps[0]) == (asked == "NAME")


def test_a_hostile_name_is_quoted(tls_log: Callable[..., Timeline], shop_certificate: Certificate) -> None:
    evil = msgspec.structs.replace(shop_certificate, subject=Fact("CN=a.example$(reboot)", 10))
    (finding,) = diagnose(tls_log(SAID, certificate=evil))
    assert "'https://a.example$(reboot)/v1/items'" in finding.remedies[1].commands[0]


def test_an_alert_about_the_client_that_came_too_late_does_not_hide_it() -> None:
    """Under TLS 1.3 the server can still complain of the client when curl has given up over the server's name."""
    log = (FIXTURES / "diagnoses/server-certificate-name-mismatch/fires-before-a-late-alert.log").read_bytes()
    findings = curlx.explain(log).findings
    assert [finding.code for finding in findings] == ["server-certificate-name-mismatch", "client-certificate-missing"]


def test_a_name_that_only_the_sentence_has_is_told(tls_log: Callable[..., Timeline]) -> None:
    for said in ("(shop.example)", "'shop.example'"):
        words = f"SSL: certificate subject name {said} does not match target hostname '203.0.113.14'"
        (finding,) = diagnose(tls_log(("certificate-name-mismatch", words), url="https://203.0.113.14/ok"))
        assert "Its common name is shop.example. The log does not show whether it holds alternative" in finding.summary


def test_an_option_that_leads_the_name_elsewhere_is_the_first_cause() -> None:
    log = """* SSL: no alternative certificate subject name matches target host name 'api.example.com'
* closing connection #0
"""
    told = [curlx.explain(f"$ curl -v {option} https://api.example.com/\n{log}").findings[0].causes
            for option in ("--connect-to api.example.com:443:www.example.org:443", "--connect-to b.example::c.example:",
                           "--resolve api.example.com:443:192.0.2.7", "--http1.1",
                           "--resolve api.example.com:8443:192.0.2.7")]  # fmt: skip
    assert ["The command leads this name" in causes[0] for causes in told] == [True, False, True, False, False]
    assert [any("DNS" in cause for cause in causes) for causes in told] == [False, True, False, True, True]


def test_where_only_the_sentence_names_the_host_the_commands_have_it() -> None:
    words = b"curl: (51) SSL: certificate subject name 'shop.example' does not match target host name '203.0.113.14'\n"
    (finding,) = curlx.explain(words).findings
    assert finding.remedies[1].commands == (
        "curl -v --connect-to shop.example:443:203.0.113.14:443 https://shop.example/",
    )


_WRONG = "SNI or certificate check failed: SEC_E_WRONG_PRINCIPAL (0x80090322) - The target principal name is incorrect."
_TRYING = (
    f"*   Trying 192.0.2.105:443...\n* schannel: {_WRONG}\n* closing connection #0\ncurl: (60) schannel: {_WRONG}\n"
)


@pytest.mark.parametrize(("before", "asked", "certainty"), [
    ("", "", "likely"),
    ("$ curl -v https://192.0.2.105/\n", "192.0.2.105", "certain"),
    ("* Host shop.example:443 was resolved.\n* IPv4: 192.0.2.105\n", "shop.example", "certain"),
])  # fmt: skip
def test_an_address_that_was_tried_is_not_always_what_was_asked_for(before: str, asked: str, certainty: str) -> None:
    found = curlx.explain(before + _TRYING).findings[0]
    assert (found.code, found.certainty) == ("server-certificate-name-mismatch", certainty)
    assert found.summary.startswith(f"curl asked for {asked}," if asked else "The log does not show which name")
    server = next(each.title for each in found.remedies if each.who == "server")
    assert ("192.0.2.105" in server) == (asked == "192.0.2.105")
    assert ("-servername HOST" in found.remedies[0].commands[0]) == (not asked)


@pytest.mark.parametrize("matched", [True, False])
def test_a_certificate_in_which_curl_found_its_name_is_that_of_another_transfer(
    matched: bool, tls_log: Callable[..., Timeline], shop_certificate: Certificate
) -> None:
    shown = msgspec.structs.replace(shop_certificate, matched=Fact(matched, 12))
    (finding,) = diagnose(tls_log(SAID, url="https://news.example/", certificate=shown))
    told = (finding.summary, *(command for each in finding.remedies for command in each.commands))
    assert any("shop.example" in text for text in told) != matched


def test_an_address_that_somebody_hid_is_no_name() -> None:
    said = b"SSL: no alternative certificate subject name matches target ipv4 address '<MY-ADDRESS>'\n"
    finding = curlx.explain(b"* " + said + b"curl: (60) " + said).findings[0]
    assert finding.causes[0].startswith("The URL holds an IP address")
    assert "-servername" not in finding.remedies[0].commands[0]
