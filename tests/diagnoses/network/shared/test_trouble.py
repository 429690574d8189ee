from __future__ import annotations

import msgspec

import curlx
from curlx.diagnoses.network.shared.trouble import ended_by, place, standing
from curlx.timeline import Complaint


def test_a_complaint_that_an_answer_followed_is_settled(log):
    assert not list(ended_by(log(Complaint("reset", "", 25, "request"), requested=True, status=200), "reset"))


def test_a_complaint_after_the_answer_stands(log):
    (trouble,) = ended_by(log(("reset", "response", ""), requested=True, status=200), "reset")
    assert trouble.complaint.line == 40


def test_an_answer_among_mixed_lines_settles_no_failure_that_may_be_another_s(log):
    timeline = log(Complaint("reset", "", 25, "request"), Complaint("timeout", "", 26, "request", again=True),
                   requested=True, status=200)  # fmt: skip
    mixed = msgspec.structs.replace(timeline.transfers[0], mixed=True)
    assert [each.kind for each in standing(mixed)] == ["reset"]


def test_curls_last_word_is_never_settled(log):
    last = Complaint("reset", "", 25, "request", from_exit=True)
    assert list(ended_by(log(last, requested=True, status=200), "reset"))


def test_the_phases_choose(log):
    told = log(("reset", "tls", ""), connected=True)
    assert not list(ended_by(told, "reset", but=("tls",)))
    assert not list(ended_by(told, "reset", phases=("request",)))
    assert list(ended_by(told, "reset", phases=("tls",)))


def test_an_ipv6_address_gets_brackets_before_its_port():
    assert place("2001:db8::1", 443) == "[2001:db8::1]:443"
    assert place("example.com", None) == "example.com"


def test_an_answer_of_http1_tells_its_version_where_the_request_is_not_in_the_log():
    log = (
        "* Connected to api.example.com (192.0.2.7) port 443 (#0)\n< HTTP/1.1 200 OK\n< Content-Length: 90\n< \n"
        "* OpenSSL SSL_read: Connection reset by peer, errno 104\n* Closing connection 0\n"
        "curl: (56) OpenSSL SSL_read: Connection reset by peer, errno 104\n"
    )
    report = curlx.explain(log)
    assert report.findings[0].code == "network-reset"
    assert "HTTP/1.1" not in " ".join(remedy.title for remedy in report.findings[0].remedies)
