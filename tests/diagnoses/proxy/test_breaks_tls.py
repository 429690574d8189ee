from __future__ import annotations

from pathlib import Path

import pytest

import curlx
from curlx.diagnoses.proxy.breaks_tls import diagnose

FIXTURES = Path(__file__).parents[3] / "fixtures" / "diagnoses"


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


@pytest.mark.parametrize("code", ["tls-closed", "tls-reset"])
def test_who_cut_the_handshake_in_a_tunnel_is_only_possible_and_stands_behind_that_it_was_cut(code):
    report = curlx.explain((FIXTURES / code / "fires-inside-a-tunnel.log").read_bytes())
    first, second = (finding for finding in report.findings if finding.severity == "error")
    assert (first.code, first.certainty) == (code, "certain")
    assert (second.code, second.certainty) == ("proxy-breaks-tls", "possible")


def test_an_answer_in_plain_text_leads_with_the_proxy():
    report = curlx.explain((FIXTURES / "proxy-breaks-tls" / "fires-plain-text.log").read_bytes())
    assert report.findings[0].code == "proxy-breaks-tls"
