"""The message of an exception is put together as it was before Symfony's console broke it to have it in a box."""

from __future__ import annotations

import pytest

from curlx.wrappings import boxes

from .log import unwrapped

HEAD = "In CurlDownloader.php line 401:"
SAID = (
    "curl error 7 while downloading https://a.example/packages.json: Failed to connect to a.example: Connection refused"
)


def boxed(message: str, columns: int, before: str = "", *, padded: bool = True) -> list[str]:
    wide = columns - 5  # as Symfony\Component\Console\Application counts
    rows = [line[at : at + wide] for line in message.split("\n") for at in range(0, len(line), wide)]
    longest = max(map(len, rows))
    box = ["", *rows, ""]
    lines = [HEAD, *(f"  {row.ljust(longest)}  " for row in box), "", "require [--dev]"]
    return [f"{before}{line}" if padded else f"{before}{line}".rstrip() for line in lines]


@pytest.mark.parametrize("before", ["", "#9 10.43 ", "app-1  | ", "2024-05-06T07:08:09.0000000Z "])
@pytest.mark.parametrize(
    ("columns", "padded"), [*((width, True) for width in (*range(50, 62), *range(80, 118))), (50, False), (80, False)]
)  # where a paste lost the blanks at the end of two rows, nothing tells whether they broke at a blank; nor whether the
# longest row of all broke where it is the only one at the edge and shorter than Symfony's rows are by default
def test_a_message_in_a_box_is_put_together_at_any_width(columns: int, before: str, padded: bool) -> None:
    lines, quirks = unwrapped(boxed(SAID, columns, before, padded=padded))
    assert f"{before}  {SAID}" in [line.rstrip() for line in lines]
    assert "console-width" in quirks


@pytest.mark.parametrize("padded", [True, False])
def test_the_lines_of_a_message_stay_apart(padded: bool) -> None:
    rows = boxed("SSL operation failed. Messages of OpenSSL:\nerror:1416F086:SSL routines\nFailed", 80, padded=padded)
    assert unwrapped(rows)[1] == ()
    assert list(boxes.put_together(["  one  ", "  another one  "])) == [(2, "  oneanother one")]
    assert list(boxes.put_together(["  one          ", "  another one  "])) == [(1, "  one"), (1, "  another one")]


def test_what_no_exception_stands_above_is_no_box() -> None:
    lines = ["In the file Client.php line 401 it says:", "", "  the downl  ", "  oad failed  "]
    assert unwrapped(lines) == (lines, ())


@pytest.mark.parametrize("padded", [True, False])
@pytest.mark.parametrize(
    ("message", "columns"),
    [
        ("Error Output:\ncurl: (6) Could not resolve host: a.example\nstop", 80),
        ("cURL error 6: Could not resolve host: a.example\n502", 80),
        ("curl: (6) Could not resolve host: a.example\ncurl: (6) Could not resolve host: b.example", 80),
        ("fatal: unable to access 'https://a.example/': Could not resolve host: a.example\nexit 128", 120),
        (f"* {'found 1 certificates in /etc/ssl/certs/':-<90}\n* ALPN: curl offers h2", 120),
    ],
)
def test_the_longest_line_of_a_message_makes_the_edge_and_is_not_broken_there(
    message: str, columns: int, padded: bool
) -> None:
    rows = boxed(message, columns, padded=padded)[2:-3]
    assert [text.strip() for _, text in boxes.put_together(rows)] == message.split("\n")
