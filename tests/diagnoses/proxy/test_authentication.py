from __future__ import annotations

import pytest

import curlx
from curlx.diagnoses.proxy.authentication import diagnose


def test_a_single_scheme_gets_its_own_option(log):
    (finding,) = diagnose(log(status=407, got=(("Proxy-Authenticate", 'Basic realm="x"'),)))
    command = "curl -v --proxy-basic --proxy-user USER --proxy http://proxy.example.com:3128 https://api.example.com/"
    assert finding.remedies[0].commands == (command,)
    assert [proof.line for proof in finding.evidence] == [14, 15, 12, 6]


def test_schemes_that_need_a_special_build_are_named(log):
    (finding,) = diagnose(log(status=407, got=(("Proxy-Authenticate", "Negotiate"), ("Proxy-Authenticate", "NTLM"))))
    assert "Negotiate and NTLM" in finding.causes[1]
    assert "--proxy-anyauth" in finding.remedies[0].commands[0]


def test_credentials_that_were_sent_were_refused(log):
    (finding,) = diagnose(log(status=407, sent=(("Proxy-Authorization", "Basic (hidden)"),)))
    assert "had sent Basic credentials" in finding.summary


def test_a_407_to_a_forwarded_request_counts_too(log):
    (finding,) = diagnose(log(kind="forward", answered=407))
    assert finding.evidence[0].line == 55


def test_other_refusals_are_not_its_business(log):
    assert not list(diagnose(log(status=403)))


def test_a_challenge_with_a_message_in_it_means_that_a_login_had_begun(log):
    (finding,) = diagnose(log(status=407, got=(("Proxy-Authenticate", "NTLM TlRMTVNTUAACAAAA"),)))
    assert "A login with NTLM had begun" in finding.summary
    assert not any("was given no user" in cause for cause in finding.causes)
    (offered,) = diagnose(log(status=407, got=(("Proxy-Authenticate", "NTLM"),)))
    assert "had begun" not in offered.summary


def test_a_step_speaks_of_a_command_only_where_there_is_one() -> None:
    (finding,) = curlx.explain(
        b"< HTTP/1.1 407 Proxy Authentication Required\r\n< Proxy-Authenticate: NTLM\r\n< \r\n"
    ).findings
    assert finding.remedies[0].commands == ()
    assert "Replace" not in finding.remedies[0].steps[0]


def test_no_user_is_to_be_replaced_where_the_command_has_none(log):
    (finding,) = diagnose(log(status=407, got=(("Proxy-Authenticate", "Negotiate"),)))
    assert finding.remedies[0].commands[0].count(" --proxy-user : ") == 1
    assert "USER" not in finding.remedies[0].steps[0]


SAID = "curl: (56) CONNECT tunnel failed, response 407\n"


@pytest.mark.parametrize(("log", "cause"), [
    (SAID, "curl was given no user and password for the proxy, or wrong ones."),
    (f"$ curl -x proxy.example:3128 -U al:secret https://a.example/\n{SAID}", "The user or the password is wrong"),
    (f"$ curl -x http://al:secret@proxy.example:3128 https://a.example/\n{SAID}", "The user or the password is wrong"),
])  # fmt: skip
def test_only_a_request_that_is_shown_tells_that_no_user_was_given(log: str, cause: str) -> None:
    finding = curlx.explain(log).findings[0]
    assert finding.causes[0].startswith(cause)


def test_a_request_that_is_shown_without_a_login_had_none(log):
    (finding,) = diagnose(log(status=407, got=(("Proxy-Authenticate", "Basic"),)))
    assert "for the proxy. Those for the server" in finding.causes[0]


@pytest.mark.parametrize(("host", "address", "near"), [
    ("localhost", "127.0.0.1", True), ("api.example", "192.0.2.7", False),
])  # fmt: skip
def test_no_network_takes_in_what_stays_on_the_machine(host: str, address: str, near: bool) -> None:
    (finding, *_) = curlx.explain(
        f"*   Trying {address}:80...\n* Connected to {host} ({address}) port 80 (#0)\n> GET /a HTTP/1.1\n"
        f"> Host: {host}\n>\n< HTTP/1.1 407 Proxy Authentication Required\n< Content-Length: 0\n<\n"
        f"* Connection #0 to host {host} left intact\n"
    ).findings
    assert ("of this network" not in finding.summary) is near
    assert ("A gateway on the way" not in " ".join(finding.causes)) is near


@pytest.mark.parametrize(("offered", "told"), [(("Negotiate", "NTLM"), True), (("Negotiate", "Basic"), False)])
def test_a_ticket_does_for_a_password_where_the_proxy_takes_one(log, offered: tuple[str, ...], told: bool) -> None:
    (finding,) = diagnose(log(status=407, got=tuple(("Proxy-Authenticate", each) for each in offered)))
    assert ("wants a login" in finding.summary) is told
    assert ("--proxy-negotiate --proxy-user :" in finding.remedies[0].steps[0]) is told
    assert ("then `curl -V` lists SPNEGO and NTLM" in " ".join(finding.causes)) is told
