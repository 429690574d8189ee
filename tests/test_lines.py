"""Tests of cutting, decoding and cleaning."""

import json
import time
from itertools import pairwise
from unicodedata import category

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from curlx.lines import QUIRKS, Line, Lines, split

METER = "  0     0    0     0    0     0      0      0 --:--:-- --:--:-- --:--:--     0"
LOG = (
    "*   Trying 192.0.2.1:443...\n"
    "* Connected to example.com (192.0.2.1) port 443 (#0)\n"
    "> GET / HTTP/1.1\r\n> Host: example.com\r\n> \r\n"
    "< HTTP/1.1 200 OK\r\n< \r\n"
    "Grüße\n"
    "* Connection #0 to host example.com left intact\n"
)


def texts(data: bytes) -> list[str]:
    return [line.text for line in split([data])]


def everything(lines: Lines) -> tuple[object, ...]:
    found = list(lines)
    return found, lines.encoding, lines.quirks, lines.count, lines.size


def test_lines_are_numbered_sized_and_keep_how_they_ended() -> None:
    lines = split([b"* a\n< b\r\n\nend"])
    assert list(lines) == [Line(1, "* a", 4), Line(2, "< b", 5, True), Line(3, "", 1), Line(4, "end", 3)]
    assert (lines.count, lines.size, lines.encoding, lines.quirks) == (4, 13, "utf-8", ())


def test_the_size_of_a_line_is_what_curl_wrote_of_it_before_a_shell_made_two_bytes_of_each() -> None:
    lines = split(["\ufeff* a\r\nend\r\n".encode("utf-16-le")])
    assert list(lines) == [Line(1, "* a", 6, True), Line(2, "end", 5, True)]
    assert lines.size == 22


def test_nothing_is_no_line() -> None:
    lines = split([])
    assert list(lines) == []
    assert (lines.count, lines.size) == (0, 0)


def test_a_terminal_recording_ends_header_lines_in_two_carriage_returns() -> None:
    assert list(split([b"> Host: example.com\r\r\n"])) == [Line(1, "> Host: example.com", 22, True)]


BYTES = st.one_of(
    st.binary(max_size=300),
    st.lists(st.sampled_from([
        b"* Trying 192.0.2.1:443...\n", b"\r", b"\n", b"\r\n", METER.encode(), b"\x1b[1m",
        "é€".encode(), b"\xe9", b"\x00",
        b"> ", b"    ", b"* Connected to example.com (192.0.2.1) port 443\n", b"\xff\xfe",
        b"curl: (56) x\n", b"#### 100.0%",
        LOG.encode("utf-16-le"), LOG.encode(), b"x" * 5000,
    ]), max_size=30).map(b"".join),
)  # fmt: skip


@given(BYTES, st.lists(st.integers(0, 5000), max_size=20))
def test_the_result_is_the_same_however_the_bytes_are_cut(data: bytes, cuts: list[int]) -> None:
    edges = [0, *sorted(min(cut, len(data)) for cut in cuts), len(data)]
    whole = everything(split([data]))
    assert everything(split([data[start:end] for start, end in pairwise(edges)])) == whole
    assert everything(split([data[index : index + 1] for index in range(len(data))])) == whole


@given(BYTES)
@example(b"* " + b"x" * 78 + b"\nabc")  # a line that a console broke
def test_sizes_add_up_and_numbers_count_the_line_ends(data: bytes) -> None:
    lines = split([data])
    found = list(lines)
    assert sum(line.size for line in found) == lines.size // lines.unit
    assert lines.size == len(data)
    assert all(line.size >= 0 for line in found)
    assert [line.number for line in found] == sorted(line.number for line in found)
    numbers, counted = {int(line.number) for line in found}, set(range(1, lines.count + 1))
    # Of pieces that are put together again only the first keeps its number.
    assert numbers <= counted if "console-width" in lines.quirks else numbers == counted
    assert set(lines.quirks) <= set(QUIRKS)
    assert {letter for line in found for letter in line.text if category(letter) == "Cc"} <= {"\t"}


@pytest.mark.parametrize(
    ("data", "encoding"),
    [
        (LOG.encode(), "utf-8"),
        (b"\xef\xbb\xbf" + LOG.encode(), "utf-8"),
        (LOG.encode("cp1252"), "cp1252"),
        (b"\xff\xfe" + LOG.encode("utf-16-le"), "utf-16-le"),
        (b"\xfe\xff" + LOG.encode("utf-16-be"), "utf-16-be"),
        (LOG.encode("utf-16-le"), "utf-16-le"),
        (LOG.encode("utf-16-be"), "utf-16-be"),
    ],
)
def test_every_encoding_reads_the_same(data: bytes, encoding: str) -> None:
    lines = split([data])
    assert [line.text for line in lines] == texts(LOG.encode())
    assert lines.encoding == encoding


@pytest.mark.parametrize("mark", [b"", b"\xff\xfe"])
@pytest.mark.parametrize("before", ["", "\n", "\r\n"])
def test_a_log_in_ascii_may_hold_a_body_in_utf_16(before: str, mark: bytes) -> None:
    head = (
        f"{before}> GET / HTTP/1.1\r\n> Authorization: Basic eDp5\r\n> \r\n< HTTP/1.1 403 Forbidden\r\n< \r\n".encode()
    )
    lines = split([head + mark + ("<p>You may not see this page.</p>\r\n" * 100).encode("utf-16-le")])
    assert "> Authorization: Basic eDp5" in [line.text for line in lines]
    assert lines.encoding != "utf-16-le"


def test_a_utf_16_line_end_is_found_only_between_two_characters() -> None:
    text = "* " + "\u0a58\u3000" * 3 + "a" * 40 + "\n* b\n"  # 58 0A 00 30: an LF byte that is half of a letter
    assert texts(b"\xff\xfe" + text.encode("utf-16-le")) == text.splitlines()


def test_one_line_of_another_encoding_does_not_spoil_the_others() -> None:
    assert texts("* Grüße\n".encode() + "Straße\n".encode("latin-1")) == ["* Grüße", "Straße"]


def test_a_line_glued_to_the_progress_meter_stands_alone() -> None:
    data = f"\r{METER}* Host example.com:443 was resolved.\n\r"
    data += "100    16  100    16    0     0  30018      0 --:--:-- --:--:-- --:--:-- 16000\n"
    lines = split([data.encode()])
    found = list(lines)
    assert [(line.number, line.text[-34:]) for line in found] == [
        (1, METER[-34:]),
        (1, "* Host example.com:443 was resolved."[-34:]),
        (2, " 30018      0 --:--:-- --:--:-- --:--:-- 16000"[-34:]),
    ]
    assert lines.quirks == ("carriage-returns", "progress-meter")


@pytest.mark.parametrize(
    "meter",
    [
        METER,
        "  0      0   0      0   0      0      0      0                              0",  # 8.22
        "  0     0    0     0    0     0      0      0 --:--:--  0:00:05 --:--:--     0",
        "#" * 72 + " 100.0%",
        "  -=O=- #   #",
    ],
)
@pytest.mark.parametrize(
    "rest", ["* Connection #0 to host example.com left intact", "< HTTP/2 200 ", "{ [5 bytes data]"]
)
def test_every_meter_lets_go_of_what_follows_it(meter: str, rest: str) -> None:
    assert texts(f"\r{meter}{rest}\n".encode()) == [meter, rest]


def test_digits_of_a_body_are_not_taken_for_the_meter() -> None:
    assert texts(f"\r{METER}0123456789\n".encode()) == [METER, "0123456789"]
    assert texts(b"  1  2  3  4  5  6  7  8  9 10\n") == ["  1  2  3  4  5  6  7  8  9 10"]


def test_what_steers_a_terminal_is_removed() -> None:
    data = b"\x1b[1mserver\x1b[0m: nginx\x1b]8;;http://example.com\x07\x1b[K\ttab\x07 n\x08no\x00\xe2\x80\xae\n"
    lines = split([data])
    assert [line.text for line in lines] == ["server: nginx\ttab no"]
    assert {"escape-sequences", "control-characters", "nul-bytes"} <= set(lines.quirks)


def test_a_line_without_end_is_kept_to_its_beginning_and_counted() -> None:
    piece = b"x" * 1_000_000
    lines = split(piece for _ in range(100))
    start = time.perf_counter()
    (line,) = lines
    assert (len(line.text), line.size, lines.size) == (65536, 100_000_000, 100_000_000)
    assert lines.quirks == ("long-lines",)
    assert time.perf_counter() - start < 5


@pytest.mark.parametrize(
    "unit", [b"\x1b]", b"\x1b[", b"\x08a", b"\r", b" 0", b"#", b"-=O=-", b"* ", b"&gt;", b"**a", b"> ", b"a "]
)
def test_hostile_lines_take_no_longer_than_others(unit: bytes) -> None:
    data = b"* Trying 192.0.2.1...\n" + unit * (100_000 // len(unit)) + b"\n"
    start = time.perf_counter()
    for _ in split([data]):
        pass
    assert time.perf_counter() - start < 2


def test_the_lines_of_a_string_keep_how_they_ended_and_what_they_took() -> None:
    row = "  0     0    0     0    0     0      0      0 --:--:-- --:--:-- --:--:--     0"
    said = f"\r{row}*   Trying 192.0.2.7:80...\n> GET / HTTP/1.1\r\n> \r\n\r{row}\n* Closing connection 0\n"
    raw = [(line.text, line.size, line.crlf) for line in split([said.encode()])]
    string = [(line.text, line.size, line.crlf) for line in split([json.dumps({"stderr": said}).encode()])]
    assert string[1:] == raw[1:]
