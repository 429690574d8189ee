from __future__ import annotations

from curlx.diagnoses.network.connecting import failed_connects
from curlx.timeline import Exit

KINDS = ("connect-refused", "connect-timeout", "connect-unreachable", "connect-failed", "unix-socket-failed")


def test_an_address_that_failed_beside_one_that_answered_is_no_problem(log):
    told = log(attempts=(("2001:db8::1", "connect-refused"), ("192.0.2.1", None)), connected=True, status=200)
    assert not list(failed_connects(told, *KINDS))


def test_the_reason_of_the_addresses_speaks_where_curls_last_word_gives_none(log):
    told = log(("connect-failed", "connect", "Could not connect"), attempts=(("192.0.2.1", "connect-refused"),))
    (failed,) = failed_connects(told, *KINDS)
    assert (failed.kind, failed.certainty) == ("connect-refused", "certain")
    assert [proof.line for proof in failed.evidence] == [5, 40, 2]


def test_a_refusal_outweighs_an_ipv6_that_this_machine_never_had(log):
    attempts = (("2001:db8::1", "connect-unreachable"), ("192.0.2.1", "connect-refused"))
    (failed,) = failed_connects(log(("connect-unreachable", "connect", "x"), attempts=attempts), *KINDS)
    assert failed.kind == "connect-refused"
    assert failed.evidence[0].shows.startswith("192.0.2.1 answered")


def test_without_a_last_word_all_attempts_must_have_failed(log):
    refused = ("192.0.2.1", "connect-refused")
    (failed,) = failed_connects(log(attempts=(refused,)), *KINDS)
    assert failed.certainty == "likely"
    assert not list(failed_connects(log(attempts=(refused, ("192.0.2.2", None))), *KINDS))


def test_a_timeout_of_the_handshake_is_not_one_of_connecting(log):
    assert not list(failed_connects(log(("timeout", "tls", "x"), connected=True), *KINDS))


def test_an_address_of_ones_own_that_cannot_be_used_is_no_refusal(log):
    told = log(("connect-failed", "connect", "bind failed"), exit=Exit(45, "bind failed", 90))
    assert not list(failed_connects(told, *KINDS))
