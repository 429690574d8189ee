from __future__ import annotations

from curlx.diagnoses.proxy.certificate import diagnose


def test_the_proxys_own_certificate_is_told_from_the_servers(log):
    (finding,) = diagnose(log(("certificate-untrusted", "tls", ""), secure=True, proxy_verdict="rejected"))
    assert [proof.line for proof in finding.evidence] == [40, 8, 9]
    assert "--proxy-cacert proxy-ca.pem" in finding.remedies[0].commands[0]


def test_behind_an_open_tunnel_it_is_the_servers(log):
    told = log(("certificate-untrusted", "tls", ""), secure=True, proxy_verdict="accepted", established=True, tls=True)
    assert not list(diagnose(told))


def test_an_expired_one_is_not_cured_by_another_ca(log):
    (finding,) = diagnose(log(("certificate-expired", "tls", ""), proxy_verdict="rejected"))
    assert not any(remedy.commands for remedy in finding.remedies)
