from __future__ import annotations

import pytest

from curlx.diagnoses.proxy.target_unreachable import diagnose


def test_squids_own_word_makes_it_certain(log):
    (finding,) = diagnose(log(status=503, got=(("X-Squid-Error", "ERR_CONNECT_FAIL 111"),)))
    assert finding.certainty == "certain"
    assert "the connection to the target failed" in finding.summary


def test_a_status_alone_makes_it_likely(log):
    (finding,) = diagnose(log(status=502))
    assert finding.certainty == "likely"


@pytest.mark.parametrize("status", [403, 407, 501])
def test_other_answers_are_not_its_business(log, status):
    assert not list(diagnose(log(status=status)))
