"""A body that imitates curl changes nothing, in whatever way curl prints it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

import curlx

from .bodies import ANSWER, BODIES, CLOSED, LEFT, MODES, MOVED, OPENING, REQUEST, print_body


@pytest.mark.parametrize("mode", MODES)
@pytest.mark.parametrize("ended", [True, False], ids=["with a last line end", "without"])
@pytest.mark.parametrize("name", BODIES)
def test_a_healthy_log_stays_healthy_in_every_mode(mode: str, ended: bool, name: str) -> None:
    body = BODIES[name] if ended else BODIES[name].rstrip(b"\r\n")
    if mode == "paste" and b"\r" in body:
        pytest.skip("a paste loses bytes of this body")
    report = curlx.explain(print_body(mode, body))
    assert [finding.code for finding in report.findings if finding.severity == "error"] == []
    assert report.summary.http_statuses == (200,)
    assert report.summary.client_certificate.requested != "yes"
    assert report.summary.transfers == 1


@pytest.mark.parametrize("name", BODIES)
@pytest.mark.parametrize("chunks", [1, 3, 8])
def test_a_body_in_many_chunks_that_imitates_curl_changes_nothing(name: str, chunks: int) -> None:
    body = BODIES[name]
    step = len(body) // chunks + 1
    framing = sum(len(b"%x\r\n\r\n" % len(body[start : start + step])) for start in range(0, len(body), step)) + 5
    head = ANSWER % b"< Transfer-Encoding: chunked\r\n"
    report = curlx.explain(OPENING + REQUEST + head + MOVED % (len(body) + framing) + LEFT + body)
    assert [finding.code for finding in report.findings if finding.severity == "error"] == []
    assert report.summary.http_statuses == (200,)


@pytest.mark.parametrize("name", BODIES)
def test_what_may_be_a_body_of_unknown_length_is_never_certain(name: str) -> None:
    """Over TLS older builds show no size; then a whole second run cannot be told from a body that shows one."""
    head = ANSWER % b"< Transfer-Encoding: chunked\r\n"
    report = curlx.explain(OPENING + REQUEST + head + LEFT + BODIES[name])
    assert {finding.certainty for finding in report.findings if finding.severity == "error"} <= {"likely", "possible"}


@pytest.mark.parametrize("name", BODIES)
def test_the_body_of_a_redirect_that_is_not_followed_may_imitate_one_that_is(name: str) -> None:
    body = (
        b"* Ignoring the response-body\n"
        + LEFT
        + b"* Issue another request to this URL: 'http://b.example/'\n"
        + BODIES[name]
    )
    head = b"< HTTP/1.1 302 Found\r\n< Location: /b\r\n< Content-Length: %d\r\n< \r\n" % len(body)
    report = curlx.explain(OPENING + REQUEST + head + MOVED % len(body) + LEFT + body)
    assert report.summary.http_statuses == (302,)
    assert {finding.code for finding in report.findings} <= {"http-redirect-not-followed", "log-secrets"}


@pytest.mark.parametrize("size", [5_000, 100_000, 1_000_000, 6_000_000])
@pytest.mark.parametrize("mode", ["terminal", "pipe, a long body", "unbuffered"])
def test_a_long_body_that_imitates_curl_changes_nothing(mode: str, size: int) -> None:
    fake = b"".join(BODIES.values())
    body = (fake * (size // len(fake) + 1))[: size - 1] + b"\n"
    report = curlx.explain(print_body(mode, body))
    assert [finding.code for finding in report.findings if finding.severity == "error"] == []
    assert report.summary.http_statuses == (200,)


def test_a_failure_behind_a_long_body_that_was_cut_off_is_told() -> None:
    head = OPENING + REQUEST + ANSWER % b"< Content-Length: 9000000\r\n"
    told_last = b"* transfer closed with 8000000 bytes remaining to read\n" + CLOSED
    report = curlx.explain(
        head
        + b"lorem ipsum\n" * 90_000
        + told_last
        + b"curl: (18) transfer closed with 8000000 bytes remaining to read\n"
    )
    assert [finding.code for finding in report.findings if finding.severity == "error"] == [
        "network-transfer-interrupted"
    ]


def pairs() -> Iterator[tuple[str, str]]:
    for mode in MODES:
        for name in BODIES:
            yield mode, name


def test_every_mode_prints_every_body_whole() -> None:
    assert all(BODIES[name] in print_body(mode, BODIES[name]) for mode, name in pairs() if mode != "paste")
