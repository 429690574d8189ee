from __future__ import annotations

import pytest

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


def test_a_status_alone_makes_it_likely(log):
    (finding,) = diagnose(log(status=502))
    assert finding.certainty == "likely"


@pytest.mark.parametrize("status", [403, 407, 501])
def test_other_answers_are_not_its_business(log, status):
    assert not list(diagnose(log(status=status)))
