"""The case that curlx began with: nginx answers `400 No required SSL certificate was sent`."""

from __future__ import annotations

from pathlib import Path

import pytest

import curlx

LOG = (Path(__file__).parent.parent / "fixtures" / "founding.log").read_bytes()
ARTICLE = (
    b"Diagnostic Example:\nBelow is an example of the error as it appears in a verbose curl log.\n"
    b"Note: Do not confuse the \"Server Certificate\" section with the error.\n" + LOG +
    b"mTLS: Mutual TLS authentication is a two-way security process.\n"
)  # fmt: skip


@pytest.mark.parametrize(
    "log",
    [LOG, LOG.replace(b"\n", b"\r\n"), b"".join(b"    " + line + b"\n" for line in LOG.splitlines()), ARTICLE],
    ids=["as saved", "CRLF", "indented", "in its article"],
)
def test_the_client_certificate_is_what_is_missing_and_the_page_says_so(log: bytes) -> None:
    verdict = curlx.explain(log).findings[0]
    assert (verdict.code, verdict.certainty) == ("client-certificate-missing", "certain")
    assert b"No required SSL certificate was sent" in log.splitlines()[verdict.evidence[0].line - 1]


def test_cut_after_the_status_line_the_verdict_is_the_same_but_only_possible() -> None:
    report = curlx.explain(LOG[: LOG.index(b"< Content-Type")])
    assert (report.findings[0].code, report.findings[0].certainty) == ("client-certificate-missing", "possible")
    assert "the page that would say why is cut off" in report.findings[0].summary
    assert "http-bad-request" in [finding.code for finding in report.findings]


@pytest.mark.parametrize(
    ("old", "new"),
    [(b"GET ", b"POST "), (b"/health HTTP", b"/health?id= HTTP"), (b"400 Bad Request", b"422 Unprocessable Entity")],
)
def test_cut_there_a_request_that_can_be_wrong_in_itself_is_not_said_to_lack_a_certificate(
    old: bytes, new: bytes
) -> None:
    report = curlx.explain(LOG[: LOG.index(b"< Content-Type")].replace(old, new))
    assert "client-certificate-missing" not in [finding.code for finding in report.findings]


def test_the_servers_certificate_is_not_called_expired_where_the_log_has_no_date() -> None:
    verdict = curlx.explain(LOG).findings[0]
    assert "the log has no date of its own to judge that by" in verdict.summary
    assert "So that certificate is not the problem" in verdict.summary
