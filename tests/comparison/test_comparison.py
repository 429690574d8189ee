"""Pairs of logs: what is said to differ, how telling it is, and what is left out."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import pytest

import curlx
from curlx.comparison import Comparison, compare, comparison_schema
from curlx.comparison.weighing import rank

FIXTURES = Path(__file__).parents[2] / "fixtures"
PAIRS = sorted(path.name for path in (FIXTURES / "diff").iterdir())
LOGS = sorted((FIXTURES / "logs").glob("*.log"))[::25]

# The most telling difference of each pair: topic, how telling, what GOOD says, what BAD says.
FIRST = {
    "another-host": ("client-certificate-sent", "possible", "yes", "no"),
    "another-port": ("port", "likely", "443", "8081"),
    "client-certificate-late": ("client-certificate-sent", "certain", "yes", "no"),
    "client-certificate-missing": ("client-certificate-sent", "certain", "yes", "no"),
    "client-certificate-unseen": ("status", "result", "200", "400"),
    "client-certificate-untrusted": ("reached", "result", "the end", "the request"),
    "client-key-mismatch": ("reached", "result", "the end", "the TLS handshake"),
    "credentials-missing": ("request-header", "certain", "Basic ‹authorization 1›", "none"),
    "credentials-wrong": ("request-header", "likely", "Basic ‹authorization 1›", "Basic ‹authorization 2›"),
    "curl-version-only": ("curl-version", "unclear", "8.14.1", "8.5.0"),
    "http-to-a-port-of-tls": ("scheme", "certain", "https", "http"),
    "https-to-a-plain-port": ("scheme", "likely", "http", "https"),
    "intercepted": ("proxy", "possible", "none", "tunnel through proxy.corp.example:3130"),
    "method-only": ("alpn", "unclear", "http/1.1", "h2"),
    "noise-only": None,
    "noise-only-failing": None,
    "proxy-closed": ("proxy", "certain", "none", "tunnel through oldproxy.corp.example:8082"),
    "proxy-login": ("proxy-credentials", "certain", "Basic ‹proxy-authorization 1›", "none"),
    "redirect-loop": ("target", "likely", "/elsewhere", "/loop"),
    "second-transfer-fails": ("alpn", "unclear", "http/1.1", "h2"),
    "socks-login": ("reached", "result", "the end", "the connection"),
    "tls-version": ("command", "likely", "none", "given"),
    "unverified": ("insecure", "certain", "yes", "no"),
}


def pair(name: str, *, swapped: bool = False) -> Comparison:
    logs = [(FIXTURES / "diff" / name / f"{side}.log").read_bytes() for side in ("good", "bad")]
    good, bad = reversed(logs) if swapped else logs
    return curlx.compare(good, bad, sources=("good.log", "bad.log"))


@pytest.mark.parametrize("name", PAIRS)
def test_the_most_telling_difference_comes_first(name: str) -> None:
    comparison = pair(name)
    first = comparison.differences[0] if comparison.differences else None
    assert (first and (first.topic, first.telling, first.good.value, first.bad.value)) == FIRST[name]
    assert all(rank(one.telling) <= rank(other.telling) for one, other in pairwise(comparison.differences))


@pytest.mark.parametrize("name", PAIRS)
def test_every_line_that_is_named_is_in_its_log(name: str) -> None:
    comparison = pair(name)
    for one in comparison.differences:
        for shown, log in ((one.good, comparison.good), (one.bad, comparison.bad)):
            assert shown.line is None or 1 <= shown.line <= log.lines


@pytest.mark.parametrize("name", ["noise-only", "noise-only-failing", "curl-version-only", "method-only"])
def test_noise_and_what_explains_nothing_do_not_tell(name: str) -> None:
    assert not pair(name).tells


@pytest.mark.parametrize("path", LOGS, ids=lambda path: path.stem)
def test_a_log_does_not_differ_from_itself(path: Path) -> None:
    log = path.read_bytes()
    comparison = curlx.compare(log, log)
    assert comparison.differences == ()
    assert all(row.relation == "same" and not row.parting for one in comparison.pairs for row in one.rows)
    assert not comparison.tells


def test_what_a_build_does_not_print_is_unknown_and_no_difference() -> None:
    comparison = pair("client-certificate-unseen")
    topics = {one.topic for one in comparison.differences}
    assert not topics & {"client-certificate-sent", "client-certificate-requested"}
    sent = next(one for one in comparison.incomparable if one.topic == "client-certificate-sent")
    assert (sent.silent, sent.known.value, sent.matters) == ("good", "no", True)
    assert "prints no handshake messages" in sent.why


def test_which_certificate_was_sent_is_open_where_one_was_refused() -> None:
    (which,) = [one for one in pair("client-certificate-untrusted").incomparable if one.matters]
    assert (which.topic, which.silent) == ("client-certificate-configured", "both")


def test_a_call_over_plain_http_has_no_handshake() -> None:
    comparison = pair("http-to-a-port-of-tls")
    assert ("tls", "completed", "none") in [
        (one.topic, one.good.value, one.bad.value) for one in comparison.differences
    ]
    assert not [one for one in comparison.incomparable if one.topic == "tls"]


def test_what_bad_did_not_get_to_is_not_compared_one_by_one() -> None:
    (handshake,) = pair("proxy-closed").incomparable
    assert (handshake.topic, handshake.silent, handshake.known.value) == ("tls", "bad", "completed")


def test_logs_the_wrong_way_round_are_said_to_be_so_first() -> None:
    comparison = pair("client-certificate-missing", swapped=True)
    assert "wrong way round" in comparison.remarks[0]
    assert not {one.telling for one in comparison.differences} & {"certain", "likely", "possible"}


def test_other_hosts_make_every_explanation_doubtful() -> None:
    comparison = pair("another-host")
    assert "different hosts: legacy.bank.example in GOOD, api.bank.example in BAD" in comparison.remarks[0]
    assert not {one.telling for one in comparison.differences} & {"certain", "likely"}


def test_the_same_failure_on_both_sides_is_explained_by_nothing() -> None:
    failing = (FIXTURES / "diff" / "client-certificate-missing" / "bad.log").read_bytes()
    other = (FIXTURES / "diff" / "client-certificate-unseen" / "bad.log").read_bytes()
    comparison = curlx.compare(failing, other)
    assert "fail in the same way (client-certificate-missing)" in comparison.remarks[0]
    assert comparison.differences
    assert {one.telling for one in comparison.differences} <= {"result", "unclear"}


def test_a_call_that_only_bad_makes_is_said_to_have_no_counterpart() -> None:
    comparison = pair("second-transfer-fails")
    assert any("no counterpart of the call that fails in BAD (transfer 2)" in remark for remark in comparison.remarks)
    assert [(one.good, one.bad) for one in comparison.pairs] == [(0, 0), (None, 1)]
    assert comparison.tells


def test_where_a_redirect_led_is_told_once_by_the_answer_that_sent_it_there() -> None:
    comparison = pair("redirect-loop")
    assert [one.title for one in comparison.differences if one.topic in ("target", "host")] == [
        "What was asked for (request 1)"
    ]
    assert "Answer header Location (request 1)" in [one.title for one in comparison.differences]


def test_the_paths_part_at_the_first_step_that_went_worse() -> None:
    (one,) = pair("client-certificate-missing").pairs
    (parting,) = [row for row in one.rows if row.parting]
    assert parting.good is not None
    assert parting.bad is not None
    assert (parting.good.kind, parting.good.status, parting.bad.status) == ("client-certificate", "ok", "problem")


def call(*headers: str, status: str = "200 OK", address: str = "203.0.113.10") -> str:
    sent = "".join(f"> {header}\r\n" for header in headers)
    return (
        f"* Connected to a.example ({address}) port 80 (#0)\n> GET /x HTTP/1.1\r\n> Host: a.example\r\n{sent}> \r\n"
        f"< HTTP/1.1 {status}\r\n< Date: Mon, 23 Nov 2026 09:03:19 GMT\r\n< Content-Length: 0\r\n< \r\n"
        "* Connection #0 to host a.example left intact\n"
    )


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (["X-Request-Id: 1"], ["X-Request-Id: 2"]),
        (["traceparent: 00-a-b-01"], ["traceparent: 00-c-d-01"]),
        (["Cookie: sid=one"], ["Cookie: sid=two"]),
        (["Content-Length: 1"], ["Content-Length: 22"]),
        (["Content-Type: multipart/form-data; boundary=a1"], ["Content-Type: multipart/form-data; boundary=b2"]),
        (['Authorization: Digest username="a", nonce="1"'], ['Authorization: Digest username="a", nonce="2"']),
        (["User-Agent: curl/8.5.0"], ["User-Agent: curl/8.7.1"]),
    ],
)
def test_what_differs_in_any_two_calls_is_left_out(one: list[str], other: list[str]) -> None:
    found = curlx.compare(call(*one), call(*other)).differences
    assert not [difference for difference in found if difference.topic == "request-header"]


@pytest.mark.parametrize(
    ("one", "other", "telling"),
    [
        (["Authorization: Bearer aaaaaaaaaaaaaaaaaaaa"], ["Authorization: Bearer bbbbbbbbbbbbbbbbbbbb"], "likely"),
        (["Authorization: Bearer aaaaaaaaaaaaaaaaaaaa"], [], "certain"),
        (["X-Api-Key: one-key-1234"], ["X-Api-Key: two-key-1234"], "likely"),
        (["Cookie: sid=one"], ["Accept: */*"], "likely"),
        (["Accept: a/b"], ["Accept: c/d"], "possible"),
    ],
)
def test_a_request_header_that_differs_is_weighed_by_what_the_server_refused(
    one: list[str], other: list[str], telling: str
) -> None:
    comparison = curlx.compare(call(*one), call(*other, status="401 Unauthorized"))
    assert comparison.bad.code == "http-unauthorized"
    found = [difference.telling for difference in comparison.differences if difference.topic == "request-header"]
    assert found[0] == telling


def test_equal_secrets_are_no_difference_and_different_ones_are_not_shown() -> None:
    bearer = "Authorization: Bearer aaaaaaaaaaaaaaaaaaaa"
    same = curlx.compare(call(bearer), call(bearer, status="401 Unauthorized"))
    assert not [one for one in same.differences if one.topic == "request-header"]
    other = curlx.compare(call(bearer), call("Authorization: Bearer bbbbbbbbbbbbbbbbbbbb", status="401 Unauthorized"))
    (found,) = [one for one in other.differences if one.topic == "request-header"]
    assert (found.good.value, found.bad.value) == ("Bearer ‹authorization 1›", "Bearer ‹authorization 2›")
    shown = curlx.compare(call(bearer), call(bearer.replace("a" * 20, "b" * 20)), show_secrets=True)
    assert [one.bad.value for one in shown.differences] == [f"Bearer {'b' * 20}"]


@pytest.mark.parametrize("number", [1, 2])
def test_secrets_of_two_numberings_cannot_be_compared(number: int) -> None:
    good, bad = call("Authorization: Bearer ‹authorization 1›"), call(f"Authorization: Bearer ‹authorization {number}›")
    comparison = curlx.compare(good, bad)
    assert not comparison.differences
    (hidden,) = comparison.incomparable
    assert (hidden.topic, hidden.silent, hidden.why) == ("request-header", "both", "the value is hidden in both")


def test_reports_made_one_by_one_are_of_two_numberings() -> None:
    tokens = ("aaaaaaaaaaaaaaaaaaaa", "bbbbbbbbbbbbbbbbbbbb")
    good, bad = (curlx.explain(call(f"Authorization: Bearer {token}")) for token in tokens)
    comparison = compare(good, bad)
    assert not comparison.differences
    assert [one.topic for one in comparison.incomparable] == ["request-header"]


def test_many_transfers_are_compared_up_to_a_limit_that_is_said() -> None:
    log = "".join(f"$ curl -v http://host{number}.example/x\n{call()}" for number in range(60))
    comparison = curlx.compare(log, log)
    assert (len(comparison.pairs), comparison.pairs_left_out) == (50, 10)


def test_a_log_without_curl_compares_to_nothing() -> None:
    comparison = curlx.compare(call(), "Dear all,\n")
    assert comparison.bad.outcome == "not-curl"
    assert not comparison.differences
    assert any("holds no output of curl" in remark for remark in comparison.remarks)


def test_the_schema_names_the_format() -> None:
    assert "format" in comparison_schema()["$defs"]["Comparison"]["properties"]


def test_what_comes_behind_an_unanswered_clienthello_is_not_why() -> None:
    good = (FIXTURES / "diff" / "client-certificate-missing" / "good.log").read_bytes()
    bad = (FIXTURES / "wrapped" / "the-client-offers-tls-1.1-to-an-internal-error.log").read_bytes()
    compared = curlx.compare(good, bad)
    assert ("tls-offered", "possible") in [(one.topic, one.telling) for one in compared.differences]
    assert not [one for one in compared.differences if one.topic.startswith("client-certificate")]
    assert not [one for one in compared.incomparable if one.topic.startswith("client-certificate") and one.matters]


def test_the_host_explains_a_name_that_does_not_match() -> None:
    bad = min((FIXTURES / "diagnoses" / "server-certificate-name-mismatch").glob("fires-*.log")).read_bytes()
    good = call(status="200 OK").encode()
    (host,) = [one for one in curlx.compare(good, bad).differences if one.topic == "host"]
    assert host.telling == "possible"
