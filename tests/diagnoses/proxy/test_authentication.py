from __future__ import annotations

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
