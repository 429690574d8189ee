"""The client's files held against a log: when the call was, and what both say together."""

from __future__ import annotations

import pytest

import curlx

HANDSHAKE = """\
* Connected to api.example.com (203.0.113.10) port 443 (#0)
* TLSv1.3 (IN), TLS handshake, Request CERT (13):
* TLSv1.3 (OUT), TLS handshake, Certificate (11):
* TLSv1.3 (OUT), TLS handshake, CERT verify (15):
* SSL connection using TLSv1.3 / TLS_AES_256_GCM_SHA384
* Server certificate:
*  subject: CN=api.example.com
*  start date: Oct  1 00:00:00 2026 GMT
*  expire date: Nov  1 00:00:00 2026 GMT
*  issuer: CN=Example Issuing CA
*  SSL certificate verify ok.
> GET / HTTP/1.1
> Host: api.example.com
>\x20
"""
REFUSED = (
    HANDSHAKE
    + """\
< HTTP/1.1 400 Bad Request
< Server: nginx
< Date: Sat, 10 Oct 2026 12:00:00 GMT
<\x20
<html><head><title>400 The SSL certificate error</title></head>
"""
)
UNDATED = REFUSED.replace("< Date: Sat, 10 Oct 2026 12:00:00 GMT\n", "")
EXPIRED = HANDSHAKE + "* TLSv1.3 (IN), TLS alert, certificate expired (557):\n"
NEITHER = "* Could not resolve host: api.example.com\ncurl: (6) Could not resolve host: api.example.com\n"
CLOCKLESS = """\
* Connected to api.example.com (203.0.113.10) port 443 (#0)
* TLSv1.3 (IN), TLS handshake, Request CERT (13):
* TLSv1.3 (OUT), TLS handshake, Certificate (11):
* TLSv1.3 (OUT), TLS handshake, CERT verify (15):
* TLSv1.3 (IN), TLS alert, bad certificate (554):
"""


def explained(log: str, files):
    return curlx.explain(log, client_files=files)


def told(report, topic: str):
    return [(one.status, one.text) for one in report.client_files.remarks if one.topic == topic]


def test_a_refusal_without_a_reason_gets_its_likely_cause_from_an_expired_file(look, issue, issuing) -> None:
    old = issue("alice", issuing, begins="2025-01-01", ends="2026-10-09")
    report = explained(REFUSED, look(old.pem + issuing.pem, old.key))
    assert report.findings[0].code == "client-certificate-rejected"
    assert told(report, "validity") == [
        (
            "problem",
            "It expired on 2026-10-09, before the call, which was made 2026-10-10 12:00 UTC by the server's clock (line 17).",
        )
    ]
    assert report.findings[0].causes[0].startswith("In client.pem: It expired on 2026-10-09")
    assert report.client_files.conclusion.startswith("That is the likely reason")


def test_the_logs_own_time_counts_and_not_todays(look, issue, issuing) -> None:
    """The certificate has expired since the call, or began after it."""
    since = issue("alice", issuing, ends="2026-10-11")
    assert told(explained(REFUSED, look(since.pem, since.key)), "validity")[0][0] == "ok"
    later = issue("alice", issuing, begins="2026-10-11")
    status, text = told(explained(REFUSED, look(later.pem, later.key)), "validity")[0]
    assert status == "problem"
    assert "valid only from 2026-10-11, after the call" in text


def test_without_a_date_the_accepted_servers_certificate_bounds_the_time(look, issue, issuing) -> None:
    def status(begins: str, ends: str) -> str:
        one = issue("alice", issuing, begins=begins, ends=ends)
        report = explained(UNDATED, look(one.pem, one.key))
        assert report.client_files.judged_at.by == "server-certificate"
        assert "no earlier than 2026-10-01, when the server certificate" in told(report, "validity")[0][1]
        return told(report, "validity")[0][0]

    assert status("2025-01-01", "2026-09-30") == "problem"
    assert status("2026-11-02", "2027-01-01") == "problem"
    assert status("2026-09-30", "2026-11-02") == "ok"
    assert status("2025-01-01", "2026-10-15") == "unknown"


def test_a_servers_certificate_that_was_not_verified_bounds_nothing(look, alice) -> None:
    report = explained(UNDATED.replace("SSL certificate verify ok.", "SSL certificate verify result: unable to get local "
                       "issuer certificate (20), continuing anyway."), look(alice.pem, alice.key))  # fmt: skip
    assert report.client_files.judged_at.by == "clock"


def test_todays_clock_counts_last_and_openly(look, issue, issuing) -> None:
    old = issue("alice", issuing, begins="2025-01-01", ends="2026-10-09")
    report = explained(CLOCKLESS, look(old.pem, old.key))
    status, text = told(report, "validity")[0]
    assert status == "unknown"
    assert "judged against today's clock, for the log has no time of its own" in text
    assert not any("In client.pem" in cause for cause in report.findings[0].causes)


def test_a_fine_file_says_what_is_ruled_out(look, alice, issuing) -> None:
    report = explained(REFUSED, look(alice.pem + issuing.pem, alice.key))
    assert "its dates, its purpose, its chain and its strength cannot be why" in report.client_files.conclusion
    causes = " ".join(report.findings[0].causes)
    assert "In client.pem" not in causes
    assert "has expired" not in causes
    assert "extended key usage" not in causes
    assert "is revoked" in causes


def test_files_of_another_call_rule_nothing_out(look, alice, issuing) -> None:
    log = "$ curl -v --cert other.pem https://api.example.com/\n* Server certificate:\n" + REFUSED
    report = explained(log, look(alice.pem + issuing.pem, alice.key))
    assert "has expired" in " ".join(report.findings[0].causes)


def test_a_key_that_was_not_opened_is_not_said_to_be_readable(look, alice) -> None:
    log = "* unable to set private key file: 'client.key' type PEM\n"
    report = explained(log, look(alice.pem, alice.locked(b"x")))
    assert report.client_files.conclusion.startswith("What is encrypted was not opened here.")
    assert report.findings[0].causes[0].startswith("The key is encrypted")


def test_a_file_that_contradicts_the_log_is_said_to(look, alice, issuing) -> None:
    report = explained(EXPIRED + "< HTTP/1.1 400 Bad Request\n", look(alice.pem + issuing.pem, alice.key))
    assert report.findings[0].code == "client-certificate-expired"
    assert "So curl sent another file" in report.client_files.conclusion


def test_files_say_nothing_of_a_verdict_about_something_else(look, alice, issue, issuing) -> None:
    report = explained(NEITHER, look(alice.pem + issuing.pem, alice.key))
    assert report.client_files.conclusion == (
        "The verdict on the log (network-host-not-found) is not about the client certificate. "
        "Nothing in these files makes the client certificate the reason."
    )
    report = explained(NEITHER, look(alice.pem, issue("bob").key))
    assert "Whether what is wrong here has to do with it, the log does not show." in report.client_files.conclusion


def test_where_none_was_sent_the_files_were_not_judged(look, alice, issuing, issue) -> None:
    log = HANDSHAKE.replace("* TLSv1.3 (OUT), TLS handshake, CERT verify (15):\n", "")
    log += (
        "< HTTP/1.1 400 Bad Request\n< Server: nginx\n<\x20\n<title>400 No required SSL certificate was sent</title>\n"
    )
    report = explained(log, look(alice.pem + issuing.pem, alice.key))
    assert report.findings[0].code == "client-certificate-missing"
    assert report.client_files.conclusion.endswith("No fault was found in them: give them to curl (--cert, --key).")
    bad = explained(log, look(alice.pem, issue("bob").key)).client_files.conclusion
    assert "Mend them before you send them" in bad
    locked = explained(log, look(alice.pem, alice.locked(b"geheim"))).client_files.conclusion
    assert "could not be checked in full" in locked


def test_an_issuer_that_the_log_shows_is_noted(look, alice, issuing, issue) -> None:
    report = explained(REFUSED, look(alice.pem + issuing.pem, alice.key))
    assert told(report, "issuer") == [("note", "A CA of the same name issued the server's certificate (line 10).")]
    other = issue("alice", issue("Another CA", authority=True))
    assert told(explained(REFUSED, look(other.pem, other.key)), "issuer")[0][0] == "unknown"


@pytest.mark.parametrize(("named", "noted"), [("other.pem", True), ("/etc/ssl/client.pem", False)])
def test_another_file_in_the_command_is_noted(look, alice, named: str, noted: bool) -> None:
    log = f"$ curl -v --cert {named} https://api.example.com/\n{REFUSED}"
    report = explained(log, look(alice.pem, alice.key))
    assert bool(told(report, "log")) is noted


def test_the_verdict_stays_the_logs_own(look, issue, issuing) -> None:
    """Files add causes; they change neither code nor certainty nor evidence."""
    old = issue("alice", issuing, begins="2025-01-01", ends="2026-10-09")
    alone = curlx.explain(REFUSED)
    both = explained(REFUSED, look(old.pem, old.key))
    for one, other in zip(alone.findings, both.findings, strict=True):
        assert (one.code, one.certainty, one.evidence, one.summary) == (
            other.code,
            other.certainty,
            other.evidence,
            other.summary,
        )
    assert alone.client_files is None


def test_a_key_that_does_not_belong_leaves_no_other_cause(look, issue, alice, issuing) -> None:
    log = "* unable to set private key file: 'client.key' type PEM\ncurl: (58) unable to set private key file: 'client.key' type PEM\n"
    report = explained(log, look(alice.pem, issue("bob", issuing).key))
    assert report.findings[0].code.startswith("client-certificate-key-")
    assert [cause for cause in report.findings[0].causes if "does not belong" not in cause] == []
