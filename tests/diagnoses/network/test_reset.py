from __future__ import annotations

import pytest
from msgspec.structs import replace

import curlx
from curlx.diagnoses.network.reset import diagnose
from curlx.timeline import Complaint, Exit, Fact


def test_what_worked_before_is_ruled_out(log):
    (finding,) = diagnose(log(("reset", "request", "Recv failure"), connected=True, tls=True, requested=True))
    assert finding.certainty == "certain"
    assert [proof.line for proof in finding.evidence] == [40, 10, 15, 20]


def test_a_withheld_client_certificate_is_the_first_suspect(log):
    (finding,) = diagnose(log(("reset", "request", ""), tls=True, withheld=True, requested=True))
    assert "client certificate" in finding.causes[0]


def test_a_failure_to_receive_is_only_likely_a_reset(log):
    (finding,) = diagnose(log(("receive-failed", "request", ""), requested=True))
    assert finding.certainty == "likely"


@pytest.mark.parametrize("phase", ["tls", "proxy"])
def test_resets_of_other_steps_belong_to_others(log, phase):
    assert not list(diagnose(log(("reset", phase, ""))))


def test_a_reset_before_a_retry_that_was_answered_is_no_problem(log):
    assert not list(diagnose(log(Complaint("reset", "", 5, "request"), connected=True, status=200)))


def test_a_reason_in_so_many_words_leaves_nothing_to_guess(log):
    told = log(("tls-alert", "request", ""), ("receive-failed", "request", ""), tls=True, requested=True)
    assert not list(diagnose(told))


def test_a_reset_that_the_exit_code_puts_into_the_handshake_belongs_to_tls(log):
    assert not list(diagnose(log(("reset", "start", ""), host=None, exit=Exit(35, "", 41))))
    assert list(diagnose(log(("reset", "start", ""), host=None, exit=Exit(56, "", 41))))


def test_a_silent_end_while_reading_is_likely_the_same(log):
    (finding,) = diagnose(log(("tls-closed", "start", "errno 0"), host=None, exit=Exit(56, "", 41)))
    assert finding.certainty == "likely"
    assert not list(diagnose(log(("tls-closed", "start", "errno 0"), host=None, exit=Exit(35, "", 41))))


def test_http1_is_no_advice_to_who_spoke_it(log):
    (spoken,) = diagnose(log(("reset", "request", ""), requested=True))
    (unknown,) = diagnose(log(("reset", "request", "")))
    assert "--http1.1" not in spoken.remedies[0].commands[0]
    assert "--http1.1" in unknown.remedies[0].commands[0]


def test_who_was_answering_did_not_refuse_and_was_reached(log):
    (finding,) = diagnose(log(("reset", "response", ""), status=200))
    told = " ".join((*finding.causes, *finding.remedies[1].steps))
    assert not any(untrue in told for untrue in ("another protocol", "refuses this request", "never reached it"))


def test_a_server_that_accepted_the_protocol_within_tls_is_not_said_to_speak_another(log):
    timeline = log(("reset", "request", "Recv failure"), connected=True, tls=True, requested=True)
    (finding,) = diagnose(timeline)
    assert any("another protocol" in cause for cause in finding.causes)
    (transfer,) = timeline.transfers
    (connection,) = transfer.connections
    tls = replace(connection.tls, alpn=Fact("h2", 14))
    agreed = replace(transfer, connections=(replace(connection, tls=tls),))
    (finding,) = diagnose(replace(timeline, transfers=(agreed,)))
    assert not any("another protocol" in cause for cause in finding.causes)


def test_what_speaks_no_http_is_not_asked_for_another_version_of_it(log):
    (reset,) = diagnose(log(("receive-failed", "response", "response reading failed (errno: 115)")))
    (http,) = diagnose(log(("receive-failed", "response", "Recv failure")))
    assert (reset.remedies[0].title, http.remedies[0].title) == ("Try again", "Try again, and once more over HTTP/1.1")


def test_the_meter_alone_shows_that_an_answer_was_coming_in() -> None:
    said = "curl: (56) Recv failure: Connection reset by peer\n"
    for row, words in (
        (
            " 38  723M   38  280M    0     0   291k      0  0:42:22  0:16:25  0:25:57     0\n",
            "while the answer was coming in",
        ),
        (
            "  0     0    0     0    0     0      0      0 --:--:--  0:00:05 --:--:--     0\n",
            "before an answer was complete",
        ),
    ):
        (finding, *_) = curlx.explain(f"$ curl -O https://files.example/a\n{row}{said}".encode()).findings
        assert (finding.code, words in finding.summary) == ("network-reset", True)
        assert any("another protocol" in cause for cause in finding.causes) == ("before" in words)
