"""What curl may have tried again is not certain, where the log lacks the requests or ends before the next try."""

from __future__ import annotations

import pytest

import curlx

CONNECTED = "* Connected to shelf.example (192.0.2.44) port 80 (#{})\n"
ANSWERED = (
    CONNECTED.format(1)
    + "< HTTP/1.1 200 OK\n< Content-Length: 0\n<\n* Connection #1 to host shelf.example left intact\n"
)
TRY = """\
*   Trying 192.0.2.44:80...
* connect to 192.0.2.44 port 80 failed: Connection refused
* Failed to connect to shelf.example port 80 after 1 ms: Couldn't connect to server
* Closing connection {}
"""
COMMAND = "$ curl -sv --retry 2 --retry-connrefused http://shelf.example/\n"
HEAD = "* Hostname shelf.example was found in DNS cache\n"


def certainties(log: str) -> list[str]:
    return [finding.certainty for finding in curlx.explain(log).findings if finding.severity == "error"]


@pytest.mark.parametrize(
    "failed",
    [
        "* Empty reply from server\n* Closing connection 0\n",
        "* Recv failure: Connection reset by peer\n* Closing connection 0\n",
        "< HTTP/1.1 200 OK\n< Content-Length: 9\n<\n{ [3 bytes data]\n* end of response with 6 bytes missing\n"
        "* Closing connection 0\n",
    ],
)
def test_the_next_answer_of_the_run_may_be_to_the_same_request_which_the_log_lacks(failed: str) -> None:
    log = CONNECTED.format(0) + failed
    assert certainties(log + HEAD + ANSWERED) == ["likely"]
    assert certainties(log + (HEAD + ANSWERED).replace("shelf", "stock")) == ["certain"]
    assert certainties("$ curl -v http://shelf.example/a http://shelf.example/b\n" + log + HEAD + ANSWERED) == [
        "certain"
    ]


def test_each_of_several_statuses_that_ask_for_another_try_may_be_overcome_by_an_answer_further_on() -> None:
    bad = "< HTTP/2 502 \n< content-length: 27\n* Connection #0 to host shelf.example left intact\n"
    again = "* Re-using existing https: connection with host shelf.example\n"
    body = '{"error": "upstream down"}\n'
    assert set(certainties(f"{bad}{body}{again}{bad}{again}< HTTP/2 200 \n")) == {"likely"}


def test_a_log_that_ends_among_the_tries_its_command_asks_for_is_certain_of_none_that_failed() -> None:
    two = COMMAND + TRY.format(0) + HEAD + TRY.format(1)
    assert certainties(COMMAND + TRY.format(0)) == ["likely"]
    assert certainties(two) == ["likely", "likely"]
    assert certainties(two + HEAD + CONNECTED.format(2) + "> GET / HTTP/1.1\n") == ["likely", "likely"]
    assert certainties(two + HEAD + TRY.format(2)) == ["certain"] * 3  # all that it asks for


BEGUN = "*   Trying 192.0.2.44:80...\n"
ASKED = CONNECTED.format(0) + "> GET / HTTP/1.1\n> Host: shelf.example\n> User-Agent: curl/7.88.1\n>\n"
LEFT = "* Connection #0 to host shelf.example left intact\n"
BUSY = ASKED + "< HTTP/1.1 {} Busy\n< Content-Length: 0\n<\n" + LEFT
TRANSIENT = [
    BEGUN + "* Failed to connect to shelf.example port 80 after 1001 ms: Timeout was reached\n* Closing connection 0\n",
    CONNECTED.format(0) + "* SSL connection timeout\n* Closing connection 0\n",
    *(BUSY.format(status) for status in (408, 429, 500, 502, 503, 504)),
    ASKED + "* The requested URL returned error: 502\n* Closing connection 0\n",
]


@pytest.mark.parametrize("failed", TRANSIENT)
def test_a_try_that_the_command_asks_for_may_overcome_what_is_transient(failed: str) -> None:
    log = "$ curl -sv --retry 2 http://shelf.example/\n" + failed
    assert certainties(log) == ["likely"]
    assert certainties(log.replace("--retry 2", "--retry 0")) == ["certain"]


def test_tries_that_are_one_transfer_are_counted_one_by_one() -> None:
    again = BUSY.format(503).replace(CONNECTED.format(0), "* Re-using existing connection #0 with host shelf.example\n")
    log = "$ curl -sv --retry 2 http://shelf.example/\n" + BUSY.format(503) + again
    assert certainties(log) == ["likely"]
    assert certainties(log + again) == ["certain"]


@pytest.mark.parametrize("options", ["", "--retry 2", "--retry 2 --retry-max-time 9"])
def test_a_failure_that_is_not_tried_again_is_certain(options: str) -> None:
    assert certainties(f"$ curl -sv {options} http://shelf.example/\n" + TRY.format(0)) == ["certain"]
