from __future__ import annotations

from curlx.diagnoses.proxy.breaks_tls import diagnose


def test_a_handshake_cut_inside_a_tunnel_is_possible(log):
    (finding,) = diagnose(log(("tls-closed", "tls", ""), status=200, established=True, tls=True))
    assert finding.certainty == "possible"
    assert [proof.line for proof in finding.evidence] == [40, 14]


def test_plain_text_inside_a_tunnel_is_likely(log):
    (finding,) = diagnose(log(("tls-not-tls", "tls", ""), status=200, established=True, tls=True))
    assert finding.certainty == "likely"


def test_without_a_tunnel_the_proxy_is_not_suspected(log):
    assert not list(diagnose(log(("tls-closed", "tls", ""), known=False, tls=True)))
    assert not list(diagnose(log(("tls-closed", "tls", ""), tls=True)))
