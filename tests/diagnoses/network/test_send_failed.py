from __future__ import annotations

from curlx.diagnoses.network.send_failed import diagnose
from curlx.timeline import Complaint


def test_a_request_that_could_not_be_sent_is_found(log):
    (finding,) = diagnose(log(("send-failed", "request", "Broken pipe"), connected=True, requested=True))
    assert finding.evidence[0].line == 40


def test_an_answer_in_spite_of_it_counts_more(log):
    assert not list(diagnose(log(Complaint("send-failed", "", 25, "request"), requested=True, status=413)))


def test_http1_is_no_advice_to_who_spoke_it(log):
    (spoken,) = diagnose(log(("send-failed", "request", ""), requested=True))
    (unknown,) = diagnose(log(("send-failed", "request", "")))
    assert "--http1.1" not in spoken.remedies[0].commands[0]
    assert "--http1.1" in unknown.remedies[0].commands[0]
