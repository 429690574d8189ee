"""Lines become events in the style of their run; what is in another style is part of a body."""

from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from curlx.events import (
    CertificateBlock,
    Chatter,
    Command,
    ConnectionClosed,
    ConnectionLeft,
    DataMoved,
    Event,
    Exit,
    Header,
    HeadersEnd,
    Meter,
    RequestLine,
    SentText,
    StatusLine,
    Text,
    Trying,
    TunnelEnded,
    Unrecognized,
)
from curlx.grammar import (
    certificates,
    chatter,
    client_files,
    connecting,
    exchanging,
    failing,
    handshaking,
    proxying,
    resolving,
    transferring,
    understand,
)
from curlx.grammar.message import Message
from curlx.lines import Line, split
from curlx.reader import Source, read

TOPICS = (resolving, connecting, proxying, handshaking, certificates, client_files, exchanging, transferring, failing,
          chatter)  # fmt: skip
MESSAGES = [message for topic in TOPICS for message in topic.MESSAGES]


def pairs(*texts: str) -> list[tuple[Source, Event]]:
    """Read a log; a line that ends with a carriage return had CR LF."""
    lines = [
        Line(number, text.removesuffix("\r"), len(text.encode("utf-8", "surrogatepass")) + 1, text.endswith("\r"))
        for number, text in enumerate(texts, start=1)
    ]
    return list(read(lines))


def said(*texts: str) -> list[Event]:
    return [event for _, event in pairs(*texts)]


@pytest.mark.parametrize("message", MESSAGES, ids=lambda message: message.sample)
def test_every_sample_gives_the_event_of_its_own_message(message: Message) -> None:
    event = understand(message.sample)
    assert not isinstance(event, Unrecognized)
    assert event == message.read(message.sample)


def test_an_exchange_is_read() -> None:
    assert said("> GET / HTTP/1.1", "> Host: a.example", "> ", "< HTTP/1.1 204 No Content", "< ") == [
        RequestLine("GET", "/", "1.1"), Header("out", "Host", "a.example"), HeadersEnd("out"),
        StatusLine("1.1", 204, "No Content"), HeadersEnd("in"),
    ]  # fmt: skip


def test_events_know_their_lines() -> None:
    line = "09:10:49.304498 [0-1] *   Trying 192.0.2.1:443..."
    (first, _), (second, _) = pairs(line, "text")
    assert first == Source(1, line, len(line) + 1, False, "09:10:49.304498", "0", "1")
    assert (second.number, second.time) == (2, None)


def test_in_a_trace_a_star_is_text() -> None:
    events = said("== Info:   Trying 192.0.2.1:443...", "* Server certificate:", "> GET / HTTP/1.1", "{ [5 bytes data]")
    assert [type(event) for event in events] == [Trying, Text, Text, Text]


def test_beside_stars_the_talk_of_a_trace_is_text() -> None:
    events = said("*   Trying 192.0.2.1:443...", "{ [5 bytes data]", "== Info: Server certificate:",
                  "<= Recv header, 5 bytes (0x5)")  # fmt: skip
    assert [type(event) for event in events] == [Trying, DataMoved, Text, Text]


def test_where_lines_carry_a_time_one_without_is_text() -> None:
    events = said("09:10:49.304498 *   Trying 192.0.2.1:443...", "* Server certificate:",
                  "09:10:49.304499 * Server certificate:")  # fmt: skip
    assert [type(event) for event in events] == [Trying, Text, CertificateBlock]


def test_another_run_may_have_another_style() -> None:
    one = "09:10:49.304498 *   Trying 192.0.2.1:443..."
    left = "09:10:49.304498 * Connection #0 to host a.example left intact"
    assert type(said(one, left, "*   Trying 192.0.2.1:443...")[-1]) is Trying
    assert type(said(one, "$ curl -v https://a.example", "* Server certificate:")[-1]) is CertificateBlock


def test_in_a_raw_log_header_lines_end_with_carriage_returns_and_those_of_a_body_do_not() -> None:
    events = said("*   Trying 192.0.2.1:443...", "> GET / HTTP/1.1\r", "> \r", "< HTTP/1.1 200 OK\r", "< \r",
                  "< HTTP/1.1 500 Oops", "> GET /admin HTTP/1.1", "* Server certificate:\r")  # fmt: skip
    assert [type(event) for event in events[5:]] == [Text, Text, Text]


def test_a_server_that_ends_lines_with_newlines_alone_is_believed() -> None:
    assert type(said("> GET / HTTP/1.1\r", "> \r", "< HTTP/1.0 200 OK")[-1]) is StatusLine


def test_a_last_line_without_end_is_split_from_what_curl_said_next() -> None:
    line = '{"status":"ok"}* Connection #0 to host a.example left intact'
    (front, text), (rest, left) = pairs("*   Trying 192.0.2.1:443...", line)[1:]
    assert (text, left) == (Text('{"status":"ok"}'), ConnectionLeft(0, "a.example"))
    assert (front.number, rest.number, front.size, rest.size) == (2, 2, 15, len(line) + 1 - 15)


@pytest.mark.parametrize("line", ["see * Server certificate:", "a * b", "it said * Connection #x left intact"])
def test_a_star_inside_a_line_is_not_curls(line: str) -> None:
    assert said("*   Trying 192.0.2.1:443...", line)[1:] == [Text(line)]


def test_an_exit_glued_to_a_body_is_found() -> None:
    events = said("*   Trying 192.0.2.1:443...", '{"a":1curl: (56) CONNECT tunnel failed, response 407')
    assert isinstance(events[1], Text)
    assert isinstance(events[2], Exit)


def test_a_body_that_ends_like_an_exit_is_text() -> None:
    line = "curl: (60) SSL certificate problem: self-signed certificate* Connection #0 to host a.example left intact"
    events = said("*   Trying 192.0.2.1:443...", line)
    assert [type(event) for event in events[1:]] == [Text, ConnectionLeft]


def test_in_a_stamped_log_any_talk_is_split_off() -> None:
    stamp = "09:10:57.543046 [0-0] * "
    events = said(f"{stamp}  Trying 192.0.2.1:443...", f"chain{stamp}closing connection #0")
    assert events[1:] == [Text("chain"), ConnectionClosed(0)]


def test_a_meter_and_what_follows_it_are_told_apart() -> None:
    meter = "  0     0    0     0    0     0      0      0 --:--:-- --:--:-- --:--:--     0"
    assert said("*   Trying 192.0.2.1:443...", meter) == [Trying("192.0.2.1", 443), Meter()]


def test_blocks_of_a_trace_become_headers_with_the_lines_they_stand_in() -> None:
    found = pairs(
        "== Info:   Trying 192.0.2.1:443...",
        "=> Send header, 37 bytes (0x25)", "0000: GET / HTTP/1.1", "0010: Host: a.example", "0023: ",
        "=> Send data, 9 bytes (0x9)", '0000: {"a":"b"}',
        "<= Recv header, 17 bytes (0x11)", "0000: HTTP/1.1 200 OK",
        "<= Recv data, 3 bytes (0x3)", "0000: ok.", "== Info: Connection #0 to host a.example left intact",
    )  # fmt: skip
    assert [(source.number, event) for source, event in found[1:]] == [
        (2, Chatter("tracing")), (3, RequestLine("GET", "/", "1.1")), (4, Header("out", "Host", "a.example")),
        (5, HeadersEnd("out")), (6, DataMoved("out", 9, body=True)), (7, SentText('{"a":"b"}')),
        (8, Chatter("tracing")), (9, StatusLine("1.1", 200, "OK")), (10, DataMoved("in", 3, body=True)),
        (11, Text("ok.")), (12, ConnectionLeft(0, "a.example")),
    ]  # fmt: skip


def test_a_refused_tunnel_is_the_end_of_the_tunnel_and_a_complaint() -> None:
    ended, complaint = pairs("* CONNECT tunnel failed, response 407")
    assert ended[1] == TunnelEnded(False, 407)
    assert complaint[1] == understand("CONNECT tunnel failed, response 407")
    assert (ended[0].size, complaint[0].size) == (0, 38)


def test_the_second_line_of_a_message_has_no_mark() -> None:
    events = said("*   CAfile: /etc/ssl/certs/ca-certificates.crt", "  CApath: none")
    assert type(events[0]) is type(events[1])
    assert said("  CApath: none") == [Text("  CApath: none")]


def test_a_program_with_libcurl_marks_a_request_once() -> None:
    assert said("> GET / HTTP/1.1", "Host: a.example", "", "Host: b.example") == [
        RequestLine("GET", "/", "1.1"), Header("out", "Host", "a.example"), HeadersEnd("out"), Text("Host: b.example"),
    ]  # fmt: skip


def test_without_marks_the_head_that_include_prints_is_read() -> None:
    assert said("HTTP/1.1 404 Not Found", "server: nginx", "", "HTTP/1.1 200 OK") == [
        StatusLine("1.1", 404, "Not Found"), Header("in", "server", "nginx"), HeadersEnd("in"),
        StatusLine("1.1", 200, "OK"),
    ]  # fmt: skip


def test_a_head_inside_a_page_is_text() -> None:
    assert type(said("HTTP/1.1 200 OK", "", "<pre>", "HTTP/1.1 500 Oops")[-1]) is Text
    assert type(said("<html>", "HTTP/1.1 200 OK")[1]) is Text
    assert type(said("* using HTTP/2", "HTTP/2 200")[1]) is Text


def test_a_command_of_several_lines_is_one_command() -> None:
    command, more, trying = said("$ curl -v \\", "  https://a.example", "*   Trying 192.0.2.1...")
    assert isinstance(command, Command)
    assert command.arguments == ("-v", "https://a.example")
    assert more == Chatter("command")
    assert type(trying) is Trying


def test_curls_advice_after_an_exit_is_no_body() -> None:
    events = said(
        "curl: (60) SSL certificate problem: certificate has expired",
        "More details here: https://curl.se/docs/sslcerts.html",
        "",
        "curl failed to verify the legitimacy of the server and therefore could not",
        "something else",
    )
    assert [type(event) for event in events] == [Exit, Chatter, Text, Chatter, Text]


def test_other_programs_are_text() -> None:
    lines = (
        "I0412 10:00:00.000000   12345 round_trippers.go:466] curl -v -XGET 'https://127.0.0.1:6443/api'",
        "I0412 10:00:00.000000   12345 round_trippers.go:577] Response Headers:",
        "wget: connection refused",
    )
    assert all(isinstance(event, Text) for event in said(*lines))


PIECES = st.sampled_from([
    "* ", "> ", "< ", "== Info: ", "=> Send header, 9 bytes (0x9)", "0000: 48 54", "0000: x", "curl: (60) ",
    "{ [5 bytes data]", "09:10:21.186932 ", "[0-0] ", "Trying ", "HTTP/1.1 200 OK", "$ curl -v \\",
    "Connection #0 to host a left intact",
    "Content-Length: 99999999999999999999", "  CApath: none", "...", "\udcff", "<title>",
])  # fmt: skip


@given(st.lists(st.lists(st.one_of(PIECES, st.text(max_size=20)), max_size=6).map("".join), max_size=12))
@settings(max_examples=200, deadline=None)
def test_any_text_is_read_in_order_and_without_error(texts: list[str]) -> None:
    numbers = [source.number for source, _ in pairs(*texts)]
    assert numbers == sorted(numbers)


@pytest.mark.parametrize("piece", [
    "* ", "> a ", "< a:", "<h1", "curl: (", "1 ", "[", "09:10:57.543046 [0-0] * ", "0000: 00 ", "#", " ", "$ curl ",
    ".", "*   Trying ", "--:--:-- ", "client certificate ", "== Info: ", "\\",
])  # fmt: skip
def test_a_hostile_line_takes_no_time(piece: str) -> None:
    line = piece * (100_000 // len(piece))
    started = time.perf_counter()
    pairs(
        "*   Trying 192.0.2.1:443...", line, f"* {line[:2000]}", f"< {line}", f"curl: (5) {line}", f"$ curl -v {line}"
    )
    assert time.perf_counter() - started < 1


def test_a_run_copied_from_elsewhere_may_end_its_lines_otherwise_behind_a_whole_body() -> None:
    asked = "* Connected to a.example (192.0.2.1) port 80 (#0)\n> GET / HTTP/1.1\r\n> Accept-Encoding: gzip\r\n> \r\n"
    answer = "< HTTP/1.1 200 OK\r\n< Content-Length: {}\r\n< \r\n* Connection #0 to host a.example left intact\nok\n"
    another = "*   Trying 192.0.2.9:443...\r\n"
    for length, believed in (("3", True), ("300", False), ("3\r\n< Content-Encoding: gzip", False)):
        text = asked + answer.format(length) + another
        *_, (_, event) = read(split([text.encode()]))
        assert isinstance(event, Trying) is believed


def test_a_command_takes_no_more_than_so_many_lines() -> None:
    events = [event for _, event in pairs("$ curl https://a.example \\", *("-v \\",) * 200)]
    commands = [event for event in events if isinstance(event, Command)]
    assert 50 < len(commands[0].arguments) < 70
