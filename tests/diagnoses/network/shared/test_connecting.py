from __future__ import annotations

from curlx.diagnoses.network.shared.connecting import failed_connects
from curlx.timeline import Complaint, Exit

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


def test_connected_to_the_proxy_is_not_a_failure_to_connect(log):
    told = log(("connect-timeout", "proxy", "Connection timed out after 2001 milliseconds"), connected=True)
    assert not list(failed_connects(told, "connect-timeout"))


def test_a_quic_that_failed_beside_a_refused_tcp_is_a_refusal(log):
    attempts = (("192.0.2.1", "quic"), ("192.0.2.1", "connect-refused"))
    (failed,) = failed_connects(log(("connect-failed", "connect", ""), attempts=attempts), "connect-refused", "quic")
    assert failed.kind == "connect-refused"


def test_the_port_stands_in_curls_last_word_too(log):
    words = "Failed to connect to api.example.com port 8443 after 2 ms: Could not connect to server"
    said = Complaint("connect-failed", words, 40, "connect", 2, "api.example.com", port=8443)
    (failed,) = failed_connects(log(said, host=None), "connect-failed")
    assert failed.trouble.port == 8443
