"""A run that tries again without a word (`-s --retry`) and has its answer then tells of no failure."""

from __future__ import annotations

import pytest

import curlx

REFUSED_THEN_RETRIED_WITHOUT_A_WORD = """\
*   Trying 192.0.2.44:80...
* connect to 192.0.2.44 port 80 failed: Connection refused
* Failed to connect to shelf.example port 80 after 1 ms: Couldn't connect to server
* Closing connection 0
* Hostname shelf.example was found in DNS cache
*   Trying 192.0.2.44:80...
* connect to 192.0.2.44 port 80 failed: Connection refused
* Failed to connect to shelf.example port 80 after 1 ms: Couldn't connect to server
* Closing connection 1
* Hostname shelf.example was found in DNS cache
*   Trying 192.0.2.44:80...
* Connected to shelf.example (192.0.2.44) port 80 (#2)
> GET / HTTP/1.1
> Host: shelf.example
> User-Agent: curl/7.88.1
> Accept: */*
>
< HTTP/1.1 200 OK
< Content-Length: 0
<
* Connection #2 to host shelf.example left intact
"""
REFUSED_BEHIND_A_REDIRECT_THEN_RETRIED = """\
*   Trying 192.0.2.44:80...
* Connected to shelf.example (192.0.2.44) port 80 (#0)
> GET / HTTP/1.1
> Host: shelf.example
> User-Agent: curl/7.88.1
> Accept: */*
>
< HTTP/1.1 302 Found
< Location: http://stock.example/x
< Content-Length: 0
<
* Connection #0 to host shelf.example left intact
* Issue another request to this URL: 'http://stock.example/x'
*   Trying 192.0.2.45:80...
* connect to 192.0.2.45 port 80 failed: Connection refused
* Failed to connect to stock.example port 80 after 1 ms: Couldn't connect to server
* Closing connection 1
* Found bundle for host: 0x1 [serially]
* Re-using existing connection #0 with host shelf.example
> GET / HTTP/1.1
> Host: shelf.example
> User-Agent: curl/7.88.1
> Accept: */*
>
< HTTP/1.1 302 Found
< Location: http://stock.example/x
< Content-Length: 0
<
* Connection #0 to host shelf.example left intact
* Issue another request to this URL: 'http://stock.example/x'
*   Trying 192.0.2.45:80...
* Connected to stock.example (192.0.2.45) port 80 (#2)
> GET /x HTTP/1.1
> Host: stock.example
> User-Agent: curl/7.88.1
> Accept: */*
>
< HTTP/1.1 200 OK
< Content-Length: 0
<
* Connection #2 to host stock.example left intact
"""
RETRIED_WITHOUT_ITS_REQUESTS = """\
$ curl -sv --retry 2 --retry-all-errors http://shelf.example/ 2>&1 | grep -v '^>'
*   Trying 192.0.2.44:80...
* Connected to shelf.example (192.0.2.44) port 80 (#0)
* Empty reply from server
* Closing connection 0
* Hostname shelf.example was found in DNS cache
*   Trying 192.0.2.44:80...
* Connected to shelf.example (192.0.2.44) port 80 (#1)
< HTTP/1.1 200 OK
< Content-Length: 0
<
* Connection #1 to host shelf.example left intact
"""

RESET_THEN_RETRIED = """\
*   Trying 192.0.2.44:80...
* Connected to shelf.example (192.0.2.44) port 80 (#0)
> GET / HTTP/1.1
> Host: shelf.example
> Accept: */*
>
* Recv failure: Connection reset by peer
* Closing connection 0
* Hostname shelf.example was found in DNS cache
*   Trying 192.0.2.44:80...
* Connected to shelf.example (192.0.2.44) port 80 (#1)
> GET / HTTP/1.1
> Host: shelf.example
> Accept: */*
>
< HTTP/1.1 200 OK
< Content-Length: 0
<
* Connection #1 to host shelf.example left intact
"""
LOST_THEN_FOUND = """\
* Could not resolve host: shelf.example
* Closing connection 0
* Could not resolve host: shelf.example
* Closing connection 1
*   Trying 192.0.2.44:80...
* Connected to shelf.example (192.0.2.44) port 80 (#2)
> GET / HTTP/1.1
> Host: shelf.example
>
< HTTP/1.1 200 OK
< Content-Length: 0
<
* Connection #2 to host shelf.example left intact
"""
ASKED_TO = "$ curl -sv --retry 3 --retry-all-errors http://shelf.example/\n"


@pytest.mark.parametrize(
    "log", [REFUSED_THEN_RETRIED_WITHOUT_A_WORD, REFUSED_BEHIND_A_REDIRECT_THEN_RETRIED, RETRIED_WITHOUT_ITS_REQUESTS]
)
def test_what_the_same_run_then_reaches_has_not_failed(log: str) -> None:
    assert not curlx.explain(log.encode()).findings


def test_another_port_of_the_same_host_is_no_retry() -> None:
    log = REFUSED_THEN_RETRIED_WITHOUT_A_WORD.replace("80...\n* Connected", "81...\n* Connected")
    report = curlx.explain(log.replace("port 80 (#2)", "port 81 (#2)").encode())
    assert {(each.code, each.certainty) for each in report.findings} == {("network-refused", "certain")}


def test_without_retry_in_the_command_an_answer_is_another_urls() -> None:
    log = RETRIED_WITHOUT_ITS_REQUESTS.replace("--retry 2 --retry-all-errors ", "")
    assert [each.code for each in curlx.explain(log.encode()).findings] == ["network-empty-reply"]


@pytest.mark.parametrize("agent", ["", "> User-Agent: shelves/2.1\n", "> User-Agent: [hidden]\n"])
def test_whose_name_a_request_has_is_no_matter_where_the_command_asks_for_tries(agent: str) -> None:
    log = RESET_THEN_RETRIED.replace("> Accept", agent + "> Accept")
    assert not curlx.explain(ASKED_TO + log).findings
    assert [each.certainty for each in curlx.explain(log).findings] == ["likely"]  # a program may ask twice anyhow


def test_the_tools_name_in_one_of_the_requests_is_enough() -> None:
    log = RESET_THEN_RETRIED.replace("> Accept", "> User-Agent: curl/7.88.1\n> Accept", 1)
    assert not curlx.explain(log).findings
    other = log.replace("> Accept", "> User-Agent: shelves/2.1\n> Accept").replace("> User-Agent: shelves/2.1\n", "", 1)
    assert curlx.explain(other).findings


@pytest.mark.parametrize("command", ["", ASKED_TO])
def test_a_name_that_is_found_by_the_next_try_was_not_missing(command: str) -> None:
    assert not curlx.explain(command + LOST_THEN_FOUND).findings
    other_run = LOST_THEN_FOUND.replace("#2", "#0")
    assert curlx.explain(command + other_run).findings
