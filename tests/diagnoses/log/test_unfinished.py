from __future__ import annotations

from typing import Any

import pytest

import curlx
from curlx.diagnoses.log.unfinished import diagnose
from curlx.timeline import Complaint, Exchange, Exit, Request, Response, Timeline, Transfer


def log(**rest: Any) -> Timeline:
    transfer = Transfer(1, 9, url="https://api.example.com/?a=b&c", **rest)
    return Timeline(transfers=(transfer,), quotes={7: "* ALPN: curl offers h2"})


def test_the_step_and_the_last_known_line_are_told() -> None:
    (finding,) = diagnose(log(phase="tls"))
    assert finding.severity == "warning"
    assert "during the TLS handshake" in finding.summary
    assert finding.evidence[0].line == 7
    assert finding.remedies[0].commands == ("curl -sSv 'https://api.example.com/?a=b&c' > log.txt 2>&1",)


def test_lines_that_somebody_took_out_make_it_less_sure() -> None:
    timeline = Timeline(transfers=log(phase="request").transfers, elided=(5,), quotes={5: "..."})
    (finding,) = diagnose(timeline)
    assert finding.certainty == "likely"


DIALLED = "*   Trying 192.0.2.1:443...\n"


def made_again(log: str) -> tuple[str, tuple[str, ...]]:
    (remedy,) = next(each for each in curlx.explain(log).findings if each.code == "log-unfinished").remedies
    return remedy.commands[0], remedy.steps


def test_the_log_is_made_again_of_the_same_call() -> None:
    call = "-X POST -d @x.json -H 'Authorization: Bearer ‹authorization 1›' --cert c.pem -L -k https://a.example/x"
    command, steps = made_again(f"$ curl -v {call.replace('‹authorization 1›', 'abcdefgh12345678')}\n{DIALLED}")
    assert command == f"curl -sSv {call} > log.txt 2>&1"
    assert any("put your own value" in step for step in steps)


def test_a_call_that_was_stopped_is_made_again_with_an_end() -> None:
    command, _ = made_again(f"$ curl -v https://a.example/x\n{DIALLED}^C\n")
    assert command == "curl -sSv --max-time 60 https://a.example/x > log.txt 2>&1"


def test_what_the_server_may_have_done_already_is_not_asked_again_without_a_word() -> None:
    asked = "* Connected to a.example (192.0.2.1) port 443 (#0)\n> POST /x HTTP/1.1\n> Host: a.example\n> "
    _, steps = made_again(f"$ curl -v -d a=1 https://a.example/x\n{DIALLED}{asked}Content-Length: 3\n> \n")
    assert any("the POST again" in step for step in steps)


@pytest.mark.parametrize(("end", "hangs"), [("", False), ("> \n", True), (">\n", True)])
def test_curl_does_not_hang_between_two_headers(end: str, hangs: bool) -> None:
    asked = "* Connected to a.example (192.0.2.1) port 443 (#0)\n> GET /x HTTP/1.1\n> Host: a.example\n" + end
    (finding,) = curlx.explain(DIALLED + asked).findings
    assert ("in the middle of the request" in finding.summary) is not hangs
    assert any("still running" in cause for cause in finding.causes) is hangs
    assert any("--max-time" in step for step in finding.remedies[0].steps) is hangs


def test_the_host_stands_where_the_log_ends_within_the_request() -> None:
    (finding,) = curlx.explain(f"{DIALLED}* Connected to a.example (192.0.2.1) port 443 (#0)\n> GET /auth").findings
    assert "in the middle of the request" in finding.summary
    assert finding.remedies[0].commands == ("curl -sSv https://a.example/ > log.txt 2>&1",)


@pytest.mark.parametrize(
    "ended",
    [
        {"finished": True},
        {"phase": "done"},
        {"exit": Exit(6, "", 9)},
        {"complaints": (Complaint("reset", "", 9, "request"),)},
        {"exchanges": (Exchange(0, 1, 9, Request("GET", "/", "1.1", 1, 2), response=Response(200, "", "1.1", 3, 4)),)},
    ],
)
def test_any_outcome_ends_a_log(ended: dict[str, Any]) -> None:
    assert not list(diagnose(log(**ended)))


def test_no_transfer_is_another_matter() -> None:
    assert not list(diagnose(Timeline()))


ANSWER = b"> GET / HTTP/1.1\n> Host: api.example.com\n...\n< HTTP/1.1 400 Bad Request\n< Content-Type: text/html\n"


@pytest.mark.parametrize(
    "page",
    [
        b"<html>\n<body>No.</body>\n</html>\n",
        b"<HTML><BODY>No.</BODY></HTML>\n\n",
        b'{"error": "no"}\n',
        b'{\n  "a": {}\n}\n',
    ],
)
def test_a_page_shown_to_its_end_ends_a_log_whose_headers_were_shortened(page: bytes) -> None:
    report = curlx.explain(ANSWER + page)
    assert report.timeline.transfers[0].finished
    assert "log-unfinished" not in [finding.code for finding in report.findings]


@pytest.mark.parametrize("page", [b"", b"<html>\n<body>No", b'{\n  "a": {\n  }\n', b"plain words\n"])
def test_a_page_that_stops_in_the_middle_does_not(page: bytes) -> None:
    assert "log-unfinished" in [finding.code for finding in curlx.explain(ANSWER + page).findings]


@pytest.mark.parametrize(("left_out", "codes"), [("...", ["log-unfinished"]), ("* ALPN: server accepted h2", [])])
def test_a_connection_that_is_closed_behind_what_was_taken_out_did_not_end_well(
    left_out: str, codes: list[str]
) -> None:
    log = (
        "*   Trying 192.0.2.7:443...\n* Connected to shop.example (192.0.2.7) port 443 (#0)\n"
        "* TLSv1.3 (OUT), TLS handshake, Client hello (1):\n* TLSv1.3 (IN), TLS handshake, Server hello (2):\n"
        f"{left_out}\n* Closing connection 0\n"
    )
    found = curlx.explain(log).findings
    assert [one.code for one in found if one.code == "log-unfinished"] == codes


@pytest.mark.parametrize(
    ("options", "waits"),
    [("-X HEAD", True), ("-sXHEAD -HIf-Match:x", True), ("-X HEAD -I", False), ("-d HEAD", False)],
)
def test_curl_waits_for_a_body_that_never_comes_where_only_the_method_is_named(options: str, waits: bool) -> None:
    report = curlx.explain(
        f"$ curl -v {options} http://a.example/\n* Connected to a.example (192.0.2.1) port 80 (#0)\n"
        "> HEAD / HTTP/1.1\n> Host: a.example\n> \n< HTTP/1.1 200 OK\n< Content-Length: 9\n< \n"
    )
    assert [finding.title for finding in report.findings] == ["curl waits for a body that never comes"] * waits


@pytest.mark.parametrize(("more", "said"), [("", True), ("< HTTP/1.1 200 OK\n< Content-Length: 9\n", False)])
def test_where_curl_waited_it_is_said_how_to_let_it_end(more: str, said: bool) -> None:
    log = "* Connected to shop.example (192.0.2.1) port 80\n> GET / HTTP/1.1\n> Host: shop.example\n>\n" + more
    steps = [step for remedy in curlx.explain(log).findings[0].remedies for step in remedy.steps]
    assert any("`--max-time 60`" in step for step in steps) is said


def test_a_log_of_a_meter_at_its_end_may_be_whole() -> None:
    head = "  % Total    % Received % Xferd  Average Speed   Time    Time     Time  Current\n"
    row = "100    12  100    12    0     0   1000      0 --:--:-- --:--:-- --:--:--  1000\nhello world\n"
    for percent, sure in (("100", "likely"), (" 50", "certain")):
        (finding,) = curlx.explain(head + row.replace("100 ", f"{percent} ", 1)).findings
        assert (finding.code, finding.certainty) == ("log-unfinished", sure)


@pytest.mark.parametrize(("command", "replaced"), [
    ("curl -v shop.example", False), ("curl -v -H 'A: b'", True),
])  # fmt: skip
def test_an_address_is_to_be_replaced_only_where_a_stand_in_is_in_the_command(command: str, replaced: bool) -> None:
    found = curlx.explain(f"$ {command}\n< HTTP/1.1 200 OK\n< Content-Length: 9\n").findings
    (steps,) = (each.remedies[0].steps for each in found if each.code == "log-unfinished")
    assert any("Replace URL" in step for step in steps) is replaced


@pytest.mark.parametrize(("pipe", "program"), [
    (" 2>&1 | grep -A 14 SSL", "grep"), (" 2>&1|head -20", "head"), (" 2>&1 | tee log.txt", ""), ("", ""),
])  # fmt: skip
def test_what_the_command_itself_kept_of_the_log_is_told_first(pipe: str, program: str) -> None:
    log = f"$ curl -v http://a.example/{pipe}\n* Connected to a.example (192.0.2.1) port 80\n> GET / HTTP/1.1\n> \n"
    (finding,) = curlx.explain(log).findings
    assert (f"on to `{program}`" in finding.causes[0]) is bool(program)
    assert any("--max-time" in step for step in finding.remedies[0].steps) is not bool(program)


@pytest.mark.parametrize(("rest", "told"), [
    ("\n$ echo $?\n0\n", False), ("; echo $?\n0\n", False), ("\n0\n", True), ("\nexit code 0\n", True), ("\nok\n", True),
])  # fmt: skip
def test_a_silent_call_that_was_asked_for_its_code_and_ended_with_0_lacks_nothing(rest: str, told: bool) -> None:
    assert bool(curlx.explain(f"$ curl -sS -o page https://a.example/{rest}").findings) is told


def test_behind_the_addresses_of_a_name_its_lookup_is_over():
    log = "* Host api.example.com:443 was resolved.\n* IPv6: (none)\n* IPv4: 192.0.2.7\n"
    (finding,) = curlx.explain(log).findings
    assert finding.summary.startswith("The log ends after the lookup of the name")
