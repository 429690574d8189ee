"""Every event finds its transfer."""

from __future__ import annotations

from collections.abc import Callable

from curlx.timeline import Timeline

Assemble = Callable[..., Timeline]

REFUSED = ("*   Trying 192.0.2.8:443...", "* connect to 192.0.2.8 port 443 failed: Connection refused",
           "* Failed to connect to down.example port 443 after 1 ms: Connection refused", "* Closing connection 1",
           "curl: (7) Failed to connect to down.example port 443 after 1 ms: Connection refused")  # fmt: skip


def test_two_urls_are_two_transfers(assembled: Assemble) -> None:
    first, second = assembled("@opened", "@asked", "@answered", "@left", *REFUSED).transfers
    assert first.exit is None
    assert [complaint.kind for complaint in first.complaints] == []
    assert second.exit is not None
    assert [complaint.kind for complaint in second.complaints] == ["connect-refused"]
    assert first.last_line < second.first_line


def test_a_command_begins_another_run(assembled: Assemble) -> None:
    commands = ("$ curl -v --cert a.pem https://shop.example/", "$ curl -v https://shop.example/")
    first, second = assembled(
        commands[0], "@opened", "@asked", "@answered", commands[1], "@opened", "@asked", "@answered"
    ).transfers
    assert first.command is not None
    assert second.command is not None
    assert "--cert" in first.command.value
    assert second.arguments == ("-v", "https://shop.example/")


def test_the_ids_of_a_trace_tell_transfers_apart(assembled: Assemble) -> None:
    timeline = assembled(
        "[0-0] *   Trying 192.0.2.1:80...", "[1-1] *   Trying 192.0.2.2:80...",
        "[1-1] * Connected to b.example (192.0.2.2) port 80", "[0-0] * Connected to a.example (192.0.2.1) port 80",
        "[0-0] > GET /a HTTP/1.1", "[0-0] > Host: a.example", "[0-0] > ",
        "[1-1] > GET /b HTTP/1.1", "[1-1] > Host: b.example", "[1-1] > ",
        "[1-1] < HTTP/1.1 404 Not Found", "[1-1] < ", "[0-0] < HTTP/1.1 200 OK", "[0-0] < ",
    )  # fmt: skip
    answers = {
        exchange.request.target: exchange.response.status
        for transfer in timeline.transfers
        for exchange in transfer.exchanges
        if exchange.request and exchange.response
    }
    assert answers == {"/a": 200, "/b": 404}
    assert [transfer.connections[0].host for transfer in timeline.transfers] == ["a.example", "b.example"]


def test_a_request_that_curl_repeats_for_its_status_is_one_transfer(assembled: Assemble) -> None:
    answer = ("< HTTP/1.1 503 Service Unavailable", "< Content-Length: 3", "< ", "no")
    (transfer,) = assembled("@opened", "@asked", *answer, "@left", "@again", "@asked", "@answered", "@left").transfers
    assert [exchange.superseded for exchange in transfer.exchanges] == [True, False]


def test_bodies_that_a_pipe_puts_last_go_to_their_answers_in_order(assembled: Assemble) -> None:
    one, other = ("< HTTP/1.1 200 OK", "< Content-Length: 6", "< "), ("< HTTP/1.1 200 OK", "< Content-Length: 7", "< ")
    timeline = assembled("@opened", "@asked", *one, "@left", "@again", "@asked", *other, "@left", "first", "second")
    samples = [
        exchange.response.body.sample
        for transfer in timeline.transfers
        for exchange in transfer.exchanges
        if exchange.response
    ]
    assert samples == ["first", "second"]


def test_what_belongs_to_nobody_is_loose(assembled: Assemble) -> None:
    timeline = assembled("<html>", "<h1>400 No required SSL certificate was sent</h1>", "</html>")
    assert timeline.transfers == ()
    assert timeline.loose.seen == 65
    assert timeline.loose.mark("no-required-certificate") is not None


def test_the_version_the_library_and_the_clock_are_the_whole_logs(assembled: Assemble) -> None:
    asked = ("> GET / HTTP/1.1", "> Host: shop.example", "> User-Agent: curl/8.14.1", "> ")
    answer = ("< HTTP/1.1 200 OK", "< Date: Mon, 23 Nov 2026 09:09:02 GMT", "< ")
    timeline = assembled("@opened", "* GnuTLS priority: NORMAL", *asked, *answer)
    assert timeline.curl.version is not None
    assert timeline.curl.version.value == "8.14.1"
    assert timeline.curl.tls_library is not None
    assert timeline.curl.tls_library.value == "GnuTLS"
    assert timeline.clock is not None
    assert timeline.clock.value.startswith("2026-11-23T09:09:02")


def test_unknown_words_of_curls_are_counted_and_unknown_words_in_a_body_are_not(assembled: Assemble) -> None:
    assert assembled("@opened", "* Frobnicating the widget").unrecognized_lines == 1
    in_a_body = assembled("@opened", "@asked", "< HTTP/1.1 200 OK", "< ", "* Frobnicating the widget")
    assert in_a_body.unrecognized_lines == 0


def test_every_line_that_a_fact_points_at_can_be_quoted(assembled: Assemble) -> None:
    timeline = assembled("@opened", "@secured", "@asked", "@answered", "@left")
    found = timeline.transfers[0].connections[0].tls
    assert found is not None
    assert found.version is not None
    assert timeline.text_of(found.version.line).startswith("* SSL connection using")


def test_powershells_record_shows_the_command_of_the_screen_once_more(assembled: Assemble) -> None:
    typed, tries = "PS C:\\> curl.exe -v https://shop.example/", "*   Trying 192.0.2.7:443..."
    record = ("", "curl.exe -v https://shop.example/", "", "", "", " ")
    refused = "* connect to 192.0.2.7 port 443 failed: Connection refused"
    (transfer,) = assembled(typed, tries, *record, refused).transfers
    assert transfer.command is not None
    assert transfer.command.line == 1
    assert len(assembled(typed, tries, "^C", typed, tries, refused).transfers) == 2


def test_numbered_lines_go_on_behind_powershells_record(assembled: Assemble) -> None:
    resolved, tries = "[0-0] * Host shop.example:443 was resolved.", "[0-0] *   Trying 192.0.2.7:443..."
    (transfer,) = assembled(resolved, "", "$ curl -v --trace-ids https://shop.example/", tries).transfers
    assert transfer.arguments
    assert (transfer.first_line, transfer.last_line) == (1, 4)
