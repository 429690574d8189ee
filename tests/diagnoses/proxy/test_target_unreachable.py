from __future__ import annotations

import pytest

import curlx
from curlx.diagnoses.proxy.target_unreachable import diagnose


@pytest.mark.parametrize(
    ("said", "reason"),
    [
        ("ERR_CONNECT_FAIL 111", "the target refused the connection"),
        ("ERR_CONNECT_FAIL 110", "the target did not answer the request for a connection"),
        ("ERR_CONNECT_FAIL 5", "the connection to the target failed"),
        ("ERR_DNS_FAIL 0", "the name of the target was not found"),
    ],
)
def test_squids_own_word_makes_it_certain(log, said, reason):
    (finding,) = diagnose(log(status=503, got=(("X-Squid-Error", said),)))
    assert finding.certainty == "certain"
    assert reason in finding.summary


@pytest.mark.parametrize(("said", "found"), [("ERR_CONNECT_FAIL 111", True), ("ERR_DNS_FAIL 0", False)])
def test_a_proxy_that_tried_to_connect_had_found_the_name(log, said, found):
    (finding,) = diagnose(log(status=503, got=(("X-Squid-Error", said),)))
    (step,) = [step for remedy in finding.remedies if remedy.who == "gateway" for step in remedy.steps]
    assert ("look the name up" not in step) is found


def test_a_status_alone_makes_it_likely(log):
    (finding,) = diagnose(log(status=502))
    assert finding.certainty == "likely"


@pytest.mark.parametrize("status", [403, 407, 501])
def test_other_answers_are_not_its_business(log, status):
    assert not list(diagnose(log(status=status)))


@pytest.mark.parametrize(
    ("log", "unnamed"),
    [
        (b"curl: (56) Received HTTP code 503 from proxy after CONNECT\n", True),
        (b"* Connected to 192.0.2.8 (192.0.2.8) port 3128 (#0)\n* Establish HTTP proxy tunnel to a.example:443\n"
         b"* Received HTTP code 503 from proxy after CONNECT\n", False),
    ],
)  # fmt: skip
def test_who_may_not_know_of_a_proxy_is_told_where_one_is_set(log, unnamed):
    (finding,) = [each for each in curlx.explain(log).findings if each.code == "proxy-target-unreachable"]
    assert any("env | grep -i proxy" in step for remedy in finding.remedies for step in remedy.steps) is unnamed
