from __future__ import annotations

import pytest

import curlx
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


def test_where_lines_were_taken_out_before_it_need_not_be_what_failed():
    log = """*   Trying 192.0.2.23:443...
* Connected to files.example.com (192.0.2.23) port 443 (#0)
> GET /index.html HTTP/2
> Host: files.example.com
>
...
* Failed sending HTTP2 data
* Connection #0 to host files.example.com left intact
"""
    whole = curlx.explain(log.replace("\n...\n", "\n")).findings[0]
    cut = curlx.explain(log).findings[0]
    assert whole.code == cut.code == "network-send-failed"
    assert (whole.certainty, cut.certainty) == ("certain", "likely")


def test_what_is_written_to_a_connection_that_was_given_up_is_no_second_failure():
    log = """* Connected to crm.example (192.0.2.81) port 443 (#0)
* SSL connection using TLSv1.2 / ECDHE-RSA-AES128-GCM-SHA256
> HEAD / HTTP/2
> Host: crm.example
>
* OpenSSL SSL_read: Connection timed out, errno 110
* Failed receiving HTTP2 data
* OpenSSL SSL_write: Broken pipe, errno 32
* Failed sending HTTP2 data
curl: (56) OpenSSL SSL_read: Connection timed out, errno 110
"""
    findings = curlx.explain(log).findings
    assert [finding.code for finding in findings] == ["network-response-timeout"]
    asked = curlx.explain("$ curl -vI https://crm.example/\n" + log).findings[0].remedies[0]
    assert asked.commands == ("curl -v --keepalive-time 15 -I https://crm.example/",)
    assert "`--keepalive-time 15`" in asked.steps[0]


@pytest.mark.parametrize(("command", "first", "size"), [
    ("curl -v --http2-prior-knowledge a.example/get", "curl spoke HTTP/2 without TLS", False),
    ("curl -v https://a.example/get", "The server refused the request (not allowed)", False),
    ("curl -v -d @f https://a.example/get", "The server refused the request (too large", True),
])  # fmt: skip
def test_a_get_without_data_is_not_too_large(command: str, first: str, size: bool) -> None:
    log = (
        f"$ {command}\n* Connected to a.example (192.0.2.1) port 80 (#0)\n* Using HTTP2, server supports multi-use\n"
        "* Send failure: Broken pipe\n* Failed sending HTTP2 data\ncurl: (16) Send failure: Broken pipe\n"
    )
    finding = curlx.explain(log).findings[0]
    assert finding.code == "network-send-failed"
    assert finding.causes[0].startswith(first)
    assert ("size" in str(finding.remedies)) is size
