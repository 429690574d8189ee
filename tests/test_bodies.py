"""A body's lines are told from curl's own by the length that the headers announced."""

from __future__ import annotations

import subprocess
import sys

import pytest

from curlx.bodies import has_body, settle
from curlx.events import ConnectionLeft, Text, Unrecognized
from curlx.lines import split
from curlx.reader import read

FAKE = b"* Server certificate:\n*  subject: CN=attacker.example\n< HTTP/1.1 500 Internal Server Error\ncurl: (60) SSL problem\n"
HEAD = b"> GET / HTTP/1.1\r\n> Host: shop.example\r\n> \r\n< HTTP/1.1 200 OK\r\n< Content-Length: %d\r\n< \r\n"
LEFT = b"* Connection #0 to host shop.example left intact\n"


def settled(data: bytes) -> list[tuple[str, str]]:
    return [(type(event).__name__, source.text) for source, event in settle(read(split([data])))]


def names_of_the_fake(data: bytes) -> set[str]:
    fake = {line.decode() for line in FAKE.splitlines()}
    return {name for name, text in settled(data) if text in fake}


def test_a_body_in_place_is_text() -> None:
    assert names_of_the_fake(HEAD % len(FAKE) + FAKE + LEFT) == {"Text"}


def test_a_body_behind_the_closing_line_is_text() -> None:
    data = HEAD % len(FAKE) + b"{ [%d bytes data]\n" % len(FAKE) + LEFT + FAKE
    assert names_of_the_fake(data) == {"Text"}


def test_a_body_without_a_final_newline_is_text() -> None:
    data = HEAD % (len(FAKE) - 1) + LEFT + FAKE[:-1]
    assert names_of_the_fake(data) == {"Text"}


def test_a_last_line_held_back_by_a_terminal_is_text() -> None:
    first, last = FAKE[: FAKE.rindex(b"curl:")], FAKE[FAKE.rindex(b"curl:") : -1]
    assert names_of_the_fake(HEAD % (len(FAKE) - 1) + first + LEFT + last) == {"Text"}


def test_a_body_written_after_two_transfers_is_text() -> None:
    one = HEAD % len(FAKE) + LEFT
    assert names_of_the_fake(one + one + FAKE + FAKE) == {"Text"}


def test_a_body_whose_carriage_returns_were_lost_is_text() -> None:
    data = HEAD % (len(FAKE) + FAKE.count(b"\n")) + LEFT + FAKE
    assert names_of_the_fake(data.replace(b"\r\n", b"\n")) == {"Text"}


def test_lines_that_do_not_fit_the_announced_length_stay_curls_own() -> None:
    assert "CertificateBlock" in names_of_the_fake(HEAD % (len(FAKE) + 400) + LEFT + FAKE)


def test_the_closing_line_itself_stays_curls_own() -> None:
    pairs = list(settle(read(split([HEAD % len(FAKE) + FAKE + LEFT]))))
    assert isinstance(pairs[-1][1], ConnectionLeft)


@pytest.mark.parametrize(("method", "status", "has"), [
    ("GET", 200, True), ("HEAD", 200, False), ("GET", 204, False), ("GET", 304, False), ("GET", 100, False),
    ("CONNECT", 200, False), ("CONNECT", 407, True),
])  # fmt: skip
def test_only_some_responses_have_a_body(method: str, status: int, has: bool) -> None:
    assert has_body(method, status) is has


def test_nothing_is_lost_or_reordered() -> None:
    data = HEAD % 10 + b"* unheard of\n" + LEFT + b"tail\n"
    before = [source.text for source, _ in read(split([data]))]
    assert [source.text for source, _ in settle(read(split([data])))] == before
    kinds = {type(event) for _, event in settle(read(split([data])))}
    assert kinds & {Text, Unrecognized}


def test_a_request_inside_what_is_held_for_another_does_not_hold_the_log_up_for_ever() -> None:
    redirect = b"< HTTP/1.1 301 Moved Permanently\n< Content-Length: 169\n< \n"
    data = redirect + b"> GET /status HTTP/1.1\n* Ignoring the response-body\n> GET /secure HTTP/1.1\n"
    command = [sys.executable, "-m", "curlx", "explain", "-", "--format", "json"]
    done = subprocess.run(command, input=data, capture_output=True, timeout=60, check=False)
    assert b'"log-unfinished"' in done.stdout


def test_a_body_written_last_is_text_where_the_next_url_begins_with_the_connection_looked_for() -> None:
    one = HEAD % len(FAKE) + b"{ [%d bytes data]\n" % len(FAKE) + LEFT
    again = b"* Found bundle for host: 0x55cd94b3dcb0 [serially]\n* Re-using existing connection #0 with host shop.example\n"
    assert names_of_the_fake(one + FAKE + again + HEAD % 6 + b"hello\n" + LEFT) == {"Text"}


def test_what_curl_receives_of_tls_is_no_part_of_a_body_without_an_announced_length() -> None:
    head = (HEAD % 0).replace(b"Content-Length: 0", b"Connection: close")
    body = FAKE + b"bye\n"
    received = b"{ [5 bytes data]\n{ [%d bytes data]\n" % len(body)
    farewell = (
        b"* TLSv1.3 (IN), TLS alert, close notify (256):\n{ [2 bytes data]\n* Closing connection 0\n} [5 bytes data]\n"
    )
    alert = b"* TLSv1.3 (OUT), TLS alert, close notify (256):\n} [2 bytes data]\n"
    assert names_of_the_fake(head + received + farewell + alert + body) == {"Text"}


def test_bodies_before_the_log_are_text() -> None:
    both = FAKE + b"and more\n" + FAKE + b"the last\n"
    first, second = len(FAKE) + 9, len(FAKE) + 9
    begins = b"*   Trying 192.0.2.1:80...\n"
    log = begins + HEAD % first + LEFT + begins + HEAD % second + LEFT
    assert names_of_the_fake(both + log) == {"Text"}
    assert names_of_the_fake(both[1:] + log) != {"Text"}  # a byte less than the answers announced


@pytest.mark.parametrize("text", [b"", b"Ledger pending river table.\n"])
def test_a_body_before_the_log_is_text_where_it_ends_with_curls_lines_or_holds_no_others(text: bytes) -> None:
    body = text + FAKE
    log = b"*   Trying 192.0.2.1:80...\n" + HEAD % len(body) + b"{ [%d bytes data]\n" % len(body) + LEFT
    assert names_of_the_fake(body + log) == {"Text"}
    assert names_of_the_fake(body[:-1] + b"!\n" + log) != {"Text"}  # a byte more


def test_the_command_of_a_log_is_no_body_though_it_is_as_long_as_one() -> None:
    command = b"$ curl -sv http://192.0.2.1/\n"
    begins = b"*   Trying 192.0.2.1:80...\n* TCP_NODELAY set\n"
    first = begins[: begins.index(b"\n") + 1]
    for before, said in ((command, begins), (b"", begins)):
        length = len(before) or len(first)
        kinds = [name for name, _ in settled(before + said + HEAD % length + LEFT)]
        assert kinds[:2] == (["Command", "Trying"] if before else ["Trying", "Chatter"])


def test_a_body_in_place_that_counts_what_stands_before_it_takes_nothing_away() -> None:
    begins = b"*   Trying 192.0.2.1:80...\n"
    page = b"<h1>Maintenance</h1>\n"
    fake = begins + HEAD % (len(begins) + len(HEAD % 100) + len(page))
    names = settled(begins + HEAD % len(page + fake) + page + fake + LEFT)
    assert [name for name, text in names if text.startswith("< HTTP")] == ["StatusLine", "Text"]


@pytest.mark.parametrize(
    "last",
    [
        "transfer closed with 700 bytes remaining to read",
        "Operation timed out after 2000 milliseconds with {came} out of {whole} bytes received",
    ],
)
def test_a_body_before_the_log_that_broke_off_is_text(last: str) -> None:
    came = FAKE + b"and more\n"
    said = last.format(came=len(came), whole=len(came) + 700).encode()
    log = b"*   Trying 192.0.2.1:80...\n" + HEAD % (len(came) + 700) + b"* %s\n* Closing connection 0\n" % said
    assert names_of_the_fake(came + log) == {"Text"}


def test_two_beginnings_behind_which_a_body_in_chunks_may_be_over_take_nothing_away() -> None:
    body = FAKE + b"padding\n" * 40
    another = b"*   Trying 203.0.113.9:80...\n* Connected to bank.example (203.0.113.9) port 80\n"
    log = b"*   Trying 192.0.2.1:80...\n" + HEAD.replace(b"Content-Length: %d", b"Transfer-Encoding: chunked")
    log += b"{ [%d bytes data]\n" % (len(body + another) + 30) + LEFT
    assert names_of_the_fake(body + another + log) != {"Text"}
    assert names_of_the_fake(body + b"trying " * 11 + b"\n" + log) == {"Text"}


def test_a_body_behind_a_head_that_was_written_too_begins_behind_all_of_it() -> None:
    last = b"Content-Type: text/plain\r\n\r\n"  # as long as the body's last line
    body = b"Backup report\n* Send failure: Broken pipe\n"
    head = (HEAD % len(body)).replace(b"< \r\n", b"< Content-Type: text/plain\r\n< \r\n")
    written = b"HTTP/1.1 200 OK\r\nContent-Length: %d\r\n" % len(body) + last
    told = settled(head + b"{ [%d bytes data]\n" % len(body) + LEFT + written + body)
    assert told[-1] == ("Text", "* Send failure: Broken pipe")


def test_the_goodbye_that_curl_sends_behind_its_farewell_is_not_the_beginning_of_a_body() -> None:
    goodbye = b"} [5 bytes data]\n* TLSv1.3 (OUT), TLS alert, close notify (256):\n} [2 bytes data]\n"
    last = b"* URL using bad/illegal format or missing URL\n"
    first = b"#" * (len(b"* TLSv1.3 (OUT), TLS alert, close notify (256):\n} [2 bytes data]\n") - len(last) - 12)
    body = b"# Changelog\n" + last + first + b"* More logs\n"  # up to its last lines as long as it all with the goodbye
    head = (HEAD % 0).replace(b"Content-Length: 0", b"Connection: close")
    secured = b"* ALPN: offers h2,http/1.1\n"
    told = settled(secured + head + b"{ [%d bytes data]\n* Closing connection 0\n" % len(body) + goodbye + body)
    assert [name for name, _ in told[-3:]] == ["Text", "Text", "Text"], told


def test_what_a_body_tells_of_data_on_a_terminal_is_text() -> None:
    shaken = b"".join(
        b"* TLSv1.3 (IN), TLS handshake, %b:\n" % name
        for name in (b"Server hello (2)", b"Certificate (11)", b"Finished (20)")
    )
    body = b"{ [5 bytes data]\n} [517 bytes data]\n* TLSv1.3 (OUT), TLS handshake, Client hello (1):\n* Empty reply from server\n{ [2 bytes data]\n"
    on_a_terminal = settled(shaken + HEAD % len(body) + body + LEFT)
    assert {name for name, _ in on_a_terminal[-6:-1]} == {"Text"}
    told = b"{ [%d bytes data]\n" % len(body)
    in_a_pipe = settled(shaken.replace(b":\n", b":\n{ [122 bytes data]\n") + HEAD % len(body) + told + LEFT + body)
    assert [name for name, _ in in_a_pipe[-7:]] == [
        "DataMoved",
        "ConnectionLeft",
        "Text",
        "Text",
        "Text",
        "Text",
        "Text",
    ]


def test_a_line_that_says_two_things_is_counted_once_on_a_terminal() -> None:
    body = b"* CONNECT tunnel failed, response 503\n* SSL certificate problem: certificate has expired\n* Closing connection 0\n"
    log = (b"*   Trying 192.0.2.1:80...\n" + HEAD % len(body) + body + LEFT).replace(b"\n", b"\r\n")
    assert {name for name, _ in settled(log)[-4:-1]} == {"Text"}


def test_what_is_as_long_as_the_body_by_chance_is_curls_where_the_body_stands_behind_a_later_farewell() -> None:
    dropped = b"* RESOLVE shop.example:443 - old addresses discarded\n"
    refused = b"Failed to connect to a.example port 443 after 0 ms: Connection refused\n"
    next_url = (
        b"*   Trying 192.0.2.7:443...\n*   Trying 192.0.2.8:443...\n* "
        + refused
        + b"* Closing connection 1\ncurl: (7) "
        + refused
    )
    dropped += dropped
    size = len(LEFT) + len(dropped) // 2
    body = b"* Server certificate:\n* " + b"x" * (size - 25) + b"\n"
    log = settled(HEAD % size + b"{ [%d bytes data]\n" % size + LEFT + dropped + next_url + body)
    assert [name for name, _ in log[7:9]] == ["ConnectionLeft", "Chatter"], log
    assert [name for name, _ in log[-2:]] == ["Text", "Text"]


def test_what_curl_says_in_the_last_line_of_a_body_without_a_line_end_is_parted_from_it() -> None:
    body, following = FAKE + b"$ ", b"* Found bundle for host: 0x55fce8d14ca0 [serially]\n"
    again = b"* Re-using existing connection #0 with host shop.example\n"
    log = HEAD % len(body) + b"{ [%d bytes data]\n" % len(body) + LEFT + body + following + again
    assert names_of_the_fake(log) == {"Text"}
    assert settled(log)[-3:] == [
        ("Text", "$ "),
        ("Chatter", following.decode().strip()),
        ("ConnectionReused", again.decode().strip()),
    ]


def test_a_row_of_a_trace_is_not_parted_whatever_it_spells() -> None:
    head = b"".join(
        b"<= Recv header, %d bytes (0x1)\n0000: %b\n" % (len(line) + 2, line)
        for line in (b"HTTP/1.1 200 OK", b"Connection: close", b"")
    )
    row = b"0000: {}.* Closing connection 0\n"
    for size in range(1, len(row)):
        data = b"<= Recv data, %d bytes (0x1)\n" % size + row + b"== Info: Closing connection 1\n"
        assert [name for name, _ in settled(head + data)].count("ConnectionClosed") == 1


@pytest.mark.parametrize("more", [b"", b"\n"])
def test_a_length_that_fits_how_curl_closes_a_failed_call_is_no_body(more: bytes) -> None:
    said = b"The requested URL returned error: 500\n"
    closing = b"* " + said + b"* Closing connection\n" + b"curl: (22) " + said
    names = [name for name, _ in settled(HEAD.replace(b"200 OK", b"500 Oops") % len(closing) + closing + more)]
    assert names[6:9] == ["Complaint", "ConnectionClosed", "Exit"]
