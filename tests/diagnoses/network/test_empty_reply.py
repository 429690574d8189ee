from __future__ import annotations

import pytest

import curlx
from curlx.diagnoses.network.empty_reply import diagnose


def test_a_plain_request_may_have_met_a_tls_port(log):
    (finding,) = diagnose(log(("empty-reply", "request", "Empty reply"), connected=True, requested=True))
    assert "http" in finding.causes[0]
    assert "https://" in finding.remedies[0].steps[0]


def test_an_end_without_the_farewell_of_tls_before_any_answer_is_an_empty_reply(log):
    assert list(diagnose(log(("tls-truncated", "request", "unexpected eof"), tls=True, requested=True)))


def test_an_end_without_the_farewell_after_an_answer_is_not(log):
    assert not list(diagnose(log(("tls-truncated", "response", "unexpected eof"), tls=True, status=200)))


def test_both_complaints_make_one_finding(log):
    told = log(("tls-truncated", "request", ""), ("empty-reply", "request", ""), tls=True, requested=True)
    assert len(list(diagnose(told))) == 1


def test_a_close_without_an_answer_or_a_word_is_possible(log):
    (finding,) = diagnose(log(tls=True, requested=True, closed=True))
    assert finding.certainty == "possible"
    assert finding.evidence[0].line == 90


def test_a_log_that_ends_after_the_request_is_not_an_empty_reply(log):
    assert not list(diagnose(log(tls=True, requested=True)))


def test_http1_is_no_advice_to_who_spoke_it(log):
    (finding,) = diagnose(log(("empty-reply", "request", "Empty reply"), tls=True, requested=True))
    assert finding.remedies[0].title == "Try again"
    assert "--http1.1" not in finding.remedies[0].commands[0]


def test_http2_without_tls_is_the_first_suspect():
    log = b"""* Connected to app.example.com (192.0.2.4) port 18080 (#0)
> GET / HTTP/2
> Host: app.example.com:18080
> user-agent: curl/7.88.1
> accept: */*
>\x20
* Empty reply from server
* Closing connection 0
curl: (52) Empty reply from server
"""
    finding = curlx.explain(log).findings[0]
    assert "HTTP/2 without TLS" in finding.causes[0]
    assert finding.remedies[0].commands == ("curl -v --http1.1 http://app.example.com:18080/",)
    assert "HTTP/2" not in curlx.explain(log.replace(b"/ HTTP/2", b"/ HTTP/1.1")).findings[0].causes[0]


_HEALTHY = "$ curl -i http://192.0.2.7:3103/health\nHTTP/1.1 {}\ncontent-length: 2\n\nok\n"


@pytest.mark.parametrize(("before", "may_be_tls"), [
    ("", True),
    (_HEALTHY.format("200 OK"), False),
    (_HEALTHY.format("400 Bad Request"), True),
    (_HEALTHY.format("200 OK").replace("3103", "3104"), True),
])  # fmt: skip
def test_a_port_that_answered_plain_http_does_not_speak_https_only(before: str, may_be_tls: bool) -> None:
    log = f"{before}$ curl -i http://192.0.2.7:3103/boom\ncurl: (52) Empty reply from server\n"
    (finding,) = (each for each in curlx.explain(log).findings if each.code == "network-empty-reply")
    assert ("https" in " ".join(finding.causes)) == may_be_tls
    assert ("does not speak HTTP" in " ".join(finding.causes)) == may_be_tls
    assert finding.remedies[0].title == ("Check the scheme" if may_be_tls else "Try again")


@pytest.mark.parametrize(("options", "lacks"), [
    ("-H 'Content-Length: 135'", True), ("-H 'Content-Length: 135' -d @x.json", False), ("-d @x.json", False),
])  # fmt: skip
def test_data_that_is_announced_and_not_given_is_the_first_cause(options: str, lacks: bool) -> None:
    log = f"""$ curl -v -X POST {options} http://192.0.2.7:8080/x
* Connected to 192.0.2.7 (192.0.2.7) port 8080 (#0)
> POST /x HTTP/1.1
> Host: 192.0.2.7:8080
> Content-Length: 135
>
* Empty reply from server
curl: (52) Empty reply from server
"""
    finding = curlx.explain(log).findings[0]
    assert ("announces 135 bytes" in finding.causes[0]) == lacks
    assert ("announces" in finding.remedies[0].title) == lacks


def test_a_server_that_agreed_on_http_speaks_it_and_who_asked_for_no_certificate_refused_none():
    told = b"""*   Trying 203.0.113.7:443...
* Connected to api.bank.example (203.0.113.7) port 443
* ALPN: curl offers h2,http/1.1
* TLSv1.3 (OUT), TLS handshake, Client hello (1):
* TLSv1.3 (IN), TLS handshake, Server hello (2):
* TLSv1.3 (IN), TLS handshake, Encrypted Extensions (8):
* TLSv1.3 (IN), TLS handshake, Certificate (11):
* TLSv1.3 (IN), TLS handshake, CERT verify (15):
* TLSv1.3 (IN), TLS handshake, Finished (20):
* TLSv1.3 (OUT), TLS handshake, Finished (20):
* SSL connection using TLSv1.3 / TLS_AES_256_GCM_SHA384
* ALPN: server accepted http/1.1
* using HTTP/1.x
> GET /x HTTP/1.1
> Host: api.bank.example
>
* Empty reply from server
* Closing connection
"""
    spoke, mute = (curlx.explain(each).findings[0] for each in (told, told.replace(b"server accepted", b"said")))
    assert spoke.code == mute.code == "network-empty-reply"
    assert ["does not speak HTTP" in " ".join(each.causes) for each in (spoke, mute)] == [False, True]
    assert "client certificate" not in spoke.remedies[-1].steps[0]
