from pathlib import Path

import curlx
from curlx.diagnoses.http.stream_reset import diagnose

FIXTURES = Path(__file__).parents[3] / "fixtures"


def test_the_code_is_told_with_its_meaning(complained):
    (finding,) = diagnose(complained("stream-reset", number=11))
    assert "ENHANCE_YOUR_CALM: the caller is too demanding" in finding.summary
    assert finding.certainty == "certain"


def test_an_unknown_code_gets_no_meaning(complained):
    (finding,) = diagnose(complained("stream-reset", "HTTP/2 stream 1 was reset", number=4711))
    assert "does not name the reason" in finding.summary


def test_a_code_that_curls_own_library_gives_too_is_not_laid_at_the_servers_door(complained):
    (either,) = diagnose(complained("stream-reset", number=1))
    (theirs,) = diagnose(complained("stream-reset", number=8))
    assert any("curl's own" in cause for cause in either.causes)
    assert not any("curl's own" in cause for cause in theirs.causes)


def test_a_reset_after_which_an_answer_came_is_no_problem(several):
    reset = {"kind": "stream-reset", "text": "REFUSED_STREAM", "line": 8}
    assert not list(diagnose(several({"status": None}, {"status": 200}, complaints=(reset,))))


def test_a_reset_in_the_middle_of_the_answer_is_a_problem(several):
    reset = {"kind": "stream-reset", "text": "INTERNAL_ERROR (err 2)", "line": 9}
    assert len(list(diagnose(several({"status": 200}, complaints=(reset,))))) == 1


def test_a_stream_refused_by_a_connection_that_the_server_ends_is_told_by_that(several):
    goaway = {"kind": "goaway", "text": "received GOAWAY, error=2, last_stream=0", "line": 7}
    refused = {"kind": "stream-reset", "again": True, "number": 7, "line": 8}
    assert not list(diagnose(several({"status": None}, complaints=(goaway, refused))))
    (finding,) = diagnose(several({"status": None}, complaints=(refused,)))
    assert "GOAWAY" in finding.causes[0]


def test_curls_own_word_on_a_stream_is_sure_without_the_request_in_the_log() -> None:
    log = FIXTURES / "diagnoses/http-stream-reset/fires-lines-without-the-request.log"
    finding = curlx.explain(log.read_bytes()).findings[0]
    assert (finding.code, finding.certainty) == ("http-stream-reset", "certain")


def test_where_the_log_ends_with_the_next_try_the_refused_stream_is_possible_only():
    log = "* HTTP/2 stream 1 refused by server, try again on a new connection\n* REFUSED_STREAM, retrying a fresh connect\n"
    finding = curlx.explain(log).findings[0]
    assert (finding.code, finding.certainty) == ("http-stream-reset", "possible")
    assert "how that went, the log does not show" in finding.summary


def test_tls_that_suits_http2_is_not_what_is_called_too_weak():
    log = """* Connected to front.example (192.0.2.7) port 443
* SSL connection using TLSv1.3 / TLS_AES_256_GCM_SHA384
* ALPN: server accepted h2
> GET /v3/batch HTTP/2
> Host: front.example
>
* HTTP/2 stream 1 was not closed cleanly: INADEQUATE_SECURITY (err 12)
* Connection #0 to host front.example left intact
"""
    (modern,) = curlx.explain(log).findings[0].causes
    assert "TLS 1.3 between curl and this server suits HTTP/2" in modern
    old = curlx.explain(log.replace("TLSv1.3 / TLS_AES_256_GCM_SHA384", "TLSv1.2 / AES256-SHA")).findings[0].causes
    assert "forbids many ciphers" in old[0]
    assert not any("limits" in cause for cause in (modern, *old))


def test_an_answer_shorter_than_it_announces_may_be_what_the_library_closed_the_stream_for():
    log = """* Connected to a.example (192.0.2.1) port 443 (#1)
> GET / HTTP/2
> Host: a.example
>\x20
< HTTP/2 200
{}<\x20
short* HTTP/2 stream 0 was not closed cleanly: PROTOCOL_ERROR (err 1)
curl: (92) HTTP/2 stream 0 was not closed cleanly: PROTOCOL_ERROR (err 1)
"""
    announced = curlx.explain(log.format("< content-length: 500\n")).findings[0]
    assert announced.code == "http-stream-reset"
    assert "short of the 500 bytes" in announced.causes[0]
    assert 6 in [proof.line for proof in announced.evidence]
    assert "short of" not in str(curlx.explain(log.format("")).findings[0].causes)
