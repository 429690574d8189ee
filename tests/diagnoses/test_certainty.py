from __future__ import annotations

from pathlib import Path

import pytest

import curlx

RETRIED = Path(__file__).parents[2] / "fixtures/diagnoses/network-transfer-interrupted/quiet-retried.log"
REFUSED = """\
* TLSv1.2 (OUT), TLS handshake, Finished (20):
* TLSv1.2 (IN), TLS alert, handshake failure (552):
* error:0A000410:SSL routines::sslv3 alert handshake failure
* Closing connection
"""
HELLO = """\
*   Trying 192.0.2.7:443...
* Connected to shop.example (192.0.2.7) port 443
* TLSv1.3 (OUT), TLS handshake, Client hello (1):
* TLSv1.3 (IN), TLS handshake, Server hello (2):
* TLSv1.2 (IN), TLS handshake, Certificate (11):
* TLSv1.2 (IN), TLS handshake, Server finished (14):
"""
TIMED_OUT = """\
* TLSv1.2 (IN), TLS header, Supplemental data (23):
* Operation timed out after 2001 milliseconds with 0 bytes received
* stopped the pause stream!
* Connection #0 to host shop.example left intact
"""
HUNG_UP = """\
* TLSv1.2 (OUT), TLS handshake, Finished (20):
* SSL connection using TLSv1.2 / ECDHE-RSA-AES256-GCM-SHA384
* Server certificate:
*  SSL certificate verify ok.
* OpenSSL SSL_read: OpenSSL/3.0.22: error:0A000126:SSL routines::unexpected eof while reading, errno 0
* closing connection #0
"""


def certainty(log: str) -> tuple[str, str]:
    first = curlx.explain(log).findings[0]
    return first.code, first.certainty


def test_a_handshake_that_the_log_shows_whole_was_certainly_refused() -> None:
    assert certainty(HELLO + REFUSED) == ("tls-refused", "certain")


@pytest.mark.parametrize("gap", ["[...]", "(lines removed)", "... (more of the same) ...", "<cut for brevity>"])
def test_where_lines_were_taken_out_the_request_for_a_certificate_may_be_among_them(gap: str) -> None:
    assert certainty(f"{HELLO}{gap}\n{REFUSED}") == ("tls-refused", "likely")


@pytest.mark.parametrize(("log", "code"), [(REFUSED, "tls-refused"), (TIMED_OUT, "tls-timeout")])
def test_what_rests_on_a_handshake_is_not_certain_where_the_log_begins_in_it(log: str, code: str) -> None:
    assert certainty(log) == (code, "likely")


def test_who_hung_up_behind_a_handshake_may_have_done_so_on_a_request_that_a_filter_took() -> None:
    assert certainty(HELLO + HUNG_UP) == ("tls-closed", "likely")


CHALLENGED = """\
* Connected to proxy.example (192.0.2.8) port 3128
> CONNECT shop.example:443 HTTP/1.1
> Host: shop.example:443
>
< HTTP/1.1 407 Proxy Authentication Required
< Proxy-Authenticate: Basic realm="proxy"
"""


@pytest.mark.parametrize(
    ("rest", "sure"), [("< \n* Closing connection 0\n", "certain"), ("[...]\n* Closing connection 0\n", "likely")]
)
def test_curl_may_have_met_a_challenge_where_lines_were_taken_out(rest: str, sure: str) -> None:
    assert certainty(CHALLENGED + rest) == ("proxy-authentication", sure)


@pytest.mark.parametrize(("announced", "sure"), [
    ("Warning: Problem : timeout. Will retry in 1 seconds. 3 retries left.\n", "likely"),
    ("Warning: Problem (timeout). Retrying in 1 second. 3 retries left.\n", "likely"),  # 8.22
    ("", "certain"),
])  # fmt: skip
def test_a_failure_behind_which_another_try_is_announced_is_not_the_last_word(announced: str, sure: str) -> None:
    failed = "curl: (6) Could not resolve host: a.example\n"
    assert certainty(failed + announced) == ("network-host-not-found", sure)


def test_a_try_that_went_well_is_not_called_unknown() -> None:
    log = b"""$ curl -f --retry 3 -o page http://shop.example/
curl: (22) The requested URL returned error: 503
Warning: Problem : HTTP error. Will retry in 1 seconds. 3 retries left.
  % Total    % Received % Xferd  Average Speed   Time    Time     Time  Current
                                 Dload  Upload   Total   Spent    Left  Speed
100  7620  100  7620    0     0  1240k      0 --:--:-- --:--:-- --:--:-- 1240k
"""
    report = curlx.explain(log)
    (note,) = report.findings
    assert note.severity == "note"
    assert "all came then" in note.summary
    assert "The log ends before" not in note.summary


@pytest.mark.parametrize(("command", "head", "certainty"), [
    ("", "HTTP/1.1 403 Forbidden", "likely"),
    ("$ curl http://shop.example/\n", "HTTP/1.1 403 Forbidden", "certain"),
    ("$ curl https://shop.example/\n", "HTTP/1.1 403 Forbidden", "likely"),
    ("$ curl -L http://shop.example/\n", "HTTP/1.1 403 Forbidden", "likely"),
    ("$ curl -p -x 192.0.2.1:3128 http://shop.example/\n", "HTTP/1.1 403 Forbidden", "likely"),
    ("", "HTTP/2 403", "certain"),
    ("", 'HTTP/1.1 403 Forbidden\n< WWW-Authenticate: Bearer error="insufficient_scope"', "certain"),
])  # fmt: skip
def test_an_answer_may_be_of_a_tunnel_only_where_curl_may_have_asked_for_one(
    command: str, head: str, certainty: str
) -> None:
    found = curlx.explain(f"{command}< {head}\n< Server: a\n< \n").findings[0]
    assert found.certainty == certainty
    assert ("asked for a tunnel" in found.summary) == (certainty == "likely")


def test_what_is_tried_again_is_not_certain_before_the_next_answer_is_whole() -> None:
    log = RETRIED.read_text(encoding="utf-8").splitlines(keepends=True)
    begun = next(place for place, line in enumerate(log) if line.startswith("* Hostname "))  # the next try
    left = next(place for place, line in enumerate(log) if line.startswith("* Connection #1"))
    for stop in range(begun + 1, left + 1):
        assert certainty("".join(log[:stop])) == ("network-transfer-interrupted", "likely"), stop
    assert curlx.explain("".join(log[: left + 1])).findings == ()


UNAVAILABLE = """\
*   Trying 192.0.2.7:80...
* Connected to shop.example (192.0.2.7) port 80 (#0)
> PUT /order HTTP/1.1
> Host: shop.example
>
< HTTP/1.1 503 Service Unavailable
< Content-Length: 0
<
* Connection #0 to host shop.example left intact
"""
FAILED = """\
*   Trying 192.0.2.7:80...
* Connected to shop.example (192.0.2.7) port 80 (#0)
* The requested URL returned error: 503
* Closing connection 0
"""
WITHOUT_LINES = """\
* Hostname shop.example was found in DNS cache
*   Trying 192.0.2.7:80...
* Connected to shop.example (192.0.2.7) port 80 (#1)
* Connection #1 to host shop.example left intact
"""


@pytest.mark.parametrize("log", [UNAVAILABLE, FAILED])
def test_what_a_server_refused_for_a_while_is_not_certain_where_the_next_call_lacks_its_lines(log: str) -> None:
    assert certainty(log) == ("http-unavailable", "certain")
    assert certainty(log + WITHOUT_LINES) == ("http-unavailable", "likely")


def test_who_is_connected_to_the_host_of_the_url_has_no_answer_of_a_proxy() -> None:
    rest = "* Connected to {} (192.0.2.9) port 443\n* upload completely sent off: 2 out of 2 bytes\n< HTTP/1.1 403 Forbidden\n< Content-Length: 11\n"
    for host, certainty in (("shop.example", "certain"), ("proxy.corp.example", "likely")):
        (finding, *_) = curlx.explain(("$ curl -v -T a https://shop.example/a\n" + rest.format(host)).encode()).findings
        assert (finding.code, finding.certainty) == ("http-forbidden", certainty)


ASKED = """\
* Connected to shop.example (192.0.2.7) port 443 (#0)
* using HTTP/2
> GET /list HTTP/2
> Host: shop.example
> User-Agent: curl/8.5.0
>
"""
GOAWAY = "* received GOAWAY, error=0, last_stream=1\n* closing connection #0\n"
SHORT = "< Content-Length: 3\n<\nno\n* Connection #0 to host shop.example left intact\n"
SECOND = "* Connected to shop.example (192.0.2.7) port 443 (#1)\n> GET /list HTTP/1.1\n> Host: shop.example\n>\n"
ANSWERED = "< HTTP/1.1 200 OK\n< Content-Length: 3\n<\nok\n* Connection #1 to host shop.example left intact\n"
RESET = "* Recv failure: Connection reset by peer\n* closing connection #0\n* Hostname shop.example was found in DNS cache\n"


@pytest.mark.parametrize(
    ("log", "gap", "code"),
    [
        (ASKED + "{}" + GOAWAY, "...\n", "http-goaway"),
        (ASKED + "{}" + GOAWAY, "...\n< content-length: 3\n<\nok\n", "http-goaway"),
        (ASKED + "< HTTP/1.1 503 Busy\n{}" + SHORT, "[...]\n", "http-unavailable"),
    ],
)
def test_what_curl_overcomes_by_itself_is_not_certain_where_lines_were_taken_out(log: str, gap: str, code: str) -> None:
    assert certainty(log.format("")) == (code, "certain")
    assert certainty(log.format(gap)) == (code, "likely")


@pytest.mark.parametrize(
    "log",
    [
        "> User-Agent: curl/7.74.0\n>\n< HTTP/1.1 503 Busy\n" + SHORT + SECOND + ANSWERED,
        "HTTP/1.1 503 Busy\nRetry-After: 1\n\nHTTP/1.1 200 OK\n\nok\n",
        "HTTP/1.1 503 Busy\nContent-Length: 0\n\nHTTP/1.1 200 OK\nContent-Length: 0\n\n",
    ],
)
def test_who_is_answered_next_may_have_tried_again_where_the_first_request_is_missing(log: str) -> None:
    assert certainty(log) == ("http-unavailable", "likely")


def test_the_same_request_is_another_try_that_may_go_well_until_its_answer_is_whole() -> None:
    again = SECOND.replace("(#1)", "")
    for begun in ("", "< HTTP/1.1 200 OK\n", "< HTTP/1.1 200 OK\n< Content-Type: text/plain\n"):
        assert certainty(ASKED.replace("HTTP/2", "HTTP/1.1") + RESET + again + begun) == ("network-reset", "likely")


@pytest.mark.parametrize(
    ("behind", "severity", "sure"),
    [
        ("warning: too many errors from m1.example, skipping for the remainder of this transaction", "error", "likely"),
        ("(1/1) installing stones                  [######] 100%", "note", "certain"),
        ("error: failed to synchronize all databases (failed to retrieve some files)", "error", "certain"),
    ],
)
def test_pacman_asks_the_next_mirror_behind_a_failure(behind: str, severity: str, sure: str) -> None:
    said = "error: failed retrieving file 'core.db' from m1.example : Could not resolve host: m1.example\n"
    (finding, *_) = curlx.explain(f"{said}{behind}\n").findings
    assert (finding.code, finding.severity, finding.certainty) == ("network-host-not-found", severity, sure)


QUOTED = "curl: (60) SSL certificate problem: certificate has expired\n"
WORKS = (
    "* Connected to shop.example (192.0.2.1) port 80\n> GET / HTTP/1.1\n> Host: shop.example\n> \n"
    "< HTTP/1.1 {} OK\n< Content-Length: 3\n< \n* Connection #0 to host shop.example left intact\nok\n"
)


@pytest.mark.parametrize(
    ("log", "certainty"),
    [
        (f"gestern kam noch:\n{QUOTED}\nseit dem Update geht es:\n\n{WORKS.format(200)}", "likely"),
        (f"$ curl https://old.example/\n{QUOTED}\n{WORKS.format(200)}", "certain"),
        (f"* Connected to old.example (192.0.2.9) port 443\n{QUOTED}\n{WORKS.format(200)}", "certain"),
        (f"{QUOTED}\n{WORKS.format(503)}", "certain"),
    ],
)
def test_last_words_alone_may_be_quoted_where_a_later_call_went_well(log: str, certainty: str) -> None:
    finding = next(each for each in curlx.explain(log).findings if each.code == "server-certificate-expired")
    assert finding.certainty == certainty
