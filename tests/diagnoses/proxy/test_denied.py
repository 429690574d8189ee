from __future__ import annotations

import pytest

import curlx
from curlx.diagnoses.proxy.denied import diagnose


@pytest.mark.parametrize(
    ("status", "certainty"), [(403, "certain"), (451, "certain"), (405, "likely"), (501, "likely")]
)
def test_a_refused_tunnel_is_found(log, status, certainty):
    (finding,) = diagnose(log(status=status))
    assert finding.certainty == certainty


@pytest.mark.parametrize("status", [200, 407, 502, 503])
def test_other_answers_are_not_its_business(log, status):
    assert not list(diagnose(log(status=status)))


@pytest.mark.parametrize(
    ("words", "certainty"),
    [
        ("Proxy Error ( Access is denied. )", "certain"),
        ("access-denied", "certain"),
        ("Forbidden by policy", "certain"),
        ("connect: permission denied", "likely"),
        ("Host api.example blocked the connection", "likely"),
        ("Bad Gateway (not blocked)", "likely"),
    ],
)
def test_the_words_behind_a_status_tell_the_proxys_own_no_from_anothers(log, words, certainty):
    (finding,) = diagnose(log(status=502, reason=words))
    assert finding.certainty == certainty
    assert any("The target, or" in cause for cause in finding.causes) == (certainty == "likely")


def test_a_forbidden_page_of_the_server_is_not_the_proxys(log):
    assert not list(diagnose(log(status=200, answered=403)))


def test_proxy_and_target_that_only_the_command_names_are_named():
    log = """$ curl -x {}proxy.example:3128 https://shop.example/a
curl: (56) Received HTTP code 403 from proxy after CONNECT
"""
    for scheme in ("", "http://"):
        finding = curlx.explain(log.format(scheme)).findings[0]
        assert finding.summary.startswith("The proxy proxy.example:3128 refused to open a tunnel to shop.example:443 ")
    finding = curlx.explain("curl: (56) Received HTTP code 403 from proxy after CONNECT\n").findings[0]
    assert finding.summary.startswith("The proxy refused to open a tunnel to the target ")
