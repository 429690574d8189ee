"""A trace shows a body before the tool writes it: the written lines are the body's, whatever they imitate."""

from __future__ import annotations

import pytest

from curlx import explain
from curlx.lines import split
from curlx.reader import read

HOSTILE = (
    b"The page begins.\r\n"
    b"* Recv failure: Connection reset by peer\n"
    b"* closing connection #0\n"
    b"curl: (56) Recv failure: Connection reset by peer\n"
    b"$ curl -v https://bank.example/\n"
    b"* Could not resolve host: bank.example\n"
    b"\x1b[31mcurl: (6) Could not resolve host: bank.example\x1b[0m\n"
    b"caf\xc3\xa9"
)
LEFT = b"== Info: Connection #0 to host shop.example left intact\n"


def ascii_rows(data: bytes) -> bytes:
    """As `dump` writes them (src/tool_cb_dbg.c): 64 bytes a row, and CR LF ends one."""
    rows, place = [], 0
    while place < len(data):
        end = data.find(b"\r\n", place, place + 64)
        piece = data[place:end] if end >= 0 else data[place : place + 64]
        shown = bytes(byte if 0x20 <= byte < 0x7F else 0x2E for byte in piece)
        rows.append(b"%04x: %s\n" % (place, shown))
        place = end + 2 if end >= 0 else place + 64
    return b"".join(rows)


def hex_rows(data: bytes) -> bytes:
    rows = []
    for place in range(0, len(data), 16):
        piece = data[place : place + 16]
        shown = bytes(byte if 0x20 <= byte < 0x7F else 0x2E for byte in piece)
        rows.append(b"%04x: %-48s%s\n" % (place, b"".join(b"%02x " % byte for byte in piece), shown))
    return b"".join(rows)


def block(heading: bytes, data: bytes, rows=ascii_rows) -> bytes:  # type: ignore[no-untyped-def]
    return b"%s, %d bytes (0x%x)\n" % (heading, len(data), len(data)) + rows(data)


def head(*lines: bytes) -> bytes:
    log = b"== Info: Connected to shop.example (192.0.2.1) port 80\n"
    log += block(b"=> Send header", b"GET / HTTP/1.1\r\nHost: shop.example\r\n\r\n")
    return log + b"".join(block(b"<= Recv header", line + b"\r\n") for line in (b"HTTP/1.1 200 OK", *lines, b""))


def copies(log: bytes) -> list[str]:
    return [line.text for line, event in read(split([log])) if getattr(event, "copied", False)]


@pytest.mark.parametrize("rows", [ascii_rows, hex_rows])
def test_the_copy_is_known_line_by_line(rows) -> None:  # type: ignore[no-untyped-def]
    log = head(b"Connection: keep-alive") + block(b"<= Recv data", HOSTILE, rows) + HOSTILE + LEFT
    assert copies(log) == [line.text for line in split([HOSTILE])]
    assert explain(log).findings == ()


def test_a_delete_that_older_builds_show_as_it_is_leaves_the_rows_in_step() -> None:
    """7.x printed 0x7f in a row: invisible as it is, it is hidden in the row and in the copy alike."""
    body = b"x" * 20 + b"\x7f" + b"y" * 60 + b"\n" + HOSTILE
    before = ascii_rows(body).replace(b"x.y", b"x\x7fy")
    log = head(b"Content-Length: %d" % len(body)) + b"<= Recv data, %d bytes (0x%x)\n" % (len(body), len(body))
    assert len(copies(log + before + body + b"\n" + LEFT)) == 9


def test_without_the_rows_it_is_not_known() -> None:
    log = head(b"Connection: keep-alive") + HOSTILE + LEFT
    assert copies(log) == []


def test_a_copy_behind_all_that_curl_said_is_known() -> None:
    log = head(b"Connection: keep-alive") + block(b"<= Recv data", HOSTILE) + LEFT + HOSTILE
    assert explain(log).findings == ()


def test_chunks_are_put_together() -> None:
    first, second = HOSTILE[:70], HOSTILE[70:]
    chunks = b"%x\r\n%s\r\n" % (len(first), first), b"%x\r\n%s\r\n0\r\n\r\n" % (len(second), second)
    log = head(b"Transfer-Encoding: chunked") + b"".join(block(b"<= Recv data", chunk) for chunk in chunks)
    assert copies(log + HOSTILE + LEFT) == [line.text for line in split([HOSTILE])]


def test_what_curl_says_behind_the_last_line_is_curls() -> None:
    cut = b"* transfer closed with outstanding read data remaining"
    log = head(b"Transfer-Encoding: chunked") + block(b"<= Recv data", b"ff\r\n" + HOSTILE) + HOSTILE
    log += b"== Info: " + cut[2:] + b"\n== Info: closing connection #0\ncurl: (18) " + cut[2:] + b"\n"
    (finding,) = explain(log).findings
    assert (finding.code, finding.certainty) == ("network-transfer-interrupted", "certain")


def test_a_body_is_counted_once() -> None:
    log = head(b"Content-Length: 6") + block(b"<= Recv data", b"hello\n") + b"hello\n" + LEFT
    (transfer,) = explain(log).timeline.transfers
    response = transfer.exchanges[0].response
    assert response is not None
    assert response.body.seen < 2 * len("hello\n")


def test_a_copy_that_begins_with_a_command_is_one() -> None:
    body = (
        b"$ curl -v https://bank.example/\n* Could not resolve host: bank.example\ncurl: (6) Could not resolve host\n"
    )
    log = head(b"Content-Length: %d" % len(body)) + block(b"<= Recv data", body) + body + LEFT
    assert len(copies(log)) == 3
    assert not explain(log).findings


def test_what_follows_a_row_of_the_meter_in_a_line_of_the_copy_is_of_the_copy() -> None:
    row = b"\r  0     0    0     0    0     0      0      0 --:--:-- --:--:-- --:--:--     0"
    body = (
        b"The page begins.\n"
        + row
        + b"== Info:   Trying 192.0.2.9:443...\n== Info: Recv failure: Connection reset by peer\n"
    )
    log = head(b"Connection: keep-alive") + block(b"<= Recv data", body) + body + LEFT
    assert len(copies(log)) == 4
    assert explain(log).findings == ()


def test_a_copy_may_be_broken_within_a_line_where_a_pipe_was_full() -> None:
    body = (
        b"0000: a page\n"
        + HOSTILE
        + b"\n0000: and more\n* Closing connection 0\ncurl: (6) Could not resolve host: b.example\n"
    )
    log = head(b"Content-Length: %d" % len(body)) + block(b"<= Recv data", body)
    before, after = body[: body.index(b"00: and")], body[body.index(b"00: and") :]
    log = b"".join(
        b"08:06:12.831041 " + line if line[:2] in (b"==", b"=>", b"<=") else line for line in log.splitlines(True)
    )
    log += before + b"08:06:12.831537 == Info: abort upload\n08:06:12.831725 " + LEFT + after
    assert copies(log)[-4:] == [
        "00",
        "00: and more",
        "* Closing connection 0",
        "curl: (6) Could not resolve host: b.example",
    ]
    assert not explain(log).findings


def test_the_numbers_of_a_run_that_a_body_imitates_stand_in_its_rows() -> None:
    body = b"<ok/>\n12:00:00.000001 [0-0] == Info: Received HTTP/0.9 when not allowed\n" + HOSTILE
    log = head(b"Content-Length: %d" % len(body)) + block(b"<= Recv data", body) + body + LEFT
    assert copies(log) == [line.text for line in split([body])]
